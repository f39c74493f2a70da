"""What a point of a national pay scale is worth on a day: a look-up, area by area.

Local grades ("Grade 7", "PO2", "Scale 5") are not in it: every council sets its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from pipelines.reference import table


class PayArea(StrEnum):
    """Where a post is, as pay scales part the country."""

    INNER_LONDON = "Inner London"
    OUTER_LONDON = "Outer London"
    FRINGE = "London Fringe"
    REST = "Rest of England"
    PARTLY_FRINGE = "Partly fringe"
    """England outside London, perhaps in the fringe: teachers' pay is not known there."""
    WALES = "Wales"
    SCOTLAND = "Scotland"
    NORTHERN_IRELAND = "Northern Ireland"


_OUTSIDE_LONDON = frozenset((PayArea.REST, PayArea.FRINGE, PayArea.PARTLY_FRINGE))
_NJC = _OUTSIDE_LONDON | {PayArea.WALES, PayArea.NORTHERN_IRELAND}
_ENGLAND_AND_WALES = _OUTSIDE_LONDON | {PayArea.WALES}
_PLAIN_ENGLAND = frozenset((PayArea.REST,))
_HOLDS_IN = {
    "England, Wales and Northern Ireland": _NJC,
    "England and Wales": _ENGLAND_AND_WALES,
    "England": _PLAIN_ENGLAND,
}
"""Areas of the table that are more than one of ours. London and, for the NHS, its fringe pay more
than these tables say."""


class Ask(NamedTuple):
    """Points of a scale that an advert names, lowest and highest, as the table writes them.

    A range may run over two scales: teachers' main and upper points.
    """

    low_scale: str
    low: str
    high_scale: str
    high: str


@dataclass(frozen=True, slots=True)
class ScalePay:
    """Full-time pay in pounds a year, and the points and date of the table that give it."""

    minimum: float
    maximum: float
    source: str


class _Row(NamedTuple):
    first: date
    last: date
    pounds: float


LONGEST_AWARD = timedelta(days=364)
"""How long the latest award known is taken to hold: the next one dates from a year after."""


@cache
def _rows() -> dict[tuple[str, str], list[tuple[str, _Row]]]:
    """Scale and point -> the areas and rows that the table has for it."""
    rows: dict[tuple[str, str], list[tuple[str, _Row]]] = {}
    for each in table("pay_scales.csv"):
        first = date.fromisoformat(each["valid_from"])
        last = date.fromisoformat(each["valid_to"]) if each["valid_to"] else first + LONGEST_AWARD
        row = _Row(first, last, float(each["annual_gbp"]))
        rows.setdefault((each["scale"], each["point"]), []).append((each["area"], row))
    return rows


def _row(scale: str, point: str, area: PayArea, on: date) -> _Row | None:
    """The row in force on a day, where the area is sure."""
    for holds_in, row in _rows().get((scale, point), ()):
        if area in _HOLDS_IN.get(holds_in, (holds_in,)) and row.first <= on <= row.last:
            return row
    return None


def look_up(ask: Ask, area: PayArea, on: date) -> ScalePay | None:
    """Pay from the lowest to the highest point asked for; None unless both are in the table."""
    low = _row(ask.low_scale, ask.low, area, on)
    high = _row(ask.high_scale, ask.high, area, on)
    if low is None or high is None or low.pounds > high.pounds:
        return None
    points = ask.low if ask.low == ask.high else f"{ask.low} to {ask.high}"
    return ScalePay(low.pounds, high.pounds, f"{ask.low_scale} {points} from {low.first}, {area}")


# --- what an advert asks for


_TEACHER_WORD = {  # "Main pay range 1 to Upper pay range 3", "MPS 3-6", "M1-UPS3", "UQT1-6"
    re.compile(r"\bunqualified\b|\buq[ts]?(?![a-z])", re.I): "UQ",
    re.compile(r"\bupper\b|\bup[srt]?(?![a-z])|\bu(?=[1-3])", re.I): "U",
    re.compile(r"\bmain\b|\b(?:mp[sr]|tms|ms|m)(?![a-z])", re.I): "M",
}
_NOISE = re.compile(r"\b(?:teachers?'?|pay|ranges?|scales?|points?|grades?|to|and)\b|[-/&+,]", re.I)
_STEP = re.compile(r"(UQ|U|M)? ?([1-6])?(?![0-9])")
_TEACHERS = {
    "UQ": ("Teachers unqualified", 6),
    "M": ("Teachers main", 6),
    "U": ("Teachers upper", 3),
}
_LOWEST_IN_WALES = 2
"""Wales has no M1: there "MPS" alone begins at M2."""
_SCOTTISH = re.compile(r"\bmain ?grade\b", re.I)
_LEADERSHIP = re.compile(r"(?:Leadership |L)([0-9]{1,2})(?: ?(?:-|to) ?L?([0-9]{1,2}))?")
_NHS_BAND = re.compile(r"Band ([2-9][a-d]?)", re.I)
_HIGHEST_EP_POINT = 24
"""Points above it are on the spine for education improvement: the other Soulbury scales end."""


def ask_for(
    grade: str | None, scp: tuple[int | None, int | None], scale: str | None, area: PayArea
) -> Ask | None:
    """The points that the grade, the scale points and the scale of an advert name, if national."""
    low, high = scp
    if scale == "Teachers":
        return _teachers(grade or "", area)
    if scale == "Leadership" and (match := _LEADERSHIP.fullmatch(grade or "")):
        first, last = match[1], match[2] or match[1]
        return Ask("Teachers leadership", f"L{first}", "Teachers leadership", f"L{last}")
    if scale == "NHS AfC" and (match := _NHS_BAND.fullmatch(grade or "")):
        band = f"Band {match[1].lower()}"
        return Ask("NHS AfC", f"{band} min", "NHS AfC", f"{band} max")
    if low is None or high is None:
        return None
    if scale in ("NJC", "GLPC"):
        in_london = area in (PayArea.INNER_LONDON, PayArea.OUTER_LONDON)
        return _spine("GLPC" if in_london or scale == "GLPC" else "NJC", low, high)
    if scale == "JNC":
        return _spine("JNC Youth and Community", low, high)
    if scale == "Soulbury EIP" or (scale == "Soulbury" and low > _HIGHEST_EP_POINT):
        return _spine("Soulbury EIP", low, high)
    return None


def _spine(scale: str, low: int, high: int) -> Ask:
    return Ask(scale, str(low), scale, str(high))


def _teachers(grade: str, area: PayArea) -> Ask | None:
    """The first and the last point of a teacher's grade; a name without a number is all of it."""
    if area is PayArea.SCOTLAND:
        found = _SCOTTISH.search(grade)
        return Ask("Teachers main", "0", "Teachers main", "5") if found else None
    for pattern, family in _TEACHER_WORD.items():
        grade = pattern.sub(f" {family} ", grade)
    steps = [match for match in _STEP.finditer(_NOISE.sub(" ", grade)) if match.group().strip()]
    points: list[tuple[str, int]] = []
    family = ""
    for at, match in enumerate(steps):
        family = match[1] or family
        if not family:
            return None
        following = steps[at + 1] if at + 1 < len(steps) else None
        if match[2]:
            points.append((family, int(match[2])))
        elif following is None or following[1]:
            lowest = _LOWEST_IN_WALES if family == "M" and area is PayArea.WALES else 1
            points += [(family, lowest), (family, _TEACHERS[family][1])]
    if not points:
        return None
    (first, low), (last, high) = points[0], points[-1]
    return Ask(_TEACHERS[first][0], f"{first}{low}", _TEACHERS[last][0], f"{last}{high}")


# --- where it is


_STATED = (  # words of the pay text that name a pay area
    (re.compile(r"\binner[ -]london\b", re.I), PayArea.INNER_LONDON),
    (re.compile(r"\bouter[ -]london\b", re.I), PayArea.OUTER_LONDON),
    (re.compile(r"\bfringe\b", re.I), PayArea.FRINGE),
    (re.compile(r"\brest of england\b|\bexclud(?:ing|es) london\b", re.I), PayArea.REST),
)
_NATIONS = {
    "Wales": PayArea.WALES,
    "Scotland": PayArea.SCOTLAND,
    "Northern Ireland": PayArea.NORTHERN_IRELAND,
}
_FAR_FROM_LONDON = frozenset(
    (
        *("North East", "North West", "Yorkshire and The Humber", "East Midlands"),
        *("West Midlands", "South West"),
    )
)
_NEAR_LONDON = frozenset(("South East", "East of England"))


@cache
def _areas() -> dict[str, PayArea]:
    return {row["gss_code"]: PayArea(row["area"]) for row in table("pay_areas.csv")}


def area_of(
    text: str, authority: str | None, region: str | None, nation: str | None
) -> PayArea | None:
    """The pay area of a post: as its pay text says, else by its council (GSS code) and region."""
    stated = [area for pattern, area in _STATED if pattern.search(text)]
    if stated:
        return stated[0] if len(stated) == 1 else None
    if nation in _NATIONS:
        return _NATIONS[nation]
    if authority in _areas():
        return _areas()[authority]
    if region in _FAR_FROM_LONDON:
        return PayArea.REST
    if region in _NEAR_LONDON:
        return PayArea.REST if authority else PayArea.PARTLY_FRINGE
    return None
