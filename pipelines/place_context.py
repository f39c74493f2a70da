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

_WELSH = re.compile(
    r"\b(?:ysbyty|canolfan|cyngor|ysgol|llywodraeth|university health board|teaching health board"
    r"|welsh|wales|health board)\b",
    re.IGNORECASE,
)
_IRISH = re.compile(
    r"\b(?:hsc trust|health and social care trust|education authority)\b", re.IGNORECASE
)
_CUE = re.compile(r"ysbyty|canolfan|cyngor|ysgol|llywodraeth|health|welsh|wales|hsc|education")
"""In small letters: without one of these no expression above can match."""


def _nation_hinted(text: str) -> frozenset[str]:
    """The nation of an institution that only it has."""
    if _CUE.search(text.casefold()) is None:
        return frozenset()
    hints = ((_WELSH, "Wales"), (_IRISH, "Northern Ireland"))
    return frozenset(nation for words, nation in hints if words.search(text))


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
    employer_words: frozenset[str]
    """Councils of the areas that the name of an employer has that is no council."""
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
    wide: list[Meaning] = []
    towns: list[Point] = []
    for each in named:
        only = each.meanings[0] if len(each.meanings) == 1 else None
        if only is None:
            continue
        if only.kind in (Kind.COUNTY, Kind.REGION, Kind.COUNCIL):
            wide.append(only)
        elif only.kind is Kind.PLACE and only.point and each.weight and not each.everyday:
            towns.append(only.point)
    nothing: frozenset[str] = frozenset()
    words = regions = nothing
    if employer and own is None:
        words, regions = _employer_words(employer[:200])
    regions |= _nation_hinted(rest)
    return Context(point, tuple(wide), tuple(towns), _own_area(own), words, regions)


@lru_cache(maxsize=1024)
def _own_area(code: str | None) -> frozenset[str]:
    """The councils in and around an employer's area: its own, its districts, its county's."""
    if code is None:
        return frozenset()
    today = area_on(code, None)
    codes = [today.code] if today.code else list(today.successors)
    return frozenset(inner for each in codes for inner in districts(each))


@lru_cache(maxsize=1024)
def _employer_words(employer: str) -> tuple[frozenset[str], frozenset[str]]:
    """Councils and regions of the places in an employer's name, to choose among namesakes by."""
    found = [
        each.meanings[0]
        for each in mentions(employer)
        if len(each.meanings) == 1 and not each.everyday
    ]
    regions = frozenset(each.region for each in found if each.region)
    return frozenset(code for each in found for code in each.members), regions | _nation_hinted(
        employer
    )
