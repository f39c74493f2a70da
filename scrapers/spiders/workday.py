"""Workday career sites, through the JSON interface (CXS) that their own pages use.

Recognised by `{tenant}.wd{N}.myworkdayjobs.com/[{locale}/]{Site}` and `wd{N}.myworkdaysite.com/
[{locale}/]recruiting/{tenant}/{Site}`. Facts: four public readers, measured notes on tenants and
captured answers of 2026. The source's address is the career site; the option `tenant` names the
tenant where the host's label is not it (`vhr-otsuka` for `vhr_otsuka`). The list says only how
long ago an advert was posted; the closing date is given by few tenants, and "3 days left to apply"
is not taken for one, since it changes daily. Pay has no field: it is read by label in the text.
"""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import urljoin, urlsplit

from parsel import Selector
from scrapy import Request
from scrapy.http import TextResponse

from scrapers.board import json_of, object_in
from scrapers.detection import Detection, addresses
from scrapers.items import RawAdvert
from scrapers.labels import advert_from_labels, read_labels
from scrapers.listing import Listing, ListingRow
from scrapers.pages import decoded
from scrapers.platform import PlatformSpider
from scrapers.problems import AdvertGone, Failure, PageProblem, RegisterError

PAGE_SIZE = 20
"""Adverts asked for at once: the server refuses to give more."""
MOST_TOLD = 2000
"""Totals end here, and so do lists: what is beyond is not told."""

_HEADERS = {"Accept": "application/json", "Content-Type": "application/json"}
_LOCALE = re.compile(r"[a-z]{2}(?:-[A-Z]{2})?")  # en-GB
_HOST = re.compile(r"(?:[\w-]+\.)?wd\d+\.(?:myworkdayjobs|myworkdaysite)\.com")
_SEVERAL = re.compile(r"\d+ Locations?")


class WorkdaySpider(PlatformSpider):
    """Workday: a JSON list twenty by twenty, a JSON document for each advert."""

    name = "workday"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self._source is not None:
            _tenant_and_site(self._source.url)

    def listing_request(self) -> Request:
        tenant, site = _tenant_and_site(self.source.url)
        tenant = self.options.get("tenant", tenant)
        return _ask_list(urljoin(self.source.url, f"/wday/cxs/{tenant}/{site}/jobs"), 0, 0)

    def read_listing(self, response: TextResponse) -> Listing:
        """The total is right on the first page only; later ones may say 0."""
        answer = object_in(json_of(response))
        postings = answer["jobPostings"]
        asked = json.loads(response.request.body) if response.request else {}
        offset = int(asked.get("offset", 0))
        total = (response.meta.get("total", 0) if offset else 0) or int(answer["total"])
        if total >= MOST_TOLD:
            raise PageProblem(Failure.TOO_LARGE, f"the list is cut off at {MOST_TOLD} adverts")
        rows = [_row(each, response.url) for each in postings if each.get("externalPath")]
        read = offset + len(postings)
        more = []
        if postings and (read < total or not total):
            more.append(_ask_list(response.url, read, total))
        nameless = len(postings) - len(rows)
        return Listing(rows=rows, advertised=None if offset else total - nameless, more=more)

    def read_advert(self, response: TextResponse) -> RawAdvert:
        answer = object_in(json_of(response))
        if answer.get("httpStatus") == 404:
            raise AdvertGone
        info = answer["jobPostingInfo"]
        if info.get("posted") is False or info.get("canApply") is False:
            raise AdvertGone
        description = info.get("jobDescription") or None
        places = [info.get("location"), *(info.get("additionalLocations") or [])]
        advert = RawAdvert(
            external_id=_id_of(urlsplit(response.url).path, [str(info.get("jobReqId"))]),
            url=decoded(info.get("externalUrl")) or response.url,
            title=decoded(info["title"]),
            employer=decoded((answer.get("hiringOrganization") or {}).get("name")),
            reference=decoded(info.get("jobReqId")),
            location="; ".join(dict.fromkeys(filter(None, map(decoded, places)))) or None,
            work_mode=decoded(info.get("remoteType")),
            pattern=decoded(info.get("timeType")),
            posted=decoded(info.get("startDate")),
            closes=decoded(info.get("endDate")),
            description=description,
        )
        told = advert_from_labels(read_labels(Selector(text=description or "<p/>", type="html")))
        return advert.filled_from(RawAdvert(external_id="", url="", **{**told, "extra": {}}))


def detect(page: TextResponse) -> Detection | None:
    """A career site itself, or any page that links to one."""
    for address in addresses(page):
        label = (urlsplit(address).hostname or "").split(".")[0]
        if _HOST.fullmatch(urlsplit(address).hostname or ""):
            try:
                tenant, site = _tenant_and_site(address)
            except RegisterError:
                continue
            options = {} if tenant == label or "/recruiting/" in address else {"tenant": tenant}
            return Detection("workday", _site_url(address, tenant, site), address, options)
    return None


def _tenant_and_site(url: str) -> tuple[str, str]:
    """From the address of a career site, of one of its adverts, or of its interface."""
    parts = [part for part in urlsplit(url).path.split("/") if part]
    if parts and _LOCALE.fullmatch(parts[0]):
        parts = parts[1:]
    if parts[:1] == ["recruiting"]:
        parts = parts[1:]
    elif parts[:2] == ["wday", "cxs"]:
        parts = parts[2:]
    else:
        parts.insert(0, (urlsplit(url).hostname or "").split(".")[0])
    if len(parts) < 2 or parts[0] == "wday" or parts[1] == "wday":
        raise RegisterError(f"no career site of Workday is named in {url}")
    return parts[0], parts[1]


def _site_url(near: str, tenant: str, site: str) -> str:
    shared = (urlsplit(near).hostname or "").endswith(".myworkdaysite.com")
    return urljoin(near, f"/recruiting/{tenant}/{site}" if shared else f"/{site}")


def _ask_list(url: str, offset: int, total: int) -> Request:
    wanted = {"appliedFacets": {}, "limit": PAGE_SIZE, "offset": offset, "searchText": ""}
    body = json.dumps(wanted)
    return Request(url, method="POST", headers=_HEADERS, body=body, meta={"total": total})


def _row(posting: dict[str, Any], url: str) -> ListingRow:
    path = str(posting["externalPath"])
    bullets = [text for each in posting.get("bulletFields") or [] if (text := decoded(each))]
    place = decoded(posting.get("locationsText"))
    advert = RawAdvert(
        external_id=_id_of(path, bullets),
        url=_site_url(url, *_tenant_and_site(url)) + path,
        title=decoded(posting.get("title")),
        location=None if place and _SEVERAL.fullmatch(place) else place,
        work_mode=decoded(posting.get("remoteType")),
        pattern=decoded(posting.get("timeType")),
    )
    detail = Request(url.removesuffix("/jobs") + path, headers={"Accept": "application/json"})
    return ListingRow(advert=advert, detail=detail, words=" ".join([place or "", *bullets]))


def _id_of(path: str, known: list[str]) -> str:
    """`R-123-1` of `/job/Ely/Clerk_R-123-1`: the requisition and which of its postings it is."""
    tail = path.rstrip("/").rpartition("/")[2]
    for number in known:
        before, mark, after = tail.rpartition(f"_{number}")
        if mark and before and re.fullmatch(r"(?:-\d+)?", after):
            return number + after
    return tail.rpartition("_")[2]
