"""Recruitee: a tenant's whole board in one JSON answer."""

from __future__ import annotations

import json
from typing import Any

import pytest
from scrapy.http import HtmlResponse, TextResponse

from pipelines.dates import parse_when
from scrapers.detection import Detection
from scrapers.listing import Listing
from scrapers.problems import Failure, PageProblem
from scrapers.spiders.recruitee import RecruiteeSpider, detect

API = "https://acme.recruitee.com/api/offers/"
PAGE = "https://acme.recruitee.com/o/cook"
JOB: dict[str, Any] = {
    "id": 2760348,
    "position": 1619,
    "slug": "cook",
    "title": "Cook",
    "company_name": "Acme",
    "careers_url": PAGE,
    "careers_apply_url": f"{PAGE}/c/new",
    "department": None,
    "category_code": "catering",
    "location": "Ely, England, United Kingdom",
    "locations": [{"city": "Ely", "state": "England", "country": "United Kingdom"}],
    "postal_code": "CB7 4BZ",
    "min_hours": 32,
    "max_hours": 37,
    "hybrid": True,
    "remote": False,
    "employment_type_code": "parttime_fixed_term",
    "salary": {"min": "25000", "max": "27000", "period": "year", "currency": "GBP"},
    "description": "<p>Bake.</p>",
    "requirements": "<p>Flour.</p>",
    "published_at": "2026-06-05 21:44:46 UTC",
    "close_at": "2026-07-05 22:59:59 UTC",
}


def listing(tree: Any) -> Listing:
    response = TextResponse(API, body=json.dumps(tree).encode(), encoding="utf-8")
    read = RecruiteeSpider().read_listing(response)
    assert isinstance(read, Listing)
    return read


@pytest.mark.parametrize(
    ("body", "failure"),
    [
        (b"<html><body>Not found</body></html>", Failure.LAYOUT_CHANGED),
        (b'{"offers": [{"id": 1', Failure.PARSE_ERROR),
        (b'{"offers": null}', Failure.LAYOUT_CHANGED),
    ],
)
def test_what_is_no_board_is_no_listing(body: bytes, failure: Failure) -> None:
    with pytest.raises(PageProblem) as raised:
        RecruiteeSpider().read_listing(TextResponse(API, body=body, encoding="utf-8"))
    assert raised.value.failure is failure


@pytest.mark.parametrize("key", ["id", "title", "careers_url"])
def test_an_offer_without_its_keys_fails_loudly(key: str) -> None:
    with pytest.raises(ValueError, match="a job without"):
        listing({"offers": [{**JOB, key: None}]})
    with pytest.raises(LookupError):
        listing({})


def test_an_empty_board_is_an_honest_zero() -> None:
    assert listing({"offers": []}).says_empty


def test_a_row_is_the_whole_advert() -> None:
    row = listing({"offers": [JOB]}).rows[0]
    assert row.complete
    assert row.advert.as_dict() == {
        "external_id": "2760348",
        "url": PAGE,
        "title": "Cook",
        "employer": "Acme",
        "salary": "£25,000 to £27,000 per year",
        "location": "Ely, England, United Kingdom",
        "postcode": "CB7 4BZ",
        "hours": "32 to 37 hours per week",
        "work_mode": "Hybrid",
        "contract": "Fixed term",
        "pattern": "Part time",
        "category": "catering",
        "posted": "2026-06-05T21:44:46Z",
        "closes": "2026-07-05T22:59:59Z",
        "apply_url": f"{PAGE}/c/new",
        "description": "<p>Bake.</p>\n<h3>Requirements</h3>\n<p>Flour.</p>",
    }


def test_the_zone_of_a_closing_instant_is_not_lost() -> None:
    closes = listing({"offers": [JOB]}).rows[0].advert.closes
    when = parse_when(closes or "", None)
    assert (when.date, when.time) == ("2026-07-05", "23:59")


def test_several_places_and_none() -> None:
    two = [{"city": "Ely", "street": "Back Hill"}, {"city": "March"}]
    several = {**JOB, "locations": two}
    assert listing({"offers": [several]}).rows[0].advert.location == "Back Hill, Ely; March"
    unsaid = {**JOB, "location": None, "locations": []}
    assert listing({"offers": [unsaid]}).rows[0].advert.location is None


def test_empty_pay_is_looked_for_in_the_text() -> None:
    text = "<p><strong>Salary:</strong> £26,500</p>"
    empty = dict.fromkeys(JOB["salary"])
    offer = {**JOB, "salary": empty, "description": text}
    assert listing({"offers": [offer]}).rows[0].advert.salary == "£26,500"


def test_an_offer_by_itself() -> None:
    body = json.dumps({"offer": JOB}).encode()
    response = TextResponse(f"{API}2760348", body=body, encoding="utf-8")
    assert RecruiteeSpider().read_advert(response).external_id == "2760348"


def test_detection() -> None:
    def found(body: str, url: str = "https://www.example.gov.uk/jobs") -> Detection | None:
        return detect(HtmlResponse(url, body=body.encode(), encoding="utf-8"))

    seen = found(f'<a href="{PAGE}">Cook</a>')
    assert seen is not None
    assert (seen.platform, seen.url, seen.evidence) == ("recruitee", API, PAGE)
    apply = '<!-- recruitee --><a href="https://jobs.example.org/o/cook/c/new">Apply</a>'
    own = found(apply, "https://jobs.example.org/o/cook")
    assert own is not None
    assert own.url == "https://jobs.example.org/api/offers/"
    answer = found(json.dumps({"offers": [JOB]}), "https://jobs.example.org/api/offers/")
    assert answer is not None
    assert found('<a href="https://jobs.example.org/o/cook/c/new">Apply</a>') is None
    assert found('<a href="https://recruitee.com/">recruitee.com</a>') is None
    counter = '<script src="https://careers-analytics.recruitee.com/site.js"></script>'
    assert found(counter) is None
