"""Hireserve: a search page that leads to a JSON feed, or an older portal's single list."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from scrapy import Request
from scrapy.http import HtmlResponse, TextResponse

from scrapers.listing import Listing
from scrapers.problems import AdvertGone, Failure, PageProblem
from scrapers.spiders.hireserve import HireserveSpider, detect

HOST = "https://jobs.ely.gov.uk"
SEARCH = HOST + "/en/vacancies.html"
FEED = HOST + "/utf8/ic_job_feeds.feed_engine?p_web_site_id=4249"
ADVERT = HOST + "/en/vacancy/gardener-614470.html"

SEARCH_PAGE = """<html><head><script src="/icamsbase/js/global.js"></script></head><body>
<form action="/utf8/ic_job_feeds.feed_engine" method="get">
<input value="4249" type="hidden" name="p_web_site_id"></form>
<div id="jobs_list"></div></body></html>"""


def job(**says: Any) -> dict[str, Any]:
    return {
        "id": 614470,
        "title": "Gardener &amp; Cook",
        "refno": "6288",
        "weblink": ADVERT,
        "summary": "",
        "display_in_list": "Y",
        "publication": {
            "internet": {
                "publish_date": "2026-06-29 00:00:00",
                "closing_date": "2026-09-06 00:00:00",
            }
        },
        "locations": [{"id": None, "name": "", "city": "Ely", "postal_code": "CB7 4AA"}],
        "classifications": {
            "class_1": {"name": "Faculty/Department", "values": [{"class_val": "Parks"}]},
            "class_2": {"name": "Salary", "values": []},
            "class_3": {"name": "Salary Scale", "values": [{"class_val": "£25,528.10 pro rata "}]},
            "class_4": {"name": "Weekly Hours", "values": [{"class_val": "20"}]},
            "class_5": {"name": "Salary (CY)", "values": [{"class_val": "£25,528.10 y flwyddyn"}]},
            "class_6": {"name": "Contract Type"},
        },
        **says,
    }


def read(body: str | dict[str, Any], url: str = FEED) -> Listing | Request:
    text = body if isinstance(body, str) else json.dumps(body)
    return HireserveSpider().read_listing(TextResponse(url, body=text.encode(), encoding="utf-8"))


def listing(body: str | dict[str, Any], url: str = FEED) -> Listing:
    found = read(body, url)
    assert isinstance(found, Listing)
    return found


@pytest.mark.parametrize(
    ("body", "failure"),
    [
        ("<html><body><p>Unauthorised</p></body></html>", Failure.LAYOUT_CHANGED),
        ("[]", Failure.LAYOUT_CHANGED),
        ('{"jobs": [{"id": 1', Failure.PARSE_ERROR),
    ],
)
def test_what_is_no_feed_is_no_listing(body: str, failure: Failure) -> None:
    with pytest.raises(PageProblem) as raised:
        read(body)
    assert raised.value.failure is failure


@pytest.mark.parametrize("lacking", ["jobs", "total"])
def test_a_feed_without_its_jobs_or_its_total_fails_loudly(lacking: str) -> None:
    answer = {"jobs": [job()], "total": 1}
    del answer[lacking]
    with pytest.raises(KeyError):
        read(answer)


@pytest.mark.parametrize("text", ["<html><body><h1>Login</h1></body></html>", "<p>Jobs", ""])
def test_a_page_that_leads_nowhere_is_a_problem(text: str) -> None:
    with pytest.raises(PageProblem):
        read(text, SEARCH)


def test_the_total_is_the_feeds_and_a_stated_zero_is_honest() -> None:
    assert listing({"jobs": [job()], "total": 11}).advertised == 11
    empty = listing({"jobs": [], "total": 0})
    assert (empty.advertised, list(empty.rows), list(empty.more)) == (0, [], [])


def test_an_advert_that_is_not_listed_is_neither_a_row_nor_counted() -> None:
    answer = {"jobs": [job(), job(id=2, display_in_list="N")], "total": 2}
    read_back = listing(answer)
    assert ([row.advert.external_id for row in read_back.rows], read_back.advertised) == (
        ["614470"],
        1,
    )


def test_the_search_page_leads_to_the_feed() -> None:
    asked = read(SEARCH_PAGE, SEARCH)
    assert isinstance(asked, Request)
    assert asked.url.startswith(HOST + "/utf8/ic_job_feeds.feed_engine?")
    query = dict(parse_qsl(urlsplit(asked.url).query))
    assert (query["p_web_site_id"], query["p_format"]) == ("4249", "MOBILE")


def test_a_job_is_read_whole_where_the_feed_holds_its_text() -> None:
    whole = job(jobdescription={"description": "<p>Roses &amp; soup</p>"})
    (row,) = listing({"jobs": [whole], "total": 1}).rows
    assert row.complete
    assert row.advert.as_dict() == {
        "external_id": "614470",
        "url": ADVERT,
        "title": "Gardener & Cook",
        "department": "Parks",
        "reference": "6288",
        "salary": "£25,528.10 pro rata",
        "location": "Ely",
        "postcode": "CB7 4AA",
        "hours": "20",
        "posted": "2026-06-29 00:00:00",
        "closes": "2026-09-06 00:00:00",
        "description": "<p>Roses &amp; soup</p>",
        "extra": {"Salary (CY)": "£25,528.10 y flwyddyn"},
    }


def test_without_its_text_the_adverts_own_page_is_asked_for() -> None:
    (row,) = listing({"jobs": [job(publication=None, locations=[])], "total": 1}).rows
    assert not row.complete
    assert (row.advert.closes, row.advert.location) == (None, None)


def test_the_old_portals_front_page_leads_to_its_list() -> None:
    front = (
        '<a href="wd_portal.list?p_web_site_id=38&p_function=map&p_class_type=Role type">A</a>'
        '<a href="wd_portal.list?p_web_site_id=38&amp;p_function=map&amp;p_title=All%20jobs">All'
        " <span>56 jobs</span></a><input type=hidden name=p_web_site_id value=38>"
    )
    asked = read(front, HOST + "/wd/plsql/wd_portal.show_page?p_web_site_id=38")
    assert isinstance(asked, Request)
    assert asked.url.endswith(
        "/wd/plsql/wd_portal.list?p_web_site_id=38&p_function=map&p_title=All%20jobs"
    )


def test_the_old_portals_list_is_read_by_its_links() -> None:
    found = listing(
        '<a href="/vacancy/cook-407240.html">Cook</a><a href="/vacancy/cook-407240.html"></a>'
        '<a href="wd_portal.show_job?p_web_site_id=38&amp;p_web_page_id=9&amp;p_lang=DEFAULT">'
        "Clerk</a><a href='/vacancy/all.html'>All</a>",
        HOST + "/wd/plsql/wd_portal.list?p_web_site_id=38",
    )
    assert [(row.advert.external_id, row.advert.title) for row in found.rows] == [
        ("407240", "Cook"),
        ("9", "Clerk"),
    ]
    assert found.advertised is None


def test_an_empty_list_is_only_a_zero_when_it_says_so() -> None:
    url = HOST + "/wd/plsql/wd_portal.list?p_web_site_id=38"
    assert listing("<p>There are currently no vacancies.</p>", url).says_empty
    with pytest.raises(PageProblem):
        read("<h1>Current vacancies</h1>", url)


def advert(text: str, url: str = ADVERT) -> dict[str, object]:
    response = HtmlResponse(url, body=text.encode(), encoding="utf-8")
    return HireserveSpider().read_advert(response).as_dict()


def test_an_adverts_own_page() -> None:
    page = (
        '<nav>Menu</nav><div class="job_description"><h1>Gardener</h1>'
        '<div class="job_classifications"><span><strong>Contract Type: </strong></span>'
        "<span>Permanent</span></div><h2>Roses</h2><p>Mind them.</p></div>"
    )
    read_back = advert(page)
    assert (read_back["title"], read_back["contract"]) == ("Gardener", "Permanent")
    assert (read_back["external_id"], read_back["url"]) == ("614470", ADVERT)
    assert str(read_back["description"]).endswith("<p>Mind them.</p>")
    portal = HOST + "/wd/plsql/wd_portal.show_job?p_web_site_id=38&p_web_page_id=9"
    assert advert(page, portal)["external_id"] == "9"


def test_a_page_without_an_advert_is_gone_or_a_problem() -> None:
    with pytest.raises(AdvertGone):
        advert("<p>This vacancy is no longer available.</p>")
    with pytest.raises(PageProblem):
        advert("<p>Unauthorised</p>")


@pytest.mark.parametrize(
    ("url", "text", "listed"),
    [
        (SEARCH, SEARCH_PAGE, SEARCH),
        (
            "https://www.ely.gov.uk/",
            f"<a href='{HOST}/wd/plsql/wd_portal.show_page?p_web_site_id=38&p_text_id=1'>Jobs</a>",
            HOST
            + "/wd/plsql/wd_portal.list?p_web_site_id=38&p_function=map&p_title=Current+vacancies",
        ),
    ],
)
def test_pages_of_hireserve_are_recognised(url: str, text: str, listed: str) -> None:
    found = detect(HtmlResponse(url, body=text.encode(), encoding="utf-8"))
    assert found is not None
    assert (found.platform, found.url) == ("hireserve", listed)


@pytest.mark.parametrize(
    "text",
    [
        "<a href='https://my.corehr.com/pls/ely/erq_search_package.search_form?p_company=1'>J</a>",
        "<a href='/vacancy/cook-1.html'>Cook</a><p>hireserve</p>",
        "<script src='/icamsbase/js/global.js'></script>",
    ],
)
def test_other_pages_are_not(text: str) -> None:
    page = HtmlResponse("https://www.ely.gov.uk/", body=text.encode(), encoding="utf-8")
    assert detect(page) is None
