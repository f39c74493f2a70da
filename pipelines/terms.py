"""How a post is held and worked: contract, pattern, hours, length; and the stage that uses them.

Only what the words say: 37 hours alone are neither full time nor part time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pipelines.advert import Advert, ContractType, Evidence, Flag, WorkingPattern
from pipelines.term_hours import as_decimal, weekly_hours
from pipelines.term_length import fraction, last_day, months

_LONGEST_READ = 4000
"""Characters of a text that are looked at: terms stand in a line or a sentence."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What a text says of a post's terms."""

    contract_type: ContractType | None = None
    """None also where types that differ are offered side by side (flag `contract_mixed`)."""
    working_pattern: tuple[WorkingPattern, ...] = ()
    hours_per_week: float | None = None
    """The upper figure of a range."""
    hours_min: float | None = None
    """The lower figure of a range; None where one figure is stated."""
    term_months: float | None = None
    ends_on: str | None = None
    """ISO day; the last day of the month where only that is named."""
    fte: float | None = None
    evidence: tuple[Evidence, ...] = ()
    flags: tuple[Flag, ...] = ()

    def record(self) -> dict[str, Any]:
        """The fields that say something, under their public names."""
        return {
            "contract_type": None if self.contract_type is None else self.contract_type.value,
            "working_pattern": [pattern.value for pattern in self.working_pattern],
            "hours_per_week": self.hours_per_week,
            "hours_min": self.hours_min,
            "term_months": self.term_months,
            "ends_on": self.ends_on,
            "fte": self.fte,
        }


_HALF = re.compile(r"(?<=\d)\s?(?:½|(?<= )1/2(?!\d))")  # 18½, 18 1/2


def parse_terms(text: str) -> Terms:
    """Read the terms that a field, a title or a sentence of an advert states.

    Every expression of this module works on lower case: one that minds no letter case takes several
    times as long.
    """
    published = _plain(text)
    text = published.lower()
    evidence: list[Evidence] = []
    contract, mixed = _contract(text, evidence)
    upper, lower = weekly_hours(text, evidence)
    return Terms(
        contract_type=contract,
        working_pattern=_patterns(text, evidence),
        hours_per_week=upper,
        hours_min=lower,
        term_months=months(text, evidence),
        ends_on=last_day(text, evidence),
        fte=fraction(text, evidence),
        evidence=tuple(evidence),
        flags=(Flag("contract_mixed", published),) if mixed else (),
    )


def _plain(text: str) -> str:
    """The text as published, with single spaces and halves as decimals."""
    text = " ".join(text[:_LONGEST_READ].replace("_", " ").split())
    return _HALF.sub(".5", text) if "½" in text or "1/2" in text else text


# --- contract type --------------------------------------------------------------------------------

_CONTRACT_WORDS = {
    ContractType.PERMANENT: (
        r"permanent(?! way| residen| exclusion)|substantive|perm|parhaol|barhaol"
    ),
    ContractType.FIXED_TERM: r"fixed[- ]?(?:term|period|contract)s?|ftc|(?:tymor|cyfnod) penodol",
    ContractType.TEMPORARY: (
        r"temporar(?:y|ily)(?! accommodation| housing| traffic| event| works| structure)|temp"
        r"|seasonal|interim|locum|dros dro"
        r"|(?:maternity|mat|paternity|adoption|parental|sickness|absence)(?: leave)? cover"
        r"|cover(?:ing)? (?:for )?(?:a period of )?(?:maternity|paternity|adoption|sickness)"
        r"|(?:cyflenwi|gyflenwi|dros) (?:cyfnod |gyfnod )?mamolaeth"
    ),
    ContractType.CASUAL: (
        r"casual|achlysurol|sessional|as (?:and|&) when|per diem"
        r"|supply(?=$|/| staff| pool| teach| cover)"
        r"|(?<!stress )(?<!debt )(?<!rate )(?<!tax )(?<!pain )relief(?= |/|$|,)"
        r"|(?<!food )bank(?! holiday| account| detail| statement| reconcil| card)"
    ),
    ContractType.ZERO_HOURS: r"(?:zero|nil|0)[- ]?(?:hours?|hrs)",
    ContractType.APPRENTICESHIP: (
        r"apprentice(?:ship)?"
        r"(?! (?:manager|co-?ordinator|officer|levy|tutor|assessor|team|program))"
        r"|prentis(?:iaeth)?"
    ),
    ContractType.SECONDMENT: r"second(?:ment|ed|ee)(?: opportunity| opportunities)?|secondiad",
    ContractType.VOLUNTARY: (
        r"voluntary(?! sector| and community| aided| controlled| organisation| group)"
        r"|volunteer(?! co-?ordinator| manager| service| develop| centre| support)"
        r"|unpaid (?:role|position|post|placement)"
    ),
}
_CONTRACT = re.compile(
    r"(?<![\w.])(?:"
    + "|".join(f"(?P<{kind.value}>{words})" for kind, words in _CONTRACT_WORDS.items())
    + r")(?!\w)",
)
_NOT_THIS = re.compile(
    r"\b(?:not|no|non|cannot|unable|isn['’]t)\b[^.;|]{0,45}$"
    r"|\b(?:view|lead(?:ing)?|potential|possibility|option|chance|opportunity|may|could)\s"
    r"(?:to |of |for )?(?:it )?(?:be |become |becoming |being |made |go |going |a |to )*$"
    r"|\btemp(?:orary)?[- ]to[- ]$",
)
_LENGTH_CONTRACT = re.compile(  # 2 months contract, 3 month full time contract
    r"\b(?:(?!52)\d{1,2}|one|two|three|four|five|six|nine|twelve)[- ]?(?:month|week|year)s?['’]?\s"
    r"(?:[a-z-]{1,9}\s){0,3}contract\b",
)


def _contract(text: str, evidence: list[Evidence]) -> tuple[ContractType | None, bool]:
    """The contract type, and whether types that differ stand side by side."""
    found: dict[ContractType, str] = {}
    for match in _CONTRACT.finditer(text):
        if _NOT_THIS.search(text[max(0, match.start() - 60) : match.start()]) is None:
            found.setdefault(ContractType(match.lastgroup or ""), match[0])
    if not found and (length := _LENGTH_CONTRACT.search(text)) is not None:
        found[ContractType.FIXED_TERM] = length[0]
    kind = _reconciled(set(found)) if found else None
    if kind is not None:
        evidence.append(Evidence(found[kind], "contract_type"))
    return kind, kind is None and len(found) > 1


def _reconciled(kinds: set[ContractType]) -> ContractType | None:
    """The one type that several words of a text amount to; None where they offer a choice."""
    for ruling in (ContractType.APPRENTICESHIP, ContractType.ZERO_HOURS):
        if ruling in kinds:
            return ruling
    kinds = kinds - {ContractType.VOLUNTARY} or kinds
    if kinds <= {ContractType.FIXED_TERM, ContractType.TEMPORARY, ContractType.SECONDMENT}:
        order = (ContractType.FIXED_TERM, ContractType.TEMPORARY, ContractType.SECONDMENT)
        return next((kind for kind in order if kind in kinds), None)
    if kinds == {ContractType.CASUAL, ContractType.TEMPORARY}:
        return ContractType.CASUAL
    return next(iter(kinds)) if len(kinds) == 1 else None


# --- working pattern ------------------------------------------------------------------------------

_PATTERN_WORDS = {
    WorkingPattern.FULL_TIME: (
        r"(?<![\d%] of )full[- ]?time"
        r"(?![- ]?equivalent|/full[- ]year equiv| salary| education| student| pay| rate| is\b)"
        r"|llawn[- ]amser|(?<!\d\s)(?<!nhs )ft(?=$|\s?[,/|);-])"
        r"|full(?= ?(?:or|and|/|&|and/or) ?part[- ]?time)|f/t"
    ),
    WorkingPattern.PART_TIME: (
        r"part[- ]?time|rhan[- ]amser|p/t|(?<!\d\s)pt(?=$|\s?[,/|);-])"
        r"|part(?= ?(?:or|and|/|&|and/or) ?full[- ]?time)"
    ),
    WorkingPattern.TERM_TIME: (
        r"term[- ]?time|term only|tto|school terms?"
        r"|tymor (?:yr )?ysgol|(?:yn ystod y|amser|adeg) tymor"
        r"|(?:3[89]|4[0-4])(?:\.\d{1,2})?[ -]?(?:weeks?|wks?)(?! (?:contract|fixed|temporary))"
        r"|(?:weeks|wks) (?:per|a) year ?[-–:=] ?(?:3[89]|4[0-4])"
    ),
    WorkingPattern.JOB_SHARE: r"job[- ]?shar(?:e|es|ers?|ing)|rhannu swydd",
    WorkingPattern.FLEXIBLE: (
        r"flexib(?:le|ly|ility|ilities)"
        r"(?! approach| attitude| person| team| location| in | is (?:required|needed|essential))"
        r"|flexi(?:[- ]?(?:time|working|hours|leave))?|hyblyg"
    ),
    WorkingPattern.SHIFTS: r"shifts?|shift[- ]work(?:ing)?|rotas?|roster(?:ed|ing|s)?|shifftiau",
    WorkingPattern.ANNUALISED: r"annuali[sz]ed",
    WorkingPattern.COMPRESSED: (
        r"compressed|condensed|(?:9|nine)[- ]day fortnight"
        r"|(?<=full[- ]time )hours in(?= [^.]{0,30}day)"
    ),
}
_PATTERN = re.compile(
    r"(?<![\w.])(?:"
    + "|".join(f"(?P<{pattern.value}>{words})" for pattern, words in _PATTERN_WORDS.items())
    + r")(?!\w)"
)
_NOT_WORKED = re.compile(
    r"\b(?:not|no|non|cannot|unable|isn['’]t|outside)\b[^.;|,]{0,45}$"
    r"|\b(?:become|becoming|increas(?:e|ing) to|lead(?:ing)? to)\s(?:a |an )?$"
    r"|\b(?:you|must|need to|able to|willing to) (?:also )?be $",
)
_ALL_YEAR = re.compile(r"\ball[- ]year\b|\byear[- ]round\b|\b52(?:\.\d+)? ?(?:weeks|wks)\b")
_DURING = re.compile(r"\b(?:during|in) $")


def _patterns(text: str, evidence: list[Evidence]) -> tuple[WorkingPattern, ...]:
    """Every pattern the words name, save those that they deny or only hope for."""
    found: dict[str, str] = {}
    for match in _PATTERN.finditer(text):
        pattern = match.lastgroup or ""
        before = text[max(0, match.start() - 60) : match.start()]
        if pattern in found or _NOT_WORKED.search(before) is not None:
            continue
        aside = pattern == WorkingPattern.TERM_TIME and _DURING.search(before) is not None
        if not (aside and _ALL_YEAR.search(text) is not None):
            found[pattern] = match[0]
    if not found:
        return ()
    evidence.extend(Evidence(words, pattern) for pattern, words in found.items())
    return tuple(pattern for pattern in _PATTERN_WORDS if pattern.value in found)


# --- hours ----------------------------------------------------------------------------------------

_ONLY_NUMBERS = re.compile(r"\d{1,4}(?:\.\d{1,2})?(?:\s?(?:-|–|to)\s?\d{1,2}(?:\.\d{1,2})?)?")
_HOURS_MINUTES = re.compile(r"(\d{1,2}):([0-5]\d)")  # 37:30
_SENTENCE_END = re.compile(r"[\n!?.](?!(?<=\.)\d)")
_LONGEST_SENTENCE = 600
_ABOUT_TERMS = re.compile(  # alternatives that each begin with a letter are found fast
    r"contract(?: type)?\s?:|hours\s?:|working pattern\s?:|job type\s?:|basis\s?:"
    r"|this (?:is|post|role|position|vacancy|contract|appointment|job)\b"
    r"|the (?:is|post|role|position|vacancy|contract|appointment|job)\b"
    r"|hours per week\b|hours a week\b|fixed[- ]term\b"
    r"|on an? [a-z ,-]{3,40}\bbasis\b|offered an? [a-z ,-]{3,40}\bbasis\b"
)

_OFTEN_OF_OTHERS = (ContractType.CASUAL, ContractType.VOLUNTARY)
"""Types that a description more often tells of other people than of the post."""


class TermsStage:
    """Fills contract, pattern, hours and length: from their fields, else title, else prose."""

    def process_item(self, item: Advert) -> Advert:
        raw = item.raw
        fields = [each for each in (raw.contract, raw.pattern, _weekly(raw.hours)) if each]
        stated = _of_fields(" | ".join(fields)[:_LONGEST_READ])
        for doubt in stated.flags:
            item.flag(*doubt)
        mixed = any(doubt.name == "contract_mixed" for doubt in stated.flags)
        item.contract_type, item.term_months = stated.contract_type, stated.term_months
        item.working_pattern, item.hours_per_week = stated.working_pattern, stated.hours_per_week
        _add(item, item.title or "", contract=not mixed)
        sentences = _sentences(item.description_text or "")
        while not _all_known(item) and (sentence := next(sentences, None)) is not None:
            _add(item, sentence, contract=not mixed, besides=_OFTEN_OF_OTHERS)
        return item


@lru_cache(maxsize=4096)
def _of_fields(text: str) -> Terms:
    """The terms in an advert's fields, which say the same few things again and again."""
    return parse_terms(text)


def _all_known(item: Advert) -> bool:
    known = item.contract_type is not None and item.hours_per_week is not None
    return known and bool(item.working_pattern)


def _add(
    item: Advert, words: str, *, contract: bool, besides: tuple[ContractType, ...] = ()
) -> None:
    """Read from words what the advert leaves unsaid, and only that; a length has its contract.

    `contract`: whether they may give the type, if it is not one of `besides`.
    """
    text = _plain(words).lower()
    if item.term_months is None:
        kind, _ = _contract(text, [])
        if contract and item.contract_type is None and kind not in besides:
            item.contract_type, item.term_months = kind, months(text, [])
        elif kind is not None and kind is item.contract_type:
            item.term_months = months(text, [])
    if not item.working_pattern:
        item.working_pattern = _patterns(text, [])
    if item.hours_per_week is None:
        item.hours_per_week = weekly_hours(text, [])[0]


def _weekly(hours: str | None) -> str | None:
    """The hours field; a bare number in it is hours a week."""
    text = (hours or "").strip()
    if (clock := _HOURS_MINUTES.fullmatch(text)) is not None:
        text = as_decimal(clock)
    return f"{text} hours per week" if _ONLY_NUMBERS.fullmatch(text) else text or None


def _sentences(description: str) -> Iterator[str]:
    """Sentences and lines of a description that speak of the post's terms."""
    text, end = description[:20_000].lower(), 0
    for cue in _ABOUT_TERMS.finditer(text):
        if cue.start() < end:
            continue
        start = end
        for stop in _SENTENCE_END.finditer(text, end, cue.start()):
            start = stop.end()
        last = _SENTENCE_END.search(text, cue.start())
        end = len(text) if last is None else last.end()
        yield text[start:end][:_LONGEST_SENTENCE]
