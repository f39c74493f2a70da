"""The walk: what the base of all spiders asks for, counts and concludes."""

import asyncio
from collections import deque
from collections.abc import Callable

import pytest
from scrapy import Request
from scrapy.exceptions import DownloadTimeoutError
from scrapy.http import HtmlResponse, Response, TextResponse
from twisted.python.failure import Failure as TwistedFailure

from scrapers.items import RawAdvert
from scrapers.listing import Listing, ListingRow
from scrapers.platform import History, Known, PlatformSpider
from scrapers.problems import AdvertGone, Failure, RegisterError
from scrapers.sources import Source
from scrapers.verdict import Outcome

HOST = "https://jobs.example"
Page = str | int | Exception | bytes


class PlainSpider(PlatformSpider):
    """A listing of links `id|title`, one a line; `next …` leads on, `total N` states the total."""

    name = "plain"

    def read_listing(self, response: TextResponse) -> Listing | Request:
        lines = response.text.splitlines()
        if lines[0] == "door":
            return Request(response.urljoin(lines[1]))
        return Listing(
            rows=[
                ListingRow(
                    advert=RawAdvert(
                        external_id=line.split("|")[0],
                        url=line.split("|")[0],
                        title=line.split("|")[1] or None,
                    ),
                )
                for line in lines
                if "|" in line
            ],
            advertised=next((int(x.split()[1]) for x in lines if x.startswith("total")), None),
            more=[x.split()[1] for x in lines if x.startswith("next")],
            says_empty="no vacancies" in response.text,
        )

    def read_advert(self, response: TextResponse) -> RawAdvert:
        if "gone" in response.text:
            raise AdvertGone
        title = response.text.split("title=")[1] or None
        return RawAdvert(external_id="?", url="?", title=title)


SOURCE = Source(id="s", platform="plain", url=f"{HOST}/list", employer="E08000035")


def walk(
    pages: dict[str, Page],
    history: History | None = None,
    limit: int | None = None,
    spider: type[PlainSpider] = PlainSpider,
) -> tuple[PlainSpider, list[RawAdvert], list[str]]:
    """Drive a spider over pages by path: the spider, what it gave, and what it asked for."""
    crawl = spider(source=SOURCE, history=history, limit=limit, now="2026-03-02T06:00:00Z")

    async def first() -> list[Request]:
        return [request async for request in crawl.start()]

    queue = deque(asyncio.run(first()))
    adverts: list[RawAdvert] = []
    asked: list[str] = []
    while queue:
        request = queue.popleft()
        path = request.url.removeprefix(HOST + "/")
        asked.append(path)
        for result in fetch(request, pages[path]):
            if isinstance(result, Request):
                queue.append(result)
            else:
                adverts.append(result)
    return crawl, adverts, asked


def fetch(request: Request, page: Page) -> list[Request | RawAdvert]:
    callback: Callable[..., list[Request | RawAdvert]] = request.callback  # type: ignore[assignment]
    if isinstance(page, Exception):
        failure = TwistedFailure(page)
        failure.request = request  # type: ignore[attr-defined]
        assert request.errback is not None
        return list(request.errback(failure) or ())
    status = page if isinstance(page, int) else 200
    if isinstance(page, bytes):
        response: Response = Response(request.url, body=page)
    else:
        body = page if isinstance(page, str) else "an error page"
        response = HtmlResponse(request.url, status=status, body=body, encoding="utf-8")
    return list(callback(response, **request.cb_kwargs))


TWO = {"list": "a|A\nb|B\ntotal 2", "a": "title=A", "b": "title=B"}


def test_a_503_on_the_second_page_is_partial() -> None:
    spider, adverts, _ = walk({**TWO, "list": "a|A\nb|B\nnext p2", "p2": 503})
    verdict = spider.verdict()
    assert verdict.outcome is Outcome.PARTIAL
    assert verdict.failure is Failure.SERVER_ERROR
    assert "p2" in verdict.reason
    assert len(adverts) == 2


def test_a_page_that_never_comes_is_partial() -> None:
    spider, _, _ = walk({**TWO, "list": "a|A\nb|B\nnext p2", "p2": DownloadTimeoutError()})
    assert spider.verdict().outcome is Outcome.PARTIAL
    assert spider.verdict().failure is Failure.TIMEOUT


def test_a_first_page_that_fails_is_the_source_failing() -> None:
    spider, _, _ = walk({"list": 404})
    assert (spider.verdict().outcome, spider.verdict().failure) == (
        Outcome.FAILED,
        Failure.NOT_FOUND,
    )


def test_a_listing_built_differently_is_not_an_empty_one() -> None:
    spider, _, _ = walk({"list": ""})
    assert spider.verdict().outcome is Outcome.FAILED
    assert spider.verdict().failure is Failure.LAYOUT_CHANGED


def test_what_is_no_text_is_not_a_listing() -> None:
    spider, _, _ = walk({"list": b"%PDF-1.7"})
    assert spider.verdict().failure is Failure.LAYOUT_CHANGED


def test_a_walk_that_broke_off_inside_a_page_is_not_complete() -> None:
    class Breaks(PlainSpider):
        def _read_row(self, row: ListingRow, response: Response) -> None:  # type: ignore[override]
            raise RuntimeError("an error of our own")

    spider = Breaks(source=SOURCE)
    page = HtmlResponse(f"{HOST}/list", body=b"a|A")
    spider._ask_page(Request(page.url), doors=0)
    with pytest.raises(RuntimeError):
        list(spider.parse_listing(page, doors=0))
    assert spider.verdict().outcome is Outcome.PARTIAL


def test_rows_missing_without_a_word_is_suspicious_and_with_one_is_empty() -> None:
    assert walk({"list": "welcome"})[0].verdict().outcome is Outcome.SUSPICIOUS
    assert walk({"list": "no vacancies"})[0].verdict().outcome is Outcome.EMPTY
    assert walk({"list": "total 0"})[0].verdict().outcome is Outcome.EMPTY


def test_a_zero_after_the_first_page_proves_nothing() -> None:
    spider, _, _ = walk(
        {**TWO, "list": "a|A\nb|B\ntotal 30\nnext p2", "p2": "no vacancies\ntotal 0"}
    )
    assert spider.verdict().outcome is Outcome.PARTIAL


def test_a_pager_that_repeats_itself_is_stopped() -> None:
    spider, _, asked = walk({**TWO, "list": "a|A\nb|B\nnext p2", "p2": "a|A\nb|B\nnext p2"})
    assert spider.verdict().outcome is Outcome.PARTIAL
    assert "repeats itself" in spider.verdict().reason
    assert asked.count("p2") == 1


def test_a_pager_without_end_is_capped() -> None:
    class Capped(PlainSpider):
        max_pages = 3

    pages: dict[str, Page] = {"list": "0|x\nnext p1"}
    pages |= {f"p{n}": f"{n}|x\nnext p{n + 1}" for n in range(1, 9)}
    pages |= {str(n): "title=x" for n in range(9)}
    spider, _, asked = walk(pages, spider=Capped)
    assert spider.verdict().outcome is Outcome.PARTIAL
    assert spider.proof.cap_hit
    assert [path for path in asked if path.startswith("p")] == ["p1", "p2"]


def test_doors_lead_to_the_listing_but_not_for_ever() -> None:
    spider, adverts, _ = walk({**TWO, "list": "door\ninner", "inner": TWO["list"]})
    assert spider.verdict().outcome is Outcome.COMPLETE
    assert len(adverts) == 2
    spider, _, asked = walk({"list": "door\nlist"})
    assert spider.verdict().outcome is Outcome.FAILED
    assert len(asked) == PlainSpider.max_doors + 1


def test_a_complete_walk_counts_what_it_saw() -> None:
    spider, adverts, _ = walk({**TWO, "list": "a|A\nb|B\na|A\ntotal 2"})
    assert spider.verdict().outcome is Outcome.COMPLETE
    assert spider.proof.duplicates == 1
    assert spider.listed == {"a", "b"}
    assert (spider.proof.pages_walked, spider.proof.adverts_read) == (1, 2)
    first = adverts[0]
    assert (first.external_id, first.url, first.title) == ("a", f"{HOST}/a", "A")
    assert (first.source_id, first.source_employer) == ("s", "E08000035")
    assert first.fetched_at == "2026-03-02T06:00:00Z"


def known_from(spider: PlainSpider, adverts: list[RawAdvert], **changes: bool) -> History:
    return History(
        known={
            each.external_id: Known(each.fingerprint, changes.get(each.external_id, False))
            for each in adverts
        }
    )


def test_nothing_new_asks_for_no_advert() -> None:
    history = known_from(*walk(TWO)[:2])
    spider, adverts, asked = walk(TWO, history)
    assert asked == ["list"]
    assert adverts == []
    assert spider.listed == {"a", "b"}
    assert spider.verdict().outcome is Outcome.COMPLETE


def test_only_news_is_asked_for() -> None:
    history = known_from(*walk(TWO)[:2])
    changed = {**TWO, "list": "a|A\nb|B, extended\nc|C\ntotal 3", "c": "title=C"}
    assert walk(changed, history)[2] == ["list", "b", "c"]


def test_what_is_due_is_read_again() -> None:
    history = known_from(*walk(TWO)[:2], b=True)
    assert walk(TWO, history)[2] == ["list", "b"]


def test_another_address_is_no_news() -> None:
    row = ListingRow(advert=RawAdvert(external_id="1", url="http://127.0.0.1:1/x", title="T"))
    moved = ListingRow(advert=RawAdvert(external_id="1", url="http://127.0.0.1:2/x", title="T"))
    retitled = ListingRow(advert=RawAdvert(external_id="1", url="http://127.0.0.1:1/x", title="U"))
    assert row.fingerprint() == moved.fingerprint() != retitled.fingerprint()


def test_a_limit_makes_the_walk_partial() -> None:
    spider, adverts, _ = walk(TWO, limit=1)
    assert len(adverts) == 1
    assert spider.verdict().outcome is Outcome.PARTIAL


def test_a_limit_that_is_reached_ends_the_walk() -> None:
    assert walk({**TWO, "list": "a|A\nb|B\nnext p2"}, limit=1)[2] == ["list", "a"]


@pytest.mark.parametrize("page", ["this job is gone", 404, 410])
def test_an_advert_that_is_gone_is_counted_as_gone(page: Page) -> None:
    spider, adverts, _ = walk({**TWO, "b": page})
    assert len(adverts) == 1
    assert spider.proof.adverts_gone == 1
    assert spider.verdict().outcome is Outcome.COMPLETE


def test_adverts_that_do_not_come_or_are_not_understood_are_told_apart() -> None:
    pages = {"list": "\n".join(f"{n}|x" for n in "abcdef"), "a": 503, "b": "nonsense"}
    spider, adverts, _ = walk({**pages, **dict.fromkeys("cdef", "title=T")})
    assert len([each for each in adverts if each.unread is None]) == 4
    assert spider.proof.adverts_blocked == 1
    assert spider.proof.adverts_unreadable == 1
    assert spider.verdict().outcome is Outcome.COMPLETE


@pytest.mark.parametrize("page", [503, "nonsense", DownloadTimeoutError()])
def test_a_new_advert_whose_page_does_not_come_is_kept_as_listed(page: Page) -> None:
    _, adverts, _ = walk({**TWO, "b": page})
    kept = adverts[-1]
    assert (kept.external_id, kept.title) == ("b", "B")
    assert kept.unread is not None
    assert kept.fingerprint == ""
    assert kept.fetched_at


def test_a_stored_advert_is_not_overwritten_by_its_listing_row() -> None:
    history = known_from(*walk(TWO)[:2], b=True)
    assert walk({**TWO, "b": 503}, history)[1] == []


def test_a_row_without_a_title_is_not_worth_keeping_alone() -> None:
    assert walk({"list": "a|", "a": 503})[1] == []


def test_mostly_unreadable_adverts_make_the_walk_partial() -> None:
    spider, _, _ = walk({**TWO, "a": "nonsense", "b": "nonsense"})
    assert spider.verdict().outcome is Outcome.PARTIAL
    assert spider.verdict().failure is Failure.LAYOUT_CHANGED


def test_one_advert_that_stays_unreadable_does_not_keep_a_source_from_complete() -> None:
    """Night after night it is the only page asked for: the listing is proven all the same."""
    pages: dict[str, Page] = {"list": "a|A\nb|B\nc|C", **dict.fromkeys("ab", "title=T")}
    history = known_from(*walk({**pages, "c": "title=T"})[:2])
    del history.known["c"]  # type: ignore[attr-defined]
    spider, _, asked = walk({**pages, "c": "nonsense"}, history)
    assert asked == ["list", "c"]
    assert spider.verdict().outcome is Outcome.COMPLETE
    assert spider.proof.adverts_unreadable == 1


def test_a_crawl_that_was_stopped_is_partial() -> None:
    spider, _, _ = walk(TWO)
    verdict = spider.verdict("shutdown")
    assert verdict.outcome is Outcome.PARTIAL
    assert verdict.failure is Failure.CANCELLED


def test_a_spider_reads_a_bare_page_without_a_source() -> None:
    page = HtmlResponse(f"{HOST}/list", body=b"a|A\ntotal 1")
    listing = PlainSpider().read_listing(page)
    assert isinstance(listing, Listing)
    assert listing.advertised == 1
    with pytest.raises(RegisterError):
        _ = PlainSpider().source


def test_a_page_that_lost_its_title_is_kept_and_counted() -> None:
    pages: dict[str, Page] = {"list": "a|\nb|B\ntotal 2", "a": "title=", "b": "title="}
    spider, adverts, _ = walk(pages)
    assert [(each.external_id, each.title) for each in adverts] == [("a", None), ("b", "B")]
    assert (spider.proof.adverts_read, spider.proof.adverts_unreadable) == (2, 1)
