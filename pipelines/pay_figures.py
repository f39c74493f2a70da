"""Finds the figures that may be money and joins those that are a range."""

from __future__ import annotations

import re
from typing import NamedTuple

from pipelines.advert import Period
from pipelines.pay_words import Kind, Token

HIGHEST_PAY = 500_000
"""Pounds a year above which a sum is a budget or a mistake, never a salary."""
LOWEST_YEARLY = 1_000
HIGHEST_HOURLY = 100
WIDEST_RANGE = 5
"""How many times the lower end of a range the upper one may be."""

PAY_MARKS = (Kind.FTE, Kind.ACTUAL, Kind.PRO_RATA)
SAYS_PAY = frozenset((Kind.PERIOD, Kind.PORTAL, *PAY_MARKS))
THOUSANDS_TYPED = re.compile(r"[£ ]*[1-9][0-9]{0,2}\.[0-9]{3}k?")  # "24.313"
_OWN_THOUSANDS = re.compile(r"[£ ]*[0-9]{1,3}")  # "65" of "65-70k"
_LABEL_WORDS = frozenset(
    ("salary", "pay", "wage", "wages", "rate", "range", "scale", "cyflog", "the", "is", "of", "a")
)
_LABELS = frozenset((Kind.COLON, Kind.DASH, Kind.GRADE, Kind.START, Kind.UP_TO))
_FIGURES = frozenset((Kind.MONEY, Kind.NUMBER))
_JOINERS = frozenset((Kind.DASH, Kind.TO, Kind.UP_TO, Kind.RISE))
_MAY_PART = _JOINERS | {Kind.PERIOD, Kind.FTE, Kind.GRADE, Kind.PRO_RATA}
_MAY_PART_A_RISE = _MAY_PART | {Kind.COMMA, Kind.WORD}


class Figure(NamedTuple):
    """A sum as it stands among the tokens: `first` and `last` index them."""

    low: float
    high: float
    first: int
    last: int


def find_figures(tokens: list[Token]) -> list[Figure]:
    """Figures that may be money, ranges joined."""
    at = [index for index, token in enumerate(tokens) if token.kind in _FIGURES and token.amount]
    found: list[Figure] = []
    skip = -1
    for place, index in enumerate(at):
        if index == skip:
            continue
        following = at[place + 1] if place + 1 < len(at) else None
        joined = following and _range(tokens, index, following)
        if following and joined:
            found.append(Figure(*joined, index, following))
            skip = following
        elif tokens[index].kind == Kind.MONEY or _stands_for_money(tokens, index):
            amount = tokens[index].amount or 0.0
            found.append(Figure(amount, amount, index, index))
    return found


def _range(tokens: list[Token], first: int, last: int) -> tuple[float, float] | None:
    """The lower and the upper end, where two figures and the words between them are a range."""
    gap = [token.kind for token in tokens[first + 1 : last]]
    allowed = _MAY_PART_A_RISE if Kind.RISE in gap else _MAY_PART
    if not allowed.issuperset(gap) or not 1 <= len([k for k in gap if k in _JOINERS]) <= 2:
        return None
    one, two = tokens[first], tokens[last]
    following = [token.kind for token in tokens[last + 1 : last + 4]]
    if Kind.PRO_RATA in gap and Kind.PRO_RATA not in following:
        return None
    low, high = _ends(one, two)
    if not low <= high <= WIDEST_RANGE * low:
        return None
    if one.kind == Kind.NUMBER and not one.pence and low < LOWEST_YEARLY:
        return None
    if Kind.MONEY in (one.kind, two.kind):
        whole = two.kind == Kind.NUMBER and one.pence and not two.pence and high < LOWEST_YEARLY
        return None if whole and Kind.PERIOD not in following[:1] else (low, high)
    yearly = low >= LOWEST_YEARLY * 8 and high < HIGHEST_PAY
    hourly = one.pence and two.pence and Kind.PERIOD in following[:1]
    return (low, high) if yearly or hourly else None


def _ends(one: Token, two: Token) -> tuple[float, float]:
    """The ends of a range as meant: "65-70k", "£50-60,000", "£47,181 - £50.269"."""
    low, high = one.amount or 0.0, two.amount or 0.0
    if one.pence and THOUSANDS_TYPED.fullmatch(one.words) and (high >= LOWEST_YEARLY or typed(two)):
        low *= 1000
    if two.pence and THOUSANDS_TYPED.fullmatch(two.words) and low >= LOWEST_YEARLY:
        high *= 1000
    short = 10 <= low < LOWEST_YEARLY and _OWN_THOUSANDS.fullmatch(one.words)
    if short and high >= 10 * LOWEST_YEARLY and high / 3 <= low * 1000 <= high:
        low *= 1000
    return low, high


def typed(token: Token) -> bool:
    """Whether a figure has a full stop for its thousands comma: no hourly rate is that high."""
    return bool(THOUSANDS_TYPED.fullmatch(token.words)) and (token.amount or 0) >= 18


def _stands_for_money(tokens: list[Token], at: int) -> bool:
    """Whether a number without a pound sign is pay: its words say so, or nothing else is said."""
    number = tokens[at]
    amount = number.amount or 0.0
    if number.words[-1] in "kK":
        return amount >= LOWEST_YEARLY
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    sized = _sized(number)
    if after and after.kind in SAYS_PAY:
        hourly = number.pence and after.period == Period.HOUR and amount < HIGHEST_HOURLY
        return hourly or (sized and after.period in (None, Period.YEAR))
    others = tokens[max(0, at - 9) : at] + tokens[at + 1 : at + 10]
    labels = [
        each.kind in _LABELS or each.words.lower() in _LABEL_WORDS or _sized(each)
        for each in others
    ]
    return sized and len(labels) < 8 and all(labels)


def _sized(token: Token) -> bool:
    """Whether a number without a pound sign is as large as pay by the year."""
    return token.kind == Kind.NUMBER and LOWEST_YEARLY * 8 <= (token.amount or 0) < HIGHEST_PAY
