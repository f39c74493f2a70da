"""Fills in pay that an advert states by its points alone, and doubts pay that contradicts them."""

from __future__ import annotations

import re
from datetime import date

from pipelines.advert import Advert, Basis, Period, WorkingPattern
from pipelines.employer import day_of
from pipelines.pay_scales import Ask, PayArea, ScalePay, area_of, ask_for, look_up

FURTHEST_FROM_POINTS = 0.15
"""Share by which stated pay may differ from its points: local weightings, late awards."""

_YOUTH = re.compile(r"\byouth\b|\bcommunity (?:worker|learning|development)\b", re.I)
_SCHOOL_HEAD = re.compile(
    r"\bhead ?teacher|\b(?:deputy|assistant|executive) head\b|\bhead of school\b", re.I
)
_IMPROVEMENT = re.compile(r"\bEIP\b|\b(?:school|education) improvement\b", re.I)
_OWN_SPINE = re.compile(r"\b(?:police|university|college|nhs|heddlu|prifysgol|coleg)\b", re.I)
_SPINE_WORD = re.compile(r"\bscps?(?![a-z])|\bspinal? (?:column )?points?\b", re.I)
_LEADERSHIP_RANGE = re.compile(r"L[0-9]{1,2} ?(?:-|to) ?L[0-9]{1,2}")


class PayScalesStage:
    """Reads points of a national scale in pounds; a stated figure always wins."""

    def process_item(self, item: Advert) -> Advert:
        if item.pay_scale is None and item.scp_min is None and item.grade is None:
            return item
        day = _day(item)
        words = f"{item.raw.salary or ''} | {item.raw.grade or ''}"
        area = area_of(words, item.authority or item.council, item.region, item.nation)
        if day is None or area is None:
            return item
        ask = _ask(item, words, area)
        if ask is None:
            return item
        if any(flag.name == "salary_unread" for flag in item.flags):
            return item
        if item.salary_min is None and item.salary_max is None:
            _fill(item, look_up(ask, area, day))
        else:
            _compare(item, ask, area, day)
        return item


def _day(item: Advert) -> date | None:
    """The posting day, else the day of the crawl."""
    try:
        return date.fromisoformat(day_of(item) or "")
    except ValueError:
        return None


def _ask(item: Advert, words: str, area: PayArea) -> Ask | None:
    """The national points that an advert names, with what its title tells of the scale."""
    scale, title = item.pay_scale, item.title or ""
    if scale == "JNC" and not _YOUTH.search(f"{title} {words}"):
        return None
    if scale == "Soulbury" and _IMPROVEMENT.search(f"{title} {words}"):
        scale = "Soulbury EIP"
    if scale is None and _SPINE_WORD.search(words):
        scale = None if _OWN_SPINE.search(f"{item.employer} {words}") else "NJC"
    if scale is None and _LEADERSHIP_RANGE.fullmatch(item.grade or ""):
        scale = "Leadership" if _SCHOOL_HEAD.search(title) else None
    return ask_for(item.grade, (item.scp_min, item.scp_max), scale, area)


def _fill(item: Advert, pay: ScalePay | None) -> None:
    if pay is None:
        return
    item.salary_min, item.salary_max = pay.minimum, pay.maximum
    item.salary_annual_min, item.salary_annual_max = pay.minimum, pay.maximum
    item.salary_period, item.salary_currency = Period.YEAR, "GBP"
    item.salary_basis = Basis.INFERRED
    item.flag("salary_from_scale", pay.source)


def _compare(item: Advert, ask: Ask, area: PayArea, day: date) -> None:
    """Doubt a stated yearly salary that its points contradict, by this or a neighbouring table."""
    years = [_a_year_from(day, step) for step in (0, -1, 1)]
    tables = [pay for each in years if (pay := look_up(ask, area, each))]
    if not tables or item.salary_period is not Period.YEAR:
        return
    if not any(_near(item, pay) for pay in tables):
        stated = f"{item.salary_min or 0:g} to {item.salary_max or 0:g}"
        item.flag("salary_contradicts_points", f"{stated}; {tables[0].source}")


def _a_year_from(day: date, step: int) -> date:
    ordinal = day.toordinal() + 365 * step
    return date.fromordinal(min(max(ordinal, 1), date.max.toordinal()))


def _near(item: Advert, pay: ScalePay) -> bool:
    """Whether both ends of the stated pay lie near the scale's; a part-time post's may be lower."""
    part = {WorkingPattern.PART_TIME, WorkingPattern.TERM_TIME} & set(item.working_pattern)
    lower_is_fine = bool(item.pro_rata or part)
    for stated, scale in ((item.salary_min, pay.minimum), (item.salary_max, pay.maximum)):
        if stated is None:
            continue
        if stated > scale * (1 + FURTHEST_FROM_POINTS):
            return False
        if stated < scale * (1 - FURTHEST_FROM_POINTS) and not lower_is_fine:
            return False
    return True
