"""MHR iTrent web recruitment (webitrent.com and employers' own domains), JSON generation.

Recognised by a path with a `…_webrecruitment/wrd/run/` part and screens called ETREC179GF, in any
letter case. Facts: eight independent public readers of such sites and captured pages of 2026 that
agree on shell, session and JSON; which of the three headers the server insists on is disputed, so
all are sent. The source's address is a launch page (`ETREC179GF.open?WVID=…`) or the tenant's root
(`etrec002gf.open`), which only links to the launch page.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from scrapy import Request
from scrapy.http import TextResponse

from scrapers.detection import Detection, addresses
from scrapers.items import RawAdvert
from scrapers.labels import advert_from_labels, read_labels
from scrapers.listing import Listing, ListingRow
from scrapers.pages import decoded, html_of, words
from scrapers.platform import PlatformSpider
from scrapers.problems import Failure, PageProblem

PAGE_SIZE = 200
"""Adverts asked for at once; the servers offer up to 30 to people and accept 200."""

_SESSION = re.compile(r"\busession=([0-9a-f]{16,64})\b", re.IGNORECASE)
_LAUNCH = re.compile(r"etrec179gf\.open\?[^\"'\s<>]*wvid=", re.IGNORECASE)
_PICTURE = re.compile(r"<img\b[^<>]*\bdata:image/[^<>]*>", re.IGNORECASE)
"""Pictures written into the description: up to 50 kB each, and no words."""
_VACANCY = re.compile(r"vacancy_id=([0-9]+[0-9a-z]*)", re.IGNORECASE)
_RUN = re.compile(
    r"(https?://[^?#\s]{1,200}_web(?:recruitment)?/wrd/run/)(etrec\d{3}[dg]f[.\w]*)", re.IGNORECASE
)
"""An address of the platform, up to its screen: `…/ce0834li_webrecruitment/wrd/run/ETREC179GF`."""


class ItrentSpider(PlatformSpider):
    """iTrent: a shell page that opens a session, then one JSON list that holds whole adverts."""

    name = "itrent"

    def read_listing(self, response: TextResponse) -> Listing | Request:
        if response.text.lstrip("\ufeff \r\n\t").startswith("{"):
            return _read_results(response)
        if "security violation" in response.text.lower():
            raise PageProblem(Failure.BLOCKED, "the site refused the session: security violation")
        if _screen(response.url).endswith(".json"):
            raise PageProblem(Failure.LAYOUT_CHANGED, "an HTML page came where JSON was asked for")
        return _through_shell(response)

    def read_advert(self, response: TextResponse) -> RawAdvert:
        """The profile page of an advert (ETREC107GF); the crawl itself needs none of them."""
        found = _VACANCY.search(unquote(response.url))
        page = html_of(response)
        fields = advert_from_labels(read_labels(page))
        if found is None or len(fields) < 2:
            raise PageProblem(Failure.LAYOUT_CHANGED, "no advert is written on this page")
        fields["title"] = words(page.css("h1")) or words(page.css("h2"))
        query = {"WVID": _parameter(response.url, "wvid"), "VACANCY_ID": found[1]}
        return RawAdvert(external_id=found[1], url=_screen_url(response, query), **fields)


def _through_shell(response: TextResponse) -> Request:
    """The next step from an HTML page: to the launch page, else with the session to the list."""
    page = html_of(response)
    launch = next(
        (href for href in page.css("a::attr(href)").getall() if _LAUNCH.search(href)), None
    )
    is_root = "etrec002gf" in _screen(response.url) or bool(page.xpath("//form[@id='ETREC002GF']"))
    if is_root and launch:
        return Request(response.urljoin(launch))
    session = page.xpath("//input[starts-with(@name,'SESSION.STD_HID_FLDS')]/@value").get()
    if not session and (found := _SESSION.search(response.text) or _SESSION.search(response.url)):
        session = found[1]
    wvid = page.xpath("//input[starts-with(@name,'WVID.STD_HID_FLDS')]/@value").get() or _parameter(
        response.url, "wvid"
    )
    if not session or not wvid:
        raise PageProblem(Failure.LAYOUT_CHANGED, "no session on the launch page")
    return _ask_results(response, wvid, session, start=1)


def _ask_results(response: TextResponse, wvid: str, session: str, start: int) -> Request:
    query = {"WVID": wvid, "USESSION": session, "LANG": "USA"}
    wanted = {"RESULTS_PP": str(PAGE_SIZE)} | ({"REC_FROM": str(start)} if start > 1 else {})
    search = dict.fromkeys(("JOB_TITLE", "KEYWORDS", "LOCATION_ID", "VAC_TYPES", "SALARY_BAND"), "")
    parameters = {**query, **search, "ORDER_BY": "VACANCY_D", **wanted}
    return Request(
        response.urljoin("etrec106gf.json?" + urlencode({**query, **wanted})),
        headers={
            "Referer": response.urljoin("ETREC179GF.open?" + urlencode(query)),
            "X-Requested-With": "XMLHttpRequest",
            "mhrParams": urlencode(parameters),
            "Accept": "application/json, text/javascript, */*; q=0.01",
        },
    )


def _read_results(response: TextResponse) -> Listing:
    answer: dict[str, Any] = response.json()
    search, results = answer["search"], answer["results"]
    total = int(search["total_rec"])
    start = int(search.get("rec_from") or 1)
    last = max(int(search.get("rec_to") or 0), start - 1 + len(results))
    wvid = _parameter(response.url, "wvid") or search["wvid"]
    session = _parameter(response.url, "usession")
    more = []
    if results and session and last < total:
        more.append(_ask_results(response, wvid, session, last + 1))
    label = answer.get("text", {})
    return Listing(
        advertised=total,
        rows=[_read_row(each, label, response, wvid) for each in results],
        more=more,
    )


def _read_row(
    result: dict[str, Any], label: dict[str, str], response: TextResponse, wvid: str
) -> ListingRow:
    vacancy = result["vacancy_id"]
    extra = {
        label.get("l_region") or "Region": decoded(result.get("region_id")),
        label.get("l_start_package") or "Package": decoded(result.get("start_package")),
    }
    advert = RawAdvert(
        external_id=vacancy,
        url=_screen_url(response, {"WVID": wvid, "VACANCY_ID": vacancy}),
        title=decoded(result["job_title"]),
        reference=decoded(result.get("vacancy_ref")),
        salary=decoded(result.get("salary")),
        location=decoded(result.get("location_id")),
        hours=decoded(result.get("con_hrs")),
        pattern=decoded(result.get("basis_id")),
        closes=decoded(result.get("app_close_d")),
        description=_PICTURE.sub("", result.get("job_description") or "").strip() or None,
        extra={name: value for name, value in extra.items() if value},
    )
    return ListingRow(advert=advert, complete=True)


def _screen(url: str) -> str:
    return urlsplit(url).path.rpartition("/")[2].lower()


def _screen_url(response: TextResponse, query: dict[str, str | None]) -> str:
    """The public address of a launch page: no session in it."""
    known = {name: value for name, value in query.items() if value}
    return response.urljoin("ETREC179GF.open?" + urlencode(known))


def _parameter(url: str, name: str) -> str | None:
    """A parameter of an address, whatever the case of its name."""
    return next((v for k, v in parse_qsl(urlsplit(url).query) if k.lower() == name), None)


def detect(page: TextResponse) -> Detection | None:
    """A screen of the platform, or a page that points to one.

    The results of forms are another platform's, and an advert's profile (ETREC107GF) may be of
    either generation: it tells nothing.

    An address that names a web view (WVID) is worth more than one that does not.
    """
    root = None
    pointers = list(addresses(page))
    if any("display_srch_all" in address.lower() for address in pointers):
        return None
    for address in pointers:
        found = _RUN.match(address)
        if found is None or "etrec107gf" in found[2].lower():
            continue
        evidence = f"iTrent screen {found[0]}"
        if wvid := _parameter(address, "wvid"):
            launch = f"{found[1]}ETREC179GF.open?WVID={wvid}"
            return Detection("itrent", launch, evidence)
        root = root or Detection("itrent", f"{found[1]}etrec002gf.open", evidence)
    return root
