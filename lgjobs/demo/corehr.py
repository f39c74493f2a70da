"""CoreHR: a search form, results moved on by another form, and a page for each advert.

Forms, results, counts and the script that holds the adverts' address are those of captured pages.
As on the real server the search is a POST, and later pages are known by the session alone: without
its cookie they hold nothing. Guessed: the error's words, the cookie's name, the labels on an
advert's own page. Setting of a site: `size`, results on a page.
"""

from __future__ import annotations

import hashlib
import html
import re
from datetime import date, datetime
from urllib.parse import parse_qs

from lgjobs.demo.adverts import MOST_PRINT, DemoAdvert
from lgjobs.demo.estate import Estate
from lgjobs.demo.sites import Site
from lgjobs.demo.tenant import Tenant
from lgjobs.demo.web import HTML, Reply, Request, not_found, robots

COOKIE = "ERECRUIT_SESSION"
COMPANY = "1"

_TAG = re.compile(r"<[^<>]*>")


class CoreHrSite(Tenant):
    """One council's tenant."""

    def __init__(self, site: Site, estate: Estate) -> None:
        self._home = f"/pls/{site.id}recruit/"
        self._size = int(site.settings.get("size", "100"))
        self._searches: set[str] = set()
        super().__init__(site, estate)

    def start_path(self) -> str:
        return (
            f"{self._home}erq_search_package.search_form?p_company={COMPANY}&p_internal_external=E"
        )

    def respond(self, request: Request) -> Reply:
        if request.path == "/robots.txt":
            return robots()
        if request.path == self._home + "erq_search_package.search_form":
            return self._search_form()
        if request.path == self._home + "erq_jobspec_version_4.display_form":
            return self._detail(request.query.get("P_RECRUITMENT_ID", ""))
        if request.path == self._home + "erq_search_version_4.start_search_with_params":
            return _error()
        return not_found()

    def post(self, request: Request, body: bytes) -> Reply:
        """The answer to a search, or to the form that moves its results on."""
        if request.path != self._home + "erq_search_version_4.start_search_with_params":
            return not_found()
        pairs = parse_qs(body.decode(), keep_blank_values=True)
        asked = {name: values[0] for name, values in pairs.items()}
        session = request.cookies.get(COOKIE)
        if asked.get("p_company") != COMPANY:
            return _error()
        if "p_start_from" in asked:
            known = session in self._searches
            return self._results(int(asked["p_start_from"])) if known else _error()
        if not {"p_competition_type", "p_keywords", "p_location"} <= asked.keys():
            return _error()
        session = hashlib.sha1(body, usedforsecurity=False).hexdigest()
        self._searches.add(session)
        results = self._results(0)
        return Reply(results.body, headers=(("Set-Cookie", f"{COOKIE}={session}; Path=/pls/"),))

    def _search_form(self) -> Reply:
        action = self._home + "erq_search_version_4.start_search_with_params"
        blank = ("p_search_company", "p_recruitment_id", "p_location", "p_category")
        hidden = "".join(f'<input type="hidden" name="{name}" value="">\n' for name in blank)
        return _page(
            "Search Jobs",
            f'<form name="callErecruitDoSearch" action="{action}" method="post">\n'
            f'<input type="hidden" name="p_company" value="{COMPANY}">\n'
            '<select size="1" name="p_competition_type">\n<option selected value="ALLOPTIONS">All\n'
            '<option value="OTHER">Other\n</select>\n<input type="text" name="p_keywords" value="">'
            f"\n{hidden}</form>",
        )

    def _results(self, start: int) -> Reply:
        live = list(self._live.values())
        shown = live[start : start + self._size]
        last = start + len(shown)
        onward = '<a href="#" onclick="document.searchv4navigateresultsforward.submit()">Next</a>'
        prefix = f"{self._home}erq_jobspec_version_4.display_form?p_company={COMPANY}"
        script = f'var l_url = "{prefix}&p_internal_external=E&p_recruitment_id=";'
        return _page(
            "Search Jobs",
            f"<table><tr><td>Your search returned {len(live)} results</td></tr>\n"
            f"{''.join(_row(advert) for advert in shown)}</table>\n"
            f'<span class="erq_searchv4_count">Displaying {start + 1} to {last} of {len(live)}'
            f"</span>\n{onward if last < len(live) else ''}"
            '<form name="searchv4navigateresultsforward" method="post"'
            ' action="erq_search_version_4.start_search_with_params">\n'
            f'<input name="p_company" type="hidden" value="{COMPANY}">\n'
            f'<input name="p_start_from" type="hidden" value="{start + self._size}">\n'
            '<input name="p_direction" type="hidden" value="N">\n</form>',
            script,
        )

    def _detail(self, number: str) -> Reply:
        advert = self._live.get(number)
        if advert is not None:
            return _page(
                "Job Specification",
                f"<table>{_facts(advert)}</table>\n<table><tr>"
                f'<td class="erq_searchv4_jobspec_row">{advert.description}</td></tr></table>',
            )
        if number in self._gone:
            return _page("Job Specification", "<p>This vacancy has now closed.</p>")
        return _error()


def _row(advert: DemoAdvert) -> str:
    words = " ".join(html.unescape(_TAG.sub(" ", advert.description)).split()[:20])
    link = f"javascript:viewTheJobSpec('{advert.id}')"
    return (
        '<tr><td class="erq_searchv4_result_row"><table><tr>'
        f'<td colspan="3" class="erq_searchv4_heading1"><a class="erq_searchv4_big_anchor" '
        f'href="{link}">{html.escape(advert.title)}</a></td><td><a href="javascript:applyForJob('
        f"'{advert.id}', 'N')\">Apply</a></td></tr>\n{_facts(advert)}"
        f'<tr><td colspan="4" class="erq_searchv4_heading3 targetLink"><div>{html.escape(words)}'
        f' ... <a href="{link}">More</a></div></td></tr></table></td></tr>\n'
    )


def _facts(advert: DemoAdvert) -> str:
    """Cells of label and value, two pairs in a row."""
    facts = (
        ("Employment Type", advert.contract),
        ("Salary (£)", advert.salary),
        ("Department:", advert.department),
        ("Closing Date & Time", _stamp(advert.closes)),
        ("Job Reference", advert.id),
        ("Location", advert.location),
    )
    cells = [
        f'<td class="erq_searchv4_heading5_label">{html.escape(label)} : </td>'
        f'<td class="erq_searchv4_heading5_text">{html.escape(value or "") or "&nbsp"}</td>'
        for label, value in facts
    ]
    return "".join(f"<tr>{''.join(cells[at : at + 2])}</tr>\n" for at in (0, 2, 4))


def _stamp(closes: datetime | date | None) -> str:
    """`19-Oct-2026 12:00`."""
    if closes is None:
        return ""
    clock = f" {closes:%H:%M}" if isinstance(closes, datetime) else " 23:59"
    return f"{closes:%d-%b-%Y}{clock}"


def _error() -> Reply:
    return _page("CoreError Page", "<p>CoreError Page</p>")


def _page(title: str, body: str, script: str = "") -> Reply:
    text = (
        '<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01 Transitional//EN">\n<html lang="en">\n<head>'
        f"\n<title>{title}</title>\n<script>{script}</script>\n</head>\n<body>\n<center>\n"
        '<div class="erq_navigation_head">Applicant options</div>\n'
        f"{body}\n</center>\n</body>\n</html>\n"
    )
    return Reply(text.encode(), content_type=HTML)


SITE = CoreHrSite
PRINTS = MOST_PRINT | {"contract", "department"}
