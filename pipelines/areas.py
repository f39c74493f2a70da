"""Council areas by date: which council had a place on a day, and which has it now."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from pipelines.reference import table

PRINCIPAL = frozenset(
    {
        "county",
        "unitary",
        "isles_of_scilly",
        "metropolitan_district",
        "london_borough",
        "city_of_london",
        "non_metropolitan_district",
        "welsh_unitary",
        "scottish_unitary",
        "ni_district",
    }
)
"""Types of the councils that have an area of their own; the others lie across several."""

_CODE = re.compile(r"[A-Z]\d{8}")
_NOT_WORD = re.compile(r"[^a-z0-9]+")
_BOROUGH_OF = re.compile(
    r"^(?:london|royal|metropolitan|county) borough of |^(?:lb|lbo|rb) (?:of )?"
)
_STYLES = re.compile(r" (?:metropolitan|borough|district|council|mbc|mdc|cbc|bc|dc)(?= |$)")
_COMPASS = {
    "n": "north",
    "s": "south",
    "e": "east",
    "w": "west",
    "ne": "north east",
    "nw": "north west",
    "se": "south east",
    "sw": "south west",
}
_APOSTROPHES = str.maketrans({"'": None, "’": None, "‘": None, "`": None, "&": " and "})


def fold(text: str) -> str:
    """Text for comparing names: lower case, no accents or apostrophes, `&` as "and", one space."""
    plain = text.translate(_APOSTROPHES).casefold()
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", plain)
        plain = "".join(each for each in plain if not unicodedata.combining(each))
    return _NOT_WORD.sub(" ", plain).strip()


def bare(name: str) -> str:
    """A council's folded name without its style: "wigan" for "wigan metropolitan borough"."""
    return _STYLES.sub("", _BOROUGH_OF.sub("", name)).removeprefix("borough of ")


@cache
def _abbreviations() -> Mapping[str, str]:
    rows = table("area_words.csv")
    return {row["name"].lower(): row["members"] for row in rows if row["kind"] == "abbreviation"}


def spelt_out(word: str, *, last: bool = False) -> str:
    """A folded word in full: "herts" as "hertfordshire", "ne" as "north east" if one follows."""
    return _abbreviations().get(word) or (None if last else _COMPASS.get(word)) or word


@dataclass(frozen=True, slots=True)
class Area:
    """A row of data/councils.csv. `valid_from` and `valid_to` are ISO dates, "" for no limit."""

    code: str
    name: str
    type: str
    nation: str
    region: str
    """One of the nine English regions, else the nation."""
    parents: tuple[str, ...]
    aliases: tuple[str, ...]
    population: int
    latitude: float | None
    longitude: float | None
    valid_from: str
    valid_to: str
    successors: tuple[str, ...]

    def in_force(self, day: str | None) -> bool:
        """Whether the area stood on an ISO day; without a day, whether it stands now."""
        if day is None:
            return not self.valid_to
        return self.valid_from <= day and (not self.valid_to or day <= self.valid_to)


class AreaOnDay(NamedTuple):
    """`code` is the area in force on the day; `successors` those that have taken it over since."""

    code: str | None
    successors: tuple[str, ...]


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split("|") if part)


@cache
def areas() -> Mapping[str, Area]:
    """Every council and authority of data/councils.csv by its code, abolished ones too."""
    return MappingProxyType(
        {
            row["gss_code"]: Area(
                code=row["gss_code"],
                name=row["name"],
                type=row["type"],
                nation=row["nation"],
                region=row["region"],
                parents=_parts(row["parent"]),
                aliases=tuple(a for a in _parts(row["aliases"]) if not _CODE.fullmatch(a)),
                population=int(row["population"] or 0),
                latitude=float(row["latitude"]) if row["latitude"] else None,
                longitude=float(row["longitude"]) if row["longitude"] else None,
                valid_from=row["valid_from"],
                valid_to=row["valid_to"],
                successors=_parts(row["successors"]),
            )
            for row in table("councils.csv")
        }
    )


@cache
def _reissued() -> Mapping[str, str]:
    """Codes that ONS has since issued anew for the same body: old to present."""
    return {
        alias: row["gss_code"]
        for row in table("councils.csv")
        for alias in _parts(row["aliases"])
        if _CODE.fullmatch(alias)
    }


@cache
def _predecessors() -> Mapping[str, tuple[Area, ...]]:
    found: dict[str, list[Area]] = defaultdict(list)
    for area in areas().values():
        for successor in area.successors:
            found[successor].append(area)
    return {code: tuple(old) for code, old in found.items()}


def area(code: str | None) -> Area | None:
    """The area of a code, also of one that was re-issued since; None for a code unknown."""
    if code is None:
        return None
    return areas().get(_reissued().get(code, code))


def county_of(code: str | None) -> str | None:
    """The county council (E10) above a district; None for every other area."""
    district = area(code)
    if district is None:
        return None
    return next((parent for parent in district.parents if parent.startswith("E10")), None)


def successors_today(code: str) -> tuple[str, ...]:
    """The areas in force now that took over an abolished one; empty while it stands.

    Empty too for a code that is none of ours.
    """
    found: list[str] = []
    known = area(code)
    waiting = list(known.successors) if known else []
    while waiting:
        each = areas()[waiting.pop(0)]
        if each.valid_to:
            waiting.extend(each.successors)
        elif each.code not in found:
            found.append(each.code)
    return tuple(found)


def area_on(code: str, day: str | None) -> AreaOnDay:
    """The area of `code` as it was on an ISO day (None: today), and what has become of it.

    An area abolished before the day gives its one successor. An area that did not exist yet gives
    the one council that had all of it: its only predecessor, or the county above its districts.
    Where several councils share it, the code is None: only a place can decide between them.
    """
    known = area(code)
    if known is None:
        return AreaOnDay(None, ())
    if known.in_force(day):
        return AreaOnDay(known.code, successors_today(known.code))
    if known.valid_to and (day is None or day > known.valid_to):
        later = [areas()[each] for each in known.successors]
        if len(later) == 1:
            return area_on(later[0].code, day)
        return AreaOnDay(None, successors_today(known.code))
    before = [each for each in _predecessors().get(known.code, ()) if each.in_force(day)]
    above = {each.code for each in before if each.type == "county"}
    within = {county_of(each.code) for each in before if each.type != "county"}
    if len(before) == 1:
        return AreaOnDay(before[0].code, (known.code,))
    if len(above) == 1 and within <= above:
        return AreaOnDay(above.pop(), (known.code,))
    return AreaOnDay(None, (known.code,))
