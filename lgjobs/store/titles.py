"""Titles as `likeness` compares them: the words that tell one vacancy from another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

_LONGEST_TITLE: Final = 300
"""Characters of a title, or of a place, that are read."""

_ABBREVIATIONS: Final = {
    "snr": "senior", "sr": "senior", "jnr": "junior", "jr": "junior", "asst": "assistant",
    "assist": "assistant", "mgr": "manager", "mngr": "manager", "off": "officer", "ofcr": "officer",
    "dep": "deputy", "dir": "director", "hd": "head", "coord": "coordinator", "sw": "social worker",
    "ta": "teaching assistant", "hlta": "higher level teaching assistant", "snco": "senco",
    "ot": "occupational therapist", "eho": "environmental health officer", "ey": "early year",
    "amhp": "approved mental health professional", "hr": "human resource", "svc": "service",
    "svcs": "service", "serv": "service", "mgmt": "management", "mgt": "management",
    "dev": "development", "maint": "maintenance", "env": "environmental", "hsg": "housing",
    "ops": "operation", "supvr": "supervisor", "princ": "principal", "prin": "principal",
    "pract": "practitioner", "exec": "executive", "tech": "technical", "eng": "engineer",
    "comms": "communication", "info": "information", "gov": "governance", "bus": "business",
    "supt": "support", "educ": "education", "fin": "finance", "acct": "accountant",
    "cust": "customer", "transp": "transport", "proj": "project", "yp": "young people",
    "cyp": "children young people",
    "reg": "registered", "admin": "administrator", "administrative": "administrator",
    "administration": "administrator",
}  # fmt: skip
EMPTY: Final = frozenset(
    """a an and the of for to in at with or on by our x post role position vacancy vacancie job
    opportunity new exciting urgent immediate start required wanted needed re advertised
    readvertised advert council borough city county district metropolitan local authority
    hour hr week pw per fte full part time permanent temporary temp fixed term contract ftc
    maternity cover month basis salary pa annum pro rata hybrid remote working agile flexible
    level band grade scale plus ref reference no number various location""".split()  # noqa: SIM905 - read as prose
)
"""Words that tell no vacancy from another by standing in one title and not in the other."""
RANKS: Final = frozenset(
    """senior junior deputy assistant associate principal lead chief head trainee apprentice
    apprenticeship graduate advanced higher experienced qualified unqualified newly leader
    supervisor i ii iii iv v night weekend evening relief casual supply bank mobile
    north south east west central northern southern eastern western""".split()  # noqa: SIM905
)
"""Words that make another post of it; bare numbers do too."""

_CODE: Final = re.compile(
    r"\b(?:ref(?:erence)?|job|vacancy|post|req)\.? ?(?:no|number|id)?[.:#]? ?[\w/-]{0,20}\d{2,12}\b"
    r"|\b[a-z]{1,8}[/-][a-z]{0,8}[/-]?\d{2,12}\b"
    r"|\b[a-z]{1,5}\d{3,12}\b|\b\d{4,12}\b"
)
"""As "ref: LCC/CF/4471", "hbc-1044", "fif04512", "299500"."""
_NAMED: Final = re.compile(
    r"^\W*(?:ref(?:erence)?|job|vacancy|post|req)\b\W*(?:(?:no|number|id)\b)?"
)
"""As "Job ref:", "Vacancy no."."""
_AMOUNT: Final = re.compile(
    r"£[\d,.]{1,12}|\b\d{1,3}(?:\.\d{1,2})? ?(?:hours?|hrs?|months?|weeks?|days?|fte|%)(?!\w)"
    r"|\bx ?\d{1,2}\b"
)
"""As "£35.50", "22.5 hrs", "12 months", "x 3"."""
WORD: Final = re.compile(r"[^\W_]+")
_PART_TIME: Final = re.compile(r"\bpart[ -]?time\b|\bp/t\b")
_FULL_TIME: Final = re.compile(r"\bfull[ -]?time\b|\bf/t\b")


@dataclass(frozen=True, slots=True)
class Title:
    """A title without what tells nothing: its words, written out, and the rest of its facts."""

    words: frozenset[str]
    codes: frozenset[str]
    """References that it names, letters and digits only."""
    patterns: frozenset[str]
    """full_time, part_time: as far as it says."""


@lru_cache(maxsize=50_000)
def read_title(title: str) -> Title:
    """The words of a title that tell vacancies apart."""
    text = (
        title[:_LONGEST_TITLE]
        .casefold()
        .replace("co-ord", "coord")
        .replace("'", "")
        .replace("’", "")
    )
    codes = frozenset(filter(None, map(bare_code, _CODE.findall(text))))
    patterns = [
        name
        for name, form in (("part_time", _PART_TIME), ("full_time", _FULL_TIME))
        if form.search(text)
    ]
    return Title(
        frozenset(_words(_CODE.sub(" ", _AMOUNT.sub(" ", text)))) - EMPTY,
        codes,
        frozenset(patterns),
    )


def _words(text: str) -> Iterator[str]:
    for word in WORD.findall(text):
        for whole in _ABBREVIATIONS.get(word, word).split():
            plural = len(whole) > 3 and whole.endswith("s") and not whole.endswith("ss")
            yield whole[:-1] if plural else whole


@lru_cache(maxsize=50_000)
def bare_code(reference: str | None) -> str:
    """A reference without its punctuation and the word for it; empty if it has no digit."""
    if not reference:
        return ""
    text = _NAMED.sub("", reference[:_LONGEST_TITLE].casefold())
    code = "".join(WORD.findall(text))
    return code if len(code) > 2 and not code.isalpha() else ""


@lru_cache(maxsize=20_000)
def words_of(text: str) -> frozenset[str]:
    return frozenset(_words(text[:_LONGEST_TITLE].casefold().replace("'", "").replace("’", "")))
