"""Jobs Go Public on the Jobiqo software: a script's data in each page, no words in its markup.

Keys, paging and the place filter as public readers' live notes of 2026 show them. The answer for an
advert that has closed is our guess (a page whose query found nothing). Settings of the site:
`layout`, data (a tree) or apollo (a cache with references).
"""

from __future__ import annotations

import html
import json
import re
from datetime import datetime, time
from typing import Any

from lgjobs.demo.adverts import LONDON, MOST_PRINT, DemoAdvert
from lgjobs.demo.estate import Estate
from lgjobs.demo.sites import Site
from lgjobs.demo.web import Reply, Request, not_found, robots

PAGE_SIZE = 25
Json = dict[str, Any]

_NOT_SLUG = re.compile(r"[^a-z0-9]+")
_TAG = re.compile(r"<[^<>]*>")


class JobsGoPublicSite:
    """The whole board."""

    def __init__(self, site: Site, estate: Estate) -> None:
        self.site = site
        self._live: dict[str, DemoAdvert] = {}
        self._gone: frozenset[str] = frozenset()
        self.show(estate)

    def show(self, estate: Estate) -> None:
        self._live = {_path(advert): advert for advert in estate.on(self.site.id)}
        self._gone = frozenset(_path(each) for each in estate.gone if each.site == self.site.id)

    def start_path(self) -> str:
        return "/jobs"

    def respond(self, request: Request) -> Reply:
        if request.path == "/robots.txt":
            return robots("Disallow: /user/")
        if request.path == "/jobs":
            return self._results(request.query)
        if request.path in self._live:
            advert = self._live[request.path]
            whole = {**_job(advert), "body": advert.description, "applicationLink": _apply(advert)}
            return self._page(_answer("jobByPath", {"__typename": "JobContent", "content": whole}))
        if request.path in self._gone:
            return self._page(_answer("jobByPath", None))
        return not_found()

    def _results(self, query: dict[str, str]) -> Reply:
        """The first page has no number and the second is 2; a place is matched as it is written."""
        wanted = query.get("SEARCH", "").casefold().split()
        place = query.get("GEO_LOCATION")
        found = [
            advert
            for advert in self._live.values()
            if all(word in advert.title.casefold() for word in wanted)
            and (place is None or place in _addresses(advert))
        ]
        number = int(query["PAGE"]) if query.get("PAGE", "").isdecimal() else 1
        start = (max(number, 1) - 1) * PAGE_SIZE
        shown = [_job(advert) for advert in found[start : start + PAGE_SIZE]]
        answer = {"__typename": "SearchResult", "result_count": len(found), "pages": shown}
        return self._page(_answer("jobs", answer))

    def _page(self, data: Json) -> Reply:
        apollo = self.site.settings.get("layout") == "apollo"
        properties = {"__APOLLO_STATE__": _cache(data)} if apollo else {"data": data}
        state = {"props": {"pageProps": properties}, "page": "/jobs", "buildId": "demo"}
        text = json.dumps(state).replace("<", "\\u003c")
        return Reply(
            (
                "<!DOCTYPE html><html><head><meta charset='utf-8'/><title></title></head><body>"
                "<div id='__next'></div>"
                f'<script id="__NEXT_DATA__" type="application/json">{text}</script>'
                "</body></html>"
            ).encode()
        )


def _answer(question: str, answer: Json | None) -> Json:
    return {"currentUser": None, question: answer}


def _cache(data: Json) -> Json:
    """The same answer as Apollo keeps it: adverts apart, under the query's own words."""
    jobs = list((data.get("jobs") or {}).get("pages", ()))
    query: Json = {"__typename": "Query"}
    if "jobs" in data:
        references = [{"__ref": f"Job:{each['id']}"} for each in jobs]
        query['jobs({"limit":25,"sort":null})'] = {**data["jobs"], "pages": references}
    elif answer := data["jobByPath"]:
        jobs = [answer["content"]]
        content = {"__ref": f"Job:{answer['content']['id']}"}
        query['jobByPath({"path":"asked"})'] = {**answer, "content": content}
    else:
        query['jobByPath({"path":"asked"})'] = None
    return {"ROOT_QUERY": query, **{f"Job:{each['id']}": each for each in jobs}}


def _path(advert: DemoAdvert) -> str:
    return f"/job/{_NOT_SLUG.sub('-', advert.title.lower()).strip('-')}-{advert.id}"


def _apply(advert: DemoAdvert) -> str:
    return f"https://jobs.example.gov.uk/apply/{advert.id}"


def _addresses(advert: DemoAdvert) -> list[str]:
    return advert.location.split("; ") if advert.location else []


def _job(advert: DemoAdvert) -> Json:
    pay = advert.pay
    ends = advert.ends()
    words = html.unescape(_TAG.sub(" ", advert.description)).split()
    return {
        "__typename": "Job",
        "id": int(advert.id),
        "title": advert.title,
        "organization": advert.employer,
        "organizationProfile": {"__typename": "OrganizationProfile", "name": advert.employer},
        "url": {"__typename": "Url", "path": _path(advert)},
        "urlNoPrefix": _path(advert),
        "published": datetime.combine(advert.posted, time(9), tzinfo=LONDON).isoformat(),
        "expiration": ends.isoformat() if ends else None,
        "formattedExpiration": f"{ends:%d/%m/%Y}" if ends else None,
        "address": _addresses(advert),
        "employmentType": [{"__typename": "Term", "label": advert.pattern}],
        "occupationalField": [{"__typename": "Term", "tid": 523, "label": advert.category}],
        "remoteOptions": [],
        "salaryRange": [],
        "salaryRangeFree": {
            "__typename": "SalaryRangeFree",
            "minSalary": f"{pay.low:.6f}" if pay else None,
            "maxSalary": f"{pay.high:.6f}" if pay else None,
            "currencyCode": "GBP" if pay else None,
            "salaryUnit": pay.unit if pay else None,
        },
        "description": " ".join(words[:20]),
        "applicationWorkflow": "external",
    }


SITE = JobsGoPublicSite
PRINTS = MOST_PRINT | {"category", "employer", "pattern", "posted"}
