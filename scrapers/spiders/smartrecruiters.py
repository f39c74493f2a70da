"""SmartRecruiters (smartrecruiters.com).

Recognised by the hosts jobs. and careers.smartrecruiters.com and the API's address. Facts: several
public readers and captured answers of 2026 (sure); a council overseas is a tenant, none in the
United Kingdom is evidenced. The source's address is the API's,
`https://api.smartrecruiters.com/v1/companies/{Company}/postings?limit=100`; the answer states the
limit that it kept to and the total. An unknown company is answered like an idle one, with a total
of 0: the company's careers page tells them apart, since it leads away where there is no such
company. What a tenant adds (`customField`) is read by its labels. No options.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from scrapy import Request
from scrapy.http import TextResponse

from scrapers.board import (
    BoardSpider,
    Json,
    due,
    filled_from_text,
    first_match,
    json_of,
    object_in,
    said,
    sections,
    terms_of_words,
    with_tenants_fields,
)
from scrapers.detection import Detection
from scrapers.items import RawAdvert
from scrapers.jsonld_terms import place
from scrapers.listing import Listing
from scrapers.problems import AdvertGone, Failure, PageProblem

_COMPANY = re.compile(r"/v1/companies/([^/?#]+)/postings")
_BOARD = re.compile(
    r"https?://(?:(?:jobs|careers)\.smartrecruiters\.com/|api\.smartrecruiters\.com/v1/companies/)"
    r"(?!(?:job-widget|sr-jobs|static|oneclick-ui|my-applications)\b)([A-Za-z0-9][A-Za-z0-9_-]*)"
)
_PARTS = ("companyDescription", "jobDescription", "qualifications", "additionalInformation")


class SmartRecruitersSpider(BoardSpider):
    """SmartRecruiters: pages of JSON rows, and a JSON answer for each advert."""

    name = "smartrecruiters"
    id_in_url = re.compile(r"smartrecruiters\.com/[^/?#]+/(\d+)")

    def read_listing(self, response: TextResponse) -> Listing | Request:
        if not _COMPANY.search(response.url):
            return self._read_careers_page(response)
        answer = object_in(json_of(response))
        total, offset, size = (int(answer[key]) for key in ("totalFound", "offset", "limit"))
        if total == 0:
            return Request(_careers_page(response.url))
        rows = [self._row(object_in(job), response) for job in answer["content"]]
        more = [_page(response.url, offset + size)] if rows and offset + size < total else []
        return Listing(rows=rows, advertised=total, more=more)

    def _read_careers_page(self, response: TextResponse) -> Listing:
        """The page asked for because the list is empty: standing at its own address, it proves
        that there is such a company, and so that it has no posting."""
        asked = _COMPANY.search(self._source.url) if self._source else None
        if asked is None or urlsplit(response.url).path.strip("/") != asked[1]:
            raise PageProblem(Failure.NOT_FOUND, "no postings, and no such company")
        return Listing(says_empty=True)

    def detail_of(self, job: Json, response: TextResponse) -> str | None:
        return f"{response.url.partition('?')[0].rstrip('/')}/{due(job, 'id')}"

    def one_job(self, answer: Any) -> Json:
        if object_in(answer).get("active") is False:
            raise AdvertGone
        return object_in(answer)

    def read_job(self, job: Json, response: TextResponse) -> RawAdvert:
        where, number = job.get("location") or {}, due(job, "id")
        spot = place(
            {
                "address": {
                    "streetAddress": where.get("address"),
                    "addressLocality": where.get("city"),
                    "addressRegion": where.get("region"),
                    "postalCode": where.get("postalCode"),
                    "addressCountry": (said(where, "country") or "").upper() or None,
                }
            }
        )
        contract, pattern = terms_of_words(said(job, "typeOfEmployment", "label"))
        text = (job.get("jobAd") or {}).get("sections") or {}
        company = due(job, "company", "identifier")
        advert = RawAdvert(
            external_id=number,
            url=_public_page(job, response, company, number),
            title=due(job, "name"),
            employer=self.tenant(said(job, "company", "name")),
            department=said(job, "department", "label"),
            reference=said(job, "refNumber"),
            location=spot.address or said(where, "fullLocation"),
            postcode=spot.postcode,
            latitude=said(where, "latitude"),
            longitude=said(where, "longitude"),
            work_mode=_mode(where),
            contract=contract,
            pattern=pattern,
            category=said(job, "function", "label"),
            posted=said(job, "releasedDate"),
            apply_url=said(job, "applyUrl"),
            description=sections(*(_section(text.get(name)) for name in _PARTS)),
        )
        return filled_from_text(with_tenants_fields(advert, _custom(job.get("customField"))))


def detect(page: TextResponse) -> Detection | None:
    """A company's board, or a page that points to one."""
    found = first_match(page, "smartrecruiters.com", _BOARD)
    if found is None:
        return None
    api = f"https://api.smartrecruiters.com/v1/companies/{found[1]}/postings?limit=100"
    return Detection(platform="smartrecruiters", url=api, evidence=found.string)


def _careers_page(api: str) -> str:
    parts, company = urlsplit(api), _COMPANY.search(api)
    host = parts.netloc.replace("api.smartrecruiters.com", "careers.smartrecruiters.com")
    return urlunsplit((parts.scheme, host, f"/{company[1] if company else ''}", "", ""))


def _page(url: str, offset: int) -> str:
    parts = urlsplit(url)
    query = urlencode({**dict(parse_qsl(parts.query)), "offset": offset})
    return urlunsplit(parts._replace(query=query))


def _public_page(job: Json, response: TextResponse, company: str, number: str) -> str:
    stated = said(job, "postingUrl")
    if stated and stated.startswith(("https://", "http://")):
        return stated
    host = urlsplit(response.url).netloc.replace("api.smartrecruiters", "jobs.smartrecruiters")
    return f"{urlsplit(response.url).scheme}://{host}/{company}/{number}"


def _mode(where: Json) -> str | None:
    return "Remote" if where.get("remote") is True else "Hybrid" if where.get("hybrid") else None


def _section(part: Any) -> tuple[Any, Any]:
    return (part.get("title"), part.get("text")) if isinstance(part, dict) else (None, None)


def _custom(fields: Any) -> list[tuple[str, str]]:
    pairs = ((said(each, "fieldLabel"), said(each, "valueLabel")) for each in fields or [])
    return [(label, value) for label, value in pairs if label and value]
