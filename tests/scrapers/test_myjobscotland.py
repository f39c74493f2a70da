"""myjobscotland: search results in cards with unlabelled tags, a JobPosting on each advert."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date

import pytest
from scrapy.http import HtmlResponse

from lgjobs.demo.estate import Estate
from lgjobs.demo.myjobscotland import MyJobScotlandSite
from lgjobs.demo.sites import SITES
from lgjobs.demo.web import Request
from scrapers.listing import Listing
from scrapers.problems import AdvertGone, Failure, PageProblem
from scrapers.spiders.myjobscotland import LISTING, MyJobScotlandSpider, detect

HOST = "https://www.myjobscotland.gov.uk"
PATH = "/councils/orkney-islands-council/jobs/cook-driver-401122"
TAGS = ("Part Time", "Permanent", "£13.05 - £13.80", "Own car", "Closing on 14/10/2026")
SHELL = '<article class="mjs-container py--0"><h1><span>Jobs</span></h1><div></div></article>'
POSTING = {
    "@context": "https://schema.org",
    "@type": "JobPosting",
    "title": "Cook & Driver",
    "datePosted": "2026-09-30",
    "validThrough": "2026-10-14T23:59:00+01:00",
    "employmentType": "PART_TIME",
    "baseSalary": {"minValue": 13.05, "maxValue": 13.80, "currency": "GBP", "unitText": "HOUR"},
    "hiringOrganization": {"@type": "Organization", "name": "Orkney Islands Council"},
    "description": "<p>Cook, then drive.</p>",
}


def card(path: str = PATH, tags: tuple[str, ...] = TAGS) -> str:
    spans = "".join(f'<span class="mjs-tag mjs-tag__secondary">{tag}</span>' for tag in tags)
    return (
        '<div class="mjs-card border-light"><div class="mjs-card__body">'
        f'<h3 class="mjs-card__title"><a href="https://myjobscotland.gov.uk{path}">'
        "Cook &amp; Driver</a></h3>"
        "<span class='label'>Published by\n\tOrkney Islands Council</span>"
        '<p>Ref #ORK0042</p><div class="mjs-card__description"><p>Stromness</p></div>'
        f'<div class="mjs-card__tags">{spans}</div></div></div>'
    )


def listing(body: str, query: str = "") -> Listing:
    text = f"<!doctype html><html><head><title>Search</title></head><body>{body}</body></html>"
    url = f"{HOST}/search-jobs{query}"
    return MyJobScotlandSpider().read_listing(HtmlResponse(url, body=text.encode()))


def advert(
    head: str, body: str = "<h1>Cook &amp; Driver</h1>", path: str = PATH
) -> dict[str, object]:
    text = f"<html><head><title>Cook</title>{head}</head><body>{body}</body></html>"
    response = HtmlResponse(HOST + path, body=text.encode(), encoding="utf-8")
    return MyJobScotlandSpider().read_advert(response).as_dict()


def markup(**changes: object) -> str:
    return f'<script type="application/ld+json">{json.dumps({**POSTING, **changes})}</script>'


@pytest.mark.parametrize(
    "body",
    [
        SHELL,
        '<div class="mjs-search-results"></div>',
        '<div class="mjs-card"><h3 class="mjs-card__title"><a href="/news/we">We</a></h3></div>',
        "<p>Showing 1 - 25 of 2173 available jobs</p>",
        "",
    ],
)
def test_a_page_without_cards_that_does_not_say_so_is_a_problem(body: str) -> None:
    with pytest.raises(PageProblem) as raised:
        listing(body)
    assert raised.value.failure is Failure.LAYOUT_CHANGED


@pytest.mark.parametrize(
    "body", ["<p>No results found.</p>", "<p>There are currently no jobs available.</p>"]
)
def test_only_words_make_an_honest_zero(body: str) -> None:
    read = listing(body)
    assert read.says_empty
    assert not read.rows
    assert listing("<p>Showing 0 - 0 of 0 available jobs</p>").advertised == 0


def test_what_fills_the_page_beside_jobs_is_no_row() -> None:
    promo = '<div class="mjs-card"><h3 class="mjs-card__title"><a href="/help">Help</a></h3></div>'
    read = listing(f"<p>Showing 1 - 1 of 1 available jobs</p>{promo}{card()}")
    assert [row.advert.external_id for row in read.rows] == ["401122"]


def test_paging_counts_from_nought_and_ends_with_the_total() -> None:
    first = listing(f"<p>Showing 1 - 25 of 2,173 available jobs</p>{card()}", "?sort=x")
    assert first.advertised == 2173
    assert first.more == [f"{HOST}/search-jobs?sort=x&page=1"]
    later = listing(f"<p>Showing 26 - 50 of 2173 available jobs</p>{card()}", "?page=1&sort=x")
    assert later.more == [f"{HOST}/search-jobs?page=2&sort=x"]
    last = listing(f"<p>Showing 51 - 60 of 60 available jobs</p>{card()}", "?page=2")
    assert (last.more, last.advertised) == ([], 60)


def test_without_a_count_the_walk_goes_on_and_its_end_is_not_taken_for_granted() -> None:
    read = listing(card())
    assert read.advertised is None
    assert read.more == [f"{HOST}/search-jobs?page=1"]
    with pytest.raises(PageProblem):
        listing("<main></main>", "?page=1")


def test_a_card_of_the_site_before_its_rebuilding_is_read_by_its_labels() -> None:
    old = (
        f'<article class="job-listing node"><h3><a href="{PATH}">Cook &amp; Driver</a></h3>'
        "<p><span>Stromness</span></p><dl><dt>Contract Type</dt><dd><div>Permanent</div></dd>"
        "<dt>Salary</dt><dd><div>£13.05 per hour</div></dd>"
        "<dt>Closing Date</dt><dd><div>14/10/2026</div></dd></dl></article>"
    )
    assert listing(old).rows[0].advert.as_dict() == {
        "external_id": "401122",
        "url": HOST + PATH,
        "title": "Cook & Driver",
        "location": "Stromness",
        "salary": "£13.05 per hour",
        "contract": "Permanent",
        "closes": "14/10/2026",
    }


def test_a_card() -> None:
    assert listing(card()).rows[0].advert.as_dict() == {
        "external_id": "401122",
        "url": HOST + PATH,
        "title": "Cook & Driver",
        "employer": "Orkney Islands Council",
        "reference": "ORK0042",
        "location": "Stromness",
        "salary": "£13.05 - £13.80",
        "pattern": "Part Time",
        "contract": "Permanent",
        "closes": "14/10/2026",
        "extra": {"Tags": "Own car"},
    }


@pytest.mark.parametrize(
    ("tag", "field"),
    [
        ("Full Time", "pattern"),
        ("Supply/Casual/Relief", "contract"),
        ("Apprenticeship", "contract"),
        ("£125,000.00 - £125,000.00", "salary"),
    ],
)
def test_a_tag_is_known_by_what_it_says(tag: str, field: str) -> None:
    read = listing(card(tags=(tag,))).rows[0].advert
    assert {name: getattr(read, name) for name in ("pattern", "contract", "salary", "closes")} == {
        **dict.fromkeys(("pattern", "contract", "salary", "closes")),
        field: tag,
    }


def test_an_adverts_own_page() -> None:
    assert advert(markup()) == {
        "external_id": "401122",
        "url": HOST + PATH,
        "title": "Cook & Driver",
        "employer": "Orkney Islands Council",
        "salary": "£13.05 to £13.80 per hour",
        "pattern": "Part time",
        "posted": "2026-09-30",
        "closes": "2026-10-14T23:59:00+01:00",
        "description": "<p>Cook, then drive.</p>",
    }


def test_pay_in_free_words_leaves_the_cards_words_standing() -> None:
    read = advert(markup(baseSalary=None))
    assert "salary" not in read


def test_gone_unreadable_and_anothers_posting() -> None:
    with pytest.raises(AdvertGone):
        advert("", "<h1>Job closed</h1><p>This job has now closed.</p>")
    with pytest.raises(PageProblem):
        advert("", SHELL)
    with pytest.raises(PageProblem):
        advert(markup(url=f"{HOST}/councils/x/jobs/other-999999", title="Teacher"))
    with pytest.raises(PageProblem):
        advert(markup(), path="/councils/orkney-islands-council/jobs")


@pytest.mark.parametrize(
    ("url", "body", "found"),
    [
        (
            "https://www.fife.gov.uk/jobs",
            '<a href="https://www.myjobscotland.gov.uk/x">Jobs</a>',
            1,
        ),
        (HOST + "/search-jobs", "", 1),
        (
            "https://www.fife.gov.uk/jobs",
            '<a href="https://myjobscotland.gov.uk.example/">x</a>',
            0,
        ),
        ("https://www.fife.gov.uk/jobs", "<p>See myjobscotland.gov.uk</p>", 0),
    ],
)
def test_detection(url: str, body: str, found: int) -> None:
    seen = detect(HtmlResponse(url, body=body.encode()))
    assert (seen is not None) == bool(found)
    assert seen is None or (seen.platform, seen.url) == ("myjobscotland", LISTING)


@pytest.fixture
def ask() -> Callable[[str], HtmlResponse]:
    site = MyJobScotlandSite(SITES["myjobscotland"], Estate(date(2026, 3, 2), scale=7))

    def get(target: str) -> HtmlResponse:
        reply = site.respond(Request("GET", target, {"host": "jobs.example"}))
        return HtmlResponse(f"http://jobs.example{target}", body=reply.body, status=reply.status)

    return get


def test_the_demo_site_pages_as_the_board_does(ask: Callable[[str], HtmlResponse]) -> None:
    spider, seen, target = MyJobScotlandSpider(), set(), "/search-jobs"
    pages = 0
    while True:
        read = spider.read_listing(ask(target))
        assert isinstance(read, Listing)
        seen |= {row.advert.external_id for row in read.rows}
        pages += 1
        if not read.more:
            break
        target = str(read.more[0]).removeprefix("http://jobs.example")
    assert pages > 1
    assert len(seen) == read.advertised


def test_the_demo_site_refuses_what_the_board_refuses(ask: Callable[[str], HtmlResponse]) -> None:
    spider = MyJobScotlandSpider()
    assert spider.read_listing(ask("/search-jobs?keyword=&categories=2092")).says_empty
    assert spider.read_listing(ask("/search-jobs?categories=2092")).rows
    with pytest.raises(PageProblem):
        spider.read_listing(ask("/councils/orkney-islands-council/jobs"))
    assert ask("/jobs/rss").status == ask("/jsonapi").status == 404
