"""From adverts to vacancies: which adverts of several sites are of one and the same job.

Pure: notices in, decisions and groups out. Two adverts of a council's area are compared when they
can be applied to at the same time, and share enough words of their titles, or a reference. A source
lists a vacancy once, so that two adverts of one source are never one job.
"""

from __future__ import annotations

import gc
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import combinations
from math import inf
from operator import itemgetter
from typing import Final, Literal

from lgjobs.store.likeness import (
    Evidence,
    Notice,
    contradicted,
    evidence,
    prose,
)
from lgjobs.store.titles import bare_code, read_title

SAME: Final = 9.0
"""Bits from which two adverts are taken for one vacancy."""
_TOGETHER: Final = Evidence("together so far", 4.0)
"""What having been one job counts: a group does not come and go."""
_SURE: Final = 13.0
"""Bits from which the descriptions need not be asked."""
_PROSE_COULD_GIVE: Final = 8.0
_CLEARLY: Final = 1.0
"""Bits by which a match must beat a rival: which of two twins is meant would be a guess."""
_WINDOW: Final = 21
"""Days between the deadlines of adverts that are compared."""
_USUALLY_OPEN: Final = 28
"""Days after posting at which an advert without a deadline is looked for."""

Pair = tuple[int, int]
"""Ids of two adverts, the lower first."""
Decision = Literal["same", "unsure", "twin", "apart"]
"""`unsure`: not enough speaks for it; `twin`: another advert fits as well; `apart`: a person said
so. The last two keep groups apart as well."""
Describe = Callable[[int], str | None]


@dataclass(frozen=True, slots=True)
class Match:
    """What was decided of two adverts, `one` < `other`, and why."""

    one: int
    other: int
    score: float
    """Bits of evidence for one vacancy, less those against."""
    decision: Decision
    reason: str


@contextmanager
def _cycles_left_alone() -> Iterator[None]:
    """Stop the search for cycles of references: nothing here makes any, and it takes a third of the
    time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@_cycles_left_alone()
def find_matches(
    notices: Sequence[Notice],
    describe: Describe,
    *,
    fresh: Collection[int] | None = None,
    before: Collection[Pair] = frozenset(),
    not_same: Collection[Pair] = frozenset(),
) -> list[Match]:
    """Compare the adverts of one area. `describe` gives an advert's text; it is asked for few.

    With `fresh` only pairs with one of those ids are looked at, and what those compete with.
    `before` are the pairs that were the same up to now; `not_same` those that a person has told
    apart. Pairs with more against than for them are left out.
    """
    by_id = {each.id: each for each in notices}
    pairs = set(_candidates(notices, fresh))
    asked = {end for pair in pairs for end in pair} | set(by_id if fresh is None else fresh)
    known = (each for each in (*before, *not_same) if not asked.isdisjoint(each))
    pairs |= {each for each in known if by_id.keys() >= {*each}}
    scored: dict[Pair, list[Evidence]] = {}
    for pair in pairs:
        found = evidence(by_id[pair[0]], by_id[pair[1]])
        against = not found or contradicted(found)
        if pair in before:
            found.append(_TOGETHER)
        if pair in not_same or not (against or _bits(found) + _PROSE_COULD_GIVE < SAME):
            scored[pair] = found
    _ask_for_prose(scored, by_id, describe)
    return sorted(_decide(scored, by_id, not_same), key=lambda each: (each.one, each.other))


def group(matches: Collection[Match], notices: Mapping[int, Notice]) -> list[list[int]]:
    """Groups of adverts of one vacancy, each in order of id; lone adverts are not among them.

    The surest matches come first. One is passed over that would bring together two adverts of a
    source, two that are told apart, or two with more against them than for them. `notices`
    holds every advert in `matches`.
    """
    decided = {(each.one, each.other): each.decision for each in matches}
    groups: dict[int, set[int]] = {}
    for match in sorted(matches, key=lambda each: (-each.score, each.one, each.other)):
        if match.decision != "same":
            continue
        mine = groups.get(match.one, {match.one})
        theirs = groups.get(match.other, {match.other})
        if mine is not theirs and _may_join(mine, theirs, notices, decided):
            joined = mine | theirs
            groups |= dict.fromkeys(joined, joined)
    return sorted({tuple(sorted(each)): sorted(each) for each in groups.values()}.values())


def _may_join(
    mine: set[int],
    theirs: set[int],
    notices: Mapping[int, Notice],
    decided: Mapping[Pair, Decision],
) -> bool:
    for one, other in ((min(a, b), max(a, b)) for a in mine for b in theirs):
        decision = decided.get((one, other))
        if notices[one].source == notices[other].source or decision in ("twin", "apart"):
            return False
        if decision is None:
            found = evidence(notices[one], notices[other])
            if found and (contradicted(found) or _bits(found) < 0):
                return False
    return True


_Open = tuple[int, int, float, str, int, frozenset[str], bool]
"""What tells whether two adverts are worth comparing: the day of the deadline, or of the usual
one; when it opens and ends; source; id; words of the title; whether it is fresh."""


def _candidates(notices: Sequence[Notice], fresh: Collection[int] | None) -> Iterator[Pair]:
    """Pairs worth comparing: open at one time, with titles or references alike.

    Titles are alike when they share two fifths of their words. The rarer words of each are looked
    up (as many as can not all be missing then), so that "officer" leads to few.
    """
    words = {title: _stems(title) for title in {each.title for each in notices}}
    counts = Counter(word for each in notices for word in words[each.title])
    keys = {title: {*_rarest(each, counts), *_codes(title)} for title, each in words.items()}
    blocks: dict[str, dict[str, list[_Open]]] = defaultdict(lambda: defaultdict(list))
    for around, each in sorted(((_around(each), each) for each in notices), key=itemgetter(0)):
        ends = inf if each.ends is None else each.ends
        new = fresh is None or each.id in fresh
        entry = (around, each.opens, ends, each.source, each.id, words[each.title], new)
        for key in keys[each.title]:
            blocks[key][each.source].append(entry)
        own = _marked(bare_code(each.reference))
        if own and own not in keys[each.title]:
            blocks[own][each.source].append(entry)
    for key, of_source in blocks.items():
        for mine, theirs in combinations(of_source.values(), 2):
            yield from _pairs_of(mine, theirs, key[:1] == "#")


def _rarest(words: Collection[str], counts: Mapping[str, int]) -> list[str]:
    known = sorted(words, key=lambda word: (counts[word], word))
    return known[: len(known) - (2 * len(known) + 4) // 5 + 1]


def _pairs_of(
    mine: Sequence[_Open], theirs: Sequence[_Open], share_a_reference: bool
) -> Iterator[Pair]:
    """Pairs of an advert of one source and one of another: both in the order of days."""
    first = last = 0
    for around, opens, ends, _, one, words, fresh in mine:
        while first < len(theirs) and theirs[first][0] < around - _WINDOW:
            first += 1
        while last < len(theirs) and theirs[last][0] <= around + _WINDOW:
            last += 1
        for _, opened, ended, _, other, words_2, fresh_2 in theirs[first:last]:
            if opened > ends or opens > ended or not (fresh or fresh_2):
                continue
            shared = len(words & words_2)
            if share_a_reference or 7 * shared >= 2 * (len(words) + len(words_2)):
                yield (one, other) if one < other else (other, one)


def _around(notice: Notice) -> int:
    return notice.closes if notice.closes is not None else notice.opens + _USUALLY_OPEN


def _stems(title: str) -> frozenset[str]:
    return frozenset(word[:5] for word in read_title(title).words)


def _codes(title: str) -> Iterator[str]:
    return filter(None, map(_marked, read_title(title).codes))


def _marked(code: str) -> str:
    """A reference as the key of a block, told from words; empty for one too short to tell."""
    return f"#{code}" if len(code) > 4 else ""


def _ask_for_prose(
    scored: dict[Pair, list[Evidence]], by_id: Mapping[int, Notice], describe: Describe
) -> None:
    """Add what the descriptions say where the rest does not decide, or two twins are in play."""
    likely = (pair for pair, found in scored.items() if _bits(found) >= SAME - _PROSE_COULD_GIVE)
    choices = Counter(end for pair in likely for end in _ends(pair, by_id))
    for pair, found in scored.items():
        alone = all(choices[end] <= 1 for end in _ends(pair, by_id))
        if alone and _bits(found) >= _SURE:
            continue
        if (said := prose(describe(pair[0]), describe(pair[1]))) is not None:
            found.append(said)


def _decide(
    scored: Mapping[Pair, list[Evidence]],
    by_id: Mapping[int, Notice],
    not_same: Collection[Pair],
) -> Iterator[Match]:
    scores = {pair: _bits(found) for pair, found in scored.items()}
    rivals: dict[tuple[int, str], list[float]] = defaultdict(list)
    for pair, score in scores.items():
        if pair not in not_same:
            for end in _ends(pair, by_id):
                rivals[end].append(score)
    for pair, score in scores.items():
        reason = ", ".join(f"{each.what} {each.bits:+g}" for each in scored[pair])
        decision: Decision = "same" if score >= SAME else "unsure"
        if pair in not_same:
            decision, reason = "apart", "told apart by a person"
        elif decision == "same" and _is_a_guess(pair, score, rivals, by_id):
            decision = "twin"
        if decision != "unsure" or score > 0:
            yield Match(*pair, round(score, 2), decision, reason)


def _is_a_guess(
    pair: Pair,
    score: float,
    rivals: Mapping[tuple[int, str], Sequence[float]],
    by_id: Mapping[int, Notice],
) -> bool:
    """Whether another advert of the same source fits one of the two (almost) as well or better."""
    return any(
        sum(each > score - _CLEARLY for each in rivals[end]) > 1 for end in _ends(pair, by_id)
    )


def _ends(pair: Pair, by_id: Mapping[int, Notice]) -> tuple[tuple[int, str], tuple[int, str]]:
    """Each advert with the source of the other: twins are those that share one of these."""
    one, other = pair
    return (one, by_id[other].source), (other, by_id[one].source)


def _bits(found: Iterable[Evidence]) -> float:
    return sum(each.bits for each in found)
