"""Saves the pages of a look at a source as a test fixture, without anybody's contacts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import orjson
from scrapy.http import Response, TextResponse

from lgjobs.errors import UsedWrongly
from lgjobs.store.masking import mask_contacts
from pipelines.advert import Advert


class Recorder:
    """Writes each page that comes to `folder`, then an index and what the spider made of them.

    E-mail addresses and phone numbers are masked. Raises UsedWrongly for a folder that holds
    something already.
    """

    def __init__(self, folder: Path) -> None:
        if folder.exists() and any(folder.iterdir()):
            raise UsedWrongly(f"{folder} is not empty: move it away, or record to another folder")
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self._index: list[dict[str, str | int]] = []

    def save(self, response: Response) -> None:
        """Keep one page; robots.txt is left out."""
        if response.url.endswith("/robots.txt"):
            return
        kind = (response.headers.get("Content-Type") or b"").decode("latin-1")
        name = f"{len(self._index) + 1:02d}.{_ending(kind)}"
        body = response.body
        if isinstance(response, TextResponse):
            body = (mask_contacts(response.text) or "").encode(response.encoding, "replace")
        (self.folder / name).write_bytes(body)
        self._index.append(
            {"file": name, "url": response.url, "status": response.status, "content_type": kind}
        )

    def finish(self, adverts: Sequence[Advert]) -> None:
        """Write `pages.json`, and `expected.json`: what was read, to be checked by eye."""
        expected = [{**each.raw.as_dict(), "fetched_at": ""} for each in adverts]
        for name, value in (("pages.json", self._index), ("expected.json", expected)):
            text = orjson.dumps(value, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
            masked = mask_contacts(text.decode()) or ""
            (self.folder / name).write_text(masked, encoding="utf-8")


def _ending(content_type: str) -> str:
    for ending in ("json", "xml", "html"):
        if ending in content_type:
            return ending
    return "txt" if content_type.startswith("text/") else "bin"
