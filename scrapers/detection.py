"""Detection: a page recognised as a platform's, or as leading to one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import urljoin

from parsel import Selector
from scrapy.http import TextResponse

from scrapers.pages import html_of

_POINTERS = ("//a/@href", "//iframe/@src", "//script/@src", "//form/@action", "//link/@href")


@dataclass(frozen=True, slots=True)
class Detection:
    """A platform found: what a row of the register would say, and why."""

    platform: str
    url: str
    """The address of the listing, as the register would give it."""
    evidence: str
    """The address or marker that tells, in a few words."""
    options: Mapping[str, str] = field(default_factory=dict)


def addresses(page: TextResponse) -> Iterator[str]:
    """The page's own address, then every address that it points to, absolute, each once."""
    seen = {page.url}
    yield page.url
    document: Selector = html_of(page)
    for pointer in _POINTERS:
        for written in document.xpath(pointer).getall():
            try:
                address = urljoin(page.url, written.strip())
            except ValueError:
                continue
            if address.startswith(("http://", "https://")) and address not in seen:
                seen.add(address)
                yield address
