"""Weighs the sums of a text against each other: which is the full-time pay, which the actual."""

from __future__ import annotations

from pipelines.advert import Period
from pipelines.pay_sums import Sum
from pipelines.pay_words import Kind

FURTHEST_ALTERNATIVES = 4
"""How many times the lowest of a post's alternative salaries the highest may be."""
_TELLING = frozenset((Kind.FTE, Kind.ACTUAL, Kind.PRO_RATA, Kind.TERM_TIME, Kind.PART_TIME))
_SIGNS_OF_PART = ({Kind.PART_TIME}, {Kind.PRO_RATA, Kind.TERM_TIME, Kind.PART_TIME})
_PRECEDENCE = (
    Period.YEAR,
    Period.MONTH,
    Period.WEEK,
    Period.DAY,
    Period.HOUR,
    Period.SESSION,
    Period.FIXED,
    None,
)
"""Of pay stated in several periods the first of these counts: by the year rather than the hour."""


def weigh(pay: list[Sum]) -> tuple[Period | None, list[Sum], list[Sum]]:
    """The period that counts, the sums of full pay in it and those of actual pay."""
    periods = {each.period for each in pay}
    chosen = next((period for period in _PRECEDENCE if period in periods), None)
    sums = _distinct([each for each in pay if each.period == chosen])
    full, actual = _full_and_actual(sums)
    if _too_far_apart(full):
        return None, [], []
    return chosen, full, actual


def _too_far_apart(full: list[Sum]) -> bool:
    """Whether several sums are no alternatives of one post, so that none can be chosen."""
    if len(full) < 2:
        return False
    return max(each.high for each in full) > FURTHEST_ALTERNATIVES * min(each.low for each in full)


def _distinct(sums: list[Sum]) -> list[Sum]:
    """The sums without those that repeat another, or a part of another, of the same kind."""
    if len(sums) < 2:
        return sums
    kept: list[Sum] = []
    for each in sorted(sums, key=lambda one: (one.portal, one.low - one.high)):
        same = next((at for at, other in enumerate(kept) if each.repeats(other)), None)
        if same is not None:
            kept[same] = kept[same].with_marks(each)
        elif not any(each.within(other) and _agree(each, other) for other in kept):
            kept.append(each)
    told = [each for each in kept if not _says_less(each, kept)]
    return sorted(told, key=lambda one: one.start)


def _says_less(one: Sum, others: list[Sum]) -> bool:
    """Whether a figure without a mark only repeats an end of a range: "starting salary £24,796"."""
    if one.marks & _TELLING or one.low != one.high:
        return False
    return any(
        Kind.FTE in other.marks and other is not one and one.low in (other.low, other.high)
        for other in others
    )


def _agree(one: Sum, other: Sum) -> bool:
    """Whether two sums may say the same: not full pay in one and actual pay in the other."""
    return not {Kind.FTE, Kind.ACTUAL} <= one.marks | other.marks


def _full_and_actual(sums: list[Sum]) -> tuple[list[Sum], list[Sum]]:
    """The sums parted into full pay and actual pay. A lone actual sum is both."""
    if not any(each.marks for each in sums):
        return sums, []
    full = [each for each in sums if Kind.FTE in each.marks and not each.portal]
    full = full or [each for each in sums if Kind.FTE in each.marks]
    if full:
        rest = [each for each in sums if each not in full]
        lower = [each for each in rest if all(each.below(one) for one in full)]
        return full + [each for each in rest if each not in lower], lower
    actual = [each for each in sums if Kind.ACTUAL in each.marks]
    if actual:
        return _beside_actual(sums, actual)
    for kinds in _SIGNS_OF_PART:
        part = [each for each in sums if each.marks & kinds]
        rest = [each for each in sums if each not in part]
        if part and rest and all(each.below(one) for each in part for one in rest):
            return rest, part
    if part and rest and all(each.below(one) and not each.graded for each in rest for one in part):
        return part, rest
    return sums, []


def _beside_actual(sums: list[Sum], actual: list[Sum]) -> tuple[list[Sum], list[Sum]]:
    """Full and actual pay where some sums are marked actual and none full time."""
    written = [each for each in actual if not each.portal]
    form = [each for each in actual if each.portal]
    if written and form and all(each.below(one) for each in written for one in form):
        return form, written
    rest = [each for each in sums if each not in actual]
    if rest and all(each.below(one) for each in actual for one in rest):
        return rest, actual
    return sums, sums


def ends(sums: list[Sum]) -> tuple[float | None, float | None]:
    """The lowest and the highest of sums; one figure with "from" or "up to" has one end only."""
    if not sums:
        return None, None
    low, high = min([each.low for each in sums]), max([each.high for each in sums])
    if low == high and Kind.UP_TO in sums[0].marks:
        return None, high
    if low == high and any(Kind.START in each.marks for each in sums):
        return low, None
    return low, high
