"""NHS Jobs (jobs.nhs.uk): England and Wales, councils' public-health posts among them.

Recognised by its host or the root element of its search answer. Facts: a government client with a
verbatim answer (2024), several public readers that tested against live pages in 2026, and reviewed
rows. The source's address is `/api/v1/search_xml` with the filters wanted (`keyword`,
`employerCode`, `location`, …) and `limit=100`. Rows give pay as bare figures without a period; the
advert's page says it in words. Its parts have stable ids, its details stand there twice. What a
closed advert's page says is not evidenced. No options.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from parsel import Selector, SelectorList
from scrapy import Request
from scrapy.http import TextResponse

from scrapers.board import first_match
from scrapers.detection import Detection
from scrapers.items import RawAdvert
from scrapers.labels import advert_from_labels, read_labels
from scrapers.listing import Listing, ListingRow
from scrapers.pages import html_of, plain, public_url, says_gone, words
from scrapers.platform import PlatformSpider
from scrapers.problems import AdvertGone, Failure, PageProblem

API = "https://www.jobs.nhs.uk/api/v1/search_xml?limit=100"

_HOST = re.compile(r"https?://(?:www\.|beta\.)?jobs\.nhs\.uk/(?:candidate|api/v1/search_xml)\b")
_EMPLOYER = re.compile(r"[?&](employerCode=[\w-]+)")
_REFERENCE = re.compile(r"/jobadvert/([A-Za-z0-9-]+)")
_PLACE = re.compile(r"employer_town(_\d+)?")
_CLOSING = re.compile(r"the closing date is:?\s*", re.IGNORECASE)
_PARTS = ("job_overview", "job_description", "job_description_large", "about_organisation")
_LABELLED = ("salary", "grade", "contract", "reference", "hours")


class NhsJobsSpider(PlatformSpider):
    """NHS Jobs: pages of XML rows, and a page for each advert."""

    name = "nhs_jobs"

    def read_listing(self, response: TextResponse) -> Listing | Request:
        answer = Selector(text=response.text or "<x/>", type="xml")
        if not answer.xpath("/nhsJobs"):
            raise PageProblem(Failure.LAYOUT_CHANGED, "the search answered with no list of jobs")
        if not response.text.rstrip().endswith(("</nhsJobs>", "<nhsJobs/>")):
            raise PageProblem(Failure.PARSE_ERROR, "the list breaks off before its end")
        total, pages = (int(_said(answer, f"/nhsJobs/{each}")) for each in _TOTALS)
        rows = [_read_row(each) for each in answer.xpath("/nhsJobs/vacancyDetails")]
        query = dict(parse_qsl(urlsplit(response.url).query, keep_blank_values=True))
        page = int(query.get("page", 1))
        onward = urlencode({**query, "page": page + 1})
        return Listing(
            rows=rows,
            advertised=total,
            more=[urlunsplit(urlsplit(response.url)._replace(query=onward))]
            if rows and page < pages
            else [],
        )

    def read_advert(self, response: TextResponse) -> RawAdvert:
        page = html_of(response)
        title, reference = _by_id(page, "heading"), _REFERENCE.search(response.url)
        if title is None or not page.xpath("//*[@id='employer_name' or @id='closing_date']"):
            if says_gone(response):
                raise AdvertGone
            raise PageProblem(Failure.LAYOUT_CHANGED, "no advert is written on this page")
        labelled = advert_from_labels(read_labels(page))
        facts: dict[str, Any] = {name: labelled.get(name) for name in _LABELLED}
        facts["salary"] = _by_id(page, *_SALARIES) or facts["salary"]
        facts["contract"] = facts["contract"] or _by_id(page, "contract_type")
        facts["reference"] = _by_id(page, "trac-job-reference") or facts["reference"]
        facts["grade"] = _by_id(page, "payscheme-band") or facts["grade"]
        places = _places(page)
        return RawAdvert(
            external_id=reference[1] if reference else "",
            url=public_url(response.url).partition("?")[0],
            title=title,
            employer=_by_id(page, "employer_name"),
            location="; ".join(dict.fromkeys(places)) or None,
            postcode=_by_id(page, "employer_postcode") if len(places) == 1 else None,
            pattern=words(page.xpath("(//*[@id='working_pattern_heading'])[1]/following::p[1]")),
            posted=_by_id(page, "date_posted"),
            closes=plain(_CLOSING.sub("", _by_id(page, "closing_date") or "")),
            description=_description(page),
            **facts,
        )


_TOTALS = ("totalResults", "totalPages")
_SALARIES = ("range_salary", "fixed_salary", "negotiable_salary")


def detect(page: TextResponse) -> Detection | None:
    """NHS Jobs itself, or a page that points to it, with the employer's code where it is named."""
    found = first_match(page, "jobs.nhs.uk", _HOST)
    if found is None:
        return None
    code = _EMPLOYER.search(found.string)
    url = f"{API}&{code[1]}" if code else API
    return Detection(platform="nhs_jobs", url=url, evidence=found.string)


def _read_row(row: Selector) -> ListingRow:
    places = row.xpath("locations/location | locations/locations")
    return ListingRow(
        advert=RawAdvert(
            external_id=_said(row, "reference"),
            url=public_url(_said(row, "url")),
            title=_said(row, "title"),
            employer=words(row.xpath("employer")),
            reference=_said(row, "reference"),
            salary=words(row.xpath("salary")),
            location="; ".join(filter(None, map(words, places))) or None,
            contract=words(row.xpath("type")),
            posted=words(row.xpath("postDate")),
            closes=words(row.xpath("closeDate")),
            summary=words(row.xpath("description")),
        )
    )


def _said(node: Selector, path: str) -> str:
    text = words(node.xpath(path))
    if text is None:
        raise ValueError(f"the answer lacks {path}")
    return text


def _by_id(page: Selector, *names: str) -> str | None:
    """The words of the first element with one of the ids that says anything."""
    for name in names:
        for node in page.xpath(f"//*[@id='{name}']"):
            if text := words(node):
                return text
    return None


def _places(page: Selector) -> list[str]:
    """Each place of work, its address in one line; the employer's own address is not among them."""
    places = []
    for node in page.xpath("//*[starts-with(@id, 'employer_town')]"):
        if found := _PLACE.fullmatch(node.attrib["id"]):
            names = ("address_line_1", "town", "county", "postcode")
            parts = (_by_id(page, f"employer_{name}{found[1] or ''}") for name in names)
            places.append(", ".join(dict.fromkeys(filter(None, parts))))
    return list(filter(None, dict.fromkeys(places)))


def _description(page: Selector) -> str | None:
    """The parts of the text in their order, each once, and the person specification."""
    blocks = [_block(page.xpath(f"(//*[@id='{name}'])[1]"), ("h1", "h2", "h3")) for name in _PARTS]
    specification = page.xpath("(//h2[starts-with(normalize-space(), 'Person Spec')])[1]")
    blocks.insert(3, _block(specification, ("h1", "h2")))
    return "\n".join(filter(None, blocks)) or None


def _block(start: SelectorList[Selector], ends: tuple[str, ...]) -> str:
    """An element and what follows it up to the next heading: the site nests paragraphs in
    paragraphs, so that what is meant to be inside stands behind."""
    if not start:
        return ""
    html: list[str] = []
    for node in start[0].xpath(". | following-sibling::node()"):
        tag = getattr(node.root, "tag", None)
        if html and (tag in (*ends, "div", "form", "section") or node.xpath("./@id[. != '']")):
            break
        html.append(node.get())
    return "".join(html)
