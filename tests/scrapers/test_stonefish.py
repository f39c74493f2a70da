"""Stonefish: a feed or one list, references in links of any letter case, labelled pages."""

from __future__ import annotations

import pytest
from scrapy.http import HtmlResponse, TextResponse

from scrapers.listing import Listing
from scrapers.problems import AdvertGone, Failure, PageProblem
from scrapers.spiders.stonefish import StonefishSpider, detect

HOST = "https://jobs.ely.gov.uk"
LIST_URL = HOST + "/vacancies.aspx?cat=-1"
FEED_URL = HOST + "/rss.aspx"
ADVERT_URL = HOST + "/Vacancy.aspx?ref=0726-227"

LIST = """<html><ul><li><a href="vacancy.aspx?ref=0726-227">Clerk</a>
<a href="vacancy.aspx?ref=0726-227"><img src="x.png"></a></li>
<li><a href="/Vacancy.aspx?tab=2&amp;ref=0726-228">Cook</a></li></ul>
<h2>Latest</h2><a href="Vacancy.aspx?ref=0726-227">Clerk</a>
<a href="vacancies.aspx?cat=4">Parks</a></html>"""
ITEM = """<item><title>Clerk</title><link>https://jobs.ely.gov.uk/rss/click.aspx?ref=0726-227</link>
<pubDate>Fri, 17 Jul 2026 09:00:00 GMT</pubDate><category>Parks</category></item>"""
FEED = f"<?xml version='1.0'?><rss version='2.0'><channel>{ITEM}</channel></rss>"


def listing(text: str, url: str = LIST_URL) -> Listing:
    response = TextResponse(url, body=text.encode(), encoding="utf-8")
    return StonefishSpider().read_listing(response)


@pytest.mark.parametrize(
    ("text", "url", "failure"),
    [
        ("<html><p>Scheduled maintenance</p></html>", LIST_URL, Failure.LAYOUT_CHANGED),
        ("<html><p>Scheduled maintenance</p></html>", FEED_URL, Failure.LAYOUT_CHANGED),
        (LIST, HOST + "/AdvancedSearch.aspx", Failure.LAYOUT_CHANGED),
        (FEED.replace("</rss>", ""), FEED_URL, Failure.PARSE_ERROR),
    ],
)
def test_what_is_no_list_of_everything_is_no_listing(text: str, url: str, failure: Failure) -> None:
    with pytest.raises(PageProblem) as raised:
        listing(text, url)
    assert raised.value.failure is failure


def test_an_item_without_reference_or_title_fails_loudly() -> None:
    with pytest.raises(ValueError, match="lacks its id or its title"):
        listing(FEED.replace("?ref=0726-227", ""), FEED_URL)
    with pytest.raises(ValueError, match="lacks its id or its title"):
        listing(FEED.replace("<title>Clerk</title>", ""), FEED_URL)


def test_an_empty_feed_or_words_are_an_honest_zero() -> None:
    assert listing(FEED.replace(ITEM, ""), FEED_URL).says_empty
    assert listing("<p>There are currently no vacancies.</p>").says_empty


def test_one_vacancy_is_one_row_whatever_the_case_of_its_links() -> None:
    rows = listing(LIST).rows
    assert [(row.advert.external_id, row.advert.title, row.advert.url) for row in rows] == [
        ("0726-227", "Clerk", ADVERT_URL),
        ("0726-228", "Cook", HOST + "/Vacancy.aspx?ref=0726-228"),
    ]


def test_a_list_that_says_how_many_vacancies_there_are_in_all_is_one_of_everything() -> None:
    said = LIST.replace("<html>", "<html><p>There are 1,040 vacancies currently advertised.</p>")
    found = listing(said, HOST + "/jobs/")
    assert ([row.advert.title for row in found.rows], found.advertised) == (["Clerk", "Cook"], 1040)
    with pytest.raises(PageProblem):
        listing("<p>There are 40 vacancies currently advertised.</p>", HOST + "/jobs/")


def test_an_item_of_the_feed_has_the_same_identity_as_a_row() -> None:
    (row,) = listing(FEED, FEED_URL).rows
    assert row.advert.as_dict() == {
        "external_id": "0726-227",
        "url": ADVERT_URL,
        "title": "Clerk",
        "reference": "0726-227",
        "posted": "Fri, 17 Jul 2026 09:00:00 GMT",
    }


def test_a_table_of_vacancies_is_read_by_its_headings() -> None:
    heads = "<tr><th>Job title</th><th>Reference</th><th>Closing date</th></tr>"
    link = '<a href="VacancyDetails.aspx?VacancyID=4107">Clerk</a>'
    table = f"<table>{heads}<tr><td>{link}</td><td>CC4107</td><td>23 May</td></tr></table>"
    (row,) = listing(table).rows
    assert row.advert.as_dict() == {
        "external_id": "4107",
        "url": HOST + "/VacancyDetails.aspx?VacancyID=4107",
        "title": "Clerk",
        "reference": "CC4107",
        "closes": "23 May",
    }
    with pytest.raises(ValueError, match="zip"):
        listing(table.replace("<td>23 May</td>", ""))


def advert(text: str, url: str = HOST + "/vacancy.aspx?ref=0726-227") -> dict[str, object]:
    response = HtmlResponse(url, body=text.encode(), encoding="utf-8")
    return StonefishSpider().read_advert(response).as_dict()


def test_an_adverts_own_page() -> None:
    read_back = advert(
        "<form><h1>Clerk</h1><div id='ctl00_mainContentPlaceHolder_vacDetails'><p><b>Salary:</b>"
        " £30,505</p><p><b>Closing Date:</b> 11 September 2026</p><p>Files.</p></div></form>"
    )
    assert (read_back["external_id"], read_back["url"]) == ("0726-227", ADVERT_URL)
    assert (read_back["title"], read_back["salary"]) == ("Clerk", "£30,505")
    assert read_back["closes"] == "11 September 2026"
    assert str(read_back["description"]).endswith("<p>Files.</p>")


def test_a_page_without_an_advert_is_gone_or_a_problem() -> None:
    with pytest.raises(AdvertGone):
        advert("<p>Sorry, this vacancy has now closed.</p>")
    with pytest.raises(PageProblem):
        advert("<h1>Welcome</h1><p><b>Salary:</b> see adverts</p>")


def test_a_page_of_stonefish_is_recognised_by_its_generator() -> None:
    text = '<meta name="Generator" content="Stonefish Software Web Builder" />'
    found = detect(HtmlResponse(ADVERT_URL, body=text.encode(), encoding="utf-8"))
    assert found is not None
    assert (found.platform, found.url) == ("stonefish", LIST_URL)


@pytest.mark.parametrize(
    "text", [LIST, "<meta name='Generator' content='WordPress'>Stonefish", "<p>stonefish</p>"]
)
def test_other_pages_are_not(text: str) -> None:
    page = HtmlResponse("https://www.ely.gov.uk/", body=text.encode(), encoding="utf-8")
    assert detect(page) is None
