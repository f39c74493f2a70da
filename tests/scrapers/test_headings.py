"""Headings: what stands below one, and the title as a page prints it."""

from __future__ import annotations

import pytest
from parsel import Selector

from scrapers.headings import html_below


def below(html: str) -> str | None:
    return html_below(Selector(text=f"<body>{html}</body>", type="html"), "Further Information")


@pytest.mark.parametrize(
    "html",
    [
        "<p>Further Information</p><p>Soup.</p>",
        "<h5>Further Information</h5>",
        "<h5>Further Information</h5> <footer>Contact</footer><script>soup()</script>",
    ],
)
def test_without_the_heading_or_anything_below_it_there_is_nothing(html: str) -> None:
    assert below(html) is None


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<h5>Further Information:</h5><p>Soup.</p>", "<p>Soup.</p>"),
        ("<div><h2>Further Information</h2></div><p>Soup.</p>", "<p>Soup.</p>"),
        ("<h3>Further Information</h3>a &lt; b<nav>Menu</nav>", "a &lt; b"),
    ],
)
def test_what_follows_the_heading_or_the_element_around_it(html: str, text: str) -> None:
    assert below(html) == text
