"""CoreHR: a search form that is sent on, results that count themselves, a page for each advert."""

from __future__ import annotations

from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from scrapy import Request
from scrapy.http import HtmlResponse, TextResponse

from lgjobs.demo import web
from lgjobs.demo.corehr import CoreHrSite
from lgjobs.demo.estate import Estate
from lgjobs.demo.sites import Site
from scrapers.listing import Listing
from scrapers.problems import AdvertGone, Failure, PageProblem
from scrapers.spiders.corehr import CoreHrSpider, detect

HOST = "https://my.corehr.com/pls/elyrecruit/"
SEARCH = HOST + "erq_search_package.search_form?p_company=1&p_internal_external=E"
RESULTS = HOST + "erq_search_version_4.start_search_with_params"
SPEC = "/pls/elyrecruit/erq_jobspec_version_4.display_form?p_company=1&p_recruitment_id="

FORM = """<html><head><title>Search Jobs</title></head><body>
<form name="callTheLoginFromNav" action="erq_login_package.build_login_screen" method="post">
<input type="hidden" name="p_login_type" value="LOGIN"></form>
<form name="callErecruitDoSearch"
 action="/pls/elyrecruit/erq_search_version_4.start_search_with_params" method="post">
<input type="hidden" name="p_company" value="1">
<select name="p_competition_type"><option selected value="ALLOPTIONS">All
<option value="AC">Planning</select>
<input type="text" name="p_keywords" value=""><input value="" name="p_location" type="hidden">
</form></body></html>"""

ROW = """<tr><td class="erq_searchv4_result_row"><table><tr><td class="erq_searchv4_heading1">
<a class="erq_searchv4_big_anchor" href="javascript:viewTheJobSpec('{id}')"> {title} </a></td>
<td><a href="javascript:applyForJob('{id}', 'N')">Apply</a></td></tr>
<tr><td colspan="4" class="erq_searchv4_heading2">Town Hall, Ely, CB7 4AA</td></tr>
<tr><td class="erq_searchv4_heading5_label">Department: : </td>
<td class="erq_searchv4_heading5_text">Parks &amp; Gardens</td>
<td class="erq_searchv4_heading5_label">Pay Scale : </td>
<td class="erq_searchv4_heading5_text">GRADE 7</td></tr>
<tr><td class="erq_searchv4_heading5_label">Closing Date & Time : </td>
<td class="erq_searchv4_heading5_text">19-Oct-2026 12:00</td>
<td class="erq_searchv4_heading5_label">Salary (£) : </td>
<td class="erq_searchv4_heading5_text">£28,031 to £31,236 per annum</td></tr>
<tr><td class="erq_searchv4_heading5_label">Vacancy ID : </td>
<td class="erq_searchv4_heading5_text">{id}</td>
<td class="erq_searchv4_heading5_label">&nbsp</td>
<td class="erq_searchv4_heading5_text">&nbsp</td></tr>
<tr><td class="erq_searchv4_heading3 targetLink"><div>Mind the roses and ...
<a href="javascript:viewTheJobSpec('{id}')">More</a></div></td></tr>
<script>var links = 1;</script></table></td></tr>"""

FORWARD = """<form name="searchv4navigateresultsforward"
 action="erq_search_version_4.start_search_with_params" method="post">
<input name="p_company" type="hidden" value="1">
<input name="p_start_from" type="hidden" value="{start}">
<input name="p_direction" type="hidden" value="N"></form>"""


def results(ids: list[str], shown: str, total: int, start: int = 2) -> str:
    rows = "".join(ROW.format(id=each, title="Gardener") for each in ids)
    return (
        f'<html><head><script>var l_url = "{SPEC}";</script></head><body>'
        "<div id='erq_notifications_table'>Scheduled Maintenance on Sunday</div>"
        f"<table><tr><td>Your search returned {total} results</td></tr>{rows}</table>"
        f'<span class="erq_searchv4_count">{shown}</span>{FORWARD.format(start=start)}'
        "</body></html>"
    )


def read(text: str, url: str = RESULTS) -> Listing | Request:
    return CoreHrSpider().read_listing(HtmlResponse(url, body=text.encode(), encoding="utf-8"))


def listing(text: str) -> Listing:
    found = read(text)
    assert isinstance(found, Listing)
    return found


@pytest.mark.parametrize(
    "text",
    [
        "<html><title>CoreError Page</title><body>CoreError</body></html>",
        "{}",
        "",
        "<p>Welcome",
        ROW,
    ],
)
def test_what_is_neither_form_nor_results_is_a_changed_layout(text: str) -> None:
    with pytest.raises(PageProblem) as raised:
        read(text)
    assert raised.value.failure is Failure.LAYOUT_CHANGED


def test_a_result_without_its_adverts_address_fails_loudly() -> None:
    page = results(["7"], "Displaying 1 to 1 of 1", 1)
    with pytest.raises(ValueError, match="lacks its id"):
        read(page.replace("l_url", "m_url"))
    with pytest.raises(ValueError, match="lacks its id"):
        read(page.replace("viewTheJobSpec('7')", "viewTheJobSpec()"))


def test_the_form_is_sent_with_everything_a_browser_would_send() -> None:
    asked = read(FORM, SEARCH)
    assert isinstance(asked, Request)
    assert (asked.method, asked.url) == ("POST", RESULTS)
    assert parse_qs(asked.body.decode(), keep_blank_values=True) == {
        "p_company": ["1"],
        "p_competition_type": ["ALLOPTIONS"],
        "p_keywords": [""],
        "p_location": [""],
    }


def test_the_pager_follows_the_count_and_not_the_form_that_is_always_there() -> None:
    first = listing(results(["1", "2"], "Displaying 1 to 2 of 3", 3))
    (onward,) = first.more
    assert isinstance(onward, Request)
    assert (onward.method, onward.url) == ("POST", RESULTS)
    assert parse_qs(onward.body.decode())["p_start_from"] == ["2"]
    assert first.advertised == 3
    last = listing(results(["3"], "Displaying 3 to 3 of 3", 3, start=4))
    assert (list(last.more), last.advertised) == ([], 3)


def test_without_the_range_the_form_alone_leads_on() -> None:
    page = results(["1"], "", 3)
    assert len(listing(page).more) == 1
    assert listing(page[: page.index("<form")]).more == []


def test_a_stated_zero_is_honest_and_rows_gone_missing_are_not() -> None:
    zero = listing(results([], "", 0))
    assert (zero.advertised, list(zero.rows), list(zero.more)) == (0, [], [])
    missing = listing(results([], "Displaying 1 to 9 of 9", 9))
    assert (missing.advertised, missing.says_empty) == (9, False)
    assert listing("<html><body>There are currently no vacancies.</body></html>").says_empty


def test_a_row_holds_what_the_result_says() -> None:
    (row,) = listing(results(["00123"], "Displaying 1 to 1 of 1", 1)).rows
    assert row.advert.as_dict() == {
        "external_id": "00123",
        "url": "https://my.corehr.com" + SPEC + "00123",
        "title": "Gardener",
        "department": "Parks & Gardens",
        "grade": "GRADE 7",
        "closes": "19-Oct-2026 12:00",
        "salary": "£28,031 to £31,236 per annum",
        "reference": "00123",
        "location": "Town Hall, Ely, CB7 4AA",
        "summary": "Mind the roses and",
    }


ADVERT = """<html><body><table><tr><td>Employment Type : </td><td>Permanent</td></tr></table>
<table><tr><td class="erq_searchv4_jobspec_row"><p>Mind the <b>roses</b>.</p></td></tr></table>
</body></html>"""


def advert(text: str, url: str = "https://my.corehr.com" + SPEC + "7") -> dict[str, object]:
    response = TextResponse(url, body=text.encode(), encoding="utf-8")
    return CoreHrSpider().read_advert(response).as_dict()


def test_an_adverts_own_page() -> None:
    read_back = advert(ADVERT)
    assert read_back["external_id"] == "7"
    assert read_back["contract"] == "Permanent"
    assert read_back["description"] == "<p>Mind the <b>roses</b>.</p>"


def test_a_page_without_an_advert_is_gone_or_a_problem() -> None:
    with pytest.raises(AdvertGone):
        advert("<html><body><p>This vacancy has closed.</p></body></html>")
    with pytest.raises(PageProblem):
        advert("<html><body><p>CoreError Page</p></body></html>")
    with pytest.raises(PageProblem):
        advert(ADVERT, HOST + "erq_jobspec_version_4.display_form")


@pytest.mark.parametrize(
    "page",
    [
        (RESULTS + "?p_company=1&p_internal_external=E&p_competition_type=AC", "<p>"),
        (
            "https://www.ely.gov.uk/",
            f"<a href='{HOST}erq_jobspec_version_4.display_form"
            "?p_company=1&amp;p_recruitment_id=7'>Gardener</a>",
        ),
        ("https://www.ely.gov.uk/", f"<iframe src='{SEARCH}'></iframe>"),
    ],
)
def test_pages_that_lead_to_corehr_are_recognised(page: tuple[str, str]) -> None:
    found = detect(HtmlResponse(page[0], body=page[1].encode(), encoding="utf-8"))
    assert found is not None
    assert (found.platform, found.url) == ("corehr", SEARCH)


def test_results_are_recognised_by_the_address_that_their_script_opens() -> None:
    script = f'<script>var l_url = "{SPEC}";</script>'
    found = detect(HtmlResponse(RESULTS, body=script.encode(), encoding="utf-8"))
    assert found is not None
    assert found.url == SEARCH


@pytest.mark.parametrize(
    "text",
    [
        "<a href='https://jobs.ely.ac.uk/wd/plsql/wd_portal.list?p_web_site_id=3885'>Jobs</a>",
        "<a href='https://my.corehr.com/pls/elyrecruit/erq_search_package.search_form'>?</a>",
        "<a href='https://www.corehr.com/about'>Our supplier</a> /pls/x/erq_search.y",
    ],
)
def test_other_pages_are_not(text: str) -> None:
    page = HtmlResponse("https://www.ely.gov.uk/", body=text.encode(), encoding="utf-8")
    assert detect(page) is None


DEMO = Site("leeds", "corehr", "E08000035", "Leeds City Council", "", "", {"size": "4"}, {})


class Visitor:
    """Asks a demo site and keeps its cookies, as the crawl does."""

    def __init__(self, site: CoreHrSite) -> None:
        self.site, self.cookie = site, ""

    def __call__(self, request: Request) -> HtmlResponse:
        parts = urlsplit(request.url)
        headers = {"host": parts.netloc, "cookie": self.cookie}
        asked = web.Request(request.method, f"{parts.path}?{parts.query}", headers)
        is_post = request.method == "POST"
        reply = self.site.post(asked, request.body) if is_post else self.site.respond(asked)
        self.cookie = dict(reply.headers).get("Set-Cookie", self.cookie).partition(";")[0]
        return HtmlResponse(request.url, body=reply.body, encoding="utf-8", request=request)


def test_the_demo_site_is_read_to_its_end_and_only_within_a_session() -> None:
    estate = Estate(date(2026, 3, 2))
    site = CoreHrSite(DEMO, estate)
    ask, spider = Visitor(site), CoreHrSpider()
    read_back = spider.read_listing(ask(Request("http://127.0.0.1:80" + site.start_path())))
    seen: dict[str, str] = {}
    total = None
    while isinstance(read_back, Request):
        page = spider.read_listing(ask(read_back))
        assert isinstance(page, Listing)
        total = page.advertised
        seen |= {row.advert.external_id: row.advert.url for row in page.rows}
        read_back = next((each for each in page.more if isinstance(each, Request)), page)
        if isinstance(read_back, Request) and len(seen) == 4:
            with pytest.raises(PageProblem):
                spider.read_listing(Visitor(site)(read_back))
    live = {advert.id: advert for advert in estate.on("leeds")}
    assert (set(seen), total) == (set(live), len(live))
    assert len(live) > 4
    for number, url in seen.items():
        advert_read = spider.read_advert(ask(Request(url)))
        assert advert_read.salary == " ".join((live[number].salary or "").split())
        assert "</p>" in (advert_read.description or "")
