"""DemoAdvert and the adverts of the estate: read from adverts.jsonl, dated for a given day.

A line of adverts.jsonl holds the fields of a DemoAdvert, and: `posted` and `interview` in days from
day 1; `closes` likewise, with an hour or without; `pay` as `shape low high unit`; `text`, its
paragraphs parted by |; `welsh`, for standing sentences in Welsh; `day2`, what the next day brings:
"new", "withdrawn", or the fields that change. Within a site the last numbers of ids differ modulo
1000, which is how far apart the copies of an advert are.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from lgjobs.demo.sites import EVERY, Site

LONDON = ZoneInfo("Europe/London")
MORNING = time(6, 0, tzinfo=UTC)
"""When a day's state of the estate is taken."""

_HERE = Path(__file__).parent
_YEARLY = re.compile(r"£\d{2},\d{3}")  # £27,254
_NUMBERS = re.compile(r"\d+")
_AREAS = ("North", "South", "East", "West", "Central", "Nights", "Weekends", "Mobile Team")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pay:
    """Structured pay of a JobPosting: the shape in which its page writes `baseSalary`."""

    shape: str
    low: float
    high: float
    unit: str


MOST_PRINT: Final = frozenset({"title", "description", "salary", "location", "closes"})
"""Fields of an advert that most platforms publish word for word, one advert like another: the
`PRINTS` of each says which it does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoAdvert:
    """One vacancy as it is published on one site: what the platform prints, word for word.

    None means that the site says nothing. `closes` is local time; a date ends with that day.
    """

    site: str
    id: str
    """The platform's own id; the path of the advert's page where its address is all there is."""
    title: str
    employer: str
    """As printed: on a board it may be an agency."""
    council: str | None
    """GSS code of the council that employs; None for everyone else."""
    sector: str
    """What the work is, by our own list; not printed anywhere."""
    posted: date
    updated: date
    """The day of the last edit."""
    closes: datetime | date | None = None
    reference: str | None = None
    department: str | None = None
    salary: str | None = None
    location: str | None = None
    postcode: str | None = None
    hours: str | None = None
    contract: str | None = None
    pattern: str | None = None
    category: str | None = None
    interview: date | None = None
    description: str = ""
    """HTML in plain paragraphs; each platform dresses it in its own manner."""
    pay: Pay | None = None
    quirks: Mapping[str, str] = field(default_factory=dict)
    """How the page departs from a tidy one; the names are explained where a platform reads them."""
    vacancy: str | None = None
    """Shared by the adverts of one real vacancy on several sites; None when there is only one."""

    @property
    def key(self) -> tuple[str, str]:
        return self.site, self.id

    def ends(self) -> datetime | None:
        """The instant after which nobody can apply; None when the advert names none."""
        if self.closes is None:
            return None
        if isinstance(self.closes, datetime):
            return self.closes.replace(tzinfo=LONDON)
        return datetime.combine(self.closes, time(23, 59, 59), tzinfo=LONDON)


def ever_published(today: date, day: int, scale: int) -> Iterator[tuple[DemoAdvert, bool]]:
    """Every advert known by that day as it then reads, and whether it is still up.

    `today` is the date of day 1; `scale` the number of adverts made of each one written.
    """
    morning = datetime.combine(today + timedelta(days=day - 1), MORNING)
    for number, written in enumerate(_rows()):
        fate = written.get("day2")
        if fate == "new" and day == 1:
            continue
        row = written
        if day > 1 and isinstance(fate, dict):
            row = {**written, **fate, "updated": 1}
        for copy in range(scale):
            advert = _advert(row, number, copy, today)
            ends = advert.ends()
            over = ends is not None and ends <= morning
            yield advert, not over and not (fate == "withdrawn" and day > 1)


def _advert(row: Mapping[str, Any], number: int, copy: int, today: date) -> DemoAdvert:
    site = EVERY[row["site"]]
    posted = today + timedelta(days=row["posted"])
    return DemoAdvert(
        site=site.id,
        id=site.settings.get("path", "") + _copied_id(row["id"], copy),
        title=_varied_title(row["title"], copy),
        employer=row.get("employer", site.name),
        council=row.get("council", site.council),
        sector=row["sector"],
        posted=posted,
        updated=today + timedelta(days=row["updated"]) if "updated" in row else posted,
        closes=_moment(row.get("closes"), today),
        reference=_suffixed(row.get("reference"), copy),
        department=row.get("department"),
        salary=_varied_pay(row.get("salary"), copy),
        location=row.get("location"),
        postcode=row.get("postcode"),
        hours=row.get("hours"),
        contract=row.get("contract"),
        pattern=row.get("pattern"),
        category=_words()["category"][row["sector"]],
        interview=today + timedelta(days=row["interview"]) if "interview" in row else None,
        description=_description(row, site, number),
        pay=_pay(row["pay"], copy) if "pay" in row else None,
        quirks=row.get("quirks", {}),
        vacancy=f"{row['vacancy']}/{copy}" if "vacancy" in row else None,
    )


def _moment(text: str | None, today: date) -> datetime | date | None:
    """`+12` is a date twelve days from today, `+12 17:00` an hour of it."""
    if text is None:
        return None
    days, _, clock = text.partition(" ")
    day = today + timedelta(days=int(days))
    return datetime.combine(day, time.fromisoformat(clock)) if clock else day


def _copied_id(original: str, copy: int) -> str:
    """The id of a copy: the last number in it goes up by a thousand for each."""
    if copy == 0:
        return original
    last = list(_NUMBERS.finditer(original))[-1]
    digits = last.group()
    raised = f"{int(digits) + 1000 * copy:0{len(digits)}d}"
    return original[: last.start()] + raised + original[last.end() :]


def _varied_title(title: str, copy: int) -> str:
    if copy == 0:
        return title
    area = _AREAS[copy % len(_AREAS)]
    return f"{title} ({area})" if copy < len(_AREAS) else f"{title} ({area}, post {copy})"


def _varied_pay(salary: str | None, copy: int) -> str | None:
    """Yearly figures moved by £11 a copy; all else stays as it is."""
    if salary is None or copy == 0:
        return salary
    return _YEARLY.sub(lambda found: _moved(found.group(), copy), salary)


def _moved(figure: str, copy: int) -> str:
    return f"£{int(figure[1:].replace(',', '')) + 11 * copy:,}"


def _pay(written: str, copy: int) -> Pay:
    """Of `shape low high unit`: `range 28598 31022 YEAR`."""
    shape, low, high, unit = written.split()
    more = 11 * copy if float(low) >= 10_000 else 0
    return Pay(shape=shape, low=float(low) + more, high=float(high) + more, unit=unit)


def _suffixed(reference: str | None, copy: int) -> str | None:
    return f"{reference}-{copy}" if reference and copy else reference


def _description(row: Mapping[str, Any], site: Site, number: int) -> str:
    words = _words()
    paragraphs = row["text"].split("|")
    if row.get("welsh"):
        standing = words["closing-cy"]
    else:
        standing = words["closing"]
        paragraphs.append(words["service"][row["sector"]])
    last = standing[str(number % len(standing))]
    paragraphs.append(last.format(name=site.name, email=site.email, phone=site.phone))
    return "\n".join(f"<p>{each}</p>" for each in paragraphs)


@cache
def _rows() -> tuple[dict[str, Any], ...]:
    """The adverts written for one site each, then those that sites share."""
    written = list(_json_lines("adverts.jsonl"))
    shared = [row for row in written if _fit_to_share(row)]
    for number, site in enumerate(EVERY.values()):
        if "adverts" in site.settings:
            written += _shared_rows(site, shared[7 * number % len(shared) :] + shared)
    return tuple(written)


def _fit_to_share(row: Mapping[str, Any]) -> bool:
    """Whether an advert would read the same at another council."""
    if row.keys() & {"quirks", "pay", "vacancy", "welsh", "employer"} or row["posted"] > 0:
        return False
    return all(row.get(name) for name in ("salary", "contract", "pattern", "closes"))


def _shared_rows(site: Site, pool: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """As many of the pool as the site's setting `adverts` says, as that site publishes them.

    `idform` makes the site's own ids of a number, `town` goes into the location, and `change`
    names what the next day changes (title unless the platform's listing shows `closes` too).
    """
    form, town = site.settings.get("idform", "{number}"), site.settings.get("town", site.name)
    start = 1000 * (1 + list(EVERY).index(site.id))
    for at, base in enumerate(pool[: int(site.settings["adverts"])]):
        place = str(base.get("location", "")).split(",")[0]
        row = {
            **{name: value for name, value in base.items() if name not in ("day2", "postcode")},
            "site": site.id,
            "id": form.format(number=start + 13 * at),
            "reference": f"{site.id[:3].upper()}/{start + 13 * at}",
            "location": place if place == town else f"{place}, {town}",
        }
        days = int(str(base["closes"]).split(" ")[0])
        extended = {"closes": f"+{days + 7}"}
        retitled = {"title": f"{base['title']} (re-advertised)"}
        change = extended if site.settings.get("change") == "closes" and days else retitled
        fates = {1: "withdrawn", 3: change, 5: "new"}
        yield {**row, "day2": fates[at % 8]} if at % 8 in fates else row


@cache
def _words() -> dict[str, dict[str, str]]:
    """Standing words by kind and key: `service` and `category` by sector, `closing` by number."""
    words: dict[str, dict[str, str]] = {}
    for line in _json_lines("words.jsonl"):
        words.setdefault(line["kind"], {})[line["key"]] = line["text"]
    return words


def _json_lines(name: str) -> Iterator[dict[str, Any]]:
    with (_HERE / name).open(encoding="utf-8") as handle:
        yield from (json.loads(line) for line in handle if line.strip())
