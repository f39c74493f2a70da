"""Career sites with JobPosting: listing pages, sitemaps and feeds; then the adverts' own pages."""

from __future__ import annotations

import gzip
import json

import pytest
from scrapy.http import HtmlResponse, Response, TextResponse, XmlResponse

from scrapers.feeds import unpacked
from scrapers.items import RawAdvert
from scrapers.listing import Listing
from scrapers.problems import AdvertGone, Failure, PageProblem, RegisterError
from scrapers.sources import Source
from scrapers.spiders.jobposting import JobPostingSpider

HOST = "https://jobs.example.gov.uk"
SITEMAP = f"""<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<url><loc>{HOST}/</loc></url><url><loc>{HOST}/jobs/search</loc></url>
<url><loc> {HOST}/jobs/12345-clerk?utm_source=map </loc><lastmod>2026-07-01</lastmod>
<expires>2026-08-01T12:00:00+01:00</expires></url>
<url><loc>{HOST}/jobs/12345-clerk</loc></url>
<url><loc>{HOST}/jobs/12346-cook</loc></url></urlset>"""
INDEX = """<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<sitemap><loc>{0}/sitemap-posts.xml</loc></sitemap>{1}</sitemapindex>"""
RSS = """<rss version="2.0" xmlns:a10="http://www.w3.org/2005/Atom"><channel><title>Jobs</title>
<item><title>Town Clerk</title><link>https://jobs.example.gov.uk/j?id=7&amp;utm_source=rss</link>
<guid>7</guid><pubDate>Thu, 18 Jun 2026 20:25:00 Z</pubDate>
<description>&lt;p&gt;Salary: £25,000&lt;br&gt;Closing date: 3 May&lt;/p&gt;</description>
<a10:updated>2026-06-19</a10:updated></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Jobs</title><entry><title>Cook</title>
<link rel="edit" href="/edit/8"/><link rel="alternate" href="/jobs/8"/>
<updated>2026-06-19</updated><published>2026-06-18</published>
<content type="html">&lt;p&gt;Stir.&lt;/p&gt;</content></entry></feed>"""


def spider(**options: str) -> JobPostingSpider:
    source = Source(id="x", platform="jobposting", url=HOST + "/jobs", options=options)
    return JobPostingSpider(source=source)


def listing(text: str, url: str = HOST + "/jobs", **options: str) -> Listing:
    response = TextResponse(url, body=text.encode(), encoding="utf-8")
    read = (spider(**options) if options else JobPostingSpider()).read_listing(response)
    assert isinstance(read, Listing)
    return read


def advert(body: str, url: str = HOST + "/jobs/12345-clerk", head: str = "") -> RawAdvert:
    html = f"<html><head>{head}</head><body>{body}</body></html>"
    response = HtmlResponse(url, body=html.encode(), encoding="utf-8")
    return JobPostingSpider().read_advert(response)


def ld(**posting: object) -> str:
    data = json.dumps({"@context": "https://schema.org", "@type": "JobPosting", **posting})
    return f'<script type="application/ld+json">{data}</script>'


# Listings


def test_a_page_without_adverts_is_no_honest_zero_unless_it_says_so() -> None:
    assert not listing("<html><body><h1>Jobs</h1><p>Loading…</p></body></html>").says_empty
    said = listing("<html><body><h1>Jobs</h1><p>There are no vacancies.</p></body></html>")
    assert said.says_empty
    assert not said.rows


def test_a_page_with_adverts_is_not_empty_whatever_it_says() -> None:
    read = listing('<html><p>No jobs found near you</p><a href="/jobs/12345-clerk">Clerk</a>')
    assert not read.says_empty
    assert len(read.rows) == 1


def test_a_listing_page() -> None:
    read = listing(
        """<html><body><h1>Jobs</h1><p>Showing 1 to 2 of 1,043 jobs</p><ul>
        <li><h3><a href="/jobs/12345-clerk">Clerk</a></h3><p>Posted 3 days ago</p>
        <dl><dt>Salary</dt><dd>£25,000</dd><dt>Dyddiad cau</dt><dd>3 Mai</dd></dl></li>
        <li><h3><a href="/jobs/12346-cook">Cook</a></h3></li></ul>
        <a href="/jobs?page=2">Next</a></body></html>"""
    )
    assert read.advertised == 1043
    assert list(read.more) == [HOST + "/jobs?page=2"]
    assert [row.advert.as_dict() for row in read.rows] == [
        {
            "external_id": "/jobs/12345-clerk",
            "url": HOST + "/jobs/12345-clerk",
            "title": "Clerk",
            "salary": "£25,000",
            "closes": "3 Mai",
        },
        {
            "external_id": "/jobs/12346-cook",
            "url": HOST + "/jobs/12346-cook",
            "title": "Cook",
        },
    ]


def test_words_that_change_by_themselves_do_not_change_a_row() -> None:
    row = '<html><li><a href="/jobs/12345-clerk">Clerk</a> {} {}</li>'
    prints = [
        listing(row.format(*words)).rows[0].fingerprint()
        for words in (("3 days ago", "Ely"), ("4 days ago", "Ely"), ("4 days ago", "March"))
    ]
    assert prints[0] == prints[1] != prints[2]


def test_a_listing_that_holds_whole_postings_needs_no_other_page() -> None:
    read = listing(
        "<html><body>"
        + ld(title="Clerk", url=HOST + "/p/7", description="<p>Write.</p>")
        + ld(title="Cook", url="/p/8")
        + ld(title="Nameless")
        + "</body></html>"
    )
    assert [(row.advert.external_id, row.complete) for row in read.rows] == [
        ("/p/7", True),
        ("/p/8", False),
    ]


def test_an_option_says_which_addresses_are_adverts() -> None:
    html = '<html><a href="/p/7">Clerk</a><a href="/jobs/12345-clerk">Not this</a>'
    assert [row.advert.title for row in listing(html, job_pattern=r"/p/\d").rows] == ["Clerk"]
    rows = listing(SITEMAP, HOST + "/sitemap.xml", job_pattern="cook").rows
    assert [row.advert.external_id for row in rows] == ["/jobs/12346-cook"]


def test_a_pattern_that_is_no_pattern_is_a_fault_of_the_register() -> None:
    with pytest.raises(RegisterError, match="source x"):
        spider(job_pattern="/jobs/(")


def test_a_sitemap() -> None:
    rows = listing(SITEMAP, HOST + "/sitemap.xml").rows
    assert [row.advert.as_dict() for row in rows] == [
        {
            "external_id": "/jobs/12345-clerk",
            "url": HOST + "/jobs/12345-clerk",
            "closes": "2026-08-01T12:00:00+01:00",
        },
        {"external_id": "/jobs/12346-cook", "url": HOST + "/jobs/12346-cook"},
    ]
    edited = listing(SITEMAP.replace("2026-07-01", "2026-07-02"), HOST + "/sitemap.xml").rows
    assert [a.fingerprint() == b.fingerprint() for a, b in zip(rows, edited, strict=True)] == [
        False,
        True,
    ]


def test_a_sitemap_without_adverts_proves_nothing() -> None:
    read = listing("<urlset></urlset>", HOST + "/sitemap.xml")
    assert not read.says_empty
    assert not read.rows


def test_a_sitemap_index_leads_to_the_maps_of_jobs_else_to_all() -> None:
    jobs = f"<sitemap><loc>{HOST}/sitemap-jobs.xml.gz</loc></sitemap>"
    assert list(listing(INDEX.format(HOST, jobs)).more) == [HOST + "/sitemap-jobs.xml.gz"]
    other = INDEX.format("https://www.example.gov.uk", "")
    assert list(listing(other).more) == ["https://www.example.gov.uk/sitemap-posts.xml"]


@pytest.mark.parametrize("whole", [SITEMAP, RSS, ATOM, INDEX.format(HOST, "")])
def test_a_document_that_breaks_off_is_not_taken_for_the_whole(whole: str) -> None:
    with pytest.raises(PageProblem) as raised:
        listing(whole[: whole.rindex("</")])
    assert raised.value.failure is Failure.PARSE_ERROR


def test_an_rss_feed() -> None:
    [row] = listing(RSS).rows
    assert row.advert.as_dict() == {
        "external_id": "/j?id=7",
        "url": HOST + "/j?id=7",
        "title": "Town Clerk",
        "salary": "£25,000",
        "closes": "3 May",
        "posted": "Thu, 18 Jun 2026 20:25:00 Z",
        "summary": "Salary: £25,000 Closing date: 3 May",
    }


def test_an_atom_feed() -> None:
    [row] = listing(ATOM).rows
    assert (row.advert.url, row.advert.posted, row.advert.summary) == (
        HOST + "/jobs/8",
        "2026-06-18",
        "Stir.",
    )


def test_an_empty_feed_is_an_honest_zero() -> None:
    assert listing("<rss><channel><title>Jobs</title></channel></rss>").says_empty
    with pytest.raises(ValueError, match="no link"):
        listing("<rss><channel><item><title>Clerk</title></item></channel></rss>")


def test_a_gzipped_sitemap_is_read_like_a_plain_one() -> None:
    url = HOST + "/sitemap-jobs.xml.gz"
    packed = gzip.compress(SITEMAP.encode())
    for response in (Response(url, body=packed), XmlResponse(url, body=packed)):
        page = spider()._checked(response)
        read = spider().read_listing(page)
        assert isinstance(read, Listing)
        assert len(read.rows) == 2


def test_a_broken_or_cut_gzip_file_is_a_problem() -> None:
    urls = "".join(f"<url><loc>{HOST}/jobs/{7 * n}-x</loc></url>" for n in range(9000))
    packed = gzip.compress(f"<urlset>{urls}</urlset>".encode())
    for body in (b"\x1f\x8bnonsense", packed[:12]):
        with pytest.raises(PageProblem):
            unpacked(Response(HOST, body=body))
    cut = unpacked(Response(HOST, body=packed[:-40]))
    with pytest.raises(PageProblem):
        listing(cut.text if isinstance(cut, TextResponse) else "")


# Adverts


def test_a_posting_is_filled_from_the_pages_labels() -> None:
    read = advert(
        ld(title="Clerk", description="<p>Write.</p>", baseSalary={"value": 0})
        + "<h1>Clerk</h1><p><b>Salary:</b> £25,000</p><p><b>Closing date:</b> 3 May</p>"
        '<div class="related"><b>Location:</b> Mars</div>'
    )
    assert read.as_dict() == {
        "external_id": "/jobs/12345-clerk",
        "url": HOST + "/jobs/12345-clerk",
        "title": "Clerk",
        "salary": "£25,000",
        "closes": "3 May",
        "description": "<p>Write.</p>",
    }


def test_a_page_without_a_posting_is_read_by_its_labels() -> None:
    read = advert(
        "<main><h1>Clerk</h1><dl><dt>Cyflog</dt><dd>£25,000</dd></dl><p>Write.</p></main>"
        + ld(title="Cook", url="/jobs/9")
    )
    assert (read.title, read.salary) == ("Clerk", "£25,000")
    assert "Write." in (read.description or "")


def test_microdata_serves_where_there_is_no_json() -> None:
    read = advert(
        '<div itemscope itemtype="http://schema.org/JobPosting"><h1 itemprop="title">Clerk</h1>'
        '<i itemprop="workHours">37</i></div>'
    )
    assert (read.title, read.hours) == ("Clerk", "37")


def test_a_listing_to_which_a_closed_advert_leads_is_not_read_as_an_advert() -> None:
    rows = "".join(
        f'<li><a href="/jobs/7{n}00-cook">Cook</a><p>Salary: £2{n},000</p></li>' for n in range(4)
    )
    with pytest.raises(PageProblem, match="a list of adverts"):
        advert(f"<h1>Current vacancies</h1><ul>{rows}</ul>", HOST + "/vacancies")


def test_a_page_that_is_no_advert_is_gone_or_a_problem() -> None:
    with pytest.raises(AdvertGone):
        advert("<h1>Sorry</h1><p>This vacancy has expired.</p>")
    with pytest.raises(PageProblem) as raised:
        advert("<h1>Working for us</h1><p>We are nice.</p>")
    assert raised.value.failure is Failure.LAYOUT_CHANGED
    with pytest.raises(PageProblem):
        advert("")


def test_the_shell_of_a_platform_of_its_own_proves_no_empty_listing() -> None:
    """Jobtrain's page says "0 jobs" until its script has filled it."""
    shell = (
        '<div id="searchResults"><p>There are 0 jobs matching your search.</p></div>'
        '<input type="hidden" id="requestUrl" data-request-url="/acme/Home/_JobCard">'
        "<a href='https://jobseekersupport.jobtrain.co.uk/'>Help</a>"
    )
    body = f"<html><body><h1>Jobs</h1>{shell}</body></html>"
    url = "https://www.jobtrain.co.uk/acme/Home/Job"
    read = JobPostingSpider().read_listing(HtmlResponse(url, body=body, encoding="utf-8"))
    assert isinstance(read, Listing)
    assert not read.says_empty
    words = b"<p>There are 0 jobs matching your search.</p>"
    own = JobPostingSpider().read_listing(HtmlResponse("https://www.acme.gov.uk/jobs", body=words))
    assert isinstance(own, Listing)
    assert own.says_empty
