"""Boards that come as JSON: a tenant's whole list in an answer, told from pages in its place."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from html import escape
from typing import Any, ClassVar

from parsel import Selector
from scrapy import Request
from scrapy.http import TextResponse

from scrapers.detection import addresses
from scrapers.items import RawAdvert
from scrapers.jsonld import advert_from_posting, job_postings, microdata_postings, posting_of_page
from scrapers.jsonld_terms import contract_and_pattern, salary_words
from scrapers.labels import advert_from_labels, read_labels
from scrapers.listing import Listing, ListingRow
from scrapers.pages import decoded, html_of, says_gone, words
from scrapers.platform import PlatformSpider
from scrapers.problems import AdvertGone, Failure, PageProblem

Json = Mapping[str, Any]

_CODE = re.compile(
    r"full_?time|part_?time|job_?share|permanent|fixed_?term|temporary|casual|contractor|contract"
    r"|internship|apprenticeship|volunteer"
)
"""The words of a code such as `permanent_full_time` or `parttime_fixed_term`."""
LONGEST_TERMS = 300
"""Characters of a field that are still terms of a contract and no essay."""
_BETWEEN = re.compile(r"[,;|/]|\s[-–]\s")
_PATTERN = re.compile(r"full|part|job.?share|term.?time|flexi|shift|night|weekend|hours", re.I)
_RESPELT = {"FIXEDTERM": "FIXED_TERM", "JOBSHARE": "JOB_SHARE"}
_IN_TEXT = ("salary", "grade", "hours", "contract", "pattern", "closes", "interview")
"""Fields that a board without a place for them publishes as labels in the text."""


class BoardSpider(PlatformSpider):
    """A platform that gives a tenant's whole board in one JSON answer.

    A subclass says where the jobs are in it (`jobs`) and what each says (`read_job`). Such an
    answer states its zero by an empty list: an unknown tenant is answered with status 404.
    """

    id_in_url: ClassVar[re.Pattern[str]]
    """Finds the id in the address of an advert's page, as its first group."""

    def jobs(self, answer: Any) -> list[Json]:
        """The jobs of a listing's answer. Raises LookupError or TypeError where there are none."""
        raise NotImplementedError

    def read_job(self, job: Json, response: TextResponse) -> RawAdvert:
        """One job of the answer."""
        raise NotImplementedError

    def detail_of(self, job: Json, response: TextResponse) -> str | None:
        """Where a job without its text is to be asked for; None for its public page."""
        return None

    def total(self, answer: Any) -> int | None:
        """How many jobs the answer says that there are."""
        return None

    def one_job(self, answer: Any) -> Json:
        """The job of an answer that holds one alone."""
        return object_in(answer)

    def read_listing(self, response: TextResponse) -> Listing | Request:
        answer = json_of(response)
        jobs = self.jobs(answer)
        if not isinstance(jobs, list):
            raise PageProblem(Failure.LAYOUT_CHANGED, "the answer holds no list of jobs")
        rows = [self._row(object_in(job), response) for job in jobs]
        return Listing(rows=rows, advertised=self.total(answer), says_empty=not rows)

    def _row(self, job: Json, response: TextResponse) -> ListingRow:
        advert = self.read_job(job, response)
        whole = advert.description is not None
        return ListingRow(advert=advert, complete=whole, detail=self.detail_of(job, response))

    def read_advert(self, response: TextResponse) -> RawAdvert:
        """An advert by itself: as JSON, or its page with a JobPosting.

        Asked for only where the list lacks the text.
        """
        if looks_like_json(response):
            return self.read_job(self.one_job(json_of(response)), response)
        return advert_of_page(response, self.id_in_url)

    def tenant(self, name: Any) -> str | None:
        """The board's name as employer; None where the register says whose board it is."""
        known = self._source is not None and self._source.employer
        return None if known else decoded(name)


def looks_like_json(response: TextResponse) -> bool:
    return response.text.lstrip("\ufeff \r\n\t").startswith(("{", "["))


def json_of(response: TextResponse) -> Any:
    """The JSON of an answer. Raises PageProblem for a page in its place, or one that breaks off."""
    if not looks_like_json(response):
        raise PageProblem(Failure.LAYOUT_CHANGED, "a page came where JSON was asked for")
    try:
        return json.loads(response.text.lstrip("\ufeff \r\n\t"))
    except (ValueError, RecursionError) as error:
        raise PageProblem(Failure.PARSE_ERROR, f"broken JSON: {error}") from error


def object_in(value: Any) -> Json:
    """The value, if it is a JSON object. Raises TypeError for anything else."""
    if not isinstance(value, dict):
        raise TypeError(f"an object was due, not {type(value).__name__}")
    return value


def said(tree: Any, *path: str) -> str | None:
    """The string or number at the end of a path of keys; None where the path breaks off."""
    for key in path:
        tree = tree.get(key) if isinstance(tree, dict) else None
    return decoded(tree)


def due(tree: Any, *path: str) -> str:
    """The same for what must be there. Raises ValueError where it is not."""
    text = said(tree, *path)
    if text is None:
        raise ValueError(f"a job without {'.'.join(path)}")
    return text


def web_address(*values: Any) -> str:
    """The first value that is a web address. Raises ValueError where none is."""
    for value in values:
        if isinstance(value, str) and value.strip().startswith(("https://", "http://")):
            return value.strip()
    raise ValueError("a job without an address")


def sections(*parts: tuple[Any, Any]) -> str | None:
    """HTML of several parts, each a heading or None and its HTML; empty parts fall away."""
    html = [
        f"<h3>{escape(heading, quote=False)}</h3>\n{body}" if heading else body
        for heading, body in ((decoded(above), text) for above, text in parts)
        if isinstance(body, str) and body.strip()
    ]
    return "\n".join(html) or None


def terms_of_code(code: Any) -> tuple[str | None, str | None]:
    """Contract and working pattern from a code: `fulltime_permanent`. One unlisted stays as it is,
    as the contract."""
    text = decoded(code)
    found = [each.upper() for each in _CODE.findall((text or "").lower().replace("-", "_"))]
    if not found:
        return text, None
    return contract_and_pattern([_RESPELT.get(each, each) for each in found])


def terms_of_words(text: str | None) -> tuple[str | None, str | None]:
    """Contract and working pattern from one field for both, its parts as published: "Permanent,
    Part-time"."""
    if text is None or len(text) > LONGEST_TERMS:
        return text, None
    parts = [each.strip() for each in _BETWEEN.split(text) if each.strip()]
    patterns = [each for each in parts if _PATTERN.search(each)]
    contracts = [each for each in parts if each not in patterns]
    return ", ".join(contracts) or None, ", ".join(patterns) or None


def pay_between(low: Any, high: Any, currency: Any, period: Any) -> str | None:
    """Pay in words from its figures: "£25,000 to £27,000 per year"."""
    return salary_words(
        {
            "currency": currency or None,
            "value": {"minValue": low, "maxValue": high, "unitText": period},
        }
    )


def filled_from_text(advert: RawAdvert) -> RawAdvert:
    """The advert, its pay, hours, terms and dates taken from labels in its text where the platform
    has no field for them, or the tenant left it empty."""
    if advert.description:
        text = Selector(text=advert.description, type="html")
        facts = advert_from_labels(read_labels(text))
        for name in _IN_TEXT:
            if getattr(advert, name) is None:
                setattr(advert, name, facts.get(name))
    return advert


def with_tenants_fields(advert: RawAdvert, fields: list[tuple[str, str]]) -> RawAdvert:
    """The advert, filled from the fields that a tenant has added: label and value."""
    facts = advert_from_labels(dict(fields))
    return advert.filled_from(RawAdvert(external_id="", url="", **facts))


def first_match(page: TextResponse, hint: str, pattern: re.Pattern[str]) -> re.Match[str] | None:
    """The first address of a page, its own or one that it points to, that a pattern matches.

    `hint` is what must stand on the page at all. The address is the match's `string`.
    """
    if hint not in page.text and hint not in page.url:
        return None
    return next(filter(None, map(pattern.match, addresses(page))), None)


def advert_of_page(response: TextResponse, id_in_url: re.Pattern[str]) -> RawAdvert:
    """An advert's public page, read by its JobPosting."""
    document = html_of(response)
    found = id_in_url.search(response.url)
    posting = posting_of_page(job_postings(response) or microdata_postings(document), response)
    if posting is None:
        if says_gone(response):
            raise AdvertGone
        raise PageProblem(Failure.LAYOUT_CHANGED, "no JobPosting on the advert's page")
    advert = advert_from_posting(posting, response.url)
    if found:
        advert.external_id = found[1]
    advert.title = advert.title or words(document.css("h1"))
    return filled_from_text(advert)
