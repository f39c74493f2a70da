"""Finds the places, areas and postcodes that a text names, and how they hang together."""

from __future__ import annotations

import re
from collections.abc import Iterator
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


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_ROAD = _words("road rd street st lane ln drive dr avenue ave way")
_STREET = _ROAD | _words(
    "close crescent cres walk terrace square sq place parade row mews gardens grove rise"
    " roundabout roads quay quays wharf bridge house court lodge tower towers mill gate"
    " farm manor building buildings block room suite villas cottage cottages works chambers"
    " arcade plaza barracks"
)
"""Words that make the name before them a street's or a house's."""
_ORGANISATION = _words(
    "hospital hospitals infirmary clinic surgery practice centre centres center school"
    " schools college academy nursery library museum office offices council councils hall"
    " depot station trust nhs health service services team teams pcn pcns network board"
    " campus hub park estate garrison headquarters hq unit ward pool gallery crematorium"
    " market airport constituency hospice department division registry camp"
)
"""Words that make the name before them an organisation's: used if no place is named."""
_ANYWHERE = _words(
    "various multiple several location locations site sites county countywide area areas"
    " wide central head main north northern south southern east eastern west western mid"
    " across base based home remote hybrid civic town city university prison hmp raf police"
    " fire court social care adult adults children childrens education highways borough"
    " district"
)
"""Words that no village is called by."""
_BEGINS_NAME = _words(
    "great little upper lower nether old new long much chipping market stoke kings bishops"
    " abbots monks church steeple"
)
"""Words that make a village's name, that no list has, of the name after them: "Little Compton"."""
_ENDS_NAME = _words("green heath hill common moor cross end vale wood woods field fields hatch")
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


class Mention(NamedTuple):
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


class _Tokens(NamedTuple):
    """The words of a text, column by column."""

    keys: list[str]
    starts: list[int]
    ends: list[int]
    joined: list[bool]
    """Whether each can stand in one name with the word before it; False beyond the last."""


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
    tokens, names = _tokens(text), lexicon()
    spans = list(_spans(tokens))[:_MOST]
    found: list[Mention] = []
    before = 0
    for first, last in spans:
        start, end = tokens.starts[first], tokens.ends[last]
        key = _key(tokens, first, last)
        whole = _is_piece(text, start, end)
        capital = any(text[at].isupper() for at in tokens.starts[first : last + 1])
        if not (whole or capital) or _is_quarter_of(key, tokens, spans, last):
            continue
        listed = bool(found) and _LIST.search(text[before:start]) is not None
        short = len(key) < _SHORT and not (whole and capital)
        everyday = short or key in names.everyday
        unsure = everyday and not (whole and _among_names(tokens, spans, first, last))
        weight = Weight.LEFT_OUT if unsure else _weight(text, tokens, first, last)
        keys = _half_named(key, tokens, first)
        for at, each in enumerate(keys):
            meant = names.meanings[each]
            found.append(
                Mention(
                    text[start:end], each, start, end, meant, weight, listed or at > 0, everyday
                )
            )
        before = end
    return found


def _key(tokens: _Tokens, first: int, last: int) -> str:
    return " ".join(tokens.keys[first : last + 1])


def _is_quarter_of(key: str, tokens: _Tokens, spans: list[tuple[int, int]], last: int) -> bool:
    """Whether "North East" is but a part of what is named next, as in "North East Essex"."""
    return (
        key in _QUARTERS
        and tokens.joined[last + 1]
        and any(first == last + 1 for first, _ in spans)
    )


def _half_named(key: str, tokens: _Tokens, first: int) -> list[str]:
    """Both names of "East and North Hertfordshire", or the county's if it has no such district."""
    part, _, whole = key.partition(" ")
    if part not in _COMPASS or first < 2 or tokens.keys[first - 1] != "and":
        return [key]
    other = tokens.keys[first - 2]
    if other not in _COMPASS or not (tokens.joined[first] and tokens.joined[first - 1]):
        return [key]
    known = lexicon().meanings
    if f"{other} {whole}" in known:
        return [f"{other} {whole}", key]
    return [whole] if whole in known else [key]


def _tokens(text: str) -> _Tokens:
    spans = [match.span() for match in _TOKEN.finditer(text)]
    starts, ends = [start for start, _ in spans], [end for _, end in spans]
    words = [text[start:end] for start, end in spans]
    joined = [False]
    for at in range(1, len(words)):
        gap = text[ends[at - 1] : starts[at]]
        joined.append(gap == " " or (_is_inside_name(gap) and not _is_stop(words[at - 1], gap)))
    joined.append(False)
    keys = [_spelt(word, not joined[at]) for at, word in enumerate(words, 1)]
    return _Tokens(keys, starts, ends, joined)


@lru_cache(maxsize=1024)
def _is_inside_name(gap: str) -> bool:
    """Whether what stands between two words can stand within a name: "Stoke-on-Trent"."""
    return _INSIDE_NAME.fullmatch(gap) is not None


def _is_stop(word: str, gap: str) -> bool:
    """Whether a full stop ends more than a word: not so in "St. Ives"."""
    return gap[:1] == "." and fold(word) not in ("st", "co")


@lru_cache(maxsize=8192)
def _spelt(word: str, last: bool) -> str:
    return "and" if word == "&" else spelt_out(fold(word), last=last)


def _spans(tokens: _Tokens) -> Iterator[tuple[int, int]]:
    """First and last token of each name of the lexicon, the longest at each point."""
    names = lexicon()
    keys, joined = tokens.keys, tokens.joined
    at = 0
    while at < len(keys):
        last = at
        most = names.first_words.get(keys[at].partition(" ")[0], 0)
        if most:
            longest = at
            while longest - at + 1 < most and joined[longest + 1]:
                longest += 1
            for last in range(longest, at - 1, -1):
                if " ".join(keys[at : last + 1]) in names.meanings:
                    yield at, last
                    break
            else:
                last = at
        at = last + 1


def _is_piece(text: str, start: int, end: int) -> bool:
    """Whether a name stands alone between commas, "and" and the like, or after "in" or "at"."""
    before = text[max(0, start - 12) : start].rstrip().casefold()
    after = text[end : end + 12].lstrip()
    opens = before[-1:] in _MARKS or before.split()[-1] in _OPENERS
    closes = (
        after[:1] in _MARKS
        or after[0] == "."
        or after.split()[0].casefold().rstrip(")],.;:") in _CLOSERS
    )
    return opens and closes


def _among_names(tokens: _Tokens, spans: list[tuple[int, int]], first: int, last: int) -> bool:
    """Whether what "and" or "or" joins a name to is a name too: not so in "Reading and writing"."""
    styled = first >= 3 and tokens.keys[first - 2] in _STYLES
    before = first - 3 if styled else first - 2
    keys, joined = tokens.keys, tokens.joined
    if last + 2 < len(keys) and keys[last + 1] in _JOINS and joined[last + 1]:
        return any(start == last + 2 for start, _ in spans)
    if first >= 2 and keys[first - 1] in _JOINS and joined[first]:
        return any(end == before for _, end in spans)
    return True


_JOINS = ("and", "or")
_MARKS = ",;:/()[]|•+&-–—"
_OPENERS = ("and", "between", "or", "in", "at", "based", "location", "base", "either")
_CLOSERS = ("and", "or", "area", "based", "office")


def is_site(words: str) -> bool:
    """Whether words name a street, a building or an organisation, or say "countywide"."""
    return any(
        word in _STREET or word in _ORGANISATION or word in _ANYWHERE
        for word in fold(words).split()
    )


def _begins_name(text: str, tokens: _Tokens, first: int) -> bool:
    if not tokens.joined[first]:
        return False
    capital = text[tokens.starts[first - 1]].isupper()
    return capital and tokens.keys[first - 1] in _BEGINS_NAME


def _weight(text: str, tokens: _Tokens, first: int, last: int) -> Weight:
    before = text[max(0, tokens.starts[first] - 40) : tokens.starts[first]]
    if _follows_a_word(before) and (_REFERENCE.search(before) or _UNIVERSITY.search(before)):
        return Weight.LEFT_OUT
    meant = lexicon().meanings[_key(tokens, first, last)]
    if _begins_name(text, tokens, first) and not _is_large(meant):
        return Weight.LEFT_OUT
    ahead = _ahead(text, tokens, last)
    if not ahead:
        return Weight.PLACE
    if ahead[0] == "university" and "hospital" not in ahead and "hospitals" not in ahead:
        return Weight.LEFT_OUT
    if ahead[0] in _STREET:
        return Weight.LEFT_OUT
    if not _ORGANISATION.isdisjoint(ahead):
        return Weight.ORGANISATION
    ends_name = ahead[0] in _ENDS_NAME and text[tokens.starts[last + 1]].isupper()
    if ends_name and not _is_large(meant):
        town = any(each.population > _TOWN for each in meant)
        return Weight.ORGANISATION if town else Weight.LEFT_OUT
    large = any(each.population > _CITY for each in meant)
    if not _ROAD.isdisjoint(ahead):
        large = large and ahead[0].isdigit()
    street = not _STREET.isdisjoint(ahead)
    return Weight.ORGANISATION if street and not large else Weight.PLACE


def _follows_a_word(before: str) -> bool:
    """Whether text ends in no mark, and in something: else no expression for it can match."""
    return before.rstrip()[-1:] not in _MARKS


def _is_large(meant: tuple[Meaning, ...]) -> bool:
    """Whether a name is a city's or an area's."""
    return any(each.population > _CITY or each.kind is not Kind.PLACE for each in meant)


def _ahead(text: str, tokens: _Tokens, last: int) -> list[str]:
    """The words after a name, up to the next break."""
    ahead: list[str] = []
    for at in range(last + 1, min(last + 1 + _WORDS_AHEAD, len(tokens.keys))):
        gap = text[tokens.ends[at - 1] : tokens.starts[at]]
        if _BREAK.search(gap) or tokens.keys[at] == "and":
            break
        ahead.append(tokens.keys[at])
    return ahead
