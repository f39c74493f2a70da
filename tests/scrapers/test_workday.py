"""Workday: a JSON list twenty by twenty, a JSON document for each advert."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from scrapy import Request
from scrapy.http import HtmlResponse

from lgjobs.demo.estate import Estate
from lgjobs.demo.sites import SITES
from lgjobs.demo.workday import WorkdaySite
from scrapers.listing import Listing
from scrapers.platform import READING_ERRORS
from scrapers.problems import AdvertGone, Failure, PageProblem, RegisterError
from scrapers.sources import Source
from scrapers.spiders.workday import WorkdaySpider, detect
from tests.scrapers.walking import HOST, answer, walk

CAREERS = "https://ely.wd3.myworkdayjobs.com"
LIST_URL = CAREERS + "/wday/cxs/ely/Careers/jobs"
DETAIL_URL = CAREERS + "/wday/cxs/ely/Careers/job/Ely/Clerk_R-12-1"
ROW: dict[str, Any] = {
    "title": "Clerk &amp; Typist",
    "externalPath": "/job/Ely/Clerk_R-12-1",
    "locationsText": "Ely",
    "postedOn": "Posted Yesterday",
    "timeType": "Full time",
    "bulletFields": ["R-12", "Finance"],
}
INFO: dict[str, Any] = {
    "title": "Clerk",
    "jobReqId": "R-12",
    "jobDescription": "<p><b>Salary:</b> £25,000</p><p>Mind the post.</p>",
    "location": "Ely",
    "additionalLocations": ["March", "Ely"],
    "startDate": "2026-03-01",
    "endDate": "2026-03-20",
    "timeLeftToApply": "3 days left to apply",
    "postedOn": "Posted Today",
    "timeType": "Full time",
    "remoteType": "Hybrid",
    "canApply": True,
    "posted": True,
    "externalUrl": CAREERS + "/Careers/job/Ely/Clerk_R-12-1",
}
DEMO = SITES["hull"]


def page(body: Any, url: str = LIST_URL, offset: int = 0, total: int = 0) -> HtmlResponse:
    text = body if isinstance(body, str) else json.dumps(body)
    asked = json.dumps({"limit": 20, "offset": offset})
    request = Request(url, method="POST", body=asked, meta={"total": total})
    return HtmlResponse(url, body=text.encode(), encoding="utf-8", request=request)


def listing(rows: Any, total: int, offset: int = 0, told: int = 0) -> Listing:
    body = {"total": total, "jobPostings": rows, "facets": []}
    return WorkdaySpider().read_listing(page(body, offset=offset, total=told))


def advert(**says: Any) -> dict[str, Any]:
    body = {"jobPostingInfo": {**INFO, **says}, "hiringOrganization": {"name": "Ely Council"}}
    response = HtmlResponse(DETAIL_URL, body=json.dumps(body).encode(), encoding="utf-8")
    return WorkdaySpider().read_advert(response).as_dict()


@pytest.mark.parametrize(
    ("text", "failure"),
    [
        ("<html><body>Workday is currently unavailable</body></html>", Failure.LAYOUT_CHANGED),
        ("", Failure.LAYOUT_CHANGED),
        ('{"total":3,"jobPostings":[{"title"', Failure.PARSE_ERROR),
        ('{"total":2000,"jobPostings":[]}', Failure.TOO_LARGE),
    ],
)
def test_what_is_no_list_is_never_an_empty_one(text: str, failure: Failure) -> None:
    with pytest.raises(PageProblem) as raised:
        WorkdaySpider().read_listing(page(text))
    assert raised.value.failure is failure


@pytest.mark.parametrize(
    "body", [[], {}, {"total": 3}, {"jobPostings": []}, {"total": 3, "jobPostings": None}]
)
def test_an_answer_without_its_keys_fails_loudly(body: Any) -> None:
    with pytest.raises(READING_ERRORS):
        WorkdaySpider().read_listing(page(body))


def test_zero_is_honest_only_by_its_total() -> None:
    assert listing([], 0).advertised == 0
    assert listing([], 3).advertised == 3


def test_the_total_of_the_first_page_holds_for_all() -> None:
    (onward,) = listing([ROW] * 20, 41).more
    assert isinstance(onward, Request)
    assert json.loads(onward.body)["offset"] == 20
    assert onward.meta["total"] == 41
    second = listing([ROW] * 20, 0, offset=20, told=41)
    assert second.advertised is None
    assert len(second.more) == 1
    assert not listing([ROW], 0, offset=40, told=41).more
    assert not listing([], 0, offset=40, told=60).more
    assert not listing([ROW], 1).more


def test_an_entry_without_an_address_is_no_advert() -> None:
    read = listing([ROW, {"bulletFields": []}], 2)
    assert (len(read.rows), read.advertised) == (1, 1)


def test_what_a_row_says() -> None:
    (row,) = listing([ROW], 1).rows
    assert row.advert.as_dict() == {
        "external_id": "R-12-1",
        "url": CAREERS + "/Careers/job/Ely/Clerk_R-12-1",
        "title": "Clerk & Typist",
        "location": "Ely",
        "pattern": "Full time",
    }
    assert isinstance(row.detail, Request)
    assert (row.detail.url, row.detail.method) == (DETAIL_URL, "GET")


def test_a_row_is_the_same_a_day_later_and_several_places_are_none() -> None:
    (before,) = listing([ROW], 1).rows
    (after,) = listing([{**ROW, "postedOn": "Posted 2 Days Ago"}], 1).rows
    assert before.fingerprint() == after.fingerprint()
    (moved,) = listing([{**ROW, "locationsText": "2 Locations"}], 1).rows
    assert moved.advert.location is None
    assert moved.fingerprint() != before.fingerprint()


@pytest.mark.parametrize(
    ("path", "bullets", "known"),
    [
        ("/job/Ely/Clerk_R_12", ["R_12"], "R_12"),
        ("/job/Ely/Clerk_R_12-2", ["Ely", "R_12"], "R_12-2"),
        ("/job/Ely/Clerk_R-12", ["R-1"], "R-12"),
        ("/job/Ely/Clerk_JR9", [], "JR9"),
        ("/job/Clerk", ["Clerk"], "Clerk"),
    ],
)
def test_the_id_is_the_requisition_at_the_paths_end(
    path: str, bullets: list[str], known: str
) -> None:
    (row,) = listing([{**ROW, "externalPath": path, "bulletFields": bullets}], 1).rows
    assert row.advert.external_id == known


@pytest.mark.parametrize("says", [{"posted": False}, {"canApply": False}])
def test_an_advert_that_takes_no_application_is_over(says: dict[str, bool]) -> None:
    with pytest.raises(AdvertGone):
        advert(**says)


def test_an_error_in_json_is_no_advert() -> None:
    gone = {"errorCode": "S21", "httpStatus": 404, "message": "not found"}
    with pytest.raises(AdvertGone):
        WorkdaySpider().read_advert(page(gone, DETAIL_URL))
    with pytest.raises(READING_ERRORS):
        WorkdaySpider().read_advert(page({"errorCode": "S22", "httpStatus": 422}, DETAIL_URL))
    with pytest.raises(PageProblem):
        WorkdaySpider().read_advert(page("<html>Sign in</html>", DETAIL_URL))


def test_an_adverts_own_document() -> None:
    assert advert() == {
        "external_id": "R-12-1",
        "url": CAREERS + "/Careers/job/Ely/Clerk_R-12-1",
        "title": "Clerk",
        "employer": "Ely Council",
        "reference": "R-12",
        "salary": "£25,000",
        "location": "Ely; March",
        "work_mode": "Hybrid",
        "pattern": "Full time",
        "posted": "2026-03-01",
        "closes": "2026-03-20",
        "description": INFO["jobDescription"],
    }


def test_days_left_are_no_closing_date() -> None:
    assert "closes" not in advert(endDate=None)


@pytest.mark.parametrize(
    ("url", "options", "asked"),
    [
        (CAREERS + "/en-GB/Careers", {}, "/wday/cxs/ely/Careers/jobs"),
        (CAREERS + "/Careers/", {"tenant": "ely_cc"}, "/wday/cxs/ely_cc/Careers/jobs"),
        (
            "https://wd5.myworkdaysite.com/en-US/recruiting/ely/Main",
            {},
            "/wday/cxs/ely/Main/jobs",
        ),
    ],
)
def test_the_list_is_asked_for_by_post(url: str, options: dict[str, str], asked: str) -> None:
    source = Source(id="s", platform="workday", url=url, options=options)
    request = WorkdaySpider(source=source).listing_request()
    assert (request.method, request.url.endswith(asked)) == ("POST", True)
    assert json.loads(request.body) == {
        "appliedFacets": {},
        "limit": 20,
        "offset": 0,
        "searchText": "",
    }


def test_an_address_without_a_career_site_is_a_problem() -> None:
    source = Source(id="s", platform="workday", url=CAREERS + "/en-GB/")
    with pytest.raises(RegisterError, match="no career site"):
        WorkdaySpider(source=source)


def test_the_demo_site_is_walked_to_its_end() -> None:
    estate = Estate(date(2026, 3, 2), scale=2)
    server = WorkdaySite(DEMO, estate)
    source = Source("s", "workday", HOST + server.start_path(), options=DEMO.options)
    spider = WorkdaySpider(source=source)
    pages = walk(spider, server, spider.listing_request())
    ids = [row.advert.external_id for each in pages for row in each.rows]
    assert ids == [each.id for each in estate.on("hull")]
    assert len(pages) == 3
    for each, row in zip(estate.on("hull"), (r for p in pages for r in p.rows), strict=True):
        assert isinstance(row.detail, Request)
        read = spider.read_advert(answer(server, row.detail))
        told = (read.external_id, read.title, read.salary, read.hours, read.contract, read.pattern)
        assert told == (each.id, each.title, each.salary, each.hours, each.contract, each.pattern)


def test_the_demo_site_refuses_what_the_real_one_refuses() -> None:
    site = WorkdaySite(DEMO, Estate(date(2026, 3, 2)))

    def status(path: str, body: bytes | None = None, kind: str = "application/json") -> int:
        method = "GET" if body is None else "POST"
        headers = {"Content-Type": kind}
        request = Request(HOST + path, method=method, body=body or b"", headers=headers)
        return answer(site, request).status

    api = "/wday/cxs/hull/HCC"
    assert status(f"{api}/jobs", b'{"limit": 20, "offset": 0}') == 200
    assert status(f"{api}/jobs", b'{"limit": 21, "offset": 0}') == 400
    assert status(f"{api}/jobs", b"limit=20") == 400
    assert status(f"{api}/jobs", b'{"limit": 20, "offset": 0}', "text/plain") == 415
    assert status(f"{api}/jobs") == 400
    assert status("/wday/cxs/hull_cc/HCC/jobs", b'{"limit": 20, "offset": 0}') == 422
    assert status("/wday/cxs/hull/Other/jobs", b'{"limit": 20, "offset": 0}') == 404
    assert status(f"{api}/job/Hull/Clerk_9") == 404


@pytest.mark.parametrize(
    ("href", "listed", "options"),
    [
        (CAREERS + "/en-GB/Careers/job/Ely/Clerk_R-12?source=x", CAREERS + "/Careers", {}),
        (
            "https://vhr-ely.wd103.myworkdayjobs.com/wday/cxs/vhr_ely/Main/jobs",
            "https://vhr-ely.wd103.myworkdayjobs.com/Main",
            {"tenant": "vhr_ely"},
        ),
        (
            "https://wd5.myworkdaysite.com/en-US/recruiting/ely/Main/job/x/y_1",
            "https://wd5.myworkdaysite.com/recruiting/ely/Main",
            {},
        ),
    ],
)
def test_it_is_recognised(href: str, listed: str, options: dict[str, str]) -> None:
    html = f"<a href='https://x.wd3.myworkdayjobs.com/en-GB/'>Sign in</a><a href='{href}'>Jobs</a>"
    seen = detect(page(html, "https://www.ely.example/"))
    assert seen is not None
    assert (seen.platform, seen.url, dict(seen.options)) == ("workday", listed, options)


@pytest.mark.parametrize(
    "href",
    [
        "https://www.workday.com/en-gb/careers.html",
        "https://ely.wd3.myworkdayjobs.com.attacker.example/Careers",
        "https://ely.myworkday.com/ely/d/home.htmld",
    ],
)
def test_other_addresses_are_not_taken_for_it(href: str) -> None:
    assert detect(page(f"<a href='{href}'>Jobs</a>", "https://www.ely.example/")) is None
