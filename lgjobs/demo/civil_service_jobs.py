"""Civil Service Jobs: a search form, results of 25, and links that work once and in one session.

Markup, addresses, encoding and wording of labels as two result pages and one advert of 2023 have
them (Open Government Licence v3.0); one use a link and the permalink as a reader of 2026 found
them; the page of a closed advert is our guess. Every link packs its query into a `SID`, in an order
of its own. Setting `gate=yes` puts the puzzle of February 2025 before everything, as it now stands
before the real site: nobody is let through. An advert's quirk `grade` is its job grade.
"""

from __future__ import annotations

import html
import secrets
from base64 import b64encode
from datetime import datetime
from urllib.parse import urlencode

from lgjobs.demo.adverts import MOST_PRINT, DemoAdvert
from lgjobs.demo.estate import Estate
from lgjobs.demo.sites import Site
from lgjobs.demo.web import Reply, Request, not_found, robots

PAGE_SIZE = 25
LATIN_1 = "text/html;charset=ISO-8859-1"
_DICE = secrets.SystemRandom()
_SIGNATURE_BYTES = 20


class CivilServiceJobsSite:
    """The whole portal."""

    def __init__(self, site: Site, estate: Estate) -> None:
        self.site = site
        self._live: dict[str, DemoAdvert] = {}
        self._gone: frozenset[str] = frozenset()
        self._links: dict[str, dict[str, str]] = {}
        self.show(estate)

    def show(self, estate: Estate) -> None:
        adverts = sorted(estate.on(self.site.id), key=lambda each: (str(each.closes), each.id))
        self._live = {advert.id: advert for advert in adverts}
        self._gone = frozenset(advert.id for advert in estate.gone if advert.site == self.site.id)
        self._links.clear()

    def start_path(self) -> str:
        return "/csr/index.cgi"

    def respond(self, request: Request) -> Reply:
        if request.path == "/robots.txt":
            return robots()
        if self.site.settings.get("gate"):
            return _gate()
        if request.path == "/csr/jobs.cgi":
            return self._detail(request.query.get("JCODE", ""))
        if request.path == "/csr/esearch.cgi":
            self._used(request)
            return self._form()
        if request.path != "/csr/index.cgi":
            return not_found()
        said = self._used(request)
        if said is None:
            asked = "SID" in request.query
            return _page("Jobs", "<h1>Cannot view job</h1>") if asked else self._form()
        if "joblist_view_vac" in said:
            return self._detail(said["joblist_view_vac"])
        return self._results(int(said["page"]), request.base)

    def post(self, request: Request, body: bytes) -> Reply:
        """The answer to a form: the first results, whatever is sought."""
        if self.site.settings.get("gate"):
            return _gate()
        if request.path != "/csr/esearch.cgi":
            return not_found()
        fresh = self._used(request) is not None and b"search_button=" in body
        return self._results(1, request.base) if fresh else self._form()

    def _used(self, request: Request) -> dict[str, str] | None:
        """What the address's `SID` says; None for one that is used up or not of this session."""
        return self._links.pop(request.query.get("SID", "").replace(" ", "+"), None)

    def _link(self, **said: str) -> str:
        """An address on the portal: the query as base64, its keys in no order, used up by a use."""
        pairs = list(said.items())
        signature = pairs.pop()
        _DICE.shuffle(pairs)
        packed = b64encode(urlencode([*pairs, signature]).encode()).decode()
        self._links[packed] = said
        return f"/csr/index.cgi?SID={packed}"

    def _form(self) -> Reply:
        action = self._link(reqsig=_signature()).replace("index.cgi", "esearch.cgi")
        return _page(
            "Search",
            f'<form method="post" action="{action}" id="ID_context_search_form">\n'
            '<h1>Civil Service job search</h1>\n<input type="search" name="what">\n'
            '<input type="submit" name="search_button" value="Search for jobs">\n</form>',
            title="Civil Service job search - Civil Service Jobs - GOV.UK",
        )

    def _results(self, number: int, base: str) -> Reply:
        adverts = list(self._live.values())
        common = {
            "owner": "5070000",
            "ownertype": "fair",
            "contextid": str(40_000_000 + _DICE.randrange(1_000_000)),
            "reqsig": _signature(),
        }
        start = (number - 1) * PAGE_SIZE
        boxes = "\n".join(
            _box(
                advert,
                base
                + self._link(
                    pageclass="Jobs",
                    pageaction="viewvacbyjoblist",
                    joblist_view_vac=advert.id,
                    searchpage=str(number),
                    **common,
                ),
            )
            for advert in adverts[start : start + PAGE_SIZE]
        )
        heading = f"{len(adverts):,} Search results"
        return _page(
            "Search",
            f"<h1>{heading}</h1>\n{self._pager(number, len(adverts), base, common)}\n"
            f'<div class="search-results-panel-main-inner"><ul title="Job list">{boxes}</ul></div>',
            title=f"{heading} - Civil Service Jobs - GOV.UK",
        )

    def _pager(self, number: int, total: int, base: str, common: dict[str, str]) -> str:
        last = -(-total // PAGE_SIZE)

        def to(page: int, title: str, label: str) -> str:
            said = {"pageclass": "Search", "pageaction": "searchcontext", "page": str(page)}
            address = base + self._link(**said, sort="closing", **common)
            return f'<li><a title="Go to {title}" href="{html.escape(address)}">{label}</a></li>\n'

        items = ""
        for page in range(1, last + 1):
            if page == number:
                items += f"<li><strong>{page}</strong></li>\n"
            elif page <= 7 or page >= last - 1:
                items += to(page, f"search results page {page}", str(page))
            elif page == 8:
                items += "<li>&mldr;</li>\n"
        if number < last:
            items += to(number + 1, "next search results page", "next&nbsp;&raquo;")
        return (
            '<div class="search-results-pageform"><div class="search-results-paging-menu">'
            f"<ul>{items}</ul></div></div>"
        )

    def _detail(self, number: str) -> Reply:
        advert = self._live.get(number)
        if advert is None:
            known = number in self._gone
            text = "This job is no longer available." if known else "Cannot view job"
            return _page("Jobs", f"<h1>{text}</h1>")
        return _page("Jobs", _advert_html(advert), title=f"{advert.title} - Civil Service Jobs")


def _signature() -> str:
    return f"1772431200-{secrets.token_hex(_SIGNATURE_BYTES)}"


def _box(advert: DemoAdvert, address: str) -> str:
    parts = "".join(
        f'<div class="search-results-job-box-{name}">{html.escape(text)}</div>\n'
        for name, text in (
            ("department", advert.employer),
            ("location", f"{advert.location or ''}\n"),
            ("salary", f"Salary : {advert.salary}"),
            ("closingdate", f"Closes : {_spoken(advert)}"),
            ("refcode", f"Reference : {advert.reference}"),
        )
    )
    title = html.escape(advert.title)
    link = [f'title="{title}"', f'href="{html.escape(address)}"']
    _DICE.shuffle(link)
    return (
        f'<li title="{title}" class="search-results-job-box">\n<div>'
        f'<h3 class="search-results-job-box-title"><a {" ".join(link)}>{title}</a></h3></div>\n'
        f"{parts}</li>"
    )


def _spoken(advert: DemoAdvert) -> str:
    """`11:55 pm on Sunday 2nd July 2023`"""
    ends = advert.closes if isinstance(advert.closes, datetime) else advert.ends()
    if ends is None:
        return ""
    day = ends.day
    ordinal = "th" if 11 <= day <= 13 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    half = "pm" if ends.hour >= 12 else "am"
    return f"{ends.hour % 12 or 12}:{ends:%M} {half} on {ends:%A} {day}{ordinal} {ends:%B %Y}"


def _field(label: str, *values: str | None) -> str:
    shown = "".join(
        f'<div class="vac_display_field_value">{value}</div>' for value in values if value
    )
    return f'<div class="vac_display_field"><h3>{label}</h3>{shown}</div>\n' if shown else ""


def _advert_html(advert: DemoAdvert) -> str:
    side = "".join(
        _field(label, html.escape(value) if value else None)
        for label, value in (
            ("Reference number", advert.reference),
            ("Salary", advert.salary),
            ("Job grade", advert.quirks.get("grade")),
            ("Contract type", advert.contract),
            ("Business area", advert.department),
            ("Type of role", advert.category),
            ("Working pattern", advert.pattern),
            ("Number of jobs available", "1"),
        )
    )
    return (
        '<div class="vac_display_title_block"><div class="csr-page-title">'
        f"<h1>{html.escape(advert.title)}</h1></div>"
        f'<p class="csr-page-subtitle">{html.escape(advert.employer)}</p>'
        f'<p class="vac_display_closing_date">Apply before  {_spoken(advert)}</p></div>\n'
        f'<div class="vac_display_panel_side"><h2>Details</h2>{side}'
        '<div class="hidden" id="salary_currency_code">GBP</div></div>\n'
        '<div class="vac_display_panel_main"><div class="vac_display_panel_main_inner">'
        f'{_heading("location", "Location")}<div class="vac_display_field">'
        f'<div class="vac_display_field_value">{html.escape(advert.location or "")}</div></div>\n'
        f"{_heading('about', 'About the job')}{_field('Job description', advert.description)}"
        f"{_field('Contact point for applicants', 'Name : The recruiting manager')}</div></div>\n"
        f"<script>ga('set', 'dimension2', '{advert.id}');</script>"
    )


def _heading(name: str, words: str) -> str:
    return (
        f'<div class="vac_display_section_heading" id="section_link_{name}"><h2>{words}</h2></div>'
    )


def _gate() -> Reply:
    return _page(
        "Search",
        '<h1>Quick check needed</h1>\n<form method="post"><altcha-widget></altcha-widget>'
        '<input type="submit" value="Continue"></form>',
        title="Quick check needed - Civil Service Jobs - GOV.UK",
    )


def _page(kind: str, body: str, title: str = "Civil Service Jobs - GOV.UK") -> Reply:
    """Declared ISO-8859-1, and Windows-1252 in truth."""
    text = (
        '<!DOCTYPE html>\n<html lang="en">\n'
        f"<!-- Page Class company::csr::Portal::Page::{kind} -->\n"
        '<head>\n<meta http-equiv="Content-type" content="text/html;charset=ISO-8859-1">\n'
        f'<title>{html.escape(title)}</title>\n<meta name="author" content="WCN">\n</head>\n'
        f"<body>\n{body}\n</body>\n</html>\n"
    )
    return Reply(text.encode("cp1252", "xmlcharrefreplace"), content_type=LATIN_1)


SITE = CivilServiceJobsSite
PRINTS = MOST_PRINT | {"category", "contract", "department", "employer", "pattern", "reference"}
