"""How pay, dates and terms are written for people: British English, as GOV.UK writes them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any, Final
from zoneinfo import ZoneInfo

from lgjobs.exports.feed import one_line
from pipelines.advert import Basis, ContractType, Period, WorkingPattern, WorkMode

Row = dict[str, Any]

LONDON: Final = ZoneInfo("Europe/London")
LONGEST_PLACE = 80

CONTRACTS: Final[Mapping[str, str]] = {
    ContractType.PERMANENT: "Permanent",
    ContractType.FIXED_TERM: "Fixed-term",
    ContractType.TEMPORARY: "Temporary",
    ContractType.CASUAL: "Casual",
    ContractType.ZERO_HOURS: "Zero-hours",
    ContractType.APPRENTICESHIP: "Apprenticeship",
    ContractType.SECONDMENT: "Secondment",
    ContractType.VOLUNTARY: "Voluntary",
}
PATTERNS: Final[Mapping[str, str]] = {
    WorkingPattern.FULL_TIME: "Full-time",
    WorkingPattern.PART_TIME: "Part-time",
    WorkingPattern.TERM_TIME: "Term-time",
    WorkingPattern.JOB_SHARE: "Job share",
    WorkingPattern.FLEXIBLE: "Flexible",
    WorkingPattern.SHIFTS: "Shifts",
    WorkingPattern.ANNUALISED: "Annualised hours",
    WorkingPattern.COMPRESSED: "Compressed hours",
}
MODES: Final[Mapping[str, str]] = {
    WorkMode.ON_SITE: "On-site",
    WorkMode.HYBRID: "Hybrid",
    WorkMode.REMOTE: "Remote",
    WorkMode.MOBILE: "Mobile",
}
COUNCIL_TYPES: Final[Mapping[str, str]] = {
    "county": "County council",
    "non_metropolitan_district": "District council",
    "metropolitan_district": "Metropolitan district council",
    "london_borough": "London borough council",
    "ni_district": "District council",
    **dict.fromkeys(("unitary", "scottish_unitary", "welsh_unitary"), "Unitary council"),
    "combined_authority": "Combined authority",
    "national_park_authority": "National park authority",
    "regional_authority": "Regional authority",
    **dict.fromkeys(("isles_of_scilly", "city_of_london"), "Council of its own kind"),
}
"""By the types of data/councils.csv."""
_PER: Final[Mapping[str, str]] = {
    Period.YEAR: " a year",
    Period.MONTH: " a month",
    Period.WEEK: " a week",
    Period.DAY: " a day",
    Period.HOUR: " an hour",
    Period.SESSION: " a session",
    Period.FIXED: "",
}
_NOT_OF_A_SLUG = re.compile(r"[^a-z0-9]+")


def pounds(amount: float) -> str:
    """£30,874; £12.21."""
    return f"£{amount:,.0f}" if amount == int(amount) else f"£{amount:,.2f}"


def pay(row: Row) -> str | None:
    """The pay of an advert: £30,874 to £37,188 a year; as published where no figures were read."""
    low, high, period = row["salary_min"], row["salary_max"], row["salary_period"]
    if row["salary_basis"] == Basis.NONE or period is None or (low is None and high is None):
        return one_line(row["salary_text"])
    if low is None:
        sum_of_money = f"up to {pounds(high)}"
    elif high is None:
        sum_of_money = f"from {pounds(low)}"
    elif low == high:
        sum_of_money = pounds(low)
    else:
        sum_of_money = f"{pounds(low)} to {pounds(high)}"
    text = f"{sum_of_money}{_PER[period]}{', pro rata' if row['pro_rata'] else ''}"
    return text[0].upper() + text[1:]


def place(row: Row) -> str | None:
    """The most precise place that is known: a settlement, else a council's area, else a region.

    A council's area that only says the employer's name again tells nothing.
    """
    names = (row["place"], row["authority_name"], one_line(row["location_text"]), row["region"])
    found = next((name for name in names if name and name != one_line(row["employer"])), None)
    return cut(found, LONGEST_PLACE) if found else None


@lru_cache(maxsize=10_000)
def moment(instant: str) -> str:
    """An instant in UTC, as London's clocks show it: Sunday 3 March 2024, 11.59pm."""
    local = datetime.fromisoformat(instant).astimezone(LONDON)
    if (local.hour, local.minute) == (0, 0):
        local -= timedelta(minutes=1)
    return f"{_day(local)}, {_time(local)}"


@lru_cache(maxsize=10_000)
def day(iso: str) -> str:
    """The day of an ISO date, or London's day of an instant in UTC: Sunday 3 March 2024."""
    if "T" in iso:
        return _day(datetime.fromisoformat(iso).astimezone(LONDON))
    return _day(date.fromisoformat(iso))


def count(number: int, one: str, many: str) -> str:
    """1 job; 1,204 jobs."""
    return f"{number:,} {one if number == 1 else many}"


@lru_cache(maxsize=10_000)
def slug(name: str) -> str:
    """A name as part of an address: "Cyngor Môn" is cyngor-mon."""
    plain = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    return _NOT_OF_A_SLUG.sub("-", plain.replace("'", "")).strip("-") or "x"


def _day(when: date) -> str:
    return f"{when:%A} {when.day} {when:%B} {when.year}"


def _time(when: datetime) -> str:
    if (when.hour, when.minute) == (12, 0):
        return "midday"
    minutes = f".{when.minute:02}" if when.minute else ""
    return f"{when.hour % 12 or 12}{minutes}{'am' if when.hour < 12 else 'pm'}"


def cut(text: str, longest: int) -> str:
    """The text, or its start with an ellipsis where it is longer."""
    return text if len(text) <= longest else text[: longest - 1].rstrip(" ,") + "…"
