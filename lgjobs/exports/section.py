"""The jobs section: the block of adverts that a news site shows beside its articles."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Any

import orjson

from lgjobs.store.masking import mask_contacts

Row = dict[str, Any]

NO_SECTOR = "Other"


def section_entry(row: Row) -> Row:
    """What the section prints of an advert: a row of `advert_list` in, plain strings out."""
    place = row["place"] or row["location_text"]
    return {
        "id": f"{row['source_id']}/{row['external_id']}",
        "title": _line(row["title"]) or "Vacancy",
        "url": row["url"],
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


def _item(entry: Row) -> list[str]:
    link = escape(_web_address(entry["url"]))
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
    """On one line, without contacts; None when nothing is left."""
    return " ".join((mask_contacts(text) or "").split()) or None


def _web_address(url: str) -> str:
    """The address, unless it is of a kind that a browser would run."""
    return url if url.startswith(("https://", "http://")) else "#"
