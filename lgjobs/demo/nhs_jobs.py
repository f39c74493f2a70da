"""NHS Jobs: a search that answers in XML, a few rows a page, and the page of each advert.

Elements, totals and formats as a government client's verbatim answer has them, the advert's page as
several readers of 2026 do: paragraphs inside paragraphs, the details twice (for small screens and
large), pay in bare figures in the list and in words on the page. What the page of a closed advert
answers is our guess: not found.
"""

from __future__ import annotations

import html
import re
from datetime import date

from lgjobs.demo.adverts import MOST_PRINT, DemoAdvert
from lgjobs.demo.boards import page
from lgjobs.demo.tenant import Tenant
from lgjobs.demo.web import Reply, Request, not_found, robots

SEARCH = "/api/v1/search_xml"
ADVERT = "/candidate/jobadvert/"
USUAL, LARGEST = 10, 100
_FIGURE = re.compile(r"£(\d[\d,]*(?:\.\d+)?)")  # £29,970
_TAG = re.compile(r"<[^<>]*>")


class NhsJobsSite(Tenant):
    """The whole board. Its register row asks for few rows a page, so that there are several."""

    def start_path(self) -> str:
        return f"{SEARCH}?keyword=&limit=3"

    def respond(self, request: Request) -> Reply:
        if request.path == "/robots.txt":
            return robots()
        if request.path == SEARCH:
            return self._search(request)
        advert = self._live.get(request.path.removeprefix(ADVERT))
        if advert and request.path == f"{ADVERT}{advert.id}":
            return _advert_page(advert)
        return not_found()

    def _search(self, request: Request) -> Reply:
        size = max(1, min(_whole(request.query.get("LIMIT"), USUAL), LARGEST))
        number = max(1, _whole(request.query.get("PAGE"), 1))
        adverts = list(self._live.values())
        rows = "".join(
            _row(advert, request.base) for advert in adverts[size * (number - 1) : size * number]
        )
        text = (
            f"<?xml version='1.0' encoding='UTF-8'?><nhsJobs>{rows}"
            f"<totalPages>{-(-len(adverts) // size)}</totalPages>"
            f"<totalResults>{len(adverts)}</totalResults></nhsJobs>"
        )
        return Reply(text.encode(), content_type="application/xml;charset=UTF-8")


def _row(advert: DemoAdvert, base: str) -> str:
    teaser = html.unescape(_TAG.sub(" ", advert.description))
    figures = (float(each.replace(",", "")) for each in _FIGURE.findall(advert.salary or ""))
    parts = {
        "id": re.sub(r"\D", "", advert.id),
        "reference": advert.id,
        "title": advert.title,
        "description": " ".join(teaser.split())[:150] + "...",
        "employer": advert.employer,
        "type": (advert.contract or "").replace("Fixed term", "Fixed-Term"),
        "salary": " to ".join(f"£{each:.2f}" for each in figures) or advert.salary or "",
        "closeDate": f"{advert.closes:%Y-%m-%d}" if advert.closes else "",
        "postDate": f"{advert.posted}T15:18:58.900991675",
        "url": f"{base}{ADVERT}{advert.id}",
    }
    place = html.escape(", ".join(filter(None, (_town(advert), advert.postcode))))
    inner = "".join(f"<{name}>{html.escape(text)}</{name}>" for name, text in parts.items())
    return (
        f"<vacancyDetails>{inner}<locations><location>{place}</location></locations>"
        "</vacancyDetails>"
    )


def _advert_page(advert: DemoAdvert) -> Reply:
    details = "\n".join(
        f'<h3 class="nhsuk-heading-s" id="{name}_heading">{label}</h3>\n'
        f'<p id="{name}">{html.escape(value or "")}</p>'
        for name, label, value in (
            ("date_posted", "Date posted", _day(advert.posted)),
            ("range_salary", "Salary", advert.salary),
            ("contract_type", "Contract", advert.contract),
            ("trac-job-reference", "Reference number", advert.reference),
        )
    )
    pattern = html.escape(advert.pattern or "")
    street = (advert.location or "").rpartition(", ")[0]
    body = (
        f'<span id="employer_name">{html.escape(advert.employer)}</span>\n'
        f'<h2 id="heading">{html.escape(advert.title)}</h2>\n'
        f'<p id="closing_date"><strong>The closing date is '
        f"{_day(advert.closes) if advert.closes else ''}</strong></p>\n"
        '<h3 class="nhsuk-heading-xs">Job summary</h3>\n'
        f'<p id="job_overview">{advert.description}\n'
        f'<div class="show-mobile">\n<h2>Details</h2>\n{details}\n'
        f'<h3 id="working_pattern_heading">Working pattern</h3>\n<p> {pattern} </p>\n'
        '<h3 id="employer_location_heading">Job locations</h3>\n'
        f'<p id="employer_address_line_1">{html.escape(street)}</p>\n'
        f'<p id="employer_town">{html.escape(_town(advert))}</p>\n<p id="employer_county"></p>\n'
        f'<p id="employer_postcode">{advert.postcode or ""}</p>\n</div>\n'
        '<div class="hide-mobile">\n<h2>Job description</h2>\n'
        '<p id="job_description_large" style="white-space: pre-line">As above.\n'
        "<h2>Person Specification</h2>\n<h3>Experience</h3>\n<h4>Essential</h4>\n"
        f"<ul><li>Work with people</li></ul>\n<h2>Details</h2>\n{details}\n</div>\n"
        '<p id="employer_town_c">Head office</p>'
    )
    return page(f"Job Advert: {advert.title}", body)


def _town(advert: DemoAdvert) -> str:
    return (advert.location or "").rpartition(", ")[2]


def _day(day: date) -> str:
    return f"{day:%d %B %Y}"


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isdecimal() else otherwise


SITE = NhsJobsSite
PRINTS = (MOST_PRINT - {"location"}) | {
    "contract",
    "employer",
    "pattern",
    "postcode",
    "posted",
    "reference",
}
