"""The forms that a date and a clock time take: as programs write them, in figures, in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from rapidfuzz.fuzz import ratio

LONDON = ZoneInfo("Europe/London")

_MONTH_NAMES = (
    "january jan ionawr ion",
    "february feb chwefror chwef",
    "march mar mawrth fawrth maw",
    "april apr ebrill ebr",
    "may mai fai",
    "june jun mehefin fehefin meh",
    "july jul gorffennaf orffennaf gorff",
    "august aug awst",
    "september sept sep medi fedi",
    "october oct hydref hyd",
    "november nov tachwedd dachwedd tach",
    "december dec rhagfyr ragfyr rhag",
)
_MONTHS = {name: number for number, names in enumerate(_MONTH_NAMES, 1) for name in names.split()}


@cache
def month_number(word: str) -> int | None:
    """The number of an English or Welsh month name, a slip of the pen in a long one forgiven."""
    name = word.lower()
    if name in _MONTHS:
        return _MONTHS[name]
    if len(name) < 5:
        return None
    best = max(_MONTHS, key=lambda each: ratio(name, each))
    swapped = name[0] == best[0] and sorted(name) == sorted(best)  # Marhc
    close = ratio(name, best) >= (88 if len(name) == 5 else 84)
    return _MONTHS[best] if len(best) > 4 and (swapped or close) else None


# --- the forms a date takes -----------------------------------------------------------------------

_ISO = re.compile(  # 2026-08-31T23:59:00+01:00, 2025-07-28 00:00:00.0
    r"(?<![\d-])(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?!\d)"
    r"(?:[T\s]\s?(?P<H>\d{2}):(?P<M>\d{2})(?P<S>:\d{2}(?:[.,]\d{1,9})?)?"
    r"\s?(?P<zone>Z\b|[+-]\d{2}:?\d{2}\b)?(?![:\d]|\s?[apAP]\.?[mM]))?"
)
_UNIX = re.compile(  # Mon Aug 17 00:00:00 UTC 2026
    r"\b(?P<month>[A-Za-z]{3}) (?P<d>\d{1,2}) (?P<H>\d{2}):(?P<M>\d{2})(?P<S>:\d{2})"
    r" (?P<zone>[A-Z]{3,4}) (?P<y>\d{4})\b"
)
_RFC_822 = re.compile(  # Tue, 28 Jul 2026 00:00:00 GMT
    r"\b(?P<d>\d{1,2}) (?P<month>[A-Za-z]{3}) (?P<y>\d{4}) (?P<H>\d{2}):(?P<M>\d{2})(?P<S>:\d{2})"
    r"(?: (?P<zone>[A-Z]{1,4}|[+-]\d{4})\b)?"
)
_EPOCH = re.compile(r"(?:/?Date\()?(?P<ms>1\d{12})(?:[+-]\d{4})?(?:\)/?)?")
_COMPACT = re.compile(r"(?P<y>(?:19|20)\d{2})(?P<m>\d{2})(?P<d>\d{2})")  # 20260726
_NUMERIC = re.compile(  # 16/11/2020, 18.11.20, 03-02-2026, 19/11 2020
    r"(?<![\d£/.])(?P<d>\d{1,2})\s?(?P<sep>[/.-])\s?(?P<m>\d{1,2})"
    r"(?:\s?(?P=sep)\s?(?P<y>\d{4}|\d{2})|\s(?P<y4>20\d{2}))(?![\d/])"
)
_NO_DAY = re.compile(  # Grade 5/6
    r"\b(?:grades?|bands?|scales?|levels?|points?|refs?|key stages?|ks|years?)\b[.:]?\s?$", re.I
)
_DAY_MONTH = re.compile(r"(?<![\d£/.:-])(?P<d>\d{1,2})/(?P<m>\d{1,2})(?![\d/%.]|\s?[A-Za-z]{3})")

_ORDINAL = r"(?:\s?(?:st|nd|rd|th)|ydd|ain|fed|eg|ed|af|il|h(?![a-z]))"  # 21st, 4ydd, 9h
_DAY = rf"(?<!\d[:.])(?<![\d£])\d{{1,2}}{_ORDINAL}?(?![\d:%])"
WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b[,.]?\s{0,2})?"
AND = r"\s{0,2}(?:,|&|/|-|–|—|\+|\band\b|\bor\b|\bto\b|\buntil\b|\bi\b|\ba\b|\bneu\b){1,2}\s{0,2}"
_YEAR = (
    r"(?:[\s,.'’/-]{0,3}(?P<y>(?:19|20)\d{2}|[3-9]\d{3})(?!\d)"  # 9999: a machine's "never"
    r"|(?:\s|\s?['’]|,\s|-|\s?/\s?)(?P<y2>\d{2})(?![\d:./%]|\s?(?:am|pm|noon|mid|hrs|hours|st|nd|rd|th)))?"
)
_DAY_FIRST = re.compile(  # 17th, 18th and 19th November 2020; 28 Ebrill
    rf"(?P<first>{_DAY})(?:{AND}(?:the\s)?{WEEKDAY}{_DAY}){{0,8}}"
    rf"[\s,./-]{{0,3}}(?:(?:of|o)\s)?(?P<month>[A-Za-z]{{3,12}})\.?{_YEAR}",
    re.I,
)
_MONTH_FIRST = re.compile(  # November 23, 2020; February 11
    rf"\b(?P<month>[A-Za-z]{{3,12}})\.?\s{{1,2}}(?:the\s)?(?P<first>{_DAY})(?!\.\d)"
    r"(?:[\s,]{1,3}(?P<y>(?:19|20)\d{2})(?!\d))?(?P<y2>)",
    re.I,
)
_DIGIT = re.compile(r"\d")
_NOT_A_DIGIT = re.compile(r"\D")
_NAME = re.compile(r"[^\W\d_]{3}")
_ONLY_A_MONTH = re.compile(
    r"\b(?:in|early|mid|late|during|(?:end|start|middle|beginning) of)[\s-]{1,2}$", re.I
)


class Found(NamedTuple):
    """A date in a text: where it stands, its parts, and the clock time if its form holds one."""

    start: int
    end: int
    day: int
    month: int
    year: int | None
    clock: str | None = None
    doubt: str | None = None


def _instant(match: re.Match[str], month: int) -> Found | None:
    """A date with a machine's clock time, brought to London.

    A clock of 00:00:00 stands for the day itself. An end of day (23:59) marked as UTC in summer is
    local time with the wrong mark: nobody closes at one at night.
    """
    parts = match.groupdict()
    day, year = int(parts["d"]), int(parts["y"])
    if not is_day(day, month, year):
        return None
    if parts["H"] is None:
        return Found(match.start(), match.end(), day, month, year)
    hour, minute = int(parts["H"]), int(parts["M"])
    if hour > 23 or minute > 59:
        return None
    moment, doubt = datetime(year, month, day, hour, minute), None
    if (hour, minute) != (0, 0) and (offset := _offset(parts["zone"])) is not None:
        if (hour, minute) != (23, 59):
            moment = _to_london(moment, offset)
        elif offset == timedelta(0) and _to_london(moment, offset) != moment:
            doubt = "closing_zone_ignored"
    midnight = (moment.hour, moment.minute) == (0, 0)
    clock = None if midnight else f"{moment:%H:%M}"
    if midnight:
        doubt = "closing_time_ambiguous"
    return Found(match.start(), match.end(), moment.day, moment.month, moment.year, clock, doubt)


def _offset(zone: str | None) -> timedelta | None:
    """How far a zone mark is ahead of UTC; None where it names none, or London itself."""
    if zone in ("Z", "UTC", "GMT", "UT"):
        return timedelta(0)
    if zone is None or zone[0] not in "+-":
        return None
    ahead = timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:]))
    return -ahead if zone[0] == "-" else ahead


def _to_london(moment: datetime, offset: timedelta) -> datetime:
    """The London wall clock of a moment given with its offset from UTC."""
    try:
        return (moment - offset).replace(tzinfo=UTC).astimezone(LONDON).replace(tzinfo=None)
    except OverflowError:
        return moment


def is_day(day: int, month: int, year: int | None) -> bool:
    """Whether there is such a day, in a year that an advert could name."""
    try:
        date(2000 if year is None else year, month, day)
    except ValueError:
        return False
    return year is None or 1990 <= year <= 2100


def _machine_dates(text: str) -> Iterator[Found]:
    """Dates in the forms that programs write."""
    whole = text.strip()
    if (epoch := _EPOCH.fullmatch(whole)) is not None:
        moment = datetime.fromtimestamp(int(epoch["ms"]) / 1000, LONDON)
        clock = None if (moment.hour, moment.minute) == (0, 0) else f"{moment:%H:%M}"
        yield Found(0, len(text), moment.day, moment.month, moment.year, clock)
    if (compact := _COMPACT.fullmatch(whole)) is not None:
        day, month, year = int(compact["d"]), int(compact["m"]), int(compact["y"])
        if is_day(day, month, year):
            yield Found(0, len(text), day, month, year)
    for match in _ISO.finditer(text):
        if (found := _instant(match, int(match["m"]))) is not None:
            yield found
    for pattern in (_UNIX, _RFC_822):
        for match in pattern.finditer(text):
            month_named = month_number(match["month"])
            if month_named is not None and (found := _instant(match, month_named)) is not None:
                yield found


def _numeric_dates(text: str) -> Iterator[Found]:
    """Dates in figures, day first."""
    for match in _NUMERIC.finditer(text):
        year = int(match["y"] or match["y4"])
        year += 2000 if year < 100 else 0
        if is_day(int(match["d"]), int(match["m"]), year):
            yield Found(match.start(), match.end(), int(match["d"]), int(match["m"]), year)
    for match in _DAY_MONTH.finditer(text):
        day, month = int(match["d"]), int(match["m"])
        before = text[max(0, match.start() - 12) : match.start()]
        if match[0] == "24/7" or _NO_DAY.search(before) is not None:
            continue
        if is_day(day, month, None):
            yield Found(match.start(), match.end(), day, month, None)


def _named_dates(text: str, reference: date | None) -> Iterator[Found]:
    """Dates whose month is a word."""
    for match in (*_day_first(text), *_month_first(text)):
        month = month_number(match["month"])
        day = int(_NOT_A_DIGIT.sub("", match["first"]))
        year, end = _year_of(match, reference)
        if month is not None and is_day(day, month, year):
            yield Found(match.start(), end, day, month, year)


def _day_first(text: str) -> Iterator[re.Match[str]]:
    """Days before a month; "12 noon 15 March" is looked at again from "noon" on."""
    position = 0
    while (match := _DAY_FIRST.search(text, position)) is not None:
        if month_number(match["month"]) is None:
            position = match.start("month")
        else:
            position = match.end()
            yield match


def _month_first(text: str) -> Iterator[re.Match[str]]:
    """Months before a day."""
    for match in _MONTH_FIRST.finditer(text):
        if month_number(match["month"]) is not None and _is_month_first(match, text):
            yield match


def _is_month_first(match: re.Match[str], text: str) -> bool:
    """Not "12 March 20 posts", not "in March 24", not "may 2"."""
    before = text[max(0, match.start() - 14) : match.start()]
    return (
        (match["month"] != "may" or match["y"] is not None)
        and _ONLY_A_MONTH.search(before) is None
        and not before.rstrip(" stndrh")[-1:].isdigit()
    )


def _year_of(match: re.Match[str], reference: date | None) -> tuple[int | None, int]:
    """The year a match names, and where the match ends; two figures count near the reference."""
    if match["y"]:
        return int(match["y"]), match.end()
    if match["y2"]:
        year = 2000 + int(match["y2"])
        near = reference.year if reference else 2025
        if near - 3 <= year <= near + 5:
            return year, match.end()
        return None, match.start("y2")
    return None, match.end()


def all_dates(text: str, reference: date | None) -> list[Found]:
    """Every date of the text in its order; where two forms overlap, the stricter one stands."""
    taken: list[Found] = []
    if _DIGIT.search(text) is None:
        return taken
    named = _named_dates(text, reference) if _NAME.search(text) is not None else ()
    for reading in (_machine_dates(text), _numeric_dates(text), named):
        for found in reading:
            if all(found.end <= each.start or found.start >= each.end for each in taken):
                taken.append(found)
            if len(taken) >= 50:
                break
    return sorted(taken)


# --- clock times ----------------------------------------------------------------------------------

_PM = (
    r"p\.?\s?m\b|y\.?p\b|y\.?h\b|(?:y|yr|o[’']r|yn y)\s(?:prynhawn|hwyr|nos)\b"
    r"|(?:in the )?(?:afternoon|evening)\b"
)
_AM = r"a\.?\s?m\b|y\.?b\b|(?:y|o[’']r|yn y)\sbore\b|(?:in the )?morning\b"
_TWELVE = r"(?:(?<![\d.:])12(?:[:.]?00)?\s?(?:pm\s)?\(?|\b)"  # 12, 12.00, 1200, 12:00 (
CLOCK = re.compile(
    rf"(?P<midnight>(?:\b00[:.]00\s?\(?|{_TWELVE})(?:mid[- ]?night|hanner nos|canol nos)\b)"
    rf"|(?P<noon>{_TWELVE}(?:noon|mid[- ]?day|hanner dydd|canol dydd)\b)"
    rf"|(?<![\d£.:])(?P<h>\d{{1,2}})(?:(?:\s?[:.]\s?)?(?P<min>\d{{2}})(?::\d{{2}})?)?\s?"
    rf"(?:(?P<pm>{_PM})|(?P<am>{_AM}))"  # 5pm, 11.55 p.m.
    r"|(?<![\d£.:])(?P<H>\d{1,2}):(?P<M>\d{2})(?::\d{2})?(?![\d:])"  # 23:59
    r"|(?<![\d£.:])(?P<Hd>\d{2})\.(?P<Md>\d{2})(?=\s?(?:hrs|hours|on\b|\)|$))"  # 17.00 hrs
    r"|(?:\bat|\bby|@|before|until)\s(?P<Ha>\d{1,2})\.(?P<Ma>[0-5]\d)"  # at 16.00
    rf"(?![\d./]|\s?(?:{_PM}|{_AM}))"
    r"|(?<![\d£.:/])(?P<Hn>\d{1,2})\.(?P<Mn>[0-5]\d)(?![\d./%]|\s?(?:per|an|hours|p)\b)"  # 9.30
    r"|(?<![\d£.:])(?P<Hh>[012]\d)(?P<Mh>[0-5]\d)\s?(?:hrs|hours|h\b)"  # 1700 hrs
    r"|(?<![\d£.:])(?P<oc>\d{1,2})\s?o['’]?clock",
    re.I,
)


def clock_of(match: re.Match[str]) -> str | None:
    """ "HH:MM" of a clock time; None where it is none, or 12 am, which people write for either."""
    if match["midnight"]:
        return "23:59"
    if match["noon"]:
        return "12:00"
    if match["h"]:
        hour, minute = int(match["h"]), int(match["min"] or 0)
        if hour > 12 and match["pm"]:
            return f"{hour:02d}:{minute:02d}" if hour < 24 and minute < 60 else None
        if not 1 <= hour <= 12 or minute > 59 or (hour == 12 and match["am"]):
            return None
        return f"{hour % 12 + (12 if match['pm'] else 0):02d}:{minute:02d}"
    if match["oc"]:
        return None
    hour = int(match["H"] or match["Hd"] or match["Ha"] or match["Hn"] or match["Hh"])
    minute = int(match["M"] or match["Md"] or match["Ma"] or match["Mn"] or match["Mh"])
    return f"{hour:02d}:{minute:02d}" if hour < 24 and minute < 60 else None
