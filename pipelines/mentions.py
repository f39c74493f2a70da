"""Finds the places, areas and postcodes that a text names, and how they hang together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple

from pipelines.areas import fold
from pipelines.gazetteer import Meaning, lexicon

READ = 4_000
"""Characters of a text that are read; no advert's place is longer."""

_TOKEN = re.compile(r"[^\W_]+(?:['’‘`][^\W_]+)*|&")
_POSTCODE = re.compile(
    r"(?<![A-Za-z0-9])([A-Za-z]{1,2}\d[A-Za-z\d]?)[ \u00a0]{0,2}(\d[A-Za-z]{2})(?![A-Za-z0-9])"
)
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
    r"|manor|buildings?|block|room|suite|villas|cottages?|works|chambers|arcade|plaza|barracks|camp"
)
"""Words that make the name before them a street's or a house's."""
_ORGANISATION = re.compile(
    r"hospitals?|infirmary|clinic|surgery|practice|centres?|center|schools?|college|academy|nursery"
    r"|library|museum|offices?|councils?|hall|depot|station|trust|nhs|health|services?|teams?|pcns?"
    r"|network|board|campus|hub|park|estate|garrison|headquarters|hq|unit|ward|pool|gallery"
    r"|crematorium|market|airport|constituency|borough|district|hospice|department|division"
    r"|registry"
)
"""Words that make the name before them an organisation's: used if no place is named."""
_ANYWHERE = re.compile(
    r"various|multiple|several|locations?|sites?|county|countywide|areas?|wide|central|head|main"
    r"|north(?:ern)?|south(?:ern)?|east(?:ern)?|west(?:ern)?|mid|across|base|based|home|remote"
    r"|hybrid|civic|town|city|university|prison|hmp|raf|police|fire|court|social|care|adults?"
    r"|children|childrens|education|highways"
)
"""Words that no village is called by."""
_UNIVERSITY = re.compile(r"\buniversity(?: college)?(?: of)?(?: the)? ?$", re.IGNORECASE)
_REFERENCE = re.compile(
    r"\b(?:outside(?: of)?|outskirts of|near(?: to)?|close to|not far from|minutes from|miles from"
    r"|north of|south of|east of|west of|travel(?:ling)?(?: required)? to"
    r"|commut\w{1,5}(?: to| from)?|reporting to|report to|links to|between)(?: the)? ?$",
    re.IGNORECASE,
)
"""Words that make the place after them a mere point of reference."""
_WORDS_AHEAD = 3
_MOST = 60
"""Names of one text that are read."""
_CITY = 100_000
"""People of a town that is meant even where a building of it is named after it."""


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
        found.append(Postcode(match[1].upper(), match[2].upper(), match.end()))
        return "," + " " * (len(match[0]) - 1)

    left = _POSTCODE.sub(note, text)
    if not found:
        found = [Postcode(each[1], None, each.end()) for each in _OUTWARD.finditer(left)]
    return found, left


def mentions(text: str) -> list[Mention]:
    """The names of places and areas in a text without postcodes, in order; longest names first."""
    tokens = _tokens(text)
    spans = list(_spans(tokens))[:_MOST]
    found: list[Mention] = []
    before = 0
    for first, last in spans:
        start, end = tokens[first].start, tokens[last].end
        key = " ".join(token.key for token in tokens[first : last + 1])
        whole = _is_piece(text, start, end)
        if not (whole or any(text[token.start].isupper() for token in tokens[first : last + 1])):
            continue
        between = text[before:start]
        everyday = key in lexicon().everyday
        unsure = everyday and not (whole and _among_names(tokens, spans, first, last))
        found.append(
            Mention(
                text[start:end],
                key,
                start,
                end,
                lexicon().meanings[key],
                Weight.LEFT_OUT if unsure else _weight(text, tokens, first, last),
                bool(found) and _LIST.search(between) is not None,
                everyday,
            )
        )
        before = end
    return found


def _tokens(text: str) -> list[_Token]:
    tokens: list[_Token] = []
    end = 0
    for match in _TOKEN.finditer(text):
        key = "and" if match[0] == "&" else fold(match[0])
        gap = text[end : match.start()]
        stop = gap.startswith(".") and tokens and tokens[-1].key not in ("st", "co")
        tokens.append(
            _Token(key, match.start(), match.end(), not stop and bool(_INSIDE_NAME.fullmatch(gap)))
        )
        end = match.end()
    return tokens


def _spans(tokens: list[_Token]) -> Iterator[tuple[int, int]]:
    """First and last token of each name of the lexicon, the longest at each point."""
    names = lexicon()
    at = 0
    while at < len(tokens):
        last = at
        if tokens[at].key in names.first_words:
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
    closes = not after or after[0] in ",;:/()[]|•+&.-–—" or after.split()[0].casefold() in _CLOSERS
    return opens and closes


def _among_names(tokens: list[_Token], spans: list[tuple[int, int]], first: int, last: int) -> bool:
    """Whether what "and" or "or" joins a name to is a name too: not so in "Reading and writing"."""
    if last + 2 < len(tokens) and tokens[last + 1].key in _JOINS and tokens[last + 1].joined:
        return any(start == last + 2 for start, _ in spans)
    if first >= 2 and tokens[first - 1].key in _JOINS and tokens[first].joined:
        return any(end == first - 2 for _, end in spans)
    return True


_JOINS = ("and", "or")
_OPENERS = ("and", "or", "in", "at", "based", "location", "base", "either")
_CLOSERS = ("and", "or", "area", "based", "office")


def is_site(words: str) -> bool:
    """Whether words name a street, a building or an organisation, or say "countywide"."""
    return any(
        _STREET.fullmatch(word) or _ORGANISATION.fullmatch(word) or _ANYWHERE.fullmatch(word)
        for word in fold(words).split()
    )


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
    if not ahead:
        return Weight.PLACE
    if ahead[0] == "university" and "hospital" not in ahead and "hospitals" not in ahead:
        return Weight.LEFT_OUT
    if _STREET.fullmatch(ahead[0]):
        return Weight.LEFT_OUT
    key = " ".join(token.key for token in tokens[first : last + 1])
    if any(_ORGANISATION.fullmatch(word) for word in ahead):
        return Weight.ORGANISATION
    large = any(each.population > _CITY for each in lexicon().meanings[key])
    if any(_ROAD.fullmatch(word) for word in ahead):
        large = large and ahead[0].isdigit()
    return (
        Weight.ORGANISATION
        if any(_STREET.fullmatch(word) for word in ahead) and not large
        else Weight.PLACE
    )
