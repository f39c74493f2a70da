"""Who employs and who recruits: councils by any of their names, agencies by theirs."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz import fuzz, process

from pipelines.advert import Advert, Flag
from pipelines.areas import Area, area, area_on, areas, bare, fold, spelt_out
from pipelines.reference import table

_LONGEST = 300
"""Characters of a name that are read; no employer has a longer one."""
_ALIKE = 95
"""Similarity, of 100, from which a misspelt name is taken for a council's."""

_CIVIC = re.compile(
    r"\b(?:council|cyngor|comhairle|borough of|corporation|combined authority|national park"
    r"|mbc|mdc|cbc|bc|dc|cc)\b"
)
_SCHOOL = re.compile(
    r"\b(?:school|academy|academies|college|university|trust|nursery|nhs|ysgol|coleg|infants?"
    r"|primary|hospital|surgery|museum|ltd|limited|plc|llp|cic|company|pension|church|charity"
    r"|association|housing|homes|police|fire|constabulary)\b"
)
_DEPARTMENT = re.compile(
    r"\b(?:services?|directorate|department|social care|division|team|resources|housing"
    r"|highways|planning|environment|finance|education|schools)\b"
)
_NOBODY = r"(?:council|authority|client|employer|organisation|borough)"
_UNNAMED = re.compile(
    r"^(?:an?|our|one of|this|the|large|leading|major|confidential|several|various|local|award)"
    rf"\b.{{0,120}}\b{_NOBODY}s?\b"
    r"|^(?:(?:county|borough|city|district|town|parish|unitary|metropolitan|local|london|rural"
    r"|public|sector|nhs|north|south|east|west|midlands|government) )*"
    rf"{_NOBODY}(?: (?:in|within|across|based) .{{0,80}})?$"
    r"|^(?:confidential|client|undisclosed|not disclosed)\b"
)
"""As "an award-winning council in the North West", "District council in Essex"."""
_COMPANY_FORM = re.compile(r" (?:ltd|limited|plc|llp|uk)$")
_SEPARATORS = re.compile(
    r"(?:^|\s+|(?<=\())(?:(?:acting |recruiting |working )?(?:on behalf of|for)|via|through|c/o"
    r"|in partnership with|at)\s+"
    r"|\s+[-–—|]\s+|[,;:/()|]",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class EmployerMatch:
    """Who a name means. `council` is a GSS code; `recruiter` the agency named, if one is."""

    employer: str | None = None
    council: str | None = None
    recruiter: str | None = None
    flags: tuple[Flag, ...] = ()


@lru_cache(maxsize=4096)
def match_employer(name: str | None, on: str | None = None) -> EmployerMatch:
    """Read an employer's name as published; `on` is the ISO date of posting.

    A council is recognised by its whole name in any of its forms, never by a town inside the name
    of a school, trust or firm: such an employer keeps its own name and has no council, unless the
    name says one ("Elm School, Exampleshire Council"). An agency is the recruiter and no employer.
    """
    written = " ".join((name or "")[:_LONGEST].split())
    key = _key(written)
    if not key:
        return EmployerMatch()
    if agency := _agency(key):
        return EmployerMatch(recruiter=agency)
    if whole := _council(key, on):
        return _named(written, *whole)
    if parted := _in_parts(written, on):
        return parted
    if _UNNAMED.match(fold(written)):
        return EmployerMatch(flags=(Flag("employer_unnamed", written),))
    return EmployerMatch(employer=written)


def _key(written: str) -> str:
    return fold(written).removeprefix("the ")


def _named(written: str, council: Area, code: str | None, flags: tuple[Flag, ...]) -> EmployerMatch:
    """A council under the name it is published with, or its official one where that is no name."""
    is_a_name = _CIVIC.search(fold(written)) and not written.isupper() and not written.islower()
    key = _key(written)
    spelt_right = key in _names() or ("council" in key and bare(key) in _bare_names())
    employer = written if is_a_name and spelt_right else council.name
    return EmployerMatch(employer, code, flags=flags)


@cache
def _agencies() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for row in table("agencies.csv"):
        for each in (row["name"], *row["aliases"].split("|")):
            if each:
                found[_COMPANY_FORM.sub("", _key(each))] = row["name"]
    return found


def _agency(key: str) -> str | None:
    return _agencies().get(_COMPANY_FORM.sub("", key))


@cache
def _names() -> Mapping[str, tuple[Area, ...]]:
    """Councils by each of their names, folded."""
    found: dict[str, dict[str, Area]] = defaultdict(dict)
    for each in areas().values():
        for name in (each.name, *each.aliases):
            found[_key(name)][each.code] = each
    return {key: tuple(named.values()) for key, named in found.items()}


@cache
def _bare_names() -> Mapping[str, tuple[Area, ...]]:
    found: dict[str, dict[str, Area]] = defaultdict(dict)
    for key, named in _names().items():
        for each in named:
            found[bare(key)][each.code] = each
    return {key: tuple(named.values()) for key, named in found.items()}


def _same_style(key: str, council: Area) -> bool:
    """Whether the style in a name ("borough", "district") can be this council's."""
    official = fold(council.name)
    if re.search(r"\b(?:borough|district|bc|dc|mbc|mdc|cbc)\b", key) is None:
        return True
    return council.type != "county" and (" city" not in official or "borough" in official)


def _candidates(key: str) -> Iterator[tuple[Area, ...]]:
    words = key.split()
    full = " ".join(spelt_out(word, last=word is words[-1]) for word in words)
    if full != key:
        yield from _candidates(full)
    yield _names().get(key, ())
    if key.startswith("city of "):
        yield _names().get(f"{key[8:].removesuffix(' council')} city council", ())
    if key.endswith(" cc"):
        yield _names().get(f"{key[:-2]}county council", ())
        yield _names().get(f"{key[:-2]}city council", ())
    yield tuple(each for each in _bare_names().get(bare(key), ()) if _same_style(key, each))
    yield _misspelt(key)


def _misspelt(key: str) -> tuple[Area, ...]:
    """Councils whose name differs by a letter or two in one long word, all other words the same."""
    if len(key) < 12:
        return ()
    near = process.extractOne(key, _names().keys(), scorer=fuzz.ratio, score_cutoff=_ALIKE)
    if near is None or not _CIVIC.search(near[0]):
        return ()
    written, known = key.split(), near[0].split()
    odd = [pair for pair in zip(written, known, strict=False) if pair[0] != pair[1]]
    if len(written) != len(known) or len(odd) != 1:
        return ()
    word, meant = odd[0]
    if min(len(word), len(meant)) < 6 or any(word in each.split() for each in _names()):
        return ()
    return _names()[near[0]]


def _council(key: str, on: str | None) -> tuple[Area, str | None, tuple[Flag, ...]] | None:
    """The council of a folded name, its code on the day, and what is doubtful about it."""
    for named in _candidates(key):
        if not named:
            continue
        standing = [each for each in named if each.in_force(on)]
        if len(standing) == 1:
            return standing[0], standing[0].code, ()
        if len(named) == 1:
            return _out_of_date(named[0], on)
        return None
    return None


def _out_of_date(council: Area, on: str | None) -> tuple[Area, str | None, tuple[Flag, ...]]:
    """A council named on a day when it did not stand; without a day, as it is named."""
    if on is None:
        return council, council.code, ()
    if council.valid_to and on > council.valid_to:
        doubt = Flag("employer_abolished", f"{council.name}: until {council.valid_to}")
        return council, area_on(council.code, on).code, (doubt,)
    doubt = Flag("employer_not_yet_in_force", f"{council.name}: from {council.valid_from}")
    return council, council.code, (doubt,)


def _in_parts(written: str, on: str | None) -> EmployerMatch | None:
    """A name of several parts: an agency for a council, a council's department, its school."""
    parts = [part.strip() for part in _SEPARATORS.split(written) if part and part.strip()]
    agencies = [agency for part in parts if (agency := _agency(_key(part)))]
    found = {}
    for part in parts:
        if _CIVIC.search(fold(part)) and (match := _council(_key(part), on)):
            found[match[0].code] = _named(part, *match)
    recruiter = agencies[0] if agencies else None
    if len(found) == 1:
        named = next(iter(found.values()))
        of_its_own = not agencies and _SCHOOL.search(fold(written))
        employer = written if of_its_own else named.employer
        return EmployerMatch(employer, named.council, recruiter, named.flags)
    if agencies:
        return EmployerMatch(recruiter=recruiter)
    return _with_department(written, on) if not found else None


def _with_department(written: str, on: str | None) -> EmployerMatch | None:
    """A council's name followed by its department ("Fife Council Education Service")."""
    key = _key(written)
    if _SCHOOL.search(key) or not _CIVIC.search(key):
        return None
    words = key.split()
    for end in range(len(words) - 1, 1, -1):
        start, left = " ".join(words[:end]), " ".join(words[end:])
        if not _CIVIC.fullmatch(words[end - 1]) or _CIVIC.search(left):
            continue
        if match := _council(start, on):
            council, code, flags = match
            return EmployerMatch(council.name, code, flags=flags)
    return None


def day_of(item: Advert) -> str | None:
    """The day whose councils an advert is read by: of posting, else of fetching."""
    return item.posted_on or item.raw.fetched_at[:10] or None


class EmployerStage:
    """Fills employer, council and recruiter."""

    def process_item(self, item: Advert) -> Advert:
        """An advert that names nobody, or an agency or a department, is its source's council's."""
        day = day_of(item)
        match = match_employer(item.raw.employer, day)
        source = area(item.raw.source_employer)
        named = match.employer
        is_department = (
            named is not None
            and match.council is None
            and bool(_DEPARTMENT.search(fold(named)) and not _SCHOOL.search(fold(named)))
        )
        if source is not None and (named is None or is_department):
            own = area(area_on(source.code, day).code) or source
            item.employer, item.council = own.name, own.code
        else:
            item.employer, item.council = named, match.council
        item.recruiter = match.recruiter or item.employer
        for doubt in match.flags:
            item.flag(*doubt)
        return item
