"""Oracle Recruiting Cloud: the candidate sites of Oracle Fusion HCM.

Recognised by `{pod}.fa.{region}.oraclecloud.com` with a path `/hcmUI/CandidateExperience/…/sites/
{SITE}`, on an employer's own host by the shell page's `data-apibaseurl` and `data-sitenumber`.
Facts: five independent public readers and captured answers of 2026 agree on requests and fields;
which flexible fields (pay, grade, hours) there are is each tenant's choice: they are read by label.
The source's address is the candidate site, `…/sites/CX_1/jobs`; no options. What a site is called
in its address need not be its number, and a wrong number brings the adverts of all sites: the
number is looked up in the shell page, and taken from the address only where that is silent.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

from scrapy import Request
from scrapy.http import TextResponse

from scrapers.board import json_of, object_in
from scrapers.detection import Detection, addresses
from scrapers.items import RawAdvert
from scrapers.jsonld_terms import text_of
from scrapers.labels import advert_from_labels
from scrapers.listing import Listing, ListingRow
from scrapers.pages import decoded, html_of
from scrapers.platform import PlatformSpider
from scrapers.problems import AdvertGone, Failure, PageProblem

PAGE_SIZE = 200
"""Adverts asked for at once, the most that servers are known to give."""

_API = "/hcmRestApi/resources/latest/recruitingCEJobRequisition"
_EXPANDED = (
    "requisitionList.workLocation,requisitionList.secondaryLocations,"
    "requisitionList.requisitionFlexFields"
)
_SITE = re.compile(r"\bsiteNumber=([\w-]+)|/CandidateExperience/(?:[^/?#]+/)?sites/([\w-]+)")
_NUMBER = re.compile(r"CX(?:_\d+)?")
_OFFSET = re.compile(r"\boffset=(\d+)")
_ID = re.compile(r'\bId="?(\w+)|/job/(\w+)')
_CLOUD = ".oraclecloud.com"
_FIELDS = {
    "title": ("Title",),
    "employer": ("LegalEmployer",),
    "department": ("Department", "Organization", "BusinessUnit"),
    "reference": ("RequisitionNumber", "Id"),
    "hours": ("WorkHours",),
    "pattern": ("JobSchedule",),
    "category": ("Category", "JobFamily", "JobFunction"),
    "posted": ("ExternalPostedStartDate", "PostedDate"),
    "closes": ("ExternalPostedEndDate", "PostingEndDate"),
}
"""Fields of an advert and the keys that may hold them, the best first."""
_BODY = ("ExternalDescriptionStr", "ExternalResponsibilitiesStr", "ExternalQualificationsStr")
_WORK_MODES = {
    "ORA_REMOTE": "Remote",
    "ORA_HYBRID": "Hybrid",
    "ORA_ON_SITE": "On-site",
    "ORA_ONSITE": "On-site",
}


class OracleRecruitingSpider(PlatformSpider):
    """Oracle Recruiting: a JSON list page by page, a JSON document for each advert."""

    name = "oracle_recruiting"

    def read_listing(self, response: TextResponse) -> Listing | Request:
        if "/hcmRestApi/" in response.url or response.text.lstrip().startswith("{"):
            return _read_list(response)
        site = _site_of(response.url)
        told = (response.url, site) if site and _NUMBER.fullmatch(site) else None
        found = _shell(response) or told
        if found is None:
            raise PageProblem(Failure.LAYOUT_CHANGED, "the page names no site number")
        return _ask_list(*found, 0)

    def read_advert(self, response: TextResponse) -> RawAdvert:
        answer = object_in(json_of(response))
        items = answer.get("items", [answer])
        if not items:
            raise AdvertGone
        asked = _ID.search(unquote(response.url))
        if asked and (asked[1] or asked[2]) != str(items[0]["Id"]):
            raise PageProblem(Failure.LAYOUT_CHANGED, f"the answer is of advert {items[0]['Id']}")
        return _read(items[0], response.url, _site_of(response.url))


def detect(page: TextResponse) -> Detection | None:
    """A candidate site's own shell page, or any page that links to one."""
    if (found := _shell(page)) is not None:
        api, number = found
        return Detection("oracle_recruiting", _site_url(api, number) + "/jobs", "data-sitenumber")
    for address in addresses(page):
        site = _site_of(address)
        if site and (urlsplit(address).hostname or "").endswith(_CLOUD):
            return Detection("oracle_recruiting", _site_url(address, site) + "/jobs", address)
    return None


def _shell(page: TextResponse) -> tuple[str, str] | None:
    """Address of the API and number of the site, as a shell page says them of itself.

    An API that is neither on Oracle's cloud nor on the page's own host is not believed.
    """
    base = html_of(page).xpath("//base[@data-sitenumber]")
    number = base.attrib.get("data-sitenumber")
    api = page.urljoin(base.attrib.get("data-apibaseurl", "/")).removesuffix(":443")
    host = urlsplit(api).hostname or ""
    if not number or not (host.endswith(_CLOUD) or host == urlsplit(page.url).hostname):
        return None
    return api, number


def _site_of(url: str) -> str | None:
    found = _SITE.search(unquote(url))
    return (found[1] or found[2]) if found else None


def _site_url(near: str, site: str) -> str:
    return urljoin(near, f"/hcmUI/CandidateExperience/en/sites/{site}")


def _ask_list(near: str, site: str, offset: int) -> Request:
    """Paging stands inside `finder`: the server passes over it anywhere else."""
    finder = f"findReqs;siteNumber={site},limit={PAGE_SIZE},offset={offset}"
    query = f"?onlyData=true&expand={_EXPANDED}&finder={finder},sortBy=POSTING_DATES_DESC"
    return Request(urljoin(near, f"{_API}s{query}"), headers={"Accept": "application/json"})


def _ask_advert(near: str, site: str, number: str) -> Request:
    query = f"?expand=all&onlyData=true&finder=ById;Id=%22{number}%22,siteNumber={site}"
    return Request(urljoin(near, f"{_API}Details{query}"), headers={"Accept": "application/json"})


def _read_list(response: TextResponse) -> Listing:
    """Pages may be short in the middle of the list, and past its end the total is 0."""
    (found,) = object_in(json_of(response))["items"]
    written, total = found["requisitionList"], int(found["TotalJobsCount"])
    if not isinstance(written, list):
        raise PageProblem(Failure.LAYOUT_CHANGED, "the answer holds no list of adverts")
    site = _site_of(response.url) or found["SiteNumber"]
    rows = [_row(each, response.url, site) for each in written]
    at = _OFFSET.search(response.url)
    read = (int(at[1]) if at else 0) + len(rows)
    more = [_ask_list(response.url, site, read)] if rows and (read < total or not total) else []
    return Listing(rows=rows, advertised=total if read == len(rows) else None, more=more)


def _row(written: dict[str, Any], url: str, site: str) -> ListingRow:
    advert = _read(written, url, site)
    return ListingRow(advert=advert, detail=_ask_advert(url, site, advert.external_id))


def _read(written: dict[str, Any], url: str, site: str | None) -> RawAdvert:
    """An advert of the list or its own document: both use the same keys."""
    number = str(written["Id"])
    places = [written.get("PrimaryLocation")]
    places += [each.get("Name") for each in written.get("secondaryLocations") or []]
    pairs = {
        str(flex["Prompt"]): value
        for flex in written.get("requisitionFlexFields") or []
        if flex.get("Prompt") and (value := decoded(flex.get("Value")))
    }
    address: dict[str, Any] = next(iter(written.get("workLocation") or []), {})
    body = [text for key in _BODY if (text := (written.get(key) or "").strip())]
    said: dict[str, Any] = {
        field: next(filter(None, (decoded(written.get(key)) for key in keys)), None)
        for field, keys in _FIELDS.items()
    }
    advert = RawAdvert(
        external_id=number,
        url=f"{_site_url(url, site)}/job/{number}" if site else url,
        **said,
        location="; ".join(dict.fromkeys(filter(None, map(decoded, places)))) or None,
        postcode=decoded(address.get("PostalCode")),
        latitude=decoded(address.get("Latitude")),
        longitude=decoded(address.get("Longitude")),
        work_mode=_WORK_MODES.get(written.get("WorkplaceTypeCode") or "")
        or decoded(written.get("WorkplaceType")),
        contract=_contract(written),
        summary=text_of(written.get("ShortDescriptionStr")),
        description="\n".join(body) or None,
    )
    return advert.filled_from(RawAdvert(external_id="", url="", **advert_from_labels(pairs)))


def _contract(written: dict[str, Any]) -> str | None:
    """`Fixed term, 12 months`: the type, and the length that stands apart from it."""
    units = {"years": "WorkDurationYears", "months": "WorkDurationMonths"}
    lengths = [f"{count} {unit}" for unit, key in units.items() if (count := written.get(key))]
    kind = decoded(written.get("ContractType")) or decoded(written.get("JobType"))
    return ", ".join(filter(None, [kind, *lengths])) or None
