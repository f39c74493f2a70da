"""Hours a week, as adverts say them: figures and ranges, told from clock times and postcodes."""

from __future__ import annotations

import re

from pipelines.advert import Evidence

_NUMBER = r"(?<![a-wyz\d.,:£])\d{1,2}(?:\.\d{1,2})?(?![\d:])"
_LISTED = rf"(?:{_NUMBER},\s?){{1,3}}{_NUMBER},?\s(?:or|and|&)\s{_NUMBER}"  # 16, 24 or 30
_JOINT = r"\s?(?:hours?|hrs?)?\s?(?:-|–|—|/|&|\bto\b|\bor\b|\band\b)\s?"  # 37 hours or 30
_JOINED = rf"(?:{_LISTED}|{_NUMBER}(?:{_JOINT}{_NUMBER}){{0,3}})"
_HOUR = r"\s?-?\s?(?:hours?(?!ly)|hrs?(?!ly)|awr|h(?![a-z\d])|h(?=\s?pw))"
_MINUTES = r"(?:\s?(?:and\s)?(?P<minutes>[1-5]\d)\s?(?:minutes|mins?|m)\b)?"
_A_WEEK = (
    r"(?:\s?per\s?(?:week|wk)|\s(?:a|each) (?:week|wk)|\s?[/p]\s?\.?/?(?:week|wk|w\b)"
    r"|\s?yr wythnos|\s?weekly)"
)
_WEEKLY = re.compile(rf"(?P<n>{_JOINED}){_HOUR}{_MINUTES}{_A_WEEK}")  # 37 hours a week
_LABELLED = re.compile(  # Hours: 37, Hours per week: 22.2
    rf"(?<!\d )(?<!\d)\b(?:hours|oriau)(?: of work| worked| required)?(?:\s?\(?{_A_WEEK}\)?)?"
    rf"\s?(?:[:=]|\bof\b|\bare\b|-)?\s?(?:(?:full|part)[- ]?time\s?[-–,(:]?\s?)?(?P<n>{_JOINED})"
    rf"(?!\s?[ap]\.?m|\s?min)(?:{_HOUR}{_MINUTES})?",
)
_PER_WEEK = re.compile(rf"(?P<n>{_JOINED}){_A_WEEK}")  # 37 per week
_BARE = re.compile(rf"(?P<n>{_JOINED}){_HOUR}{_MINUTES}")  # 22.5 Hours
_NOT_WEEKLY = re.compile(
    r"\s?(?:per|a|each|/|p)?\s?"
    r"(?:day|daily|night|shift|fortnight|month|year|annum|session|24/7|notice)"
    r"|\s?(?:rotas?\b|service|cover|care|support|notice|shifts?|per 24|of (?:ppa|training|cpd)"
    r"|annually)"
    r"|\s?(?:over|across) (?:a|the|2|two|4|four) (?:fortnight|weeks)",
)
_CLOCK_TIMES = re.compile(
    r"\b\d{1,2}(?:[.:]\d{2})?\s?(?:am|pm)\b|\b\d{1,2}:\d{2}\b|\b\d{4}\s?(?:-|–|to)\s?\d{4}\b"
    r"|\b\d{1,2}\.\d{2}\s?(?:hrs?)?\s?(?:-|–|to)\s?\d{1,2}\.\d{2}\s?(?:hrs?\b)?"
    r"(?!\s?hours|\d|\s?p)",
)
_NOT_A_LOWER = re.compile(
    r"(?:grade|band|posts?|scale|level|scp|points?|range|so|po|spine|salary)\s?[a-z]?$"
)
_NOT_THE_POSTS = re.compile(  # full time equivalent 37 hours, full time is 37 hours, per 24 hours
    r"(?<![\d.])(?<![\d.]\s)\b(?:full[- ]time equivalent(?: hours| week)?\s?[:=(]?"
    r"|(?:fte|wte)(?: hours?| week|\s?[:=]| is| of)"
    r"|(?:full[- ]time|standard)(?: hours| week| working week)? (?:is|are|being))\s?$"
    r"|\b(?:per|every)\s$"
)
_POSTCODE = re.compile(r"\b[a-z]{1,2}\d[a-z\d]?\s?\d[abd-hjlnp-uw-z]{2}\b")  # B16 9HR
_CLOCKED = re.compile(  # 37:30 hours per week
    r"(?<![\d:.-])(\d{1,2}):([0-5]\d)(?=\s?(?:hours?|hrs?)\s?(?:per|a|/|p)\s?\.?w)"
)
_AT_LEAST = re.compile(r"\b(?:min(?:imum)?\.?|at least|not less than)(?: of)?\s?$")
_FIGURE = re.compile(r"\d+(?:\.\d+)?")
_DIGIT = re.compile(r"\d")
_MOST_HOURS = 60.0


def weekly_hours(text: str, evidence: list[Evidence]) -> tuple[float | None, float | None]:
    """Hours a week: the upper figure, and the lower where there are two."""
    if _DIGIT.search(text) is None:
        return None, None
    text = _CLOCK_TIMES.sub(" ", _CLOCKED.sub(as_decimal, _POSTCODE.sub(" ", text)))
    for pattern in (_WEEKLY, _LABELLED, _PER_WEEK, _BARE):
        uppers, lowers = _figures(text, pattern, evidence)
        if uppers:
            low = min(uppers + lowers)
            return max(uppers), low if low < max(uppers) else None
        if lowers:
            return None, min(lowers)
    return None, None


def as_decimal(clocked: re.Match[str]) -> str:
    """Hours and minutes as hours: 37:30 is 37.50."""
    return f"{int(clocked[1]) + int(clocked[2]) / 60:.2f}"


def _figures(
    text: str, pattern: re.Pattern[str], evidence: list[Evidence]
) -> tuple[list[float], list[float]]:
    """The weekly figures in one way of writing them, and those said to be a minimum."""
    uppers: list[float] = []
    lowers: list[float] = []
    for match in pattern.finditer(text):
        before = text[max(0, match.start() - 40) : match.start()]
        if _NOT_WEEKLY.match(text, match.end(), match.end() + 30) is not None:
            continue
        if _NOT_THE_POSTS.search(before) is not None:
            continue
        figures = _numbers(match, before)
        if not figures:
            continue
        evidence.append(Evidence(match[0].strip(), "hours_per_week"))
        (lowers if _AT_LEAST.search(before) else uppers).extend(figures)
    return uppers, lowers


def _numbers(match: re.Match[str], before: str) -> list[float]:
    """The hours of a match; a grade or post number in front of them is none."""
    figures = [float(each) for each in _FIGURE.findall(match["n"])]
    if len(figures) > 1 and (_NOT_A_LOWER.search(before) or figures[0] < 4):
        figures = figures[1:]
    if minutes := match.groupdict().get("minutes"):
        figures[-1] = round(figures[-1] + int(minutes) / 60, 2)
    return [each for each in figures if 1 <= each <= _MOST_HOURS]


# --- the stage ------------------------------------------------------------------------------------
