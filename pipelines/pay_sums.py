"""Joins figures to sums and gives each the words that belong to it: its period, marks and role."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

from pipelines.advert import Period
from pipelines.pay_figures import (
    HIGHEST_HOURLY,
    HIGHEST_PAY,
    LOWEST_YEARLY,
    PAY_MARKS,
    SAYS_PAY,
    THOUSANDS_TYPED,
    WIDEST_RANGE,
    Figure,
    find_figures,
    typed,
)
from pipelines.pay_other import HALF, LINKS, UMBRELLA, why_not
from pipelines.pay_words import Kind, Token

LOWEST_WHOLE = 6
"""Whole pounds, without pence, from which a bare sum is pay by the hour."""
LARGEST_EXTRA = 0.45
"""Share of the pay above which a sum beside it is no supplement but pay itself."""
LARGEST_LONE_EXTRA = 6_000
"""Pounds from which an allowance without any other sum is pay itself."""


NO_MARKS: frozenset[Kind] = frozenset()


class Sum(NamedTuple):
    """One figure or range of the text, in pounds a `period`, with what the words near it say."""

    low: float
    high: float
    start: int
    """First and last place in the text."""
    end: int
    period: Period | None = None
    assumed: bool = False
    """Whether the size of a bare sum, and no word, gave its period."""
    marks: frozenset[Kind] = NO_MARKS
    portal: bool = False
    """Whether the marks are those of a form, "Annually (FTE)", and not of the advert's text."""
    graded: bool = False
    """Whether a grade of its own stands before it."""
    extra: bool = False
    left_out: str = ""
    """Why it is no pay; empty if it may be."""

    def within(self, other: Sum) -> bool:
        """Whether it repeats the other, or part of the other; pence may differ."""
        return other.low - 1 <= self.low and self.high <= other.high + 1

    def repeats(self, other: Sum) -> bool:
        """Whether it says the same again; pence may differ."""
        return abs(self.low - other.low) <= 1 and abs(self.high - other.high) <= 1

    def with_marks(self, other: Sum) -> Sum:
        """This sum, with what the other says of full or actual pay where this one says nothing."""
        if self.marks & {Kind.FTE, Kind.ACTUAL}:
            return self
        return self._replace(marks=self.marks | other.marks, portal=other.portal)

    def below(self, other: Sum) -> bool:
        return self.low <= other.low and self.high <= other.high


_LONE_MARKS = [[kind] for kind in PAY_MARKS]  # "£24,404 - FTE £12,202 - Actual"
_IN_A_LABEL = frozenset((Kind.WORD, Kind.PERIOD, Kind.START))
_PARTING = frozenset((Kind.COMMA, Kind.SLASH, Kind.INCLUDING))
_NAMES = frozenset((Kind.EXTRA, Kind.BONUS, Kind.OTHER))
_IN_A_NAME = _NAMES | {Kind.WORD, Kind.LEFT_OUT}


def read_sums(tokens: list[Token]) -> list[Sum]:
    """The sums of a text, in order, those that are no pay included, with the reason."""
    found = find_figures(tokens)
    cuts = [0]
    for left, right in pairwise(found):
        cuts.append(left.last + 1 + _cut(tokens[left.last + 1 : right.first], left, right))
    cuts.append(len(tokens))
    largest = max([each.high for each in found if each.high < HIGHEST_PAY], default=0.0)
    sums = [
        _sum(
            figure,
            tokens[cuts[at] : figure.first],
            tokens[figure.first : figure.last + 1],
            tokens[figure.last + 1 : cuts[at + 1]],
            largest,
        )
        for at, figure in enumerate(found)
    ]
    return _told_by_others(sums)


def _cut(gap: list[Token], left: Figure, right: Figure) -> int:
    """Where the words after one sum end and the words before the next begin."""
    kinds = [token.kind for token in gap]
    if kinds[:1] == [Kind.PORTAL]:
        return 1
    label = _label(kinds) if Kind.COLON in kinds else None
    if label is not None:
        return label
    for at, token in enumerate(gap):
        if token.words.lower() == "ote":
            return at
    opened, closed = _brackets(kinds)
    stops = [at for at, kind in enumerate(kinds) if kind == Kind.STOP]
    if kinds[-2:] in ([Kind.EXTRA, Kind.STOP], [Kind.BONUS, Kind.STOP]):
        stops.pop()  # "SEN Allowance.£1,538.71"
    if opened is not None:
        before = [at for at in stops if at < opened]
        return before[-1] if before else _named_from(kinds, opened)
    if stops:
        return stops[-1]
    if closed is not None:
        return closed
    commas = [
        at
        for at, kind in enumerate(kinds)
        if kind in _PARTING
        or (kind == Kind.PLUS and _adds(gap, at))
        or (kind == Kind.DASH and at + 1 < len(kinds) and kinds[at + 1 :] not in _LONE_MARKS)
    ]
    if commas:
        return commas[-1]
    marks = [at for at, kind in enumerate(kinds) if kind in PAY_MARKS]
    if gap and not marks and gap[-1].words.lower() in LINKS:
        return int(kinds[0] == Kind.PERIOD)
    return _cut_by_marks(kinds, marks, left, right)


def _label(kinds: list[Kind]) -> int | None:
    """The last mark that a colon makes the label of what follows: "Actual annual salary:"."""
    for at in range(len(kinds) - 1, -1, -1):
        if kinds[at] in PAY_MARKS and _is_label(kinds, at):
            while at and kinds[at - 1] in (Kind.ACTUAL, Kind.PRO_RATA):
                at -= 1
            return at
    return None


def _is_label(kinds: list[Kind], at: int) -> bool:
    """Whether a colon follows the mark at a place, plain words at most between."""
    following = [kind for kind in kinds[at + 1 : at + 5] if kind not in _IN_A_LABEL]
    return following[:1] == [Kind.COLON]


def _brackets(kinds: list[Kind]) -> tuple[int | None, int | None]:
    """The last bracket opened and not closed again, and the first one closed but not opened."""
    opened: list[int] = []
    closed: int | None = None
    for at, kind in enumerate(kinds):
        if kind == Kind.OPEN:
            opened.append(at)
        elif kind == Kind.CLOSE and opened:
            opened.pop()
        elif kind == Kind.CLOSE and closed is None:
            closed = at
    return (opened[-1] if opened else None), closed


def _named_from(kinds: list[Kind], opened: int) -> int:
    """Where a name begins that stands before a bracket: "+ car allowance (£963)"."""
    at = opened
    while at and kinds[at - 1] in _IN_A_NAME:
        at -= 1
    if not _NAMES & set(kinds[at:opened]) or (at and kinds[at - 1] == Kind.INCLUDING):
        return opened
    return at - 1 if at and kinds[at - 1] == Kind.PLUS else at


def _cut_by_marks(kinds: list[Kind], marks: list[int], left: Figure, right: Figure) -> int:
    """A cut where no sign parts the words: full-time pay is the higher sum."""
    if len(marks) > 1:
        return marks[-1]
    if Kind.UMBRELLA in kinds:
        return kinds.index(Kind.UMBRELLA) + (left.high >= right.high)
    apart = left.low > WIDEST_RANGE * right.high or Kind.EXTRA in kinds
    if marks and apart:
        return marks[0] + 1
    if marks:
        belongs_left = (kinds[marks[0]] == Kind.FTE) == (left.high >= right.high)
        return marks[0] + 1 if belongs_left else marks[0]
    periods = [at for at, kind in enumerate(kinds) if kind == Kind.PERIOD]
    if periods:
        return periods[0] + 1
    return 0 if left.high >= right.high else len(kinds)


def _sum(
    figure: Figure, before: list[Token], figures: list[Token], after: list[Token], largest: float
) -> Sum:
    """The sum of a figure, read with the tokens that belong to it on either side."""
    before, after = _since_stop(before), _until_stop(after)
    kinds = {token.kind for token in [*before, *figures[1:-1], *after]}
    period, assumed = _period(figure, before, figures, after, kinds)
    low, high = figure.low, figure.high
    single = figure.first == figure.last
    if single and figures[0].pence and THOUSANDS_TYPED.fullmatch(figures[0].words):
        yearly = period == Period.YEAR or (assumed and typed(figures[0]))
        low = high = low * 1000 if yearly else low
        period = Period.YEAR if yearly else period
    # most sums have none of the words that these two look for
    extra = not kinds.isdisjoint(_ADDING) and _is_extra(before, after, high, largest)
    marked = not kinds.isdisjoint(_MARKING)
    if extra and assumed and (high >= HIGHEST_HOURLY or Kind.FEE in kinds):
        period = Period.FIXED if kinds & {Kind.BONUS, Kind.FEE} else Period.YEAR
    return Sum(
        low=low,
        high=high,
        start=figures[0].start,
        end=figures[-1].end,
        period=period,
        assumed=assumed,
        marks=_marks(before, figures[1:-1], after, low == high) if marked else NO_MARKS,
        portal=Kind.PORTAL in kinds and not kinds & {Kind.FTE, Kind.ACTUAL},
        graded=Kind.GRADE in kinds and any(token.kind == Kind.GRADE for token in before),
        extra=extra,
        left_out=why_not(low, high, assumed and not extra, kinds, before, after),
    )


def _since_stop(before: list[Token]) -> list[Token]:
    for at in range(len(before) - 2, -1, -1):
        if before[at].kind == Kind.STOP:
            return before[at + 1 :]
    return before


def _until_stop(after: list[Token]) -> list[Token]:
    for at, token in enumerate(after):
        if token.kind == Kind.STOP:
            return after[:at]
    return after


def _period(
    figure: Figure, before: list[Token], figures: list[Token], after: list[Token], kinds: set[Kind]
) -> tuple[Period | None, bool]:
    """What a sum is for, and whether only its size says so."""
    said = [token.period for token in [*after, *reversed(before), *figures] if token.period]
    if Kind.PORTAL in kinds:
        return Period.YEAR, False
    if said:
        return said[0], False
    if Kind.HALF in kinds:
        return Period.SESSION, False
    if figure.low >= LOWEST_YEARLY:
        return Period.YEAR, True
    if figure.high < HIGHEST_HOURLY:
        hourly = figure.low >= LOWEST_WHOLE or any(token.pence for token in figures)
        return (Period.HOUR if hourly else None), True
    return (Period.FIXED, False) if Kind.FEE in kinds else (None, True)


def _marks(
    before: list[Token], between: list[Token], after: list[Token], single: bool
) -> frozenset[Kind]:
    """What the words beside a sum say of it; a start or a ceiling is said of a single figure."""
    later = [token.kind for token in after]
    marks = {token.kind for token in [*before, *between]} & _TELLING
    for at, kind in enumerate(later):
        if kind in _TELLING and not _is_label(later, at):
            marks.add(kind)
    for token in [*before, *after]:
        if token.kind == Kind.PORTAL:
            marks.add(Kind.ACTUAL if "actual" in token.words.lower() else Kind.FTE)
        elif token.kind == Kind.LEFT_OUT and _part_time(token):
            marks.add(Kind.PART_TIME)
    for one, two in pairwise(after[:3]):
        if one.kind == Kind.INCLUDING and two.words.lower() == "holiday pay":
            marks.add(Kind.INCLUDING)
    if single:
        marks |= _open_ends(before, after)
    return frozenset(marks)


_TELLING = frozenset((*PAY_MARKS, Kind.TERM_TIME, Kind.PART_TIME))
_MARKING = _TELLING | {
    *(Kind.PORTAL, Kind.LEFT_OUT, Kind.INCLUDING, Kind.START, Kind.UP_TO, Kind.PLUS)
}
_ADDING = frozenset((Kind.PLUS, Kind.EXTRA, Kind.BONUS))
_MAY_CLOSE = SAYS_PAY | {Kind.CLOSE, Kind.STOP}


def _part_time(token: Token) -> bool:
    """Whether an aside is a share of full time, or weekly hours fewer than a full-time post has."""
    share = _SHARE.match(token.words)
    hours = share["hours"] if share else None
    return share is not None and (not hours or float(hours) < FEWEST_FULL_TIME_HOURS)


def _open_ends(before: list[Token], after: list[Token]) -> set[Kind]:
    """START or UP_TO where a single figure is the lower or the upper end of what is paid."""
    marks: set[Kind] = set()
    for at in range(len(before) - 1, max(len(before) - 4, 0) - 1, -1):
        if before[at].kind == Kind.COMMA:
            break
        if at == 0 or before[at - 1].kind != Kind.PRO_RATA:  # "pro-rated from £24,404"
            marks |= {before[at].kind} & {Kind.START, Kind.UP_TO}
    for token in [*before[-9:-3], *after[:6]]:
        if token.kind == Kind.START and _STARTS.match(token.words):
            marks.add(Kind.START)
    if after and after[0].kind == Kind.UP_TO:
        marks.add(Kind.UP_TO)
    if after and after[0].words == "+" and all(token.kind in _MAY_CLOSE for token in after[1:2]):
        marks.add(Kind.START)  # "£40,000+", "£40,000+ per annum", "(£40,000+)"
    return marks


def _is_extra(before: list[Token], after: list[Token], high: float, largest: float) -> bool:
    """Whether a sum is paid on top of the salary: an allowance, a bonus, or what "plus" adds."""
    kinds = [token.kind for token in before]
    pluses = [at for at, kind in enumerate(kinds) if kind == Kind.PLUS and _adds(before, at)]
    added = kinds[pluses[-1] :] if pluses else []
    named = Kind.EXTRA in kinds or Kind.BONUS in kinds or _named_after(after)
    if not named and not added:
        return False
    about = added or kinds
    if Kind.ACTUAL in about or Kind.FTE in about:
        return False
    small = high <= LARGEST_EXTRA * largest
    return (named or bool(added)) and (small or (named and high == largest < LARGEST_LONE_EXTRA))


_TIME_WORDS = frozenset(("inset", "insets", "days", "weeks", "bank", "holidays"))


def _adds(tokens: list[Token], at: int) -> bool:
    """Whether a "plus" adds money, and not days ("term time plus 5 days")."""
    return not any(
        each.kind == Kind.LEFT_OUT or each.words.lower() in _TIME_WORDS
        for each in tokens[at + 1 : at + 2]
    )


def _named_after(after: list[Token]) -> bool:
    """Whether a sum is followed by the name of extra pay, only plain words between."""
    for token in after[:7]:
        if token.kind in (Kind.EXTRA, Kind.BONUS):
            return True
        if token.kind not in (Kind.WORD, Kind.PERIOD):
            return False
    return False


_STARTS = re.compile(r"start|commenc|min|rising|increasing|cychwynnol", re.I)
# "0.6 FTE", "FTE 0.92", "15 hours per week", "22.5hrs"
_SHARE = re.compile(
    r"(?:0?\.[0-9]|[fw]\.?t\.?e)|(?P<hours>[0-9]{1,2}(?:\.[0-9]{1,2})?)[ -]?(?:hours?|hrs?)", re.I
)
FEWEST_FULL_TIME_HOURS = 35


TOTAL = "the total with extra pay"


def _told_by_others(sums: list[Sum]) -> list[Sum]:
    """The sums with what their neighbours tell: "£120 or £140 a night"; half a session alone."""
    if len(sums) == 1 and not sums[0].left_out:
        return sums
    pay = [each for each in sums if not each.left_out]
    extras = [each for each in pay if each.extra][:3]
    said = [
        each
        for each in sums
        if each.period and not each.assumed and each.left_out in ("", UMBRELLA)
    ]
    told = []
    for each in sums:
        if each.left_out in (HALF, UMBRELLA) and not pay:
            each = each._replace(left_out="")
        if any(_is_total(each, one, extra) for one in pay for extra in extras):
            each = each._replace(left_out=TOTAL)
        if Kind.INCLUDING in each.marks and any(_without(each, one) for one in pay):
            each = each._replace(left_out=TOTAL)
        if each.assumed and each.low < LOWEST_YEARLY:
            like = [one for one in said if one.low / 2 <= each.low <= one.high * 2][:1]
            each = each._replace(period=like[0].period, assumed=False) if like else each
        told.append(each)
    return told


def _without(each: Sum, one: Sum) -> bool:
    """Whether a sum is what another one comes to without holiday pay."""
    return Kind.INCLUDING not in one.marks and one.low <= each.low <= one.high * 1.2


def _is_total(each: Sum, pay: Sum, extra: Sum) -> bool:
    """Whether a sum adds extra pay to the pay: "£38,626 plus supplement £3,000 = £41,626"."""
    if pay.extra or each.extra:
        return False
    return abs(each.low - pay.low - extra.low) < 1 and abs(each.high - pay.high - extra.high) < 1
