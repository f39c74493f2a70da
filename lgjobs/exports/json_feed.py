"""JSON Feed 1.1: a feed of adverts, descriptions included, streamed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO, Final

import orjson

from lgjobs.exports.about import LICENCE, PROGRAM, About
from lgjobs.exports.feed import content_html, employer, headline, one_line, place, removed, tags
from lgjobs.exports.published import Row, published, stable_id

_FACTS: Final = (
    *("reference", "salary_text", "salary_min", "salary_max", "salary_period"),
    *("salary_annual_min", "salary_annual_max", "work_mode", "contract_type", "working_pattern"),
    *("closes_at", "closed_at", "change"),
)
"""Columns of the advert list that the extension `_lgjobs` of an item repeats."""


def write(rows: Iterable[Row], out: BinaryIO, about: About) -> int:
    """An item an advert, in the order of the rows. Returns the number of adverts written."""
    head = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": about.title,
        "home_page_url": about.link,
        **({"feed_url": about.address} if about.address else {}),
        "language": "en-GB",
        "authors": [{"name": "lgjobs"}],
        "_lgjobs": {"about": LICENCE, "program": PROGRAM, "updated": about.updated},
    }
    out.write(orjson.dumps(head)[:-1] + b',"items":[')
    count = 0
    for row in published(rows):
        out.write((b",\n" if count else b"\n") + orjson.dumps(_item(row)))
        count += 1
    out.write(b"\n]}\n")
    return count


def _item(row: Row) -> Row:
    item = {
        "id": stable_id(row),
        "url": row["url"],
        "title": headline(row),
        "summary": None if removed(row) else one_line(row["summary"]),
        "content_html": content_html(row),
        "date_published": row["first_seen"],
        "date_modified": row["last_changed"],
        "authors": [{"name": employer(row)}],
        "tags": tags(row),
        "_lgjobs": {
            **{name: row[name] for name in _FACTS if row.get(name) is not None},
            "place": place(row),
        },
    }
    return {name: value for name, value in item.items() if value is not None}
