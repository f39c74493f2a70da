"""When: the date and clock time that a text names, in Europe/London, and the stage that uses them.

Precision before recall: a month without a day, a day that could be two, "TBC" stay unread.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Any

from pipelines.advert import Advert, Evidence, Flag
from pipelines.date_forms import (
    AND,
    CLOCK,
    LONDON,
    WEEKDAY,
    Found,
    all_dates,
    clock_of,
    is_day,
    month_number,
)

_LONGEST_READ = 2000
"""Characters of a text that are looked at: a date stands in a phrase, not in an essay."""


@dataclass(frozen=True, slots=True)
class When:
    """A day, perhaps with a clock time, as a text names it. Both are local to Europe/London."""

    date: str | None = None
    """ISO 8601 day."""
    time: str | None = None
    """"HH:MM"; None when no time is stated."""
    open_ended: bool = False
    """The text says that the advert has no fixed end."""
    evidence: tuple[Evidence, ...] = ()
    flags: tuple[Flag, ...] = ()

    def record(self) -> dict[str, Any]:
        """The fields that say something, under their public names."""
        return {"date": self.date, "time": self.time, "open_ended": self.open_ended}


# --- clock times ----------------------------------------------------------------------------------

_NEAR = 60
"""Characters between a date and the clock time that belongs to it, at most."""
_BESIDE = 3
"""The same for figures that only their place makes a clock time: "17.03.24 9.30"."""


_MAY_TELL_A_TIME = re.compile(r"\d|noon|mid|nos|dydd", re.I)
"""What every clock time has one of; most dates have nothing like it beside them."""


def _clock_near(text: str, chosen: Found, others: list[Found]) -> tuple[str, str] | None:
    """The clock time nearest to a date, and its words; never one beyond another date."""
    beside = (
        _MAY_TELL_A_TIME.search(text, 0, chosen.start),
        _MAY_TELL_A_TIME.search(text, chosen.end),
    )
    if beside == (None, None):
        return None
    best: tuple[int, str, str] | None = None
    for match in CLOCK.finditer(text):
        if any(each.start < match.end() and match.start() < each.end for each in others):
            continue
        gap = max(chosen.start - match.end(), match.start() - chosen.end)
        low, high = min(chosen.end, match.end()), max(chosen.start, match.start())
        parted = any(low <= each.start < high for each in others if each != chosen)
        clock = clock_of(match)
        if gap > (_BESIDE if match["Hn"] else _NEAR) or parted or clock is None:
            continue
        if any(each["closing"] is None for each in _LABEL.finditer(text, low, high)):
            continue
        if best is None or gap < best[0]:
            best = (gap, clock, match[0])
    return None if best is None else (best[1], best[2])


# --- what is said without a date ------------------------------------------------------------------

_OPEN_ENDED = re.compile(
    r"\brolling\b|\bongoing\b|\bopen[- ]ended\b|\bcontinuous(?:ly)?\b"
    r"|\buntil (?:the )?(?:post|position|vacancy|vacancies|role)?s?\s?"
    r"(?:is|are|has been|have been)?\s?(?:filled|recruited)"
    r"|\buntil (?:further notice|we (?:have )?(?:appointed|recruited|filled|found)"
    r"|(?:an? |the )?(?:suitable|right|successful) (?:candidate|applicant|person))"
    r"|\b(?:accepted|open|recruit(?:ing)?) all (?:year|year[- ]round)\b"
    r"|\bno (?:fixed |set |specific )?(?:expiry|closing|end|close)(?: date)?\b|\bno deadline\b"
    r"|\bclos(?:e|es|ed|ing)\b[^.]{0,30}?\b(?:once|when|as soon as|upon|after|on receipt of)\b"
    r"[^.]{0,80}?\b(?:sufficient|enough|suitable|adequate|number|volume|candidate|filled|appointed)"
    r"|\bparhaus\b|\bdim dyddiad cau\b",
    re.I,
)
_NOT_OPEN_ENDED = re.compile(
    r"(?<!apply )(?<!applying )\bearl(?:y|ier)\b(?! appl)|\bright to\b|\bbefore the\b|\bprior to\b",
    re.I,
)
_COUNTS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5} | {
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
}
_RELATIVE = re.compile(
    r"\b(?P<today>today|just posted|just now|heddiw)\b|\b(?P<tomorrow>tomorrow|yfory)\b"
    r"|\b(?P<yesterday>yesterday|ddoe)\b"
    r"|\b(?P<n>\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten)\s"
    r"(?P<unit>minute|hour|day|week)s?\s(?P<way>ago|left|remaining)\b"
    r"|\bin\s(?P<nf>\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten)\s"
    r"(?P<uf>day|week)s?\b(?!\s(?:of|from|after))",
    re.I,
)
_DAYS = {"minute": 0.0, "hour": 0.0, "day": 1.0, "week": 7.0}


def _relative(text: str, reference: date) -> Found | None:
    """A day told from the reference: "3 days ago", "tomorrow at noon"."""
    match = _RELATIVE.search(text)
    if match is None:
        return None
    if match["n"] or match["nf"]:
        word = (match["n"] or match["nf"]).lower()
        count = _COUNTS.get(word) or int(word)
        days = count * _DAYS[(match["unit"] or match["uf"]).lower()]
        days = -days if (match["way"] or "").lower() == "ago" else days
    else:
        days = 1.0 if match["tomorrow"] else -1.0 if match["yesterday"] else 0.0
    day = reference + timedelta(days=days)
    return Found(match.start(), match.end(), day.day, day.month, day.year)


# --- one reading ----------------------------------------------------------------------------------

_LABEL = re.compile(
    r"(?P<closing>\bclos(?:e|es|ing|ure)\b|\bdeadline\b|\bapply (?:by|before)\b|\bexpir(?:y|es)\b"
    r"|\bend date\b|\bdyddiad cau\b|\bcau\b)"
    r"|\b(?:interviews?|sift(?:ing)?|shortlist(?:ing)?|posted|published|start(?:ing|s)?|cyfweliad\w{0,3})\b",
    re.I,
)
_NOW = re.compile(  # extended to Friday, now closes 12 noon on
    r"\b(?:(?:extended|re-?opened|changed|moved)\s(?:to|until|till)|new (?:closing date|deadline)"
    r"|now(?:\s(?:closes|closing|on|is))?)\b[:\s]{0,2}(?:is |on |at |by )?(?:12 )?"
    r"(?:noon|midday|midnight|\d{1,2}(?:[.:]\d\d)?\s?[ap]m)?(?: on)?"
    rf"[,\s]{{0,2}}{WEEKDAY}(?:the )?$",
    re.I,
)
_WEEKDAY_NAMES = (
    "mon monday llun|tue tues tuesday mawrth|wed weds wednesday mercher|thu thur thurs thursday iau"
    "|fri friday gwener|sat saturday sadwrn|sun sunday sul"
)
_WEEKDAY_NUMBER = {
    name: number for number, names in enumerate(_WEEKDAY_NAMES.split("|")) for name in names.split()
}
_WEEKDAY_BEFORE = re.compile(  # Friday 5 June, Dydd Gwener, 5ed
    r"(?:\b(?P<en>(?:mon|tues?|wed(?:s|nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?)"
    r"|\bd?dydd\s(?P<cy>\w{3,7}))[.,)]{0,2}\s?(?:the\s)?\(?$",
    re.I,
)


def parse_when(text: str, reference: str | None = None) -> When:
    """The date that a text names, day first, and its clock time; nothing that it does not say.

    `reference` (an ISO day) gives a date without a year its year, the next such day, and "3 days
    ago" its meaning; without it such a date stays unread. Of several dates the first counts, a
    closing date before any other.
    """
    text = " ".join(text[:_LONGEST_READ].split())
    since = _day(reference)
    dates = all_dates(text, since)
    if not dates and since is not None and (told := _relative(text, since)) is not None:
        dates = [told]
    if not dates:
        dates = _general(text, since)
    if not dates:
        said = _OPEN_ENDED.search(text)
        if said is None or _NOT_OPEN_ENDED.search(text) is not None:
            return When()
        return When(open_ended=True, evidence=(Evidence(said[0], "open_ended"),))
    return _reading(text, _chosen(text, dates), dates, since)


def _chosen(text: str, dates: list[Found]) -> Found:
    """The date a closing was put off to, else the first behind a word for closing, or of all."""
    if len(dates) == 1:
        return dates[0]
    for found in dates[1:]:
        if _NOW.search(text[max(0, found.start - 60) : found.start]) is not None:
            return found
    labels = list(_LABEL.finditer(text))
    for found in dates:
        before = [each for each in labels if each.start() < found.start]
        if before and before[-1]["closing"]:
            return found
    return dates[0]


def _reading(text: str, chosen: Found, dates: list[Found], since: date | None) -> When:
    """The chosen date with its year and clock time, and what they were read from."""
    flags: list[Flag] = []
    words = text[chosen.start : chosen.end]
    year = chosen.year or _year_of_range(text, chosen, dates)
    if year is None:
        year = _next_year(chosen, since)
        flags.append(Flag("year_inferred" if year else "year_missing", words))
    if year is None:
        return When(flags=tuple(flags))
    if chosen.doubt is not None:
        flags.append(Flag(chosen.doubt, words))
    evidence = [Evidence(words, "date")]
    clock = chosen.clock
    if clock is None and (near := _clock_near(text, chosen, dates)) is not None:
        clock = near[0]
        evidence.append(Evidence(near[1], "time"))
        if clock == "00:00":
            flags.append(Flag("closing_time_ambiguous", near[1]))
    day = date(year, chosen.month, chosen.day)
    named = _WEEKDAY_BEFORE.search(text[max(0, chosen.start - 24) : chosen.start])
    if named is not None:
        number = _WEEKDAY_NUMBER.get((named["en"] or named["cy"]).lower())
        if number is not None and number != day.weekday():
            flags.append(Flag("closing_weekday_wrong", f"{named[0]}{words}"))
    return When(day.isoformat(), clock, False, tuple(evidence), tuple(flags))


def _year_of_range(text: str, chosen: Found, dates: list[Found]) -> int | None:
    """The year that the other end of a range prints ("8 Chwefror – 3 Mawrth 2025")."""
    later = next((each for each in dates if each.start >= chosen.end), None)
    if later is None or later.year is None:
        return None
    between = text[chosen.end : later.start]
    if re.fullmatch(rf"{AND}(?:the\s)?{WEEKDAY}|\s?", between, re.I) is None:
        return None
    backwards = (chosen.month, chosen.day) > (later.month, later.day)
    year = later.year - 1 if backwards else later.year
    return year if is_day(chosen.day, chosen.month, year) else None


def _next_year(found: Found, since: date | None) -> int | None:
    """The year of the next such day on or after the reference."""
    if since is None:
        return None
    for year in range(since.year, since.year + 9):
        if is_day(found.day, found.month, year) and date(year, found.month, found.day) >= since:
            return year
    return None


def _day(reference: str | None) -> date | None:
    """The day of an ISO date or instant; None for anything else."""
    try:
        return date.fromisoformat((reference or "")[:10])
    except ValueError:
        return None


_VAGUE = re.compile(r"\b(?:week|within|early|mid|late|end|start|month|days?|hours?)\b|%|£", re.I)
_GENERAL_LONGEST = 60
_A_DAY = re.compile(r"(?<!\d)\d{1,2}(?!\d)")
_A_WORD = re.compile(r"[^\W\d_]{3,12}")


def _general(text: str, since: date | None) -> list[Found]:
    """What a general date parser makes of a short text that no form above fits.

    It must find a day and a month in words it knows; it is slow, so long texts never get here.
    """
    short = text.strip(" .:-")
    if not 6 <= len(short) <= _GENERAL_LONGEST or _VAGUE.search(short) is not None:
        return []
    if _A_DAY.search(short) is None or not any(map(month_number, _A_WORD.findall(short))):
        return []
    from dateparser import parse  # loading it takes half a second, and few texts need it

    base = datetime.combine(since, time()) if since else datetime(2025, 1, 1)
    moment = parse(
        short,
        languages=["en", "cy"],
        settings={
            "DATE_ORDER": "DMY",
            "REQUIRE_PARTS": ["day", "month", "year"],
            "RELATIVE_BASE": base,
            "PARSERS": ["absolute-time"],
            "NORMALIZE": True,
        },
    )
    if moment is None or not is_day(moment.day, moment.month, moment.year):
        return []
    return [Found(0, len(text), moment.day, moment.month, moment.year)]


def closing_instant(when: When) -> str | None:
    """The UTC instant after which it is too late; a day alone ends at 23:59:59 in London."""
    return None if when.date is None else _instant(when.date, when.time)


@lru_cache(maxsize=4096)
def _instant(day: str, clock: str | None) -> str:
    """The UTC instant of a day and clock time in London; many adverts close together."""
    at = time.fromisoformat(clock) if clock else time(23, 59, 59)
    moment = datetime.combine(date.fromisoformat(day), at, LONDON)
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


# --- the stage ------------------------------------------------------------------------------------

_CLOSING_LINE = re.compile(
    r"(?:closing date|closes (?:on|at)|apply by|application deadline|deadline for applications"
    r"|applications close|dyddiad cau)\b[^\n]{0,90}"
)
_LONGEST_PROSE = 40_000
_TOO_FAR = timedelta(days=330)
"""A closing day without a year this far ahead, posting day unknown, is more likely past."""


_WHOLE_DATE = re.compile(  # 2026-03-17, 17/03/2026 23:59, Midnight, Tuesday 17 March 2026
    r"(?:(?:[Mm]idnight|(?:12 )?[Nn]oon),? (?:on )?)?"
    r"(?:20\d\d-\d\d-\d\d|\d\d/\d\d/20\d\d|(?:[A-Z][a-z]{5,8},? )?\d{1,2} [A-Z][a-z]{2,8} 20\d\d)"
    r"(?:,?[T ](?:at )?(?:\d\d:\d\d|[Mm]idnight|(?:12 )?[Nn]oon))?"
)


def _of_field(text: str, reference: str | None) -> When:
    """The reading of a field's text; a date with its year says the same whatever the reference."""
    return _kept(text, None if _WHOLE_DATE.fullmatch(text) else reference)


_kept = lru_cache(maxsize=4096)(parse_when)
"""Adverts that are published together share their days."""


class DatesStage:
    """Fills posted_on, closes_at, open_ended and interview_on, and says what it could not read."""

    def process_item(self, item: Advert) -> Advert:
        raw = item.raw
        fetched = _day(raw.fetched_at)
        item.posted_on = self._posted(item, fetched)
        reference = item.posted_on or (fetched.isoformat() if fetched else None)
        if raw.closes and raw.closes.strip():
            closing = _of_field(raw.closes[:_LONGEST_READ], reference)
            if closing.date is None and not closing.open_ended:
                item.flag("closing_unread", raw.closes)
        else:
            closing = _closing_in((item.description_text or "")[:_LONGEST_PROSE], reference)
        self._close(item, closing, fetched)
        if raw.interview:
            item.interview_on = _of_field(raw.interview[:_LONGEST_READ], reference).date
        return item

    def _posted(self, item: Advert, fetched: date | None) -> str | None:
        """The posting day; without a year in the text it lies before the day of reading."""
        text = item.raw.posted
        if not text or not text.strip():
            return None
        posted = _of_field(text[:_LONGEST_READ], fetched.isoformat() if fetched else None)
        if posted.date is None:
            item.flag("posted_unread", text)
            return None
        day = date.fromisoformat(posted.date)
        inferred = any(each.name == "year_inferred" for each in posted.flags)
        if inferred and fetched and day > fetched and is_day(day.day, day.month, day.year - 1):
            day = day.replace(year=day.year - 1)
        return day.isoformat()

    def _close(self, item: Advert, closing: When, fetched: date | None) -> None:
        item.open_ended = closing.open_ended
        if closing.date is None:
            return
        day = date.fromisoformat(closing.date)
        for doubt in closing.flags:
            if doubt.name == "year_inferred" and item.posted_on is None:
                if fetched is None or day - fetched > _TOO_FAR:
                    item.flag("closing_unread", doubt.detail)
                    return
            elif doubt.name.startswith("closing_"):
                item.flag(*doubt)
        item.closes_at = closing_instant(closing)
        if item.posted_on is not None and closing.date < item.posted_on:
            item.flag("closing_before_posting", f"{closing.date} < {item.posted_on}")


def _closing_in(description: str, reference: str | None) -> When:
    """The closing date that a description states behind clear words; else an empty When."""
    for line in _CLOSING_LINE.finditer(description.lower()):
        said = parse_when(line[0], reference)
        if said.date is not None:
            return said
    return When()
