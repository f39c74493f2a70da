"""What a location's text and employer say that helps to choose among namesakes."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from pipelines.areas import area_on
from pipelines.gazetteer import Kind, Meaning, districts
from pipelines.grid import Point
from pipelines.mentions import Mention, Postcode, mentions
from pipelines.postcodes import locate, locate_outward

_NATION_HINT = re.compile(
    r"\b(?:ysbyty|canolfan|cyngor|ysgol|llywodraeth|university health board|teaching health board"
    r"|welsh|wales)\b",
    re.IGNORECASE,
)


class Context(NamedTuple):
    """What a text and its employer say that helps to choose among namesakes."""

    point: Point | None
    """Of the postcode."""
    areas: tuple[Meaning, ...]
    """Counties, regions and councils that the text names."""
    towns: tuple[Point, ...]
    """Places in the text that only one place can be."""
    employer: frozenset[str]
    """Councils of the employer's area; empty where it is no council."""
    employer_regions: frozenset[str]


def context_of(
    rest: str,
    named: list[Mention],
    found: list[Postcode],
    employer: str | None,
    own: str | None,
) -> Context:
    point = None
    if found:
        spot = locate(str(found[0])) if found[0].inward else locate_outward(found[0].outward)
        if spot is None and found[0].inward:
            spot = locate_outward(found[0].outward)
        point = spot.point if spot else None
    wide = tuple(
        each.meanings[0]
        for each in named
        if len(each.meanings) == 1
        and each.meanings[0].kind in (Kind.COUNTY, Kind.REGION, Kind.COUNCIL)
    )
    towns = tuple(
        each.meanings[0].point
        for each in named
        if len(each.meanings) == 1
        and each.weight
        and not each.everyday
        and each.meanings[0].kind is Kind.PLACE
        and each.meanings[0].point
    )
    regions = set(_employer_regions(employer[:200])) if employer and own is None else set()
    if _NATION_HINT.search(rest):
        regions.add("Wales")
    return Context(point, wide, towns, _own_area(own), frozenset(regions))


@lru_cache(maxsize=1024)
def _own_area(code: str | None) -> frozenset[str]:
    """The councils in and around an employer's area: its own, its districts, its county's."""
    if code is None:
        return frozenset()
    today = area_on(code, None)
    codes = [today.code] if today.code else list(today.successors)
    return frozenset(inner for each in codes for inner in districts(each))


@lru_cache(maxsize=1024)
def _employer_regions(employer: str) -> frozenset[str]:
    """Regions of the places in an employer's name, for choosing among namesakes only."""
    found = {
        meaning.region
        for each in mentions(employer)
        if len(each.meanings) == 1 and not each.everyday
        for meaning in each.meanings
        if meaning.region
    }
    if _NATION_HINT.search(employer) or "Health Board" in employer:
        found.add("Wales")
    return frozenset(found)
