"""Sector: which of the 28 kinds of council work an advert is, by the table data/sectors.csv."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import accumulate
from typing import Any, NamedTuple

import ahocorasick_rs

from pipelines.advert import Advert, Evidence
from pipelines.reference import table

_LONGEST_READ = 600
"""Characters of a title or context that are looked at."""
_DECIDES = 45
"""A title whose heaviest phrase weighs less leaves the say to the context and the employer."""
_CONTEXT_HELPS, _CONTEXT_DECIDES = 0.1, 0.6
_TAIL = 0.7
"""What words after the first dash, comma or bracket count for: they name the team or the place."""
_LEANS = 0.3
"""What a title's light words still count for where the context speaks."""
_EMPLOYER_HELPS, _EMPLOYER_DECIDES = 0.1, 1.0
_SCHOOL = "education_schools"
_RANK = "executive_leadership"


class _Row(NamedTuple):
    sector: str
    weight: int
    school: bool
    """The phrase names a school as the place of work."""


Found = list[tuple[str, _Row]]
"""Phrases of the table found in a text, in its order."""


@dataclass(frozen=True, slots=True)
class SectorReading:
    """The sector of an advert, the words that decided, and what they beat."""

    sector: str | None = None
    service: str | None = None
    """For an executive post: the sector of the service that the title names, if it names one."""
    weights: dict[str, float] = field(default_factory=dict)
    """Each sector's weight: the heaviest won."""
    found: tuple[tuple[str, Found], ...] = ()
    """Phrases of the table, under the name of the text that holds them."""

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """Every phrase found, those of the winning sector first."""
        words = [(text, phrase, row) for text, found in self.found for phrase, row in found]
        words.sort(key=lambda each: each[2].sector != self.sector)
        return tuple(
            Evidence(" ".join(phrase.split()), f"{row.sector} {row.weight} ({text})")
            for text, phrase, row in words
        )

    def record(self) -> dict[str, Any]:
        """Field names and values, the sectors' weights from the heaviest down."""
        heaviest = sorted(self.weights.items(), key=lambda each: -each[1])
        weights = ", ".join(f"{sector} {weight:g}" for sector, weight in heaviest)
        return {"sector": self.sector, "service": self.service, "weights": weights}


class _Words:
    """Finds the phrases of one column of the table: whole words, the longest at each place.

    A phrase without a sector says nothing about one, and hides the words in it.
    """

    def __init__(self, applies: str) -> None:
        rows: dict[str, dict[str, _Row]] = {}
        for line in table("sectors.csv"):
            if applies in line["applies"].split():
                row = _Row(line["sector"], int(line["weight"]), line["note"] == "school")
                for phrase in _spellings(line["phrase"], row.school):
                    meant = rows.setdefault(_padded(phrase), {})
                    if row.sector:
                        meant[row.sector] = max(row, meant.get(row.sector, row))
        self._rows = [list(meant.values()) for meant in rows.values()]
        self._finder = ahocorasick_rs.AhoCorasick(
            list(rows), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest
        )

    def places(self, padded: str) -> list[tuple[int, int, int]]:
        """Where phrases stand in a padded text: the phrase's number, its start and end."""
        found = self._finder.find_matches_as_indexes(padded)
        return [place for place in found if self._rows[place[0]]]

    def rows(self, padded: str, places: list[tuple[int, int, int]]) -> Found:
        """The phrases at those places, each with its rows."""
        return [
            (padded[start:end], row) for index, start, end in places for row in self._rows[index]
        ]

    def find(self, padded: str) -> Found:
        """The phrases in a padded text, in its order, each with its rows."""
        return self.rows(padded, self.places(padded))


@cache
def _words(applies: str) -> _Words:
    return _Words(applies)


@cache
def _school_keeps() -> frozenset[str]:
    """Sectors whose posts keep them in a school: trades, special needs, early years."""
    rows = table("sector_names.csv")
    return frozenset(row["sector"] for row in rows if row["school_keeps"] == "yes")


@cache
def sector_names() -> dict[str, str]:
    """Every sector's key and its name for readers."""
    return {row["sector"]: row["name"] for row in table("sector_names.csv")}


_WORD = re.compile(r"[\w+]+")
_WORDS_ALONE = {code: chr(code) if _WORD.match(chr(code)) else " " for code in range(128)}
"""ASCII characters, those of no word as spaces: `translate` and `split` beat an expression."""
_ACCENTS = re.compile("[\u0300-\u036f]+")
"""Marks that stand apart after NFKD: "tân" is found as "tan"."""


def _padded(text: str) -> str:
    """Lower-case words, each between two spaces, so that a match is always of whole words."""
    plain = text[:_LONGEST_READ].lower().replace("’", "").replace("'", "").replace("&", " and ")
    plain = plain.replace("co-ord", "coord").replace("co-op", "coop")
    if plain.isascii():
        words = plain.translate(_WORDS_ALONE).split()
    else:
        words = _WORD.findall(_ACCENTS.sub("", unicodedata.normalize("NFKD", plain)))
    return f" {'  '.join(words)} " if words else ""


def _spellings(phrase: str, school: bool) -> tuple[str, ...]:
    """A phrase of the table, and its plural; "HR Adviser, Schools" does not work in a school."""
    return (phrase,) if school or phrase.endswith("s") else (phrase, f"{phrase}s")


def read_sector(
    title: str, context: str | None = None, employer: str | None = None
) -> SectorReading:
    """The sector that the title names; where it names none, that of the context or employer.

    None when nothing decides. In a school every post is education, save trades and the like.
    """
    head, tail = _title_rows(title)
    about = _words("context").find(_padded(context or ""))
    house = [] if employer is None else _employer_rows(employer)
    weights = _weighed(head)
    for sector, weight in _weighed(tail).items():
        weights[sector] = max(weights.get(sector, 0.0), _TAIL * weight)
    clear = max(weights.values(), default=0.0) >= _DECIDES
    if about and not clear:
        weights = {each: _LEANS * weight for each, weight in weights.items()}
    _add(weights, about, _CONTEXT_HELPS if clear else _CONTEXT_DECIDES)
    _add(weights, house, _EMPLOYER_HELPS if clear else _EMPLOYER_DECIDES)
    if any(row.school for _, row in (*head, *tail, *house)):
        weights[_SCHOOL] = max(weights.get(_SCHOOL, 0.0), 70.0)
        weights = {each: w for each, w in weights.items() if each in _school_keeps()}
    if not weights:
        return SectorReading()
    sector = max(weights, key=weights.__getitem__)
    texts = (
        ("title", head),
        ("end of the title", tail),
        ("context", about),
        ("employer", house),
    )
    return SectorReading(sector, _service(sector, weights), weights, texts)


_PARTS = re.compile(r"\s[-–—|:]+\s|[,;(\[]|\s[-–—]|[-–—:]\s")
"""Where a part of a title ends: "Cook - Nights", "Engineer (Bridges)", "Planner, Policy"."""


@lru_cache(maxsize=4096)
def _padded_part(part: str) -> str:
    """A part of a title, padded: roles, teams and towns come again though whole titles do not."""
    return _padded(part)


def _title_rows(title: str) -> tuple[Found, Found]:
    """The phrases of a title's first part that holds any, and those of the parts after it."""
    parts = [_padded_part(part) for part in _PARTS.split(title[:_LONGEST_READ])]
    words = _words("title")
    padded = "".join(parts)
    places = words.places(padded)
    if not places:
        return [], []
    ends = accumulate(map(len, parts))
    first_end = places[0][2]
    cut = next(end for end in ends if end >= first_end)
    head = [place for place in places if place[1] < cut]
    return words.rows(padded, head), words.rows(padded, places[len(head) :])


@lru_cache(maxsize=1024)
def _employer_rows(employer: str) -> Found:
    """What an employer's name says; a council is no school, whatever its name."""
    found = _words("employer").find(_padded(employer))
    council = "council" in employer.lower() or "borough" in employer.lower()
    return [(words, row) for words, row in found if not (council and row.school)]


def _weighed(found: Found) -> dict[str, float]:
    """Each sector's weight: its heaviest phrase, a little more for each further one."""
    weights: dict[str, float] = {}
    for _, row in found:
        known = weights.get(row.sector, 0.0)
        weights[row.sector] = max(known, row.weight) + (1.0 if known else 0.0)
    return weights


def _add(weights: dict[str, float], found: Found, share: float) -> None:
    for sector, weight in _weighed(found).items():
        weights[sector] = weights.get(sector, 0.0) + share * weight


def _service(sector: str, weights: dict[str, float]) -> str | None:
    """The heaviest sector after executive rank."""
    if sector != _RANK:
        return None
    others = {each: weight for each, weight in weights.items() if each != _RANK}
    return max(others, key=others.__getitem__, default=None)


_SECOND_RANK = re.compile(r"\b(?:assistant|deputy|associate)\s+director\b", re.I)


class SectorStage:
    """Fills the sector from title, summary, category, department and employer.

    An assistant director of one service is listed with that service: readers of a jobs section
    look for the work. Chief executives and directors stay under executive leadership.
    """

    def process_item(self, item: Advert) -> Advert:
        raw, title = item.raw, item.title or ""
        context = [each for each in (raw.department, raw.category, item.summary) if each]
        reading = read_sector(title, " | ".join(context) or None, item.employer)
        item.sector = reading.sector
        if reading.service is not None and _SECOND_RANK.search(title) is not None:
            item.sector = reading.service
        return item
