"""Finds the places, areas and postcodes that a text names, and how they hang together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

from pipelines.areas import fold, spelt_out
from pipelines.gazetteer import Kind, Meaning, lexicon
from pipelines.postcodes import has_area, locate

READ = 4_000
"""Characters of a text that are read; no advert's place is longer."""

_TOKEN = re.compile(r"[^\W_]+(?:['’‘`][^\W_]+)*|&")
_POSTCODE = re.compile(
    r"(?<![A-Za-z0-9])([A-Za-z]{1,2}\d[A-Za-z\d]?)[ \u00a0]{0,2}(\d[A-Za-z]{2})(?![A-Za-z0-9])"
)
_LOOSE = re.compile(
    r"(?<![A-Za-z0-9])([A-Z]{1,2})[ \u00a0]?(\d[A-Z\d]?)[ \u00a0-]{0,3}(\d[A-Z]{2})(?![A-Za-z0-9])"
)
"""A postcode oddly spaced ("SO 14 2AA", "LS1-1UR"), believed if the directory has it."""
_OUTWARD = re.compile(r"(?<![A-Za-z0-9])([A-Z]{1,2}\d[A-Z\d]?)(?![A-Za-z0-9])")
_INSIDE_NAME = re.compile(r"[ \t\u00a0]{0,2}[-–]?|[.'’] ?|")
_LIST = re.compile(
    r"(?:^|[\s,;(])(?:and|or|neu|ac)(?=[\s,;(]|$)|[&/+;|•\n]|\band/or\b", re.IGNORECASE
)
_BREAK = re.compile(r"[,;:/()\[\]|•\n\r\t+]|\s[-–—]|[-–—]\s|\.\s|\.$")

_ROAD = re.compile(r"road|rd|street|st|lane|ln|drive|dr|avenue|ave|way")
_STREET = re.compile(
    rf"{_ROAD.pattern}|close|crescent|cres|walk|terrace|square|sq|place|parade|row|mews|gardens"
    r"|grove|rise|roundabout|roads|quays?|wharf|bridge|house|court|lodge|towers?|mill|gate|farm"
    r"|manor|buildings?|block|room|suite|villas|cottages?|works|chambers|arcade|plaza|barracks"
)
"""Words that make the name before them a street's or a house's."""
_ORGANISATION = re.compile(
    r"hospitals?|infirmary|clinic|surgery|practice|centres?|center|schools?|college|academy|nursery"
    r"|library|museum|offices?|councils?|hall|depot|station|trust|nhs|health|services?|teams?|pcns?"
    r"|network|board|campus|hub|park|estate|garrison|headquarters|hq|unit|ward|pool|gallery"
    r"|crematorium|market|airport|constituency|hospice|department|division"
    r"|registry|camp"
)
"""Words that make the name before them an organisation's: used if no place is named."""
_ANYWHERE = re.compile(
    r"various|multiple|several|locations?|sites?|county|countywide|areas?|wide|central|head|main"
    r"|north(?:ern)?|south(?:ern)?|east(?:ern)?|west(?:ern)?|mid|across|base|based|home|remote"
    r"|hybrid|civic|town|city|university|prison|hmp|raf|police|fire|court|social|care|adults?"
    r"|children|childrens|education|highways|borough|district"
)
"""Words that no village is called by."""
_BEGINS_NAME = re.compile(
    r"great|little|upper|lower|nether|old|new|long|much|chipping|market|stoke|kings|bishops|abbots"
    r"|monks|church|steeple"
)
"""Words that make a village's name, that no list has, of the name after them: "Little Compton"."""
_ENDS_NAME = re.compile(r"green|heath|hill|common|moor|cross|end|vale|woods?|fields?|hatch")
"""The same of the name before them: "Marston Green"."""
_COMPASS = ("north", "south", "east", "west", "mid")
_QUARTERS = ("north east", "north west", "south east", "south west")
_STYLES = ("district", "borough", "city", "town", "county", "area")
_UNIVERSITY = re.compile(r"\buniversity(?: college)?(?: of)?(?: the)? ?$", re.IGNORECASE)
_REFERENCE = re.compile(
    r"\b(?:outside(?: of)?|outskirts of|near(?: to)?|close to|not far from|minutes from|miles from"
    r"|north of|south of|east of|west of|travel(?:ling)?(?: required)? to"
    r"|commut\w{1,5}(?: to| from)?|reporting to|report to|links to)(?: the)? ?$",
    re.IGNORECASE,
)
"""Words that make the place after them a mere point of reference."""
_SHORT = 4
"""Letters from which a name can stand within other words: "Usk" and "Ayr" can not."""
_WORDS_AHEAD = 3
_MOST = 60
"""Names of one text that are read."""
_CITY = 100_000
"""People of a town that is meant even where a building of it is named after it."""
_TOWN = 20_000
"""People of a town that has a hill or a cross named after it."""


class Weight(IntEnum):
    """How surely a mention says where the job is."""

    LEFT_OUT = 0
    ORGANISATION = 1
    PLACE = 2


@dataclass(frozen=True, slots=True)
class Mention:
    """A name found in a text. `listed`: "and", "or" or a slash stands before it."""

    words: str
    key: str
    start: int
    end: int
    meanings: tuple[Meaning, ...]
    weight: Weight
    listed: bool
    everyday: bool
    """An everyday word or surname, to be borne out by the rest of the text."""


class Postcode(NamedTuple):
    """A full postcode in standard spacing, or with `inward` None an outward code alone."""

    outward: str
    inward: str | None
    end: int

    def __str__(self) -> str:
        return f"{self.outward} {self.inward}" if self.inward else self.outward


class _Token(NamedTuple):
    key: str
    start: int
    end: int
    joined: bool
    """Whether it can stand in one name with the token before it."""


def postcodes(text: str) -> tuple[list[Postcode], str]:
    """The postcodes of a text in order, and the text with commas in their stead."""
    found: list[Postcode] = []

    def note(match: re.Match[str]) -> str:
        outward, inward = "".join(match.groups()[:-1]).upper(), match[match.lastindex or 0].upper()
        odd = match.re is _LOOSE
        if not has_area(outward) or (odd and locate(f"{outward} {inward}") is None):
            return match[0]
        found.append(Postcode(outward, inward, match.end()))
        return "," + " " * (len(match[0]) - 1)

    left = _POSTCODE.sub(note, text)
    if not found:
        left = _LOOSE.sub(note, text)
    if not found:
        outwards = _OUTWARD.finditer(left)
        found = [Postcode(each[1], None, each.end()) for each in outwards if has_area(each[1])]
    return found, left


def mentions(text: str) -> list[Mention]:
    """The names of places and areas in a text without postcodes, in order; longest names first."""
    tokens = _tokens(text)
    spans = list(_spans(tokens))[:_MOST]
    found: list[Mention] = []
    before = 0
    for first, last in spans:
        start, end = tokens[first].start, tokens[last].end
        key = _key(tokens, first, last)
        whole = _is_piece(text, start, end)
        capital = any(text[token.start].isupper() for token in tokens[first : last + 1])
        if not (whole or capital) or _is_quarter_of(key, tokens, spans, last):
            continue
        listed = bool(found) and _LIST.search(text[before:start]) is not None
        short = len(key) < _SHORT and not (whole and capital)
        everyday = short or key in lexicon().everyday
        unsure = everyday and not (whole and _among_names(tokens, spans, first, last))
        weight = Weight.LEFT_OUT if unsure else _weight(text, tokens, first, last)
        keys = _half_named(key, tokens, first)
        for at, each in enumerate(keys):
            meant = lexicon().meanings[each]
            found.append(
                Mention(
                    text[start:end], each, start, end, meant, weight, listed or at > 0, everyday
                )
            )
        before = end
    return found


def _key(tokens: list[_Token], first: int, last: int) -> str:
    return " ".join(token.key for token in tokens[first : last + 1])


def _is_quarter_of(key: str, tokens: list[_Token], spans: list[tuple[int, int]], last: int) -> bool:
    """Whether "North East" is but a part of what is named next, as in "North East Essex"."""
    return (
        key in _QUARTERS
        and last + 1 < len(tokens)
        and tokens[last + 1].joined
        and any(first == last + 1 for first, _ in spans)
    )


def _half_named(key: str, tokens: list[_Token], first: int) -> list[str]:
    """Both names of "East and North Hertfordshire", or the county's if it has no such district."""
    part, _, whole = key.partition(" ")
    if part not in _COMPASS or first < 2 or tokens[first - 1].key != "and":
        return [key]
    other = tokens[first - 2].key
    if other not in _COMPASS or not (tokens[first].joined and tokens[first - 1].joined):
        return [key]
    known = lexicon().meanings
    if f"{other} {whole}" in known:
        return [f"{other} {whole}", key]
    return [whole] if whole in known else [key]


def _tokens(text: str) -> list[_Token]:
    matches = list(_TOKEN.finditer(text))
    keys = [_folded(match[0]) for match in matches]
    joined = [False] * (len(matches) + 1)
    for at in range(1, len(matches)):
        gap = text[matches[at - 1].end() : matches[at].start()]
        stop = gap[:1] == "." and keys[at - 1] not in ("st", "co")
        joined[at] = gap == " " or (not stop and _INSIDE_NAME.fullmatch(gap) is not None)
    return [
        _Token(spelt_out(key, last=not joined[at + 1]), match.start(), match.end(), joined[at])
        for at, (key, match) in enumerate(zip(keys, matches, strict=True))
    ]


@lru_cache(maxsize=8192)
def _folded(word: str) -> str:
    return "and" if word == "&" else fold(word)


def _spans(tokens: list[_Token]) -> Iterator[tuple[int, int]]:
    """First and last token of each name of the lexicon, the longest at each point."""
    names = lexicon()
    at = 0
    while at < len(tokens):
        last = at
        if tokens[at].key.partition(" ")[0] in names.first_words:
            longest = at
            while (
                longest + 1 < len(tokens)
                and longest - at + 1 < names.longest
                and tokens[longest + 1].joined
            ):
                longest += 1
            for last in range(longest, at - 1, -1):
                if " ".join(token.key for token in tokens[at : last + 1]) in names.meanings:
                    yield at, last
                    break
            else:
                last = at
        at = last + 1


def _is_piece(text: str, start: int, end: int) -> bool:
    """Whether a name stands alone between commas, "and" and the like, or after "in" or "at"."""
    before = text[max(0, start - 12) : start].rstrip().casefold()
    after = text[end : end + 12].lstrip()
    opens = not before or before[-1] in ",;:/()[]|•+&-–—" or before.split()[-1] in _OPENERS
    closes = (
        not after
        or after[0] in ",;:/()[]|•+&.-–—"
        or after.split()[0].casefold().rstrip(")],.;:") in _CLOSERS
    )
    return opens and closes


def _among_names(tokens: list[_Token], spans: list[tuple[int, int]], first: int, last: int) -> bool:
    """Whether what "and" or "or" joins a name to is a name too: not so in "Reading and writing"."""
    styled = first >= 3 and tokens[first - 2].key in _STYLES
    before = first - 3 if styled else first - 2
    if last + 2 < len(tokens) and tokens[last + 1].key in _JOINS and tokens[last + 1].joined:
        return any(start == last + 2 for start, _ in spans)
    if first >= 2 and tokens[first - 1].key in _JOINS and tokens[first].joined:
        return any(end == before for _, end in spans)
    return True


_JOINS = ("and", "or")
_OPENERS = ("and", "between", "or", "in", "at", "based", "location", "base", "either")
_CLOSERS = ("and", "or", "area", "based", "office")


def is_site(words: str) -> bool:
    """Whether words name a street, a building or an organisation, or say "countywide"."""
    return any(
        _STREET.fullmatch(word) or _ORGANISATION.fullmatch(word) or _ANYWHERE.fullmatch(word)
        for word in fold(words).split()
    )


def _begins_name(text: str, tokens: list[_Token], first: int) -> bool:
    if first == 0 or not tokens[first].joined:
        return False
    before = tokens[first - 1]
    return text[before.start].isupper() and _BEGINS_NAME.fullmatch(before.key) is not None


def _weight(text: str, tokens: list[_Token], first: int, last: int) -> Weight:
    before = text[max(0, tokens[first].start - 40) : tokens[first].start]
    if _REFERENCE.search(before) or _UNIVERSITY.search(before):
        return Weight.LEFT_OUT
    ahead: list[str] = []
    for token in tokens[last + 1 : last + 1 + _WORDS_AHEAD]:
        gap = text[tokens[last + len(ahead)].end : token.start]
        if _BREAK.search(gap) or token.key == "and":
            break
        ahead.append(token.key)
    key = _key(tokens, first, last)
    large = any(
        each.population > _CITY or each.kind is not Kind.PLACE for each in lexicon().meanings[key]
    )
    if not large and _begins_name(text, tokens, first):
        return Weight.LEFT_OUT
    if not ahead:
        return Weight.PLACE
    if ahead[0] == "university" and "hospital" not in ahead and "hospitals" not in ahead:
        return Weight.LEFT_OUT
    if _STREET.fullmatch(ahead[0]):
        return Weight.LEFT_OUT
    if any(_ORGANISATION.fullmatch(word) for word in ahead):
        return Weight.ORGANISATION
    if not large and _ENDS_NAME.fullmatch(ahead[0]) and text[tokens[last + 1].start].isupper():
        town = any(each.population > _TOWN for each in lexicon().meanings[key])
        return Weight.ORGANISATION if town else Weight.LEFT_OUT
    large = any(each.population > _CITY for each in lexicon().meanings[key])
    if any(_ROAD.fullmatch(word) for word in ahead):
        large = large and ahead[0].isdigit()
    return (
        Weight.ORGANISATION
        if any(_STREET.fullmatch(word) for word in ahead) and not large
        else Weight.PLACE
    )
