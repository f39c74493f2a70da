"""Raw adverts to measure the reading with: made, of 4 kB each, repeating what real ones repeat.

A council publishes sixty adverts at a time. Its name, its grades in pounds, its offices, its
closing days, its working hours and its standing paragraphs come again and again; titles, half the
addresses, one salary in three and two thirds of the prose do not. `repeated` measures that share.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta

from pipelines.areas import areas
from pipelines.postcodes import read_letter
from pipelines.reference import table
from scrapers.items import RawAdvert

POSTED = date(2026, 2, 2)
LENGTH = 4_000
"""Characters of a description, markup included."""
ADVERTS_OF_ONE = 60

_ROLES = (
    *("Social Worker", "Teaching Assistant", "Planning Officer", "Senior Accountant", "Cook"),
    *("Highways Engineer", "Housing Officer", "Environmental Health Officer", "Caretaker"),
    *("Business Support Assistant", "Solicitor", "Youth Worker", "Data Analyst", "Cleaner"),
    *("Residential Support Worker", "Electrician", "Librarian", "Refuse Driver", "HR Adviser"),
    *("Head of Communications", "Procurement Manager", "Educational Psychologist", "Registrar"),
)
_TEAMS = (
    *("Adults and Communities", "Early Help", "Revenues and Benefits", "Development Management"),
    *("Children in Care", "Street Scene", "Property Services", "Public Health", "Legal Services"),
    *("Digital and Customer", "Housing Options", "Passenger Transport", "Learning Disabilities"),
)
_THINGS = (
    *("case files", "site visits", "risk assessments", "budgets of £{n},500", "care plans"),
    *("committee reports", "repairs", "complaints", "school places", "public enquiries", "audits"),
    *("planning appeals", "a team of {n} people", "supplier contracts", "care reviews", "stock"),
)
_MANNERS = (
    *("with care", "to agreed deadlines", "across the whole service", "on time and to budget"),
    *("with partners in health and the police", "in line with policy", "from start to finish"),
    *("at our offices in {place}", "throughout {place} and beyond", "by phone and in person"),
)
_VERBS = ("prepare", "carry out", "oversee", "keep records of", "advise on", "improve", "monitor")
_OPENINGS = (
    "We are looking for a {role} to join our {team} team in {place}.",
    "{council} is seeking an experienced {role} for its {team} service.",
    "An exciting opportunity has arisen for a {role} to work with our {team} team.",
    "Are you a {role} who wants to make a difference to the people of {place}?",
)
_TERMS = (
    "This is a permanent, full time post of {hours} hours per week, Monday to Friday.",
    "The post is fixed term for {n} months, {hours} hours a week, to cover maternity leave.",
    "Part time, {part} hours per week, term time only; job share will be considered.",
    "You will work {hours} hours per week on a rota that includes evenings and weekends.",
)
_NEEDED = (
    "You will have at least {n} years' experience in a similar role, and 5 GCSEs or equivalent.",
    "A full driving licence and access to a vehicle are essential as you will travel to {place}.",
    "You will need a degree, or an equivalent qualification at Level {n}, and strong IT skills.",
    "Experience of working with vulnerable people in a large organisation would be useful.",
)
_STANDING = (
    "We offer {n} days' annual leave plus bank holidays, and a local government pension.",
    "Our staff discounts save up to £{n}0 a month at shops, gyms and cinemas.",
    "We are committed to safeguarding and promoting the welfare of children and adults; this post"
    " is subject to an enhanced DBS check.",
    "As a Disability Confident employer we guarantee an interview to disabled applicants who meet"
    " the essential criteria.",
    "We reserve the right to close this advert early if we receive enough applications.",
    "We can't accept CVs: please apply through our website, where help with the form is offered.",
    "We welcome applications from everyone, whatever their age, faith, background or identity.",
)
_CLOSINGS = ("{day}", "{day} at 23:59", "Midnight, {day}", "{day}, 12 noon", "{numbers}", "{iso}")
_BANDS = (
    "{low} - {high} per annum",
    "Grade {n}: {low} to {high}",
    "Grade {n} (SCP {n}-{m}) {low} - {high} pa",
    "{low} rising to {high} per annum, pro rata",
)
_OWN = (
    "Band {n} {low} - {high} FTE, actual salary {part} per annum",
    "{low} - {high} per annum pro rata (actual {part})",
    "£{hourly} per hour ({part} per annum)",
    "{low} to {high} plus £{n}45 per annum market supplement",
)
_FRAMES = (
    ("<p>{0}</p>\n", "<p><strong>{0}</strong></p>\n<ul>\n", "<li>{0}</li>\n", "</ul>\n"),
    ("<div>{0}</div>\n", "<h3>{0}</h3>\n<ul>\n", "<li><span>{0}</span></li>\n", "</ul>\n"),
    (
        '<p style="margin:0">{0}&nbsp;</p>\n',
        "<p><b><u>{0}</u></b></p>\n",
        "<p>&bull;&nbsp;{0}</p>\n",
        "<p>&nbsp;</p>\n",
    ),
)


def raw_adverts(count: int) -> Iterator[RawAdvert]:
    """So many raw adverts, the same ones each time, sixty of a council after sixty of another."""
    luck = random.Random(7)
    places: dict[str, list[str]] = {}
    for row in table("places.csv"):
        places.setdefault(row["authority"], []).append(row["name"])
    known = [each for each in areas().values() if not each.valid_to and each.code in places]
    for start in range(0, count, ADVERTS_OF_ONE):
        council = known[start // ADVERTS_OF_ONE % len(known)]
        bands = [_band(luck) for _ in range(12)]
        offices = [_address(luck, luck.choice(places[council.code])) for _ in range(15)]
        days = [POSTED + timedelta(days=10 + luck.randrange(28)) for _ in range(8)]
        for number in range(start, min(count, start + ADVERTS_OF_ONE)):
            place, role = luck.choice(places[council.code]), luck.choice(_ROLES)
            words = {"place": place, "role": role, "council": council.name, **_numbers(luck)}
            yield RawAdvert(
                external_id=str(number),
                url=f"https://jobs.example/{number}",
                title=f"{role}, {luck.choice(_TEAMS)} ({place})",
                employer=council.name,
                department=luck.choice(_TEAMS),
                salary=luck.choice(bands) if luck.random() < 0.65 else _own_salary(luck),
                location=luck.choice(offices) if luck.random() < 0.5 else _address(luck, place),
                hours=f"{words['hours']} hours per week",
                contract=luck.choice(("Permanent", "Fixed term, 12 months", "Temporary", "Casual")),
                pattern=luck.choice(("Full time", "Part time", "Full time or part time", None)),
                posted=(POSTED - timedelta(days=luck.randrange(14))).isoformat(),
                closes=_closing(luck, luck.choice(days)),
                description=_description(luck, words),
                source_id=council.code,
                source_employer=council.code,
                fetched_at="2026-02-02T06:00:00Z",
            )


def repeated(adverts: list[RawAdvert], name: str) -> float:
    """The share of the adverts whose field says the same as an earlier one's."""
    said = [getattr(each, name) for each in adverts]
    return 1 - len(set(said)) / len(said)


def _pounds(figure: float) -> str:
    return f"£{figure:,.0f}"


def _numbers(luck: random.Random) -> dict[str, str]:
    return {
        "n": str(2 + luck.randrange(11)),
        "m": str(14 + luck.randrange(20)),
        "hours": luck.choice(("37", "36", "35", "37.5")),
        "part": luck.choice(("16", "18.5", "22.2", "25", "30")),
    }


def _band(luck: random.Random) -> str:
    low = 23_000 + luck.randrange(30_000)
    ends = {"low": _pounds(low), "high": _pounds(low * 1.08)}
    return luck.choice(_BANDS).format(**{**_numbers(luck), **ends})


def _own_salary(luck: random.Random) -> str:
    low = 23_000 + luck.randrange(30_000)
    ends = {"low": _pounds(low), "high": _pounds(low * 1.08), "part": _pounds(low * 0.6)}
    hourly = f"{low / 1929:.2f}"
    return luck.choice(_OWN).format(**{**_numbers(luck), **ends, "hourly": hourly})


def _address(luck: random.Random, place: str) -> str:
    """A place alone, or a building with a street and a postcode of any town."""
    if luck.random() < 0.3:
        return place
    letter = read_letter(luck.choice("BCLMNS"))
    code = letter[luck.randrange(len(letter))] if letter else "LS1 1UR"
    building = luck.choice(("Civic Centre", "Town Hall", "The Depot", "County Hall", "Park House"))
    street = luck.choice(("High Street", "Station Road", "Church Lane", "The Green"))
    return (
        f"{building}, {1 + luck.randrange(90)} {street}, {place}, {code[:-3].strip()} {code[-3:]}"
    )


def _closing(luck: random.Random, day: date) -> str:
    forms = {"day": f"{day:%A} {day.day} {day:%B %Y}", "numbers": f"{day:%d/%m/%Y}"}
    return luck.choice(_CLOSINGS).format(**forms, iso=day.isoformat())


def _description(luck: random.Random, words: dict[str, str]) -> str:
    """Prose of an advert in one of three manners of markup, standing paragraphs at its end."""
    paragraph, heading, bullet, after = luck.choice(_FRAMES)
    standing = [paragraph.format(each.format(**words)) for each in _STANDING]
    pieces = [paragraph.format(_filled(luck, luck.choice(_OPENINGS), words))]
    room = LENGTH - sum(map(len, standing))
    while sum(map(len, pieces)) < room:
        pieces.append(heading.format(luck.choice(("The role", "About you", "What you will do"))))
        pieces += [bullet.format(_duty(luck, words)) for _ in range(5)]
        pieces.append(after)
        for said in (luck.choice(_TERMS), luck.choice(_NEEDED)):
            pieces.append(paragraph.format(_filled(luck, said, words)))
    return "".join([*pieces, *standing])


def _duty(luck: random.Random, words: dict[str, str]) -> str:
    """As "You will oversee care plans and audits in line with policy."."""
    one, two = luck.sample(_THINGS, 2)
    said = f"You will {luck.choice(_VERBS)} {one} and {two} {luck.choice(_MANNERS)}."
    return _filled(luck, said, words)


def _filled(luck: random.Random, said: str, words: dict[str, str]) -> str:
    return said.format(team=luck.choice(_TEAMS), **{**words, **_numbers(luck)})
