"""Boards that come as JSON: a tenant's whole list in an answer, told from pages in its place."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from html import escape
from typing import Any, ClassVar

from parsel import Selector
from scrapy import Request
from scrapy.http import TextResponse

from scrapers.items import RawAdvert
from scrapers.jsonld import advert_from_posting
from scrapers.jsonld_terms import contract_and_pattern, place, salary_words, texts_of
from scrapers.labels import advert_from_labels, read_labels
from scrapers.listing import Listing, ListingRow
from scrapers.pages import decoded, public_url
from scrapers.platform import PlatformSpider
from scrapers.problems import AdvertGone, Failure, PageProblem
from scrapers.reading import Page, id_in

Json = Mapping[str, Any]
Pair = tuple[str | None, str | None]

_DUE = ("external_id", "title", "url")
"""Fields that a job has: one without them is not the job it was."""
_ADDRESS = {
    "streetAddress": "street_address|street|address",
    "addressLocality": "city",
    "addressRegion": "region|state|province",
    "postalCode": "postal_code|postalCode|zip",
    "addressCountry": "country",
}
"""The parts of an address, and the keys under which boards give them."""

_CODE = re.compile(
    r"full_?time|part_?time|job_?share|permanent|fixed_?term|temporary|casual|contractor|contract"
    r"|internship|apprenticeship|volunteer"
)
"""The words of a code such as `permanent_full_time` or `parttime_fixed_term`."""
LONGEST_TERMS = 300
"""Characters of a field that are still terms of a contract and no essay."""
_BETWEEN = re.compile(r"[,;|/]|\s[-–]\s")
_IS_CODE = re.compile(r"[a-z]+(?:[_-][a-z]+)*")  # permanent_full_time
_INSTANT = re.compile(r"(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d) UTC")  # 2025-12-05 21:44:46 UTC
_MODES = {
    "remote": "Remote",
    "telecommuting": "Remote",
    "hybrid": "Hybrid",
    "on_site": "On site",
}
_PATTERN = re.compile(r"full|part|job.?share|term.?time|flexi|shift|night|weekend|hours", re.I)
_RESPELT = {"FIXEDTERM": "FIXED_TERM", "JOBSHARE": "JOB_SHARE"}
_IN_TEXT = ("salary", "grade", "hours", "contract", "pattern", "closes", "interview")
"""Fields that a board without a place for them publishes as labels in the text."""


class BoardSpider(PlatformSpider):
    """A platform that gives a tenant's whole board in one JSON answer.

    A subclass says where the jobs are in it (`jobs`) and what each says (`fields`, `told`). Such an
    answer states its zero by an empty list: an unknown tenant is answered with status 404.
    """

    id_in_url: ClassVar[re.Pattern[str]]
    """Finds the id in the address of an advert, as the first group that says something."""
    fields: ClassVar[Mapping[str, str]]
    """RawAdvert fields and where each stands in a job, the best place first: `team.name|team`;
    `terms` is a field that holds contract and working pattern in one, `tenant` the board's name:
    the employer where the register does not say whose board it is."""

    jobs_at: ClassVar[str | None] = None
    """The path of the list of jobs in a listing's answer; None where the answer is that list."""
    job_at: ClassVar[str | None] = None
    """The key of the job in the answer for one alone, or of the list that holds it."""
    total_at: ClassVar[str | None] = None
    """The path of how many jobs there are in all, which every listing's answer has."""

    labelled_at: ClassVar[tuple[str, str, str] | None] = None
    """The keys of the list of fields that the tenant adds, and of their label and value."""

    id_below: ClassVar[bool] = False
    """A job without its text is to be asked for by its id, below the list's own address."""

    def jobs(self, answer: Any) -> list[Json]:
        """The jobs of a listing's answer. Raises LookupError or TypeError where there are none."""
        found: list[Json] = answer if self.jobs_at is None else there(answer, self.jobs_at)
        return found

    def told(self, job: Json, response: TextResponse) -> Mapping[str, Any]:
        """RawAdvert fields of a job that no path alone gives; its `url` if `fields` has none."""
        return {}

    def labelled(self, job: Json) -> Iterable[Pair]:
        """Label and value of the fields that the tenant has added to a job."""
        return pairs_at(job, *self.labelled_at) if self.labelled_at else ()

    def read_job(self, job: Json, response: TextResponse) -> RawAdvert:
        """One job of the answer. Raises ValueError for one without id, title or address."""
        facts: dict[str, Any] = {**facts_at(job, self.fields), **self.told(job, response)}
        if missing := [self.fields.get(name, name) for name in _DUE if not facts.get(name)]:
            raise ValueError(f"a job without {', '.join(missing)}")
        facts["url"] = web_address(response.urljoin(facts["url"]))
        if "terms" in facts:
            facts["contract"], facts["pattern"] = terms_of(facts.pop("terms"))
        if "tenant" in facts:
            facts["employer"] = self.tenant(facts.pop("tenant"))
        return filled_from_text(with_tenants_fields(RawAdvert(**facts), self.labelled(job)))

    def detail_of(self, job: Json, response: TextResponse) -> str | Request | None:
        """Where a job without its text is to be asked for; None for its public page."""
        above = response.url.partition("?")[0].rstrip("/")
        return f"{above}/{at(job, self.fields['external_id'])}" if self.id_below else None

    def total(self, answer: Any, response: TextResponse) -> int | None:
        """How many jobs the answer says that there are."""
        return None if self.total_at is None else int(there(answer, self.total_at))

    def seen(self, response: TextResponse) -> int:
        """How many jobs come before those of this answer, for a board that comes in parts."""
        return 0

    def part(self, response: TextResponse, start: int) -> Request | None:
        """The request for the part of the board after so many jobs, if it comes in parts."""
        return None

    def more(self, answer: Any, response: TextResponse) -> Sequence[str | Request]:
        """Further pages of a board: the part after this one, however short this one is, until the
        total is reached or a part is empty."""
        shown, total = len(self.jobs(answer)), self.total(answer, response)
        read = self.seen(response) + shown
        onward = self.part(response, read) if shown and not (total and total <= read) else None
        return [onward] if onward else []

    def one_job(self, answer: Any) -> Json:
        """The job of an answer that holds one alone. Raises AdvertGone for an empty list."""
        found = object_in(answer).get(self.job_at, answer) if self.job_at else answer
        if found == []:
            raise AdvertGone
        return object_in(found[0] if isinstance(found, list) else found)

    def read_listing(self, response: TextResponse) -> Listing | Request:
        answer = json_of(response)
        jobs = self.jobs(answer)
        if not isinstance(jobs, list):
            raise PageProblem(Failure.LAYOUT_CHANGED, "the answer holds no list of jobs")
        rows = [self._row(object_in(job), response) for job in jobs]
        total = None if self.seen(response) else self.total(answer, response)
        more = self.more(answer, response)
        return Listing(rows=rows, advertised=total, more=more, says_empty=not rows and not total)

    def _row(self, job: Json, response: TextResponse) -> ListingRow:
        advert = self.read_job(job, response)
        whole = advert.description is not None
        return ListingRow(advert=advert, complete=whole, detail=self.detail_of(job, response))

    def read_advert(self, response: TextResponse) -> RawAdvert:
        """An advert by itself: as JSON, or its page with a JobPosting.

        Asked for only where the list lacks the text. Raises PageProblem for another's answer.
        """
        if not looks_like_json(response):
            return advert_of_page(response, self.id_in_url)
        advert = self.read_job(self.one_job(json_of(response)), response)
        if id_in(self.id_in_url, response.url) not in (None, advert.external_id):
            other = f"the answer is of advert {advert.external_id}"
            raise PageProblem(Failure.LAYOUT_CHANGED, other)
        return advert

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
    """The string or number at the end of a path of keys; None where the path breaks off.

    On its way it goes through the first of a list.
    """
    for key in path:
        tree = tree[0] if isinstance(tree, list) and tree else tree
        tree = tree.get(key) if isinstance(tree, dict) else None
    return decoded(tree)


def there(tree: Any, path: str) -> Any:
    """What stands at the end of a path, which goes through the first of a list. Raises LookupError
    or TypeError where the path breaks off."""
    for key in path.split("."):
        tree = (tree[0] if isinstance(tree, list) else tree)[key]
    return tree


def at(tree: Any, paths: str) -> str | None:
    """What stands at the first of several paths that leads to anything: `team.name|team`."""
    found = (said(tree, *path.split(".")) for path in paths.split("|"))
    return next(filter(None, found), None)


def facts_at(tree: Any, fields: Mapping[str, str]) -> dict[str, Any]:
    """RawAdvert fields, each from the first of its paths that leads to anything."""
    return {name: at(tree, paths) for name, paths in fields.items()}


def joined(values: Iterable[str | None]) -> str | None:
    """Places and the like, those that say something, each once, by semicolons."""
    return "; ".join(dict.fromkeys(filter(None, values))) or None


def names_in(value: Any) -> str | None:
    """All that a list says, of words or of objects with a name, by commas."""
    return ", ".join(dict.fromkeys(texts_of(value))) or None


def located(*places: Any) -> dict[str, str | None]:
    """Location, postcode and coordinates of a job, from the objects that describe its places."""
    where = place([{**_place(each), "address": facts_at(each, _ADDRESS)} for each in places])
    spot = {"latitude": where.latitude, "longitude": where.longitude}
    return {"location": where.address, "postcode": where.postcode, **spot}


def _place(tree: Any) -> dict[str, str | None]:
    return {key: said(tree, key) for key in ("name", "latitude", "longitude")}


def due(tree: Any, *path: str) -> str:
    """What stands at the end of a path and must be there. Raises ValueError where it is not."""
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


def terms_of(text: str | None) -> tuple[str | None, str | None]:
    """Contract and working pattern from one field for both, be it a code or words."""
    return terms_of_code(text) if text and _IS_CODE.fullmatch(text) else terms_of_words(text)


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


def pay_at(tree: Any, *paths: str) -> str | None:
    """Pay in words from the paths of its least and most, its currency and its period."""
    low, high, currency, period = (at(tree, path) for path in paths)
    return pay_between(low, high, currency, period)


def work_mode(flags: Json) -> str | None:
    """Where the work is done, from the flags by which boards say so."""
    told = dict.fromkeys(word for flag, word in _MODES.items() if flags.get(flag) is True)
    return ", ".join(told) or None


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


def pairs_at(tree: Json, fields: str, label: str, value: str) -> Iterator[Pair]:
    """Label and value of each object in a list, by the keys of all three."""
    return ((said(each, label), names_in(each.get(value))) for each in tree.get(fields) or [])


def with_tenants_fields(advert: RawAdvert, fields: Iterable[Pair]) -> RawAdvert:
    """The advert, filled from the fields that a tenant has added: label and value."""
    facts = advert_from_labels({label: value for label, value in fields if label and value})
    return advert.filled_from(RawAdvert(external_id="", url="", **facts))


def advert_of_page(response: TextResponse, id_in_url: re.Pattern[str]) -> RawAdvert:
    """An advert's public page, read by its JobPosting."""
    page = Page(response)
    if page.posting is None:
        raise page.no_advert()
    advert = advert_from_posting(page.posting, response.url)
    advert.external_id = id_in(id_in_url, response.url) or advert.external_id
    advert.title = advert.title or page.words("h1")
    return filled_from_text(advert)


def advert_of_job(job: Json, posting: Any, id_in_url: re.Pattern[str]) -> RawAdvert:
    """A job that holds its JobPosting, or is one; its id is drawn from its address.

    Raises ValueError for one without title, address, or an id in it.
    """
    url = public_url(web_address(job.get("url")))
    advert = advert_from_posting(dict(posting) if isinstance(posting, dict) else {}, url)
    number, advert.title = id_in(id_in_url, url), due(job, "title")
    if number is None:
        raise ValueError(f"no advert's address: {url}")
    advert.external_id = number
    return advert


def instant_of(milliseconds: Any) -> str | None:
    """The instant published as milliseconds since 1970, as ISO 8601 in UTC."""
    if not isinstance(milliseconds, int) or not 0 < milliseconds < 10**14:
        return None
    return datetime.fromtimestamp(milliseconds / 1000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def in_utc(text: str | None) -> str | None:
    """The instant `2025-12-05 21:44:46 UTC` as ISO 8601; any other text as it is."""
    return _INSTANT.sub(r"\1T\2Z", text) if text else None
