"""Oleeo: a board with an Atom feed and an HTML list of 25, and a page for each advert.

Entries of the feed, the table's classes and the token in every path are as public evidence shows
them. Guessed: the tags of an advert's page, the pager, and what a closed advert says.
"""

from __future__ import annotations

import hashlib
import html
import re
from datetime import date, datetime, time

from lgjobs.demo.adverts import LONDON, MOST_PRINT, DemoAdvert
from lgjobs.demo.tenant import Tenant
from lgjobs.demo.web import Reply, Request, not_found, robots

PAGE_SIZE = 25
BOARD = "3"
ATOM = "application/atom+xml; charset=utf-8"

_APP = "/vx/lang-en-GB/mobile-0/appcentre-1/brand-2"
_NOT_SLUG = re.compile(r"[^A-Za-z0-9]+")
_TOKEN = re.compile(r"/xf-[0-9a-f]{12}(?=/)")
_LIST = re.compile(r"/candidate/jobboard/vacancy/(\d+)/(feed|adv/?)")
_DETAIL = re.compile(r"/candidate/so/pm/1/pl/3/opp/(\d+)-[^/]*/en-GB")


class OleeoSite(Tenant):
    """One tenant: board 3 holds its vacancies, others do not exist."""

    def start_path(self) -> str:
        return f"{_APP}/candidate/jobboard/vacancy/{BOARD}/feed"

    def respond(self, request: Request) -> Reply:
        path = _TOKEN.sub("", request.path).removeprefix(_APP)
        if path == "/robots.txt":
            return robots("Disallow: /candidate/register")
        if found := _LIST.fullmatch(path):
            if found[1] != BOARD:
                return not_found()
            return self._feed(request.base) if found[2] == "feed" else self._board(request)
        if found := _DETAIL.fullmatch(path):
            return self._detail(found[1], request)
        return not_found()

    def _feed(self, base: str) -> Reply:
        entries = "".join(_entry(advert, base + _APP) for advert in self._live.values())
        text = (
            '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n'
            f"<title>Vacancies</title>\n<id>{base}{self.start_path()}</id>\n{entries}</feed>\n"
        )
        return Reply(text.encode(), content_type=ATOM)

    def _board(self, request: Request) -> Reply:
        text = request.query.get("START", "0")
        start = int(text) if text.isdecimal() else 0
        live = list(self._live.values())
        prefix = f"{request.base}{_APP}/{_fresh_token(request)}"
        rows = "\n".join(_row(advert, prefix) for advert in live[start : start + PAGE_SIZE])
        onward = start + PAGE_SIZE
        pager = f'<a href="?start={onward}">Next</a>' if onward < len(live) else ""
        table = (
            '<table class="solr_search_list"><thead><tr><th>Vacancy Title</th><th>Location</th>'
            f"<th>Closing Date</th></tr></thead><tbody>\n{rows}</tbody></table>{pager}"
        )
        return _page("Vacancies", table if live else "<p>There are currently no vacancies.</p>")

    def _detail(self, number: str, request: Request) -> Reply:
        advert = self._live.get(number)
        if advert is None:
            sorry = "<p>Sorry, this vacancy has now closed.</p>"
            return _page("Vacancy closed", sorry) if number in self._gone else not_found()
        facts = (
            ("Location", advert.location),
            ("Salary", advert.salary),
            ("Contract type", advert.contract),
            ("Working pattern", advert.pattern),
            ("Closing date", _ending(advert)),
        )
        rows = "".join(f"<dt>{k}</dt><dd>{html.escape(v)}</dd>\n" for k, v in facts if v)
        apply = f"{_APP}/{_fresh_token(request)}/candidate/so/pm/1/pl/3/opp/{number}/apply/en-GB"
        return _page(
            advert.title,
            f"<h1>{html.escape(advert.title)}</h1>\n<dl>{rows}</dl>\n{advert.description}\n"
            f'<form action="{apply}" method="post" class="apply-form">'
            '<input type="submit" value="Apply" /></form>',
        )


def _entry(advert: DemoAdvert, prefix: str) -> str:
    url = _address(advert, prefix)
    lines = (
        ("Vacancy Title", advert.title),
        ("Vacancy Id", advert.id),
        ("Role Type", advert.category),
        ("Salary", advert.salary),
        ("Location", advert.location),
        ("Closing Date", _ending(advert)),
    )
    body = "\n".join(f"{name}:{html.escape(value or '')}<br/>" for name, value in lines)
    published = datetime.combine(advert.posted, time(9, 0))
    return (
        f'<entry xml:base="{url}">\n<id>{url}</id>\n'
        f'<link rel="alternate" href="{url}?instant=apply" type="text/html"/>\n'
        f"<title>{html.escape(advert.title)}</title>\n"
        f"<updated>{advert.updated}T09:00:00Z</updated>\n"
        f'<published>{published:%Y-%m-%dT%H:%M:%SZ}</published>\n<content type="xhtml">\n'
        f'<div xmlns="http://www.w3.org/1999/xhtml">{body}\n</div>\n</content>\n</entry>\n'
    )


def _row(advert: DemoAdvert, prefix: str) -> str:
    ending = _ending(advert).rpartition(" ")[0].rpartition(" ")[0]
    cells = "".join(
        f'<td class="comm_list_tbody">{html.escape(each)}</td>'
        for each in (advert.location or "", ending)
    )
    return (
        f'<tr class="search_res details_row" data-oppid="{advert.id}"><td class="comm_list_tbody">'
        f'<a class="subject" href="{_address(advert, prefix)}">{html.escape(advert.title)}</a>'
        f"</td>{cells}</tr>"
    )


def _address(advert: DemoAdvert, prefix: str) -> str:
    slug = _NOT_SLUG.sub("-", advert.title).strip("-")
    return f"{prefix}/candidate/so/pm/1/pl/3/opp/{advert.id}-{slug}/en-GB"


def _ending(advert: DemoAdvert) -> str:
    """`7 Jul 2017 23:55 BST`: always with an hour."""
    closes: datetime | date | None = advert.closes
    if closes is None:
        return ""
    last = closes if isinstance(closes, datetime) else datetime.combine(closes, time(23, 59))
    return f"{last.day} {last:%b %Y %H:%M} {last.replace(tzinfo=LONDON):%Z}"


def _fresh_token(request: Request) -> str:
    told = repr((request.target, sorted(request.headers.items()))).encode()
    return "xf-" + hashlib.sha1(told, usedforsecurity=False).hexdigest()[:12]


def _page(title: str, body: str) -> Reply:
    text = (
        '<!DOCTYPE html>\n<html lang="en-GB"><head>\n'
        f"<title>{html.escape(title)} - Careers</title>\n</head>\n<body>\n"
        '<nav><a href="/candidate/login">Login</a></nav>\n'
        f'<div id="main-content">\n{body}\n</div>\n</body></html>\n'
    )
    return Reply(text.encode())


SITE = OleeoSite
PRINTS = MOST_PRINT | {"contract", "pattern", "posted"}
