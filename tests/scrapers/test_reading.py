"""Page and its helpers: what a spider asks of a page, and what an absence means."""

from __future__ import annotations

import re

import pytest
from parsel import Selector
from scrapy.http import HtmlResponse

from scrapers.problems import AdvertGone, Failure, PageProblem
from scrapers.reading import Page, each_once, next_to, shown
from scrapers.tables import under_headings

URL = "https://jobs.ely.gov.uk/jobs/7"
ID = re.compile(r"/jobs/(\d+)")
LIST = re.compile(r"https://[^/]+/all$")


def page(body: str, url: str = URL) -> Page:
    return Page(HtmlResponse(url, body=body.encode(), encoding="utf-8"))


def test_a_card_without_an_advert_s_address_fails_loudly() -> None:
    card = page('<li><a href="/news/7">Clerk</a></li>')
    with pytest.raises(ValueError, match="lacks its id or its title"):
        card.linked_row(card.css("li")[0], ID, {"title": "Clerk"})


def test_a_card_s_row_has_the_first_address_that_holds_an_id() -> None:
    card = page('<li><a href="/apply">Apply</a><a href="/jobs/9?utm_source=x">Clerk</a></li>')
    row = card.linked_row(card.css("li")[0], ID, {"title": "Clerk"}, salary=None)
    assert row.advert.as_dict() == {
        "external_id": "9",
        "url": "https://jobs.ely.gov.uk/jobs/9",
        "title": "Clerk",
    }


@pytest.mark.parametrize(("url", "proof"), [(URL, []), ("https://jobs.ely.gov.uk/", ["x"])])
def test_a_page_without_proof_or_id_holds_no_advert(url: str, proof: list[str]) -> None:
    with pytest.raises(PageProblem):
        page("<h1>Welcome</h1>", url).own_id(ID, proof)
    with pytest.raises(AdvertGone):
        page("<p>This vacancy has now closed.</p>", url).own_id(ID, proof)


def test_a_page_with_proof_has_its_own_id() -> None:
    assert page("<h1>Clerk</h1>").own_id(ID, "proof") == "7"


@pytest.mark.parametrize("body", ["", '<a href="/news">News</a>', '<a href="/all?x">All</a>'])
def test_a_page_without_the_link_leads_nowhere(body: str) -> None:
    for url in (URL, "https://jobs.ely.gov.uk/all"):
        with pytest.raises(PageProblem) as raised:
            page(body, url).link_to(LIST)
        assert raised.value.failure is Failure.LAYOUT_CHANGED


def test_a_page_leads_to_the_address_that_it_links_to() -> None:
    assert page('<a href="/all">All</a>').link_to(LIST).url == "https://jobs.ely.gov.uk/all"


def test_another_job_s_posting_is_not_the_page_s() -> None:
    def posting(url: str) -> str:
        told = f'{{"@type": "JobPosting", "title": "Clerk", "url": "{url}"}}'
        return f'<script type="application/ld+json">{told}</script>'

    assert page(posting("/jobs/8")).of_job(ID).posting is None
    own = page(posting("/jobs/8") + posting("/jobs/7?source=mail")).of_job(ID).posting
    assert own is not None
    assert own["url"] == "/jobs/7?source=mail"


def test_a_number_is_read_or_absent_but_never_guessed() -> None:
    counted = page('<input id="n" value="1,204"><input id="x" value="many">')
    assert counted.number_at("#n::attr(value)") == 1204
    assert counted.number_at("#none::attr(value)") is None
    with pytest.raises(ValueError, match="many"):
        counted.number_at("#x::attr(value)")


def test_only_what_selectors_find_is_shown() -> None:
    part = Selector(text="<p><b> Ely </b><i> </i></p>", type="html")
    assert shown({"location": "b", "salary": "i", "hours": "u"}, part) == {"location": "Ely"}


def test_a_label_without_a_value_beside_it_says_nothing() -> None:
    part = page("<p><b>Salary</b><i>£9</i></p><p><b>Grade</b><i></i></p><p><b>Hours</b></p>")
    assert next_to(part.css("b")) == {"salary": "£9", "extra": {}}


def test_one_advert_linked_twice_is_one_row() -> None:
    twice = page('<a href="/jobs/9">Clerk</a><a href="/jobs/9">More</a>')
    rows = (twice.linked_row(a, ID, {"title": a.xpath("string()").get()}) for a in twice.css("a"))
    assert [each.advert.title for each in each_once(rows)] == ["Clerk"]


def test_a_row_is_read_by_the_headings_of_its_own_table() -> None:
    heads = "<tr><th>Job title</th><th>Salary</th></tr>"
    cells = "<td><a href='/jobs/9'>Clerk</a></td><td>£9</td>"
    table = page(f"<table>{heads}<tr class='r'>{cells}</tr></table>")
    assert under_headings(table.css("tr.r")) == {"salary": "£9", "extra": {}}
    bare = page(f"<table><tr class='r'>{cells}</tr></table><table>{heads}</table>")
    assert under_headings(bare.css("tr.r")) == {"extra": {}}
    with pytest.raises(ValueError, match="zip"):
        under_headings(
            page(f"<table>{heads}<tr class='r'>{cells}<td>x</td></tr></table>").css(".r")
        )
