"""Walls: pages that stand where another page was asked for."""

from __future__ import annotations

from scrapy.http import TextResponse


def find_wall(response: TextResponse) -> str | None:
    """What kind of wall the page is; None for a page that is what it looks like."""
    return None
