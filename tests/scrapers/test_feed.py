"""Job feeds whose items are the adverts: what is whole, what is a teaser, and what may be cut."""

from __future__ import annotations

import pytest
from scrapy.http import HtmlResponse, TextResponse

from scrapers.listing import Listing
from scrapers.problems import AdvertGone, Failure, PageProblem, RegisterError
from scrapers.sources import Source
from scrapers.spiders.feed import FeedSpider, detect

HOST = "https://www.example.gov.uk"
FEED_URL = HOST + "/vacancies/rss.xml"
LONG = "<p><b>Salary:</b> £25,000</p>" + "<p>Write minutes and keep the seal.</p>" * 12
ITEM = (
    "<item><title>{title}</title><link>{link}</link><guid isPermaLink='false'>7</guid>"
    "<pubDate>Thu, 18 Jun 2026 09:00:00 +0100</pubDate>{rest}</item>"
)


def rss(*items: str, channel: str = "<title>Vacancies</title>") -> str:
    return (
        '<?xml version="1.0"?><rss version="2.0" xmlns:job="https://example.org/job"'
        ' xmlns:content="https://example.org/content" xmlns:atom="http://www.w3.org/2005/Atom"'
        ' xmlns:os="http://a9.com/-/spec/opensearch/1.1/">'
        f"<channel>{channel}{''.join(items)}</channel></rss>"
    )


def item(number: int = 7, rest: str = "", title: str | None = None) -> str:
    link = f"{HOST}/jobs/{number}-clerk?utm_source=rss"
    return ITEM.format(title=title or f"Clerk {number}", link=link, rest=rest)


def spider(**options: str) -> FeedSpider:
    return FeedSpider(source=Source(id="x", platform="feed", url=FEED_URL, options=options))


def page(text: str, url: str = FEED_URL) -> TextResponse:
    return TextResponse(url, body=text.encode(), encoding="utf-8")


def read(text: str, **options: str) -> tuple[Listing, FeedSpider]:
    reader = spider(**options)
    listing = reader.read_listing(page(text))
    assert isinstance(listing, Listing)
    return listing, reader


@pytest.mark.parametrize(
    ("text", "failure"),
    [
        ("<!doctype html><html><body>No feed today</body></html>", Failure.LAYOUT_CHANGED),
        ("", Failure.LAYOUT_CHANGED),
        ('{"jobs": []}', Failure.LAYOUT_CHANGED),
        ("<urlset><url><loc>https://x.example/jobs/1</loc></url></urlset>", Failure.LAYOUT_CHANGED),
        (rss(item())[:-20], Failure.PARSE_ERROR),
    ],
)
def test_what_is_no_whole_feed_is_no_listing(text: str, failure: Failure) -> None:
    with pytest.raises(PageProblem) as raised:
        read(text)
    assert raised.value.failure is failure


def test_adverts_that_share_one_address_are_not_taken_for_one() -> None:
    items = (item(7, title="Clerk"), item(7, title="Cook"))
    with pytest.raises(PageProblem, match="share one address"):
        read(rss(*items))
    twice, _ = read(rss(item(7), item(7)))
    assert len(twice.rows) == 2


@pytest.mark.parametrize(
    ("count", "options", "cut"),
    [
        (10, {}, True),
        (50, {}, True),
        (9, {}, False),
        (10, {"cap": "0"}, False),
        (9, {"cap": "9"}, True),
        (10, {"cap": "100"}, False),
    ],
)
def test_a_feed_that_may_be_cut_is_not_taken_for_the_whole(
    count: int, options: dict[str, str], cut: bool
) -> None:
    _, reader = read(rss(*(item(100 + n) for n in range(count))), **options)
    assert reader.proof.cap_hit is cut


def test_a_total_or_a_next_page_tells_more_than_a_round_number() -> None:
    items = [item(100 + n) for n in range(10)]
    told, reader = read(rss(*items, channel="<os:totalResults>43</os:totalResults>"))
    assert told.advertised == 43
    assert not reader.proof.cap_hit
    paged, reader = read(rss(*items, channel='<atom:link rel="next" href="?page=2"/>'))
    assert list(paged.more) == ["?page=2"]
    assert not reader.proof.cap_hit


def test_a_cap_that_is_no_number_is_a_fault_of_the_register() -> None:
    with pytest.raises(RegisterError, match="source x: cap"):
        spider(cap="many")


def test_an_empty_feed_is_an_honest_zero() -> None:
    listing, reader = read(rss())
    assert listing.says_empty
    assert not reader.proof.cap_hit
    assert not read(rss(item()))[0].says_empty


def test_a_teaser_leads_to_the_adverts_page() -> None:
    rest = (
        "<description>&lt;p&gt;Closing date: 3 May&lt;/p&gt;</description>"
        "<job:location>Ely</job:location><job:contractType>Permanent</job:contractType>"
        "<category>News</category><job:closingDate>9 May</job:closingDate>"
    )
    [row] = read(rss(item(rest=rest)))[0].rows
    assert not row.complete
    assert row.advert.as_dict() == {
        "external_id": "/jobs/7-clerk",
        "url": HOST + "/jobs/7-clerk",
        "title": "Clerk 7",
        "closes": "3 May",
        "location": "Ely",
        "contract": "Permanent",
        "posted": "Thu, 18 Jun 2026 09:00:00 +0100",
        "summary": "Closing date: 3 May",
    }


def test_an_item_with_its_whole_content_needs_no_other_page() -> None:
    rest = f"<description>Short</description><content:encoded><![CDATA[{LONG}]]></content:encoded>"
    [row] = read(rss(item(rest=rest)))[0].rows
    assert row.complete
    assert (row.advert.salary, row.advert.description) == ("£25,000", LONG)


def test_short_content_is_a_teaser_unless_the_register_says_otherwise() -> None:
    feed = rss(item(rest="<description>Keep the seal.</description>"))
    assert not read(feed)[0].rows[0].complete
    [row] = read(feed, items="whole")[0].rows
    assert (row.complete, row.advert.description) == (True, "Keep the seal.")


def test_atom() -> None:
    text = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>Jobs</title><entry><title>Cook</title>'
        '<link rel="alternate" href="/jobs/8"/><published>2026-06-18</published>'
        f'<content type="html"><![CDATA[{LONG}]]></content></entry></feed>'
    )
    [row] = read(text)[0].rows
    assert (row.advert.url, row.advert.posted, row.complete) == (
        HOST + "/jobs/8",
        "2026-06-18",
        True,
    )


def test_the_adverts_page_is_read_by_posting_or_labels_or_not_at_all() -> None:
    def advert(body: str) -> HtmlResponse:
        return HtmlResponse(HOST + "/jobs/7-clerk", body=body.encode(), encoding="utf-8")

    labelled = "<main><h1>Clerk</h1><dl><dt>Salary</dt><dd>£25,000</dd></dl></main>"
    assert spider().read_advert(advert(labelled)).salary == "£25,000"
    with pytest.raises(AdvertGone):
        spider().read_advert(advert("<h1>Sorry</h1><p>This vacancy has closed.</p>"))
    with pytest.raises(PageProblem):
        spider().read_advert(advert("<h1>Welcome</h1><p>We are nice.</p>"))


@pytest.mark.parametrize(
    ("text", "url"),
    [
        (rss(channel="<title>Council news</title>"), HOST + "/news.rss"),
        (rss(item())[:-20], FEED_URL),
        (rss("<item><title>No link</title></item>"), HOST + "/x"),
        ('<html><link type="application/rss+xml" href="/news.rss" title="News"></html>', HOST),
        ('<html><a href="/rssi-guide">Radio</a></html>', HOST),
        ('{"jobs": []}', HOST),
        ("", HOST),
    ],
)
def test_what_is_no_job_feed_and_leads_to_none(text: str, url: str) -> None:
    assert detect(page(text, url)) is None


def test_a_job_feed_is_recognised_and_so_is_a_link_to_one() -> None:
    found = detect(page(rss(item())))
    assert found is not None
    assert (found.platform, found.url) == ("feed", FEED_URL)
    for link in (
        '<link rel="alternate" type="application/rss+xml" href="/vacancies/rss.xml">',
        '<a href="/vacancies/rss.xml">Subscribe</a>',
    ):
        found = detect(page(f"<html><body>{link}</body></html>", HOST + "/"))
        assert found is not None
        assert (found.platform, found.url) == ("feed", FEED_URL)
