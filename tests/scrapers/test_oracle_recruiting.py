"""Oracle Recruiting: a JSON list page by page, a JSON document for each advert."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from scrapy import Request
from scrapy.http import HtmlResponse

from lgjobs.demo.estate import Estate
from lgjobs.demo.oracle_recruiting import OracleRecruitingSite
from lgjobs.demo.sites import SITES
from scrapers.listing import Listing
from scrapers.platform import READING_ERRORS
from scrapers.problems import AdvertGone, Failure, PageProblem
from scrapers.spiders.oracle_recruiting import OracleRecruitingSpider, detect
from tests.scrapers.walking import HOST, answer, walk

POD = "https://ekmu.fa.em3.oraclecloud.com"
SITES_PATH = "/hcmUI/CandidateExperience/en/sites"
LIST_URL = (
    f"{POD}/hcmRestApi/resources/latest/recruitingCEJobRequisitions?onlyData=true"
    "&expand=requisitionList.secondaryLocations&finder=findReqs;siteNumber=CX_1,limit=200,offset=0"
)
DETAIL_URL = (
    f"{POD}/hcmRestApi/resources/latest/recruitingCEJobRequisitionDetails?expand=all"
    "&finder=ById;Id=%22412%22,siteNumber=CX_1"
)
ROW: dict[str, Any] = {
    "Id": "412",
    "Title": "Clerk &amp; Typist",
    "PostedDate": "2026-02-27",
    "PostingEndDate": None,
    "PrimaryLocation": "Ely, United Kingdom",
    "WorkplaceTypeCode": None,
    "WorkplaceType": "",
    "Distance": 1.7e12,
    "secondaryLocations": [],
    "ShortDescriptionStr": "<p>A quiet office</p>",
}
SHELL = (
    '<html><head><title>Careers</title><base href="/en/sites/AcmeCareers"'
    ' data-apibaseurl="https://ekmu.fa.em3.oraclecloud.com:443" data-sitenumber="CX_7"></head>'
    "<body><div class=app></div></body></html>"
)


def page(body: Any, url: str = LIST_URL) -> HtmlResponse:
    text = body if isinstance(body, str) else json.dumps(body)
    return HtmlResponse(url, body=text.encode(), encoding="utf-8")


def found(rows: Any, total: int, url: str = LIST_URL) -> Listing:
    item = {"TotalJobsCount": total, "SiteNumber": "CX_1", "requisitionList": rows}
    read = OracleRecruitingSpider().read_listing(page({"items": [item], "hasMore": False}, url))
    assert isinstance(read, Listing)
    return read


def advert(**says: Any) -> dict[str, Any]:
    answered = page({"items": [{**ROW, **says}]}, DETAIL_URL)
    return OracleRecruitingSpider().read_advert(answered).as_dict()


@pytest.mark.parametrize(
    ("text", "failure"),
    [
        ("<html><body>We are busy</body></html>", Failure.LAYOUT_CHANGED),
        ("", Failure.LAYOUT_CHANGED),
        ('{"items":[{"TotalJobsCount":3,"requisition', Failure.PARSE_ERROR),
        ('{"items":[{"TotalJobsCount":3,"requisitionList":null}]}', Failure.LAYOUT_CHANGED),
    ],
)
def test_what_is_no_list_is_never_an_empty_one(text: str, failure: Failure) -> None:
    with pytest.raises(PageProblem) as raised:
        OracleRecruitingSpider().read_listing(page(text))
    assert raised.value.failure is failure


@pytest.mark.parametrize("body", [[], {}, {"items": []}, {"items": [{"requisitionList": []}]}])
def test_an_answer_without_its_keys_fails_loudly(body: Any) -> None:
    with pytest.raises(READING_ERRORS):
        OracleRecruitingSpider().read_listing(page(body))


def test_zero_is_honest_only_by_its_total() -> None:
    assert found([], 0).advertised == 0
    assert found([], 3).advertised == 3
    assert not found([], 3).more


def test_paging_goes_on_after_a_short_page_and_ends_at_the_total() -> None:
    second = LIST_URL.replace("offset=0", "offset=200")
    rows = [{**ROW, "Id": str(number)} for number in range(199)]
    (onward,) = found(rows, 450, second).more
    assert isinstance(onward, Request)
    assert "offset=399" in onward.url
    assert "siteNumber=CX_1,limit=200" in onward.url
    assert not found([ROW], 1).more
    assert not found([], 0, second).more
    assert found(rows, 450, second).advertised is None


def test_an_advert_that_is_over_has_no_item() -> None:
    with pytest.raises(AdvertGone):
        OracleRecruitingSpider().read_advert(page({"items": [], "count": 0}, DETAIL_URL))
    with pytest.raises(PageProblem, match="no advert"):
        OracleRecruitingSpider().read_advert(page("<html>Sign in</html>", DETAIL_URL))


def test_another_adverts_answer_is_not_taken_for_this_one() -> None:
    with pytest.raises(PageProblem, match="advert 413"):
        advert(Id="413")


def test_what_a_row_says() -> None:
    (row,) = found([ROW], 1).rows
    assert row.advert.as_dict() == {
        "external_id": "412",
        "url": f"{POD}/hcmUI/CandidateExperience/en/sites/CX_1/job/412",
        "title": "Clerk & Typist",
        "reference": "412",
        "location": "Ely, United Kingdom",
        "posted": "2026-02-27",
        "summary": "A quiet office",
    }
    assert isinstance(row.detail, Request)
    assert "ById;Id=%22412%22,siteNumber=CX_1" in row.detail.url


def test_an_adverts_own_document() -> None:
    read = advert(
        RequisitionNumber="NCC-100",
        LegalEmployer="Ely Council",
        Category="Administration",
        ContractType="Fixed term",
        WorkDurationMonths=12,
        JobSchedule="Part time",
        WorkplaceTypeCode="ORA_HYBRID",
        WorkplaceType="Hybride",
        ExternalPostedEndDate="2026-07-10T22:59:00+00:00",
        ExternalDescriptionStr="<p>Mind the post.</p>",
        ExternalResponsibilitiesStr="",
        ExternalQualificationsStr="<p>GCSEs</p>",
        CorporateDescriptionStr="<p>Our values</p>",
        secondaryLocations=[{"Name": "March, United Kingdom"}],
        workLocation=[{"TownOrCity": "Ely", "PostalCode": "CB7 4EE", "Latitude": 52.4}],
        requisitionFlexFields=[
            {"Prompt": "Salary", "Value": "£25,000"},
            {"Prompt": "Grade", "Value": "4"},
            {"Prompt": "Closing Date", "Value": "1 January 2026"},
            {"Prompt": "DBS check", "Value": "Yes"},
            {"Prompt": "", "Value": "orphan"},
            {"Prompt": "Empty", "Value": ""},
        ],
    )
    expected = {
        "employer": "Ely Council",
        "reference": "NCC-100",
        "salary": "£25,000",
        "grade": "4",
        "location": "Ely, United Kingdom; March, United Kingdom",
        "postcode": "CB7 4EE",
        "latitude": "52.4",
        "work_mode": "Hybrid",
        "contract": "Fixed term, 12 months",
        "pattern": "Part time",
        "category": "Administration",
        "closes": "2026-07-10T22:59:00+00:00",
        "description": "<p>Mind the post.</p>\n<p>GCSEs</p>",
        "extra": {"DBS check": "Yes"},
    }
    assert {name: read[name] for name in expected} == expected


def test_the_shell_page_says_the_sites_number_whatever_its_address_calls_it() -> None:
    def onward(shell: str, url: str) -> str:
        read = OracleRecruitingSpider().read_listing(page(shell, url))
        assert isinstance(read, Request)
        return read.url

    for url in ("https://careers.ely.example/jobs", f"{POD}{SITES_PATH}/CX_1/jobs"):
        assert onward(SHELL, url).startswith(f"{POD}/hcmRestApi/")
        assert "siteNumber=CX_7,limit=200,offset=0," in onward(SHELL, url)
    silent = "<html><body class=app-loading></body></html>"
    assert "siteNumber=CX_2," in onward(silent, f"{POD}{SITES_PATH}/CX_2/requisitions")
    with pytest.raises(PageProblem, match="no site number"):
        onward(silent, f"{POD}{SITES_PATH}/lcc/jobs")


@pytest.mark.parametrize(
    "shell",
    [
        SHELL.replace("https://ekmu.fa.em3.oraclecloud.com:443", "http://10.0.0.1/"),
        SHELL.replace("oraclecloud.com:443", "oraclecloud.com.attacker.example"),
        SHELL.replace('data-sitenumber="CX_7"', ""),
        "<html><body>Moved</body></html>",
    ],
)
def test_a_shell_that_names_no_site_or_another_host_is_a_problem(shell: str) -> None:
    response = page(shell, "https://careers.ely.example/jobs")
    with pytest.raises(PageProblem):
        OracleRecruitingSpider().read_listing(response)
    assert detect(response) is None


def test_the_demo_site_is_walked_to_its_end_over_short_pages() -> None:
    estate = Estate(date(2026, 3, 2), scale=60)
    site = OracleRecruitingSite(SITES["walsall"], estate)
    start = Request(HOST + site.start_path())
    pages = walk(OracleRecruitingSpider(), site, start)
    ids = [row.advert.external_id for each in pages for row in each.rows]
    assert pages[0].advertised == len(estate.on("walsall")) == len(ids) == len(set(ids)) > 400
    assert len(pages) > 2


def test_the_demo_site_refuses_what_the_real_one_refuses() -> None:
    site = OracleRecruitingSite(SITES["walsall"], Estate(date(2026, 3, 2)))
    api = f"{HOST}/hcmRestApi/resources/latest/recruitingCEJobRequisition"

    def ask(rest: str) -> Any:
        return answer(site, Request(api + rest))

    plain = json.loads(ask("s?finder=findReqs;siteNumber=CX_1001").text)["items"][0]
    assert plain["requisitionList"] is None
    assert plain["TotalJobsCount"] == 7
    outside = ask("s?expand=requisitionList.x&limit=2&finder=findReqs;siteNumber=CX_1001").json()
    assert len(outside["items"][0]["requisitionList"]) == 7
    pool = ask("s?expand=requisitionList.x&finder=findReqs;siteNumber=WMBC").json()
    assert pool["items"][0]["TotalJobsCount"] == 14
    past = ask("s?expand=requisitionList.x&finder=findReqs;siteNumber=CX_1001,offset=90").json()
    assert past["items"][0]["TotalJobsCount"] == 0
    assert ask("Details?finder=ByRequisitionId;Id=%221%22").status == 400
    assert ask("Details?finder=ById;Id=%221%22,siteNumber=CX_1001").json()["items"] == []
    assert ask("s/1").status == 404


@pytest.mark.parametrize(
    ("html", "url", "number"),
    [
        (f"<a href='{POD}/hcmUI/CandidateExperience/en/sites/CX_1/job/12/?x=1'>", "", "CX_1"),
        (f"<iframe src='{POD}/hcmUI/CandidateExperience/en-GB/sites/lcc/requisitions'>", "", "lcc"),
        ("<p>Jobs</p>", f"{POD}/hcmUI/CandidateExperience/en/sites/CX/jobs", "CX"),
        (SHELL, "", "CX_7"),
    ],
)
def test_it_is_recognised(html: str, url: str, number: str) -> None:
    seen = detect(page(html, url or "https://www.ely.example/jobs"))
    assert seen is not None
    assert seen.url == f"{POD}/hcmUI/CandidateExperience/en/sites/{number}/jobs"
    assert seen.platform == "oracle_recruiting"


@pytest.mark.parametrize(
    "href",
    [
        "https://www.oracle.com/careers/",
        "https://ekmu.fa.em3.oraclecloud.com/hcmUI/faces/FuseWelcome",
        "https://jobs.example/hcmUI/CandidateExperience/en/sites/CX_1/jobs",
        "https://jobs.example/en/sites/main/job/12",
    ],
)
def test_other_addresses_are_not_taken_for_it(href: str) -> None:
    assert detect(page(f"<a href='{href}'>Jobs</a>", "https://www.ely.example/jobs")) is None
