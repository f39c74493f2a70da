"""An iTrent web recruitment tenant: a shell page with a session, then the adverts as JSON.

Markers, headers and keys as eight public scrapers and captured pages show them; the pages are our
own. Refused as the platform refuses, with status 200 and HTML: a wrong web view, a session that is
unknown or not asked for on its own cookies, and a call without the headers of the page's script.
An advert's quirks: `package`, its benefits; `picture`, one inside the text; `unlabelled`, the text
does not repeat the closing date.
"""

from __future__ import annotations

import html
import json
import re
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import parse_qsl, urlsplit

from lgjobs.demo.adverts import MOST_PRINT, DemoAdvert
from lgjobs.demo.estate import Estate
from lgjobs.demo.sites import Site
from lgjobs.demo.web import Reply, Request, not_found, robots

PAGE_SIZE = 10
LARGEST_PAGE = 200
MOST_SESSIONS = 500
JSON_TYPE = "application/json;charset=UTF-8"

_MARKER = '<SPAN class="jobDetsMarker" style="display:none;"></SPAN>'
_PICTURE = (
    '<img class="customHTML" src="data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAf'
    'FcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==" />'
)
_TAG = re.compile(r"<(p|strong|ul|li|em|br)>")  # <p>
_MIDDLE = re.compile(r"(?<=[a-z]) (?=[a-z])")  # the gap between two words
_LABELS = {
    "l_app_close_d": "Apply by",
    "bu_apply": "Apply online",
    "l_basis_id": "Basis",
    "l_con_hrs": "Contractual hours",
    "l_location": "Location",
    "l_region": "Region",
    "l_salary": "Salary",
    "l_vacancy_ref": "Job reference",
    "l_start_package": "Package",
    "message1": "Results T_MSG_VAR1-T_MSG_VAR2 of T_MSG_VAR3 suitable matches",
    "message3": "No suitable matches",
    "bu_send": "Send to a friend",
    "bu_profile": "Job profile",
}
_SORTS = "APP_CLOSE_D=Apply by\\u001BVACANCY_D=Date posted\\u001BSALARY=Salary"


@dataclass(frozen=True, slots=True)
class _Session:
    token: str
    sticky: str
    """Value of the load balancer's cookie."""
    seal: str
    """Value of the TS cookie."""


class ITrentSite:
    """One tenant. Settings of its site: `folder`, `wvid`; `door=root` lets the register name the
    landing page, `banner` shows a maintenance notice, `numbers=text` writes counts as strings,
    `unpaid=null` writes null where no salary is given, `departments` stand in the region's place,
    `case=lower` spells its links in small letters.
    """

    def __init__(self, site: Site, estate: Estate) -> None:
        self.site = site
        self._set = site.settings
        self._root = f"/{self._set['folder']}/wrd/run/"
        digits = re.sub(r"\D", "", self._set["folder"]) or "9100"
        self._sticky_name = f"BIGipServerpool_{digits}_443"
        self._seal_name = f"TS01{digits}"
        self._sessions: dict[str, _Session] = {}
        self._adverts: list[DemoAdvert] = []
        self.show(estate)

    def show(self, estate: Estate) -> None:
        self._adverts = estate.on(self.site.id)
        self.expire_sessions()

    def expire_sessions(self) -> None:
        """Forget every session handed out so far."""
        self._sessions.clear()

    def start_path(self) -> str:
        if self._set.get("door") == "root":
            return f"{self._root}etrec002gf.open"
        return self._root + self._launch_link()

    def respond(self, request: Request) -> Reply:
        if request.path == "/robots.txt":
            return robots(f"Disallow: {self._root}ETREC109DF.open")
        if not request.path.startswith(self._root):
            return not_found()
        screen = request.path.removeprefix(self._root).casefold()
        if screen == "etrec002gf.open":
            return self._landing()
        if screen not in ("etrec179gf.open", "etrec106gf.json"):
            return not_found()
        if request.query.get("WVID") != self._set["wvid"]:
            return _violation()
        if screen == "etrec106gf.json":
            session = self._proven(request)
            return self._results(request, session) if session else self._shell()
        return self._shell()

    def _proven(self, request: Request) -> _Session | None:
        """The session of a JSON call, if everything that the page's script sends is there."""
        headers, cookies, params = request.headers, request.cookies, _params(request)
        session = self._sessions.get(request.query.get("USESSION", ""))
        referer = urlsplit(headers.get("referer", ""))
        if (
            session
            and cookies.get(self._sticky_name) == session.sticky
            and cookies.get(self._seal_name) == session.seal
            and headers.get("x-requested-with") == "XMLHttpRequest"
            and referer.path.casefold() == f"{self._root}etrec179gf.open".casefold()
            and params.get("USESSION") == session.token
            and params.get("WVID") == self._set["wvid"]
        ):
            return session
        return None

    # Pages

    def _launch_link(self) -> str:
        name = "etrec179gf.open?wvid=" if self._small() else "ETREC179GF.open?WVID="
        return name + self._set["wvid"]

    def _small(self) -> bool:
        return self._set.get("case") == "lower"

    def _landing(self) -> Reply:
        return _page(
            "Search for jobs",
            f'<FORM id="ETREC002GF" method="POST" action="ETREC002GF?USESSION={_token()}">\n'
            f'<table align="center"><tr>\n<a href="{self._launch_link()}">The vacancies have moved:'
            " please follow this link if nothing happens within ten seconds.</a>\n</tr></table>\n"
            f"{_hidden('WVID', self._set['wvid'], '1')}\n</FORM>",
        )

    def _shell(self) -> Reply:
        """The search page; no advert is in it. A fresh session comes with its cookies."""
        session = _Session(
            _token(), f"{secrets.randbelow(10**9)}.47873.0000", secrets.token_hex(30)
        )
        while len(self._sessions) >= MOST_SESSIONS:
            self._sessions.pop(next(iter(self._sessions)))
        self._sessions[session.token] = session
        asked = f"USESSION={session.token}&WVID={self._set['wvid']}&LANG=USA"
        menu = "".join(
            f"<li class='li1'><a  href='{screen}?{asked}'>{words}</a></li>"
            for screen, words in (
                ("ETREC179GF.open", "Search for job&nbsp;&nbsp;"),
                ("ETREC109DF.open", "Existing user login"),
                ("ETREC181GF.open", "Accessibility"),
            )
        )
        banner = (
            '<div class="banner"><p>Planned maintenance: online applications will be unavailable '
            "on Sunday from 7am to 11am. You can still browse our vacancies.</p></div>"
        )
        reply = _page(
            "",
            f'<FORM id="ETREC179GF" method="POST" action="ETREC179GF?{asked}">\n'
            "<a class='wr_skip_link' href='#wr_content'>skip to content</a>\n"
            f'<div id="wr_wrapper">\n<div id="wr_header">'
            f"{banner if self._set.get('banner') else ''}</div>\n"
            f"<div id=\"wr_outer\">\n<ul id='menu' class='ul1'>{menu}</ul>\n"
            f"{_hidden('WVID', self._set['wvid'], '1-1')}\n"
            f"{_hidden('FILTER', _search_form(self._adverts), '1-1')}\n"
            f"{_hidden('SESSION', session.token, '1-1')}\n</div>\n"
            f'<div id="wr_footer"><footer>{html.escape(self.site.name)}</footer></div>\n'
            "</div>\n</FORM>",
            scripts=("webrecruitment", "mhr_webrec_job_search"),
        )
        cookies = (
            ("Set-Cookie", f"{self._sticky_name}={session.sticky}; path=/; HttpOnly"),
            ("Set-Cookie", f"{self._seal_name}={session.seal}; Path=/"),
        )
        return Reply(reply.body, headers=cookies)

    # Results

    def _results(self, request: Request, session: _Session) -> Reply:
        params = {**request.query, **{k: v for k, v in _params(request).items() if v}}
        size = min(_whole(params.get("RESULTS_PP")) or PAGE_SIZE, LARGEST_PAGE)
        start = _whole(params.get("REC_FROM")) or 1
        shown = self._adverts[start - 1 : start - 1 + size]
        count = str if self._set.get("numbers") == "text" else int
        asked = f"USESSION={session.token}&WVID={self._set['wvid']}&LANG=USA"
        document = {
            "text": _LABELS,
            "search": {
                "keywords": "",
                "salary_band": "",
                "order_by": params.get("ORDER_BY", ""),
                "results_pp": str(size),
                "total_rec": count(len(self._adverts)),
                "rec_from": count(start if shown else 0),
                "rec_to": count(start - 1 + len(shown) if shown else 0),
                "job_title": "",
                "vac_types": "",
                "region_id": "",
                "wvid": self._set["wvid"],
                "location_id": "",
            },
            "web_view": {
                "web_view_id": self._set["wvid"],
                "internal_i": "F",
                "subscribe_url": f"ETREC106GF.subscribe?{asked}",
            },
            "results": [self._result(advert, session) for advert in shown],
        }
        return Reply(json.dumps(document, indent=1).encode(), content_type=JSON_TYPE)

    def _result(self, advert: DemoAdvert, session: _Session) -> dict[str, object]:
        region = advert.department if self._set.get("departments") else None
        closes = f"{advert.closes:%Y%m%d}" if advert.closes else ""
        return {
            "vacancy_id": advert.id,
            "vac_pty_srch_id": advert.id[::-1],
            "no_app_frm_i": False,
            "job_title": html.escape(advert.title, quote=False),
            "job_description": dressed(advert),
            "vacancy_ref": advert.reference or "",
            "location_id": advert.location or "",
            "region_id": region or "",
            "basis_id": advert.pattern or "",
            "con_hrs": advert.hours or "",
            "salary": advert.salary if self._set.get("unpaid") == "null" else advert.salary or "",
            "start_package": advert.quirks.get("package", ""),
            "app_close_d": closes,
            "bu_send": (
                f"ETREC148GF.open?REQUEST=RET&PROFILE=VACANCY_ID.TVACANCY={advert.id}"
                f"&VACANCY_ID={advert.id}&ACTION_ID=WEB_REC&USESSION={session.token}"
            ),
        }


def dressed(advert: DemoAdvert) -> str:
    """The description in iTrent's HTML: its own class on every tag, a hidden marker in the middle
    of a sentence, layout by no-break spaces, pictures inside the text, entities for all but ASCII.
    """
    body = _TAG.sub(r'<\1 class="customHTML">', advert.description)
    gap = _MIDDLE.search(body, len(body) // 3)
    if gap:
        body = f"{body[: gap.start()]} {_MARKER}{body[gap.end() :]}"
    lines = [f'<pre class="customHTML">{body}</pre>', *_label_lines(advert)]
    if advert.quirks.get("picture"):
        lines.append(_PICTURE)
    return "\n".join(lines).encode("ascii", "xmlcharrefreplace").decode("ascii")


def _label_lines(advert: DemoAdvert) -> Iterable[str]:
    yield _label_line("Contract:", ", ".join(filter(None, (advert.contract, advert.pattern))))
    if advert.closes and not advert.quirks.get("unlabelled"):
        yield _label_line("Application Closing:", _spoken(advert.closes))
    if advert.interview:
        yield _label_line("Interviews:", f"Week commencing {_spoken(advert.interview)}")


def _label_line(label: str, value: str) -> str:
    gap = "&#160;" * 12
    return f'<strong class="customHTML">{label}</strong>{gap} {value}<br class="customHTML" />'


def _spoken(day: date) -> str:
    ending = "th" if 11 <= day.day <= 13 else {1: "st", 2: "nd", 3: "rd"}.get(day.day % 10, "th")
    return f"{day.day}{ending} {day:%B %Y}"


def _search_form(adverts: Iterable[DemoAdvert]) -> str:
    """The search fields as JSON; options of a list are parted by U+001B."""
    places = sorted({advert.location for advert in adverts if advert.location})
    options = "=All" + "".join(f"\\u001B{n}wBn={place}" for n, place in enumerate(places, 587428))
    fields = (
        ("Job title", "JOB_TITLE", ""),
        ("Key words", "KEYWORDS", ""),
        ("Location", "LOCATION_ID", options),
        ("Sort by", "ORDER_BY", _SORTS),
        ("Results per page", "RESULTS_PP", "5=5\\u001B10=10\\u001B20=20\\u001B30=30"),
    )
    rows = ",\n".join(
        f'   {{ "title" : "{title}", "data" : "{data}", "key" : "{key}", "selected" : "-1" }}'
        for title, key, data in fields
    )
    return f'\n [ \n {{ \n   "title" : "Job search",\n   "filter" : [ \n{rows}\n  ]\n }}\n]'


def _page(title: str, body: str, scripts: Iterable[str] = ()) -> Reply:
    sources = "".join(
        f'    <script type="text/JavaScript" src="../../js/{name}.js"></script>\n'
        for name in scripts
    )
    text = (
        '<?xml version="1.0"?> \n<!doctype html>\n\n'
        '<HTML xmlns="http://www.w3.org/1999/xhtml" xml:lang="en" lang="en">\n  <HEAD>\n'
        '    <META NAME="Generator" CONTENT="UNIFACE 8.1.01" >\n'
        f"    <title>{title}</title>\n{sources}  </HEAD>\n"
        f'  <BODY class="s3" onload="uLoad(this);">\n{body}\n  </BODY>\n</HTML>\n'
    )
    return Reply(text.encode())


def _violation() -> Reply:
    return _page("Security violation", "<h1>Security violation</h1>")


def _hidden(name: str, value: str, occurrence: str) -> str:
    full = f"{name}.STD_HID_FLDS.ET_BASE.{occurrence}"
    return f'<input type="hidden" name="{full}" value="{html.escape(value)}" id="{full}" />'


def _params(request: Request) -> Mapping[str, str]:
    return dict(parse_qsl(request.headers.get("mhrparams", ""), keep_blank_values=True))


def _whole(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() else None


def _token() -> str:
    return secrets.token_hex(16).upper()


SITE = ITrentSite
PRINTS = MOST_PRINT | {"hours", "pattern", "reference"}
