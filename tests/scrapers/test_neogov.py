"""NEOGOV: a list in fragments of ten that count themselves, a JobPosting on each advert's page."""

from __future__ import annotations

import pytest
from scrapy import Request
from scrapy.http import HtmlResponse

from scrapers.listing import Listing
from scrapers.problems import AdvertGone, Failure, PageProblem
from scrapers.sources import Source
from scrapers.spiders.neogov import NeogovSpider, detect

HOST = "https://www.governmentjobs.com"
CAREERS = HOST + "/careers/elycounty"
INDEX = HOST + "/careers/home/index?agency=elycounty&sort=PostingDate&isDescendingSort=true&page="
ADVERT_URL = CAREERS + "/jobs/5298930/clerk"

CARD = """<li class="list-item" data-job-id="{id}"><h3 class="job-item-link-container">
<a class="item-details-link" href="/careers/elycounty/jobs/{id}/clerk?pagetype=x"> Clerk {id}</a>
</h3><ul class="list-meta"><li>Ely, NV</li>
<li>Permanent Full-Time <span>-</span> $95,000.00 - $130,000.00 Annually</li>
<li class="categories-list">Category: Administrative</li><li>Department: Parks</li></ul>
<div class="list-entry">Mind the files.</div>
<div class="list-published">Posted 3 days ago | Closes in 2 weeks</div></li>"""
TABLE = (
    '<table><tr><th class="job-table-title" data-job-id="1"><a href="#">Clerk</a></th></tr></table>'
)
SHELL = '<html><title>Job Opportunities</title><div data-bind="foreach: jobs"></div></html>'
NONE = '<div class="jobs-not-found-container"><h2>No jobs at this time.</h2></div>'


def fragment(ids: list[int], total: int) -> str:
    cards = "".join(CARD.format(id=each) for each in ids)
    return f'<span id="job-postings-number">{total:,}</span> jobs<ul>{cards}</ul>{TABLE}'


def read(text: str, url: str = INDEX + "1") -> Listing | Request:
    return NeogovSpider().read_listing(HtmlResponse(url, body=text.encode(), encoding="utf-8"))


def listing(text: str, url: str = INDEX + "1") -> Listing:
    found = read(text, url)
    assert isinstance(found, Listing)
    return found


def test_the_shell_in_place_of_the_list_is_no_empty_list() -> None:
    with pytest.raises(PageProblem) as raised:
        read(SHELL)
    assert raised.value.failure is Failure.LAYOUT_CHANGED
    with pytest.raises(PageProblem):
        read("<html>Error</html>", HOST + "/Error/NotFound")


def test_a_card_without_its_link_fails_loudly() -> None:
    with pytest.raises(IndexError):
        read(fragment([1], 1).replace("item-details-link", "other"))


def test_the_list_is_asked_for_as_the_page_itself_does() -> None:
    spider = NeogovSpider(source=Source(id="s", platform="neogov", url=CAREERS))
    for asked in (spider.listing_request(), read(SHELL, CAREERS)):
        assert isinstance(asked, Request)
        assert asked.url == INDEX + "1"
        assert asked.headers["X-Requested-With"] == b"XMLHttpRequest"


def test_pages_go_on_until_the_total_is_reached() -> None:
    first = listing(fragment(list(range(10)), 1012))
    (onward,) = first.more
    assert isinstance(onward, Request)
    assert (onward.url, first.advertised) == (INDEX + "2", 1012)
    assert onward.headers["X-Requested-With"] == b"XMLHttpRequest"
    assert listing(fragment([1, 2], 12), INDEX + "2").more == []
    assert listing(fragment([], 12), INDEX + "3").more == []


def test_only_a_stated_nothing_is_an_honest_zero() -> None:
    assert listing(NONE).says_empty
    assert listing(fragment([], 0)).advertised == 0
    missing = listing(fragment([], 5))
    assert (missing.advertised, missing.says_empty) == (5, False)


def test_a_row_holds_what_its_card_says() -> None:
    (row,) = listing(fragment([5298930], 1)).rows
    assert row.advert.as_dict() == {
        "external_id": "5298930",
        "url": ADVERT_URL,
        "title": "Clerk 5298930",
        "location": "Ely, NV",
        "contract": "Permanent Full-Time",
        "salary": "$95,000.00 - $130,000.00 Annually",
        "category": "Administrative",
        "department": "Parks",
    }
    assert row.words == ""


ADVERT = """<script type="application/ld+json">{"@type": "JobPosting", "title": "Clerk",
"description": "&lt;p&gt;Files
and soup&lt;/p&gt;", "datePosted": "2026-08-17", "hiringOrganization": {"name": "Ely County"},
"baseSalary": {"currency": "USD", "value": {"minValue": 0, "maxValue": 0, "unitText": "YEAR"}}}
</script><h1 class="entity-title">Clerk</h1><dl><dt>Salary</dt><dd>$45,000.00 Annually</dd>
<dt>Job Number</dt><dd>2026-01057</dd><dt>Opening Date</dt><dd>08/09/2026</dd>
<dt>Closing Date</dt><dd>9/5/2026 5:00 PM Pacific</dd></dl>"""


def advert(text: str, url: str = ADVERT_URL) -> dict[str, object]:
    response = HtmlResponse(url, body=text.encode(), encoding="utf-8")
    return NeogovSpider().read_advert(response).as_dict()


def test_an_adverts_own_page_gives_no_date_that_would_be_misread() -> None:
    read_back = advert(ADVERT)
    assert (read_back["external_id"], read_back["title"]) == ("5298930", "Clerk")
    assert (read_back["salary"], read_back["reference"]) == ("$45,000.00 Annually", "2026-01057")
    assert (read_back["posted"], read_back["employer"]) == ("2026-08-17", "Ely County")
    assert "closes" not in read_back
    assert read_back["extra"] == {
        "Opening Date": "08/09/2026",
        "Closing Date": "9/5/2026 5:00 PM Pacific",
    }
    assert "soup</p>" in str(read_back["description"])
    assert (
        advert(ADVERT.replace("9/5/2026 5:00 PM Pacific", "Continuous"))["closes"] == "Continuous"
    )


def test_pay_of_nought_is_no_pay() -> None:
    assert "salary" not in advert(ADVERT[: ADVERT.index("<dl>")])


def test_a_page_without_an_advert_is_gone_or_a_problem() -> None:
    with pytest.raises(AdvertGone):
        advert("<p>This job is no longer available.</p>")
    with pytest.raises(PageProblem):
        advert(SHELL)


@pytest.mark.parametrize(
    ("address", "listed"),
    [
        (HOST + "/careers/ElyCounty/parks/jobs/529/clerk", CAREERS),
        ("https://schooljobs.com/careers/ely?page=2", "https://schooljobs.com/careers/ely"),
    ],
)
def test_pages_that_lead_to_neogov_are_recognised(address: str, listed: str) -> None:
    text = f"<a href='{address}'>Jobs</a>"
    found = detect(HtmlResponse("https://www.ely.gov/", body=text.encode(), encoding="utf-8"))
    assert found is not None
    assert (found.platform, found.url) == ("neogov", listed)


@pytest.mark.parametrize(
    "address",
    [INDEX + "1", HOST + "/jobs?location=Nevada", "https://www.ely.gov/careers/elycounty"],
)
def test_other_pages_are_not(address: str) -> None:
    text = f"<a href='{address}'>Jobs</a>"
    page = HtmlResponse("https://www.ely.gov/", body=text.encode(), encoding="utf-8")
    assert detect(page) is None
