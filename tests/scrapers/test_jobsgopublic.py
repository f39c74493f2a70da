"""Jobs Go Public: adverts as JSON inside pages, in two layouts."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from scrapy.http import HtmlResponse

from lgjobs.demo.estate import Estate
from lgjobs.demo.jobsgopublic import JobsGoPublicSite
from lgjobs.demo.sites import SITES
from lgjobs.demo.web import Request
from scrapers.listing import Listing
from scrapers.problems import AdvertGone, Failure, PageProblem
from scrapers.spiders.jobsgopublic import JobsGoPublicSpider, detect

HOST = "https://www.lgjobs.com"
JOB: dict[str, Any] = {
    "__typename": "Job",
    "id": 54094,
    "title": "Clerk &amp; Treasurer ",
    "organization": "Ely Council",
    "url": {"__typename": "Url", "path": "/job/clerk-treasurer-54094"},
    "urlNoPrefix": "/job/clerk-treasurer-54094",
    "published": "2026-06-03T14:25:56+01:00",
    "expiration": "2026-07-01T14:25:56+01:00",
    "address": ["Ely, UK", "March, UK"],
    "employmentType": [{"label": "Part time"}, {"label": "Permanent"}],
    "remoteOptions": [{"label": "Hybrid"}],
    "occupationalField": [{"label": " Finance"}],
    "salaryRange": [],
    "salaryRangeFree": {
        "minSalary": "34206.000000",
        "maxSalary": "35931.500000",
        "currencyCode": "GBP",
        "salaryUnit": "YEAR",
    },
    "description": "<p>Keep the <b>books</b>.</p>",
}
OTHER = {**JOB, "id": 54095, "title": "Porter", "urlNoPrefix": "/job/porter-54095"}


def tree(total: int, *jobs: dict[str, Any]) -> dict[str, Any]:
    return {"data": {"jobs": {"result_count": total, "pages": list(jobs)}}}


def cache(total: int, *jobs: dict[str, Any]) -> dict[str, Any]:
    answer = {"result_count": total, "pages": [{"__ref": f"Job:{each['id']}"} for each in jobs]}
    root = {"ROOT_QUERY": {'jobs({"limit":25})': answer}}
    return {"__APOLLO_STATE__": {**root, **{f"Job:{each['id']}": each for each in jobs}}}


def page(properties: Any, path: str = "/jobs") -> HtmlResponse:
    data = json.dumps({"props": {"pageProps": properties}})
    text = (
        "<html><head><title></title></head><body><div id='__next'></div>"
        f'<script id="__NEXT_DATA__" type="application/json">{data}</script></body></html>'
    )
    return HtmlResponse(HOST + path, body=text.encode(), encoding="utf-8")


def listing(properties: Any, path: str = "/jobs") -> Listing:
    return JobsGoPublicSpider().read_listing(page(properties, path))


def problem(response: HtmlResponse) -> Failure:
    with pytest.raises(PageProblem) as raised:
        JobsGoPublicSpider().read_listing(response)
    return raised.value.failure


@pytest.mark.parametrize(
    ("body", "failure"),
    [
        ("<html><body><div id='__next'></div></body></html>", Failure.LAYOUT_CHANGED),
        ("<html><script src='/_jobiqo/BotChallenge.js'></script></html>", Failure.BLOCKED),
        ("", Failure.LAYOUT_CHANGED),
        ('<script id=\'__NEXT_DATA__\'>{"props": {"page</script>', Failure.PARSE_ERROR),
    ],
)
def test_a_page_without_its_data_is_no_listing(body: str, failure: Failure) -> None:
    assert problem(HtmlResponse(HOST + "/jobs", body=body.encode())) is failure


@pytest.mark.parametrize(
    "properties",
    [
        {"data": {"currentUser": None}},
        tree(2, {"__ref": "Job:54094"}),
        {"data": {"jobs": {"result_count": 2, "pages": []}}},
    ],
)
def test_data_without_its_count_or_its_adverts_is_no_listing(properties: Any) -> None:
    assert problem(page(properties)) is Failure.LAYOUT_CHANGED


def test_a_place_that_the_board_cannot_match_is_no_zero() -> None:
    assert problem(page(tree(0), "/jobs?geo_location=London")) is Failure.LAYOUT_CHANGED
    assert listing(tree(0), "/jobs?geo_location=London,%20UK").advertised == 0
    assert listing(tree(0)).advertised == 0


@pytest.mark.parametrize("layout", [tree, cache])
def test_both_layouts_give_the_same_rows_in_their_order(layout: Any) -> None:
    read = listing(layout(2, OTHER, JOB))
    assert read.advertised == 2
    assert [row.advert.external_id for row in read.rows] == ["54095", "54094"]
    assert read.more == []


def test_jobs_shown_beside_the_results_are_no_results() -> None:
    beside = {"data": {"featured": [OTHER], "jobs": {"result_count": 1, "pages": [JOB]}}}
    assert [row.advert.external_id for row in listing(beside).rows] == ["54094"]


def test_pages_count_from_one_and_end_with_the_total() -> None:
    assert listing(tree(51, JOB)).more == [f"{HOST}/jobs?page=2"]
    assert listing(tree(51, JOB), "/jobs?page=2").more == [f"{HOST}/jobs?page=3"]
    assert listing(tree(51, JOB), "/jobs?page=3").more == []
    assert listing(tree(25, JOB)).more == []
    assert problem(page(tree(51), "/jobs?page=2")) is Failure.LAYOUT_CHANGED


def test_a_row() -> None:
    assert listing(tree(1, JOB)).rows[0].advert.as_dict() == {
        "external_id": "54094",
        "url": HOST + "/job/clerk-treasurer-54094",
        "title": "Clerk & Treasurer",
        "employer": "Ely Council",
        "salary": "£34,206 to £35,931.50 per year",
        "location": "Ely, UK; March, UK",
        "work_mode": "Hybrid",
        "contract": "Permanent",
        "pattern": "Part time",
        "category": "Finance",
        "posted": "2026-06-03T14:25:56+01:00",
        "closes": "2026-07-01T14:25:56+01:00",
        "summary": "Keep the books .",
    }


def test_what_is_null_stays_unsaid_and_second_best_stands_in() -> None:
    bare = {
        **JOB,
        "organization": None,
        "organizationProfile": {"name": "Ely Town Council"},
        "address": None,
        "region": [{"label": "East"}],
        "urlNoPrefix": None,
        "salaryRangeFree": {"minSalary": None, "maxSalary": None, "salaryUnit": None},
        "schemaOrgSalary": {"minValue": {"number": 13}, "unitText": "HOUR"},
        "remoteOptions": [],
    }
    read = listing(tree(1, bare)).rows[0].advert
    assert (read.employer, read.location) == ("Ely Town Council", "East")
    assert (read.salary, read.work_mode) == ("From £13 per hour", None)
    assert read.url == HOST + "/job/clerk-treasurer-54094"
    without = {**bare, "schemaOrgSalary": None}
    assert listing(tree(1, without)).rows[0].advert.salary is None


def detail(answer: Any, path: str = JOB["urlNoPrefix"]) -> dict[str, Any]:
    response = page({"data": {"jobByPath": answer}}, path)
    return JobsGoPublicSpider().read_advert(response).as_dict()


def test_an_adverts_own_page_says_more_than_the_related_copy_of_it() -> None:
    whole = {**JOB, "body": "<p>All of it.</p>", "applicationLink": "https://jobs.example/1"}
    read = detail({"related": [JOB, OTHER], "content": whole})
    assert read["description"] == "<p>All of it.</p>"
    assert read["apply_url"] == "https://jobs.example/1"
    assert read["external_id"] == "54094"
    assert "apply_url" not in detail({"content": {**JOB, "applicationLink": "mailto:a@b.example"}})


def test_gone_is_what_the_query_did_not_find() -> None:
    for answer in (None, {"content": None}):
        with pytest.raises(AdvertGone):
            detail(answer)
    with pytest.raises(PageProblem):
        detail({"content": OTHER})
    with pytest.raises(PageProblem):
        JobsGoPublicSpider().read_advert(page({"data": {}}, JOB["urlNoPrefix"]))


@pytest.mark.parametrize(
    ("url", "body", "found"),
    [
        (HOST + "/jobs?search=x", "", HOST + "/jobs"),
        ("https://www.ely.gov.uk/", '<a href="//jobsgopublic.com/job/x-1">Jobs</a>', "go"),
        ("https://www.ely.gov.uk/", '<a href="https://lgjobs.com.example/">Jobs</a>', None),
        ("https://x.jgp.co.uk/", '<script id="__NEXT_DATA__">{}</script>', None),
    ],
)
def test_detection(url: str, body: str, found: str | None) -> None:
    seen = detect(HtmlResponse(url, body=body.encode()))
    expected = "https://www.jobsgopublic.com/jobs" if found == "go" else found
    assert (seen.url if seen else None) == expected


@pytest.mark.parametrize("layout", ["data", "apollo"])
def test_the_demo_board_is_read_to_its_end_in_both_layouts(layout: str) -> None:
    estate = Estate(date(2026, 3, 2), scale=8)
    site = JobsGoPublicSite(replace(SITES["jobsgopublic"], settings={"layout": layout}), estate)

    def get(url: str) -> HtmlResponse:
        target = url.removeprefix("http://jobs.example")
        reply = site.respond(Request("GET", target, {"host": "jobs.example"}))
        return HtmlResponse(f"http://jobs.example{target}", body=reply.body, status=reply.status)

    spider, target = JobsGoPublicSpider(), "/jobs"
    seen: dict[str, str] = {}
    while target:
        read = spider.read_listing(get(target))
        seen |= {row.advert.external_id: row.advert.url for row in read.rows}
        target = str(read.more[0]) if read.more else ""
    assert len(seen) == read.advertised == len(estate.on("jobsgopublic")) > 25
    address = seen["704113"]
    assert "doctor" in (spider.read_advert(get(address)).description or "")
    site.show(Estate(date(2026, 3, 2), 2))
    with pytest.raises(AdvertGone):
        spider.read_advert(get(seen["704178"]))
    assert spider.read_listing(get("/jobs?geo_location=Bristol,%20UK")).advertised == 1
    with pytest.raises(PageProblem):
        spider.read_listing(get("/jobs?geo_location=Bristol"))
