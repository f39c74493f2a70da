"""JobApplyNI: searches on the home page, ten cards a page, a labelled page for each vacancy.

Cards, labels, date formats, count and pager as captured pages of October 2026 are told to have
them; the real board has no robots.txt. The words of an empty search and of a closed vacancy are our
guess. An advert's quirk `posts` is the number of vacancies.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable

from lgjobs.demo.adverts import MOST_PRINT, DemoAdvert
from lgjobs.demo.tenant import Tenant
from lgjobs.demo.web import Reply, Request, not_found, robots

PAGE_SIZE = 10
_DETAIL = "/Vacancy/VacancyDetail"
_TAG = re.compile(r"<[^<>]*>")


class JobApplyNISite(Tenant):
    """The whole board."""

    def start_path(self) -> str:
        return "/?DoSearch=true&CurrentPage=1"

    def respond(self, request: Request) -> Reply:
        if request.path == "/robots.txt":
            return robots()
        if request.path == "/":
            return self._home(request.query)
        if request.path == _DETAIL:
            return self._detail(request.query.get("ID", ""))
        return not_found()

    def _home(self, query: dict[str, str]) -> Reply:
        if query.get("DOSEARCH") != "true":
            return _page("JobApplyNI", "<h1>Find your next job</h1>\n<form action='/'></form>")
        sector = query.get("SECTOR")
        found = [
            advert
            for advert in self._live.values()
            if query.get("KEYWORD", "").casefold() in advert.title.casefold()
            and sector in (None, advert.category)
        ]
        text = query.get("CURRENTPAGE", "1")
        number = max(int(text), 1) if text.isdecimal() else 1
        shown = found[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
        last = -(-len(found) // PAGE_SIZE)
        bar = "".join(
            f'<a class="page-link" href="/?DoSearch=true&amp;CurrentPage={at}">{at}</a>'
            for at in range(1, last + 1)
        )
        cards = [_card(advert) for advert in shown]
        cards.insert(1, _PROMPT)
        return _page(
            "Search results",
            f"<h1>{len(found)} jobs in Northern Ireland</h1>\n"
            + "\n".join(cards)
            + (f'\n<div class="paginationBar d-flex">{bar}</div>' if last > 1 else ""),
        )

    def _detail(self, number: str) -> Reply:
        advert = self._live.get(number)
        if advert is not None:
            return _page(advert.title, _advert_html(advert))
        if number in self._gone:
            return _page("Vacancy", "<h1>Vacancy</h1>\n<p>This vacancy is no longer available.</p>")
        return not_found()


_PROMPT = (
    '<div class="container card mb-2"><div class="card-body"><h2 class="card-title">'
    'You may also be interested</h2><p><a href="/Account/Login">Sign in</a> to see more.</p>'
    "</div></div>"
)
"""A card among the cards that is no vacancy."""


def _listed(pairs: Iterable[tuple[str, str | None]]) -> str:
    return "".join(
        f'<dt class="col-6">{label}</dt>\n<dd class="col-6">{html.escape(value)}</dd>\n'
        for label, value in pairs
        if value
    )


def _area(advert: DemoAdvert) -> str:
    return (advert.location or "").rpartition(", ")[2]


def _card(advert: DemoAdvert) -> str:
    facts = _listed(
        (
            ("Vacancy ID", advert.id),
            ("Salary", advert.salary),
            ("Area", _area(advert)),
            ("Location", advert.location),
            ("Hours", advert.hours),
            ("Closing date", f"{advert.closes:%-d %b %Y}" if advert.closes else None),
        )
    )
    return (
        '<div class="container card mb-2"><div class="row"><div class="col-lg-7 card-body">'
        f'<h2 class="card-title"><a href="{_DETAIL}?Id={advert.id}&amp;ReturnPage=1">'
        f"{html.escape(advert.title)}</a></h2>\n"
        f'<p class="h5">{html.escape(advert.employer)}</p></div>\n'
        f'<div class="col-lg-5 col-md-5 bg-light py-2"><dl class="row">\n{facts}</dl></div>'
        "</div></div>"
    )


def _advert_html(advert: DemoAdvert) -> str:
    facts = _listed(
        (
            ("Vacancy ID", advert.id),
            ("Job ref.", advert.reference),
            ("Job Sector", advert.category),
            ("Area", _area(advert)),
            ("Location", advert.location),
            ("Salary", advert.salary),
            ("No. vacancies", advert.quirks.get("posts", "1")),
            ("Contract Type", advert.contract),
            ("Weekly hours", advert.hours),
            ("Published date", f"{advert.posted:%d/%m/%Y}"),
            ("Closing date", f"{advert.closes:%d/%m/%Y}" if advert.closes else None),
            ("Worktime", advert.pattern),
        )
    )
    return (
        f'<div class="card"><div class="card-header"><h1>{html.escape(advert.title)}</h1></div>\n'
        '<div class="card-body"><h2 class="card-title"><a href="#" data-target="#employerModal">'
        f'{html.escape(advert.employer)}</a></h2>\n<div class="row"><div class="col-md-8">\n'
        f"<h3>Job description</h3>\n<p>{_typed(advert)}</p>\n</div>\n"
        f'<div class="col-md-4 bg-light"><dl class="row">\n{facts}</dl>\n'
        f'<a class="btn btn-success" href="https://jobs.example.gov.uk/{advert.id}">Apply now</a>'
        "</div></div></div></div>"
    )


def _typed(advert: DemoAdvert) -> str:
    """The description as lines of plain text, their ends as character references."""
    lines = (_TAG.sub("", line).strip() for line in advert.description.split("\n"))
    return "&#xA;".join(lines)


def _page(title: str, body: str) -> Reply:
    text = (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8" />\n'
        f"<title>{html.escape(title)} - JobApplyNI</title>\n</head>\n<body>\n"
        '<nav class="navbar"><a href="/">Home</a> <a href="/Account/Login">Sign in</a></nav>\n'
        f'<main role="main">\n{body}\n</main>\n</body>\n</html>\n'
    )
    return Reply(text.encode())


SITE = JobApplyNISite
PRINTS = MOST_PRINT | {
    "category",
    "contract",
    "employer",
    "hours",
    "pattern",
    "posted",
    "reference",
}
