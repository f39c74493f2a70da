"""A Workday career site: a page built by script, and its JSON interface.

Paths, keys and refusals as captured answers and public readers show them. As the real server does,
it takes the list's query by POST only, refuses more than twenty adverts at once, states the total
on the first page alone, tells a posting's age in words that change daily, and answers 404 with a
JSON error for an advert that is over and 422 for a tenant that it does not know.
"""

from __future__ import annotations

import html
import json
import re
from typing import Any

from lgjobs.demo.adverts import MOST_PRINT, DemoAdvert
from lgjobs.demo.estate import Estate
from lgjobs.demo.sites import Site
from lgjobs.demo.web import Reply, Request, not_found, robots

PAGE_SIZE = 20
JSON_TYPE = "application/json;charset=utf-8"

_NOT_SLUG = re.compile(r"[^A-Za-z0-9]+")


class WorkdaySite:
    """One career site. Settings: `tenant` and `site`, as they stand in addresses."""

    def __init__(self, site: Site, estate: Estate) -> None:
        self.site = site
        self._tenant, self._name = site.settings["tenant"], site.settings["site"]
        self._api = f"/wday/cxs/{self._tenant}/{self._name}"
        self.show(estate)

    def show(self, estate: Estate) -> None:
        self._today = estate.date
        self._live = {_path(advert): advert for advert in estate.on(self.site.id)}

    def start_path(self) -> str:
        return f"/en-GB/{self._name}"

    def respond(self, request: Request) -> Reply:
        path = request.path
        if path == "/robots.txt":
            return robots()
        if path in (f"/{self._name}", f"/en-GB/{self._name}"):
            return self._shell()
        if (refusal := self._refusal(path)) is not None:
            return refusal
        if path == f"{self._api}/jobs":
            return _error(400, "HTTP_400", "the list is asked for by POST")
        advert = self._live.get(path.removeprefix(self._api))
        if advert is None:
            return _error(404, "S21", "not found: Job_Posting_Anchor_ID")
        return _json(self._document(advert, request.base))

    def post(self, request: Request, body: bytes) -> Reply:
        """The answer to a POST: the list, for a query in JSON."""
        if (refusal := self._refusal(request.path)) is not None:
            return refusal
        if request.path != f"{self._api}/jobs":
            return _error(404, "S21", "not found")
        try:
            asked = json.loads(body)
            limit, offset = int(asked["limit"]), int(asked["offset"])
        except (ValueError, LookupError, TypeError):
            return _error(400, "HTTP_400", "the query is not understood")
        if not request.headers.get("content-type", "").startswith("application/json"):
            return _error(415, "HTTP_415", "the query is to be JSON")
        if not 0 < limit <= PAGE_SIZE:
            return _error(400, "HTTP_400", "the limit is out of range")
        shown = list(self._live.items())[offset : offset + limit]
        return _json(
            {
                "total": 0 if offset else len(self._live),
                "jobPostings": [self._row(path, advert) for path, advert in shown],
                "facets": [],
                "userAuthenticated": False,
            }
        )

    def _refusal(self, path: str) -> Reply | None:
        if not path.startswith("/wday/cxs/"):
            return not_found()
        if not path.startswith(f"/wday/cxs/{self._tenant}/"):
            return _error(422, "S22", "the tenant is not known")
        if not path.startswith(f"{self._api}/"):
            return _error(404, "S21", "not found: Job_Posting_Site_ID")
        return None

    def _row(self, path: str, advert: DemoAdvert) -> dict[str, Any]:
        days = (self._today - advert.posted).days
        age = "Today" if days < 1 else "Yesterday" if days < 2 else f"{min(days, 30)} Days Ago"
        return {
            "title": advert.title,
            "externalPath": path,
            "locationsText": advert.location,
            "postedOn": f"Posted {age}",
            "timeType": advert.pattern,
            "bulletFields": [advert.id],
        }

    def _document(self, advert: DemoAdvert, base: str) -> dict[str, Any]:
        lines = {
            "Salary": advert.salary,
            "Hours": advert.hours,
            "Contract type": advert.contract,
            "Closing date": _closing(advert),
        }
        facts = "".join(
            f"<p><b>{label}:</b> {html.escape(value)}</p>"
            for label, value in lines.items()
            if value
        )
        info = {
            "id": f"{advert.id:0>32}",
            "title": advert.title,
            "jobDescription": f"{facts}{advert.description}",
            "location": advert.location,
            "postedOn": "Posted Today",
            "startDate": advert.posted.isoformat(),
            "timeType": advert.pattern,
            "jobReqId": advert.id,
            "jobPostingId": _path(advert).rpartition("/")[2],
            "jobPostingSiteId": self._name,
            "country": {"descriptor": "United Kingdom", "id": "29247e57dbaf46fb855b224e03170bc7"},
            "canApply": True,
            "posted": True,
            "externalUrl": f"{base}/{self._name}{_path(advert)}",
        }
        organisation = {"name": advert.employer, "url": ""}
        return {"jobPostingInfo": info, "hiringOrganization": organisation}

    def _shell(self) -> Reply:
        text = (
            '<!DOCTYPE html>\n<html lang="en-GB"><head><title></title>\n'
            f'<meta property="og:title" content="{html.escape(self.site.name)} Careers">\n'
            '</head><body><div id="root"></div></body></html>\n'
        )
        return Reply(text.encode())


def _path(advert: DemoAdvert) -> str:
    """`/job/Ely/Town-Clerk_R000012`: place, title, requisition."""
    place = _NOT_SLUG.sub("-", (advert.location or "").split(",")[0])
    return f"/job/{place}/{_NOT_SLUG.sub('-', advert.title).strip('-')}_{advert.id}"


def _closing(advert: DemoAdvert) -> str | None:
    """`9 March 2026 23:59`: the hour where the advert has one."""
    if advert.closes is None:
        return None
    ends = advert.ends()
    return f"{advert.closes.day} {advert.closes:%B %Y} {ends:%H:%M}" if ends else None


def _json(answer: dict[str, Any], status: int = 200) -> Reply:
    return Reply(json.dumps(answer).encode(), status=status, content_type=JSON_TYPE)


def _error(status: int, code: str, message: str) -> Reply:
    return _json({"errorCode": code, "httpStatus": status, "message": message}, status)


SITE = WorkdaySite
PRINTS = MOST_PRINT | {"contract", "employer", "hours", "pattern", "posted"}
