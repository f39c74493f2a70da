"""The jobs section: the block of adverts that a news site shows beside its articles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from html import escape
from typing import Any, Final
from zoneinfo import ZoneInfo

import orjson

from lgjobs.exports.published import safe_text, web_address
from lgjobs.store.masking import mask_contacts

Row = dict[str, Any]

NO_SECTOR = "Other"
_LONDON: Final = ZoneInfo("Europe/London")
_LOOK: Final = """
:host { display: block; font: 1rem/1.5 system-ui, sans-serif; color-scheme: light dark }
h2 { font-size: 1.25em; margin: 1em 0 .25em }
h3 { font-size: 1em; margin: 0 }
ul { list-style: none; margin: 0; padding: 0 }
li { padding: .5em 0; border-bottom: 1px solid }
p { margin: 0 }
.lgjobs-salary { font-weight: bold }
"""


def section_entry(row: Row) -> Row:
    """What the section prints of an advert: a row of `advert_list` in, plain strings out."""
    place = row["place"] or row["location_text"]
    return {
        "id": f"{row['source_id']}/{row['external_id']}",
        "title": _line(row["title"]) or "Vacancy",
        "url": web_address(row["url"]),
        "employer": _line(row["employer"] or row["recruiter"]),
        "salary": _line(row["salary_text"]),
        "summary": _line(row["summary"]),
        "place": _line(place or row["authority_name"] or row["region"]),
        "recruiter": _line(row["recruiter"] or row["employer"]),
        "closes_at": row["closes_at"],
        "sector": row["sector"],
        "sector_name": row["sector_name"] or NO_SECTOR,
    }


def by_sector(rows: Iterable[Row]) -> dict[str, list[Row]]:
    """Entries under the name of their sector: sectors in the order of their first advert."""
    groups: dict[str, list[Row]] = {}
    for row in rows:
        entry = section_entry(row)
        groups.setdefault(entry["sector_name"], []).append(entry)
    if NO_SECTOR in groups:
        groups[NO_SECTOR] = groups.pop(NO_SECTOR)
    return groups


def choose(rows: Iterable[Row], now: str, limit: int | None = None) -> list[Row]:
    """Of rows in order of preference, those that the block shows: at most `limit`, in that order.

    What closes before the end of the day is left out, since the block is read all day long. No
    employer has a second advert while another has none, a third while another has one, and so on.
    """
    until = end_of_day(now)
    found = [row for row in rows if not (row["closes_at"] and row["closes_at"] < until)]
    employers = ((row["employer"] or row["recruiter"] or "").casefold() for row in found)
    return [found[at] for at in take_turns(employers, limit)]


def take_turns(names: Iterable[str], limit: int | None) -> list[int]:
    """Positions of at most `limit` names, in order, so that every name has one before any has two.

    Of equal claims the first counts.
    """
    seen: Counter[str] = Counter()
    turns: list[tuple[int, int]] = []
    for at, name in enumerate(names):
        turns.append((seen[name], at))
        seen[name] += 1
    return sorted(at for _, at in sorted(turns)[:limit])


def end_of_day(now: str) -> str:
    """The last minute of the day in London that an instant lies in: both UTC."""
    local = datetime.fromisoformat(now).astimezone(_LONDON)
    last = local.replace(hour=23, minute=59, second=0, microsecond=0)
    return last.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def section_html(rows: Iterable[Row]) -> str:
    """An HTML fragment: a heading per sector, then its adverts. Safe to paste into a page."""
    lines = ['<section class="lgjobs">']
    for name, entries in by_sector(rows).items():
        lines.append(f'  <h2 class="lgjobs-sector">{escape(name)} jobs</h2>')
        lines.append('  <ul class="lgjobs-list">')
        for entry in entries:
            lines.extend(_item(entry))
        lines.append("  </ul>")
    lines.append("</section>")
    return "\n".join(lines) + "\n"


def section_json(rows: Iterable[Row]) -> bytes:
    """The same as JSON: a list of sectors, each with its adverts."""
    groups = [{"sector": name, "jobs": jobs} for name, jobs in by_sector(rows).items()]
    return orjson.dumps(groups, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def section_component(rows: Iterable[Row]) -> str:
    """The fragment as a web component with a look of its own: it needs no script, and neither
    takes styles from the page around it nor gives any to it."""
    return (
        '<lgjobs-section>\n<template shadowrootmode="open">\n'
        f"<style>{_LOOK}</style>\n{section_html(rows)}</template>\n</lgjobs-section>\n"
    )


FORMATS: Final[Mapping[str, Callable[[Iterable[Row]], bytes]]] = {
    "html": lambda rows: section_html(rows).encode("utf-8", "replace"),
    "json": section_json,
    "component": lambda rows: section_component(rows).encode("utf-8", "replace"),
}
"""How the block can be written."""


def _item(entry: Row) -> list[str]:
    link = escape(entry["url"] or "#")
    lines = [
        '    <li class="lgjobs-job">',
        f'      <h3 class="lgjobs-title"><a href="{link}">{escape(entry["title"])}</a></h3>',
    ]
    for name in ("employer", "salary"):
        if entry[name]:
            lines.append(f'      <p class="lgjobs-{name}">{escape(entry[name])}</p>')
    if summary := " ".join(filter(None, (entry["summary"], entry["place"]))):
        lines.append(f'      <p class="lgjobs-summary">{escape(summary)}</p>')
    if entry["recruiter"]:
        recruiter = escape(entry["recruiter"])
        lines.append(f'      <p class="lgjobs-recruiter">Recruiter: {recruiter}</p>')
    lines.append("    </li>")
    return lines


def _line(text: str | None) -> str | None:
    """On one line, without contacts and what deceives the eye; None when nothing is left."""
    return " ".join((mask_contacts(safe_text(text or "")) or "").split()) or None
