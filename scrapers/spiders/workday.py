"""Workday career sites, through the JSON interface (CXS) that their own pages use.

Recognised by `{tenant}.wd{N}.myworkdayjobs.com/[{locale}/]{Site}` and `wd{N}.myworkdaysite.com/
[{locale}/]recruiting/{tenant}/{Site}`. Facts: four public readers, measured notes on tenants and
captured answers of 2026. The source's address is the career site; the option `tenant` names the
tenant where the host's label is not it (`vhr-otsuka` for `vhr_otsuka`). Few tenants give a closing
date, and "3 days left to apply" is not taken for one, since it changes daily; the list says only
how long ago an advert was posted. Pay has no field: it is read by label in the text.
"""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import urljoin

from scrapy.http import JsonRequest, TextResponse

from scrapers.board import Json, at, facts_at, filled_from_text, joined, json_of, object_in
from scrapers.detection import detector
from scrapers.items import RawAdvert
from scrapers.jsonld_terms import texts_of
from scrapers.listing import Listing, ListingRow
from scrapers.platform import PlatformSpider
from scrapers.problems import AdvertGone, Failure, PageProblem, RegisterError

MOST_TOLD = 2000
"""Totals end here, and so do lists: what is beyond is not told."""

_PATH = r"/(?:[a-z]{2}(?:-[A-Z]{2})?(?:/|$))?+(recruiting/([^/?#]+)/)?(?!wday/)([^/?#]+)"  # /en-GB/
_SITE = re.compile(r"https?://([^/?#.:]+)[^/?#]*" + _PATH)
_THEIRS = re.compile(r"https?://[\w.-]*\bwd\d+\.myworkday(?:jobs|site)\.com" + _PATH)
_CXS = re.compile(
    r"https?://([\w-]+)\.wd\d+\.myworkdayjobs\.com/wday/cxs/(?:\1|(?P<tenant>[^/?#]+))/([^/?#]+)"
)
_LIST = re.compile(r"/wday/cxs/([^/?#]+)/([^/?#]+)/jobs")
_SEVERAL = re.compile(r"\d+ Locations?")  # 2 Locations
_FIELDS = {
    "title": "title",
    "employer": "employer.name",
    "reference": "jobReqId",
    "work_mode": "remoteType",
    "pattern": "timeType",
    "posted": "startDate",
    "closes": "endDate",
}

detect = detector("workday", (_THEIRS, r"/\1\3"), (_CXS, r"/\3"))


class WorkdaySpider(PlatformSpider):
    """Workday: a JSON list twenty by twenty, a JSON document for each advert."""

    name = "workday"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self._source is not None:
            self.listing_request()

    def listing_request(self) -> JsonRequest:
        if (found := _SITE.match(self.source.url)) is None:
            raise RegisterError(f"no career site of Workday is named in {self.source.url}")
        tenant = self.options.get("tenant") or found[3] or found[1]
        return _ask_list(urljoin(self.source.url, f"/wday/cxs/{tenant}/{found[4]}/jobs"), 0, 0)

    def read_listing(self, response: TextResponse) -> Listing:
        """The total is right on the first page only; later ones may say 0."""
        answer = object_in(json_of(response))
        asked = json.loads((response.request and response.request.body) or "{}")
        offset, postings = int(asked.get("offset", 0)), answer["jobPostings"]
        total = (response.meta.get("total", 0) if offset else 0) or int(answer["total"])
        if total >= MOST_TOLD:
            raise PageProblem(Failure.TOO_LARGE, f"the list is cut off at {MOST_TOLD} adverts")
        rows = [_row(each, response.url) for each in postings if each.get("externalPath")]
        read, nameless = offset + len(postings), len(postings) - len(rows)
        more = [_ask_list(response.url, read, total)] if postings and not 0 < total <= read else []
        return Listing(rows=rows, advertised=None if offset else total - nameless, more=more)

    def read_advert(self, response: TextResponse) -> RawAdvert:
        answer = object_in(json_of(response))
        info = {"posted": False} if answer.get("httpStatus") == 404 else answer["jobPostingInfo"]
        if False in (info.get("posted"), info.get("canApply")):
            raise AdvertGone
        told = {**info, "employer": answer.get("hiringOrganization")}
        return filled_from_text(_read(told, response.url.partition("?")[0]))


def _ask_list(url: str, offset: int, total: int) -> JsonRequest:
    """Twenty adverts: the server refuses to give more at once."""
    wanted = {"appliedFacets": {}, "limit": 20, "offset": offset, "searchText": ""}
    return JsonRequest(url, data=wanted, meta={"total": total})


def _row(posting: Json, url: str) -> ListingRow:
    path, noted = posting["externalPath"], ("locationsText", "bulletFields")
    site = _LIST.sub(r"/recruiting/\1/\2" if ".myworkdaysite.com/" in url else r"/\2", url)
    detail = JsonRequest(url.removesuffix("/jobs") + path)
    words = " ".join(text for key in noted for text in texts_of(posting.get(key)))
    return ListingRow(advert=_read(posting, site + path), detail=detail, words=words)


def _read(told: Json, url: str) -> RawAdvert:
    """An advert of the list or its own document: they share what keys they have."""
    places = [at(told, "location|locationsText"), *(told.get("additionalLocations") or [])]
    known = [*(told.get("bulletFields") or []), told.get("jobReqId")]
    return RawAdvert(
        external_id=_id_of(url, texts_of(known)),
        url=at(told, "externalUrl") or url,
        location=joined(each for each in texts_of(places) if not _SEVERAL.fullmatch(each)),
        description=told.get("jobDescription") or None,
        **facts_at(told, _FIELDS),
    )


def _id_of(path: str, known: list[str]) -> str:
    """`R-123-1` of `/job/Ely/Clerk_R-123-1`: the requisition and which of its postings it is."""
    tail = path.rstrip("/").rpartition("/")[2]
    for number in known:
        before, _, after = tail.rpartition(f"_{number}")
        if before and not after.strip("-0123456789"):
            return number + after
    return tail.rpartition("_")[2]
