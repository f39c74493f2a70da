"""Atom (RFC 4287, tombstones by RFC 6721): a feed of adverts, descriptions included, streamed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO, Final
from urllib.parse import quote

from lgjobs.exports.about import LICENCE, PROGRAM, About
from lgjobs.exports.feed import content_html, employer, headline, one_line, removed
from lgjobs.exports.markup import empty, group, leaf
from lgjobs.exports.published import Row, published, stable_id

_OPENING: Final = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0"\
 xml:lang="en-GB">
"""


def write(rows: Iterable[Row], out: BinaryIO, about: About) -> int:
    """An entry an advert, in the order of the rows; `at:deleted-entry` for a removed one.

    Returns the number of adverts written.
    """
    head = (
        leaf("id", _feed_id(about)),
        leaf("title", about.title),
        leaf("updated", about.updated),
        group("author", leaf("name", "lgjobs")),
        empty("link", rel="alternate", href=about.link),
        empty("link", rel="self", href=about.address) if about.address else "",
        leaf("rights", LICENCE),
        leaf("generator", PROGRAM),
    )
    out.write((_OPENING + "".join(head)).encode())
    count = 0
    for row in published(rows):
        out.write((_tombstone(row) if removed(row) else _entry(row)).encode())
        count += 1
    out.write(b"</feed>\n")
    return count


def _feed_id(about: About) -> str:
    """A URI of the feed's link and of what it is of: two feeds of one site have two ids."""
    return f"lgjobs:adverts/{quote(about.link, safe='')}/{quote(about.title, safe='')}"


def _entry(row: Row) -> str:
    link = empty("link", rel="alternate", href=row["url"]) if row["url"] else ""
    sector, region = row["sector"], row["region"]
    change = (
        empty("category", term=row["change"], scheme="lgjobs:change") if row.get("change") else ""
    )
    return group(
        "entry",
        leaf("id", stable_id(row)),
        leaf("title", headline(row)),
        leaf("updated", row["last_changed"]),
        leaf("published", row["first_seen"]),
        link,
        group("author", leaf("name", employer(row))),
        empty("category", term=sector, label=row["sector_name"] or sector) if sector else "",
        empty("category", term=region) if region else "",
        change,
        leaf("summary", one_line(row["summary"])),
        leaf("content", content_html(row), type="html"),
    )


def _tombstone(row: Row) -> str:
    """An advert that closed; one whose closing date passed before a crawl noticed closed then."""
    return empty("at:deleted-entry", ref=stable_id(row), when=row["closed_at"] or row["closes_at"])
