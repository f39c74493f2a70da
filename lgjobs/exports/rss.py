"""RSS 2.0: a feed of adverts, descriptions included, streamed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO, Final

from lgjobs.exports.about import LICENCE, PROGRAM, About
from lgjobs.exports.feed import content_html, employer, headline, mail_date, one_line, removed, tags
from lgjobs.exports.markup import empty, group, leaf
from lgjobs.exports.published import Row, published, stable_id

CHANGE: Final = "lgjobs:change"
"""Domain of the category that says whether an item was added, changed or removed."""
_OPENING: Final = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"\
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom">
<channel>
"""


def write(rows: Iterable[Row], out: BinaryIO, about: About) -> int:
    """An item an advert, in the order of the rows. Returns the number of adverts written."""
    head = (
        leaf("title", about.title),
        leaf("link", about.link),
        _self(about.address) if about.address else "",
        leaf("description", f"{about.title} of councils in the United Kingdom"),
        leaf("language", "en-gb"),
        leaf("copyright", LICENCE),
        leaf("lastBuildDate", mail_date(about.updated)),
        leaf("generator", PROGRAM),
    )
    out.write((_OPENING + "".join(head)).encode())
    count = 0
    for row in published(rows):
        out.write(_item(row).encode())
        count += 1
    out.write(b"</channel>\n</rss>\n")
    return count


def _self(address: str) -> str:
    return empty("atom:link", rel="self", type="application/rss+xml", href=address)


def _item(row: Row) -> str:
    change = leaf("category", row["change"], domain=CHANGE) if "change" in row else ""
    return group(
        "item",
        leaf("title", headline(row)),
        leaf("link", row["url"]),
        leaf("guid", stable_id(row), isPermaLink="false"),
        leaf("pubDate", mail_date(row["first_seen"])),
        leaf("dc:creator", employer(row)),
        *(leaf("category", tag) for tag in tags(row)),
        change,
        "" if removed(row) else leaf("description", one_line(row["summary"])),
        leaf("content:encoded", content_html(row)),
    )
