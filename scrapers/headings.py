"""Headings: the title of an advert as its page prints it, for people."""

from __future__ import annotations

from parsel import Selector, SelectorList

from scrapers.pages import html_of_nodes, words, words_of

_LEVELS = ("h1", "h2", "h3")
_BOXES = ("div", "form", "section")


def title_as_printed(page: Selector, title: str | None) -> str | None:
    """The heading that opens with the same two words as a title out of structured data.

    Structured data may have lost what looks like markup in it; without such a heading its own
    title stands.
    """
    start = (title or "").split()[:2]
    heads = (words(head) or "" for head in page.css("h1, h2, h3"))
    return next((head for head in heads if start and head.split()[:2] == start), title)


def html_below(page: Selector, heading: str) -> str | None:
    """What follows the first heading that holds these words, beside it or beside the element
    around it; None where nothing is said there."""
    tags = " or ".join(f"self::h{level}" for level in range(1, 7))
    found = page.xpath(f"(//*[{tags}][contains(., $heading)])[1]", heading=heading)
    rest = "following-sibling::node()[not(self::footer or self::nav or self::script)]"
    below = (html_of_nodes(start.xpath(rest)) for start in (found, found.xpath("..")))
    return next((html for html in below if words_of(html)), None)


def block_from(start: SelectorList[Selector]) -> str | None:
    """HTML of an element and of what follows it: after a heading all under it, after a paragraph
    all up to the next heading, box or element with an id. A paragraph nested in another stands
    behind the one that it was meant to be in."""
    first = start[0].root.tag if start else ""
    ends = {*_BOXES, *(level for level in _LEVELS if level <= first or first not in _LEVELS)}
    parts: list[str] = []
    for node in start[:1].xpath(". | following-sibling::node()"):
        tag = getattr(node.root, "tag", None)
        named = first not in _LEVELS and node.xpath("./@id[. != '']")
        if parts and (tag in ends or named):
            break
        parts.append(node.get())
    return "".join(parts) or None
