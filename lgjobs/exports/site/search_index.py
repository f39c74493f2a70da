"""The search of the site: small files that a browser reads as far as a search needs them.

`search/index.json` says how many jobs there are and which word files exist. `search/words-so.json`
lists, for each word that begins with "so", the jobs with it in their title ("t") and elsewhere
("o"); `search/sector.json`, and so on, the jobs of each value of a facet; `search/jobs-0.json`
what is shown of the first CHUNK jobs. Jobs are numbered newest first; every list of numbers gives
the first number and then the differences.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any, Final

import orjson

from lgjobs.exports.site.facets import Facet
from lgjobs.exports.site.lists import Lists
from lgjobs.exports.site.vacancy import Vacancy

CHUNK: Final = 50
STOP_WORDS: Final = frozenset(
    ("and", "at", "borough", "council", "for", "in", "of", "on", "or", "the", "to", "with")
)
_WORD: Final = re.compile(r"[a-z0-9]{2,}")
_LONGEST_WORD = 30
_MOST_WORDS = 60
"""Of one text: no title needs more."""


def search_files(
    facets: Sequence[Facet], jobs: Sequence[Vacancy], lists: Lists
) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of every file of the search."""
    shards = _shards(jobs)
    yield "index.json", _json({"jobs": len(jobs), "words": sorted(shards)})
    for shard, words in shards.items():
        yield f"words-{shard}.json", _json(words)
    for facet in facets:
        values = {value: _steps(sorted(lists.of[facet.key, value].jobs)) for value in facet.values}
        yield f"{facet.key}.json", _json({key: each for key, each in values.items() if each})
    for number, start in enumerate(range(0, len(jobs), CHUNK)):
        chunk = [_shown(job) for job in jobs[start : start + CHUNK]]
        yield f"jobs-{number}.json", _json(chunk)


@lru_cache(maxsize=50_000)
def words_of(text: str) -> tuple[str, ...]:
    """The different words of a text as they are searched for: plain letters, no plural s."""
    plain = unicodedata.normalize("NFKD", text[:1000].casefold().replace("'", "").replace("’", ""))
    plain = plain.encode("ascii", "ignore").decode()
    found = (_stem(word[:_LONGEST_WORD]) for word in _WORD.findall(plain)[:_MOST_WORDS])
    return tuple(dict.fromkeys(word for word in found if word not in STOP_WORDS))


def _stem(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def _shards(jobs: Iterable[Vacancy]) -> dict[str, dict[str, dict[str, list[int]]]]:
    """Jobs by where the word stands, word, and the word's first two letters."""
    in_title: Mapping[str, list[int]] = defaultdict(list)
    elsewhere: Mapping[str, list[int]] = defaultdict(list)
    for at, job in enumerate(jobs):
        titled = words_of(job.title)
        for word in titled:
            in_title[word].append(at)
        others = (job.employer, job.recruiter, job.place, job.region, job.sector)
        for word in {word for text in others if text for word in words_of(text)}.difference(titled):
            elsewhere[word].append(at)
    shards: dict[str, dict[str, dict[str, list[int]]]] = {}
    for kind, postings in (("t", in_title), ("o", elsewhere)):
        for word in sorted(postings):
            shard = shards.setdefault(word[:2], {"t": {}, "o": {}})
            shard[kind][word] = _steps(postings[word])
    return shards


def _steps(numbers: Sequence[int]) -> list[int]:
    """The first number, then the differences."""
    return [now - before for before, now in pairwise([0, *numbers])]


def _shown(job: Vacancy) -> dict[str, str]:
    shown = {
        "page": job.page,
        "title": job.title,
        "who": ", ".join(filter(None, (job.employer or job.recruiter, job.place))),
        "pay": job.pay,
        "summary": job.summary,
        "closes": job.closes,
        "closesAt": job.closes_at,
    }
    return {name: value for name, value in shown.items() if value}


def _json(value: Any) -> bytes:
    return orjson.dumps(value)
