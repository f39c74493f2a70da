"""The feeds of the site's lists: the newest jobs of each, in three formats."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from io import BytesIO
from typing import Any, BinaryIO, Final

from lgjobs.exports import atom, json_feed, rss
from lgjobs.exports.about import About
from lgjobs.exports.site.vacancy import Row, page_name

NEWEST: Final = 20
"""Jobs in a feed."""
FORMATS: Final[Mapping[str, Callable[[Iterable[Row], BinaryIO, About], int]]] = {
    "rss": rss.write,
    "atom": atom.write,
    "json": json_feed.write,
}
_NO_PROSE: Final[Mapping[str, Any]] = {"description_html": None, "description_text": None}


def feed_files(
    rows: list[Row], name: str, endings: Iterable[str], about: About, base: str
) -> Iterator[tuple[str, bytes]]:
    """File and bytes of each feed of the list `name`. Every item leads to its page below `base`,
    and tells its summary; the feed is as new as its newest change."""
    updated = max((row["last_changed"] for row in rows), default=about.updated)
    entries = [
        {**row, **_NO_PROSE, "url": f"{base}job/{page_name(row)}.html", "closed_at": None}
        for row in rows
    ]
    for ending in endings:
        out = BytesIO()
        file = f"{name}.{ending}"
        FORMATS[ending](entries, out, replace(about, updated=updated, address=base + file))
        yield file, out.getvalue()
