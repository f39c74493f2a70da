"""iTrent of server-rendered forms: counts that must agree, the Next button, labelled profiles."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from scrapy import Request
from scrapy.http import HtmlResponse

from lgjobs.demo.adverts import DemoAdvert
from lgjobs.demo.estate import Estate
from lgjobs.demo.itrent_forms import ITrentFormsSite
from lgjobs.demo.sites import Site
from scrapers.listing import Listing
from scrapers.problems import AdvertGone, Failure, PageProblem
from scrapers.spiders.itrent_forms import ItrentFormsSpider, detect
from tests.scrapers.walking import HOST as LOOPBACK
from tests.scrapers.walking import answer, walk

RUN = "https://x9102li.example/x9102li_webrecruitment/wrd/run/"
LIST_URL = RUN + "ETREC106GF.display_srch_all?WVID=52561500BT&LANG=USA"
LINK = "ETREC107GF.open?VACANCY_ID%3d{}%1BUSESSION%3d0BAD&WVID=52561500BT&LANG=USA"
ROW = (
    '<tr><td><table><tr><td><h2><a href="{}">{}</a></h2></td></tr><tr><td><dl class="inline">'
    "<dt>Salary:</dt><dd>£25,000</dd><dt>• Job reference:</dt><dd>R/7 •</dd>"
    "</dl></td></tr></table></td></tr>"
)
NEXT = '<input name="BU_NEXT.FRM_BUTTON.ET_BASE.1-1-1" type="submit" value="Next">'


def page(body: str, url: str = LIST_URL) -> HtmlResponse:
    text = f'<?xml version="1.0"?><html><body><div id="wr_outer">{body}</div></body></html>'
    return HtmlResponse(url, body=text.encode(), encoding="utf-8")


def results(*rows: str, count: str = "", rest: str = "") -> Listing:
    read = ItrentFormsSpider().read_listing(
        page(
            '<form method="post" action="ETREC106GF?USESSION=0BAD1&WVID=52561500BT">'
            f'<table id="searchTable"><tr><td></td></tr><tr><td>{count}</td></tr></table>'
            f'<div id="wr_content"><table>{"".join(rows)}</table></div>'
            '<input type="hidden" name="REC_TO.VAC_SRCHUSP.DUMMY.1-1-1" value="2">'
            f"{rest}</form>"
        )
    )
    assert isinstance(read, Listing)
    return read


def row(number: str, title: str = "Clerk") -> str:
    return ROW.format(LINK.format(number), title)


@pytest.mark.parametrize(
    ("rows", "count"),
    [
        ([], ""),
        ([row("7aB")], ""),
        ([row("7aB")], "Results 1 - 2 of 2 suitable matches"),
        ([row("7aB")], "No suitable matches"),
        ([], "Results 1 - 10 of 37 suitable matches"),
    ],
)
def test_a_page_whose_count_does_not_agree_proves_nothing(rows: list[str], count: str) -> None:
    with pytest.raises(PageProblem) as raised:
        results(*rows, count=count)
    assert raised.value.failure is Failure.LAYOUT_CHANGED


def test_a_refused_session_is_blocked() -> None:
    with pytest.raises(PageProblem) as raised:
        ItrentFormsSpider().read_listing(page("<h1>Security violation</h1>"))
    assert raised.value.failure is Failure.BLOCKED


def test_an_honest_zero_is_said_in_words() -> None:
    read = results(count="No suitable matches")
    assert read.says_empty
    assert not read.rows


def test_a_row_has_the_public_address_and_asks_the_one_it_was_given() -> None:
    read = results(
        row("7aBc", "Gardener based at Ely Depot"), count="Results 1 - 1 of 1 suitable matches"
    )
    [found] = read.rows
    assert read.advertised == 1
    assert found.detail == LINK.format("7aBc")
    assert found.advert.as_dict() == {
        "external_id": "7aBc",
        "url": RUN + "ETREC107GF.open?VACANCY_ID=7aBc&WVID=52561500BT&LANG=USA",
        "title": "Gardener",
        "location": "Ely Depot",
        "salary": "£25,000",
        "reference": "R/7",
    }


def test_facts_of_a_table_that_holds_several_adverts_are_nobodys() -> None:
    links = "".join(f'<h2><a href="{LINK.format(n)}">Clerk</a></h2>' for n in ("7aB", "8aB"))
    shared = f"<tr><td><dl><dt>Salary</dt><dd>£25,000</dd></dl>{links}</td></tr>"
    read = results(shared, count="Results 1 - 2 of 2 suitable matches")
    assert [row.advert.salary for row in read.rows] == [None, None]


def test_the_next_page_is_what_the_button_sends() -> None:
    count = "Results 1 - 2 of 3 suitable matches"
    read = results(row("7aB"), row("8aB"), count=count, rest=NEXT)
    [onward] = read.more
    assert isinstance(onward, Request)
    assert (onward.method, onward.url) == (
        "POST",
        RUN + "ETREC106GF?USESSION=0BAD1&WVID=52561500BT",
    )
    assert onward.body == (
        b"REC_TO.VAC_SRCHUSP.DUMMY.1-1-1=2&BU_NEXT.FRM_BUTTON.ET_BASE.1-1-1=Next"
    )
    assert not results(row("7aB"), count="Results 3 - 3 of 3 suitable matches").more


OLDEST = (
    '<div id="entity"><table><tbody><tr><th><input type="hidden" value="7aBc"'
    ' name="VACANCY_ID.TVACANCYUSP.TRENT_REC.1-1-1"></th></tr>'
    "<tr><td>Job title</td><td>Town Clerk</td></tr><tr><td>Reference</td><td>R/7</td></tr>"
    "<tr><td>Date posted</td><td>01/07/2026</td></tr><tr><td>Closing date</td><td></td></tr>"
    "<tr><td>Package</td><td>Pension</td></tr><tr><td>Job category</td><td>Legal</td></tr>"
    "<tr><td>Job description</td><td><p>Keep the <b>seal</b>.</p></td></tr></tbody></table></div>"
)
MIDDLE = (
    '<h2>Town Clerk based at Ely</h2><div class="job-search-summary"><dl>'
    "<div><dt>Salary</dt><dd>£25,000</dd></div>"
    "<div><dt>Application closing date</dt><dd>26/07/2026</dd></div></dl></div>"
)


def test_profiles_of_each_age() -> None:
    url = RUN + LINK.format("7aBc")
    oldest = ItrentFormsSpider().read_advert(page(OLDEST, RUN + "ETREC107GF.open?WVID=1"))
    assert oldest.as_dict() == {
        "external_id": "7aBc",
        "url": RUN + "ETREC107GF.open?VACANCY_ID=7aBc&WVID=1&LANG=USA",
        "title": "Town Clerk",
        "reference": "R/7",
        "posted": "01/07/2026",
        "category": "Legal",
        "description": "<p>Keep the <b>seal</b>.</p>",
        "extra": {"Package": "Pension"},
    }
    middle = ItrentFormsSpider().read_advert(page(MIDDLE, url))
    assert (middle.external_id, middle.title, middle.location) == ("7aBc", "Town Clerk", "Ely")
    assert (middle.salary, middle.closes) == ("£25,000", "26/07/2026")


def test_a_page_without_an_advert_is_gone_or_a_problem() -> None:
    with pytest.raises(AdvertGone):
        ItrentFormsSpider().read_advert(page("<p>This vacancy is no longer available.</p>"))
    headed = "<h2>Job profile</h2>" + OLDEST.replace("Job title", "Motto")
    for body in ("<h2>Search results</h2>", headed, OLDEST.replace("7aBc", ""), ""):
        with pytest.raises(PageProblem):
            ItrentFormsSpider().read_advert(page(body, RUN + "ETREC107GF.open"))


def test_only_the_results_screen_of_forms_is_recognised() -> None:
    found = detect(page("", LIST_URL))
    assert found is not None
    assert found.url == LIST_URL.removesuffix("&LANG=USA")
    for address in ("ETREC179GF.open?WVID=1a", "ETREC106GF.display_srch_all", "etrec106gf.json"):
        assert detect(page("", RUN + address)) is None


class Tenant(Estate):
    """An estate of one site."""

    def __init__(self, adverts: list[DemoAdvert]) -> None:
        self.adverts, self.gone = adverts, []


@pytest.fixture
def site() -> ITrentFormsSite:
    written = Estate(date(2026, 3, 2), scale=4).on("leeds")[:27]
    adverts = [replace(each, site="forms") for each in written]
    settings = {"folder": "ce9150li_webrecruitment", "wvid": "52561500BT"}
    forms = Site("forms", "itrent_forms", "E06000018", "Nottingham", "", "", settings, {})
    return ITrentFormsSite(forms, Tenant(adverts))


def test_the_demo_tenant_is_walked_to_its_end(site: ITrentFormsSite) -> None:
    pages = walk(ItrentFormsSpider(), site, Request(LOOPBACK + site.start_path()))
    assert [len(each.rows) for each in pages] == [10, 10, 7]
    assert {each.advertised for each in pages} == {27}
    true = {advert.id: advert for advert in site._adverts}
    rows = [row for each in pages for row in each.rows]
    assert {row.advert.external_id for row in rows} == set(true)
    for row in rows[:3]:
        assert isinstance(row.detail, str)
        detail = f"{LOOPBACK}/ce9150li_webrecruitment/wrd/run/{row.detail}"
        read = ItrentFormsSpider().read_advert(answer(site, Request(detail)))
        advert = true[row.advert.external_id]
        assert (read.external_id, read.title) == (advert.id, advert.title)
        assert (read.salary, read.location) == (advert.salary, advert.location)
        assert (read.category, read.posted) == (advert.category, f"{advert.posted:%d/%m/%Y}")


def test_the_demo_tenant_refuses_another_web_view_and_a_stale_form(site: ITrentFormsSite) -> None:
    wrong = site.start_path().replace("52561500BT", "1a")
    assert b"Security violation" in answer(site, Request(LOOPBACK + wrong)).body
    first = ItrentFormsSpider().read_listing(answer(site, Request(LOOPBACK + site.start_path())))
    assert isinstance(first, Listing)
    [onward] = first.more
    assert isinstance(onward, Request)
    assert b"Results 11 - 20 of 27" in answer(site, onward).body
    assert b"Security violation" in answer(site, onward).body
    again = ItrentFormsSpider().read_listing(answer(site, Request(LOOPBACK + site.start_path())))
    assert isinstance(again, Listing)
    assert isinstance(again.more[0], Request)
    unpressed = again.more[0].replace(body=b"")
    assert b"Results 1 - 10 of 27" in answer(site, unpressed).body
