"""Oleeo: an Atom feed or a paged list, tokens in every path, and a page for each advert."""

from __future__ import annotations

import pytest
from scrapy.http import HtmlResponse, TextResponse

from scrapers.listing import Listing
from scrapers.problems import AdvertGone, Failure, PageProblem
from scrapers.spiders.oleeo import OleeoSpider, detect

APP = "https://ely.tal.net/vx/mobile-0/appcentre-1/brand-2"
FEED_URL = APP + "/candidate/jobboard/vacancy/3/feed"
BOARD_URL = APP + "/candidate/jobboard/vacancy/3/adv/"
ADVERT_URL = APP + "/candidate/so/pm/1/pl/3/opp/9908-Clerk-and-Cook/en-GB"

ENTRY = f"""<entry xml:base="{ADVERT_URL}"><id>{ADVERT_URL}</id>
<link rel="alternate" href="{ADVERT_URL}?instant=apply" type="text/html"/>
<title>201706: Clerk &amp; Cook</title><published>2026-05-31T23:00:00Z</published>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">Vacancy Title:201706: Clerk<br/>
Vacancy Id:9908<br/>Role Type:Kitchen,Office<br/>Salary:£31,453<br/>
Location:Sutton <br/>Team:<br/>
Closing Date:7 Jul 2026 23:55 BST<br/></div></content></entry>"""
FEED = f"<?xml version='1.0'?><feed xmlns='http://www.w3.org/2005/Atom'>{ENTRY}</feed>"


def rows_of(first: int, last: int) -> str:
    return "".join(
        f'<tr class="search_res details_row"><td><a class="subject" href="/vx/xf-a5f8e63220f3'
        f'/candidate/so/pm/1/pl/3/opp/{n}-Clerk/en-GB">Clerk {n}</a></td><td>Ely</td>'
        f"<td>30 Sep 2026</td></tr>"
        for n in range(first, last)
    )


def board(rows: str, extra: str = "") -> str:
    heads = "<thead><tr><th>Title</th><th>Location</th><th>Closing Date</th></tr></thead>"
    return f'<html><table class="solr_search_list">{heads}{rows}</table>{extra}</html>'


def listing(text: str, url: str = FEED_URL) -> Listing:
    response = TextResponse(url, body=text.encode(), encoding="utf-8")
    return OleeoSpider().read_listing(response)


@pytest.mark.parametrize(
    ("text", "failure"),
    [
        ("<html><body>Maintenance</body></html>", Failure.LAYOUT_CHANGED),
        ("", Failure.LAYOUT_CHANGED),
        (FEED.replace("</feed>", ""), Failure.PARSE_ERROR),
        (board(""), Failure.LAYOUT_CHANGED),
        (
            "<p>The System you are trying to enter has been scheduled to be DELETED.</p>",
            Failure.NOT_FOUND,
        ),
    ],
)
def test_what_is_no_board_is_no_listing(text: str, failure: Failure) -> None:
    with pytest.raises(PageProblem) as raised:
        listing(text)
    assert raised.value.failure is failure


def test_an_entry_without_id_or_title_fails_loudly() -> None:
    with pytest.raises(ValueError, match="lacks its id or its title"):
        listing(FEED.replace("/opp/9908-", "/opp/"))
    with pytest.raises(ValueError, match="lacks its id or its title"):
        listing(FEED.replace("<title>201706: Clerk &amp; Cook</title>", ""))


def test_an_empty_feed_or_a_board_that_says_so_is_an_honest_zero() -> None:
    assert listing(FEED.replace(ENTRY, "")).says_empty
    assert listing("<p>There are currently no vacancies available.</p>", BOARD_URL).says_empty
    assert not listing(FEED).says_empty


def test_an_entry_holds_what_the_feed_says() -> None:
    (row,) = listing(FEED).rows
    assert row.advert.as_dict() == {
        "external_id": "9908",
        "url": ADVERT_URL,
        "title": "201706: Clerk & Cook",
        "reference": "9908",
        "salary": "£31,453",
        "location": "Sutton",
        "closes": "7 Jul 2026 23:55 BST",
        "posted": "2026-05-31T23:00:00Z",
        "extra": {"Role Type": "Kitchen,Office"},
    }


def test_a_county_is_a_location_where_there_is_no_other() -> None:
    (row,) = listing(FEED.replace("Location:Sutton", "County:Cork")).rows
    assert row.advert.location == "Cork"


def test_a_row_of_the_list_is_read_by_its_columns_and_loses_its_token() -> None:
    (row,) = listing(board(rows_of(7, 8)), BOARD_URL).rows
    assert row.advert.as_dict() == {
        "external_id": "7",
        "url": "https://ely.tal.net/vx/candidate/so/pm/1/pl/3/opp/7-Clerk/en-GB",
        "title": "Clerk 7",
        "location": "Ely",
        "closes": "30 Sep 2026",
    }


TILE = """<li class="col-md-6 opp-container"><div class="opp_5 search_res details_row"
 data-oppid="5" data-title="Clerk, Ely  Office"><h3><a class="subject"
 href="/vx/xf-a5f8e63220f3/candidate/so/pm/1/pl/3/opp/5-Clerk/en-GB"> Clerk, Ely... </a></h3>
<div><span class="candidate-opp-field-label">Location:</span> Ely</div>
<div><span class="candidate-opp-field-label">Application Deadline:</span> 30 Sep 2026</div>
<div><span class="candidate-opp-field-label">Programme:</span> Post</div></div></li>"""


def test_a_tile_is_read_by_its_labels_and_titled_in_full() -> None:
    (row,) = listing(f"<html><ul>{TILE}</ul></html>", BOARD_URL).rows
    assert row.advert.as_dict() == {
        "external_id": "5",
        "url": "https://ely.tal.net/vx/candidate/so/pm/1/pl/3/opp/5-Clerk/en-GB",
        "title": "Clerk, Ely Office",
        "location": "Ely",
        "closes": "30 Sep 2026",
        "extra": {"Programme": "Post"},
    }


def test_a_board_that_counts_its_results_is_walked_by_its_count() -> None:
    counted = '<span>(18 Results)</span><h2 role="alert">{} results match!</h2>'
    part = listing(counted.format("1,004") + board(rows_of(0, 30)), BOARD_URL)
    assert (part.advertised, part.more) == (1004, [BOARD_URL + "?start=30"])
    whole = listing(counted.format(25) + board(rows_of(0, 25)), BOARD_URL)
    assert (whole.advertised, whole.more) == (25, [])
    with pytest.raises(PageProblem):
        listing(counted.format(4) + board(""), BOARD_URL)


def test_a_full_page_or_a_link_leads_on_and_a_short_page_ends() -> None:
    full = listing(board(rows_of(0, 25)), BOARD_URL)
    assert full.more == [BOARD_URL + "?start=25"]
    assert listing(board(rows_of(25, 50)), BOARD_URL + "?start=25").more == [
        BOARD_URL + "?start=50"
    ]
    assert listing(board(rows_of(0, 3)), BOARD_URL).more == []
    named = board(rows_of(0, 10), '<a href="?start=0">1</a><a href="?start=10">2</a>')
    assert listing(named, BOARD_URL).more == [BOARD_URL + "?start=10"]
    end = listing(board(""), BOARD_URL + "?start=50")
    assert (list(end.rows), end.more, end.says_empty) == ([], [], False)
    with pytest.raises(PageProblem):
        listing("<html><p>Please log in</p></html>", BOARD_URL + "?start=50")


def advert(text: str, url: str = ADVERT_URL) -> dict[str, object]:
    response = HtmlResponse(url, body=text.encode(), encoding="utf-8")
    return OleeoSpider().read_advert(response).as_dict()


def test_an_adverts_own_page() -> None:
    page = (
        "<nav>Login</nav><main><h1>Clerk &amp; Cook</h1><dl><dt>Contract type</dt><dd>Permanent"
        "</dd><dt>Salary</dt><dd>£31,453</dd></dl><p>Mind the soup.</p>"
        '<form class="apply-form" method="post"></form></main>'
    )
    read_back = advert(page, ADVERT_URL.replace("/brand-2", "/brand-2/xf-a5f8e63220f3"))
    assert (read_back["external_id"], read_back["url"]) == ("9908", ADVERT_URL)
    assert (read_back["title"], read_back["contract"], read_back["salary"]) == (
        "Clerk & Cook",
        "Permanent",
        "£31,453",
    )
    assert "Mind the soup." in str(read_back["description"])


def test_a_page_without_an_advert_is_gone_or_a_problem() -> None:
    with pytest.raises(AdvertGone):
        advert("<p>Sorry, this vacancy has now closed.</p>")
    with pytest.raises(PageProblem):
        advert("<h1>Welcome</h1>")


@pytest.mark.parametrize(
    ("text", "listed"),
    [
        (f"<a href='{ADVERT_URL}'>A</a><a href='{FEED_URL}'>Feed</a>", FEED_URL),
        (
            "<a href='https://ely.tal.net/vx/xf-a5f8e63220f3/candidate/jobboard/vacancy/14/adv?x=1'"
            ">Jobs</a>",
            "https://ely.tal.net/vx/candidate/jobboard/vacancy/14/adv/",
        ),
        (f"<a href='{ADVERT_URL}'>A</a>", "https://ely.tal.net/candidate/jobboard/vacancy/1/adv/"),
    ],
)
def test_pages_that_lead_to_a_board_are_recognised(text: str, listed: str) -> None:
    found = detect(HtmlResponse("https://www.ely.gov.uk/", body=text.encode(), encoding="utf-8"))
    assert found is not None
    assert (found.platform, found.url) == ("oleeo", listed)


@pytest.mark.parametrize(
    "text",
    [
        "<a href='https://www.oleeo.com/candidate/jobs'>Vendor</a>",
        "<a href='https://crystal.net/candidate/x'>Jobs</a>",
        "<a href='https://ely.tal.net/'>Jobs</a><p>/candidate/jobboard/vacancy/1/adv</p>",
    ],
)
def test_other_pages_are_not(text: str) -> None:
    page = HtmlResponse("https://www.ely.gov.uk/", body=text.encode(), encoding="utf-8")
    assert detect(page) is None
