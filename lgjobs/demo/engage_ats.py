"""engage|ats, second generation: a council's page that links to the list, and the list.

Markup, labels, the number of openings and the pager as lists captured in August 2026 show them, the
document inside a document included. Ten jobs a page; what the pager's script asks for is not
evidenced, so further pages are not served, and neither is an advert's own page. A list asked for
with another token is answered by the landing page: our guess.
"""

from __future__ import annotations

import html
import re
from urllib.parse import quote

from lgjobs.demo.adverts import MOST_PRINT, DemoAdvert
from lgjobs.demo.estate import Estate
from lgjobs.demo.sites import Site
from lgjobs.demo.web import Reply, Request, not_found, robots

PAGE_SIZE = 10
PAGE = "/jobs"

_TAG = re.compile(r"</?(?!p>)\w+>")
_NOT_SLUG = re.compile(r"[^a-z0-9]+")


class EngageAtsSite:
    """One tenant; setting `token` is the encrypted word of its list's address."""

    def __init__(self, site: Site, estate: Estate) -> None:
        self.site = site
        self._adverts: list[DemoAdvert] = []
        self.show(estate)

    def show(self, estate: Estate) -> None:
        self._adverts = estate.on(self.site.id)

    def start_path(self) -> str:
        return PAGE

    def respond(self, request: Request) -> Reply:
        if request.path == "/robots.txt":
            return robots()
        if request.path == PAGE:
            token = quote(self.site.settings["token"], safe="")
            return _page(
                f"Jobs at {self.site.name}",
                f'<a href="/V2/Vacancy/Index?enc={token}">Search vacancies</a>',
            )
        if request.path not in ("/V2/Vacancy/Index", "/V2/Login"):
            return not_found()
        if request.query.get("ENC") != self.site.settings["token"]:
            return _page(
                "Welcome",
                '<button id="btn-exteralVacancies" onclick="RedirectToExternalVacancy()">'
                "View External Vacancies</button>",
            )
        return self._list(request.base)

    def _list(self, base: str) -> Reply:
        panels = "\n".join(
            _panel(advert, base, ("gray", "white")[at % 2])
            for at, advert in enumerate(self._adverts[:PAGE_SIZE])
        )
        pages = max(-(-len(self._adverts) // PAGE_SIZE), 1)
        buttons = "".join(
            f'<button id="search-results-pagination-{each}" data-pageNo="{each}">{each}</button>'
            for each in range(1, pages + 1)
        )
        return _page(
            "Vacancies",
            '<div id="searchResult-parent" class="col-sm-12">\n'
            '<span class="ats-h4 font-weight-bold"><span class="pl-3">'
            f"{len(self._adverts)} Job openings</span></span>\n{panels}\n"
            f'<span>Page 1 of {pages}</span><ul id="pagination">{buttons}</ul>\n</div>',
        )


def _panel(advert: DemoAdvert, base: str, colour: str) -> str:
    slug = _NOT_SLUG.sub("-", advert.title.casefold()).strip("-")
    address = f"{base}/Vacancies/W/3847/0/{advert.id}/889/{slug}"
    closes = f"{advert.closes:%d/%m/%Y}" if advert.closes else "Ongoing"
    labels = (
        ("Department", advert.department),
        ("Location", advert.location),
        ("Contract Type", advert.contract),
        ("Closing Date", closes),
    )
    facts = "\n".join(
        f'<div class="col-12 pb-2"><div class="ats-normal-font">\n<span class="font-weight-bold">'
        f"{label}: </span>{html.escape(value)}\n</div></div>"
        for label, value in labels
        if value
    )
    return (
        f'<div class="row ats-{colour}-panel">\n<div class="row p-3">\n'
        f'<div class="ats-heading-font">{html.escape(advert.title)}</div>\n{facts}\n'
        '<div class="ats-normal-font col-12 pb-2">\n'
        f"Salary: {html.escape(advert.salary or '')}\n{_lines(advert)}\n</div>\n"
        f'<button id="btn-apply-now-{advert.id}" data-param1="VacancyId={advert.id}&amp;'
        'LocationId=889&amp;UseInternal=False">Apply now</button>\n'
        f'<button id="btn-view-job-{advert.id}" data-param1="{address}">View job</button>\n'
        '</div>\n<div class="row p-1 text-right"><div class="col">\n'
        f'<span class="font-weight-bold">Posted: </span>{advert.posted:%d/%m/%Y}\n</div></div>\n'
        "</div>"
    )


def _lines(advert: DemoAdvert) -> str:
    """The text without tags, a paragraph a line."""
    plain = _TAG.sub("", advert.description)
    return plain.replace("<p>", "").replace("</p>", "")


def _page(title: str, body: str) -> Reply:
    text = (
        f'\n\n<html lang="en">\n<head><meta charset="utf-8" /><title>{html.escape(title)}</title>\n'
        '<script src="/Assets/V2/Scripts/JobSearch.js"></script></head>\n<body><main>\n'
        f'<head><meta name="author" content=""></head>\n<body id="page-top">\n{body}\n'
        '<div id="loginModal"><form id="signin-form"><input type="password" id="login-pw" />'
        "</form></div>\n</body>\n</main></body>\n</html>\n"
    )
    return Reply(text.encode())


SITE = EngageAtsSite
PRINTS = MOST_PRINT | {"contract", "department", "posted"}
