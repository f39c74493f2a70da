"""SmartRecruiters: pages of JSON rows, and a JSON answer for each advert."""

from __future__ import annotations

import json
from typing import Any

import pytest
from scrapy import Request
from scrapy.http import HtmlResponse, TextResponse

from scrapers.detection import Detection
from scrapers.listing import Listing
from scrapers.problems import AdvertGone, Failure, PageProblem
from scrapers.sources import Source
from scrapers.spiders.smartrecruiters import SmartRecruitersSpider, detect

API = "https://api.smartrecruiters.com/v1/companies/AcmeCouncil/postings?limit=100"
JOB: dict[str, Any] = {
    "id": "744000152242959",
    "name": "Cook\u00a0",
    "refNumber": "JB7",
    "company": {"identifier": "AcmeCouncil", "name": "Acme Council"},
    "releasedDate": "2026-09-28T17:49:51.367Z",
    "location": {
        "city": "Ely",
        "region": "Cambridgeshire",
        "country": "gb",
        "address": "Back Hill",
        "postalCode": "CB7 4BZ",
        "remote": False,
        "hybrid": True,
        "fullLocation": "Ely, Cambridgeshire, United Kingdom",
    },
    "department": {"id": "1", "label": "Kitchen"},
    "function": {"id": "2", "label": "Catering"},
    "typeOfEmployment": {"id": "permanent", "label": "Full-time"},
    "customField": [
        {"fieldId": "a", "fieldLabel": "Salary", "valueLabel": "£25,000"},
        {"fieldId": "b", "fieldLabel": "Closing date", "valueLabel": "3 May 2026"},
        {"fieldId": "c", "fieldLabel": "Recruiting Team", "valueLabel": "North"},
        {"fieldId": "d", "fieldLabel": "Grade"},
    ],
    "ref": "https://api.smartrecruiters.com/v1/companies/AcmeCouncil/postings/744000152242959",
}
TEXT = {"jobDescription": {"title": "Job Description", "text": "<p>Bake.</p>"}}
DETAIL = {
    **JOB,
    "active": True,
    "postingUrl": "https://jobs.smartrecruiters.com/AcmeCouncil/744000152242959-cook",
    "jobAd": {"sections": {**TEXT, "qualifications": {"title": "Qualifications", "text": ""}}},
}


def answer(*jobs: Any, total: int, offset: int = 0, limit: int = 100) -> dict[str, Any]:
    return {"offset": offset, "limit": limit, "totalFound": total, "content": jobs}


def read(tree: Any, url: str = API) -> Listing | Request:
    body = tree if isinstance(tree, bytes) else json.dumps(tree).encode()
    return SmartRecruitersSpider().read_listing(TextResponse(url, body=body, encoding="utf-8"))


@pytest.mark.parametrize(
    ("body", "failure"),
    [
        (b"<html><body>Maintenance</body></html>", Failure.LAYOUT_CHANGED),
        (b'{"offset": 0, "limit"', Failure.PARSE_ERROR),
    ],
)
def test_what_is_no_list_is_no_listing(body: bytes, failure: Failure) -> None:
    with pytest.raises(PageProblem) as raised:
        read(body)
    assert raised.value.failure is failure


@pytest.mark.parametrize("key", ["totalFound", "limit", "offset", "content"])
def test_an_answer_without_its_parts_fails_loudly(key: str) -> None:
    with pytest.raises(LookupError):
        read({name: each for name, each in answer(JOB, total=1).items() if name != key})


def test_a_total_of_nought_proves_nothing_by_itself() -> None:
    asked = read(answer(total=0))
    assert isinstance(asked, Request)
    assert asked.url == "https://careers.smartrecruiters.com/AcmeCouncil"


def test_the_careers_page_tells_an_idle_company_from_an_unknown_one() -> None:
    spider = SmartRecruitersSpider(source=Source(id="acme", platform="smartrecruiters", url=API))
    careers = "https://careers.smartrecruiters.com/AcmeCouncil"
    there = spider.read_listing(HtmlResponse(careers, body=b"<h1>Careers</h1>"))
    assert isinstance(there, Listing)
    assert there.says_empty
    for elsewhere in ("https://careers.smartrecruiters.com/", careers + "2", "https://x.example/x"):
        with pytest.raises(PageProblem) as raised:
            spider.read_listing(HtmlResponse(elsewhere, body=b"<h1>Us</h1>"))
        assert raised.value.failure is Failure.NOT_FOUND


def test_any_page_proves_nothing_where_no_company_was_asked_for() -> None:
    with pytest.raises(PageProblem):
        SmartRecruitersSpider().read_listing(HtmlResponse("https://x.example/AcmeCouncil"))


def test_pages_follow_by_the_limit_that_the_answer_states() -> None:
    first = read(answer(JOB, total=250, limit=50), API)
    assert isinstance(first, Listing)
    assert first.advertised == 250
    assert first.more == [f"{API}&offset=50"]
    for last in (answer(JOB, total=250, offset=200, limit=50), answer(total=250, offset=50)):
        listing = read(last, f"{API}&offset=50")
        assert isinstance(listing, Listing)
        assert list(listing.more) == []


def test_a_row_leads_to_its_answer() -> None:
    listing = read(answer(JOB, total=1))
    assert isinstance(listing, Listing)
    row = listing.rows[0]
    assert not row.complete
    assert row.detail == JOB["ref"]
    assert row.advert.as_dict() == {
        "external_id": "744000152242959",
        "url": "https://jobs.smartrecruiters.com/AcmeCouncil/744000152242959",
        "title": "Cook",
        "employer": "Acme Council",
        "department": "Kitchen",
        "reference": "JB7",
        "salary": "£25,000",
        "location": "Back Hill, Ely, Cambridgeshire, CB7 4BZ",
        "postcode": "CB7 4BZ",
        "work_mode": "Hybrid",
        "pattern": "Full-time",
        "category": "Catering",
        "posted": "2026-09-28T17:49:51.367Z",
        "closes": "3 May 2026",
        "extra": {"Recruiting Team": "North"},
    }


def test_an_adverts_own_answer() -> None:
    response = TextResponse(JOB["ref"], body=json.dumps(DETAIL).encode(), encoding="utf-8")
    advert = SmartRecruitersSpider().read_advert(response)
    assert advert.url == DETAIL["postingUrl"]
    assert advert.description == "<h3>Job Description</h3>\n<p>Bake.</p>"


def test_an_inactive_posting_is_gone_and_a_page_in_its_place_is_a_problem() -> None:
    spider = SmartRecruitersSpider()
    body = json.dumps({**DETAIL, "active": False}).encode()
    with pytest.raises(AdvertGone):
        spider.read_advert(TextResponse(JOB["ref"], body=body, encoding="utf-8"))
    with pytest.raises(PageProblem):
        spider.read_advert(HtmlResponse(JOB["ref"], body=b"<h1>Log in</h1>"))


def test_detection() -> None:
    def found(body: str) -> Detection | None:
        url = "https://www.example.gov.uk/jobs"
        return detect(HtmlResponse(url, body=body.encode(), encoding="utf-8"))

    for host in ("careers", "jobs"):
        link = f"https://{host}.smartrecruiters.com/AcmeCouncil"
        seen = found(f'<a href="{link}">Jobs</a>')
        assert seen is not None
        assert (seen.platform, seen.url, seen.evidence) == ("smartrecruiters", API, link)
    widget = '<script src="https://static.smartrecruiters.com/job-widget/1/x.js"></script>'
    assert found(widget) is None
    assert found('<a href="https://www.smartrecruiters.com/blog/">x</a>') is None
    assert found('<a href="https://jobs.smartrecruiters.com/sr-jobs/search">x</a>') is None
