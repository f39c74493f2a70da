"""An Oracle Recruiting candidate site: an empty shell page, and the adverts as JSON beside it.

Keys, nesting and paging as captured answers and five public readers show them; the shell's words
are our own. As the real server does, it passes over paging that stands outside `finder`, gives no
list where none is expanded, all sites' adverts for a number that it does not know, one advert
less on full pages after the first, a total of 0 past the end, and no item for a closed advert.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from lgjobs.demo.adverts import MOST_PRINT, DemoAdvert
from lgjobs.demo.estate import Estate
from lgjobs.demo.sites import Site
from lgjobs.demo.tenant import Tenant
from lgjobs.demo.web import Reply, Request, not_found, robots

USUAL_PAGE = 25
LARGEST_PAGE = 200
JSON_TYPE = "application/vnd.oracle.adf.resourcecollection+json"

_API = "/hcmRestApi/resources/latest/"
_UI = "/hcmUI/CandidateExperience/en/sites/"
_QUOTED_ID = re.compile(r'ById;Id="(\w+)",siteNumber=([\w-]+)')
_PARAGRAPH = re.compile(r"<p>.*?</p>", re.DOTALL)


class OracleRecruitingSite(Tenant):
    """One candidate site. Settings: `name`, as it stands in addresses, and `number`, its key."""

    def __init__(self, site: Site, estate: Estate) -> None:
        self._name, self._number = site.settings["name"], site.settings["number"]
        super().__init__(site, estate)

    def start_path(self) -> str:
        return f"{_UI}{self._name}/jobs"

    def respond(self, request: Request) -> Reply:
        path = request.path
        if path == "/robots.txt":
            return robots()
        if path.startswith(tuple(f"{_UI}{each}" for each in (self._name, self._number))):
            return self._shell(request.base)
        if path == f"{_API}recruitingCEJobRequisitions":
            return self._list(request.query)
        if path == f"{_API}recruitingCEJobRequisitionDetails":
            return self._detail(request.query.get("FINDER", ""))
        return not_found()

    def _shell(self, base: str) -> Reply:
        name = html.escape(self.site.name)
        text = (
            '<!DOCTYPE html>\n<html lang="en" dir="ltr">\n<head>\n<meta charset="utf-8">\n'
            f"<title>{name} Careers</title>\n"
            f'<base href="/hcmUI/CandidateExperience/en/sites/{self._name}" '
            f'data-apibaseurl="{base}" data-sitenumber="{self._number}">\n'
            '<script src="/cdn/oj-hcm-ce/js/main-minimal.js" defer></script>\n</head>\n'
            '<body class="app-loading">\n<div class="app-loading-spinner"></div>\n'
            '<div class="app" data-bind="view: \'layout\'"></div>\n</body>\n</html>\n'
        )
        return Reply(text.encode())

    def _list(self, query: Mapping[str, str]) -> Reply:
        name, _, written = query.get("FINDER", "").partition(";")
        keys = dict(pair.split("=", 1) for pair in written.split(",") if "=" in pair)
        if name != "findReqs":
            return Reply(b"The finder is not valid for this resource.", status=400)
        size = min(_whole(keys.get("limit")) or USUAL_PAGE, LARGEST_PAGE)
        start = _whole(keys.get("offset")) or 0
        every = [self._row(advert) for advert in self._live.values()]
        if keys.get("siteNumber") != self._number:
            every += [{**row, "Id": f"9{row['Id']}"} for row in every]
        shown = every[start : start + size]
        if start and len(shown) == size > 1:
            shown.pop()
        expands = "requisitionList" in query.get("EXPAND", "")
        item = {
            "SearchId": 1,
            "Keyword": None,
            "Offset": start,
            "Limit": size,
            "SortBy": keys.get("sortBy"),
            "TotalJobsCount": len(every) if start < len(every) or not start else 0,
            "SiteNumber": keys.get("siteNumber"),
            "requisitionList": shown if expands else None,
        }
        return _collection([item])

    def _detail(self, finder: str) -> Reply:
        """An advert asked for by its quoted id; a closed one, or another site's, is no item."""
        asked = _QUOTED_ID.fullmatch(finder)
        if asked is None:
            return Reply(b"The finder is not valid for this resource.", status=400)
        advert = self._live.get(asked[1]) if asked[2] == self._number else None
        return _collection([self._document(advert)] if advert else [])

    def _row(self, advert: DemoAdvert) -> dict[str, Any]:
        return {
            "Id": advert.id,
            "Title": advert.title,
            "PostedDate": f"{advert.posted:%Y-%m-%d}",
            "PostingEndDate": f"{advert.closes:%Y-%m-%d}" if advert.closes else None,
            "Language": "GB",
            "PrimaryLocationCountry": "GB",
            "GeographyId": 300000000471000,
            "HotJobFlag": False,
            "WorkplaceTypeCode": None,
            "WorkplaceType": "",
            "ShortDescriptionStr": "",
            "PrimaryLocation": advert.location,
            "Distance": 1772150400000.0,
            "secondaryLocations": [],
            "otherWorkLocations": [],
            "workLocation": [
                {
                    "LocationId": 300000000471001,
                    "LocationName": self.site.settings.get("town"),
                    "TownOrCity": self.site.settings.get("town"),
                    "PostalCode": advert.postcode,
                    "Country": "GB",
                }
            ],
            "requisitionFlexFields": _flex_fields(advert),
            **dict.fromkeys(("JobFamily", "JobSchedule", "ContractType", "LegalEmployer")),
        }

    def _document(self, advert: DemoAdvert) -> dict[str, Any]:
        first, *others = _PARAGRAPH.findall(advert.description)
        opened = datetime(advert.posted.year, advert.posted.month, advert.posted.day, 9, tzinfo=UTC)
        return {
            **self._row(advert),
            "RequisitionNumber": advert.reference,
            "Category": advert.category,
            "ExternalPostedStartDate": opened.isoformat(),
            "ExternalPostedEndDate": _instant(advert),
            "ExternalDescriptionStr": first,
            "ExternalResponsibilitiesStr": "\n".join(others[:1]),
            "ExternalQualificationsStr": "\n".join(others[1:]) or None,
            "CorporateDescriptionStr": "<p>Our values guide all that we do.</p>",
            "ContractType": advert.contract,
            "JobSchedule": advert.pattern,
            "skills": [],
        }


def _flex_fields(advert: DemoAdvert) -> list[dict[str, str]]:
    pairs = {"Salary": advert.salary, "Hours per week": advert.hours, "Political restriction": ""}
    return [
        {"Prompt": label, "Value": value} for label, value in pairs.items() if value is not None
    ]


def _instant(advert: DemoAdvert) -> str | None:
    """The closing time in UTC, to the minute: 22:59 in summer for the end of a day."""
    ends = advert.ends()
    return ends.astimezone(UTC).replace(second=0).isoformat() if ends else None


def _collection(items: list[dict[str, Any]]) -> Reply:
    """What wraps every answer: its counts are those of the wrapper, never of the adverts."""
    answer = {"items": items, "count": len(items), "hasMore": False, "limit": 25, "offset": 0}
    return Reply(json.dumps(answer, default=date.isoformat).encode(), content_type=JSON_TYPE)


def _whole(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() else None


SITE = OracleRecruitingSite
PRINTS = MOST_PRINT | {"category", "contract", "hours", "pattern", "posted", "reference"}
