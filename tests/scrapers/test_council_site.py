"""Councils' own vacancies pages: lists and tables, English and Welsh; what proves nothing."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scrapy.http import HtmlResponse, TextResponse

from scrapers.items import RawAdvert
from scrapers.listing import Listing
from scrapers.problems import AdvertGone, Failure, PageProblem, RegisterError
from scrapers.sources import Source
from scrapers.spiders.council_site import CouncilSiteSpider, detect

HOST = "https://www.example.gov.uk"
LIST_URL = HOST + "/jobs-and-careers/current-vacancies"
HEAD = "<tr><th>Job title</th><th>Salary</th><th>Closing date</th></tr>"
CLERK = '<tr><td><a href="/page/town-clerk">Town Clerk</a></td><td>£25,000</td><td>3 May</td></tr>'


def spider(**options: str) -> CouncilSiteSpider:
    source = Source(id="x", platform="council_site", url=LIST_URL, options=options)
    return CouncilSiteSpider(source=source)


def page(body: str, url: str = LIST_URL, title: str = "Example Council") -> HtmlResponse:
    text = f"<html><head><title>{title}</title></head><body>{body}</body></html>"
    return HtmlResponse(url, body=text.encode(), encoding="utf-8")


def listing(body: str, **options: str) -> Listing:
    read = spider(**options).read_listing(page(body))
    assert isinstance(read, Listing)
    return read


def advert(body: str) -> RawAdvert:
    return spider().read_advert(page(body, HOST + "/jobs/town-clerk-7"))


# Listings


@pytest.mark.parametrize("text", ['{"jobs": []}', "", "Not now"])
def test_what_is_no_page_is_no_listing(text: str) -> None:
    with pytest.raises(PageProblem) as raised:
        spider().read_listing(TextResponse(LIST_URL, body=text.encode(), encoding="utf-8"))
    assert raised.value.failure is Failure.LAYOUT_CHANGED


def test_only_words_make_an_empty_page_an_honest_zero() -> None:
    assert not listing("<h1>Current vacancies</h1><p>Loading…</p>").says_empty
    assert not listing(f"<h1>Current vacancies</h1><table>{HEAD}</table>").says_empty
    for words in ("There are no vacancies at present.", "Dim swyddi ar hyn o bryd."):
        read = listing(f"<h1>Vacancies</h1><p>{words}</p>")
        assert read.says_empty
        assert not read.rows


def test_a_table_that_is_not_of_vacancies_gives_no_advert() -> None:
    pay = "<tr><th>Post</th><th>Councillor</th></tr><tr><td>Chair</td><td>Vacant</td></tr>"
    bins = "<tr><th>Location</th><th>Closing date</th></tr><tr><td>Ely</td><td>3 May</td></tr>"
    for table in (pay, bins, ""):
        assert not listing(f"<table>{table}</table>").rows


def test_rows_that_cannot_be_told_apart_fail_loudly() -> None:
    nameless = "<tr><td>Clerk</td><td>£25,000</td><td>3 May</td></tr>"
    same = '<tr><td>{}</td><td><a href="/apply">Apply</a></td><td>3 May</td></tr>'
    for rows in (nameless, same.format("Clerk") + same.format("Cook")):
        with pytest.raises(ValueError, match="lacks its id"):
            listing(f"<table>{HEAD}{rows}</table>")


def test_a_row_unlike_its_headings_fails_loudly() -> None:
    with pytest.raises(ValueError, match="2 cells under 3 headings"):
        listing(f"<table>{HEAD}<tr><td>Clerk</td><td>3 May</td></tr></table>")
    with pytest.raises(ValueError, match="names no job"):
        listing(f"<table>{HEAD}<tr><td></td><td>£1</td><td>3 May</td></tr></table>")


def test_a_table_row_leads_to_the_adverts_page() -> None:
    note = '<tr><td colspan="3">Schools</td></tr>'
    [row] = listing(f"<table>{HEAD}{note}{CLERK}</table>").rows
    assert not row.complete
    assert row.advert.as_dict() == {
        "external_id": "/page/town-clerk",
        "url": HOST + "/page/town-clerk",
        "title": "Town Clerk",
        "salary": "£25,000",
        "closes": "3 May",
    }


@pytest.mark.parametrize(
    "address", ["/files/clerk.PDF", "/downloads/file/7/clerk", "https://ats.example/7"]
)
def test_a_row_that_leads_to_no_page_of_the_site_is_all_there_is(address: str) -> None:
    [row] = listing(f"<table>{HEAD}{CLERK.replace('/page/town-clerk', address)}</table>").rows
    assert row.complete
    assert row.advert.url.endswith(address)


def test_a_row_without_a_link_is_known_by_its_reference() -> None:
    head = "<tr><td>Swydd</td><td>Cyfeirnod</td><td>Dyddiad cau</td></tr>"
    cook = "<tr><td>Cogydd</td><td>CC/7</td><td>3 Mai</td></tr>"
    [row] = listing(f"<table>{head}{cook}</table>").rows
    assert row.complete
    assert row.advert.as_dict() == {
        "external_id": "CC/7",
        "url": LIST_URL,
        "title": "Cogydd",
        "reference": "CC/7",
        "closes": "3 Mai",
    }


def test_a_welsh_list_of_links_with_its_pager() -> None:
    read = listing(
        "<h1>Swyddi gwag</h1><p>Yn dangos 1 i 2 o 12</p>"
        '<div><h3><a href="/swydd/cogydd-700">Cogydd</a></h3><p>Cyflog: £25,000</p></div>'
        '<div><h3><a href="/swydd/clerc-tref">Clerc</a></h3><p>Dyddiad cau: 3 Mai</p></div>'
        '<a href="?tudalen=2">Nesaf</a>'
    )
    assert read.advertised == 12
    assert list(read.more) == [LIST_URL + "?tudalen=2"]
    assert [(each.advert.title, each.advert.salary) for each in read.rows] == [
        ("Cogydd", "£25,000"),
        ("Clerc", None),
    ]


def test_what_lies_below_a_list_of_vacancies_is_an_advert_unless_it_is_guidance() -> None:
    below = "/jobs-and-careers/current-vacancies/"
    body = "".join(
        f'<li><a href="{address}">Words {n}</a></li>'
        for n, address in enumerate(
            (
                *(below + "cleaner", below + "7/clerk", below + "how-to-apply", below + "form.PDF"),
                *(below, "/jobs-and-careers/benefits", below + "?page=1"),
            )
        )
    )
    assert [row.advert.title for row in listing(f"<ul>{body}</ul>").rows] == ["Words 0", "Words 1"]
    elsewhere = page(f"<ul>{body}</ul>", HOST + "/jobs-and-careers")
    read = spider().read_listing(elsewhere)
    assert isinstance(read, Listing)
    assert not read.rows


def test_an_option_says_which_links_are_adverts() -> None:
    body = '<a href="/article/7/Clerk">Clerk</a><a href="/jobs/cook-7">Cook</a>'
    assert [row.advert.title for row in listing(body, job_pattern="/article/").rows] == ["Clerk"]
    with pytest.raises(RegisterError, match="job_pattern"):
        spider(job_pattern="/jobs/(")


# Adverts


def test_a_page_that_is_no_advert_is_gone_or_a_problem() -> None:
    with pytest.raises(AdvertGone):
        advert("<h1>Swydd</h1><p>Mae'r swydd hon wedi cau.</p>")
    with pytest.raises(PageProblem):
        advert("<h1>Working for us</h1><p>We are nice.</p>")


@pytest.mark.parametrize(
    "facts",
    [
        "<dl><dt>Salary</dt><dd>£25,000</dd><dt>Closing date</dt><dd>3 May</dd></dl>",
        "<p><b>Cyflog:</b> £25,000</p><p><b>Dyddiad cau:</b> 3 May</p>",
        "<table><tr><th>Salary</th><td>£25,000</td></tr><tr><th>Closes</th><td>3 May</td></tr>"
        "</table>",
    ],
)
def test_an_advert_is_read_by_its_labels(facts: str) -> None:
    read = advert(f"<main><h1>Clerk</h1>{facts}<p>Keep the seal.</p></main>")
    assert (read.title, read.salary, read.closes) == ("Clerk", "£25,000", "3 May")
    assert "Keep the seal." in (read.description or "")


def test_a_posting_comes_before_labels() -> None:
    posting = {"@type": "JobPosting", "title": "Town Clerk", "description": "<p>Seal.</p>"}
    read = advert(
        f'<script type="application/ld+json">{json.dumps(posting)}</script>'
        "<h1>Town Clerk</h1><p><b>Hours:</b> 37</p>"
    )
    assert (read.title, read.hours, read.description) == ("Town Clerk", "37", "<p>Seal.</p>")


@given(st.lists(st.text(max_size=40), max_size=6), st.text(max_size=200))
@settings(deadline=None, max_examples=60)
def test_no_text_gives_an_advert_without_an_id(cells: list[str], around: str) -> None:
    row = "".join(f"<td>{cell}</td>" for cell in cells)
    try:
        read = listing(f"{around}<table>{HEAD}<tr>{row}</tr></table>")
    except (PageProblem, ValueError):
        return
    assert all(each.advert.external_id and each.advert.title for each in read.rows)


# Detection


@pytest.mark.parametrize(
    ("body", "title"),
    [
        ("<h1>Current vacancies</h1><p>Loading…</p>", "Vacancies"),
        (f"<h1>Councillors</h1><table>{HEAD}{CLERK}</table>", "Example Council"),
        ('<h1>News</h1><a href="/jobs/town-clerk-7">We want a clerk</a>', "News"),
        (f"<h1>Vacancies</h1><table>{HEAD}<tr><td>Clerk</td><td>1</td></tr></table>", "Vacancies"),
        ("", ""),
    ],
)
def test_what_is_no_list_of_vacancies_is_not_recognised(body: str, title: str) -> None:
    assert detect(page(body, title=title)) is None


@pytest.mark.parametrize(
    "body",
    [
        f"<h1>Current vacancies</h1><table>{HEAD}{CLERK}</table>",
        '<h1>Swyddi gwag</h1><a href="/swydd/cogydd-700">Cogydd</a>',
        "<h1>Jobs</h1><p>There are no vacancies at present.</p>",
    ],
)
def test_a_list_of_vacancies_is_recognised(body: str) -> None:
    found = detect(page(body))
    assert found is not None
    assert (found.platform, found.url) == ("council_site", LIST_URL)
