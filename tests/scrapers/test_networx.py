"""networx: an RSS feed with whole adverts, and a page for each with a JobPosting."""

from __future__ import annotations

import pytest
from scrapy import Request
from scrapy.http import HtmlResponse, TextResponse

from scrapers.listing import Listing
from scrapers.problems import AdvertGone, Failure, PageProblem
from scrapers.spiders.networx import NetworxSpider, detect

HOST = "https://ely.current-vacancies.com"
FEED_URL = HOST + "/RSSFeeds/Vacancies/ELY?feedID=CB423654376A4770B4B895876E196B6D"
ADVERT_URL = HOST + "/Jobs/Advert/2934672?cid=2061"

ITEM = f"""<item><link>{ADVERT_URL.replace("&", "&amp;")}&amp;t=Clerk&amp;l=Ely</link>
<title>Clerk &amp; Cook</title>
<a10:content type="text/xml"><Vacancy xmlns=""><vTitle>Clerk</vTitle><vLocation>Ely</vLocation>
<vSalary>£28,814</vSalary><vExpiryDate>15/01/2026 23:59:00</vExpiryDate>
<vContactName>A. N. Other</vContactName>
<vAdvertText>&lt;p&gt;Soup &amp;amp; files&lt;/p&gt;</vAdvertText></Vacancy></a10:content></item>"""
FEED = (
    "<?xml version='1.0'?><rss version='2.0' xmlns:a10='http://www.w3.org/2005/Atom'>"
    f"<channel><title>Jobs</title>{ITEM}</channel></rss>"
)


def read(text: str, url: str = FEED_URL) -> Listing | Request:
    return NetworxSpider().read_listing(TextResponse(url, body=text.encode(), encoding="utf-8"))


def listing(text: str) -> Listing:
    found = read(text)
    assert isinstance(found, Listing)
    return found


@pytest.mark.parametrize(
    ("text", "failure"),
    [
        ("<html><body>Login</body></html>", Failure.LAYOUT_CHANGED),
        ("", Failure.LAYOUT_CHANGED),
        ("<html><a href='/Jobs/Advert/1?cid=2'>Clerk</a></html>", Failure.LAYOUT_CHANGED),
        (FEED.replace("</rss>", ""), Failure.PARSE_ERROR),
    ],
)
def test_what_is_no_whole_feed_is_no_listing(text: str, failure: Failure) -> None:
    with pytest.raises(PageProblem) as raised:
        read(text)
    assert raised.value.failure is failure


@pytest.mark.parametrize(
    ("old", "new"),
    [("/Advert/2934672", "/Advert/"), ("<title>Clerk &amp; Cook</title>", "<title> </title>")],
)
def test_an_item_without_id_or_title_fails_loudly(old: str, new: str) -> None:
    with pytest.raises(ValueError, match="lacks its id or its title"):
        read(FEED.replace(old, new))


def test_an_empty_channel_is_an_honest_zero() -> None:
    assert listing(FEED.replace(ITEM, "")).says_empty
    assert not listing(FEED).says_empty


def test_an_item_is_a_whole_advert_without_the_names_in_it() -> None:
    (row,) = listing(FEED).rows
    assert row.complete
    assert row.advert.as_dict() == {
        "external_id": "2934672",
        "url": ADVERT_URL,
        "title": "Clerk & Cook",
        "location": "Ely",
        "salary": "£28,814",
        "closes": "15/01/2026 23:59:00",
        "description": "<p>Soup &amp; files</p>",
    }


def test_an_item_without_its_text_asks_for_its_page() -> None:
    (row,) = listing(FEED.replace("vAdvertText", "vTeaser")).rows
    assert not row.complete
    assert row.advert.description is None


def test_a_page_that_links_to_the_feed_leads_to_it() -> None:
    asked = read(f"<a href='{FEED_URL}'>Feed</a>", HOST + "/Careers/ELY-vacancies-3191")
    assert isinstance(asked, Request)
    assert asked.url == FEED_URL


ADVERT = """<html><h1>Clerk</h1><script type="application/ld+json">{"@type": "JobPosting",
"title": "Clerk", "identifier": "2061", "datePosted": "2026-01-02", "description": "x"}</script>
<div id="notice"><div class="AdvertParentContainer"><p>Salary: £28,814</p>
<p>Closing Date: 15 January 2026</p><p>Soup.</p></div></div></html>"""


def advert(text: str, url: str = ADVERT_URL + "&t=Clerk") -> dict[str, object]:
    response = HtmlResponse(url, body=text.encode(), encoding="utf-8")
    return NetworxSpider().read_advert(response).as_dict()


def test_an_adverts_own_page() -> None:
    read_back = advert(ADVERT)
    assert (read_back["external_id"], read_back["url"]) == ("2934672", ADVERT_URL)
    assert (read_back["title"], read_back["posted"]) == ("Clerk", "2026-01-02")
    assert (read_back["salary"], read_back["closes"]) == ("£28,814", "15 January 2026")
    assert "<p>Soup.</p>" in str(read_back["description"])
    assert "reference" not in read_back


def test_a_page_without_an_advert_is_gone_or_a_problem() -> None:
    with pytest.raises(AdvertGone):
        advert("<p>This vacancy is no longer available.</p>")
    with pytest.raises(PageProblem):
        advert("<h1>Welcome</h1>")


@pytest.mark.parametrize(
    ("text", "listed"),
    [
        (f"<a href='{HOST}/Careers/ELY-1'>Jobs</a><a href='{FEED_URL}'>Feed</a>", FEED_URL),
        (f"<iframe src='{HOST}/Careers/ELY-1'></iframe>", HOST + "/Careers/ELY-1"),
    ],
)
def test_pages_that_lead_to_networx_are_recognised(text: str, listed: str) -> None:
    found = detect(HtmlResponse("https://www.ely.gov.uk/", body=text.encode(), encoding="utf-8"))
    assert found is not None
    assert (found.platform, found.url) == ("networx", listed)


@pytest.mark.parametrize(
    "text",
    [
        "<a href='https://www.ely.gov.uk/current-vacancies.com'>Jobs</a>",
        "<a href='/Careers/ELY-1'>Jobs</a><p>current-vacancies.com</p>",
        "<a href='/RSSFeeds/Vacancies/ELY'>Feed</a>",
    ],
)
def test_other_pages_are_not(text: str) -> None:
    page = HtmlResponse("https://www.ely.gov.uk/", body=text.encode(), encoding="utf-8")
    assert detect(page) is None
