"""Pages of listings, kept so that a server may say that they have not changed."""

from __future__ import annotations

import zlib
from collections.abc import Mapping

from sqlite_utils import Database

from scrapers.kept import KeptPage


def kept_pages(db: Database, source_id: str, since: str) -> dict[str, KeptPage]:
    """The pages of a source's listing whose text came at `since` or later, by address."""
    return {
        row["url"]: KeptPage(**{**row, "text": zlib.decompress(row["text"]).decode()})
        for row in db.query(
            """SELECT url, final_url, etag, last_modified, text, kind, fetched_at FROM kept_pages
               WHERE source_id = ? AND fetched_at >= ?""",
            [source_id, since],
        )
    }


def keep_pages(db: Database, source_id: str, pages: Mapping[str, KeptPage]) -> None:
    """Keep these pages of a source's listing and no others. Call inside a transaction."""
    db.execute("DELETE FROM kept_pages WHERE source_id = ?", [source_id])
    db.conn.executemany(
        """INSERT INTO kept_pages (source_id, url, final_url, etag, last_modified, text, kind,
                                   fetched_at)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?)""",
        [
            (
                source_id,
                page.url,
                page.final_url,
                page.etag,
                page.last_modified,
                zlib.compress(page.text.encode(), 6),
                page.kind,
                page.fetched_at,
            )
            for page in pages.values()
        ],
    )
