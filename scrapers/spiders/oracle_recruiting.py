"""Oracle Recruiting Cloud: the candidate sites of Oracle Fusion HCM.

Recognised by `{pod}.fa.{region}.oraclecloud.com` with a path `/hcmUI/CandidateExperience/…/sites/
{SITE}`, on an employer's own host by the shell page's `data-apibaseurl` and `data-sitenumber`.
Facts: five public readers and captured answers of 2026 agree on requests and fields; which flexible
fields (pay, grade, hours) there are is each tenant's choice: they are read by label. The source's
address is the candidate site, `…/sites/CX_1/jobs`; no options. Its name there need not be its
number, and a wrong number brings the adverts of all sites: the shell page tells the number, the
address only where that is silent.
"""

from __future__ import annotations

import re
from typing import Any, ClassVar
from urllib.parse import urljoin, urlsplit

from scrapy import Request
from scrapy.http import JsonRequest, TextResponse

from scrapers.board import BoardSpider, Json, at, joined, looks_like_json, sections
from scrapers.detection import Detection, detector
from scrapers.listing import Listing
from scrapers.pages import html_of, words_of
from scrapers.problems import Failure, PageProblem
from scrapers.reading import id_in

_API = "/hcmRestApi/resources/latest/recruitingCEJobRequisition"
_LIST = (  # paging stands inside `finder`; 200 is the most that servers are known to give
    f"{_API}s?onlyData=true&expand=requisitionList.workLocation,requisitionList.secondaryLocations,"
    "requisitionList.requisitionFlexFields&finder=findReqs;siteNumber={},limit=200,offset={},"
    "sortBy=POSTING_DATES_DESC"
)
_ADVERT = _API + "Details?expand=all&onlyData=true&finder=ById;Id=%22{}%22,siteNumber={}"
_PAGE = "/hcmUI/CandidateExperience/en/sites/{}"
_SITES = r"/CandidateExperience/(?:[^/?#]+/)?sites/([\w-]+)"
_SITE = re.compile(rf"siteNumber(?:=|%3D)([\w-]+)|{_SITES}")
_LINK = re.compile(rf"https?://[\w.-]+\.oraclecloud\.com(?::443)?/hcmUI{_SITES}")
_NUMBER = re.compile(r"/sites/(CX(?:_\d+)?)(?:[/?#]|$)")
_OFFSET = re.compile(r"\boffset=(\d+)")
_BODY = ("ExternalDescriptionStr", "ExternalResponsibilitiesStr", "ExternalQualificationsStr")
_MODES = {"REMOTE": "Remote", "HYBRID": "Hybrid", "ONSITE": "On-site", "ON_SITE": "On-site"}
_UNITS = {"WorkDurationYears": "years", "WorkDurationMonths": "months"}

_pointed_to = detector("oracle_recruiting", (_LINK, r"/hcmUI/CandidateExperience/en/sites/\1/jobs"))


def detect(page: TextResponse) -> Detection | None:
    """A candidate site's own shell page, or any page that links to one."""
    if (found := _shell(page)) is None:
        return _pointed_to(page)
    listing = urljoin(found[0], _PAGE.format(found[1]) + "/jobs")
    return Detection("oracle_recruiting", listing, "data-sitenumber")


class OracleRecruitingSpider(BoardSpider):
    """Oracle Recruiting: a JSON list page by page, a JSON document for each advert."""

    name = "oracle_recruiting"
    id_in_url = re.compile(r"(?:;|%3B)Id(?:=|%3D)(?:%22|\")?(\w+)|/job/(\w+)")
    jobs_at = "items.requisitionList"
    job_at = "items"
    total_at = "items.TotalJobsCount"
    labelled_at = ("requisitionFlexFields", "Prompt", "Value")
    fields: ClassVar = {
        "external_id": "Id",
        "title": "Title",
        "employer": "LegalEmployer",
        "department": "Department|Organization|BusinessUnit",
        "reference": "RequisitionNumber|Id",
        "postcode": "workLocation.PostalCode",
        "latitude": "workLocation.Latitude",
        "longitude": "workLocation.Longitude",
        "hours": "WorkHours",
        "pattern": "JobSchedule",
        "category": "Category|JobFamily|JobFunction",
        "posted": "ExternalPostedStartDate|PostedDate",
        "closes": "ExternalPostedEndDate|PostingEndDate",
    }

    def read_listing(self, response: TextResponse) -> Listing | Request:
        if looks_like_json(response):
            return super().read_listing(response)
        number = id_in(_NUMBER, response.url)
        found = _shell(response) or (number and (response.url, number))
        if not found:
            raise PageProblem(Failure.LAYOUT_CHANGED, "the page names no site number")
        return JsonRequest(urljoin(found[0], _LIST.format(found[1], 0)))

    def seen(self, response: TextResponse) -> int:
        return int(id_in(_OFFSET, response.url) or 0)

    def part(self, response: TextResponse, start: int) -> Request:
        path = _LIST.format(id_in(_SITE, response.url), start)
        return JsonRequest(urljoin(response.url, path))

    def detail_of(self, job: Json, response: TextResponse) -> Request:
        path = _ADVERT.format(job["Id"], id_in(_SITE, response.url))
        return JsonRequest(urljoin(response.url, path))

    def told(self, job: Json, response: TextResponse) -> dict[str, Any]:
        site = id_in(_SITE, response.url)
        mode = _MODES.get((at(job, "WorkplaceTypeCode") or "").removeprefix("ORA_"))
        places = [job, *(job.get("secondaryLocations") or [])]
        lasts = [f"{job[key]} {unit}" for key, unit in _UNITS.items() if job.get(key)]
        terms = filter(None, [at(job, "ContractType|JobType"), *lasts])
        return {
            "url": _PAGE.format(f"{site}/job/{job['Id']}") if site else response.url,
            "location": joined(at(each, "PrimaryLocation|Name") for each in places),
            "work_mode": mode or at(job, "WorkplaceType"),
            "contract": ", ".join(terms) or None,
            "summary": words_of(job.get("ShortDescriptionStr")),
            "description": sections(*((None, job.get(part)) for part in _BODY)),
        }


def _shell(page: TextResponse) -> tuple[str, str] | None:
    """Address of the API, if it is Oracle's or the page's own host, and number of the site, as a
    shell page says them of itself."""
    base = html_of(page).css("base[data-sitenumber]").attrib
    api = page.urljoin(base.get("data-apibaseurl", "/")).removesuffix(":443")
    host = urlsplit(api).hostname or ""
    believed = host.endswith(".oraclecloud.com") or host == urlsplit(page.url).hostname
    return (api, base["data-sitenumber"]) if base.get("data-sitenumber") and believed else None
