"""PageUp: a feed with the texts, or a list that tells what remains; a page for each advert."""

from __future__ import annotations

import pytest
from scrapy.http import HtmlResponse, TextResponse

from scrapers.listing import Listing
from scrapers.problems import AdvertGone, Failure, PageProblem
from scrapers.spiders.pageup import PageUpSpider, detect

BOARD = "https://careers.pageuppeople.com/887/cw/en"
FEED_URL, LIST_URL, ADVERT_URL = BOARD + "/rss", BOARD + "/listing/", BOARD + "/job/495865"

ITEM = f"""<item><guid isPermaLink="true">{ADVERT_URL}</guid><link>{ADVERT_URL}</link>
<title>Clerk &amp; Cook</title><description>Join us</description>
<pubDate>Thu, 18 Jun 2026 20:25:00 Z</pubDate><job:refNo>495865</job:refNo>
<job:category>Office|Files</job:category><job:category>Office|Files</job:category>
<job:location>VIC|Melbourne,WA|Perth</job:location><job:workType>Full Time</job:workType>
<job:closingDate>Fri, 26 Jun 2026 13:55:00 Z</job:closingDate>
<job:description>&amp;lt;p&amp;gt;Soup &amp;amp;amp; files&amp;lt;/p&amp;gt;</job:description>
</item>"""
FEED = (
    "<?xml version='1.0'?><rss version='2.0' xmlns:job='http://pageuppeople.com/'><channel>"
    f"<title>Jobs</title>{ITEM}</channel></rss>"
)
ROW = """<tr><td><a class="job-link" href="/887/cw/en/job/{id}/clerk">Clerk {id}</a></td>
<td><span class="location">Ely</span></td><td><span class="work-type">Casual</span></td>
<td><span class="close-date"><time datetime="2026-06-26T13:55:00Z">26 Jun</time></span></td></tr>
<tr class="summary"><td>Join. <a class="job-link" href="/887/cw/en/job/{id}/clerk">Read more</a>
<a class="job-link" href="/887/cw/en/job/{id}/clerk">Apply Now</a></td></tr>"""
MORE = """<a class="more-link" href="/887/cw/en/listing/?page=2&amp;page-items=2">More Jobs
<span class="count">1,477</span></a>"""


def page_of(rows: str, more: str = "") -> str:
    mobile = '<a class="job-link" href="/887/cw/en/job/9/x">Elsewhere</a>'
    table = f'<table><tbody id="search-results-content">{rows}</tbody></table>'
    return f'<html>{mobile}<div id="search-results">{table}{more}</div></html>'


def listing(text: str, url: str = FEED_URL) -> Listing:
    response = TextResponse(url, body=text.encode(), encoding="utf-8")
    return PageUpSpider().read_listing(response)


@pytest.mark.parametrize(
    ("text", "failure"),
    [
        ("<html><h1>Page not found</h1></html>", Failure.LAYOUT_CHANGED),
        ("", Failure.LAYOUT_CHANGED),
        (FEED.replace("</rss>", ""), Failure.PARSE_ERROR),
    ],
)
def test_what_is_no_board_is_no_listing(text: str, failure: Failure) -> None:
    with pytest.raises(PageProblem) as raised:
        listing(text)
    assert raised.value.failure is failure


def test_an_item_without_id_or_title_fails_loudly() -> None:
    with pytest.raises(ValueError, match="lacks its id or its title"):
        listing(FEED.replace("<title>Clerk &amp; Cook</title>", ""))
    with pytest.raises(ValueError, match="lacks its id or its title"):
        listing(FEED.replace("job/495865", "job/").replace("<job:refNo>495865</job:refNo>", ""))


def test_an_empty_feed_or_words_are_an_honest_zero_and_silence_is_not() -> None:
    assert listing(FEED.replace(ITEM, "")).says_empty
    assert listing(page_of("", "<p>There are no jobs available.</p>"), LIST_URL).says_empty
    assert not listing(page_of(""), LIST_URL).says_empty


def test_an_item_holds_what_the_feed_says() -> None:
    (row,) = listing(FEED).rows
    assert not row.complete
    assert row.advert.as_dict() == {
        "external_id": "495865",
        "url": ADVERT_URL,
        "title": "Clerk & Cook",
        "location": "VIC|Melbourne,WA|Perth",
        "category": "Office|Files",
        "contract": "Full Time",
        "posted": "Thu, 18 Jun 2026 20:25:00 Z",
        "closes": "Fri, 26 Jun 2026 13:55:00 Z",
        "summary": "Join us",
        "description": "<p>Soup &amp; files</p>",
    }


def test_what_remains_and_what_is_shown_make_the_total() -> None:
    first = listing(page_of(ROW.format(id=1) + ROW.format(id=2), MORE), LIST_URL)
    assert [row.advert.title for row in first.rows] == ["Clerk 1", "Clerk 2"]
    assert (first.advertised, list(first.more)) == (1479, [LIST_URL + "?page=2&page-items=2"])
    second = listing(page_of(ROW.format(id=3), MORE), LIST_URL + "?page=2&page-items=2")
    assert second.advertised is None
    assert listing(page_of(ROW.format(id=3)), LIST_URL + "?page=3").more == []


def test_a_row_of_the_list() -> None:
    (row,) = listing(page_of(ROW.format(id=7)), LIST_URL).rows
    assert row.advert.as_dict() == {
        "external_id": "7",
        "url": BOARD + "/job/7/clerk",
        "title": "Clerk 7",
        "location": "Ely",
        "contract": "Casual",
        "closes": "2026-06-26T13:55:00Z",
    }


def test_a_table_is_the_list_of_a_site_without_pageups_frame() -> None:
    table = f"<html><table>{ROW.format(id=7)}</table></html>"
    assert [row.advert.external_id for row in listing(table, LIST_URL).rows] == ["7"]
    featured = f"<table>{ROW.format(id=7)}</table>"
    assert not listing(page_of("", featured), LIST_URL).rows


ADVERT = """<html><div id="job-content"><h2>Clerk</h2><p><b>Job no:</b> WW34<br>
<b>Work type:</b> Full Time<br><strong>Remuneration:</strong> $58,031<br><b>Advertised:</b>
17 Aug 2026 GMT Standard Time<br><b>Applications close:</b> 31 Aug 2026 11:55 PM</p>
<div id="job-details"><p>Soup.</p></div><a class="apply-link" href="https://x.example/a">Apply</a>
</div></html>"""


def advert(text: str, url: str = ADVERT_URL, **answer: str) -> dict[str, object]:
    response = HtmlResponse(url, body=text.encode(), encoding="utf-8", headers=answer)
    return PageUpSpider().read_advert(response).as_dict()


def test_an_adverts_own_page() -> None:
    assert advert(ADVERT) == {
        "external_id": "495865",
        "url": ADVERT_URL,
        "title": "Clerk",
        "reference": "WW34",
        "contract": "Full Time",
        "salary": "$58,031",
        "posted": "17 Aug 2026 GMT Standard Time",
        "closes": "31 Aug 2026 11:55 PM",
        "description": "<p>Soup.</p>",
        "apply_url": "https://x.example/a",
    }


def test_a_page_without_an_advert_is_gone_or_a_problem() -> None:
    with pytest.raises(AdvertGone):
        advert(page_of(""), LIST_URL + "?jobnotfound=true")
    with pytest.raises(AdvertGone):
        advert("", Location="/887/cw/en/listing/?jobnotfound=true")
    with pytest.raises(AdvertGone):
        advert("<p>This position has been filled.</p>")
    with pytest.raises(PageProblem):
        advert("", Location="https://careers.example/jobs/search")
    with pytest.raises(PageProblem):
        advert("<h1>Search jobs</h1>", "https://careers.example/jobs/search")


@pytest.mark.parametrize(
    "address",
    [
        LIST_URL + "?page=1",
        "https://careers.pageuppeople.com/mob/887/cw/en/job/495865/clerk",
    ],
)
def test_pages_that_lead_to_a_board_are_recognised(address: str) -> None:
    text = f"<a href='{address}'>Jobs</a>"
    found = detect(HtmlResponse("https://www.ely.gov.uk/", body=text.encode(), encoding="utf-8"))
    assert found is not None
    assert (found.platform, found.url) == ("pageup", FEED_URL)
    own = detect(HtmlResponse("https://careers.ely.gov.uk/887/cw/en/job/1/x", body=b"<p>"))
    assert own is not None
    assert own.url == "https://careers.ely.gov.uk/887/cw/en/rss"


@pytest.mark.parametrize(
    "address",
    [
        "https://www.pageuppeople.com/powered-by-pageup/",
        "https://careers.pageuppeople.com/887/ci/en/listing/",
        "https://www.ely.gov.uk/2026/news/en/job",
    ],
)
def test_other_pages_are_not(address: str) -> None:
    text = f"<a href='{address}'>Jobs</a>"
    page = HtmlResponse("https://www.ely.gov.uk/", body=text.encode(), encoding="utf-8")
    assert detect(page) is None
