"""Quality, the last stage before the store: doubts that only several fields together raise."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache, lru_cache

from pipelines.advert import Advert, ContractType, Period, WorkingPattern
from pipelines.date_forms import LONDON
from pipelines.reference import table
from pipelines.salary import WEEKS_A_YEAR

_SHORTEST_FULL_WEEK = 35.0
"""Hours: the shortest usual full-time week, so that no lawful full-time salary is doubted."""
_SHORTEST_FULL_DAY = 7.0
_FAR_OFF_DAYS = 400
_MOST = {
    Period.YEAR: 400_000.0,
    Period.MONTH: 34_000.0,
    Period.WEEK: 8_000.0,
    Period.DAY: 2_500.0,
    Period.HOUR: 300.0,
}
"""Pounds beyond which pay of a period is a slip of the pen, or of ours."""


class QualityStage:
    """Flags doubts that need several fields; it changes no value."""

    def process_item(self, item: Advert) -> Advert:
        _check_presence(item)
        _check_pay(item)
        _check_dates(item)
        return item


def _flag_once(item: Advert, name: str, detail: str = "") -> None:
    """Flag a doubt, unless an earlier stage has raised it in its own words."""
    if all(each.name != name for each in item.flags):
        item.flag(name, detail)


def _check_presence(item: Advert) -> None:
    if item.raw.unread is not None:
        _flag_once(item, "detail_unread", item.raw.unread)
    if item.title is None:
        _flag_once(item, "title_missing")
    if item.description_text is None:
        _flag_once(item, "no_description")
    if item.employer is None:
        _flag_once(item, "employer_missing")


def _check_pay(item: Advert) -> None:
    for low, high in (
        (item.salary_min, item.salary_max),
        (item.salary_annual_min, item.salary_annual_max),
        (item.salary_actual_min, item.salary_actual_max),
    ):
        if low is not None and high is not None and low > high:
            _flag_once(item, "salary_range_inverted", f"{low:g} > {high:g}")
    most = _MOST.get(item.salary_period) if item.salary_period is not None else None
    _check_size(item, (item.salary_min, item.salary_max), most)
    _check_size(item, (item.salary_annual_min, item.salary_annual_max), _MOST[Period.YEAR])
    _check_floor(item)


def _check_size(item: Advert, pay: tuple[float | None, float | None], most: float | None) -> None:
    """Doubt pay of nothing, and pay beyond the most that anyone earns."""
    pounds = [each for each in pay if each is not None]
    if pounds and (min(pounds) <= 0 or (most is not None and max(pounds) > most)):
        _flag_once(item, "salary_implausible", f"{min(pounds):g} to {max(pounds):g}")


def _check_floor(item: Advert) -> None:
    """Pay below the National Living Wage of the posting day; apprentices have another floor."""
    if item.contract_type in (ContractType.APPRENTICESHIP, ContractType.VOLUNTARY):
        return
    if "apprentice" in (item.title or "").casefold() or item.salary_currency not in (None, "GBP"):
        return
    hourly, floor = _hourly(item), wage_floor(_posted(item))
    if hourly is not None and floor is not None and 0 < hourly < floor - 0.005:
        _flag_once(item, "salary_below_wage_floor", f"{hourly:.2f} < {floor:.2f} an hour")


def _hourly(item: Advert) -> float | None:
    """The most that the lowest stated pay can come to, in pounds an hour.

    A yearly sum of a part-time post may be what is paid for its hours; with those hours unknown it
    says nothing of the rate.
    """
    pay = item.salary_min if item.salary_min is not None else item.salary_max
    if pay is None or item.salary_period is None:
        return None
    week = _SHORTEST_FULL_WEEK
    if item.hours_per_week is not None:
        week = min(week, item.hours_per_week)
    hours = _hours_in(item.salary_period, week)
    if hours is None or (item.salary_period is not Period.HOUR and _maybe_part_pay(item)):
        return None
    return pay / hours if hours > 0 else None


def _hours_in(period: Period, week: float) -> float | None:
    """Hours that pay of a period is for, at so many a week; None where nobody can say."""
    if period is Period.YEAR:
        return week * WEEKS_A_YEAR
    if period is Period.MONTH:
        return week * WEEKS_A_YEAR / 12
    return {Period.HOUR: 1.0, Period.DAY: _SHORTEST_FULL_DAY, Period.WEEK: week}.get(period)


def _maybe_part_pay(item: Advert) -> bool:
    """Whether the sum may be paid for fewer hours or weeks than we know of."""
    if WorkingPattern.TERM_TIME in item.working_pattern or item.pro_rata:
        return True
    part_time = WorkingPattern.PART_TIME in item.working_pattern
    return part_time and item.hours_per_week is None


@cache
def _floors() -> tuple[tuple[date, float], ...]:
    """The National Living Wage, oldest first: from when, pounds an hour."""
    return tuple(
        sorted(
            (date.fromisoformat(row["valid_from"]), float(row["hourly_gbp"]))
            for row in table("wage_floors.csv")
            if row["name"] == "National Living Wage"
        )
    )


def wage_floor(day: date | None) -> float | None:
    """The National Living Wage in force on a day, pounds an hour; None before it began."""
    if day is None:
        return None
    return next((pounds for since, pounds in reversed(_floors()) if since <= day), None)


def _posted(item: Advert) -> date | None:
    """The posting day, else the day the advert was read."""
    for text in (item.posted_on, item.raw.fetched_at[:10]):
        try:
            return date.fromisoformat(text or "")
        except ValueError:
            continue
    return None


@lru_cache(maxsize=4096)
def _london_day(instant: str) -> date | None:
    """The day of an instant in London; many adverts close together."""
    try:
        return datetime.fromisoformat(instant).astimezone(LONDON).date()
    except ValueError:
        return None


def _check_dates(item: Advert) -> None:
    if item.closes_at is None:
        return
    closes = _london_day(item.closes_at)
    if closes is None:
        return
    posted = _posted(item)
    if item.posted_on is not None and posted is not None and closes < posted:
        _flag_once(item, "closing_before_posting", f"{closes} < {posted}")
    if posted is not None and (closes - posted).days > _FAR_OFF_DAYS:
        _flag_once(item, "closing_far_off", f"{(closes - posted).days} days")
