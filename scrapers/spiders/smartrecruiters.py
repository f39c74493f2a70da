"""SmartRecruiters (smartrecruiters.com).

Recognised by the hosts jobs. and careers.smartrecruiters.com and the API's address. Facts: several
public readers, captured answers of 2026 (sure); a council overseas is a tenant, none of the United
Kingdom is evidenced. The source's address: `https://api.smartrecruiters.com/v1/companies/{Company}/
postings?limit=100`; the answer states the limit that it kept to and the total. An unknown company
is answered like an idle one, with a total of 0: its careers page tells, since that leads away where
there is no such company. What a tenant adds (`customField`) is read by its labels. No options.
"""

from __future__ import annotations

import re
from typing import Any, ClassVar
from urllib.parse import urljoin

from scrapy import Request
from scrapy.http import TextResponse
from w3lib.url import add_or_replace_parameter

from scrapers.board import BoardSpider, Json, located, object_in, said, sections, work_mode
from scrapers.detection import detector
from scrapers.listing import Listing
from scrapers.pages import id_of_url
from scrapers.problems import AdvertGone, Failure, PageProblem

_COMPANY = re.compile(r"/v1/companies/([^/?#]+)/postings")
_BOARD = re.compile(
    r"https?://(?:(?:jobs|careers)\.smartrecruiters\.com/|api\.smartrecruiters\.com/v1/companies/)"
    r"(?!(?:job-widget|sr-jobs|static|oneclick-ui|my-applications)\b)([A-Za-z0-9][A-Za-z0-9_-]*)"
)
_PARTS = ("companyDescription", "jobDescription", "qualifications", "additionalInformation")

detect = detector(
    "smartrecruiters",
    (_BOARD, r"https://api.smartrecruiters.com/v1/companies/\1/postings?limit=100"),
)


class SmartRecruitersSpider(BoardSpider):
    """SmartRecruiters: pages of JSON rows, and a JSON answer for each advert."""

    name = "smartrecruiters"
    id_in_url = re.compile(r"smartrecruiters\.com/[^/?#]+/(\d+)")
    jobs_at = "content"
    total_at = "totalFound"
    id_below = True
    labelled_at = ("customField", "fieldLabel", "valueLabel")
    fields: ClassVar = {
        "external_id": "id",
        "title": "name",
        "tenant": "company.name",
        "department": "department.label",
        "reference": "refNumber",
        "terms": "typeOfEmployment.label",
        "category": "function.label",
        "posted": "releasedDate",
        "apply_url": "applyUrl",
    }

    def read_listing(self, response: TextResponse) -> Listing | Request:
        """A total of 0 leads to the careers page: at its own address it proves the company."""
        if found := _COMPANY.search(response.url):
            listing = super().read_listing(response)
            if isinstance(listing, Listing) and listing.advertised == 0:
                return Request(_page(response.url, "careers", found[1]))
            return listing
        asked = _COMPANY.search(self._source.url) if self._source else None
        if asked is None or id_of_url(response.url) != f"/{asked[1]}":
            raise PageProblem(Failure.NOT_FOUND, "no postings, and no such company")
        return Listing(says_empty=True)

    def more(self, answer: Any, response: TextResponse) -> list[str]:
        seen = answer["offset"] + answer["limit"]
        more = answer["content"] and seen < answer["totalFound"]
        return [add_or_replace_parameter(response.url, "offset", str(seen))] if more else []

    def one_job(self, answer: Any) -> Json:
        if object_in(answer).get("active") is False:
            raise AdvertGone
        return object_in(answer)

    def told(self, job: Json, response: TextResponse) -> dict[str, Any]:
        where, text = job.get("location") or {}, (job.get("jobAd") or {}).get("sections") or {}
        parts = [text.get(part) or {} for part in _PARTS]
        public = _page(response.url, "jobs", f"{job['company']['identifier']}/{job['id']}")
        spot = located({**where, "country": (said(where, "country") or "").upper()})
        return {
            **spot,
            "url": said(job, "postingUrl") or public,
            "location": spot["location"] or said(where, "fullLocation"),
            "work_mode": work_mode(where),
            "description": sections(*((each.get("title"), each.get("text")) for each in parts)),
        }


def _page(api: str, host: str, path: str) -> str:
    return urljoin(api.replace("//api.smartrecruiters", f"//{host}.smartrecruiters"), f"/{path}")
