"""The words of pay: cuts an advert's text about pay into tokens: figures, periods, marks, units.

Everything is matched by short bounded parts, so reading takes time in proportion to the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from pipelines.advert import Period


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


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the text with its place in it; `amount` in pounds, for figures alone."""

    kind: Kind
    words: str
    start: int
    end: int
    amount: float | None = None
    pence: bool = False
    period: Period | None = None


_SAME = str.maketrans(
    dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\uff0d", "-")
    | dict.fromkeys("\u2018\u2019", "'")
    | dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\u00ad", "")
    | {"\uffe1": "£", "\u20a4": "£"}
)
_POUND = re.compile(r"(?:Â£|&pound;|&#163;|\ufffd(?= ?[0-9])|\bGBP ?£?)", re.I)


def plain(text: str) -> str:
    """The text with one kind of dash, space and pound sign; nothing else is changed."""
    return " ".join(_POUND.sub("£", text.translate(_SAME)).split())


# "25,989.00", "24796", "13.5000", "24.313"; shapes are judged by `_amount`
_RUN = r"[0-9]{1,12}(?:[.,][0-9]{1,12}){0,4}"
_MULTIPLE = r"(?: ?(?:thousand|million|billion)|k|m|mn|bn)(?![a-z])"
_SPACED = r"[0-9]{1,3},? [0-9]{3}(?![0-9,])(?! ?(?:hours|hrs|days|weeks))"
_MONEY = rf"£[ £]{{0,3}}(?P<sum>{_SPACED}|{_RUN})(?P<times>{_MULTIPLE})?"
_NUMBER = rf"(?<![0-9.,])(?P<bare>{_RUN})(?P<bare_times>k(?![a-z]))?"

_UNIT = (
    r"(?:hours?|hrs?|weeks?|wks?|days?|months?|mths?|years?|yrs?|minutes?|mins?|nights?|shifts?"
    r"|sessions?|miles?|gcses?|a[- ]levels?|posts?|positions?|vacanc(?:y|ies)|people|persons?"
    r"|pupils?|students?|children|residents?|homes?|properties|households?|staff|employees"
    r"|sites?|schools?|customers?|inset|additional|awr|wythnos(?:au)?|diwrnod|mlynedd)"
)
_EACH = r"(?: ?(?:a|an|per|each|every|p|/|p/|yr|y) ?(?:week|wk|w|day|month|year|annum|a|wythnos))?"
# "37 hours per week", "39 weeks a year", "0.6 FTE", "12/05/2026", "1 April 2026", "7.30am", "14%"
_LEFT_OUT = {
    "a duration or a count": rf"(?<![0-9.,£]){_RUN}(?: ?(?:-|to|/|or) ?{_RUN})?[ -]?{_UNIT}"
    rf"(?![a-z]){_EACH}(?![a-z])(?: week\b| basis\b)?",
    "hours or weeks": r"\b(?:hours?|hrs?|weeks?|wks?|days?) ?(?:a|per|each|/|p/?) ?"
    r"(?:week|wk|w|year|annum|month|a)\b",
    "a share of full time": r"(?<![0-9.,£])0?\.[0-9]{1,4} ?(?:f\.?t\.?e|w\.?t\.?e|full[- ]time equ)"
    r"[a-z]{0,8}|\b(?:[fw]\.?t\.?e\.?|full[- ]time equivalent):? ?(?:of )?0?\.[0-9]{1,4}",
    "a date": r"(?<![0-9.,£])(?:[0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{2,4}|[0-9]{4}-[0-9]{2}-[0-9]{2}"
    r"|[0-9]{1,2}(?:st|nd|rd|th)?(?: of)? (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
    r"[a-z]{0,6}\b(?:,? 20[0-9]{2})?|20[0-9]{2} ?[-/] ?(?:20)?[0-9]{2}(?![0-9,.]))",
    "a time of day": r"(?<![0-9.,£])[0-9]{1,2}(?:[.:][0-9]{2})? ?(?:[ap]\.?m\b\.?)"
    r"|(?<![0-9.,£])[0-9]{1,2}:[0-9]{2}",
    "a percentage": rf"(?<![0-9.,£]){_RUN} ?(?:%|per ?cent\b)",
    "another currency": rf"[$€] ?{_RUN}(?:k\b)?",
}
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
    Period.DAY: r"per 24 hours|(?:\bper |\ba |/ ?)day\b|\bdaily\b|\bday rate|(?<![a-z])p[/.]?d\b"
    r"|\by (?:dydd|diwrnod)\b|\bper diem\b|/ ?24 hours",
    Period.WEEK: r"(?:\bper |\ba |/ ?|\beach )(?:week|wk)\b|\bweekly\b(?! hours)"
    r"|(?<![a-z])p[/.]?w\b\.?"
    r"|\byr wythnos\b",
    Period.MONTH: r"(?:\bper |\ba |/ ?)(?:calendar )?month\b|\bmonthly\b|\bpcm\b|\by mis\b",
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
    Kind.HALF: r"(?:\bper |\ba |/ ?)?half[- ](?:a )?(?:session|day)\b",
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
    Kind.UMBRELLA: r"\bumbrella\b|\bltd\b|\blimited company\b",
    Kind.START: r"\bstart(?:s|ing)?(?: full[- ]time)?(?: annual)? (?:salary|pay\b|rate|wage|at\b"
    r"|from\b|on\b)|\bcommenc(?:es|ing)(?: salary| at| on| from)?|\bfrom\b"
    r"|\bmin(?:imum)?\b(?! wage)"
    r"|\b(?:rising|increasing) to (?:the )?(?:full )?(?:national|nmw|nlw)|\bin excess of"
    r"|\bat least\b|\bover(?= £)|\bcychwynnol\b|\bo(?= £)",
    Kind.UP_TO: r"\bup to\b|\bmax(?:imum)?(?: of)?\b|\bhyd at\b|\bno more than\b|^to(?= £)",
    Kind.FEE: r"\bfor (?:a|an|the|each)(?= [a-z])|\bfee\b",
    Kind.PLUS: r"\+|\bplus\b|\bwith\b|\ba hefyd\b|\bynghyd â\b",
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
    r"|grants?|funding|funds?|worth|expenses?|costs?|vouchers?|discounts?|cashback|relocation|overtime"
    r"|refunds?"
    r"|pension|contracts?|projects?|assets?|estate|fundrais[a-z]+|reimburse[a-z]*|value|valued"
    r"|mileage|mile|referr?al|dbs|threshold|deposit|population|serving|serves|aged?|telephone|tel"
    r"|ote|call|phone|ref|reference|id|job no|vacancy|post no|spend|income|bursary|subsid[a-z]+)\b",
}
_SIGNS = {
    Kind.OPEN: r"[(\[]",
    Kind.CLOSE: r"[)\]]",
    Kind.STOP: r"[|;•·!?*\n]|\.(?= |$|£)",
    Kind.COMMA: r",",
    Kind.SLASH: r"/",
    Kind.COLON: r"[:=]",
    Kind.DASH: r"-",
    Kind.TO: r"\b(?:to|and|hyd|i)\b",
    Kind.WORD: r"[^\W0-9_]{1,40}",
}

_REASONS = {f"left{at}": reason for at, reason in enumerate(_LEFT_OUT)}
_REASONS["left_loose"] = "digits of no number"
_PERIOD_GROUPS = {f"per_{period.value}": period for period in _PERIODS}
_EARLY = (Kind.PORTAL, Kind.HALF, Kind.FULL_YEAR)
_GRAMMAR = re.compile(
    "|".join(
        [
            *(f"(?P<{kind.name}>{_MARKS[kind]})" for kind in _EARLY),
            *(f"(?P<left{at}>{part})" for at, part in enumerate(_LEFT_OUT.values())),
            *(f"(?P<per_{period.value}>{part})" for period, part in _PERIODS.items()),
            *(f"(?P<{kind.name}>{part})" for kind, part in _MARKS.items() if kind not in _EARLY),
            f"(?P<MONEY>{_MONEY})",
            f"(?P<NUMBER>{_NUMBER})",
            *(f"(?P<{kind.name}>{part})" for kind, part in _SIGNS.items()),
            f"(?P<left_loose>{_LOOSE_DIGITS})",
        ]
    ),
    re.I,
)

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


def _token(match: re.Match[str], text: str) -> Token:
    """The token of a match of the grammar; `text` is looked at for a pence part alone."""
    name = match.lastgroup or ""
    words, start, end = match.group(), match.start(), match.end()
    if name in _REASONS:
        return Token(Kind.LEFT_OUT, words, start, end)
    if name in _PERIOD_GROUPS:
        return Token(Kind.PERIOD, words, start, end, period=_PERIOD_GROUPS[name])
    kind = Kind[name]
    if kind in (Kind.MONEY, Kind.NUMBER):
        run = match["sum"] or match["bare"]
        amount = _amount(run, match["times"] or match["bare_times"])
        return Token(kind, words, start, end, amount, pence="." in run)
    return Token(kind, words, start, end)


def reason(words: str) -> str:
    """Why a LEFT_OUT token is no pay."""
    match = _GRAMMAR.match(words)
    return _REASONS.get(match.lastgroup or "", "not pay") if match else "not pay"


def tokens(text: str, graded: tuple[tuple[int, int], ...] = ()) -> Iterator[Token]:
    """The tokens of a `plain` text, in order; the spans in `graded` (in order) come as GRADE."""
    spans = iter(graded)
    span = next(spans, None)
    at = 0
    while True:
        if span and at >= span[0]:
            if span[1] > at:
                yield Token(Kind.GRADE, text[span[0] : span[1]], span[0], span[1])
                at = span[1]
            span = next(spans, None)
            continue
        match = _GRAMMAR.search(text, at, span[0] if span else len(text))
        if match is None and span is None:
            return
        if match is None:
            at = span[0] if span else len(text)
            continue
        yield _token(match, text)
        at = match.end()
