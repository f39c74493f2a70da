"""An advert's own words as its page shows them."""

from __future__ import annotations

import re
from typing import Final

import nh3

LONGEST: Final = 8_000
"""Bytes of HTML: the page of the longest advert stays light, and links to the whole."""

_HEADING = re.compile(r"<(/?)h[2-6]>")  # <h2>
_BLOCK_END = re.compile(r"</(?:p|ul|ol|table|h3)>")  # </p>
_CLEANER = nh3.Cleaner(
    tags={"p", "h3", "ul", "ol", "li", "strong", "em", "b", "i", "a", "br"}
    | {"table", "thead", "tbody", "tr", "th", "td"},
    attributes={"a": {"href"}},
    url_schemes={"http", "https"},
    url_relative="deny",
    link_rel="nofollow noopener",
)


def page_prose(html: str | None) -> tuple[str | None, bool]:
    """Sanitised HTML for the page of an advert, its headings on one level; whether it was cut."""
    if not html:
        return None, False
    flat = _HEADING.sub(r"<\1h3>", html)
    cut = len(flat.encode()) > LONGEST
    if cut:
        flat = _shortened(flat.encode()[:LONGEST].decode(errors="ignore"))
    return _CLEANER.clean(flat).strip() or None, cut


def _shortened(start: str) -> str:
    """The start of a text up to its last whole block, else its last whole word."""
    ends = [match.end() for match in _BLOCK_END.finditer(start)]
    if ends and ends[-1] > LONGEST // 2:
        return start[: ends[-1]]
    whole = start if start.rfind("<") < start.rfind(">") else start[: start.rfind("<")]
    return whole.rsplit(" ", 1)[0] + "…"
