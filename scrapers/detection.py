"""Detection: a page recognised as a platform's, or as leading to one."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import urljoin

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


Detector = Callable[[TextResponse], Detection | None]
Way = tuple[re.Pattern[str], str]


@lru_cache(maxsize=2)
def addresses(page: TextResponse) -> tuple[str, ...]:
    """The page's own address, then every address that it points to, absolute, each once."""
    found = {page.url: None}
    document = html_of(page)
    for pointer in _POINTERS:
        for written in document.xpath(pointer).getall():
            try:
                address = urljoin(page.url, written.strip())
            except ValueError:
                continue
            if address.startswith(("http://", "https://")):
                found[address] = None
    return tuple(found)


def first_match(page: TextResponse, pattern: re.Pattern[str]) -> re.Match[str] | None:
    """The first address of a page, its own or one that it points to, that a pattern matches from
    its start. The address is the match's `string`."""
    return next(filter(None, map(pattern.match, addresses(page))), None)


def detector(platform: str, *ways: Way, marks: Sequence[Way] = ()) -> Detector:
    """A detector that looks for marks in a page's text, then for addresses, the best way first.

    A way is a pattern, of an address from its start or of a mark, and the address of the listing:
    with the pattern's groups as in `re.Match.expand`, absolute or seen from where it was found.
    What a named group of an address finds is an option of the source.
    """

    def detect(page: TextResponse) -> Detection | None:
        for pattern, listing in marks:
            if found := pattern.search(page.text):
                return Detection(platform, urljoin(page.url, found.expand(listing)), found[0])
        for pattern, listing in ways:
            if found := first_match(page, pattern):
                address = urljoin(found.string, found.expand(listing))
                options = {name: value for name, value in found.groupdict().items() if value}
                return Detection(platform, address, found.string, options)
        return None

    return detect


def either(*detectors: Detector) -> Detector:
    """A detector that asks several, the surest first."""

    def detect(page: TextResponse) -> Detection | None:
        return next(filter(None, (each(page) for each in detectors)), None)

    return detect
