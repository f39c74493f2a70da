"""MHR iTrent web recruitment (webitrent.com and employers' own domains), JSON generation.

Recognised by a path with a `…_webrecruitment/wrd/run/` part and screens called ETREC179GF, in any
letter case. Facts: eight independent public readers of such sites and captured pages of 2026 that
agree on shell, session and JSON; which of the three headers the server insists on is disputed, so
all are sent. The source's address is a launch page (`ETREC179GF.open?WVID=…`) or the tenant's root
(`etrec002gf.open`), which only links to the launch page.
"""

from __future__ import annotations

import re
from urllib.parse import unquote

from scrapy import Request
from scrapy.http import TextResponse

from scrapers.board import Json, facts_at, looks_like_json
from scrapers.detection import Detection, addresses, detector
from scrapers.items import RawAdvert
from scrapers.labels import advert_from_labels
from scrapers.listing import Listing, ListingRow
from scrapers.pages import decoded
from scrapers.platform import PlatformSpider
from scrapers.reading import Page, id_in, row

PAGE_SIZE = 200  # adverts asked for at once; the servers offer up to 30 to people and accept 200
_SEARCH = "JOB_TITLE=&KEYWORDS=&LOCATION_ID=&VAC_TYPES=&SALARY_BAND=&ORDER_BY=VACANCY_D"
_FIELDS = {
    "title": "job_title",
    "reference": "vacancy_ref",
    "salary": "salary",
    "location": "location_id",
    "hours": "con_hrs",
    "pattern": "basis_id",
    "closes": "app_close_d",
}
_SESSION = re.compile(r"\busession=([0-9a-f]{16,64})\b", re.IGNORECASE)
_WVID = re.compile(r"[?&]wvid=(\w+)", re.IGNORECASE)
_LAUNCH = re.compile(r"etrec179gf\.open\?[^\"'\s<>]*wvid=", re.IGNORECASE)
_HIDDEN = "input[name^='{}.STD_HID_FLDS']::attr(value)"
_PICTURE = re.compile(r"<img\b[^<>]*\bdata:image/[^<>]*>", re.IGNORECASE)  # up to 50 kB, no words
_VACANCY = re.compile(r"vacancy_id=([0-9]+[0-9a-z]*)", re.IGNORECASE)
_RUN = r"(https?://[^?#\s]{1,200}_web(?:recruitment)?/wrd/run/)(?!etrec107gf)etrec\d{3}[dg]f[.\w]*"
_WEB_VIEW = re.compile(rf"{_RUN}\?(?:[^#]*&)?wvid=(\w+)", re.I), r"\1ETREC179GF.open?WVID=\2"
_way_in = detector("itrent", _WEB_VIEW, (re.compile(_RUN, re.I), r"\1etrec002gf.open"))


def detect(page: TextResponse) -> Detection | None:
    """A screen, or a link to one, that is no advert's profile: that may be of either generation.
    Beside the results of forms, which are another platform's, all screens are."""
    forms = any("display_srch_all" in each.lower() for each in addresses(page))
    return None if forms else _way_in(page)


class ItrentSpider(PlatformSpider):
    """iTrent: a shell page that opens a session, then one JSON list that holds whole adverts."""

    name = "itrent"

    def read_listing(self, response: TextResponse) -> Listing | Request:
        page = Page(response)
        if looks_like_json(response):
            return _listing(response.json(), page)
        if "security violation" in page.text.lower():
            raise page.blocked("the site refused the session: security violation")
        if "etrec106gf.json" in response.url.lower():
            raise page.unlike("an HTML page came where JSON was asked for")
        if "etrec002gf" in response.url.lower() or page.css("form#ETREC002GF"):
            for launch in filter(_LAUNCH.search, page.css("a::attr(href)").getall()):
                return Request(page.join(launch))
        session = page.css(_HIDDEN.format("SESSION")).get()
        session = session or id_in(_SESSION, f"{page.text} {response.url}")
        wvid = page.css(_HIDDEN.format("WVID")).get() or id_in(_WVID, response.url)
        if not session or not wvid:
            raise page.unlike("no session on the launch page")
        return _ask(page, wvid, session)

    def read_advert(self, response: TextResponse) -> RawAdvert:
        """The profile page of an advert (ETREC107GF); the crawl itself needs none of them."""
        page, vacancy = Page(response), id_in(_VACANCY, unquote(response.url))
        facts, title = page.facts(), page.words("h1") or page.words("h2")
        if vacancy is None or len(facts) < 2:  # `extra` is always there
            raise page.no_advert()
        url = _public_url(page, id_in(_WVID, response.url), vacancy)
        return page.advert(vacancy, facts, url, title=title)


def _ask(page: Page, wvid: str, session: str, start: int = 1) -> Request:
    query = f"WVID={wvid}&USESSION={session}&LANG=USA"
    part = f"&RESULTS_PP={PAGE_SIZE}&REC_FROM={start}"
    headers = {
        "Referer": page.join(f"ETREC179GF.open?{query}"),
        "X-Requested-With": "XMLHttpRequest",
        "mhrParams": f"{query}&{_SEARCH}{part}",
    }
    return Request(page.join(f"etrec106gf.json?{query}{part}"), headers=headers)


def _listing(answer: Json, page: Page) -> Listing:
    search, results = answer["search"], answer["results"]
    wvid, session = id_in(_WVID, page.url) or search["wvid"], id_in(_SESSION, page.url)
    rows = [_row(each, answer.get("text", {}), page, wvid) for each in results]
    total, last = int(search["total_rec"]), int(search.get("rec_to") or len(rows))
    more = [_ask(page, wvid, session, last + 1)] if rows and session and last < total else []
    return Listing(rows=rows, advertised=total, more=more)


def _row(result: Json, label: Json, page: Page, wvid: str) -> ListingRow:
    area, package = decoded(result.get("region_id")), decoded(result.get("start_package"))
    told = {
        label.get("l_region") or "Region": area,
        label.get("l_start_package") or "Package": package,
    }
    facts = advert_from_labels({name: value for name, value in told.items() if value})
    text = _PICTURE.sub("", result.get("job_description") or "").strip() or None
    url = _public_url(page, wvid, result["vacancy_id"])
    facts |= facts_at(result, _FIELDS)
    return row(result["vacancy_id"], url, facts, complete=True, description=text)


def _public_url(page: Page, wvid: str | None, vacancy: str) -> str:
    view = f"WVID={wvid}&" if wvid else ""
    return page.join(f"ETREC179GF.open?{view}VACANCY_ID={vacancy}")
