"""Teaching Vacancies: pages of JobPostings as JSON, each advert whole."""

from __future__ import annotations

import json
from typing import Any

import pytest
from scrapy.http import HtmlResponse, TextResponse

from scrapers.detection import Detection
from scrapers.listing import Listing
from scrapers.problems import AdvertGone, Failure, PageProblem
from scrapers.spiders.teaching_vacancies import API, TeachingVacanciesSpider, detect

HOST = "https://teaching-vacancies.service.gov.uk"
JOB: dict[str, Any] = {
    "@context": "http://schema.org",
    "@type": "JobPosting",
    "title": "Cook",
    "jobBenefits": "<p>Free lunch</p>",
    "datePosted": "2026-08-13",
    "description": "<p>Feed 200 children.</p>",
    "occupationalCategory": "catering_cleaning_and_site_management",
    "employmentType": ["PART_TIME", "TEMPORARY"],
    "jobLocation": {
        "@type": "Place",
        "address": {
            "addressLocality": "Ely",
            "addressRegion": None,
            "streetAddress": "Back Hill",
            "postalCode": "CB7 4BZ",
            "addressCountry": "GB",
        },
    },
    "baseSalary": {
        "@type": "MonetaryAmount",
        "currency": "GBP",
        "value": {"@type": "QuantitativeValue", "value": "MPS/UPS", "unitText": "YEAR"},
    },
    "url": f"{HOST}/jobs/cook-elm-school",
    "hiringOrganization": {"@type": "Organization", "name": "Elm School", "identifier": "1"},
    "validThrough": "2026-09-03T09:00:59+01:00",
}


def page(jobs: list[dict[str, Any]], onward: str | None = None, count: int | None = 1) -> bytes:
    meta = {"totalPages": 1} | ({"count": count} if count is not None else {})
    return json.dumps({"data": jobs, "links": {"next": onward}, "meta": meta}).encode()


def listing(body: bytes) -> Listing:
    read = TeachingVacanciesSpider().read_listing(TextResponse(API, body=body, encoding="utf-8"))
    assert isinstance(read, Listing)
    return read


@pytest.mark.parametrize(
    ("body", "failure"),
    [
        (b"<!doctype html><html><body>Sorry, busy</body></html>", Failure.LAYOUT_CHANGED),
        (b"", Failure.LAYOUT_CHANGED),
        (page([JOB])[:200], Failure.PARSE_ERROR),
        (page([], f"{API}?page=3", 300), Failure.LAYOUT_CHANGED),
    ],
)
def test_what_is_no_page_of_the_api_is_no_listing(body: bytes, failure: Failure) -> None:
    with pytest.raises(PageProblem) as raised:
        listing(body)
    assert raised.value.failure is failure


@pytest.mark.parametrize("missing", ["data", "links", "meta"])
def test_an_envelope_without_its_parts_fails_loudly(missing: str) -> None:
    whole = json.loads(page([JOB]))
    del whole[missing]
    with pytest.raises(LookupError):
        listing(json.dumps(whole).encode())


@pytest.mark.parametrize("change", [{"title": None}, {"url": None}, {"url": f"{HOST}/jobs"}])
def test_a_job_without_title_or_address_fails_loudly(change: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"without|no advert"):
        listing(page([{**JOB, **change}]))


def test_zero_is_honest_only_where_the_total_says_so() -> None:
    assert listing(page([], count=0)).advertised == 0
    unsaid = listing(page([], count=None))
    assert (unsaid.advertised, unsaid.says_empty) == (None, False)


def test_pages_follow_each_other_until_none_is_named() -> None:
    assert listing(page([JOB], f"{API}?page=2", 101)).more == [f"{API}?page=2"]
    last = listing(page([JOB], None, 101))
    assert (list(last.more), last.advertised) == ([], 101)


def test_a_row_is_the_whole_advert() -> None:
    row = listing(page([JOB])).rows[0]
    assert row.complete
    assert row.advert.as_dict() == {
        "external_id": "cook-elm-school",
        "url": f"{HOST}/jobs/cook-elm-school",
        "title": "Cook",
        "employer": "Elm School",
        "salary": "MPS/UPS",
        "location": "Back Hill, Ely, CB7 4BZ",
        "postcode": "CB7 4BZ",
        "contract": "Temporary",
        "pattern": "Part time",
        "category": "catering_cleaning_and_site_management",
        "posted": "2026-08-13",
        "closes": "2026-09-03T09:00:59+01:00",
        "description": "<p>Feed 200 children.</p>",
        "extra": {"Benefits": "Free lunch"},
    }


def test_older_answers_have_pay_and_patterns_as_text() -> None:
    old = {**JOB, "salary": "£20,000 to £22,000", "employmentType": "FULL_TIME, PART_TIME"}
    del old["baseSalary"]
    advert = listing(page([old], count=None)).rows[0].advert
    assert (advert.salary, advert.pattern) == ("£20,000 to £22,000", "Full time, Part time")


def test_an_advert_by_itself_as_json_and_as_page() -> None:
    spider = TeachingVacanciesSpider()
    url = f"{HOST}/jobs/cook-elm-school"
    one = TextResponse(f"{HOST}/api/v1/jobs/cook-elm-school.json", body=json.dumps(JOB).encode())
    script = f'<script type="application/ld+json">{json.dumps(JOB)}</script><h1>Cook</h1>'
    shown = HtmlResponse(url, body=script.encode(), encoding="utf-8")
    for advert in (spider.read_advert(one), spider.read_advert(shown)):
        assert (advert.external_id, advert.url) == ("cook-elm-school", url)
        assert (advert.title, advert.employer) == ("Cook", "Elm School")


def test_a_page_that_says_so_is_gone_and_any_other_is_a_problem() -> None:
    def read(text: str) -> None:
        response = HtmlResponse(f"{HOST}/jobs/x", body=text.encode(), encoding="utf-8")
        TeachingVacanciesSpider().read_advert(response)

    with pytest.raises(AdvertGone):
        read("<body><p>This job has expired.</p></body>")
    with pytest.raises(PageProblem):
        read("<body><p>Welcome.</p></body>")


def test_detection() -> None:
    def found(url: str, body: str) -> Detection | None:
        return detect(HtmlResponse(url, body=body.encode(), encoding="utf-8"))

    link = f'<a href="{HOST}/organisations/elm">Jobs in our schools</a>'
    seen = found("https://www.example.gov.uk/jobs", link)
    assert seen is not None
    assert (seen.platform, seen.url, seen.evidence) == (
        "teaching_vacancies",
        API,
        f"{HOST}/organisations/elm",
    )
    assert found(f"{HOST}/jobs/x", "<p>A job</p>") is not None
    assert found("https://www.example.gov.uk/", "<p>teaching-vacancies</p>") is None
    fake = '<a href="https://teaching-vacancies.service.gov.uk.example.com/">x</a>'
    assert found("https://www.example.gov.uk/", fake) is None
