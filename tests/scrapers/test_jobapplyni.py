"""JobApplyNI: cards of ten under a count, labelled pages with text typed in lines."""

from __future__ import annotations

from datetime import date

import pytest
from scrapy.http import HtmlResponse

from lgjobs.demo.estate import Estate
from lgjobs.demo.jobapplyni import JobApplyNISite
from lgjobs.demo.sites import SITES
from lgjobs.demo.web import Request
from scrapers.listing import Listing
from scrapers.problems import AdvertGone, Failure, PageProblem
from scrapers.spiders.jobapplyni import LISTING, JobApplyNISpider, detect

HOST = "https://www.jobapplyni.com"
PROMPT = '<div class="card"><h2 class="card-title">You may be interested</h2></div>'
CARD = """<div class="container card mb-2"><div class="card-body">
<h2 class="card-title"><a href="/Vacancy/VacancyDetail?Id=178&amp;P=1">Cook &amp; Baker</a></h2>
<p class="h5">Belfast City Council</p></div><div class="bg-light"><dl class="row">
<dt>Vacancy ID</dt><dd>178</dd><dt>Salary</dt><dd>£13.05 per hour</dd><dt>Area</dt><dd>Belfast</dd>
<dt>Location</dt><dd>Titanic Quarter</dd><dt>Hours</dt><dd>37</dd>
<dt>Closing date</dt><dd>13 Oct 2026</dd></dl></div></div>"""
FACTS = """<dl class="row"><dt>Vacancy ID</dt><dd>178</dd><dt>Job ref.</dt><dd>B/4</dd>
<dt>Job Sector</dt><dd>Catering</dd><dt>Area</dt><dd>Belfast</dd><dt>No. vacancies</dt><dd>2</dd>
<dt>Contract Type</dt><dd>Permanent</dd><dt>Weekly hours</dt><dd>37</dd>
<dt>Published date</dt><dd>05/10/2026</dd><dt>Closing date</dt><dd>13/10/2026</dd>
<dt>Worktime</dt><dd>Full time</dd></dl>"""
ADVERT = f"""<div class="card"><div class="card-header"><h1>Cook &amp; Baker</h1></div>
<h2 class="card-title"><a data-target="#employerModal">Belfast City Council</a></h2>
<div class="row"><div class="col-md-8"><h3>Job description</h3><p>Bake.&#xA;Cook.</p>
<h4>Responsibilities</h4><p>An oven.</p></div><div class="col-md-4">{FACTS}
<a class="btn btn-success" href="https://jobs.example/178">Apply</a></div></div></div>"""


def listing(body: str, query: str = "?DoSearch=true&CurrentPage=1") -> Listing:
    text = f"<html><body>{body}</body></html>"
    return JobApplyNISpider().read_listing(HtmlResponse(f"{HOST}/{query}", body=text.encode()))


def advert(body: str, number: str = "178") -> dict[str, object]:
    url = f"{HOST}/Vacancy/VacancyDetail?Id={number}"
    response = HtmlResponse(url, body=body.encode(), encoding="utf-8")
    return JobApplyNISpider().read_advert(response).as_dict()


@pytest.mark.parametrize(
    "body", ["", CARD, PROMPT, "<h1>Find your next job</h1>", f"<h1>8 jobs in IT</h1>{PROMPT}"]
)
def test_a_page_without_its_count_or_its_jobs_is_no_listing(body: str) -> None:
    with pytest.raises(PageProblem) as raised:
        listing(body)
    assert raised.value.failure is Failure.LAYOUT_CHANGED


def test_zero_is_honest_in_figures_or_words() -> None:
    assert listing(f"<h1>0 jobs in IT</h1>{PROMPT}").advertised == 0
    assert listing("<h1>Results</h1><p>No jobs found.</p>").says_empty


def test_pages_count_from_one_and_end_with_the_total() -> None:
    first = listing(f"<h1>1,021 jobs in Northern Ireland</h1>{CARD}")
    assert first.advertised == 1021
    assert first.more == [f"{HOST}/?DoSearch=true&CurrentPage=2"]
    assert listing(f"<h1>11 jobs in IT</h1>{CARD}", "?CurrentPage=2&DoSearch=true").more == []
    assert listing(f"<h1>10 jobs in IT</h1>{CARD}").more == []


def test_a_card_and_what_is_none() -> None:
    rows = listing(f"<h1>1 jobs in IT</h1>{PROMPT}{CARD}{PROMPT}").rows
    assert [row.advert.as_dict() for row in rows] == [
        {
            "external_id": "178",
            "url": f"{HOST}/Vacancy/VacancyDetail?Id=178",
            "title": "Cook & Baker",
            "employer": "Belfast City Council",
            "salary": "£13.05 per hour",
            "location": "Titanic Quarter",
            "hours": "37",
            "closes": "13 Oct 2026",
            "extra": {"Area": "Belfast"},
        }
    ]


def test_a_vacancy_outside_a_card_fails_loudly() -> None:
    with pytest.raises(LookupError):
        listing("<h1>1 jobs in IT</h1>" + CARD.replace(" card ", " panel "))


def test_an_adverts_own_page() -> None:
    assert advert(ADVERT) == {
        "external_id": "178",
        "url": f"{HOST}/Vacancy/VacancyDetail?Id=178",
        "title": "Cook & Baker",
        "employer": "Belfast City Council",
        "reference": "B/4",
        "location": "Belfast",
        "hours": "37",
        "contract": "Permanent",
        "pattern": "Full time",
        "category": "Catering",
        "posted": "05/10/2026",
        "closes": "13/10/2026",
        "description": "<p>Bake.<br>Cook.</p>\n<h4>Responsibilities</h4><p>An oven.</p>",
        "apply_url": "https://jobs.example/178",
        "extra": {"No. vacancies": "2"},
    }


def test_a_heading_in_a_row_of_its_own_still_has_its_text() -> None:
    row = "<div><h3>Job description</h3></div><p>Bake.</p>"
    apart = ADVERT.replace("<h3>Job description</h3>", row)
    assert str(advert(apart)["description"]).startswith("<p>Bake.</p>")


def test_gone_unreadable_and_anothers_page() -> None:
    with pytest.raises(AdvertGone):
        advert("<h1>Vacancy</h1><p>This vacancy is no longer available.</p>")
    with pytest.raises(PageProblem):
        advert("<h1>Sign in</h1>")
    with pytest.raises(PageProblem, match="no advert"):
        advert(ADVERT, "179")


@pytest.mark.parametrize(
    ("url", "body", "found"),
    [
        (f"{HOST}/", "", True),
        ("https://www.x.gov.uk/", '<a href="https://jobapplyni.com/?keyword=x">Jobs</a>', True),
        ("https://www.x.gov.uk/", '<a href="/Vacancy/VacancyDetail?Id=1">Jobs</a>', False),
    ],
)
def test_detection(url: str, body: str, found: bool) -> None:
    seen = detect(HtmlResponse(url, body=body.encode()))
    assert (seen.url if seen else None) == (LISTING if found else None)


def test_the_demo_board_is_read_to_its_end() -> None:
    estate = Estate(date(2026, 3, 2), scale=4)
    site = JobApplyNISite(SITES["jobapplyni"], estate)

    def get(target: str) -> HtmlResponse:
        target = target.removeprefix("http://jobs.example")
        reply = site.respond(Request("GET", target, {"host": "jobs.example"}))
        return HtmlResponse(f"http://jobs.example{target}", body=reply.body, status=reply.status)

    spider = JobApplyNISpider()
    seen: set[str] = set()
    target = site.start_path()
    while target:
        read = spider.read_listing(get(target))
        seen |= {row.advert.external_id for row in read.rows}
        target = str(read.more[0]) if read.more else ""
    assert len(seen) == read.advertised == len(estate.on("jobapplyni")) > 20
    assert spider.read_listing(get("/?DoSearch=true&keyword=astronaut")).advertised == 0
    with pytest.raises(PageProblem):
        spider.read_listing(get("/"))
