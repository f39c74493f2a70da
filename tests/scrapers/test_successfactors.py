"""SuccessFactors: search pages in two layouts, the feed of everything, and pages with microdata."""

from __future__ import annotations

from datetime import date

import pytest
from scrapy import Request
from scrapy.http import HtmlResponse

from lgjobs.demo.estate import Estate
from lgjobs.demo.sites import SITES
from lgjobs.demo.successfactors import SuccessFactorsSite
from scrapers.listing import Listing
from scrapers.problems import AdvertGone, Failure, PageProblem
from scrapers.spiders.successfactors import SuccessFactorsSpider, detect
from tests.scrapers.walking import HOST, answer, walk

SITE = "https://jobs.ely.example"
SEARCH_URL = SITE + "/search/?q=&sortColumn=referencedate"
ADVERT_URL = SITE + "/job/Ely-Clerk-CB7-4EE/1400000101/"
TABLE = """<html><body><span class="paginationLabel">Results <b>1 &#8211; 2</b> of <b>81</b></span>
<span class="srHelp">Page 1 of 41</span><table><thead><tr><th id="hdrTitle">Title</th>
<th id="hdrFacility">Salary</th><th id="hdrDate">Date</th></tr></thead><tbody>
<tr class="data-row"><td class="colTitle"><span class="jobTitle hidden-phone">
<a class="jobTitle-link" href="/job/Ely-Clerk-CB7-4EE/1400000101/?feedId=1&amp;utm_source=x">Clerk
 &amp; Typist</a></span><div class="visible-phone"><a class="jobTitle-link" href="/job/x/9/">No</a>
<span class="jobLocation visible-phone"><span class="jobLocation">Ely, GB, CB7 4EE
<small>+2 more&hellip;</small></span></span></div></td>
<td class="colFacility"><span class="jobFacility">£25,000</span></td>
<td class="colDate"><span class="jobDate">28 Aug 2026 </span></td></tr>
<tr class="data-row"><td><a class="jobTitle-link" href="/job/March-Cook/1400000102/">Cook</a></td>
</tr></tbody></table></body></html>"""
TILES = """<html><body><span id="tile-search-results-label">Showing 16 to 17 of 1,764 Jobs</span>
<ul id="job-tile-list" aria-rowcount="0"><li class="job-tile job-id-1500000201">
<a class="jobTitle-link" href="/Fens/job/Ely%2C-HQ-Clerk-0-0/1500000201/"> Clerk </a>
<div><span id="job-1500000201-desktop-section-dept-label" class="section-label "> Department</span>
<div id="job-1500000201-desktop-section-dept-value">Adults </div></div>
<div><span id="job-1500000201-desktop-section-shifttype-label" class="section-label">Contract type
</span><div><span id="job-1500000201-desktop-section-shifttype-value">Fixed</span></div></div>
<div><span id="job-1500000201-desktop-section-customfield1-label" class="section-label">State</span>
<div id="job-1500000201-desktop-section-customfield1-value">Cambs</div></div>
<span class="mobile"><a class="jobTitle-link" href="/Fens/job/x/9/">No</a></span></li>
<li class="job-tile"><a class="jobTitle-link" href="/Fens/job/Ely-Cook/1500000202/">Cook</a></li>
</ul></body></html>"""
ADVERT = """<html><body class="coreCSB job-page"><div itemscope
itemtype="http://schema.org/JobPosting"><span itemprop="jobLocation" itemscope
itemtype="http://schema.org/Place"><span itemprop="address" itemscope
itemtype="http://schema.org/PostalAddress"><meta itemprop="addressLocality" content="Ely"></span>
</span><meta itemprop="datePosted" content="Wed Sep 30 00:00:00 UTC 2026">
<meta itemprop="validThrough" content="Mon Nov 30 18:30:00 UTC 2026">
<meta itemprop="hiringOrganization" content="Ely Council"><a href="/search/">Search</a>
<h1><span itemprop="title" data-careersite-propertyid="title">Clerk &amp; Typist
</span></h1>
<div><span class="joblayouttoken-label">Date:
</span><span data-careersite-propertyid="date">30 Sept 2026</span></div>
<div><span class="joblayouttoken-label">Location: </span>
<span data-careersite-propertyid="location"><p id="job-location">
<span class="jobGeoLocation">Ely, GB</span> <span class="jobGeoLocation">March, GB</span></p></span>
</div><div><span class="joblayouttoken-label">Hours per week:</span>
<span data-careersite-propertyid="customfield2">37</span></div>
<div><span class="joblayouttoken-label">Vacancy type:</span>
<span data-careersite-propertyid="customfield3">External</span></div>
<div><span data-careersite-propertyid="customfield4">No label</span></div>
<span itemprop="description" data-careersite-propertyid="description"><span class="jobdescription">
<p>Mind the post.</p><p><strong>Salary:</strong> £25,000</p><p><strong>Location:</strong> HQ</p>
</span></span></div></body></html>"""
FEED = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0"><channel><title>Ely</title>
<item><title>Clerk (Duty) (Ely, Cambs)</title><description><![CDATA[<p>Mind the post.</p>]]>
</description><link>https://jobs.ely.example/job/Ely-Clerk/1400000101/?utm_source=rss</link>
<g:id>1400000101</g:id><g:location>Ely, Cambridgeshire, CB7 4EE</g:location>
<g:employer>Ely Council</g:employer><g:job_function>Administration</g:job_function>
<g:expiration_date>2026-06-17</g:expiration_date></item>
<item><title>Cook (Part time)</title><link>https://jobs.ely.example/job/Cook/1400000102/</link>
<g:location>March</g:location></item></channel></rss>"""


def page(text: str, url: str = SEARCH_URL) -> HtmlResponse:
    return HtmlResponse(url, body=text.encode(), encoding="utf-8")


def listing(text: str, url: str = SEARCH_URL) -> Listing:
    return SuccessFactorsSpider().read_listing(page(text, url))


def advert(text: str, url: str = ADVERT_URL) -> dict[str, object]:
    return SuccessFactorsSpider().read_advert(page(text, url)).as_dict()


def test_a_page_that_says_nothing_is_no_empty_listing() -> None:
    bare = listing("<html><body><h1>Welcome</h1></body></html>")
    assert (list(bare.rows), bare.says_empty, bare.advertised) == ([], False, None)
    unread = listing("<span class=paginationLabel>Results <b>1 - 25</b> of <b>40</b></span>")
    assert (unread.advertised, unread.says_empty) == (40, False)


def test_words_make_an_honest_zero() -> None:
    assert listing("<p>There are currently no open positions matching your search.</p>").says_empty


def test_a_site_that_lists_by_script_is_a_problem() -> None:
    shell = (
        "<div id=search-results-list></div><script src='/j2w.searchResultsUnify.min.js'></script>"
    )
    with pytest.raises(PageProblem, match="Unify"):
        listing(shell)


UNIFY = """<html><body><script src="/platform/js/searchResultsUnify/min/main.js"></script><ul>
<li data-testid="jobCard"><div><a href="/job/Clerk-&amp;amp;-Typist/599-en_GB" class="jobCardTitle
 JobsList_x" aria-label="Clerk &amp; Typist 3, job posting 12 of 21">Clerk &amp; Typist 3</a></div>
<div data-testid="jobCardLocation" class="JobsList_jobCardLocation__oMpM+">Ely, GBR, CB7 4EE </div>
<div data-testid="jobCardFooter"><div><span class="JobsList_jobCardFooterLabel__Hc"
 data-haslabel="true">Closing Date</span><span data-help-id="jobCardFooterValue_0"
 class="JobsList_jobCardFooterValue__Lc--j">8 September 2026</span></div>
<div><span class="JobsList_jobCardFooterLabel__Hc" data-haslabel="false"></span>
<span data-help-id="jobCardFooterValue_0" class="JobsList_jobCardFooterValue__Lc--j">37.00</span>
</div></div></li></ul><nav><button>Next</button></nav></body></html>"""


def test_cards_that_a_script_has_put_on_a_page_are_read_and_are_not_all() -> None:
    shown = listing(UNIFY, SITE + "/search/?pageNumber=1")
    (row,) = shown.rows
    assert row.advert.as_dict() == {
        "external_id": "599",
        "url": SITE + "/job/Clerk-&amp;-Typist/599-en_GB",
        "title": "Clerk & Typist 3",
        "location": "Ely, GBR, CB7 4EE",
        "closes": "8 September 2026",
    }
    assert (shown.advertised, list(shown.more)) == (21, [])


def test_a_feed_that_is_switched_off_or_breaks_off_is_a_problem() -> None:
    for text in (
        "<html><body>Page not found</body></html>",
        "",
        FEED[: FEED.index("<item><title>Coo")],
    ):
        with pytest.raises(PageProblem) as raised:
            listing(text, SITE + "/sitemal.xml")
        assert raised.value.failure in (Failure.LAYOUT_CHANGED, Failure.PARSE_ERROR)
    assert listing("<rss><channel><title>Jobs</title></channel></rss>").says_empty


def test_a_row_without_a_number_or_a_link_fails_loudly() -> None:
    with pytest.raises(ValueError, match="lacks its id"):
        listing(TABLE.replace("/job/March-Cook/1400000102/", "/job/March-Cook/"))
    with pytest.raises(LookupError):
        listing(TABLE.replace("jobTitle-link", "title"))


def test_rows_of_the_table() -> None:
    read = listing(TABLE)
    assert [row.advert.as_dict() for row in read.rows] == [
        {
            "external_id": "1400000101",
            "url": ADVERT_URL + "?feedId=1",
            "title": "Clerk & Typist",
            "salary": "£25,000",
            "location": "Ely, GB, CB7 4EE",
            "posted": "28 Aug 2026",
        },
        {
            "external_id": "1400000102",
            "url": SITE + "/job/March-Cook/1400000102/",
            "title": "Cook",
        },
    ]


def test_tiles_go_by_the_tenants_labels_before_the_propertys_name() -> None:
    first, second = (row.advert.as_dict() for row in listing(TILES, SITE + "/Fens/search/").rows)
    assert first == {
        "external_id": "1500000201",
        "url": SITE + "/Fens/job/Ely%2C-HQ-Clerk-0-0/1500000201/",
        "title": "Clerk",
        "department": "Adults",
        "contract": "Fixed",
        "extra": {"State": "Cambs"},
    }
    assert second["title"] == "Cook"


def test_a_column_without_a_heading_that_we_know_is_left_out() -> None:
    bare = TABLE.replace('id="hdrFacility"', "").replace('id="hdrDate"', "")
    first = listing(bare).rows[0].advert
    assert (first.salary, first.extra, first.posted) == (None, {}, "28 Aug 2026")


def test_pages_step_by_the_rows_that_came_up_to_the_total() -> None:
    read = listing(TABLE)
    assert (read.advertised, read.more) == (81, [SEARCH_URL + "&startrow=2"])
    tiles = listing(TILES, SITE + "/Fens/search/?q=&startrow=15")
    assert (tiles.advertised, tiles.more) == (1764, [SITE + "/Fens/search/?q=&startrow=17"])
    assert not listing(TABLE, SEARCH_URL + "&startrow=79").more
    assert not listing("<p>No results found</p>", SEARCH_URL + "&startrow=90").more


def test_items_of_the_feed() -> None:
    first, second = listing(FEED, SITE + "/sitemal.xml").rows
    assert first.advert.as_dict() == {
        "external_id": "1400000101",
        "url": SITE + "/job/Ely-Clerk/1400000101/",
        "title": "Clerk (Duty)",
        "employer": "Ely Council",
        "location": "Ely, Cambridgeshire, CB7 4EE",
        "category": "Administration",
        "description": "<p>Mind the post.</p>",
    }
    assert second.advert.title == "Cook (Part time)"
    assert not first.complete


def test_the_sitemap_will_do() -> None:
    loc = "<url><loc>https://jobs.ely.example{}</loc><lastmod>2026-02-01</lastmod></url>"
    urls = loc.format("/content/About/") + loc.format("/job/Ely-Clerk/1400000101/")
    read = listing(f"<?xml version='1.0'?><urlset>{urls}</urlset>", SITE + "/sitemap.xml")
    assert [(row.advert.external_id, row.words) for row in read.rows] == [
        ("1400000101", "2026-02-01")
    ]


def test_an_advert_that_is_over_leads_to_the_search_or_says_so() -> None:
    with pytest.raises(AdvertGone):
        advert(TABLE, SEARCH_URL)
    with pytest.raises(AdvertGone):
        advert("<html><body><p>Sorry, this position has been filled.</p></body></html>")


def test_another_page_is_not_taken_for_an_advert() -> None:
    for text in ("<html><body><h1>Welcome</h1></body></html>", TABLE, ""):
        with pytest.raises(PageProblem):
            advert(text, SITE + "/job/Ely-Head-of-search/1400000101/")


def test_an_adverts_own_page() -> None:
    read = advert(ADVERT)
    assert "Mind the post." in str(read.pop("description"))
    assert read == {
        "external_id": "1400000101",
        "url": ADVERT_URL,
        "title": "Clerk & Typist",
        "employer": "Ely Council",
        "salary": "£25,000",
        "location": "Ely, GB; March, GB",
        "hours": "37",
        "posted": "Wed Sep 30 00:00:00 UTC 2026",
        "closes": "Mon Nov 30 18:30:00 UTC 2026",
        "extra": {"Vacancy type": "External"},
    }


def test_a_closing_date_under_its_label_is_worth_more_than_the_postings_expiry() -> None:
    labelled = ADVERT.replace("Vacancy type:", "Closing date:").replace("External", "1 Nov 2026")
    assert advert(labelled)["closes"] == "1 Nov 2026"


@pytest.mark.parametrize("site", ["central-bedfordshire", "hampshire"])
def test_the_demo_site_is_walked_to_its_end(site: str) -> None:
    estate = Estate(date(2026, 3, 2), scale=4)
    server = SuccessFactorsSite(SITES[site], estate)
    for path in {server.start_path(), SITES[site].settings.get("prefix", "") + "/search/"}:
        pages = walk(SuccessFactorsSpider(), server, Request(HOST + path))
        ids = [row.advert.external_id for each in pages for row in each.rows]
        assert set(ids) == {each.id for each in estate.on(site)}
        assert len(ids) == len(set(ids))
        assert len(pages) > 1 or path == "/sitemal.xml"
        assert pages[0].advertised == (None if path == "/sitemal.xml" else len(ids))


def test_the_demo_site_refuses_what_the_real_one_refuses() -> None:
    estate = Estate(date(2026, 3, 2), day=2)
    site = SuccessFactorsSite(SITES["central-bedfordshire"], estate)
    assert answer(site, Request(HOST + "/sitemal.xml")).status == 404
    assert answer(site, Request(HOST + "/hampshire/search/")).status == 404
    gone = next(each for each in estate.gone if each.site == "central-bedfordshire")
    over = answer(site, Request(f"{HOST}/job/x/{gone.id}/"))
    assert over.status == 302
    assert "open positions" in answer(site, Request(HOST + "/search/?startrow=90")).text


@pytest.mark.parametrize(
    ("html", "url", "listed"),
    [
        ("<script src='/platform/js/j2w/min/a.js'></script>", SITE + "/", SITE + "/search/"),
        (
            "<link href='https://rmkcdn.successfactors.com/1/a.css'>",
            SITE + "/Fens/job/Ely-Clerk/1400000101/",
            SITE + "/Fens/search/",
        ),
        (
            "<a href='https://jobs.march.example/f/search/?sortColumn=referencedate&amp;q='>",
            SITE,
            "https://jobs.march.example/f/search/",
        ),
        (
            "<a href='https://fens.jobs2web.com/go/Care/8011/'>",
            "https://www.ely.example/",
            "https://fens.jobs2web.com/search/",
        ),
    ],
)
def test_it_is_recognised(html: str, url: str, listed: str) -> None:
    seen = detect(page(html, url))
    assert seen is not None
    assert (seen.platform, seen.url) == ("successfactors", listed)


@pytest.mark.parametrize(
    "href",
    [
        "https://www.sap.com/products/hcm/recruiting.html",
        "https://www.ely.example/search/?q=bins",
        "https://www.ely.example/job/clerk/1400000101/",
        "https://career2.successfactors.eu/career?company=ely",
    ],
)
def test_other_addresses_are_not_taken_for_it(href: str) -> None:
    assert detect(page(f"<a href='{href}'>Jobs</a>", "https://www.ely.example/")) is None
