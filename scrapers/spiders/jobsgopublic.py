"""Jobs Go Public (jobsgopublic.com) and LGjobs (lgjobs.com), one index on the Jobiqo software.

Recognised by those hosts. Facts: four public readers of 2026, three with live notes, agree on the
JSON in `__NEXT_DATA__`; a stored answer of another Jobiqo board shows the same. Two layouts of it
are known (a tree, Apollo's cache with references), so adverts are found by their shape. `page=2` by
two authors, one of whom so read 271 of 271. Closed adverts are not evidenced. The source's address
is `/jobs` with any search; LGjobs is the councils' part of the index: register one. No options.
"""

from __future__ import annotations

import re
from typing import Any

from scrapy.http import TextResponse

from scrapers.board import BoardSpider, Json, at, joined, names_in, pay_between
from scrapers.detection import detector
from scrapers.items import RawAdvert
from scrapers.jsonld_terms import contract_and_pattern, texts_of
from scrapers.links import page_after
from scrapers.listing import Listing
from scrapers.pages import words_of
from scrapers.problems import AdvertGone, Failure, PageProblem
from scrapers.reading import Page, id_in
from scrapers.scripts import json_in, objects_in

_HOST = re.compile(r"https?://(?:www\.)?(jobsgopublic|lgjobs)\.com(?![\w.-])")
_ID = re.compile(r"/job/(?:[^/?#]*-)?(\d+)/?(?:[?#]|$)")  # /job/policy-officer-54094
_UNKNOWN_PLACE = re.compile(r"[?&]geo_location=(?![^&#]*,(?:%20|\+)UK(?:[&#]|$))[^&#]")
_WEB = re.compile(r"^(https?://.+)")
_FIELDS = {
    "external_id": "id",
    "url": "urlNoPrefix|url.path",
    "title": "title",
    "employer": "organization|organizationProfile.name",
    "posted": "published",
    "closes": "expiration",
}
_PAY = (
    "salaryRangeFree.minSalary|schemaOrgSalary.minValue.number",
    "salaryRangeFree.maxSalary|schemaOrgSalary.maxValue.number",
    "salaryRangeFree.currencyCode",
    "salaryRangeFree.salaryUnit|schemaOrgSalary.unitText",
)

detect = detector("jobsgopublic", (_HOST, r"https://www.\1.com/jobs"))


class JobsGoPublicSpider(BoardSpider):
    """Jobs Go Public: pages of 25 counted from 1, everything as JSON inside the page."""

    name = "jobsgopublic"
    id_in_url = _ID
    fields = _FIELDS

    def read_listing(self, response: TextResponse) -> Listing:
        page, data = Page(response), _data(response)
        answer = next((each for each in objects_in(data) if "result_count" in each), None)
        total = int(answer["result_count"]) if answer else None
        if answer is None or (total == 0 and _UNKNOWN_PLACE.search(page.url)):
            raise page.unlike("no count of results, or a place that does not end in ', UK'")
        whole = {f"Job:{each['id']}": each for each in _jobs(data)}
        pages = answer.get("pages") or whole.values()
        listed = [each if "title" in each else whole.get(str(each.get("__ref"))) for each in pages]
        if None in listed:
            raise page.unlike("a result without its advert")
        rows = [self._row(each, response) for each in listed if each]
        return page.counted(rows, total, page_after(page.url, 25, total))

    def read_advert(self, response: TextResponse) -> RawAdvert:
        data, asked = _data(response), id_in(_ID, response.url)
        found = [each for each in _jobs(data) if str(each["id"]) == asked]
        if found:
            job = max(found, key=len)
            return self.read_job(
                {**job, "body": job.get("body") or job.get("description")}, response
            )
        nodes = (pair for each in objects_in(data) for pair in each.items())
        answers = [value for key, value in nodes if key.split("(")[0] == "jobByPath"]
        if any(each is None or each.get("content", "") is None for each in answers):
            raise AdvertGone
        raise Page(response).unlike("the advert is not in the page's data")

    def told(self, job: Json, response: TextResponse) -> dict[str, Any]:
        contract, pattern = contract_and_pattern(texts_of(job.get("employmentType")))
        low, high, currency, unit = (at(job, each) for each in _PAY)
        return {
            "salary": pay_between(low, high, currency or "GBP", unit),
            "location": joined(texts_of(job.get("address")) or texts_of(job.get("region"))),
            "work_mode": names_in(job.get("remoteOptions")),
            "contract": contract,
            "pattern": pattern,
            "category": names_in(job.get("occupationalField")),
            "description": job.get("body") or None,
            "summary": None if job.get("body") else words_of(job.get("description")),
            "apply_url": id_in(_WEB, at(job, "applicationLink") or ""),
        }


def _data(response: TextResponse) -> Any:
    if "__NEXT_DATA__" not in response.text and "botchallenge" in response.text.lower():
        raise PageProblem(Failure.BLOCKED, "a bot check (Jobiqo)")
    return json_in(Page(response).document, "#__NEXT_DATA__")["props"]["pageProps"]


def _jobs(data: Any) -> list[Json]:
    found = (each for each in objects_in(data) if each.get("__typename") == "Job")
    return [each for each in found if "title" in each]
