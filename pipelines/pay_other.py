"""Tells sums that are no pay: budgets, grants, relocation, an umbrella company's rate."""

from __future__ import annotations

from pipelines.pay_figures import HIGHEST_PAY
from pipelines.pay_words import Kind, Token

LOWEST_PAY = 3
"""Pounds below which a bare sum is a placeholder: under any hourly wage, apprentices' included."""
LIKELY_PAY = 10_000
"""Pounds from which a sum followed by a capital, "Pension: ...", is pay, and that a new heading."""

HALF = "half a session"
UMBRELLA = "an umbrella company's rate"
LINKS = frozenset(
    ("of", "to", "is", "at", "by", "a", "around", "approximately", "approx", "about", "totalling")
)
"""Words that tie a sum to the noun before them: "a budget of around £50,000"."""
_PAY_NOUNS = frozenset(
    ("salary", "salaries", "pay", "wage", "wages", "paid", "paying", "earn", "earning", "earnings")
)
_TARGETS = ("ote", "on target earnings", "on-target earnings")
_PRICED = frozenset(
    (
        *("worth", "value", "valued", "budget", "budgets", "turnover", "relocation", "discount"),
        *("deposit", "cost", "costs", "parking", *_TARGETS),
    )
)
"""What a sum right after is the size or price of, without any "of" between."""
_JOB_WORDS = frozenset(
    (
        *("programme", "programmes", "project", "projects", "contract", "contracts", "estate"),
        *(
            "portfolio",
            "assets",
            "scheme",
            "schemes",
            "pension",
            "overtime",
            "dbs",
            "mile",
            "mileage",
            "income",
        ),
    )
)
"""Nouns that also name jobs and headings: "£35,000 Project Manager", "£27,334 fixed contract"."""

_LEADS_ON = frozenset((Kind.WORD, Kind.UP_TO, Kind.TO, Kind.START, Kind.COLON, Kind.OPEN))


_EXCUSES = frozenset((Kind.UMBRELLA, Kind.HALF, Kind.INCLUDING, Kind.OTHER))


def why_not(
    low: float,
    high: float,
    assumed: bool,
    kinds: set[Kind],
    before: list[Token],
    after: list[Token],
) -> str:
    """Why a sum is no pay; empty if it may be. `kinds`: those of all the tokens beside it."""
    if high >= HIGHEST_PAY:
        return "too large for pay"
    if assumed and high < LOWEST_PAY:
        return "too small for pay"
    if kinds.isdisjoint(_EXCUSES):  # most sums: nothing of the kind is said
        return ""
    following = [token.kind for token in after]
    if Kind.UMBRELLA in following or Kind.UMBRELLA in [token.kind for token in before[-3:]]:
        return UMBRELLA
    if Kind.HALF in following:
        return HALF
    for token in reversed(before):
        if token.kind == Kind.INCLUDING:
            return "part of the pay"
        if token.kind not in (Kind.WORD, Kind.EXTRA, Kind.GRADE, Kind.TO, Kind.UP_TO):
            break
    return _named_before(before) or _named_after(high, after)


def _named_before(before: list[Token]) -> str:
    """What the words before a sum say that it is the size or price of: "budget of £45,000"."""
    linked, direct = False, True
    for token in reversed(before[-6:]):
        words = token.words.lower()
        if token.kind == Kind.OTHER:
            sized = linked and (direct or words not in _JOB_WORDS)
            return words if sized or words in _PRICED else ""
        if words in _PAY_NOUNS or token.kind not in _LEADS_ON:
            return ""
        linked = linked or token.kind in (Kind.UP_TO, Kind.START) or words in LINKS
        direct = direct and (token.kind != Kind.WORD or words in LINKS)
    return ""


def _named_after(high: float, after: list[Token]) -> str:
    """What the words after a sum say that it is: "£45,000 staffing budget", "£150 voucher"."""
    for at, token in enumerate(after[:3]):
        if token.kind == Kind.OTHER:
            words = token.words.lower()
            heading = any(each.kind == Kind.COLON for each in after[at + 1 : at + 3])
            heading = heading or (high >= LIKELY_PAY and token.words[0].isupper())
            heading = heading and words not in _TARGETS
            return "" if heading or (words in _JOB_WORDS and at > 0) else words
        if token.kind != Kind.WORD and token.words.lower() != "annual":
            break
    return ""
