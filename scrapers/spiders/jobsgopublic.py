"""Jobs Go Public (jobsgopublic.com) and LGjobs (lgjobs.com), one index on the Jobiqo software.

Recognised by those hosts. Facts: four public readers of 2026, three of them with live notes; they
agree on the JSON in `__NEXT_DATA__` and its fields, and a stored answer of another Jobiqo board
shows the same ones. Two layouts of that JSON are known (the query's answer as a tree, and Apollo's
cache with references), so adverts are found by their shape. The second page is `page=2` by two
authors, one of whom so read 271 of 271. How a closed advert is answered is not evidenced.
The source's address is `/jobs` with any search; LGjobs is the councils' part of the same index,
with the same ids: register one of the two. No options.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from parsel import Selector
from scrapy.http import TextResponse
from w3lib.url import add_or_replace_parameter, url_query_parameter

from scrapers.detection import Detection, addresses
from scrapers.items import RawAdvert
from scrapers.jsonld_terms import contract_and_pattern, salary_words
from scrapers.listing import Listing, ListingRow
from scrapers.pages import decoded, html_of, plain, words
from scrapers.platform import PlatformSpider
from scrapers.problems import AdvertGone, Failure, PageProblem

Json = dict[str, Any]
PAGE_SIZE = 25

_PATH = re.compile(r"/job/(?:[^/]*-)?(\d+)/?")  # /job/policy-officer-54094
_HOSTS = {"jobsgopublic.com", "lgjobs.com"}


class JobsGoPublicSpider(PlatformSpider):
    """Jobs Go Public: pages of 25 counted from 1, everything as JSON inside the page."""

    name = "jobsgopublic"

    def read_listing(self, response: TextResponse) -> Listing:
        data = _next_data(response)
        answer = next((each for each in _objects(data) if "result_count" in each), None)
        if answer is None:
            raise PageProblem(Failure.LAYOUT_CHANGED, "no count of results in the page's data")
        total = int(answer["result_count"])
        place = url_query_parameter(response.url, "geo_location")
        if total == 0 and place and not place.endswith(", UK"):
            raise PageProblem(Failure.LAYOUT_CHANGED, "a place that does not end in ', UK'")
        whole = {f"Job:{each['id']}": each for each in _jobs(data)}
        pages = answer.get("pages") or []
        listed = [each if "title" in each else whole.get(each.get("__ref")) for each in pages]
        if None in listed or (total and not pages and not whole):
            raise PageProblem(Failure.LAYOUT_CHANGED, "a result without its advert")
        jobs = [each for each in listed if each] or list(whole.values())
        number = int(url_query_parameter(response.url, "page") or 1)
        onward = jobs and number * PAGE_SIZE < total
        following = add_or_replace_parameter(response.url, "page", str(number + 1))
        return Listing(
            rows=[_read_row(each, response) for each in jobs],
            advertised=total,
            more=[following] if onward else [],
        )

    def read_advert(self, response: TextResponse) -> RawAdvert:
        data = _next_data(response)
        asked = _PATH.fullmatch(urlsplit(response.url).path)
        found = [each for each in _jobs(data) if asked and str(each["id"]) == asked[1]]
        if found:
            return _read_job(max(found, key=len), response)
        if any(_is_unanswered(each) for each in _objects(data)):
            raise AdvertGone
        raise PageProblem(Failure.LAYOUT_CHANGED, "the advert is not in the page's data")


def detect(page: TextResponse) -> Detection | None:
    """A page of one of the two boards, or one that links to them."""
    for address in addresses(page):
        host = (urlsplit(address).hostname or "").removeprefix("www.")
        if host in _HOSTS:
            return Detection(JobsGoPublicSpider.name, f"https://www.{host}/jobs", address)
    return None


def _next_data(response: TextResponse) -> Json:
    text = html_of(response).css("script#__NEXT_DATA__::text").get()
    if text is None:
        if "botchallenge" in response.text.lower():
            raise PageProblem(Failure.BLOCKED, "a bot check (Jobiqo)")
        raise PageProblem(Failure.LAYOUT_CHANGED, "no data in the page")
    try:
        data: Json = json.loads(text)["props"]["pageProps"]
    except ValueError as error:
        raise PageProblem(Failure.PARSE_ERROR, f"the page's data: {error}") from error
    return data


def _objects(data: Json) -> Iterator[Json]:
    """Every object in the data, outer ones first."""
    waiting: list[Any] = [data]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            yield node
            waiting.extend(reversed(list(node.values())))
        elif isinstance(node, list):
            waiting.extend(reversed(node))


def _jobs(data: Json) -> Iterator[Json]:
    return (each for each in _objects(data) if each.get("__typename") == "Job" and "title" in each)


def _is_unanswered(node: Json) -> bool:
    """Whether the page asked its server for the advert and was given none."""
    answers = [value for key, value in node.items() if key.split("(")[0] == "jobByPath"]
    return any(each is None or each.get("content", "") is None for each in answers)


def _read_row(job: Json, response: TextResponse) -> ListingRow:
    """A result: its description is a teaser."""
    advert = _read_job(job, response)
    teaser, advert.description = advert.description, None
    advert.summary = words(Selector(text=teaser, type="html")) if teaser else None
    return ListingRow(advert=advert)


def _read_job(job: Json, response: TextResponse) -> RawAdvert:
    path = job.get("urlNoPrefix") or job["url"]["path"]
    contract, pattern = contract_and_pattern(_labels(job.get("employmentType")))
    places = [decoded(each) for each in job.get("address") or []] or _labels(job.get("region"))
    link = decoded(job.get("applicationLink"))
    return RawAdvert(
        external_id=str(job["id"]),
        url=response.urljoin(path),
        title=decoded(job["title"]),
        employer=decoded(job.get("organization") or _inner(job, "organizationProfile").get("name")),
        salary=_salary(job),
        location=plain("; ".join(filter(None, places))),
        work_mode=", ".join(_labels(job.get("remoteOptions"))) or None,
        contract=contract,
        pattern=pattern,
        category=", ".join(_labels(job.get("occupationalField"))) or None,
        posted=decoded(job.get("published")),
        closes=decoded(job.get("expiration")),
        description=job.get("body") or job.get("description") or None,
        apply_url=link if link and link.startswith(("http://", "https://")) else None,
    )


def _salary(job: Json) -> str | None:
    """Pounds, unless another currency is named; figures are strings such as "34206.000000"."""
    free, schema = _inner(job, "salaryRangeFree"), _inner(job, "schemaOrgSalary")
    pay = {"minValue": free.get("minSalary"), "maxValue": free.get("maxSalary")}
    if not any(pay.values()):
        pay = {key: _inner(schema, key).get("number") for key in pay}
    pay["unitText"] = free.get("salaryUnit") or schema.get("unitText")
    return salary_words(pay, free.get("currencyCode") or "GBP")


def _inner(node: Json, key: str) -> Json:
    value = node.get(key)
    return value if isinstance(value, dict) else {}


def _labels(terms: Any) -> list[str]:
    nodes = terms if isinstance(terms, list) else []
    return [label for each in nodes if (label := decoded(each.get("label")))]
