"""A labelled set for matching adverts: vacancies of the demo estate as several sites publish them.

Each vacancy stands on the council's own site and, mostly, on a region's board, a nation's board or
an agency's page, in that site's wording. Beside it stand near twins, which are other vacancies: the
same title in another grade, department, school or working pattern, under the next reference, or
advertised again later. What tells a twin apart is said: in its text, or by its reference on every
site. The two halves have no council and no agency's wording in common.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Final

from lgjobs.demo.adverts import DemoAdvert
from lgjobs.demo.estate import Estate
from lgjobs.demo.sites import EVERY
from scrapers.items import RawAdvert

TODAY: Final = date(2026, 3, 2)
NOW: Final = "2026-03-02T06:00:00Z"
REGION, NATION, AGENCY = "region", "nation", "agency"

_SHORT: Final = {
    "Senior": "Snr", "Assistant": "Asst", "Manager": "Mgr", "Officer": "Off", "Deputy": "Dep",
    "Coordinator": "Co-ord", "Environmental": "Env", "Housing": "Hsg", "Practitioner": "Pract",
    "Services": "Svcs", "Management": "Mgmt", "Development": "Dev", "Principal": "Princ",
}  # fmt: skip
_AGENCIES: Final = (("Adecco", "Tile Hill", "Academics Ltd"), ("Allen Lane", "Aspen People"))
_PITCHES: Final = (
    (
        "Our client is looking for someone to start soon. Send us your details for a first talk.",
        "We recruit for this authority and will guide you through every step of the selection.",
    ),
    (
        "An opportunity with a forward-looking employer that we have worked with for years.",
        "Speak to our consultants in confidence, who know the team and the place well.",
    ),
)
_SCHOOLS: Final = ("Oakfield Primary School", "Elm Grove Junior School", "St Mark's C of E School")
_DEPARTMENTS: Final = ("Northern Neighbourhoods Team", "Corporate Centre")
_PARTICULAR: Final = {
    "department": "This post is based in our Corporate Centre and reports to its manager there.",
    "pattern": "This is a part-time post of half a week, and the days can be agreed with the team.",
    "level": "At level three you will work on your own and guide others who are new to the work.",
    "area": "This post serves the north of our area, from its own office beside the market place.",
    "senior": "As a senior you will lead a small group of colleagues and deputise for the manager.",
    "grade": "This post carries more responsibility and is paid on a higher grade.",
}
_FIGURE: Final = re.compile(r"£ ?(\d{2}),(\d{3})(?:\.\d\d)?")  # £27,254


@dataclass(frozen=True, slots=True)
class Labelled:
    """A raw advert and the vacancy that it is of."""

    raw: RawAdvert
    vacancy: int
    twin: str
    """What kind of near twin the vacancy is; empty for a plain one."""


def labelled(half: int, seed: int = 0, least: int = 0) -> list[Labelled]:
    """The adverts of one half, 0 or 1, on the day NOW; more seeds give more wordings.

    With `least` no more is made once there are so many.
    """
    chance = random.Random(f"{half}/{seed}")
    found: list[Labelled] = []
    vacancy = 0
    for base in _bases(half):
        twins = list(_twins(base, chance))
        plain = "reference" if "reference" in dict(twins) else ""
        for twin, each in ((plain, base), *twins):
            vacancy += 1
            found += [Labelled(raw, vacancy, twin) for raw in _published(each, half, chance, twin)]
        if least and len(found) >= least:
            break
    return [
        replace(each, raw=replace(each.raw, external_id=f"{number:05d}"))
        for number, each in enumerate(found)
    ]


def councils(half: int) -> list[str]:
    """The councils of a half, by GSS code."""
    every = sorted({site.council for site in EVERY.values() if site.council})
    return every[half::2]


def _bases(half: int) -> list[DemoAdvert]:
    wanted = councils(half)
    return [
        each
        for each in Estate(TODAY).adverts
        if each.council in wanted and each.salary and each.closes and EVERY[each.site].council
    ]


def _twins(base: DemoAdvert, chance: random.Random) -> Iterator[tuple[str, DemoAdvert]]:
    """Two kinds of other vacancies that one could take for this one."""
    salary = base.salary or ""
    raised = _FIGURE.sub(lambda found: f"£{int(found[1] + found[2]) + 3100:,}", salary)
    last = re.sub(r"\d+$", lambda found: str(int(found[0]) + 1), base.reference or "VAC 1000")
    assert base.closes is not None  # noqa: S101 - `_bases` sees to it
    kinds = {
        "department": replace(base, department=_DEPARTMENTS[1], reference=f"{last}1"),
        "pattern": replace(base, pattern="Part time", hours="18.5", reference=f"{last}2"),
        "reference": replace(base, reference=last),
        "level": replace(base, title=f"{base.title} (Level 3)", reference=f"{last}3"),
        "area": replace(base, title=f"{base.title} (North)", reference=f"{last}4"),
        "senior": replace(base, title=f"Senior {base.title}", salary=raised, reference=f"{last}5"),
        "again": _later(base, chance.choice((35, 91))),
    }
    if raised != salary:
        kinds["grade"] = replace(base, salary=raised, reference=f"{last}6")
    if "Senior" in base.title:
        del kinds["senior"]
    for kind in chance.sample(sorted(kinds), 2):
        yield kind, _told(kinds[kind], kind)
    if base.sector == "education":
        for school in chance.sample(_SCHOOLS, 2):
            yield "school", replace(base, department=school, location=school, reference=None)


def _told(each: DemoAdvert, kind: str) -> DemoAdvert:
    """A twin whose text says what is particular to it, unless only its reference does."""
    if kind in ("reference", "again"):
        return each
    words = _PARTICULAR[kind]
    return replace(each, description=f"<p>{words}</p>\n{each.description}")


def _later(base: DemoAdvert, days: int) -> DemoAdvert:
    """The same post advertised anew, after its first advert has closed."""
    assert base.closes is not None  # noqa: S101 - as above
    span = timedelta(days=days)
    return replace(base, posted=base.posted + span, closes=base.closes + span)


def _published(
    each: DemoAdvert, half: int, chance: random.Random, twin: str
) -> Iterator[RawAdvert]:
    """The adverts of a vacancy, each in its site's wording."""
    yield _own(each)
    wanted = chance.choice(((), (REGION,), (REGION,), (NATION,), (REGION, NATION), (AGENCY,)))
    for site in wanted:
        if site == AGENCY and not twin:
            yield _by_agency(each, half, chance)
        elif site != AGENCY:
            yield _on_board(each, site, chance, twin)


def _own(each: DemoAdvert) -> RawAdvert:
    return RawAdvert(
        external_id="",
        url=f"https://jobs.example/{each.site}",
        title=each.title,
        department=each.department,
        reference=each.reference,
        salary=each.salary,
        location=each.location,
        postcode=each.postcode,
        hours=each.hours,
        contract=each.contract,
        pattern=each.pattern,
        posted=each.posted.isoformat(),
        closes=_instant(each, 0),
        description=each.description,
        source_id=f"own-{each.council}",
        source_employer=each.council,
        fetched_at=NOW,
    )


def _on_board(each: DemoAdvert, site: str, chance: random.Random, twin: str) -> RawAdvert:
    own = _own(each)
    school = each.department if twin == "school" else None
    council = EVERY[each.site].name
    told = chance.random() < 0.5 or twin == "reference"
    return replace(
        own,
        source_id=site,
        source_employer=None,
        employer=f"{school}, {council}" if school else council,
        title=_retitled(each, chance),
        salary=_resaid(each, chance),
        department=each.department if chance.random() < 0.5 or twin == "department" else None,
        reference=each.reference
        if told
        else chance.choice((None, f"{chance.randrange(10**6):06}")),
        location=chance.choice((each.location, (each.location or "").split(",")[-1].strip())),
        postcode=None,
        hours=each.hours if chance.random() < 0.6 or twin == "pattern" else None,
        posted=(each.posted + timedelta(days=chance.choice((0, 0, 1, 3)))).isoformat(),
        closes=_instant(each, chance.choice((0, 0, 0, -1))),
        description=_retold(each.description, chance),
    )


def _by_agency(each: DemoAdvert, half: int, chance: random.Random) -> RawAdvert:
    agency = chance.choice(_AGENCIES[half])
    council = EVERY[each.site].name
    return replace(
        _own(each),
        source_id=AGENCY,
        source_employer=None,
        employer=f"{agency} on behalf of {council}",
        title=chance.choice((each.title, f"{each.title} - {council}", each.title.upper())),
        department=None,
        reference=f"{agency[:2].upper()}{chance.randrange(10**5):05}",
        salary=_resaid(each, chance),
        description=f"<p>{chance.choice(_PITCHES[half])}</p>{each.description}",
        closes=_instant(each, chance.choice((0, -1, -2))),
    )


def _instant(each: DemoAdvert, shift: int) -> str:
    closes = each.closes
    assert closes is not None  # noqa: S101 - as above
    moment = closes if isinstance(closes, datetime) else datetime.combine(closes, time(23, 59))
    return (moment + timedelta(days=shift)).isoformat(timespec="minutes")


def _retitled(each: DemoAdvert, chance: random.Random) -> str:
    title = each.title
    head, bracket, tail = title.partition(" (")
    match chance.randrange(6):
        case 0:
            return f"{title.upper()} - REF {each.reference}" if each.reference else title.upper()
        case 1:
            return " ".join(_SHORT.get(word, word) for word in title.split())
        case 2 if bracket:
            return f"{tail.rstrip(')')} {head}"
        case 3:
            return f"{title} - {each.contract or 'Permanent'}, {each.hours or 37} hours"
        case 4:
            return title.replace(" and ", " & ").replace(" - ", ", ")
    return title


def _resaid(each: DemoAdvert, chance: random.Random) -> str:
    """The same pay in other words, or part of it."""
    salary = each.salary or ""
    figures = [int(a + b) for a, b in _FIGURE.findall(salary)]
    if not figures or "pro rata" in salary or len(figures) > 2:
        return salary
    low, high = figures[0], figures[-1]
    hourly = f"£{low / 52.143 / 37:.2f} - £{high / 52.143 / 37:.2f} per hour"
    return chance.choice(
        (
            salary,
            hourly if (each.hours or "").startswith("37") else salary,
            f"£{low:,}.00 to £{high:,}.00 per annum",
            f"£{low} - £{high} pa",
            f"up to £{high:,} a year",
            f"Salary: £{low:,}-£{high:,} + benefits",
            "Competitive",
        )
    )


def _retold(description: str, chance: random.Random) -> str:
    paragraphs = description.split("\n")
    match chance.randrange(4):
        case 0 if len(paragraphs) > 1:
            return "\n".join(paragraphs[: max(1, len(paragraphs) * 2 // 3)])
        case 1:
            return f"<p>Apply through our board before the deadline.</p>{description}"
    return description
