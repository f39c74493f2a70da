"""Readers of pages hold their ground on any text: no exception, no invention, no slow text."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from parsel import Selector
from scrapy.http import HtmlResponse, TextResponse

from scrapers.jsonld import advert_from_posting, job_postings, microdata_postings, posting_of_page
from scrapers.labels import advert_from_labels, read_labels
from scrapers.links import job_links, next_page
from scrapers.pages import id_of_url, public_url, says_gone, says_no_vacancies
from scrapers.platform import READING_ERRORS, PlatformSpider
from scrapers.problems import AdvertGone, PageProblem
from scrapers.spiders.civil_service_jobs import CivilServiceJobsSpider
from scrapers.spiders.itrent import ItrentSpider
from scrapers.spiders.jobposting import JobPostingSpider
from scrapers.spiders.north_east_jobs import NorthEastJobsSpider
from scrapers.walls import find_wall

SPIDERS = (ItrentSpider, JobPostingSpider, NorthEastJobsSpider, CivilServiceJobsSpider)
URL = "https://jobs.example.gov.uk/jobs/12345-clerk"

TAGS = ("p", "b", "dl", "dt", "dd", "table", "tr", "th", "td", "h1", "a href='/jobs/777'", "br")
PIECES = st.one_of(
    st.sampled_from([f"<{tag}>" for tag in TAGS] + [f"</{tag.split()[0]}>" for tag in TAGS]),
    st.sampled_from(["Salary:", "Lleoliad", "Next", "£25,000", " - ", "|", "no vacancies", "\n"]),
    st.sampled_from(
        ["<script type='application/ld+json'>", "</script>", '{"@type":"JobPosting"', "}"]
    ),
    st.text(max_size=8),
)
PAGES = st.lists(PIECES, max_size=40).map("".join)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3)
    ),
    max_leaves=8,
)
KEYS = st.sampled_from(
    (
        *("title", "description", "identifier", "datePosted", "employmentType", "jobLocation"),
        *("hiringOrganization", "baseSalary", "salaryCurrency", "jobLocationType", "industry"),
        *("value", "minValue", "maxValue", "unitText", "address", "geo", "@type", "name"),
    )
)
POSTINGS = st.dictionaries(KEYS, JSON | st.dictionaries(KEYS, JSON, max_size=4), max_size=8)


def page(text: str) -> HtmlResponse:
    return HtmlResponse(URL, body=text.encode("utf-8", "replace"), encoding="utf-8")


@settings(deadline=None, max_examples=60)
@given(PAGES)
def test_no_reader_raises_on_any_page(text: str) -> None:
    response = page(text)
    document = Selector(text=response.text or "<p/>", type="html")
    find_wall(response)
    says_gone(response)
    says_no_vacancies(response)
    next_page(response)
    job_links(response)
    pairs = read_labels(document)
    assert all(label and value for label, value in pairs.items())
    advert_from_labels(pairs)
    postings = [*job_postings(response), *microdata_postings(document)]
    posting_of_page(postings, response)
    for each in postings:
        advert_from_posting(each, response.url)


@settings(deadline=None, max_examples=40)
@given(PAGES)
def test_a_spider_raises_only_what_the_walk_understands(text: str) -> None:
    for kind in SPIDERS:
        spider: PlatformSpider = kind()
        for read in (spider.read_listing, spider.read_advert):
            try:
                read(page(text))
            except (PageProblem, AdvertGone, *READING_ERRORS):
                continue


@settings(deadline=None, max_examples=100)
@given(POSTINGS)
def test_any_json_makes_an_advert_of_strings(posting: dict[str, Any]) -> None:
    advert = advert_from_posting(posting, URL).as_dict()
    extra = advert.pop("extra", {})
    assert all(
        isinstance(value, str) and value.strip() for value in (*advert.values(), *extra.values())
    )


@settings(deadline=None, max_examples=60)
@given(st.integers(1, 10**8), st.integers(1, 10**8))
def test_no_figure_is_lost_or_made(low: int, high: int) -> None:
    pay = {"currency": "GBP", "value": {"minValue": low, "maxValue": high, "unitText": "YEAR"}}
    words = advert_from_posting({"baseSalary": pay}, URL).salary or ""
    figures = [int(word.strip("£").replace(",", "")) for word in words.split() if "£" in word]
    assert set(figures) == {low, high}


@settings(deadline=None, max_examples=60)
@given(st.dictionaries(st.text(max_size=9), JSON, max_size=4))
def test_json_in_a_script_is_read_back(extra: dict[str, Any]) -> None:
    posting = json.loads(json.dumps({**extra, "@type": "JobPosting"}).replace("<", " "))
    text = f'<script type="application/ld+json">{json.dumps(posting)}</script>'
    found = job_postings(text)
    assert found
    assert json.dumps(found[0]) == json.dumps(posting)


@settings(deadline=None, max_examples=60)
@given(st.text(alphabet="abcXYZ0189/?&=#;._-%+", max_size=30))
def test_a_public_address_is_one_for_good(path: str) -> None:
    url = public_url("https://jobs.example.gov.uk/" + path)
    assert public_url(url) == url
    assert id_of_url(url) == id_of_url("https://jobs.example.gov.uk/" + path)


LONG = {
    "quotes": '"' * 100_000,
    "escaped quotes": '"' + '\\"' * 50_000,
    "opening brackets": "[" * 100_000,
    "braces": '{"description":"' * 6_000,
    "angles": "<" * 100_000,
    "commas": "," * 50_000 + " " * 50_000,
    "stars": "/*" + "*" * 100_000,
    "labels": "<b>Salary:</b>" * 7_000,
    "terms": "<dl>" + "<dt>Salary</dt>" * 6_000,
    "rows": "<table>" + "<tr><td>Salary</td><td></td></tr>" * 3_000,
    "depth": "<div><span>" * 9_000,
    "denials": "there are no current " * 5_000,
    "dashes": " - " * 33_000,
    "scripts": "<script type='application/ld+json'>{</script>" * 2_200,
    "links": "<a href='/jobs/12345'>x</a>" * 3_500,
    "pipes": "|Salary: " * 11_000,
}


@pytest.mark.parametrize("name", LONG)
def test_a_hundred_kilobytes_of_anything_are_read_in_no_time(name: str) -> None:
    text = LONG[name]
    script = f"<script type='application/ld+json'>{text}</script>"
    feed = f"<rss><channel><item><title>{text[:2000]}</title><description><![CDATA[{text}]]>"
    readers: tuple[Callable[[], object], ...] = (
        lambda: find_wall(page(text)),
        lambda: says_no_vacancies(page(text)),
        lambda: says_gone(page(text)),
        lambda: read_labels(Selector(text=text, type="html")),
        lambda: job_postings(script),
        lambda: job_links(page(text)),
        lambda: NorthEastJobsSpider().read_listing(
            TextResponse(URL, body=f"{feed}<link>/job/x/7</link></item></channel></rss>".encode())
        ),
    )
    start = time.perf_counter()
    for read in readers:
        try:
            read()
        except (PageProblem, *READING_ERRORS):
            continue
    assert time.perf_counter() - start < 2.5
