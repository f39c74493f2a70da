"""Webrecruit: one page with whole adverts on it, facts told by classes."""

from __future__ import annotations

import pytest
from scrapy.http import HtmlResponse

from scrapers.listing import Listing
from scrapers.problems import AdvertGone, Failure, PageProblem
from scrapers.spiders.webrecruit import WebrecruitSpider, detect

HOST = "https://jobs.ely.gov.uk"


def block(name: str, label: str, value: str, style: str = "") -> str:
    return (
        f'<div class="row vacancy-details-headers" {style}><strong>'
        f'<span class="vacancy-header-{name} vacancy-header-text">{label}</span></strong>'
        f'<strong><span class="vacancy-body-text"> {value} </span></strong></div>'
    )


BLOCKS = (
    '<div class="vacancy-details-left">'
    + block("reference", "Job Ref", "51756")
    + block("location", "Lleoliad", "Ely")
    + block("salary", "Salary", "&#163;48,822 - &#163;58,225 per annum")
    + block("closing-date", "Closing Date", "Friday, September 11, 2026", "style='display:none;'")
    + "<hr /><p><span class='vacancy-body-text'>Mind the <b>roses</b>.<br />Daily.</span></p></div>"
    '<div class="vacancy-details-right">'
    + block("sector", "Function", "Parks")
    + block("hours", "Status", "Full Time")
    + block("type", "Type", "Permanent")
    + block("working-hours", "Hours", "37")
    + block("own", "DBS", "Enhanced")
    + "</div>"
)
CARD = f"""<article aria-label="Gardener"><h3 class="vacancy-job-title">
Gardener &amp; Cook </h3><h3 class="vacancy-body-text">Ely</h3>{BLOCKS}
<a href="/SendToFriend/chMtXbYFIs0">Send</a><a href="/ApplyNow/4Pz_j0WqhtE">Apply Now</a>
</article>"""
FOOTER = "<footer><span>Powered by: Webrecruit</span></footer>"
FACTS = {
    "external_id": "4Pz_j0WqhtE",
    "url": HOST + "/JobDescription/4Pz_j0WqhtE",
    "title": "Gardener & Cook",
    "reference": "51756",
    "location": "Ely",
    "salary": "£48,822 - £58,225 per annum",
    "closes": "Friday, September 11, 2026",
    "category": "Parks",
    "pattern": "Full Time",
    "contract": "Permanent",
    "hours": "37",
    "description": "Mind the <b>roses</b>.<br>Daily.",
    "extra": {"DBS": "Enhanced"},
}


def page(body: str, url: str = HOST + "/Home") -> HtmlResponse:
    text = f"<html><body>{body}{FOOTER}</body></html>"
    return HtmlResponse(url, body=text.encode(), encoding="utf-8")


def listing(body: str) -> Listing:
    return WebrecruitSpider().read_listing(page(f'<div class="vacancy-list">{body}</div>'))


@pytest.mark.parametrize("body", ["<h1>Log in</h1>", "", "<article>News</article>"])
def test_what_is_no_list_is_no_listing(body: str) -> None:
    with pytest.raises(PageProblem) as raised:
        WebrecruitSpider().read_listing(page(body))
    assert raised.value.failure is Failure.LAYOUT_CHANGED


def test_a_card_without_its_id_fails_loudly() -> None:
    with pytest.raises(IndexError):
        listing(CARD.replace("/ApplyNow/4Pz_j0WqhtE", "/Apply"))
    with pytest.raises(ValueError, match="lacks its id or its title"):
        listing(CARD.replace("/ApplyNow/4Pz_j0WqhtE", "/ApplyNow/?"))


def test_an_empty_list_is_only_a_zero_when_it_says_so() -> None:
    assert listing("<p>There are currently no vacancies.</p>").says_empty
    silent = listing("<h1>Current Vacancies</h1>")
    assert (list(silent.rows), silent.says_empty) == ([], False)


def test_a_card_is_a_whole_advert() -> None:
    (row,) = listing(CARD).rows
    assert row.complete
    assert row.advert.as_dict() == {**FACTS, "apply_url": HOST + "/ApplyNow/4Pz_j0WqhtE"}


def test_an_adverts_own_page() -> None:
    body = f"<h1>Gardener &amp; Cook</h1>{BLOCKS}"
    url = HOST + "/JobDescription/4Pz_j0WqhtE"
    assert WebrecruitSpider().read_advert(page(body, url)).as_dict() == FACTS


def test_a_page_without_an_advert_is_gone_or_a_problem() -> None:
    url = HOST + "/JobDescription/4Pz_j0WqhtE"
    with pytest.raises(AdvertGone):
        WebrecruitSpider().read_advert(page("<p>This vacancy is no longer available.</p>", url))
    with pytest.raises(PageProblem):
        WebrecruitSpider().read_advert(page("<p>Welcome</p>", url))
    with pytest.raises(PageProblem):
        WebrecruitSpider().read_advert(page(BLOCKS, HOST + "/Home"))


def test_a_career_site_is_recognised_by_its_footer() -> None:
    found = detect(page(CARD, HOST + "/JobDescription/4Pz_j0WqhtE"))
    assert found is not None
    assert (found.platform, found.url) == ("webrecruit", HOST + "/Home")


@pytest.mark.parametrize(
    "text",
    [
        "<a href='https://ce9101li.webitrent.com/ce9101li_webrecruitment/wrd/run/x'>Jobs</a>",
        "<p>Our jobs site is powered by: Webrecruit</p>",
        CARD,
    ],
)
def test_other_pages_are_not(text: str) -> None:
    other = HtmlResponse("https://www.ely.gov.uk/", body=text.encode(), encoding="utf-8")
    assert detect(other) is None
