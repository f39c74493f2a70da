"""An iTrent tenant of the generation before JSON: result pages behind a Next button.

Screens, links, form fields, count and labels as five public readers of 2012 to 2025 show them.
The session stands in links and in the form's action, which is a new one on every page; no cookie
is asked for. Not evidenced, our guess: the hour beside a closing date, the page of an advert that
has gone. Settings of a site: `folder`, `wvid`.
"""

from __future__ import annotations

import html
import re
import secrets
from datetime import date, datetime
from urllib.parse import parse_qsl, unquote

from lgjobs.demo.adverts import MOST_PRINT, DemoAdvert
from lgjobs.demo.estate import Estate
from lgjobs.demo.sites import Site
from lgjobs.demo.web import Reply, Request, not_found, robots

PAGE_SIZE = 10
MOST_SESSIONS = 500
_VACANCY = re.compile(r"VACANCY_ID=([0-9A-Za-z]+)")
_FIELD = "{}.VAC_SRCHUSP.DUMMY.1-1-1"


class ITrentFormsSite:
    """One tenant."""

    def __init__(self, site: Site, estate: Estate) -> None:
        self.site = site
        self._root = f"/{site.settings['folder']}/wrd/run/"
        self._sessions: dict[str, int] = {}
        """Where the page begins whose form has that session in its action."""
        self._adverts: list[DemoAdvert] = []
        self.show(estate)

    def show(self, estate: Estate) -> None:
        self._adverts = estate.on(self.site.id)
        self._gone = {advert.id for advert in estate.gone if advert.site == self.site.id}
        self._sessions.clear()

    def start_path(self) -> str:
        return f"{self._root}ETREC106GF.display_srch_all?WVID={self._view}&LANG=USA"

    @property
    def _view(self) -> str:
        return self.site.settings["wvid"]

    def respond(self, request: Request) -> Reply:
        if request.path == "/robots.txt":
            return robots()
        screen = request.path.removeprefix(self._root).casefold()
        if request.query.get("WVID") != self._view and screen.startswith("etrec"):
            return _page("Security violation", "<h1>Security violation</h1>")
        if screen == "etrec106gf.display_srch_all":
            return self._results(0)
        if screen == "etrec107gf.open":
            return self._profile(request.target)
        return not_found()

    def post(self, request: Request, body: bytes) -> Reply:
        """The answer to the form of a results page, sent with its Next button and its counts."""
        if request.path.casefold() != f"{self._root}etrec106gf".casefold():
            return not_found()
        shown = self._sessions.pop(request.query.get("USESSION", ""), None)
        if shown is None or request.query.get("WVID") != self._view:
            return _page("Security violation", "<h1>Security violation</h1>")
        sent = dict(parse_qsl(body.decode("ascii", "replace")))
        counted = sent.get(_FIELD.format("REC_FROM")) == str(shown + 1)
        pressed = sent.get("BU_NEXT.FRM_BUTTON.ET_BASE.1-1-1") == "Next"
        return self._results(shown + PAGE_SIZE if counted and pressed else shown)

    def _results(self, start: int) -> Reply:
        shown = self._adverts[start : start + PAGE_SIZE]
        session = secrets.token_hex(16).upper()
        if len(self._sessions) >= MOST_SESSIONS:
            self._sessions.pop(next(iter(self._sessions)))
        self._sessions[session] = start
        last, total = start + len(shown), len(self._adverts)
        count = f"Results {start + 1} - {last} of {total} suitable matches"
        counts = {"RESULTS_PP": PAGE_SIZE, "TOTAL_REC": total, "REC_FROM": start + 1}
        fields = "".join(
            f'<input type="hidden" name="{_FIELD.format(name)}" value="{value}" />'
            for name, value in {**counts, "REC_TO": last}.items()
        )
        button = '<input type="submit" name="BU_NEXT.FRM_BUTTON.ET_BASE.1-1-1" value="Next" />'
        rows = "\n".join(self._row(advert, session) for advert in shown)
        return _page(
            "Search results",
            f'<div id="wr_outer">\n<form method="post" action="ETREC106GF?USESSION={session}'
            f'&amp;WVID={self._view}&amp;LANG=USA">\n<div id="wr_content">\n'
            f'<table id="searchTable"><tr><td>Search results</td></tr>\n'
            f"<tr><td>{count if shown else 'No suitable matches'}</td></tr></table>\n"
            f'<table><tbody role="list">\n{rows}\n</tbody></table>\n</div>\n'
            f"{fields}\n{button if last < total else ''}\n</form>\n</div>",
        )

    def _row(self, advert: DemoAdvert, session: str) -> str:
        href = (
            f"ETREC107GF.open?VACANCY_ID%3d{advert.id}%1BUSESSION%3d{session}"
            f"&amp;WVID={self._view}&amp;LANG=USA"
        )
        facts = (
            ("Location", advert.location),
            ("Salary", advert.salary),
            ("Job reference", advert.reference),
            ("Application closing date", _day(advert.closes)),
        )
        return (
            '<tr><td><table role="listitem" class="sect_header res_sect_header"><tr><td>'
            f'<h2 class="theader"><a class="job-result-title" href="{href}">'
            f"{html.escape(advert.title)}</a></h2></td></tr>\n<tr><td>"
            f'<div class="job-search-summary"><dl>{_terms(facts)}</dl></div>'
            "</td></tr></table></td></tr>"
        )

    def _profile(self, target: str) -> Reply:
        found = _VACANCY.search(unquote(target))
        number = found[1] if found else ""
        advert = next((each for each in self._adverts if each.id == number), None)
        if advert is None:
            gone = "<p>This vacancy is no longer available.</p>"
            return _page("Job profile", gone if number in self._gone else "<p>No vacancy.</p>")
        facts = (
            ("Job title", advert.title),
            ("Job reference", advert.reference),
            ("Date posted", _day(advert.posted)),
            ("Application closing date", _day(advert.closes)),
            ("Location", advert.location),
            ("Salary", advert.salary),
            ("Package", None),
            ("Job category/type", advert.category),
        )
        return _page(
            "Job profile",
            '<div id="wr_outer"><form method="post" action="ETREC107GF"><h1>Job profile</h1>\n'
            f'<div class="job-description"><dl class="job-details-table">{_terms(facts)}'
            f'<dt class="label">Job description</dt><dd>{advert.description}</dd></dl></div>\n'
            f'<input type="hidden" name="VACANCY_ID.TVACANCYUSP.TRENT_REC.1-1-1"'
            f' value="{advert.id}" />\n</form></div>',
        )


def _terms(facts: tuple[tuple[str, str | None], ...]) -> str:
    return "\n".join(
        f'<dt class="label">{label}</dt><dd>{html.escape(value or "")}</dd>'
        for label, value in facts
    )


def _day(day: datetime | date | None) -> str:
    """`26/07/2026`, with the hour where there is one: `26/07/2026 12:00`."""
    if day is None:
        return ""
    return f"{day:%d/%m/%Y %H:%M}" if isinstance(day, datetime) else f"{day:%d/%m/%Y}"


def _page(title: str, body: str) -> Reply:
    text = (
        '<?xml version="1.0"?>\n<!doctype html>\n<html xmlns="http://www.w3.org/1999/xhtml">\n'
        f'<head><meta name="Generator" content="UNIFACE 8.1.01" /><title>{title}</title></head>\n'
        f'<body>\n<div id="wr_wrapper">\n{body}\n</div>\n</body>\n</html>\n'
    )
    return Reply(text.encode())


SITE = ITrentFormsSite
PRINTS = MOST_PRINT | {"category", "posted", "reference"}
