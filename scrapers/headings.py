"""Headings: the title of an advert as its page prints it, for people."""

from __future__ import annotations

from parsel import Selector

from scrapers.pages import words


def title_as_printed(page: Selector, title: str | None) -> str | None:
    """The heading that opens with the same two words as a title out of structured data.

    Structured data may have lost what looks like markup in it; without such a heading its own
    title stands.
    """
    start = (title or "").split()[:2]
    heads = (words(head) or "" for head in page.css("h1, h2, h3"))
    return next((head for head in heads if start and head.split()[:2] == start), title)
