"""Sector: which of the 28 kinds of council work an advert is, by the table data/sectors.csv."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import ahocorasick_rs

from pipelines.advert import Advert, Evidence
from pipelines.reference import table

_LONGEST_READ = 600
"""Characters of a title or context that are looked at."""
_DECIDES = 45
"""A title whose heaviest phrase weighs less leaves the say to the context and the employer."""
_CONTEXT_HELPS, _CONTEXT_DECIDES = 0.1, 0.6
_LEANS = 0.3
"""What a title's light words still count for where the context speaks."""
_EMPLOYER_HELPS, _EMPLOYER_DECIDES = 0.1, 1.0
_SCHOOL = "education_schools"
_RANK = "executive_leadership"


@dataclass(frozen=True, slots=True)
class SectorReading:
    """The sector of an advert, and the words that decided."""

    sector: str | None = None
    service: str | None = None
    """For an executive post: the sector of the service that the title names, if it names one."""
    evidence: tuple[Evidence, ...] = ()


class _Row(NamedTuple):
    sector: str
    weight: int
    school: bool
    """The phrase names a school as the place of work."""


class _Words:
    """Finds the phrases of one column of the table: whole words, the longest at each place."""

    def __init__(self, applies: str) -> None:
        rows: dict[str, list[_Row]] = {}
        for line in table("sectors.csv"):
            if applies in line["applies"].split():
                row = _Row(line["sector"], int(line["weight"]), line["note"] == "school")
                for phrase in _spellings(line["phrase"]):
                    rows.setdefault(_padded(phrase), []).append(row)
        self._rows = list(rows.values())
        self._finder = ahocorasick_rs.AhoCorasick(
            list(rows), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest
        )

    def find(self, padded: str) -> list[tuple[str, _Row]]:
        """The phrases in a padded text, in its order, each with its rows."""
        return [
            (padded[start:end], row)
            for index, start, end in self._finder.find_matches_as_indexes(padded)
            for row in self._rows[index]
        ]


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


_NOT_WORDS = re.compile(r"[^\w+]+")


def _padded(text: str) -> str:
    """Lower-case words, each between two spaces, so that a match is always of whole words."""
    plain = text[:_LONGEST_READ].lower().replace("’", "").replace("'", "").replace("&", " and ")
    plain = plain.replace("co-ord", "coord").replace("co-op", "coop")
    return "".join(f" {word} " for word in _NOT_WORDS.sub(" ", plain).split())


def _spellings(phrase: str) -> tuple[str, ...]:
    """A phrase of the table, and its plural."""
    return (phrase,) if phrase.endswith("s") else (phrase, f"{phrase}s")


def read_sector(
    title: str, context: str | None = None, employer: str | None = None
) -> SectorReading:
    """The sector that the title names; where it names none, that of the context or employer.

    None when nothing decides. In a school every post is education, save trades and the like.
    """
    found = _words("title").find(_padded(title))
    about = _words("context").find(_padded(context or ""))
    house = [] if employer is None else _employer_rows(employer)
    weights = _weighed(found)
    clear = max(weights.values(), default=0.0) >= _DECIDES
    if about and not clear:
        weights = {each: _LEANS * weight for each, weight in weights.items()}
    _add(weights, about, _CONTEXT_HELPS if clear else _CONTEXT_DECIDES)
    _add(weights, house, _EMPLOYER_HELPS if clear else _EMPLOYER_DECIDES)
    if any(row.school for _, row in (*found, *house)):
        weights[_SCHOOL] = max(weights.get(_SCHOOL, 0.0), 70.0)
        weights = {each: w for each, w in weights.items() if each in _school_keeps()}
    if not weights:
        return SectorReading()
    sector = max(weights, key=weights.__getitem__)
    words = [
        Evidence(" ".join(w.split()), "sector")
        for w, r in found + about + house
        if r.sector == sector
    ]
    return SectorReading(sector, _service(sector, weights), tuple(words))


def _employer_rows(employer: str) -> list[tuple[str, _Row]]:
    """What an employer's name says; a council is no school, whatever its name."""
    found = _words("employer").find(_padded(employer))
    council = "council" in employer.lower() or "borough" in employer.lower()
    return [(words, row) for words, row in found if not (council and row.school)]


def _weighed(found: list[tuple[str, _Row]]) -> dict[str, float]:
    """Each sector's weight: its heaviest phrase, a little more for each further one."""
    weights: dict[str, float] = {}
    for _, row in found:
        known = weights.get(row.sector, 0.0)
        weights[row.sector] = max(known, row.weight) + (1.0 if known else 0.0)
    return weights


def _add(weights: dict[str, float], found: list[tuple[str, _Row]], share: float) -> None:
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
