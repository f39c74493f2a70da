"""Reads the names of a text together: which namesake is meant, and whether they are one address."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise, zip_longest
from typing import NamedTuple

from pipelines.advert import Evidence, Flag
from pipelines.areas import area
from pipelines.gazetteer import Kind, Meaning, districts, kilometres, lexicon
from pipelines.grid import Point
from pipelines.mentions import Mention, Weight, is_site
from pipelines.place_context import Context

_NEXT_TO = 15.0
"""Kilometres within which a place and the town named after it are one address."""
AROUND = 40.0
"""Kilometres from a postcode, or a county, beyond which a namesake is meant."""
_DOMINANT = 6
"""How many times as populous as the next the largest of some namesakes must be to be meant."""
_SMALL_TOWN, _SMALL_VILLAGE = 20_000, 5_000
"""People of a town that has districts of its own, and of a village that is known nowhere else."""
_VILLAGE = 500
"""People of a place whose population is unknown."""
_LOCAL = 10
"""How many times as populous a place is that can't be the more local one of an address."""

_MANY = re.compile(
    r"\b(?:various|multiple|several|different|numerous|many|two|three|four"
    r"|a (?:number|choice|range) of|one of (?:our|the|several|many)|any|all|selected)\b"
    r"[\w\s,'’-]{0,40}?"
    r"\b(?:locations?|sites?|bases|centres|offices|schools|venues|places|settings|boroughs)\b",
    re.IGNORECASE,
)
_COUNCIL_AFTER = re.compile(r" (?:county )?(?:council|hall)\b", re.IGNORECASE)
_NAME_BEFORE = re.compile(
    r"(?:^|,) {0,2}([A-Z][a-z'’-]{2,20}(?:[ -][A-Za-z][a-z'’-]{1,20}){0,3}) ?, ?$"
)
"""As "Little Snoring" in "Little Snoring, Norfolk"."""


class _Found(NamedTuple):
    """A mention with the one thing that it means; None where namesakes can't be told apart."""

    mention: Mention
    meaning: Meaning | None
    choices: tuple[Meaning, ...]


class Reading(NamedTuple):
    """What a text says of the place, in councils of today."""

    place: str | None = None
    authority: str | None = None
    region: str | None = None
    former: str | None = None
    point: Point | None = None
    multi: bool = False
    named: bool = False
    """Whether it names a place or an area at all, be it one of several or the whole country."""
    abroad: bool = False
    """Whether that is outside the United Kingdom: nothing else of the text is read then."""
    flags: tuple[Flag, ...] = ()
    evidence: tuple[Evidence, ...] = ()


def _choose(mention: Mention, context: Context, in_list: bool) -> _Found | None:
    """The one meaning of a mention; None where nothing in the text bears it out."""
    choices, borne_out = mention.meanings, False
    if context.point is not None:
        near = _at_point(choices, context.point)
        if near or not in_list:
            choices = tuple(each for each in near if each.point is None) or tuple(near[:1])
        borne_out = bool(near) and _near(near[0], (context.point,), _NEXT_TO)
    if not choices:
        return None
    others = tuple(each for each in context.areas if each not in mention.meanings)
    if len(choices) > 1 or (not borne_out and _is_doubted(mention, choices, context)):
        choices, told = _narrowed(mention, choices, others, context)
        borne_out = borne_out or told
    if _contradicted(choices, others):
        return None
    if not borne_out and _is_doubted(mention, choices, context) and not _is_town(choices):
        return None
    return _Found(mention, _largest(mention, choices), choices)


def _at_point(choices: tuple[Meaning, ...], point: Point) -> list[Meaning]:
    """The meanings around a postcode, the nearest first, areas before all."""
    near = [each for each in choices if _near(each, (point,), AROUND)]
    if len(near) > 1:
        near.sort(key=lambda each: kilometres(each.point, point) if each.point else 0)
    return near


def _narrowed(
    mention: Mention, choices: tuple[Meaning, ...], others: tuple[Meaning, ...], context: Context
) -> tuple[tuple[Meaning, ...], bool]:
    """The choices that other names and the employer leave, and whether these bear one out."""
    alone = mention.meanings[0].point if len(mention.meanings) == 1 else None
    towns = tuple(each for each in context.towns if each != alone)
    around = _around(others)
    told = False
    for narrower in (
        [each for each in choices if _within(each, others)],
        [each for each in choices if _near(each, around, AROUND)],
        [each for each in choices if _near(each, towns, 2 * _NEXT_TO)],
        [each for each in choices if each.members & context.employer],
        [each for each in choices if each.members & context.employer_words],
        [each for each in choices if each.region in context.employer_regions],
    ):
        if narrower and len(narrower) <= len(choices):
            told = bool(others or towns or context.employer)
            if len(choices) > 1:
                choices = tuple(narrower)
    return choices, told


def _is_doubted(mention: Mention, choices: tuple[Meaning, ...], context: Context) -> bool:
    """Whether a name is an everyday word, or a namesake that no list has.

    That is what a village far from a council's area is, for it would not work there.
    """
    around = _centres(context.employer)
    return mention.everyday or (
        bool(around) and not any(_near(each, around, AROUND) for each in choices)
    )


def _is_town(choices: tuple[Meaning, ...]) -> bool:
    return max(each.population for each in choices) >= 40_000


def _near(meaning: Meaning, points: Iterable[Point], reach: float) -> bool:
    here = meaning.point
    if here is None:
        return meaning.kind is not Kind.PLACE
    return any(kilometres(here, point) <= reach for point in points)


def _within(meaning: Meaning, wide: tuple[Meaning, ...]) -> bool:
    return any(
        (meaning.members & each.members)
        or (each.kind is Kind.REGION and meaning.region == each.region)
        for each in wide
    )


def _contradicted(choices: tuple[Meaning, ...], wide: tuple[Meaning, ...]) -> bool:
    """Whether a small place lies far from every county that the text names."""
    counties = [each for each in wide if each.kind is Kind.COUNTY and each.members]
    if not counties or choices[0].kind is not Kind.PLACE or _within(choices[0], tuple(counties)):
        return False
    far = not any(_near(each, _around(wide), AROUND) for each in choices)
    return far and max(each.population for each in choices) < 10_000


def _around(wide: tuple[Meaning, ...]) -> list[Point]:
    return [point for each in wide if each.kind is Kind.COUNTY for point in _centres(each.members)]


@lru_cache(maxsize=1024)
def _centres(councils: frozenset[str]) -> tuple[Point, ...]:
    return tuple(
        Point(known.latitude, known.longitude)
        for code in councils
        if (known := area(code)) and known.latitude is not None and known.longitude is not None
    )


def _largest(mention: Mention, choices: tuple[Meaning, ...]) -> Meaning | None:
    """The meaning that all choices share, or the one far more populous than the others."""
    best: dict[str | None, Meaning] = {}
    for each in choices:
        rival = best.get(each.authority)
        if rival is None or each.population > rival.population:
            best[each.authority] = each
    if len(best) == 1:
        return next(iter(best.values()))
    first, second, *_ = sorted(best.values(), key=lambda each: -each.population)
    if mention.key in lexicon().namesakes and len(choices) == len(mention.meanings):
        return None
    return first if first.population >= _DOMINANT * max(second.population, _VILLAGE) else None


def read_names(rest: str, named: list[Mention], context: Context) -> Reading:
    found = [
        chosen
        for each, after in zip_longest(named, named[1:])
        if each.weight
        and (chosen := _choose(each, context, each.listed or (after is not None and after.listed)))
    ]
    strong = [each for each in found if each.mention.weight is Weight.PLACE]
    if any(_is_local(each) for each in strong) or not any(_is_local(each) for each in found):
        found = strong or found
    if abroad := [each for each in found if each.choices[0].kind is Kind.ABROAD]:
        words = Evidence(abroad[0].mention.words, "abroad")
        return Reading(named=True, abroad=True, evidence=(words,))
    many = _MANY.search(rest)
    flags = tuple(
        Flag("location_ambiguous", each.mention.words) for each in found if each.meaning is None
    )
    evidence = tuple(Evidence(each.mention.words, _means(each)) for each in found)
    items = _without_far_village(_innermost(found))
    if not items:
        return Reading(multi=bool(many), named=bool(found), flags=flags, evidence=evidence)
    if len(items) > 1 and _apart(items, at_postcode=context.point is not None):
        return _together(items, flags, evidence)
    item = _most_local(items)
    if item.meaning is None:
        regions = {each.region for each in item.choices}
        region = regions.pop() if len(regions) == 1 else None
        return Reading(region=region, multi=bool(many), named=True, flags=flags, evidence=evidence)
    meaning = item.meaning
    if doubt := _not_the_county(rest, item, meaning, context):
        flags = (*flags, Flag("location_unresolved", doubt))
        return Reading(
            region=meaning.region, multi=bool(many), named=True, flags=flags, evidence=evidence
        )
    place = meaning.name if meaning.is_place else None
    return Reading(
        None if many else place,
        meaning.authority,
        meaning.region,
        meaning.former,
        meaning.point if meaning.kind is Kind.PLACE and not many else None,
        bool(many),
        True,
        flags=flags,
        evidence=evidence,
    )


def _not_the_county(rest: str, item: _Found, county: Meaning, context: Context) -> str | None:
    """Words that show a county's name to stand for some place in it: a village's, a hospital's."""
    if county.authority is None or not county.authority.startswith("E10"):
        return None
    if item.mention.weight is Weight.ORGANISATION and not (
        districts(county.authority) <= context.employer
        or _COUNCIL_AFTER.match(rest[item.mention.end : item.mention.end + 30])
    ):
        return rest[item.mention.start : item.mention.end + 30]
    return _unread(rest, item.mention)


def _unread(rest: str, county: Mention) -> str | None:
    """The name before a county's, where it looks like a village's that no list has."""
    before = _NAME_BEFORE.search(rest[max(0, county.start - 60) : county.start])
    if before is None or is_site(before[1]):
        return None
    return before[1]


def _means(found: _Found) -> str:
    if found.meaning is None:
        return "left out: one of several of that name"
    return f"{found.meaning.kind}: {found.meaning.authority or found.meaning.region or 'national'}"


def _is_local(found: _Found) -> bool:
    return found.meaning is None or found.meaning.kind in (Kind.PLACE, Kind.COUNCIL)


def _innermost(found: list[_Found]) -> list[_Found]:
    """The things named, without areas that merely contain another of them, each once."""
    items: list[_Found] = []
    for at, each in enumerate(found):
        if each.meaning is not None and each.meaning.kind is Kind.COUNTRY:
            continue
        rest = found[:at] + found[at + 1 :]
        if any(_contains(each, other, found) for other in rest):
            continue
        if any(_same(each, other) for other in items):
            continue
        items.append(each)
    return items


def _without_far_village(items: list[_Found]) -> list[_Found]:
    """The town of "Broadway, Tamworth", whose village no list has: the one listed is far away.

    So with the county of "Blyth, Nottinghamshire".
    """
    if len(items) != 2 or items[1].mention.listed:
        return items
    (_, village, choices), (_, town, _) = items
    county = town is not None and town.kind is Kind.COUNTY and not town.is_place
    if town and county and village and village.kind is Kind.PLACE:
        return items if _near(village, _centres(town.members), AROUND) else items[1:]
    if town is None or town.point is None or town.population < _SMALL_TOWN:
        return items
    far = not any(_near(each, (town.point,), AROUND) for each in choices)
    small = max(each.population for each in choices) < _SMALL_VILLAGE
    return items[1:] if far and small and not _of_one_council(village, town) else items


def _of_one_council(one: Meaning | None, other: Meaning) -> bool:
    return one is not None and one.authority == other.authority


def _same(one: _Found, other: _Found) -> bool:
    if one.mention.key == other.mention.key:
        return True
    return one.meaning is not None and one.meaning == other.meaning


def _contains(outer: _Found, inner: _Found, found: list[_Found]) -> bool:
    wide, narrow = outer.meaning, inner.meaning
    if wide is None or wide.kind is Kind.PLACE or narrow is None or narrow.kind is Kind.COUNTRY:
        return False
    listed = _linked(outer.mention, inner.mention, found)
    if wide.kind is Kind.REGION:
        return narrow.region == wide.region and narrow.kind is not Kind.REGION and not listed
    if narrow.kind is Kind.REGION or wide == narrow or (listed and wide.former):
        return False
    loose = not listed and wide.kind is Kind.COUNTY and narrow.kind is Kind.PLACE
    if loose and _near(narrow, _centres(wide.members), AROUND):
        return True
    members = districts(wide.authority) if listed and wide.authority else wide.members
    return (
        narrow.members < wide.members
        and (narrow.members - {narrow.authority}) <= members
        and (not listed or narrow.authority in members)
    ) or (narrow.kind is Kind.PLACE and narrow.authority in members)


def _linked(one: Mention, other: Mention, found: list[_Found]) -> bool:
    """Whether "and", "or" or a slash stands between two mentions."""
    first, last = sorted((one.start, other.start))
    return any(each.mention.listed for each in found if first < each.mention.start <= last)


def _apart(items: list[_Found], *, at_postcode: bool) -> bool:
    """Whether several places are offered, rather than one address of several names."""
    if any(each.mention.listed for each in items[1:]):
        return True
    towns = [each.meaning for each in items if each.meaning and each.meaning.kind is Kind.PLACE]
    sizes = [each.population for each in towns]
    councils = {each.authority for each in towns}
    if not at_postcode and len(towns) > 2 and len(councils) > 1 and sizes != sorted(sizes):
        return True
    for one, other in pairwise(items):
        here = one.meaning.point if one.meaning else None
        there = other.meaning.point if other.meaning else None
        if here is None or there is None:
            if one.meaning and other.meaning and not (one.meaning.members & other.meaning.members):
                return True
        elif kilometres(here, there) > _NEXT_TO:
            return True
    return False


def _most_local(items: list[_Found]) -> _Found:
    """Of the names of one address the first, unless the next is a far smaller place."""
    known = [each for each in items if each.meaning is not None and each.meaning.kind is Kind.PLACE]
    first, *others = known or items
    for each in others:
        here, there = first.meaning, each.meaning
        if here and there and there.population and here.population >= _LOCAL * there.population:
            return each
    return first


def _together(
    items: list[_Found], flags: tuple[Flag, ...], evidence: tuple[Evidence, ...]
) -> Reading:
    """Several places: the council, and the region, that all of them share."""
    authorities = {each.meaning.authority if each.meaning else None for each in items}
    regions = {each.meaning.region if each.meaning else None for each in items}
    authority = authorities.pop() if len(authorities) == 1 else None
    region = regions.pop() if len(regions) == 1 else None
    former = {each.meaning.former for each in items if each.meaning}
    return Reading(
        authority=authority,
        region=region,
        former=former.pop() if len(former) == 1 else None,
        multi=True,
        named=True,
        flags=flags,
        evidence=evidence,
    )
