"""PlatformSpider: it walks a listing and its adverts, counts what it sees, and judges the walk."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, ClassVar

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.http import Response, TextResponse
from twisted.python.failure import Failure as TwistedFailure

from scrapers.faults import OWN_STATUSES, failure_of_error, failure_of_status
from scrapers.feeds import unpacked
from scrapers.items import RawAdvert
from scrapers.kept import NOT_MODIFIED, KeptPage, keep
from scrapers.listing import Listing, ListingRow
from scrapers.problems import AdvertGone, Failure, PageProblem, RegisterError
from scrapers.sources import Source, find_source, read_register
from scrapers.verdict import Proof, Verdict, judge
from scrapers.walls import find_wall

READING_ERRORS = (LookupError, ValueError, TypeError, AttributeError)
"""What a selector that matters raises on a page that is not built as it was."""

UNREADABLE = frozenset({Failure.LAYOUT_CHANGED, Failure.PARSE_ERROR})
"""Failures of a page that came: ours to mend, not the site's."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the store knows of an advert, so that only news is fetched."""

    fingerprint: str
    reread: bool = False
    """Its detail page is due again whatever the listing says."""


@dataclass(frozen=True, slots=True)
class History:
    """What the runs before tell of a source; the default knows nothing and reads everything."""

    known: Mapping[str, Known]
    usual: int | None = None
    doubted_before: bool = False
    pages: Mapping[str, KeptPage] = field(default_factory=dict)
    """Pages of the listing as they last came, by the address asked for."""


class PlatformSpider(Spider):
    """Base of all platforms. A subclass has a `name` and reads: `read_listing`, `read_advert`.

    Both work on a bare response with no crawler around. Everything else is done here: following
    the listing's pages, asking for detail pages of what is new or changed, telling pages from
    walls, counting, and the verdict. Arguments: `source`, a Source or the id of one in the
    register; `history`, what earlier runs found; `limit`, adverts to read at the most.
    """

    max_pages: ClassVar[int] = 400
    """Pages of one listing at the most: a pager that never ends is stopped there."""
    max_doors: ClassVar[int] = 4
    """Pages that may stand between the source's address and its listing (session, search form)."""

    def __init__(
        self,
        source: Source | str | None = None,
        history: History | None = None,
        limit: int | str | None = None,
        now: str | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self._source = find_source(read_register(), source) if isinstance(source, str) else source
        self.history = history or History(known={})
        self.limit = int(limit) if limit is not None else None
        self.fixed_now = now
        self.proof = Proof()
        self.listed: set[str] = set()
        """External ids that the listing showed."""
        self.gone: dict[str, str] = {}
        """Of those, what its own page said is over: external id to the row's fingerprint."""
        self.pages: dict[str, KeptPage] = {}
        """Pages of the listing that the server can be asked about, by the address asked for."""
        self._pages_open = 0
        self._pages_asked = 0
        self._details_asked = 0
        self._detail_failure: tuple[Failure, str] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> PlatformSpider:
        spider = super().from_crawler(crawler, *args, **kwargs)
        if spider._source is None:
            raise RegisterError(f"say which source to crawl: -a source=ID (platform {cls.name})")
        if spider._source.platform != cls.name:
            raise RegisterError(
                f"source {spider._source.id} is on {spider._source.platform}, not on {cls.name}"
            )
        return spider

    # What a platform says of itself

    def listing_request(self) -> Request:
        """The first request: the source's own address unless a platform needs another."""
        return Request(self.source.url)

    def read_listing(self, response: TextResponse) -> Listing | Request:
        """What a page of the listing says, or the request that leads on to the listing."""
        raise NotImplementedError

    def read_advert(self, response: TextResponse) -> RawAdvert:
        """What an advert's own page says. Raises AdvertGone where it says that the job is gone."""
        raise NotImplementedError

    # What is known of this crawl

    @property
    def source(self) -> Source:
        if self._source is None:
            raise RegisterError(f"{self.name} was asked to crawl without a source")
        return self._source

    @property
    def options(self) -> Mapping[str, str]:
        """The source's options; none for a spider that only reads a page."""
        return self._source.options if self._source else {}

    def now(self) -> str:
        """ISO 8601, UTC."""
        return self.fixed_now or datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    def verdict(self, finish_reason: str = "finished") -> Verdict:
        """What may be concluded from the walk; `finish_reason` is Scrapy's."""
        if finish_reason != "finished":
            self.proof.fail(Failure.CANCELLED, f"the crawl was stopped: {finish_reason}")
        self.proof.ids_listed = len(self.listed)
        self.proof.end_reached = self.proof.pages_walked > 0 and self._pages_open == 0
        unread = self.proof.adverts_blocked + self.proof.adverts_unreadable
        if self._detail_failure and unread * 2 > len(self.listed):
            self.proof.fail(*self._detail_failure)
        return judge(
            self.proof,
            min_expected=self.source.min_expected,
            usual=self.history.usual,
            doubted_before=self.history.doubted_before,
        )

    # The walk

    async def start(self) -> AsyncIterator[Request]:
        yield self._ask_page(self.listing_request(), doors=0)

    def parse_listing(self, response: Response, doors: int) -> Iterator[Request | RawAdvert]:
        """Callback of every page of the listing. A page counts as done only at its very end."""
        try:
            response = self._unmodified(response)
            listing = self.read_listing(self._checked(response))
        except PageProblem as problem:
            self.proof.fail(problem.failure, f"{response.url}: {problem.detail}")
        except READING_ERRORS as error:
            self.proof.fail(Failure.LAYOUT_CHANGED, f"{response.url}: {_said(error)}")
        else:
            if isinstance(listing, Request):
                yield from self._through_door(listing, response, doors)
            else:
                yield from self._walk(listing, response)
            self._pages_open -= 1

    def _through_door(self, onward: Request, response: Response, doors: int) -> Iterator[Request]:
        if doors >= self.max_doors:
            self.proof.fail(Failure.LAYOUT_CHANGED, f"{response.url}: no way to the listing")
        else:
            yield self._ask_page(onward, doors + 1)

    def _walk(self, listing: Listing, response: Response) -> Iterator[Request | RawAdvert]:
        first = self.proof.pages_walked == 0
        self.proof.pages_walked += 1
        if self.proof.advertised is None:
            self.proof.advertised = listing.advertised
        if first and not listing.rows:
            self.proof.honest_zero = listing.says_empty or listing.advertised == 0
        fresh = 0
        for row in listing.rows:
            if row.advert.external_id in self.listed:
                self.proof.duplicates += 1
                continue
            fresh += 1
            self.listed.add(row.advert.external_id)
            yield from self._read_row(row, response)
        if listing.rows and not fresh and not first:
            self.proof.fail(Failure.LAYOUT_CHANGED, f"{response.url}: the pager repeats itself")
            return
        for page in listing.more:
            if self.proof.cap_hit or self._pages_asked >= self.max_pages:
                self.proof.cap_hit = True
                return
            yield self._ask_page(self._to(page, response), doors=self.max_doors)

    def _read_row(self, row: ListingRow, response: Response) -> Iterator[Request | RawAdvert]:
        fingerprint = row.fingerprint()
        known = self.history.known.get(row.advert.external_id)
        if known and known.fingerprint == fingerprint and not known.reread:
            return
        if self.limit is not None and self._details_asked >= self.limit:
            self.proof.cap_hit = True
            return
        self._details_asked += 1
        row.advert.url = response.urljoin(row.advert.url)
        if row.complete:
            yield self._finished(row.advert, fingerprint)
            return
        yield self._to(row.detail or row.advert.url, response).replace(
            callback=self.parse_advert,
            errback=self.advert_failed,
            cb_kwargs={"row": row, "fingerprint": fingerprint},
            dont_filter=True,
        )

    def parse_advert(
        self, response: Response, row: ListingRow, fingerprint: str
    ) -> Iterator[RawAdvert]:
        """Callback of every advert's own page."""
        try:
            page = self._checked(response)
            advert = self.read_advert(page)
        except AdvertGone:
            self._advert_gone(row, fingerprint)
        except PageProblem as problem:
            if problem.failure is Failure.NOT_FOUND:
                self._advert_gone(row, fingerprint)
            else:
                yield from self._missed(row, problem.failure, f"{response.url}: {problem.detail}")
        except READING_ERRORS as error:
            yield from self._missed(row, Failure.LAYOUT_CHANGED, f"{response.url}: {_said(error)}")
        else:
            advert.external_id, advert.url = row.advert.external_id, row.advert.url
            advert.filled_from(row.advert)
            self.proof.adverts_unreadable += advert.title is None
            yield self._finished(advert, fingerprint)

    def _finished(self, advert: RawAdvert, fingerprint: str) -> RawAdvert:
        self.proof.adverts_read += 1
        return self._marked(advert, fingerprint)

    def _marked(self, advert: RawAdvert, fingerprint: str) -> RawAdvert:
        advert.source_id = self.source.id
        advert.source_employer = self.source.employer
        advert.fetched_at = self.now()
        advert.fingerprint = fingerprint
        return advert

    # What goes wrong

    def listing_failed(self, failure: TwistedFailure) -> None:
        """Errback of every page of the listing."""
        self.proof.fail(*_explained(failure))

    def advert_failed(self, failure: TwistedFailure) -> Iterator[RawAdvert]:
        """Errback of every advert's own page: no evidence, a stored advert stays as it is."""
        row = failure.request.cb_kwargs["row"]  # type: ignore[attr-defined]
        yield from self._missed(row, *_explained(failure))

    def _advert_gone(self, row: ListingRow, fingerprint: str) -> None:
        self.proof.adverts_gone += 1
        self.gone[row.advert.external_id] = fingerprint

    def _missed(self, row: ListingRow, failure: Failure, detail: str) -> Iterator[RawAdvert]:
        """Note an advert whose page did not come or was not understood.

        One that is not stored yet is kept as its listing row shows it, to be asked for again.
        """
        if failure in UNREADABLE:
            self.proof.adverts_unreadable += 1
        else:
            self.proof.adverts_blocked += 1
        self.logger.warning("%s: %s", failure, detail)
        self._detail_failure = self._detail_failure or (failure, detail)
        if row.advert.title and row.advert.external_id not in self.history.known:
            row.advert.unread = failure
            yield self._marked(row.advert, fingerprint="")

    def _checked(self, response: Response) -> TextResponse:
        """The response, if it is a page at all and not a wall in front of one."""
        if failure := failure_of_status(response.status):
            raise PageProblem(failure, f"answered with status {response.status}")
        response = unpacked(response)
        if not isinstance(response, TextResponse):
            raise PageProblem(Failure.LAYOUT_CHANGED, "answered with something that is no text")
        if wall := find_wall(response):
            raise PageProblem(Failure.BLOCKED, wall)
        return response

    # Requests

    def _ask_page(self, request: Request, doors: int) -> Request:
        self._pages_open += 1
        self._pages_asked += 1
        asked = request.replace(
            callback=self.parse_listing,
            errback=self.listing_failed,
            cb_kwargs={"doors": doors},
            dont_filter=True,
            meta={**request.meta, **OWN_STATUSES},
        )
        return self._conditional(asked)

    def _conditional(self, request: Request) -> Request:
        """The request, made conditional where the page is kept and its server can be asked."""
        kept = self.history.pages.get(request.url)
        if kept is None or request.method != "GET":
            return request
        statuses = [NOT_MODIFIED, *request.meta["handle_httpstatus_list"]]
        meta = {**request.meta, "handle_httpstatus_list": statuses}
        return kept.conditional(request.replace(meta=meta))

    def _unmodified(self, response: Response) -> Response:
        """The page that came, or in place of "not modified" the one that was kept."""
        request = response.request
        if request is None or request.method != "GET":
            return response
        asked = request.meta.get("redirect_urls", [request.url])[0]
        if response.status == NOT_MODIFIED:
            kept = self.history.pages[asked]
            response = kept.response(request)
        elif (came := keep(response, asked, self.now())) is None:
            return response
        else:
            kept = came
        self.pages[asked] = kept
        return response

    @staticmethod
    def _to(target: str | Request, response: Response) -> Request:
        request = target if isinstance(target, Request) else Request(response.urljoin(target))
        return request.replace(meta={**request.meta, **OWN_STATUSES})


def _explained(failure: TwistedFailure) -> tuple[Failure, str]:
    """The failure class of a request that brought no response, and what happened."""
    error = failure.value or RuntimeError("nothing came back")
    return failure_of_error(error), f"{failure.request.url}: {_said(error)}"  # type: ignore[attr-defined]


def _said(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}"[:300]
