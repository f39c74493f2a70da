"""Councils that publish vacancies on pages of their own: a bilingual list, or a table.

There is no one markup to be faithful to: wording, labels and dates are as British councils write
them. Setting of a site: `form`, list (in Welsh, five adverts a page) or table (one page, whose
rows lead to the adverts').
"""

from __future__ import annotations

import html
from datetime import date, datetime

from lgjobs.demo.adverts import MOST_PRINT, DemoAdvert
from lgjobs.demo.estate import Estate
from lgjobs.demo.sites import Site
from lgjobs.demo.web import Reply, Request, not_found, robots

PAGE_SIZE = 5
_MONTHS = (
    *("Ionawr", "Chwefror", "Mawrth", "Ebrill", "Mai", "Mehefin"),
    *("Gorffennaf", "Awst", "Medi", "Hydref", "Tachwedd", "Rhagfyr"),
)


class CouncilSite:
    """One council's website: its home page, its vacancies, and a page for each."""

    def __init__(self, site: Site, estate: Estate) -> None:
        self.site = site
        self._adverts: list[DemoAdvert] = []
        self._gone: frozenset[str] = frozenset()
        self.show(estate)

    def show(self, estate: Estate) -> None:
        self._adverts = estate.on(self.site.id)
        self._gone = frozenset(advert.id for advert in estate.gone if advert.site == self.site.id)

    def start_path(self) -> str:
        return "/swyddi-gwag" if self._is_welsh else "/jobs-and-careers/current-vacancies"

    @property
    def _is_welsh(self) -> bool:
        return self.site.settings["form"] == "list"

    def respond(self, request: Request) -> Reply:
        path = request.path
        if path == "/robots.txt":
            return robots("Disallow: /search")
        if path == self.start_path():
            return self._list(request) if self._is_welsh else self._table()
        if path == "/":
            return self._home()
        advert = next((each for each in self._adverts if each.id == path), None)
        if advert is not None:
            return self._advert(advert)
        if path in self._gone:
            return self._closed()
        return not_found()

    # Pages

    def _home(self) -> Reply:
        name = "Swyddi" if self._is_welsh else "Jobs and careers"
        links = (
            ("/bins", "Ailgylchu" if self._is_welsh else "Bins and recycling"),
            (self.start_path(), name),
            ("/news", "Newyddion" if self._is_welsh else "News"),
        )
        items = "".join(f'<li><a href="{path}">{words}</a></li>' for path, words in links)
        return self._page(self.site.name, f"<h1>{self.site.name}</h1>\n<ul>{items}</ul>")

    def _list(self, request: Request) -> Reply:
        text = request.query.get("TUDALEN", "1")
        number = int(text) if text.isdecimal() else 0
        last = max(1, -(-len(self._adverts) // PAGE_SIZE))
        if not 1 <= number <= last:
            return not_found("Nid yw'r dudalen ar gael.")
        start = (number - 1) * PAGE_SIZE
        shown = self._adverts[start : start + PAGE_SIZE]
        rows = "\n".join(_row(advert) for advert in shown)
        count = f"Yn dangos {start + 1} i {start + len(shown)} o {len(self._adverts)}"
        onward = f'<a href="{self.start_path()}?tudalen={number + 1}">Nesaf</a>'
        return self._page(
            "Swyddi gwag",
            f"<h1>Swyddi gwag</h1>\n<p>{count if shown else 'Dim swyddi ar hyn o bryd.'}</p>\n"
            f'<div class="list">\n{rows}\n</div>\n{onward if number < last else ""}',
        )

    def _table(self) -> Reply:
        rows = "\n".join(
            f'<tr><td><a href="{each.id}">{html.escape(each.title)}</a></td>'
            f"<td>{html.escape(each.salary or '')}</td><td>{html.escape(each.location or '')}</td>"
            f"<td>{_numeric(each.closes)}</td></tr>"
            for each in self._adverts
        )
        head = "<tr><th>Job title</th><th>Salary</th><th>Location</th><th>Closing date</th></tr>"
        none = "<p>There are no vacancies at present.</p>"
        table = f"<table>\n<thead>{head}</thead>\n<tbody>\n{rows}\n</tbody>\n</table>"
        body = table if self._adverts else none
        return self._page("Current vacancies", f"<h1>Current vacancies</h1>\n{body}")

    def _advert(self, advert: DemoAdvert) -> Reply:
        facts = _welsh_facts(advert) if self._is_welsh else _english_facts(advert)
        return self._page(
            advert.title,
            f"<h1>{html.escape(advert.title)}</h1>\n{facts}\n{advert.description}",
        )

    def _closed(self) -> Reply:
        if self._is_welsh:
            return self._page("Swydd", "<h1>Swydd</h1>\n<p>Mae'r swydd hon wedi cau.</p>")
        sorry = "<h1>Vacancy closed</h1>\n<p>This vacancy has now closed.</p>"
        return self._page("Vacancy closed", sorry)

    def _page(self, title: str, body: str) -> Reply:
        language = "cy" if self._is_welsh else "en-GB"
        text = (
            f'<!doctype html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
            f"<title>{html.escape(title)} - {html.escape(self.site.name)}</title>\n</head>\n"
            f'<body>\n<header><a href="/">{html.escape(self.site.name)}</a></header>\n'
            f'<main>\n{body}\n</main>\n<footer><a href="/contact">Contact</a></footer>\n'
            "</body>\n</html>\n"
        )
        return Reply(text.encode(), tagged=True)


def _row(advert: DemoAdvert) -> str:
    return (
        f'<div class="item"><h3><a href="{advert.id}">{html.escape(advert.title)}</a></h3>\n'
        f"<p>Cyflog: {html.escape(advert.salary or '')}</p>\n"
        f"<p>Dyddiad cau: {_welsh_day(advert.closes)}</p></div>"
    )


def _welsh_facts(advert: DemoAdvert) -> str:
    facts = (
        ("Cyfeirnod", advert.reference),
        ("Cyflog", advert.salary),
        ("Lleoliad", advert.location),
        ("Oriau", advert.hours),
        ("Math o gontract", advert.contract),
        ("Patrwm gwaith", advert.pattern),
        ("Adran", advert.department),
        ("Dyddiad cyhoeddi", _welsh_day(advert.posted)),
        ("Dyddiad cau", _welsh_day(advert.closes)),
    )
    return "\n".join(f"<p><b>{k}:</b> {html.escape(v)}</p>" for k, v in facts if v)


def _english_facts(advert: DemoAdvert) -> str:
    facts = (
        ("Reference number", advert.reference),
        ("Salary", advert.salary),
        ("Location", advert.location),
        ("Hours per week", advert.hours),
        ("Contract type", advert.contract),
        ("Working pattern", advert.pattern),
        ("Service area", advert.department),
        ("Date posted", _numeric(advert.posted)),
        ("Closing date", _numeric(advert.closes)),
    )
    rows = "".join(f"<tr><th>{k}</th><td>{html.escape(v)}</td></tr>\n" for k, v in facts if v)
    return f"<table>\n{rows}</table>"


def _welsh_day(moment: datetime | date | None) -> str:
    """`6 Mawrth 2026`, with the hour where there is one: `am 17:00`."""
    if moment is None:
        return ""
    day = f"{moment.day} {_MONTHS[moment.month - 1]} {moment.year}"
    return f"{day} am {moment:%H:%M}" if isinstance(moment, datetime) else day


def _numeric(moment: datetime | date | None) -> str:
    """`06/03/2026`, with the hour where there is one: `17:00`."""
    if moment is None:
        return ""
    return f"{moment:%d/%m/%Y %H:%M}" if isinstance(moment, datetime) else f"{moment:%d/%m/%Y}"


SITE = CouncilSite
PRINTS = MOST_PRINT | {"contract", "department", "hours", "pattern", "posted", "reference"}
