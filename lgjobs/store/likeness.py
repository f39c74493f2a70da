"""How alike two adverts are: each thing that both say speaks for one vacancy, or against it.

Every part gives bits of evidence: +1 makes "the same vacancy" twice as likely, -1 half as likely.
What an advert does not say gives none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final, NamedTuple

from rapidfuzz import fuzz

from lgjobs.store.titles import EMPTY, RANKS, WORD, bare_code, read_title, words_of

_TOLD_TWICE: Final = 0.01
"""Share by which the same pay differs where one advert gives it by the hour, one by the year."""
_AWARD: Final = 0.07
"""Share by which a pay award moves both ends of a range."""
_SAME_NAME: Final = 85
"""Similarity, of 100, of two spellings of an employer, a department or a pay."""
_SAME_WORD: Final = 83
"""The same of two spellings of a long word."""
_LONGEST_PROSE: Final = 3000
"""Characters of a description that are compared."""
_UNRELATED: Final = 0.1
"""Share of two descriptions below which they are of two hands, or of two jobs."""
_ENOUGH_PROSE: Final = 40
"""Shingles from which a description says something."""
_LETTERS: Final = re.compile(r"[^\W\d_]{2,}")
"""What the references of one employer begin with."""


class Evidence(NamedTuple):
    """What one part of two adverts says: its name with what was found, and bits."""

    what: str
    bits: float


_SAME_REFERENCE: Final = Evidence("reference same", 9)
_CONTRADICTION: Final = -6
"""Bits of what only a reference outweighs: pages of one employer are much alike."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What is compared of an advert. Days are numbers that count up; unknown is None."""

    id: int
    source: str
    opens: int
    """Day of posting, else when it was first seen."""
    closes: int | None = None
    """Day of the deadline."""
    ends: int | None = None
    """Day from which it can no longer be applied to; None while it stands."""
    title: str = ""
    council: str | None = None
    employer: str | None = None
    agency: int = 0
    """1 if somebody else than the employer advertises."""
    department: str | None = None
    reference: str | None = None
    pay_min: float | None = None
    """Pounds a year full time, else as published per `period`."""
    pay_max: float | None = None
    period: str | None = None
    """None for pounds a year."""
    pay_text: str | None = None
    grade: str | None = None
    place: str | None = None
    postcode: str | None = None
    location: str | None = None
    terms: str | None = None
    """Hours, contract and pattern as published."""
    hours: float | None = None
    pattern: str | None = None
    contract: str | None = None


def evidence(one: Notice, other: Notice) -> list[Evidence]:
    """What speaks for and against two adverts being of one vacancy, descriptions apart.

    The first contradiction ends it, unless both name the same reference.
    """
    found: list[Evidence] = []
    for part in (_reference, _title, _pay, _terms, _who, _closing, _where, _posting):
        said = part(one, other)
        if said is not None:
            found.append(said)
            if said.bits <= _CONTRADICTION and found[0] is not _SAME_REFERENCE:
                break
    return found


def contradicted(found: Sequence[Evidence]) -> bool:
    """Whether the last thing found is one that all else can not outweigh."""
    return found[-1].bits <= _CONTRADICTION and found[0] is not _SAME_REFERENCE


def _title(one: Notice, other: Notice) -> Evidence | None:
    mine, theirs = read_title(one.title).words, read_title(other.title).words
    if not mine or not theirs:
        return None
    if mine == theirs:
        return Evidence("title same", 5)
    left, right = _unmatched(mine - theirs, theirs - mine)
    for notice in (one, other):
        told = _beside(notice.location, notice.department, notice.employer, notice.terms)
        if (name := _name(notice.employer)) <= left | right:
            told |= name
        left, right = left - told, right - told
    extra = left | right
    if not extra:
        return Evidence("title same words", 4.5)
    if (left and right) or not mine & theirs:
        return Evidence("title differs", -12)
    if any(word in RANKS or word.isdecimal() for word in extra):
        return Evidence("title of another rank or part", -12)
    return Evidence("title longer", 1.5 - len(extra) / 2)


@lru_cache(maxsize=100_000)
def _unmatched(
    left: frozenset[str], right: frozenset[str]
) -> tuple[frozenset[str], frozenset[str]]:
    """The words of each that are no misspelling or short form of one of the other."""
    paired = [(a, b) for a in left for b in right if _same_word(a, b)]
    return left - {a for a, _ in paired}, right - {b for _, b in paired}


def _same_word(one: str, other: str) -> bool:
    if min(len(one), len(other)) < 4 or one in RANKS or other in RANKS:
        return False
    return one.startswith(other) or other.startswith(one) or fuzz.ratio(one, other) >= _SAME_WORD


@lru_cache(maxsize=50_000)
def _beside(
    location: str | None, department: str | None, employer: str | None, terms: str | None
) -> frozenset[str]:
    """Words that a title may carry besides: of the place, the employer, the terms."""
    names = " ".join(each for each in (location, department, employer) if each)
    return (words_of(names) - RANKS) | words_of(terms or "")


@lru_cache(maxsize=20_000)
def _name(employer: str | None) -> frozenset[str]:
    return words_of(employer or "") - EMPTY


def _reference(one: Notice, other: Notice) -> Evidence | None:
    mine, theirs = bare_code(one.reference), bare_code(other.reference)
    if theirs and (mine == theirs or _names(one.title, mine, theirs)):
        return _SAME_REFERENCE
    if mine and _names(other.title, theirs, mine):
        return _SAME_REFERENCE
    if not mine or not theirs:
        return None
    prefix = _LETTERS.match(mine)
    if prefix and theirs.startswith(prefix[0]):
        return Evidence("reference of another post", -9)
    if len(mine) == len(theirs) and 2 * sum(map(str.__eq__, mine, theirs)) >= len(mine):
        return Evidence("reference of another post", -9)
    return Evidence("reference differs", -1)


def _names(title: str, mine: str, code: str) -> bool:
    """Whether an advert's title names a reference, or its reference is the end of a longer one."""
    return (len(mine) >= 5 and code.endswith(mine)) or code in read_title(title).codes


def _pay(one: Notice, other: Notice) -> Evidence | None:
    mine, theirs = _range(one), _range(other)
    if mine is None or theirs is None:
        return _grade(one, other) or _pay_words(one, other)
    if one.period != other.period:
        return None
    (low, high), (low_2, high_2) = mine, theirs
    if abs(low - low_2) <= 1 and abs(high - high_2) <= 1:
        return Evidence("pay same", 4)
    near = [abs(a - b) <= _TOLD_TWICE * a for a, b in ((low, low_2), (high, high_2))]
    if all(near):
        return Evidence("pay nearly same", 2 if _grade_differs(one, other) is not True else -3)
    if any(near) and (low == high or low_2 == high_2):
        return Evidence("pay in part", 2)
    if any(near):
        return Evidence("pay overlaps", -1)
    moved = [(b - a) / a for a, b in ((low, low_2), (high, high_2)) if a]
    if moved and max(map(abs, moved)) <= _AWARD and max(moved) - min(moved) <= _TOLD_TWICE:
        return Evidence("pay moved", -3)
    return Evidence("pay differs", -9)


def _range(notice: Notice) -> tuple[float, float] | None:
    low, high = notice.pay_min, notice.pay_max
    if low is None:
        return None if high is None else (high, high)
    return low, low if high is None else high


def _grade_differs(one: Notice, other: Notice) -> bool | None:
    """Whether two adverts name different grades; None where one names none."""
    if not one.grade or not other.grade:
        return None
    mine, theirs = (
        words_of(each) - {"grade", "band", "scale"} for each in (one.grade, other.grade)
    )
    return not mine & theirs


def _grade(one: Notice, other: Notice) -> Evidence | None:
    differs = _grade_differs(one, other)
    if differs is None:
        return None
    return Evidence("grade differs", -6) if differs else Evidence("grade same", 2.5)


def _pay_words(one: Notice, other: Notice) -> Evidence | None:
    if not one.pay_text or not other.pay_text:
        return None
    alike = fuzz.token_sort_ratio(one.pay_text, other.pay_text) >= _SAME_NAME
    return Evidence("pay in the same words", 1.5) if alike else None


def _closing(one: Notice, other: Notice) -> Evidence | None:
    if one.closes is None or other.closes is None:
        return Evidence("one closing date", -0.5) if one.closes != other.closes else None
    apart = abs(one.closes - other.closes)
    steps = ((0, 3.0), (1, 2.5), (2, 1.5), (7, 0.0), (14, -1.5), (31, -3.0))
    bits = next((bits for days, bits in steps if apart <= days), -5.0)
    return Evidence(f"closing {apart} days apart", bits)


def _posting(one: Notice, other: Notice) -> Evidence | None:
    apart = abs(one.opens - other.opens)
    return Evidence("posted together", 1) if apart <= 2 else None


def _who(one: Notice, other: Notice) -> Evidence | None:
    if one.council and other.council and one.council != other.council:
        return Evidence("council differs", -12)
    named = one.employer and other.employer and not (one.agency or other.agency)
    if named and not (one.council and other.council):
        return _employers(one, other)
    if not one.department or not other.department:
        return Evidence("council same", 1) if one.council and one.council == other.council else None
    if fuzz.token_set_ratio(one.department, other.department) < 60:
        return Evidence("department differs", -4)
    return Evidence("department same", 1.5)


def _employers(one: Notice, other: Notice) -> Evidence:
    """Of a school on a board and the council that speaks for it, or of two schools."""
    mine, theirs = words_of(one.employer or ""), words_of(other.employer or "")
    if one.council is None and other.council is None:
        alike = fuzz.token_sort_ratio(one.employer or "", other.employer or "") >= _SAME_NAME
        return Evidence("employer same", 2) if alike else Evidence("employer differs", -10)
    school, council = (one, other) if one.council is None else (other, one)
    name = (mine if school is one else theirs) - EMPTY - {"school", "primary", "academy"}
    told = _beside(council.location, council.department, None, None)
    told |= read_title(council.title).words
    if name and name <= told:
        return Evidence("council names the employer", 3)
    return Evidence("employer not named by the council", -7)


def _where(one: Notice, other: Notice) -> Evidence | None:
    if one.postcode and other.postcode:
        if one.postcode == other.postcode:
            return Evidence("postcode same", 2)
        return Evidence("postcode differs", -4)
    if not one.location or not other.location:
        return None
    mine, theirs = words_of(one.location) - EMPTY, words_of(other.location) - EMPTY
    if mine & theirs:
        return Evidence("place same", 1)
    return Evidence("place differs", -2 if one.place == other.place else -4)


def _terms(one: Notice, other: Notice) -> Evidence | None:
    mine, theirs = _patterns(one), _patterns(other)
    if mine and theirs and not mine & theirs:
        return Evidence("working pattern differs", -10)
    if one.hours and other.hours and abs(one.hours - other.hours) > 1:
        return Evidence("hours differ", -6)
    if one.contract and other.contract and one.contract != other.contract:
        return Evidence("contract differs", -4)
    if one.hours and one.hours == other.hours:
        return Evidence("hours same", 1)
    return None


def _patterns(notice: Notice) -> frozenset[str]:
    return _hours_pattern(notice.pattern) or read_title(notice.title).patterns


@cache
def _hours_pattern(patterns: str | None) -> frozenset[str]:
    return frozenset(("full_time", "part_time")) & frozenset((patterns or "").split(","))


def prose(one: str | None, other: str | None) -> Evidence | None:
    """How much of the shorter of two descriptions stands in the longer, and how much of both is
    the same: runs of three words. Sites shorten texts, and add lines of their own."""
    mine, theirs = _shingles(one), _shingles(other)
    short = min(len(mine), len(theirs))
    if not short:
        return None
    shared = len(mine & theirs)
    share = shared / short
    if share < _UNRELATED and short < _ENOUGH_PROSE:
        return None
    alike = shared / (len(mine) + len(theirs) - shared)
    return Evidence(f"text {share:.0%} shared", round(4 * share + 8 * alike - 4, 1))


def _shingles(text: str | None) -> set[tuple[str, str, str]]:
    words = WORD.findall((text or "")[:_LONGEST_PROSE].casefold())
    return set(zip(words, words[1:], words[2:], strict=False))
