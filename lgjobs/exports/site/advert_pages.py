"""Writes the pages of single adverts: those that are open, and those that closed of late."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Final

import orjson
from sqlite_utils import Database

from lgjobs.exports.published import published
from lgjobs.exports.site.advert_page import advert_context, closed_context, seen_week
from lgjobs.exports.site.facets import Facet, all_facets
from lgjobs.exports.site.folder import Made, SiteFolder
from lgjobs.exports.site.pages import Pages, version_of_pages
from lgjobs.exports.site.vacancy import Row, closed_rows, live_rows, page_name, replaced_rows
from lgjobs.store.database import reading

_PROSE: Final = "SELECT description_html, description_text FROM advert_texts WHERE advert = ?"


def write_advert_pages(database: Path, root: Path, now: str) -> Made:
    """Write the pages that changed, in a process that shares nothing with another but the files."""
    with reading(database) as db:
        folder = SiteFolder(root)
        _Adverts(db, folder, all_facets(db, now)).write(now)
        return folder.made


class _Adverts:
    def __init__(self, db: Database, folder: SiteFolder, facets: Sequence[Facet]) -> None:
        self.db, self.folder, self.facets = db, folder, facets
        self.pages = Pages()
        self.version = version_of_pages()

    def write(self, now: str) -> None:
        open_pages: dict[int, str] = {}
        for row in live_rows(self.db, now):
            open_pages[row["job_id"]] = page_name(row)
            self._open(row)
        for row in closed_rows(self.db, now):
            self._closed(row, open_pages.get(row["job_id"]))
        for row in replaced_rows(self.db, now):
            self._closed(row, open_pages[row["job_id"]], still_open=True)

    def _open(self, row: Row) -> None:
        html, text = self.db.execute(_PROSE, [row["id"]]).fetchone() or (None, None)
        name = f"job/{page_name(row)}.html"
        key = self._key({**row, "last_seen": seen_week(row)}, html or "")
        if self.folder.has(name, key):
            return
        (whole,) = published([{**row, "description_html": html, "description_text": text}])
        content = self.pages.page("advert", "../", **advert_context(whole, self.facets))
        self.folder.write(name, content, key)

    def _closed(self, row: Row, moved: str | None, *, still_open: bool = False) -> None:
        name = f"job/{page_name(row)}.html"
        key = self._key({**row, "last_seen": None}, f"closed {not still_open}", moved or "")
        if self.folder.has(name, key):
            return
        (clean,) = published([row])
        content = self.pages.page(
            "closed", "../", **closed_context(clean, self.facets, moved, still_open)
        )
        self.folder.write(name, content, key)

    def _key(self, row: Row, *more: str) -> str:
        """A key of all that a page is made from."""
        found = blake2b(orjson.dumps(row), digest_size=12)
        for each in (self.version, *more):
            found.update(each.encode("utf-8", "replace"))
        return found.hexdigest()
