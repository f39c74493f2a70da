"""Teaching Vacancies (Department for Education): schools in England, council-maintained or not.

Recognised by its host or by its API's envelope. Facts: the service's own source code of 2026 and
reviewed rows of its public API (sure). The source's address is `/api/v1/jobs.json`; a hundred
adverts a page, a page past the end is empty with status 200, `meta.count` is the total. Adverts
have no id but the last part of their address. The API says no working hours, and of two rates of
pay only the hourly one. No options.
"""

from __future__ import annotations

import re

from scrapy import Request
from scrapy.http import TextResponse

from scrapers.board import (
    Json,
    advert_of_job,
    advert_of_page,
    json_of,
    looks_like_json,
    object_in,
)
from scrapers.detection import detector
from scrapers.items import RawAdvert
from scrapers.listing import Listing, ListingRow
from scrapers.pages import decoded
from scrapers.platform import PlatformSpider
from scrapers.problems import Failure, PageProblem

API = "https://teaching-vacancies.service.gov.uk/api/v1/jobs.json"

_SLUG = re.compile(r"/jobs/([^/?#.]+)")
_HOST = re.compile(r"https?://(?:www\.)?teaching-vacancies\.service\.gov\.uk(?:/|$)")

detect = detector("teaching_vacancies", (_HOST, API))


class TeachingVacanciesSpider(PlatformSpider):
    """Teaching Vacancies: pages of JobPostings as JSON, each advert whole."""

    name = "teaching_vacancies"

    def read_listing(self, response: TextResponse) -> Listing | Request:
        answer = object_in(json_of(response))
        onward = answer["links"]["next"]
        total = answer["meta"].get("count")
        if not answer["data"] and onward:
            raise PageProblem(Failure.LAYOUT_CHANGED, "an empty page that names a next one")
        return Listing(
            rows=[ListingRow(advert=_read(job), complete=True) for job in answer["data"]],
            advertised=total if isinstance(total, int) else None,
            more=[onward] if onward else [],
        )

    def read_advert(self, response: TextResponse) -> RawAdvert:
        if looks_like_json(response):
            return _read(object_in(json_of(response)))
        return advert_of_page(response, _SLUG)


def _read(job: Json) -> RawAdvert:
    advert = advert_of_job(job, job, _SLUG)
    advert.salary = advert.salary or decoded(job.get("salary"))
    return advert
