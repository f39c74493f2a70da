"""The page of an advert: its facts, its words, and the way to the council's own site."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from zlib import crc32

import orjson
from markupsafe import Markup

from lgjobs.exports.feed import one_line, posted_on
from lgjobs.exports.job_posting import job_posting
from lgjobs.exports.site import words
from lgjobs.exports.site.facets import Facet
from lgjobs.exports.site.prose import page_prose
from lgjobs.exports.site.vacancy import (
    LONGEST_TITLE,
    Row,
    closing,
    employer,
    page_name,
    recruiter,
    title,
)
from lgjobs.store.masking import mask_contacts

SEEN_DAYS: Final = 7
"""The day on which an advert was last seen is brought up to date this often, all else unchanged."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact of an advert: text, with the list that it leads to or the instant that it means."""

    text: str
    page: str | None = None
    instant: str | None = None


def seen_week(row: Row) -> int:
    """A number that grows once in SEEN_DAYS days, for each advert on a weekday of its own."""
    seen = date.fromisoformat(row["last_seen"][:10]).toordinal()
    return (seen + crc32(page_name(row).encode())) // SEEN_DAYS


def advert_context(row: Row, facets: Sequence[Facet]) -> dict[str, Any]:
    """What the template prints of a row of `live_rows` with its description, as published."""
    prose, cut = page_prose(row["description_html"])
    posting = job_posting({**row, "title": title(row), "description_html": prose})
    lists = {facet.key: (facet, facet.keys(row)) for facet in facets}
    return {
        "title": title(row),
        "who": employer(row) or recruiter(row),
        "at_council": row["council"] is not None,
        "url": row["url"],
        "apply": row["apply_url"] or row["url"],
        "summary": one_line(row["summary"]),
        "json_ld": _in_script(posting),
        "facts": list(_facts(row, lists)),
        "prose": Markup(prose or ""),  # noqa: S704 - sanitised
        "cut": cut,
        "seen": words.day(row["last_seen"]),
        "seen_on": row["last_seen"][:10],
        "more": more_jobs(row, facets),
    }


def closed_context(
    row: Row, facets: Sequence[Facet], moved: str | None, still_open: bool
) -> dict[str, Any]:
    """What the template prints of a row of `closed_rows`, or of `replaced_rows` where it is
    `still_open`; `moved`: page of the same vacancy."""
    return {
        "title": title(row),
        "who": employer(row) or recruiter(row),
        "closed": None if still_open else words.day(row["closed_at"] or row["closes_at"]),
        "moved": moved,
        "more": more_jobs(row, facets),
    }


def more_jobs(row: Row, facets: Sequence[Facet]) -> list[Fact]:
    """The lists of the advert's sector, region and council."""
    by_key = {facet.key: facet for facet in facets}
    return [
        Fact(by_key[key].title(value), f"{key}/{value}.html")
        for key in ("sector", "region", "council")
        for value in by_key[key].keys(row)[:1]
    ]


def _facts(
    row: Row, lists: Mapping[str, tuple[Facet, tuple[str, ...]]]
) -> Iterator[tuple[str, Fact]]:
    pay, published_pay = words.pay(row), one_line(row["salary_text"])
    published_title = words.cut(
        one_line(mask_contacts(row["title_published"])) or title(row), LONGEST_TITLE
    )
    told = (
        ("Employer", _employer(row, lists)),
        ("Recruiter", _text(recruiter(row))),
        ("Place", _listed(words.place(row), "region", lists)),
        ("Pay", _text(pay)),
        ("Pay as published", _text(published_pay if published_pay != pay else None)),
        ("Grade", _text(one_line(row["grade"]))),
        ("Hours", _text(_hours(row))),
        ("Contract", _text(_contract(row))),
        ("Working pattern", _text(_named(words.PATTERNS, row["working_pattern"]))),
        ("Where you work", _text(_named(words.MODES, row["work_mode"]))),
        ("Closes", _when(closing(row), row["closes_at"])),
        ("Posted", _text(words.day(posted_on(row).isoformat()))),
        ("Interviews", _text(words.day(row["interview_on"]) if row["interview_on"] else None)),
        ("Sector", _listed(row["sector_name"], "sector", lists)),
        ("Reference", _text(one_line(row["reference"]))),
        ("Title as published", _text(published_title if published_title != title(row) else None)),
    )
    for name, fact in told:
        if fact is not None:
            yield name, fact


def _text(text: str | None) -> Fact | None:
    return Fact(text) if text else None


def _when(text: str | None, instant: str | None) -> Fact | None:
    return Fact(text, instant=instant) if text else None


def _listed(
    text: str | None, key: str, lists: Mapping[str, tuple[Facet, tuple[str, ...]]]
) -> Fact | None:
    values = lists[key][1]
    return Fact(text, f"{key}/{values[0]}.html" if values else None) if text else None


def _employer(row: Row, lists: Mapping[str, tuple[Facet, tuple[str, ...]]]) -> Fact | None:
    return _listed(employer(row) or row["council_name"], "council", lists)


def _hours(row: Row) -> str | None:
    if row["hours_per_week"]:
        return f"{row['hours_per_week']:g} a week"
    return one_line(row["hours_text"])


def _contract(row: Row) -> str | None:
    name = words.CONTRACTS.get(row["contract_type"])
    if name and row["term_months"]:
        return f"{name}, {words.count(round(row['term_months']), 'month', 'months')}"
    return name


def _named(names: Mapping[str, str], keys: str | None) -> str | None:
    found = [names[key] for key in (keys or "").split(",") if key in names]
    return ", ".join([*found[:1], *(name.lower() for name in found[1:])]) or None


def _in_script(posting: Row | None) -> Markup | None:
    """A JobPosting as JSON in which nothing can end the script element around it."""
    if posting is None:
        return None
    text = orjson.dumps(posting).decode()
    text = text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    return Markup(text)  # noqa: S704 - no "<" is left in it
