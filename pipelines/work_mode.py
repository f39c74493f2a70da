"""Where the work is done from: on site, hybrid, remote or mobile, if the text says so."""

from __future__ import annotations

import re

from pipelines.advert import Evidence, WorkMode

_READ = 5_000
"""Characters that are read; no advert's place is longer."""

_HYBRID = re.compile(
    r"\bhybrid(?!\w* (?:vehicles?|cars?|engines?)\b)|\bagile\b.{0,20}\bwork|\bsmarter working\b"
    r"|\bblended (?:work|role)|^(?:agile|blended) *(?:[-–—/,(]|$)|\bcyfuniad o weithio\b"
    r"|\bhome ?(?:/|&|and) ?(?:the )?office\b|\boffice ?(?:/|&|and) ?home\b"
    r"|\bdays? (?:a|per|each) week (?:in|at) (?:the |our |an )?office\b|\brest (?:at|from) home\b"
    r"|\boffice[- ]based\b.{0,30}\bhome\b",
    re.IGNORECASE,
)
_HOME = re.compile(
    r"\bremot(?:e|ely)\b(?! (?:centre|hub|village|school)\b)"
    r"|\bhome[ -]?(?:based|working|worker|work)\b"
    r"|\b(?:work|working|based) (?:mainly |primarily |permanently |wholly )?(?:from|at) home\b"
    r"|\btele(?:work|commut)|^home$|\bo gartref\b|^gartref$|\bwfh\b"
    r"|\bgweithio o bell\b",
    re.IGNORECASE,
)
_PARTLY = re.compile(
    r"\binitially\b|\bcurrently\b|\btemporar|\bcovid|\belement of\b|\bpartly\b|\bpart[- ]remote"
    r"|\bsome\b|\bmix\b|\bmixture\b|\bcombin|\boccas?s?ion|\boccations\b|\bsplit\b"
    r"|\bdays? (?:a|per|each) (?:week|month)|\boffices?\b|\bon[ -]?site\b|\bsites\b"
    r"|\b(?:and|plus) (?:across|in|at)\b|\bor (?:on|at|in)\b",
    re.IGNORECASE,
)
_OPTIONAL = re.compile(
    r"\b(?:fully|wholly|100 ?%|permanently|entirely) (?:remote|home)"
    r"|\bopt(?:ion|ional)\b.{0,30}\boffice|\boffice\b.{0,30}\boptional",
    re.IGNORECASE,
)
_ATTENDS = re.compile(
    r"\bflexible with\b.{0,30}\battendance\b|\battend\w*\b.{0,30}\b(?:office|base)\b", re.IGNORECASE
)
_MOBILE = re.compile(
    r"\bmobile\b|\bperipatetic\b|\bfield[- ]based\b|\bflexible across\b|\bclinics throughout\b"
    r"|\bwork(?:ing)? (?:across|between)\b.{0,30}\b(?:sites|locations|schools|areas?)\b"
    r"|\b(?:multi|cross)[- ]site\b|\btravel(?:ling)? between\b",
    re.IGNORECASE,
)
_NOT_MOBILE = re.compile(
    r"\bmobile (?:phone|unit|app|library|device)|\bfrom mobile\b", re.IGNORECASE
)
_DENIED = re.compile(
    r"\b(?:no|not|non|without|isn'?t|cannot|unable|unsuitable)\b.{0,40}\b(?:hybrid|remote|remotely"
    r"|home|agile)\b|\b(?:hybrid|remote|home)[ -]?\w{0,10} (?:is |are )?(?:not|unavailable)\b",
    re.IGNORECASE,
)
_ON_SITE = re.compile(
    r"\bon[- ]?site\b|\bonsite\b|\b(?:office|workplace|site|school|depot)[- ]based\b"
    r"|\bin[- ]person\b|\bfixed base\b|\bon location\b|^(?:office|workplace)$",
    re.IGNORECASE,
)
_CUE = re.compile(
    r"hybrid|agile|smarter|blended|cyfuniad|office|remot|home|tele|gartref|wfh|bell|attend|mobile"
    r"|peripatetic|field|flexible|clinics|work|multi|cross|travel|site|base|person|location"
)
"""In small letters: without one of these no expression above can match."""


def parse_work_mode(text: str | None) -> tuple[WorkMode | None, tuple[Evidence, ...]]:
    """Read where the work is done from; silence is None, and so is a denial alone.

    From home for part of the time, for the time being or with days in an office is hybrid; home
    with the office optional is remote; work across an area's sites is mobile.
    """
    read = (text or "")[:_READ]
    if not read or _CUE.search(read.casefold()) is None:
        return None, ()
    if denied := _DENIED.search(read):
        return _evident(WorkMode.ON_SITE if _ON_SITE.search(read) else None, denied)
    if (optional := _OPTIONAL.search(read)) and _HOME.search(read):
        return _evident(WorkMode.REMOTE, optional)
    if found := _HYBRID.search(read) or _ATTENDS.search(read):
        return _evident(WorkMode.HYBRID, found)
    if home := _HOME.search(read):
        return _evident(WorkMode.HYBRID if _PARTLY.search(read) else WorkMode.REMOTE, home)
    if (mobile := _MOBILE.search(read)) and not _NOT_MOBILE.search(read):
        return _evident(WorkMode.MOBILE, mobile)
    if site := _ON_SITE.search(read):
        return _evident(WorkMode.ON_SITE, site)
    return None, ()


def _evident(
    mode: WorkMode | None, found: re.Match[str]
) -> tuple[WorkMode | None, tuple[Evidence, ...]]:
    return mode, (
        Evidence(found[0], f"work_mode: {mode}" if mode else "left out: work mode denied"),
    )
