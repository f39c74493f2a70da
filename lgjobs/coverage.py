"""Coverage: which councils the register reaches, by a listing of their own or by a shared board."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from pipelines.areas import PRINCIPAL, Area
from scrapers.sources import Source

WITHIN_OTHERS = frozenset({"county"})
"""Types whose people are counted with the districts below them."""


class Reach(StrEnum):
    """How the adverts of a council are come by."""

    OWN = "own"
    BOARD = "board"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Covered:
    """A council in force and the sources that serve it, by their ids."""

    council: Area
    own: tuple[str, ...]
    """Enabled sources whose one employer it is."""
    boards: tuple[str, ...]
    """Enabled sources of several employers that are known to carry its adverts."""
    idle: tuple[str, ...]
    """Sources of either kind that are switched off."""

    @property
    def reach(self) -> Reach:
        if self.own:
            return Reach.OWN
        return Reach.BOARD if self.boards else Reach.NONE


@dataclass(frozen=True, slots=True)
class Tally:
    """A group of councils: their number and their residents, for each reach.

    `people` is None where the councils' residents are others' too (counties) or are not known.
    """

    nation: str
    type: str
    councils: Mapping[Reach, int]
    people: Mapping[Reach, int] | None
    idle: int
    """Councils reached by nothing of which a source is known, but switched off."""

    @property
    def total(self) -> int:
        return sum(self.councils.values())

    @property
    def reached(self) -> int:
        return self.total - self.councils[Reach.NONE]


@dataclass(frozen=True, slots=True)
class PlatformCount:
    """How many sources of the register are on a platform."""

    platform: str
    enabled: int
    switched_off: int


@dataclass(frozen=True, slots=True)
class Board:
    """A source of several employers, and the councils known to advertise there."""

    source: str
    enabled: bool
    councils: tuple[str, ...]
    only: int
    """Of those, the councils that no other enabled source serves."""


def cover(
    areas: Iterable[Area], sources: Iterable[Source], members: Mapping[str, Iterable[str]]
) -> list[Covered]:
    """Every principal council in force with its sources, in the order of `areas`.

    `members` gives the codes of the councils that advertise on a board, by the board's source.
    """
    own, boards, idle = (defaultdict[str, list[str]](list) for _ in range(3))
    for source in sources:
        alone = source.employer is not None
        found = own if alone else boards
        for code in [source.employer or ""] if alone else members.get(source.id, ()):
            (found if source.enabled else idle)[code].append(source.id)
    return [
        Covered(area, tuple(own[area.code]), tuple(boards[area.code]), tuple(idle[area.code]))
        for area in areas
        if area.type in PRINCIPAL and area.in_force(None)
    ]


def board_members(rows: Iterable[Mapping[str, str]]) -> dict[str, list[str]]:
    """Codes of councils by board, from the rows of data/board_members.csv."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        found[row["board"]].append(row["gss_code"])
    return dict(found)


def tallies(covered: Iterable[Covered]) -> list[Tally]:
    """One tally for each nation and type, the largest nation first, and within it by number."""
    groups: dict[tuple[str, str], list[Covered]] = defaultdict(list)
    for each in covered:
        groups[each.council.nation, each.council.type].append(each)
    sizes = Counter(nation for nation, _ in groups for _ in groups[nation, _])
    return sorted(
        (_tally(nation, kind, group) for (nation, kind), group in groups.items()),
        key=lambda each: (-sizes[each.nation], each.nation, -each.total, each.type),
    )


def whole(parts: Iterable[Tally], nation: str = "United Kingdom") -> Tally:
    """Tallies in one: everybody counted once, as counties have no people of their own."""
    parts = list(parts)
    people = [part.people for part in parts if part.people is not None]
    return Tally(
        nation,
        "all",
        {reach: sum(part.councils[reach] for part in parts) for reach in Reach},
        {reach: sum(each[reach] for each in people) for reach in Reach},
        sum(part.idle for part in parts),
    )


def with_totals(parts: Iterable[Tally]) -> list[Tally]:
    """The tallies, each nation's of several under its total, and the total of all at the end."""
    parts = list(parts)
    found = []
    for nation, group in groupby(parts, key=lambda each: each.nation):
        own = list(group)
        found += [*own, whole(own, nation)] if len(own) > 1 else own
    return [*found, whole(parts)]


def platforms(sources: Iterable[Source]) -> list[PlatformCount]:
    """Sources by platform, the most used first."""
    counts: dict[str, Counter[bool]] = defaultdict(Counter)
    for source in sources:
        counts[source.platform][source.enabled] += 1
    return sorted(
        (PlatformCount(name, count[True], count[False]) for name, count in counts.items()),
        key=lambda each: (-each.enabled, -each.switched_off, each.platform),
    )


def boards(
    covered: Iterable[Covered], sources: Iterable[Source], members: Mapping[str, Iterable[str]]
) -> list[Board]:
    """The sources of several employers, those with the most councils first."""
    alone = Counter(each.boards for each in covered if each.reach is Reach.BOARD)
    found = (
        Board(source.id, source.enabled, tuple(members.get(source.id, ())), alone[source.id,])
        for source in sources
        if source.employer is None
    )
    return sorted(found, key=lambda each: (-len(each.councils), each.source))


def _tally(nation: str, kind: str, group: list[Covered]) -> Tally:
    councils = Counter(each.reach for each in group)
    people: Counter[Reach] = Counter()
    for each in group:
        people[each.reach] += each.council.population
    counted = kind not in WITHIN_OTHERS and people.total() > 0
    return Tally(
        nation,
        kind,
        {reach: councils[reach] for reach in Reach},
        {reach: people[reach] for reach in Reach} if counted else None,
        sum(each.reach is Reach.NONE and bool(each.idle) for each in group),
    )
