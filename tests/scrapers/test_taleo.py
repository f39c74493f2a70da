"""Taleo Enterprise: the search behind its shell, and adverts that a script writes on the page."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from scrapy import Request
from scrapy.http import HtmlResponse, TextResponse

from lgjobs.demo.estate import Estate
from lgjobs.demo.sites import SITES
from lgjobs.demo.taleo import TaleoSite
from scrapers.listing import Listing
from scrapers.platform import READING_ERRORS
from scrapers.problems import AdvertGone, Failure, PageProblem
from scrapers.spiders.taleo import TaleoSpider, detect
from tests.scrapers.walking import HOST, answer, walk

SITE = "https://ely.taleo.net"
SHELL_URL = f"{SITE}/careersection/ely_ext/jobsearch.ftl?lang=en"
SEARCH_URL = f"{SITE}/careersection/rest/jobboard/searchjobs?lang=en&portal=101"
ADVERT_URL = f"{SITE}/careersection/ely_ext/jobdetail.ftl?job=26001&lang=en"
SHELL = """<title>Job Search</title><script>var require = {config: {portalNo: '101'}};</script>
<table id="jobs"><thead><tr><th>Icons</th><th width="9%">Requisition Title</th>
<th width="9%">Salary Range</th><th width="9%">Organization</th><th>Actions</th></tr></thead>
</table><ul id="jobList"></ul>"""
SHOWN = """<div id="infoPanel"><h1>Job Vacancies 1 - 25 of 27</h1></div><ul id="jobList">
<li id="job7"><div><a href="/careersection/ely_ext/jobdetail.ftl?job=26001&amp;tz=x">Clerk</a>
<span>26001</span></div><div><span>Law</span><span>£24,479 per annum</span></div></li></ul>"""
JOB: dict[str, Any] = {
    "jobId": "7",
    "contestNo": "26001",
    "column": ["Clerk", "£24,479", "Law"],
    "linkedColumn": 0,
    "locationsColumns": [],
}
PANEL = "requisitionDescriptionInterface"
LINE = (
    f'<div class="contentlinepanel"><span class="subtitle" id="{PANEL}.C{{0}}"></span>'
    f'<span id="{PANEL}.V{{0}}"></span></div>'
)
DEMO = TaleoSite(SITES["sunderland"], Estate(date(2026, 3, 2)))
DEMO_SEARCH = f"{HOST}/careersection/rest/jobboard/searchjobs?lang=en&portal="
CLOCK = {"tz": "GMT+00:00", "Content-Type": "application/json"}


def html(body: str, url: str) -> HtmlResponse:
    return HtmlResponse(url, body=body.encode(), encoding="utf-8")


def found(
    *jobs: dict[str, Any], total: int = 1, page: int = 1, told: dict[str, Any] | None = None
) -> Listing:
    paging = {"currentPageNo": page, "pageSize": 25, "totalCount": total}
    body = json.dumps({"requisitionList": list(jobs), "pagingData": paging}).encode()
    request = Request(SEARCH_URL, method="POST", meta=told) if told else None
    read = TaleoSpider().read_listing(TextResponse(SEARCH_URL, body=body, request=request))
    assert isinstance(read, Listing)
    return read


def facts(job: dict[str, Any], headings: list[str], lang: str = "en") -> dict[str, Any]:
    near = SHELL_URL.replace("lang=en", f"lang={lang}")
    return found(job, told={"near": near, "headings": headings}).rows[0].advert.as_dict()


def filled(*fields: tuple[str, str, str], lines: str | None = None) -> HtmlResponse:
    """An advert's page: names, captions and values of its fields."""
    fields = (("contestnumber", "", "26001"), ("title", "", "Clerk"), *fields)
    numbers = range(len(fields))
    drawn = "".join(LINE.format(at) for at in numbers) if lines is None else lines
    script = (
        f"{PANEL}: {{_ctls: ['a'], _hles: {[f'C{at}' for at in numbers]}}}, descRequisition: {{"
        f"_size: 1, _hles: {[f'V{at}' for at in numbers]}, "
        f"_hlid: {['reqlistitem.' + name for name, _, _ in fields]}}}\n"
        f"api.fillInterface('{PANEL}', {[caption for _, caption, _ in fields]});\n"
        f"api.fillList('{PANEL}', 'descRequisition', {[value for _, _, value in fields]});"
    )
    return html(f"{drawn}<script>{script}</script>", ADVERT_URL)


def advert(*fields: tuple[str, str, str], lines: str | None = None) -> dict[str, Any]:
    return TaleoSpider().read_advert(filled(*fields, lines=lines)).as_dict()


@pytest.mark.parametrize(
    ("body", "failure"),
    [
        ("<p>No jobs correspond to the specified criteria.</p>", Failure.LAYOUT_CHANGED),
        ("An Error Occurred in TEE", Failure.LAYOUT_CHANGED),
        ('{"requisitionList": [{"jobId"', Failure.PARSE_ERROR),
        ('{"requisitionList": null, "careerSectionUnAvailable": true}', Failure.NOT_FOUND),
    ],
)
def test_what_is_no_list_is_never_an_empty_one(body: str, failure: Failure) -> None:
    with pytest.raises(PageProblem) as problem:
        TaleoSpider().read_listing(html(body, SEARCH_URL))
    assert problem.value.failure is failure


@pytest.mark.parametrize("missing", ["contestNo", "column"])
def test_a_job_without_its_number_or_its_columns_fails_the_page(missing: str) -> None:
    with pytest.raises(READING_ERRORS):
        found({name: value for name, value in JOB.items() if name != missing})


def test_the_shell_leads_to_the_search_with_the_headers_it_insists_on() -> None:
    request = TaleoSpider().read_listing(html(SHELL, SHELL_URL))
    assert isinstance(request, Request)
    assert (request.method, request.url) == ("POST", SEARCH_URL)
    assert {b"Tz", b"Tzname", b"Content-Type"} <= set(request.headers)
    assert json.loads(request.body)["pageNo"] == 1
    assert request.meta["headings"] == ["Requisition Title", "Salary Range", "Organization"]


def test_the_total_tells_the_zero_and_the_further_pages() -> None:
    assert found(total=0).says_empty
    assert not found(total=3).says_empty
    assert found(JOB, total=25).more == []
    (onward,) = found(JOB, total=60, page=2).more
    assert isinstance(onward, Request)
    assert json.loads(onward.body)["pageNo"] == 3


def test_columns_are_facts_only_under_as_many_headings() -> None:
    read = facts(JOB, ["Requisition Title", "Salary Range", "Organization"])
    assert (read["title"], read["salary"], read["department"]) == ("Clerk", "£24,479", "Law")
    assert "employer" not in read
    assert read["url"] == ADVERT_URL
    for headings in ([], ["Requisition Title", "Organization"]):
        read = facts(JOB, headings)
        assert read["title"] == "Clerk"
        assert "salary" not in read


def test_the_answer_says_which_columns_are_title_and_places() -> None:
    job = {
        **JOB,
        "column": ["26001", "Clerk", '["UK-Durham", "UK-Ely"]', "[x"],
        "linkedColumn": 1,
        "locationsColumns": [2],
    }
    read = found(job).rows[0].advert
    assert (read.external_id, read.title, read.location) == ("26001", "Clerk", "UK-Durham; UK-Ely")


@pytest.mark.parametrize(
    ("written", "lang", "read"),
    [
        ("03/04/2026", "en", None),
        ("03/04/2026", "en-GB", "03/04/2026"),
        ("19/04/2026", "en", "19/04/2026"),
        ("Jun 17, 2026", "en", "Jun 17, 2026"),
    ],
)
def test_a_date_that_reads_two_ways_is_left_out(written: str, lang: str, read: str | None) -> None:
    job = {**JOB, "column": ["Clerk", "", written]}
    assert facts(job, ["Title", "Salary", "Closing Date"], lang).get("closes") == read


def test_the_search_as_a_browser_shows_it() -> None:
    read = TaleoSpider().read_listing(html(SHOWN, SHELL_URL))
    assert isinstance(read, Listing)
    row = read.rows[0].advert
    assert read.advertised == 27
    assert (row.external_id, row.title, row.salary) == ("26001", "Clerk", "£24,479 per annum")
    assert row.url == ADVERT_URL


def test_an_advert_that_is_over_is_gone() -> None:
    page = '<form id="ftlform"><input name="ftlpageid" value="unavaibleRequisitionPage"></form>'
    with pytest.raises(AdvertGone):
        TaleoSpider().read_advert(html(page, ADVERT_URL))


def test_a_page_whose_arrays_do_not_fit_is_no_advert() -> None:
    page = filled(("G1", "Salary", "£9"))
    for body in (
        page.text.replace("'£9'", "'£9', 'x'"),
        page.text.replace("fillList", "fill"),
    ):
        with pytest.raises((PageProblem, *READING_ERRORS)):
            TaleoSpider().read_advert(html(body, ADVERT_URL))


def test_values_are_read_under_the_captions_before_them() -> None:
    read = advert(
        ("G1", "Salary Range", "%A324,479 %u2013 %C2%A326,000"),
        ("unpostingdate", "Apply until", "16-Sep-2026, 11:59:00 PM"),
        ("organization", "Organization", "Law"),
        ("G2", "Hiring manager e-mail", "x@example.org"),
        ("description", "Description", "!*!%3Cp%3EMind the post.%3C/p%3E"),
        ("G3", "Closing Date Note", "!*!%3Cp%3EOr sooner.%3C/p%3E"),
    )
    assert read["external_id"] == read["reference"] == "26001"
    assert (read["title"], read["url"]) == ("Clerk", ADVERT_URL)
    assert read["salary"] == "£24,479 – £26,000"
    assert read["closes"] == "16-Sep-2026, 11:59:00 PM"
    assert read["department"] == "Law"
    assert "x@example.org" not in str(read)
    assert read["description"].startswith("<h3>Description</h3>\n<p>Mind the post.</p>")
    assert "<p>Or sooner.</p>" in read["description"]


def test_what_the_page_has_no_place_for_is_not_shown() -> None:
    read = advert(("G1", "Salary", "£9"), ("sites", "", "!*!%3Cp%3E34 High Road%3C/p%3E"), lines="")
    assert "salary" not in read
    assert "description" not in read


@pytest.mark.parametrize(
    ("url", "listing"),
    [
        (ADVERT_URL, SHELL_URL),
        (f"{SITE}/careersection/2/joblist.ftl", f"{SITE}/careersection/2/jobsearch.ftl?lang=en"),
        (f"{SITE}/careersection/iam/accessmanagement/login.jsf", None),
        (SEARCH_URL, None),
        ("https://phe.tbe.taleo.net/phe01/ats/careers/v2/searchResults?org=ELY&cws=1", None),
    ],
)
def test_detection(url: str, listing: str | None) -> None:
    link = html(f'<a href="{url}">Jobs</a>', "https://www.ely.example/")
    detected = detect(link)
    assert (detected.url if detected else None) == listing


ALL: dict[str, Any] = {"pageNo": 1, "fieldData": {"fields": {}}}


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        (ALL, {"Content-Type": "application/json"}, 500),
        ({**ALL, "fieldData": {"fields": []}}, CLOCK, 400),
        ({"fieldData": {"fields": {}}}, CLOCK, 400),
        (ALL, {"tz": "GMT+00:00"}, 415),
        (ALL, CLOCK, 200),
    ],
)
def test_the_demo_refuses_what_a_real_section_refuses(
    body: dict[str, Any], headers: dict[str, str], status: int
) -> None:
    asked = Request(f"{DEMO_SEARCH}1", method="POST", headers=headers, body=json.dumps(body))
    replied = answer(DEMO, asked)
    assert replied.status == status
    if status == 200:
        assert replied.json()["careerSectionUnAvailable"], "no such portal"


def test_the_demo_is_read_to_its_end() -> None:
    pages = walk(TaleoSpider(), DEMO, Request(HOST + DEMO.start_path()))
    rows = [row for page in pages for row in page.rows]
    assert len(rows) == pages[0].advertised == len({row.advert.external_id for row in rows})
