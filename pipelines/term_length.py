"""How long a post lasts, when it ends, and what share of a whole-time post it is.

Every text that comes in is in lower case.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from pipelines.advert import Evidence
from pipelines.date_forms import all_dates, month_number

_WORDS_FOR = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7} | {
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "eighteen": 18,
}
_COUNT = rf"(?:\d{{1,2}}(?:\.5)?|{'|'.join(_WORDS_FOR)})"
_LENGTH = re.compile(
    rf"(?<![\w.£])(?:{_COUNT}\s?(?:-|–|to|/|or|and)\s?)?(?P<n>{_COUNT})(?:\s?\(\d{{1,2}}\))?"
    r"[\s-]?(?P<unit>months?|mths?|weeks?|wks?|years?|yrs?"
    r"|mis|[bfm]lynedd|[bf]lwyddyn)\b['’]?",
)
_UNIT = re.compile(r"(?<=[a-z\d) -])(?:months?|mths?|weeks?|wks?|ye?a?rs?|mis|.lynedd|.lwyddyn)\b")
_NOT_A_LENGTH = re.compile(
    r"^\s?(?:notice|probation|experience|of experience|training|old|qualified|post|service"
    r"|per (?:year|annum)|(?:a|each|of the) year|/\s?year|p\.?a\b|rota|rolling"
    r"|fixed pattern|cycle|rotation"
    r"|and over|working|basis"
    r"|\(?(?:term|inset)|holiday|in the(?! first)|annual|leave|round|extension|plus|\+)"
    r"|^[^.]{0,12}\bexperience\b",
)
_NOT_THE_LENGTH = re.compile(
    r"\b(?:min(?:imum)?(?: of)?|at least|within|every|rolling|plus|\+|additional|and|over|last|time"
    r"|after|extend(?:ed)? to|extension of|probation\w* (?:period )?of)\s(?:a |an |the |up to )?$",
)
_FOR_WEEKS = re.compile(
    r"\b(?:for|of|fixed[- ]term|temporary|contract|up to|secondment|initial)\s?[:,(–-]?\s?(?:an? )?"
    r"(?:period of )?(?:up to )?$",
)
_WEEKS_OF = re.compile(r"^\s?(?:\(|-|–)?\s?(?:fixed|temporary|contract|secondment|placement)")
_LIMITED = re.compile(r"\b(?:fixed|temporary|secondment)\b")
_WEEKS_A_YEAR = 52
_WEEKS_OF_SCHOOL = 38
"""From this many on, weeks may be those worked in a year."""
_LONGEST_TERM = 120.0
_MONTHS_IN = {"m": 1.0, "w": 12 / _WEEKS_A_YEAR, "y": 12.0} | dict.fromkeys(
    ("bl", "fl", "ml"), 12.0
)


def months(text: str, evidence: list[Evidence]) -> float | None:
    """The stated length of the post in months; the upper figure of a range."""
    if _UNIT.search(text) is None:
        return None
    for match in _LENGTH.finditer(text):
        before, after = text[max(0, match.start() - 40) : match.start()], text[match.end() :][:40]
        if _NOT_A_LENGTH.search(after) or _NOT_THE_LENGTH.search(before):
            continue
        unit = match["unit"]
        unit = unit[:2] if unit[:2] in _MONTHS_IN else unit[0]
        word = match["n"]
        count = float(_WORDS_FOR.get(word, word))
        if unit == "w" and not _is_length_in_weeks(count, before, after):
            continue
        length = round(count * _MONTHS_IN[unit], 1)
        if 0 < length <= _LONGEST_TERM:
            evidence.append(Evidence(match[0], "term_months"))
            return length
    return None


def _is_length_in_weeks(count: float, before: str, after: str) -> bool:
    """Whether a number of weeks is how long the post lasts, not the share of a year worked."""
    if _WEEKS_OF.search(after) is not None:
        return count < _WEEKS_OF_SCHOOL or _LIMITED.search(after) is not None
    if _FOR_WEEKS.search(before) is None:
        return False
    return count < _WEEKS_OF_SCHOOL or _LIMITED.search(before) is not None


_UNTIL = re.compile(
    r"\b(?:until|till|til|to|up to|end(?:s|ing)?(?: date)?|expir(?:es|ing|y)|tan)\b[:\s]"
    r"\s?(?:on )?(?:the )?"
    r"|\d\s?[-–]\s?(?=\d{1,2}[\s/.])",
)
_DIGIT = re.compile(r"\d")
_MONTH_YEAR = re.compile(
    r"(?:(?:the )?end (?:of )?)?(?P<month>[a-z]{3,12})[\s,]{1,2}(?P<y>20\d{2})(?!\d)"
)
_YEAR_END = re.compile(r"(?:(?:the )?end (?:of )?)(?P<y>20\d{2})(?!\d)")


def last_day(text: str, evidence: list[Evidence]) -> str | None:
    """The day on which the post ends, where the text names it with its year."""
    if _DIGIT.search(text) is None:
        return None
    for match in _UNTIL.finditer(text):
        rest = text[match.end() :][:45]
        day = _named_end(rest if match[0][:3] != "end" else f"{match[0]}{rest}"[:45])
        day = day or _named_end(rest)
        if day is not None:
            evidence.append(Evidence(f"{match[0]}{rest}".strip(), "ends_on"))
            return day.isoformat()
    return None


def _named_end(rest: str) -> date | None:
    """The end that stands right at the start of what follows "until"."""
    dates = all_dates(rest, None)
    if dates and dates[0].start <= 10 and dates[0].year is not None:
        return date(dates[0].year, dates[0].month, dates[0].day)
    if (month_year := _MONTH_YEAR.match(rest)) is not None:
        month = month_number(month_year["month"])
        if month is not None:
            return _month_end(int(month_year["y"]), month)
    if (year := _YEAR_END.match(rest)) is not None:
        return date(int(year["y"]), 12, 31)
    return None


def _month_end(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


_WHOLE = r"(?:f\.?t\.?e\b\.?|w\.?t\.?e\b\.?|full[- ]time equivalent|whole[- ]time equivalent)"
_FTE = re.compile(
    rf"(?<![\d.£])(?P<n>[01]?\.\d{{1,4}}|1)\s?(?:of (?:a )?)?\(?{_WHOLE}"
    rf"|\b{_WHOLE}\s?(?:[:=–-]|of)?\s?\(?(?P<after>[01]?\.\d{{1,4}}|1)(?![\d.,])"
    rf"|(?<![\d.])(?P<percent>\d{{2}})% (?:of )?{_WHOLE}",
)


def fraction(text: str, evidence: list[Evidence]) -> float | None:
    """The stated share of a whole-time post."""
    if "te" not in text and "t.e" not in text and "equivalent" not in text:
        return None
    for match in _FTE.finditer(text):
        stated = match["n"] or match["after"]
        share = float(stated) if stated else int(match["percent"]) / 100
        if 0 < share <= 1:
            evidence.append(Evidence(match[0], "fte"))
            return share
    return None
