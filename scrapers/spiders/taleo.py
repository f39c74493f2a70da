"""Oracle Taleo Enterprise: career sections with the faceted search (Business Edition is another).

Recognised by `/careersection/{section}/….ftl`, on taleo.net or an employer's own host. Facts: two
pages of a university captured in 2026 (the search as browsers show it: sure); list, refusals and
advert as ten public readers of 2026 have them, five adverts of theirs captured (good). Tenants
choose columns and captions; `lang=en` writes days or months first, only `lang=en-GB` is sure. The
older list by form (`joblist.ajax`) has two readers: left out. No council is evidenced. The source's
address is `/careersection/{section}/jobsearch.ftl?lang=…`. No options.
"""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import urljoin

from parsel import Selector
from scrapy import Request
from scrapy.http import TextResponse
from w3lib.url import add_or_replace_parameters, url_query_cleaner, url_query_parameter

from scrapers.board import Json, due, joined, json_of, looks_like_json, object_in, sections
from scrapers.detection import detector
from scrapers.ftl import filled_rows
from scrapers.items import RawAdvert
from scrapers.jsonld_terms import texts_of
from scrapers.labels import advert_from_labels, field_of
from scrapers.listing import Listing, ListingRow
from scrapers.pages import words
from scrapers.platform import PlatformSpider
from scrapers.problems import AdvertGone, Failure, PageProblem
from scrapers.reading import Page, id_in, row

_CLOCK = {"tz": "GMT+00:00", "tzname": "Europe/London"}
"""Headers without which the search answers 500; an advert's hours are written by them."""
_HEADERS = {"Content-Type": "application/json", **_CLOCK}
_SEARCH = {
    "multilineEnabled": False,
    "sortingSelection": {"sortBySelectionParam": "3", "ascendingSortingOrder": "false"},
    "fieldData": {"fields": {"KEYWORD": "", "LOCATION": ""}, "valid": True},
    "filterSelectionParam": {"searchFilterSelections": []},
    "advancedSearchFiltersSelectionParam": {"searchFilterSelections": []},
}
_MEANT = {
    "title": "Job title",
    "contestnumber": "Reference",
    "primarylocation": "Location",
    "organization": "Department",
    "jobfield": "Category",
    "jobschedule": "Working pattern",
    "postingdate": "Posted",
    "unpostingdate": "Closing date",
}
"""What people know a field's name, or a column's heading without its blank, by."""
_EITHER_WAY = re.compile(r"(?:0?\d|1[0-2])/(?:0?\d|1[0-2])/\d{4}\b")  # 03/04/2026
_PORTAL = re.compile(r"\bportalNo\s?:\s?'(\d{1,20})'")
_JOB = re.compile(r"[?&]job=([\w-]{1,128})")
_SHOWN = re.compile(r"\d+ [-–] \d+ of ([\d,]+)")  # 1 - 25 of 27
_PAGE = re.compile(r"https?://[^/?#]+/careersection/(?!rest/|iam/)([\w-]+)/\w+\.ftl\b")

detect = detector("taleo", (_PAGE, r"/careersection/\1/jobsearch.ftl?lang=en"))


class TaleoSpider(PlatformSpider):
    """Taleo Enterprise: a JSON search page by page, a page filled by its script for each advert."""

    name = "taleo"

    def read_listing(self, response: TextResponse) -> Listing | Request:
        if looks_like_json(response):
            return _found(object_in(json_of(response)), response)
        page = Page(response)
        if rows := [_shown(each, page.url) for each in page.css("#jobList > li[id^=job]")]:
            return page.listing(rows, page.count(_SHOWN, "#infoPanel"))
        portal = id_in(_PORTAL, page.text)
        if portal is None:
            raise page.unlike("the search page names no portal")
        search = f"/careersection/rest/jobboard/searchjobs?lang={_lang(page.url)}&portal={portal}"
        headings = [words(each) or "" for each in page.css("#jobs thead th[width]")]
        return _ask(page.join(search), 1, {"near": page.url, "headings": headings})

    def read_advert(self, response: TextResponse) -> RawAdvert:
        page = Page(response)
        if page.css("#requisitionUnavailableInterface, [name=ftlpageid][value^=unavai]"):
            raise AdvertGone
        rows = filled_rows(page, "requisitionDescriptionInterface", "descRequisition")
        told: dict[str, str] = {}
        parts: dict[str, str] = {}
        for field in rows[0] if rows else ():
            caption = _meant(field.name, field.caption or "")
            if field.rich and field.caption is not None and not field_of(caption):
                parts.setdefault(field.html, caption)
            elif caption and field.text:
                told.setdefault(caption, field.text)
        return page.advert(
            page.own_id(_JOB, told),
            _facts(told, page.url),
            url_query_cleaner(page.url, ("job", "lang")),
            description=sections(*((caption, html) for html, caption in parts.items())),
        )


def _found(answer: Json, response: TextResponse) -> Listing:
    """A page of the search's answer."""
    if answer.get("careerSectionUnAvailable"):
        raise PageProblem(Failure.NOT_FOUND, "no career section has this portal")
    meta = response.request.meta if response.request else {}
    told: dict[str, Any] = {name: meta[name] for name in ("near", "headings") if name in meta}
    rows = [_row(each, told, response.url) for each in answer["requisitionList"]]
    paging = answer["pagingData"]
    number, total = int(paging["currentPageNo"]), int(paging["totalCount"])
    onward = rows and number * int(paging["pageSize"]) < total
    more = [_ask(response.url, number + 1, told)] if onward else []
    return Listing(rows=rows, advertised=total, more=more, says_empty=total == 0)


def _ask(url: str, number: int, told: dict[str, Any]) -> Request:
    """The request for a page of the search; `told` is what its shell says of it."""
    body = json.dumps({**_SEARCH, "pageNo": number})
    return Request(url, method="POST", headers=_HEADERS, body=body, meta=told)


def _row(job: Json, told: dict[str, Any], url: str) -> ListingRow:
    """A job of the answer, which says what its title and places are; headings say the rest."""
    cells, headings = [_cell(each) for each in job["column"]], told.get("headings", [])
    pairs = zip(headings, cells, strict=True) if len(headings) == len(cells) else ()
    near, number = told.get("near", url.replace("rest/jobboard/", "")), due(job, "contestNo")
    address = _address(near, number)
    return row(
        number,
        address,
        _facts({_meant(heading, heading): cell for heading, cell in pairs if cell}, near),
        detail=add_or_replace_parameters(address, _CLOCK),
        title=cells[job.get("linkedColumn") or 0],
        reference=number,
        location=joined(cells[at] for at in job.get("locationsColumns") or ()),
    )


def _cell(text: str) -> str:
    """A column's text; places stand in it as a list in JSON: `["UK-Durham", "UK-Ely"]`."""
    try:
        return "; ".join(texts_of(json.loads(text) if text.startswith("[") else text))
    except ValueError:
        return text


def _shown(item: Selector, near: str) -> ListingRow:
    """A job of the search as a browser shows it, the columns without headings."""
    number = id_in(_JOB, item.css("a::attr(href)").get("")) or ""
    pay = next((text for each in item.css("span") if "£" in (text := words(each) or "")), None)
    told = {"reference": number, "title": words(item.css("a")[:1]), "salary": pay}
    return row(number, _address(near, number), told)


def _facts(pairs: dict[str, str], url: str) -> dict[str, Any]:
    """RawAdvert fields by their captions, but for dates that may be read two ways."""
    facts = advert_from_labels(pairs)
    for name in ("posted", "closes"):
        if _lang(url) != "en-GB" and _EITHER_WAY.match(facts.get(name, "")):
            del facts[name]
    return facts


def _meant(name: str, caption: str) -> str:
    return _MEANT.get(name.casefold().replace(" ", ""), caption)


def _lang(url: str) -> str:
    return url_query_parameter(url, "lang") or "en"


def _address(near: str, number: str) -> str:
    return urljoin(near, f"jobdetail.ftl?job={number}&lang={_lang(near)}")
