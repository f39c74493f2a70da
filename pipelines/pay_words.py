"""The words of pay: cuts an advert's text about pay into tokens: figures, periods, marks, units.

Everything is matched by short bounded parts, so reading takes time in proportion to the text.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from pipelines.advert import Period
from pipelines.pay_asides import AT_A_DIGIT, AT_A_LETTER, RUN


class Kind(StrEnum):
    """What a token is."""

    MONEY = "money"  # £24,796
    NUMBER = "number"  # 24,796
    LEFT_OUT = "left out"  # 37 hours; 12/05/2026; 5%; 0.6 FTE
    PERIOD = "period"  # per annum
    HALF = "half"  # per half session
    PORTAL = "portal"  # Annually (FTE)
    FTE = "fte"  # full time equivalent
    ACTUAL = "actual"  # actual salary
    PRO_RATA = "pro rata"
    TERM_TIME = "term time"
    PART_TIME = "part time"
    FULL_YEAR = "full year"  # all year round
    ANNUALISED = "annualised"
    UMBRELLA = "umbrella"
    START = "start"  # starting salary
    UP_TO = "up to"
    FEE = "fee"  # for a poll clerk
    PLUS = "plus"
    INCLUDING = "including"
    RISE = "rise"  # rising by annual increments to
    EXTRA = "extra"  # allowance: paid every year
    BONUS = "bonus"  # paid once
    OTHER = "other"  # budget
    OPEN = "open"
    CLOSE = "close"
    STOP = "stop"  # end of a sentence, |, ;
    COMMA = "comma"
    SLASH = "slash"
    COLON = "colon"
    DASH = "dash"
    TO = "to"
    GRADE = "grade"  # a grade or scale point, read elsewhere
    WORD = "word"


class Token(NamedTuple):
    """A piece of the text with its place in it; `amount` in pounds, for figures alone.

    `reason`: what a LEFT_OUT figure is, if not pay.
    """

    kind: Kind
    words: str
    start: int
    end: int
    amount: float | None = None
    pence: bool = False
    period: Period | None = None
    reason: str = ""


_SAME = (
    dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\uff0d", "-")
    | dict.fromkeys("\u2018\u2019", "'")
    | dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\u00ad", "")
    | {"\uffe1": "£", "\u20a4": "£"}
)
_TO_SAME = str.maketrans(_SAME)
_VARIED = re.compile(f"[{''.join(_SAME)}]")
_POUND = re.compile(r"(?:Â£|\ufffd(?= ?[0-9])|\bGBP ?£?)", re.I)
_MAY_BE_POUND = re.compile("[Ââ\ufffdgG]")
"""What the expression above begins with, and few texts have; the longer search is slow."""


def plain(text: str) -> str:
    """The text with one kind of dash, space and pound sign; nothing else is changed."""
    if "&" in text:
        text = html.unescape(text)
    if _VARIED.search(text):  # to translate takes several times as long as to look
        text = text.translate(_TO_SAME)
    text = " ".join(text.split())
    return _POUND.sub("£", text) if _MAY_BE_POUND.search(text) else text


_MULTIPLE = r"(?: ?(?:thousand|million|billion)|k|m|mn|bn)(?![a-z])"
_SPACED = r"[0-9]{1,3},? [0-9]{3}(?![0-9,])(?! ?(?:hours|hrs|days|weeks))"
_MONEY = rf"£[ £]{{0,3}}(?P<sum>{_SPACED}|{RUN})(?P<times>{_MULTIPLE})?"
_NUMBER = rf"(?<![0-9.,])(?P<bare>{RUN})(?P<bare_times>k(?![a-z]))?"

_LOOSE_DIGITS = "[0-9]{1,12}"

_MEETING = (
    r"(?:session|shift|night|meeting|visit|turnout|call[ -]?out|drill|sleep[ -]?in|sitting|class"
    r"|lesson|match|game|clinic|inspection|hearing|event|lecture|appointment|attendance|duty"
    r"|evening"
    r"|weekend)"
)
_PERIODS = {
    Period.HOUR: r"(?:p\.?a\.? |per |an |p |/ ?|a )(?:hour|hr)(?:ly)?\b|\bhourly\b|/h\b"
    r"|(?<![a-z])p[./]?h\b\.?|\byr awr\b",
    Period.DAY: r"per 24 hours|(?:\bper |\ba |/ ?|\bfull )day\b"
    r"|\bdaily\b|\bday rate|(?<![a-z])p[/.]?d\b"
    r"|\by (?:dydd|diwrnod)\b|\bper diem\b|/ ?24 hours",
    Period.WEEK: r"(?:\bper |\ba |/ ?|\beach )(?:week|wk)\b|(?<!paid )\bweekly\b(?! hours)"
    r"|(?<![a-z])p[/.]?w\b\.?"
    r"|\byr wythnos\b",
    Period.MONTH: r"(?:\bper |\ba |/ ?)(?:calendar )?month\b|(?<!paid )\bmonthly\b"
    r"|\bpcm\b|\by mis\b|(?:(?<=[0-9])|(?<=[0-9] ))p\.?m\b\.?",
    Period.YEAR: r"(?:per |/ ?)an{1,2}um?[mn]?\b|(?<![a-z])p(?:[/ ]?a\b|\. ?a\b\.?)"
    r"|(?:\bper |\ba |/ ?|\beach )(?:year|yr)\b|\bannually\b"
    r"|\bannual\b(?! (?:leave|holiday|increment|review|award|pay award))|\byearly\b"
    r"|\by flwyddyn\b|\by ?f?lwyddyn\b|\bblwyddyn\b|\byn flynyddol\b|\bflynyddol\b",
    Period.SESSION: rf"(?:\bper |\ban? |/ ?|\beach )(?:[a-z]+ ){{0,4}}{_MEETING}\b|\bnightly\b"
    r"|\bper [0-9]{1,2}[- ]hours? shift\b",
    Period.FIXED: r"\b(?:fixed fee|lump sum|one[- ]off(?: fee| payment)?|in total)\b",
}

_FULL = r"full[- ]?time(?: ?/ ?full[- ]year)?"
_MARKS = {
    Kind.PORTAL: r"\bannually ?\((?:fte|full[- ]time equivalent|actual)\)",
    Kind.HALF: r"(?:\bper |\ba |/ ?|\b)half[- ](?:a )?(?:session|day)\b",
    Kind.FTE: rf"(?:\b1(?:\.0{{1,2}})? ?)?(?<![a-z])[fw](?:te\b|\.t\.?e\b\.?)"
    rf"|\b{_FULL}[- ](?:equiv[a-z]*\b"
    r"\.?|salary|pay\b|rate)|\b(?:whole[- ]time|full[- ]year) equivalent"
    r"|\bcyfwerth ag amser llawn|\bamser llawn cyfwerth|\bcalla?\b|\bpro[ -]?rata of\b",
    Kind.ACTUAL: r"\bactual\b(?! (?:hours|start date|starting date|date|number))|\bequated\b"
    r"|\bgwirioneddol\b|\bpro[ -]?rata basis,? (?:which |that )?equates to\b",
    Kind.PRO_RATA: r"\bpro[ -]{0,3}rat(?:a|e|ed|ad)?(?:'?e?d)?\b",
    Kind.PART_TIME: r"\bpart[- ]?time\b",
    Kind.TERM_TIME: r"\bterm[ -]?time\b(?:[ -]only\b)?|\bt\.?t\.?o\b|\btymor (?:yr )?ysgol"
    r"|\b(?:yn ystod y )?tymor yn unig",
    Kind.FULL_YEAR: r"\b(?:full|all|whole)[- ]year(?:[- ]round)?\b|\byear[- ]round\b"
    r"|\b52[- ]weeks?\b",
    Kind.ANNUALISED: r"\bannuali[sz]ed\b(?! hours)",
    Kind.UMBRELLA: r"\bumb(?:rella)?\b|\bltd\b|\blimited company\b",
    Kind.START: r"\bstart(?:s|ing)?(?: full[- ]time)?(?: annual)? (?:salary|pay\b|rate|wage|at\b"
    r"|from\b|on\b)|\bcommenc(?:es|ing)(?: salary| at| on| from)?|\bfrom\b"
    r"|\bmin(?:imum)?\b(?! wage)"
    r"|\b(?:rising|increasing) to (?:the )?(?:full )?(?:national|nmw|nlw)|\bin excess of"
    r"|\bnot? less than\b|\bbegin(?:s|ning) at\b"
    r"|\bat least\b|\bover(?= £)|\bcychwynnol\b|(?<!lwfans )\bo(?= £)",
    Kind.UP_TO: r"\bup to\b|\bmax(?:imum)?(?: of)?\b|\bhyd at\b|\bno more than\b"
    r"|(?:^|\b(?:salary|pay|earn|earnings) )to(?= (?:c\.? ?|circa )?£)",
    Kind.FEE: r"\bfor (?:a|an|the|each)(?= [a-z])|\bfee\b"
    r"|\bpoll(?:ing)? clerks?\b|\bpresiding officers?\b",
    Kind.PLUS: r"\+|\bplus\b"
    r"|\bwith\b(?= (?:(?:an?|up to|additional) ){0,3}£)|\ba hefyd\b|\bynghyd â\b",
    Kind.INCLUDING: r"\binc(?:l|luding|lusive(?: of)?|ludes)?\b\.?|\bgan gynnwys\b",
    Kind.RISE: r"\b(?:ris(?:ing|es)|increas(?:ing|es)|progress(?:ing|es)|mov(?:ing|es)|yn codi)\b"
    r"(?: [a-z]+){0,5}? (?:up )?(?:to|at|i)(?= [£0-9])",
    Kind.BONUS: r"\b(?:bonus(?:es)?|golden hello|welcome (?:payment|package)"
    r"|joining (?:fee|payment)|(?:retention|recruitment|one[- ]off|loyalty|completion) "
    r"(?:payment|incentive|award)"
    r"|sign(?:ing)?[- ]on (?:fee|payment)|incentive)\b",
    Kind.EXTRA: r"\b(?:allowances?|supplements?|weighting|fringe|enhancements?|tlr ?[0-9]?[abc]?"
    r"|sen[ -]?[12]|first aid|market (?:forces|factor|supplement)|holiday pay"
    r"|retention|on[- ]call payment|standby|lwfans|lwfa|lwans)\b",
    Kind.OTHER: r"\b(?:budgets?|programmes?|portfolio|turnover|revenue|savings?|investments?"
    r"|grants?|funding|funds?|worth|expenses?|costs?|vouchers?|discounts?|cashback|relocation"
    r"|overtime|on[- ]target earnings|refunds?|pension|contracts?|projects?|assets?|estate"
    r"|fundrais[a-z]+|reimburse[a-z]*"
    r"|value|valued|mileage|mile|referr?al|dbs|threshold|deposit|ote|spend|income|bursary"
    r"|subsid[a-z]+|tuition|parking"
    r"|towards|saves?|schemes?|instalments?)\b",
}
_ONE_SIGN = (
    dict.fromkeys("([", Kind.OPEN)
    | dict.fromkeys(")]", Kind.CLOSE)
    | dict.fromkeys("|;•·!?*", Kind.STOP)
    | dict.fromkeys(":=", Kind.COLON)
    | {",": Kind.COMMA, "-": Kind.DASH}
)
_SIGNS = {
    Kind.STOP: r"\.(?= |$|£)",
    Kind.SLASH: r"/",
    Kind.TO: r"\b(?:to|and|hyd|i)\b",
    Kind.WORD: r"[^\W0-9_]{1,40}",
}

_PERIOD_GROUPS = {f"per_{period.value}": period for period in _PERIODS}
_EARLY = (Kind.PORTAL, Kind.HALF, Kind.FULL_YEAR)
_REASONS: dict[str, str] = {}
NO_NUMBER = "digits of no number"


def _asides(first: str, table: dict[str, str]) -> list[str]:
    """The expressions of a table as named groups, their reasons kept under the names."""
    names = [f"{first}{at}" for at in range(len(table))]
    _REASONS.update(zip(names, table, strict=True))
    return [f"(?P<{name}>{part})" for name, part in zip(names, table.values(), strict=True)]


def _named(parts: dict[Kind, str], *kinds: Kind) -> list[str]:
    return [f"(?P<{kind.name}>{parts[kind]})" for kind in kinds or parts]


_PERIODS_NAMED = [f"(?P<per_{period.value}>{part})" for period, part in _PERIODS.items()]
_LATE = [kind for kind in _MARKS if kind not in _EARLY]
# what begins with a letter, with a figure and with a sign: tried apart, which is quicker
_AT_A_LETTER = re.compile(
    "|".join(
        [
            *_named(_MARKS, *_EARLY),
            *_asides("aside", AT_A_LETTER),
            *_PERIODS_NAMED,
            *_named(_MARKS, *_LATE),
            *_named(_SIGNS, Kind.TO, Kind.WORD),
        ]
    ),
    re.I,
)
_DIGIT_ASIDES = _asides("digits", AT_A_DIGIT)
_AT_A_FIGURE = re.compile(
    "|".join(
        [
            f"(?P<MONEY>{_MONEY})",
            *_named(_MARKS, Kind.FULL_YEAR),
            *_DIGIT_ASIDES,
            *_named(_MARKS, Kind.FTE),
            f"(?P<NUMBER>{_NUMBER})",
            f"(?P<loose>{_LOOSE_DIGITS})",
        ]
    ),
    re.I,
)
_AT_A_SIGN = re.compile(
    "|".join(
        [
            *_DIGIT_ASIDES,
            *_PERIODS_NAMED,
            *_named(_MARKS, Kind.HALF, Kind.PLUS),
            *_named(_SIGNS),
        ]
    ),
    re.I,
)
_REASONS["loose"] = NO_NUMBER
_MEANINGS: dict[str, tuple[Kind, Period | None, str]] = {
    **{kind.name: (kind, None, "") for kind in Kind},
    **{name: (Kind.PERIOD, period, "") for name, period in _PERIOD_GROUPS.items()},
    **{name: (Kind.LEFT_OUT, None, reason) for name, reason in _REASONS.items()},
}
"""What a named part of the grammar finds: a kind of token, its period, why it is no pay."""

_GROUPED = re.compile(  # 25,989.00; 31, 537; 31 537
    r"[0-9]{1,3}(?:,[0-9]{3}){1,2}(?:\.[0-9]{1,4})?|[0-9]{1,3},? [0-9]{3}"
)
_PLAIN = re.compile(r"(?:0|[1-9][0-9]{0,8})(?:\.[0-9]{1,4})?")  # 24796; 13.5000
_DOTTED = re.compile(r"[0-9]{1,3}\.[0-9]{3}[.,][0-9]{2}|[0-9]{1,3},[0-9]{3},[0-9]{2}")  # 25.583.00
_TIMES = {"k": 1e3, "thousand": 1e3, "m": 1e6, "mn": 1e6, "million": 1e6}
_BILLION = 1e9


def _amount(run: str, times: str | None) -> float | None:
    """The number that a run of digits means, as it stands; None for one of no known shape."""
    if _GROUPED.fullmatch(run):
        number = float(run.replace(",", "").replace(" ", ""))
    elif _PLAIN.fullmatch(run):
        number = float(run)
    elif _DOTTED.fullmatch(run):
        number = int(run.replace(".", "").replace(",", "")) / 100
    else:
        return None
    return number * _TIMES.get(times.strip().lower(), _BILLION) if times else number


def _token(match: re.Match[str]) -> Token:
    """The token of a match of the grammar."""
    kind, period, reason = _MEANINGS[match.lastgroup or ""]
    start, end = match.span()
    if kind is Kind.MONEY:
        run, times = match.group("sum", "times")
    elif kind is Kind.NUMBER:
        run, times = match.group("bare", "bare_times")
    else:
        return Token(kind, match[0], start, end, None, False, period, reason)
    return Token(kind, match[0], start, end, _amount(run, times), "." in run)


def _next(text: str, at: int, end: int) -> Token | None:
    """The token that begins at a place of the text, if one does."""
    char = text[at]
    if char in _ONE_SIGN:
        return Token(_ONE_SIGN[char], char, at, at + 1)
    grammar = _AT_A_LETTER if char.isalpha() else _AT_A_SIGN
    grammar = _AT_A_FIGURE if char in "£0123456789" else grammar
    match = grammar.match(text, at, end)
    return _token(match) if match else None


def tokens(text: str, graded: tuple[tuple[int, int], ...] = ()) -> Iterator[Token]:
    """The tokens of a `plain` text, in order; the spans in `graded` (in order) come as GRADE."""
    at = 0
    for start, end in (*graded, (len(text), len(text))):
        while at < start:
            if text[at] == " ":
                at += 1
                continue
            token = _next(text, at, start)
            if token:
                yield token
            at = token.end if token else at + 1
        if at < end:
            yield Token(Kind.GRADE, text[start:end], start, end)
            at = end
