"""FinderSpider: from a council's website to the platform that its vacancies are on."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from scrapy import Request, Spider
from scrapy.http import Response, TextResponse
from twisted.python.failure import Failure as TwistedFailure

from scrapers.detection import Detection
from scrapers.discover import BOARDS, GENERAL, detect, vacancy_links
from scrapers.faults import OWN_STATUSES, failure_of_error, failure_of_status
from scrapers.guard import is_private
from scrapers.pages import html_of
from scrapers.walls import find_wall

MOST_REQUESTS: Final = 8
"""Pages that one search asks for at the most, its probe of the platform included."""
_LINKS_A_PAGE: Final = 2
_DEEPEST: Final = 4
_SECOND_CHOICE: Final = BOARDS.union(GENERAL)
"""Taken only where the council has no platform of its own: shared boards, and any readable page."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A platform found for a website: what a row of the register would say."""

    website: str
    detection: Detection
    probed: bool
    """Whether the platform's own detector knew the page at that address."""
    path: tuple[str, ...]
    """The pages that led there."""


class FinderSpider(Spider):
    """Walks from a website's first page to its vacancies, robots obeyed, in few requests.

    Ends with `proposal`, or with `trouble`: why nothing was found.
    """

    name = "finder"

    def __init__(self, website: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.website = website
        self.proposal: Proposal | None = None
        self.trouble = "no page of it led to vacancies that we can read"
        self._fallback: Proposal | None = None
        self._asked: set[str] = set()

    async def start(self) -> AsyncIterator[Request]:
        for request in self._ask(self.website, ()):
            yield request

    def parse(self, response: Response, path: tuple[str, ...] = ()) -> Iterator[Request]:
        """Read a page on the way: the platform itself, a pointer to it, or links further on."""
        page = self._page(response)
        if page is None or self._found():
            return
        path = (*path, response.url)
        for detection in detect(page):
            probed = _same_site(detection.url, response.url)
            proposal = Proposal(self.website, detection, probed, path)
            if detection.platform in _SECOND_CHOICE:
                self._fallback = self._fallback or proposal
                continue
            self.proposal = proposal
            if not probed:
                yield from self._ask(detection.url, path, probe=True)
            return
        if len(path) < _DEEPEST:
            frames = _frames(page) if len(path) > 1 else []
            for link in [*frames, *vacancy_links(page)][:_LINKS_A_PAGE]:
                yield from self._ask(link, path)

    def probe(self, response: Response, path: tuple[str, ...]) -> None:
        """Whether the address found shows a page that its platform's detector knows."""
        page = self._page(response)
        if page is None or self.proposal is None:
            return
        platform = self.proposal.detection.platform
        if any(each.platform == platform for each in detect(page)):
            pages = (*path, response.url)
            self.proposal = Proposal(self.website, self.proposal.detection, True, pages)

    def failed(self, failure: TwistedFailure) -> None:
        error = failure.value or RuntimeError("nothing came back")
        self.trouble = f"{failure_of_error(error)}: {error}"

    @property
    def requests(self) -> int:
        """Pages asked for; robots.txt apart."""
        return len(self._asked)

    def result(self) -> Proposal | None:
        """The platform found, else a board or a readable page of the council's own; or None."""
        return self.proposal or self._fallback

    def _found(self) -> bool:
        return self.proposal is not None

    def _ask(self, url: str, path: tuple[str, ...], probe: bool = False) -> Iterator[Request]:
        if url in self._asked or len(self._asked) >= MOST_REQUESTS or self._leaves_home(url):
            return
        self._asked.add(url)
        yield Request(
            url,
            callback=self.probe if probe else self.parse,
            errback=self.failed,
            cb_kwargs={"path": path},
            dont_filter=True,
            meta=OWN_STATUSES,
        )

    def _leaves_home(self, url: str) -> bool:
        """Whether it leads from a site on this machine or a private network out of it."""
        home, there = (urlsplit(each).hostname or "" for each in (self.website, url))
        return is_private(home) and not is_private(there)

    def _page(self, response: Response) -> TextResponse | None:
        if failure := failure_of_status(response.status):
            self.trouble = f"{response.url} answered with status {response.status} ({failure})"
        elif not isinstance(response, TextResponse):
            self.trouble = f"{response.url} is no page"
        elif wall := find_wall(response):
            self.trouble = f"{response.url} is a wall: {wall}"
        else:
            return response
        return None


def _frames(page: TextResponse) -> list[str]:
    """Pages shown inside a page: on one about vacancies, likely the vacancies themselves."""
    found = html_of(page).xpath("//iframe/@src").getall()
    return [page.urljoin(each.strip()) for each in found if each.strip().startswith(("http", "/"))]


def _same_site(one: str, other: str) -> bool:
    return urlsplit(one).netloc == urlsplit(other).netloc
