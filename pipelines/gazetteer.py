"""What place names mean: settlements, councils, counties, regions, by their folded names."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from pipelines.areas import PRINCIPAL, Area, area, area_on, areas, bare, fold
from pipelines.grid import Point
from pipelines.reference import table

_EARTH = 6371.0
"""Kilometres."""
_URBAN = frozenset({"london_borough", "city_of_london"})
_PRISON = ("hmp", "hm prison", "hmyoi", "hmp yoi", "hmp and yoi", "yoi")
"""Words before the name of a prison, which is seldom where a town of that name is."""


class Kind(StrEnum):
    """What a name is of. `council`: one council's area; `county`: a county, of one or many."""

    PLACE = "place"
    COUNCIL = "council"
    COUNTY = "county"
    REGION = "region"
    COUNTRY = "country"
    ABROAD = "abroad"


@dataclass(frozen=True, slots=True)
class Meaning:
    """One thing that a name can mean. Codes are of areas in force today."""

    kind: Kind
    name: str
    authority: str | None = None
    """The one council of it; None where several share it."""
    region: str | None = None
    members: frozenset[str] = frozenset()
    """Every council that lies in it, in a wide sense: Kent's hold Medway."""
    point: Point | None = None
    population: int = 0
    former: str | None = None
    """The district that had a place before April 2023."""
    is_place: bool = False
    """Whether the name counts as a place: settlements, London and its boroughs."""


class Lexicon(NamedTuple):
    meanings: Mapping[str, tuple[Meaning, ...]]
    first_words: Mapping[str, int]
    """What names begin with, and how many words the longest that does so has."""
    everyday: frozenset[str]
    """Words and surnames that are also places."""
    namesakes: frozenset[str]
    """Names that no size decides between."""


def kilometres(here: Point, there: Point) -> float:
    """Distance over flat ground: good enough within the country."""
    narrow = math.cos(math.radians((here.latitude + there.latitude) / 2))
    return _EARTH * math.hypot(
        math.radians(here.latitude - there.latitude),
        math.radians(here.longitude - there.longitude) * narrow,
    )


@cache
def districts(code: str) -> frozenset[str]:
    """The lowest councils in force in an area: a county's, a combined authority's, or itself."""
    found = {each.code for each in areas().values() if code in each.parents and not each.valid_to}
    lower = {inner for each in found for inner in districts(each)}
    return frozenset(lower or {code})


def _expand(codes: Iterable[str]) -> frozenset[str]:
    return frozenset(each for code in codes for each in districts(code))


def _council(each: Area) -> Meaning:
    today = area_on(each.code, None)
    members = _expand([today.code] if today.code else today.successors)
    whole = area(today.code)
    point = None
    if each.latitude is not None and each.longitude is not None:
        point = Point(each.latitude, each.longitude)
    return Meaning(
        Kind.COUNTY if each.type == "county" else Kind.COUNCIL,
        _short_name(each),
        today.code,
        whole.region if whole else each.region,
        members | {today.code} if today.code else members,
        point,
        each.population,
        former=each.code if each.valid_to else None,
        is_place=each.type in _URBAN,
    )


def _short_name(council: Area) -> str:
    """The area's name, not the council's: "Newham" of "London Borough of Newham"."""
    short = min((council.name, *council.aliases), key=len)
    return next((a for a in council.aliases if fold(a) == bare(fold(council.name))), short)


def _settlement(row: Mapping[str, str]) -> Meaning:
    council = area(row["authority"])
    return Meaning(
        Kind.PLACE,
        row["name"],
        row["authority"],
        council.region if council else None,
        frozenset({row["authority"]}),
        Point(float(row["latitude"]), float(row["longitude"])),
        int(row["population"] or 0),
        row["former"] or None,
        is_place=True,
    )


def _area_word(row: Mapping[str, str]) -> Meaning:
    codes = [code for code in row["members"].split("|") if code]
    return Meaning(
        Kind(row["kind"]),
        row["name"],
        row["authority"] or None,
        row["region"] or None,
        _expand(codes) | frozenset(codes),
    )


def _site(row: Mapping[str, str]) -> Meaning:
    council = row["authority"]
    return Meaning(Kind.COUNCIL, row["name"], council, row["region"], frozenset({council}))


def _area_words() -> Mapping[str, list[dict[str, str]]]:
    """The rows of area_words.csv by kind."""
    found: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in table("area_words.csv"):
        found[row["kind"]].append(row)
    return found


def _london() -> Meaning:
    boroughs = (each.code for each in areas().values() if each.code.startswith("E09"))
    return Meaning(
        Kind.COUNTY,
        "London",
        None,
        "London",
        frozenset(boroughs),
        Point(51.507, -0.128),
        is_place=True,
    )


def _merged(found: list[Meaning]) -> tuple[Meaning, ...]:
    """A name's meanings, without a council's that is named after a settlement in it."""
    towns = {each.authority for each in found if each.kind is Kind.PLACE}
    before = {each.authority: each.former for each in found if each.kind is Kind.COUNCIL}
    kept: list[Meaning] = []
    for each in found:
        if each.kind is Kind.COUNCIL and each.authority in towns:
            continue
        if each.kind is Kind.PLACE and each.former is None and before.get(each.authority):
            each = replace(each, former=before[each.authority])
        if each not in kept:
            kept.append(each)
    if any(each.kind is Kind.COUNTY for each in kept):
        return tuple(each for each in kept if each.kind is Kind.COUNTY)[:1]
    return tuple(kept)


def _with_population(found: list[Meaning]) -> list[Meaning]:
    """Settlements, the one that names its council as populous as that council."""
    councils = {each.authority: each.population for each in found if each.kind is Kind.COUNCIL}
    best: dict[str | None, Meaning] = {}
    for each in found:
        if each.kind is Kind.PLACE:
            rival = best.get(each.authority)
            if rival is None or each.population > rival.population:
                best[each.authority] = each
    return [
        replace(each, population=max(each.population, councils.get(each.authority, 0)))
        if each is best.get(each.authority)
        else each
        for each in found
    ]


def _name_cities(found: dict[str, list[Meaning]]) -> None:
    """Let "Bristol City" and "City of Bristol" mean the settlement, as "Bristol" does."""
    for key in list(found):
        core = key.removesuffix(" city").removeprefix("city of ")
        if core != key and core in found:
            councils = {each.authority for each in found[key] if each.kind is Kind.COUNCIL}
            found[key] += [
                each
                for each in found[core]
                if each.kind is Kind.PLACE and each.authority in councils
            ]


@cache
def lexicon() -> Lexicon:
    """Every name that can be read as a place or an area. Built once, in about 0.3 seconds."""
    words = _area_words()
    found: dict[str, list[Meaning]] = defaultdict(list)
    for kind in (Kind.REGION, Kind.COUNTRY, Kind.ABROAD, Kind.COUNTY):
        for row in words[kind]:
            found[fold(row["name"])].append(_area_word(row))
    for row in words["site"]:
        for prefix in _PRISON:
            found[f"{prefix} {fold(row['name'])}"].append(_site(row))
    for name, meaning in (*_councils(), *_settlements()):
        found[name].append(meaning)
    for row in words["short"]:
        meant = [each for full in row["members"].split("|") for each in found.get(fold(full), ())]
        found[fold(row["name"])].extend(
            each for each in meant if row["region"] in ("", each.region)
        )
    _name_cities(found)
    found["london"] = [_london()]
    meanings = {key: _merged(_with_population(each)) for key, each in found.items()}
    first_words: dict[str, int] = {}
    for key in meanings:
        first, *others = key.split(" ")
        first_words[first] = max(first_words.get(first, 0), 1 + len(others))
    return Lexicon(
        meanings,
        first_words,
        frozenset(fold(row["name"]) for row in words["everyday"]),
        frozenset(fold(row["name"]) for row in words["namesake"]),
    )


def _councils() -> Iterator[tuple[str, Meaning]]:
    for council in areas().values():
        if council.type in PRINCIPAL:
            meaning = _council(council)
            names = {fold(name).removeprefix("the ") for name in (council.name, *council.aliases)}
            for key in names | {bare(name).removeprefix("the ") for name in names}:
                yield key, meaning


def _settlements() -> Iterator[tuple[str, Meaning]]:
    for row in table("places.csv"):
        meaning = _settlement(row)
        for name in (row["name"], *row["alternates"].split("|")):
            if name:
                yield fold(name), meaning
