"""Tribepad: the classic list and the newer site builder pages, and their adverts' own pages."""

from __future__ import annotations

import pytest
from scrapy.http import HtmlResponse

from scrapers.detection import Detection
from scrapers.listing import Listing
from scrapers.problems import AdvertGone, Failure, PageProblem
from scrapers.spiders.tribepad import TribepadSpider, detect

HOST = "https://jobs.example.gov.uk"
CLASSIC_URL = HOST + "/jobs/search"
V2_URL = HOST + "/v2/job/search"

CARD = """<li><a href="{host}/jobs/job/Town-Clerk/{number}" class="in-app" itemprop="url">
<div><h3><span class="job-list-logo"><img src="/x.png" alt=""/></span>
<span class="job-list-title">Town  Clerk &amp; Archivist</span></h3>
<div class="col left"><p itemprop='jobLocation'><i class='far fa-map-marker-alt'></i>
<span itemprop='address'>Ely, United Kingdom (Incl. Northern Ireland)</span></p>
<p><i class='far fa-wallet'></i> £26000- £28000 </p>
<p itemprop='employmentType'><i class='far fa-clock'></i> Permanent </p></div>
<div class="col right"><p><i class='far fa-calendar'></i> Apply by 25 September, 2026 </p>
<p><i class='far fa-calendar'></i> Posted on <span itemprop='datePosted'> 28 August, 2026 </span>
</p></div></div></a></li>"""
V2_CARD = """<div class="column sitebuilder-job-results-item">
<a href="{host}/members/modules/job/detail.php?record={number}"><article>
<h3 class="size-24 sitebuilder-job-results-item-title">Warden </h3>
<div class="sitebuilder-job-results-item-meta">
<div class="mb-1"><i class="far fa-map-marker-alt mr-1"></i> <span>Ely</span></div>
<div class="mb-1"><i class="far fa-wallet mr-1"></i> <span>Grade 12 - £50,269</span></div>
<div class="mb-1"><i class="far fa-tag mr-1"></i> <span>Parks</span></div>
<div class="mb-1"><i class="far fa-clock mr-1"></i> <span>Fixed Term</span></div>
<div class="mb-1"><i class="far fa-calendar-times mr-1"></i> <span>10/09/26
 (In {days} days)</span></div>
<div class="mb-1"><i class="far fa-list-alt mr-1"></i> <span>ELY/{number}</span></div>
</div></article></a></div>"""
PAGER = """<div class="pagination"><strong>1</strong>&nbsp;<a href="{host}/jobs/search/-1/2">
<span class="sr-only">Page number</span>2</a>
<a href="{host}/jobs/search/-1/2"><span class="sr-only">Next results page</span>&gt;</a></div>"""


def response(body: str, url: str) -> HtmlResponse:
    return HtmlResponse(url, body=body.replace("{host}", HOST).encode(), encoding="utf-8")


def listing(body: str, url: str = CLASSIC_URL) -> Listing:
    return TribepadSpider().read_listing(response(body, url))


def classic(*numbers: int, after: str = "") -> str:
    cards = "".join(CARD.replace("{number}", str(number)) for number in numbers)
    return f"<main><div id='results'><h2>Jobs</h2><ul class='jobs'>{cards}</ul>{after}</div></main>"


def v2(*numbers: int, total: int, days: int = 6) -> str:
    cards = "".join(
        V2_CARD.replace("{number}", str(number)).replace("{days}", str(days)) for number in numbers
    )
    return (
        f"<h2>{total} Search Results</h2><div id='sitebuilder-job-search-results'>{cards}</div>"
        "<nav aria-label='Page navigation'></nav>"
    )


def test_a_page_without_a_list_is_a_problem() -> None:
    for body in ("<h1>Maintenance</h1>", "", "<h1>Jobs</h1><p>There are no vacancies.</p>"):
        with pytest.raises(PageProblem) as raised:
            listing(body)
        assert raised.value.failure is Failure.LAYOUT_CHANGED


def test_an_empty_list_is_no_zero_unless_it_says_so() -> None:
    silent = listing(classic())
    assert (silent.rows, silent.says_empty, silent.more) == ([], False, [])
    assert listing(classic(after="<p>No jobs found</p>")).says_empty
    assert listing(v2(total=0), V2_URL).advertised == 0
    assert not listing(classic(7, after="<p>No jobs found</p>")).says_empty


@pytest.mark.parametrize(
    ("old", "new"), [("/jobs/job/Town-Clerk/7", "/jobs/7"), ("Town  Clerk &amp; Archivist", " ")]
)
def test_a_card_without_title_or_number_fails_loudly(old: str, new: str) -> None:
    with pytest.raises(ValueError, match="lacks its id or its title"):
        listing(classic(7).replace(old, new))


def test_what_a_classic_card_says() -> None:
    row, other = listing(classic(1506, 1507)).rows
    assert row.advert.as_dict() == {
        "external_id": "1506",
        "url": HOST + "/jobs/job/Town-Clerk/1506",
        "title": "Town Clerk & Archivist",
        "location": "Ely, United Kingdom (Incl. Northern Ireland)",
        "salary": "£26000- £28000",
        "contract": "Permanent",
        "closes": "25 September, 2026",
        "posted": "28 August, 2026",
    }
    assert other.advert.external_id == "1507"


def test_an_advert_without_an_end_keeps_those_words() -> None:
    body = classic(7).replace("25 September, 2026", "No expiry date")
    assert listing(body).rows[0].advert.closes == "No expiry date"


def test_the_classic_pager_leads_on_and_ends() -> None:
    pager = PAGER.replace("{host}", HOST)
    assert listing(classic(7, after=pager)).more == [HOST + "/jobs/search/-1/2"]
    last = pager.replace("Next results page", "Previous results page")
    assert listing(classic(7, after=last), HOST + "/jobs/search/-1/2").more == []


def test_what_a_site_builder_card_says() -> None:
    read = listing(v2(2857, total=1), V2_URL)
    assert (read.advertised, list(read.more)) == (1, [])
    assert read.rows[0].advert.as_dict() == {
        "external_id": "2857",
        "url": HOST + "/members/modules/job/detail.php?record=2857",
        "title": "Warden",
        "location": "Ely",
        "salary": "Grade 12 - £50,269",
        "contract": "Fixed Term",
        "category": "Parks",
        "reference": "ELY/2857",
        "closes": "10/09/26",
    }


def test_the_countdown_of_days_is_no_change_of_the_advert() -> None:
    prints = {listing(v2(7, total=1, days=d), V2_URL).rows[0].fingerprint() for d in (6, 5)}
    assert len(prints) == 1


def test_site_builder_pages_are_counted_by_the_stated_total() -> None:
    first = listing(v2(*range(10), total=18), V2_URL)
    assert list(first.more) == [V2_URL + "?page=2"]
    assert list(listing(v2(11, total=18), V2_URL + "?page=2").more) == []
    assert list(listing(v2(total=18), V2_URL + "?page=1").more) == []
    wide = V2_URL + "?page=1&records_per_page=50"
    assert list(listing(v2(1, total=51), wide).more) == [V2_URL + "?page=2&records_per_page=50"]


POSTING = """<main><h1>Town Clerk</h1><script type="application/ld+json">{"@type": "JobPosting",
"title": "Town Clerk", "datePosted": "2026-08-28", "validThrough": "2026-09-25",
"jobLocation": {"address": {"addressLocality": "Ely", "postalCode": "CB7 4DN"}},
"description": "<p>Keep the rolls.</p>"}</script><p>Contract Type: Permanent</p></main>"""
SECTIONS = """<div id="job-advert-wrapper"><h1>Warden</h1>
<p><i class="far fa-calendar-check"></i> 10/09/2026</p>
<p><strong>Reference</strong> <span>ELY/TP/106/7</span></p>
<section class="job-details-section"><p>Mind the ducks.</p></section>
<section class="job-details-section"><p>Until spring.</p></section></div>"""
DETAIL_URL = HOST + "/members/modules/job/detail.php?record=7"


def test_a_classic_adverts_own_page() -> None:
    page = response(POSTING, HOST + "/jobs/job/Town-Clerk/1506")
    read = TribepadSpider().read_advert(page)
    assert (read.external_id, read.title, read.contract) == ("1506", "Town Clerk", "Permanent")
    assert (read.posted, read.closes, read.postcode) == ("2026-08-28", "2026-09-25", "CB7 4DN")
    assert read.description == "<p>Keep the rolls.</p>"


def test_a_site_builder_adverts_own_page() -> None:
    read = TribepadSpider().read_advert(response(SECTIONS, DETAIL_URL))
    assert (read.external_id, read.url, read.title) == ("7", DETAIL_URL, "Warden")
    assert (read.reference, read.closes) == ("ELY/TP/106/7", "10/09/2026")
    assert "Mind the ducks." in (read.description or "")
    assert "Until spring." in (read.description or "")


def test_a_page_without_an_advert_is_gone_or_a_problem() -> None:
    with pytest.raises(AdvertGone):
        TribepadSpider().read_advert(response("<p>This job has expired.</p>", DETAIL_URL))
    for body in ("<h1>Welcome</h1>", classic(7)):
        with pytest.raises(PageProblem):
            TribepadSpider().read_advert(response(body, DETAIL_URL))


@pytest.mark.parametrize(
    ("body", "url", "found"),
    [
        ("<!doctype html><!--\nThis site is powered by tribepad. -->", HOST + "/", CLASSIC_URL),
        ('<link href="/v2/sitebuilder-assets/x.css">', HOST + "/v2/home", V2_URL),
        (
            '<link href="/v2/sitebuilder-assets/x.css"><b id="sitebuilder-job-search-results">',
            HOST + "/v2/college",
            HOST + "/v2/college",
        ),
        (
            '<a href="https://ely.tribepad-gro.com/">Jobs</a>',
            "https://www.example.gov.uk/",
            "https://ely.tribepad-gro.com/v2/job/search",
        ),
        (
            f'<a href="{HOST}/jobs/search/-1/">Jobs</a>',
            "https://www.example.gov.uk/",
            CLASSIC_URL,
        ),
        (
            f'<a href="{DETAIL_URL}">Warden</a>',
            "https://www.example.gov.uk/",
            V2_URL,
        ),
    ],
)
def test_a_page_of_tribepads_or_one_that_leads_there_is_recognised(
    body: str, url: str, found: str
) -> None:
    detected = detect(response(body, url))
    assert isinstance(detected, Detection)
    assert (detected.platform, detected.url) == ("tribepad", found)


@pytest.mark.parametrize(
    "body",
    [
        '<a href="https://www.tribepad.com/">our supplier</a>',
        '<a href="/jobs/search?q=1">Jobs</a>',
        '<a href="https://example.com/?next=https://ely.tribepad.com.example/">x</a>',
        "<h2>18 Search Results</h2>",
    ],
)
def test_other_pages_are_not_tribepads(body: str) -> None:
    assert detect(response(body, "https://www.example.gov.uk/")) is None


def test_a_title_that_looks_like_markup_is_read_from_the_heading() -> None:
    body = POSTING.replace("<h1>Town Clerk</h1>", "<h1>Town Clerk &lt;b&gt;</h1>")
    read = TribepadSpider().read_advert(response(body, HOST + "/jobs/job/Town-Clerk/1506"))
    assert read.title == "Town Clerk <b>"
    other = POSTING.replace("<h1>Town Clerk</h1>", "<h1>Town Hall careers</h1>")
    read = TribepadSpider().read_advert(response(other, HOST + "/jobs/job/Town-Clerk/1506"))
    assert read.title == "Town Clerk"
