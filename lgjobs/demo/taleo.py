"""A Taleo Enterprise career section: a faceted search by JSON, adverts that their script fills.

Addresses, keys, arrays and refusals as public readers report them from live sections; captions are
a council's own. As the real server does, it answers a search without the clock's headers with
status 500, one whose fields are no object with 400, a portal that it does not know with an answer
that holds nothing, a page past the last one with the last, and an advert that is over with status
200 and a page of another kind. Times of day follow the clock that the address names.
"""

from __future__ import annotations

import html
import json
from datetime import datetime
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from lgjobs.demo.adverts import MOST_PRINT, DemoAdvert
from lgjobs.demo.estate import Estate
from lgjobs.demo.sites import Site
from lgjobs.demo.tenant import Tenant
from lgjobs.demo.web import Reply, Request, not_found, robots

PAGE_SIZE = 3
"""Twenty-five on a real section."""
SEARCH = "/careersection/rest/jobboard/searchjobs"
JSON_TYPE = "application/json;charset=utf-8"

_PANEL = "requisitionDescriptionInterface"
_HEADINGS = ("Requisition Title", "Primary Location", "Salary Range", "Posting Date")


class TaleoSite(Tenant):
    """One career section. Settings: `section`, its part of the path; `portal`, its number."""

    def __init__(self, site: Site, estate: Estate) -> None:
        self._section = f"/careersection/{site.settings['section']}"
        super().__init__(site, estate)

    def start_path(self) -> str:
        return f"{self._section}/jobsearch.ftl?lang=en"

    def respond(self, request: Request) -> Reply:
        if request.path == "/robots.txt":
            return robots()
        if request.path == f"{self._section}/jobsearch.ftl":
            return self._shell()
        if request.path == SEARCH:
            return Reply(b"Method Not Allowed", status=405)
        if request.path != f"{self._section}/jobdetail.ftl":
            return not_found()
        advert = self._live.get(request.query.get("JOB", ""))
        zone = ZoneInfo(request.query.get("TZNAME", "UTC"))
        return _unavailable() if advert is None else _detail(advert, zone)

    def post(self, request: Request, body: bytes) -> Reply:
        """The answer to a POST: a page of the search."""
        if request.path != SEARCH:
            return not_found()
        if not {"tz", "tzname"} & request.headers.keys():
            return Reply(b"An Error Occurred in TEE", status=500)
        if not request.headers.get("content-type", "").startswith("application/json"):
            return Reply(b"Unsupported Media Type", status=415)
        try:
            asked = json.loads(body)
            number, fields = int(asked["pageNo"]), asked["fieldData"]["fields"]
        except (ValueError, LookupError, TypeError):
            return Reply(b"An Error Occurred in TEE", status=400)
        if not isinstance(fields, dict) or number < 1:
            return Reply(b"An Error Occurred in TEE", status=400)
        known = request.query.get("PORTAL") == self.site.settings["portal"]
        return _json(self._results(number) if known else _NOTHING)

    def _results(self, number: int) -> dict[str, Any]:
        adverts = list(self._live.values())
        number = min(number, max(1, -(-len(adverts) // PAGE_SIZE)))
        shown = adverts[(number - 1) * PAGE_SIZE :][:PAGE_SIZE]
        paging = {"currentPageNo": number, "pageSize": PAGE_SIZE, "totalCount": len(adverts)}
        return {
            "requisitionList": [_row(each) for each in shown],
            "facetResults": [],
            "pagingData": paging,
            "careerSectionUnAvailable": False,
        }

    def _shell(self) -> Reply:
        headings = "".join(f'<th width="25%" scope="col">{each}</th>' for each in _HEADINGS)
        settings = (
            "var require = {config: {'fs/FacetedSearchSettings': {lang: 'en', "
            f"portalNo: '{self.site.settings['portal']}', "
            f"urlCode: '{self.site.settings['section']}', "
            'resourcesMapAsJSON: {"resultListPanel.noResults": "No jobs correspond."}}}};'
        )
        return _page(
            "Job Search",
            f'<script>{settings}</script>\n<div id="infoPanel"></div>\n<table id="jobs"><thead>'
            f'<tr><th scope="col">Icons</th>{headings}<th scope="col">Actions</th></tr></thead>'
            '<tbody></tbody></table>\n<ul id="jobList" class="multiline-list"></ul>',
        )


_NOTHING = {"requisitionList": None, "pagingData": None, "careerSectionUnAvailable": True}


def _row(advert: DemoAdvert) -> dict[str, Any]:
    posted = f"{advert.posted:%b} {advert.posted.day}, {advert.posted.year}"
    places = json.dumps([advert.location], ensure_ascii=False)
    return {
        "jobId": f"9{advert.id}",
        "contestNo": advert.id,
        "column": [advert.title, places, advert.salary or "", posted],
        "linkedColumn": 0,
        "locationsColumns": [1],
        "hotJob": False,
    }


def _fields(advert: DemoAdvert, zone: ZoneInfo) -> list[tuple[str, str, str]]:
    """Name, caption and value of what the page shows line by line."""
    values = (
        ("primarylocation", "Primary Location", advert.location),
        ("organization", "Organization", advert.department),
        ("jobfield", "Job Field", advert.category),
        ("jobschedule", "Schedule", advert.pattern),
        ("G101", "Salary", advert.salary),
        ("G102", "Contract Type", advert.contract),
        ("G103", "Hours per week", advert.hours),
        ("postingdate", "Job Posting", f"{advert.posted:%d-%b-%Y}"),
        ("unpostingdate", "Unposting Date", _closing(advert, zone)),
    )
    lines = [(name, caption, quote(value or "", safe=" ")) for name, caption, value in values]
    return [*lines, ("description", "Description", f"!*!{quote(advert.description, safe='')}")]


def _detail(advert: DemoAdvert, zone: ZoneInfo) -> Reply:
    """Empty places, and the script that knows what belongs in them."""
    fields = _fields(advert, zone)
    heads = [f"ID17{at:02}" for at in range(len(fields))]
    places = [f"ID18{at:02}" for at in range(len(fields))]
    lines = "\n".join(
        f'<div class="contentlinepanel"><h2><span class="subtitle" id="{_PANEL}.{head}"></span>'
        f'</h2><span class="text" id="{_PANEL}.{place}"></span></div>'
        for head, place in zip(heads, places, strict=True)
    )
    names = [
        f"reqlistitem.{name}"
        for name in ("no", "title", "contestnumber", *(each[0] for each in fields))
    ]
    values = [f"9{advert.id}", quote(advert.title, safe=" "), advert.id]
    places = ["requisitionNo", "reqTitleLinkAction", "reqContestNumberValue", *places]
    script = (
        "var _ftl = {_acts: [['unavaibleRequisitionPage','unavailablerequisition']],\n"
        f"  {_PANEL}: {{_ctls: ['descRequisition'], _hles: {_array(heads)}}},\n"
        f"  descRequisition: {{_size: 1, _hles: {_array(places)}, _hlid: {_array(names)}}}}};\n"
        f"api.fillInterface('{_PANEL}', {_array([caption for _, caption, _ in fields])});\n"
        f"api.fillList('{_PANEL}', 'descRequisition', "
        f"{_array([*values, *(value for _, _, value in fields)])});"
    )
    return _page(
        "Job Description",
        '<form id="ftlform" action="jobdetail.ftl"><input type="hidden" name="ftlpageid" '
        f'value="requisitionDescriptionPage">\n<div id="{_PANEL}">'
        f'<span class="titlepage" id="{_PANEL}.reqTitleLinkAction"></span>'
        f'<span id="{_PANEL}.reqContestNumberValue"></span>\n{lines}</div></form>\n'
        f"<script>{script}</script>",
    )


def _closing(advert: DemoAdvert, zone: ZoneInfo) -> str:
    ends = advert.ends()
    return _clock(ends.astimezone(zone)) if ends else ""


def _clock(at: datetime) -> str:
    """`09-Mar-2026, 11:59:00 PM`"""
    return f"{at:%d-%b-%Y}, {at.hour % 12 or 12}:{at:%M:%S} {'AM' if at.hour < 12 else 'PM'}"


def _array(texts: list[str]) -> str:
    return f"[{','.join(_literal(each) for each in texts)}]"


def _literal(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace("'", "\\'").replace("</", "<\\/")
    return f"'{escaped}'"


def _unavailable() -> Reply:
    return _page(
        "Job Description",
        '<form id="ftlform" action="unavailablerequisition.ftl"><input type="hidden" '
        'name="ftlpageid" value="unavaibleRequisitionPage">'
        '<div id="requisitionUnavailableInterface"></div></form>\n<script>'
        "api.fillInterface('requisitionUnavailableInterface', ['The job description you are "
        "trying to view is no longer available.']);</script>",
    )


def _json(answer: dict[str, Any]) -> Reply:
    return Reply(json.dumps(answer).encode(), content_type=JSON_TYPE)


def _page(title: str, body: str) -> Reply:
    text = (
        f'<!DOCTYPE html>\n<html lang="en"><head><title>{html.escape(title)}</title></head>\n'
        f'<body class="masterbody">\n{body}\n</body></html>\n'
    )
    return Reply(text.encode())


SITE = TaleoSite
PRINTS = MOST_PRINT | {"category", "contract", "department", "hours", "pattern", "posted"}
