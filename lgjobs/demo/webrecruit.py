"""Webrecruit: one page with every vacancy opened out, and a page for each.

Blocks, classes, hidden closing date and American date are those of a captured list; the page of one
advert, of a closed one and of an empty list were not seen and are guessed.
"""

from __future__ import annotations

import html
from datetime import date

from lgjobs.demo.adverts import MOST_PRINT, DemoAdvert
from lgjobs.demo.tenant import Tenant
from lgjobs.demo.web import Reply, Request, not_found, robots


class WebrecruitSite(Tenant):
    """One council's career site."""

    def start_path(self) -> str:
        return "/Home"

    def respond(self, request: Request) -> Reply:
        path = request.path
        if path == "/robots.txt":
            return robots("Disallow: /ApplyNow/")
        if path in ("/", self.start_path()):
            return self._list()
        if path.startswith("/JobDescription/"):
            return self._detail(path.rpartition("/")[2])
        return not_found()

    def _list(self) -> Reply:
        cards = "\n".join(_card(advert) for advert in self._live.values())
        empty = "<p>There are currently no vacancies.</p>"
        return _page(
            "Current vacancies",
            '<div class="col-md-8 vacancy-list"><h1 class="vacancies-header">Current Vacancies</h1>'
            f"\n{cards or empty}\n</div>",
        )

    def _detail(self, token: str) -> Reply:
        advert = self._live.get(token)
        if advert is not None:
            title = f'<h1 class="vacancy-job-title">{html.escape(advert.title)}</h1>'
            return _page(advert.title, f"{title}\n{_blocks(advert)}")
        if token in self._gone:
            return _page("Vacancy closed", "<p>This vacancy is no longer available.</p>")
        return not_found()


def _card(advert: DemoAdvert) -> str:
    title = html.escape(advert.title)
    return (
        f'<article aria-label="{title}"><div class="panel-heading">'
        f'<h3 class="vacancy-list-header-title vacancy-job-title">\n {title}\n</h3>'
        f'<h3 class="vacancy-list-header-location vacancy-body-text">'
        f"{html.escape(advert.location or '')}</h3></div>\n{_blocks(advert)}</article>"
    )


def _blocks(advert: DemoAdvert) -> str:
    left = (
        ("reference", "Job Ref", advert.reference),
        ("location", "Location", advert.location),
        ("salary", "Salary", advert.salary),
    )
    right = (
        ("sector", "Function", advert.category),
        ("hours", "Status", advert.pattern),
        ("type", "Type", advert.contract),
        ("working-hours", "Hours", advert.hours),
    )
    link = f"/JobDescription/{advert.id}"
    return (
        f'<div class="vacancy-details-left">{"".join(_block(*each) for each in left)}'
        f"{_block('closing-date', 'Closing Date', _spoken(advert.closes), hidden=True)}<hr />\n"
        f'<p><span class="vacancy-body-text">{_broken(advert.description)}</span></p></div>\n'
        f'<div class="vacancy-details-right">{"".join(_block(*each) for each in right)}'
        f"""<a onclick="createTweet('{link}');return false;" href="#">X</a>"""
        f'<a class="btn-apply-now" href="/ApplyNow/{advert.id}">Apply Now</a></div>'
    )


def _block(name: str, label: str, value: str | None, hidden: bool = False) -> str:
    if not value:
        return ""
    style = ' style="display:none;"' if hidden else ""
    return (
        f'<div class="row vacancy-details-headers"{style}><strong>'
        f'<span class="vacancy-header-{name} vacancy-header-text">{label}</span></strong>\n'
        f'<strong><span class="vacancy-body-text">{html.escape(value)}</span></strong></div>\n'
    )


def _spoken(closes: date | None) -> str | None:
    """`Friday, September 11, 2026`, never with an hour."""
    return f"{closes:%A, %B} {closes.day}, {closes.year}" if closes else None


def _broken(description: str) -> str:
    """Text without paragraphs: the platform keeps lines alone."""
    return description.replace("<p>", "").replace("</p>", "\n<br />")


def _page(title: str, body: str) -> Reply:
    text = (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<title id="tab-title">{html.escape(title)}</title>\n</head>\n<body>\n<main>\n{body}\n'
        "</main>\n<footer><span>Powered by: Webrecruit</span></footer>\n</body>\n</html>\n"
    )
    return Reply(text.encode())


SITE = WebrecruitSite
PRINTS = (MOST_PRINT - {"closes"}) | {"category", "contract", "hours", "pattern", "reference"}
