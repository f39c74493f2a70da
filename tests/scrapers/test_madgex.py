"""Madgex boards (WMJobs): lists of cards, a feed of the newest, labelled advert pages."""

from __future__ import annotations

from datetime import date

import pytest
from scrapy.http import HtmlResponse, TextResponse

from lgjobs.demo.estate import Estate
from lgjobs.demo.madgex import MadgexSite
from lgjobs.demo.sites import SITES
from lgjobs.demo.web import Request
from scrapers.listing import Listing
from scrapers.problems import AdvertGone, Failure, PageProblem
from scrapers.spiders.madgex import MadgexSpider, detect

HOST = "https://www.wmjobs.co.uk"
NEXT = (
    '<ul class="paginator__items"><li><a href="/jobs/?page=2" title="Next page">Next</a></li></ul>'
)
NO_NEXT = '<ul class="paginator__items"><li><a href="/jobs/">1</a></li></ul>'
AD = '<li class="lister__item ad"><div class="ad__notice">Sponsored</div></li>'
LABELS = """<h1>Clerk &amp; Porter</h1><dl>
<dt class="mds-list__key">Employer</dt><dd class="mds-list__value"><a href="/e">Ely Council</a></dd>
<dt class="mds-list__key">Closing date:</dt><dd class="mds-list__value">14 Oct 2026</dd>
<dt class="mds-list__key">Sector</dt><dd class="mds-list__value">Libraries</dd>
<dt class="mds-list__key">Hours</dt><dd class="mds-list__value">Part time</dd></dl>"""
PANEL = '<div class="mds-tabs__panel__content"><p>Mind the post.</p></div>'
POSTING = """<script type="application/ld+json">{"@context": "https://schema.org",
"@type": "JobPosting", "title": "Clerk & Porter", "validThrough": "2026-10-14T23:59:00",
"datePosted": "2026-09-30", "description": "<p>From the data.</p>"}</script>"""
ITEM = """<item><title>Ely Council: Clerk: Porter</title>
<link>https://www.wmjobs.co.uk/job/391/clerk/?TrackID=8</link>
<description>Grade 4 £25,185:
Ely Council:
Mind the post and...
Ely</description><pubDate>Tue, 28 Jul 2026 00:00:00 GMT</pubDate></item>"""


def card(number: int = 391) -> str:
    return (
        f'<li class="lister__item cf" id="item-{number}"><div><h3 class="lister__header">'
        f'<a href="\r\n /job/{number}/clerk-and-porter/?TrackID=3 \n">'
        "<span>Clerk &amp; Porter</span></a></h3>"
        '<ul><li class="lister__meta-item lister__meta-item--location">Ely</li>'
        '<li class="lister__meta-item lister__meta-item--salary">£25,185</li>'
        '<li class="lister__meta-item lister__meta-item--recruiter">Ely Council</li></ul></div>'
        '<span class="text-error">1 day left</span></li>'
    )


def listing(body: str, path: str = "/jobs/") -> Listing:
    text = f"<!doctype html><html><body>{body}</body></html>"
    return MadgexSpider().read_listing(HtmlResponse(HOST + path, body=text, encoding="utf-8"))


def feed(*items: str) -> tuple[MadgexSpider, Listing]:
    spider = MadgexSpider()
    text = f"<rss version='2.0'><channel>{''.join(items)}</channel></rss>"
    response = TextResponse(HOST + "/jobsrss/", body=text, encoding="utf-8")
    return spider, spider.read_listing(response)


def advert(body: str, path: str = "/job/391/clerk-and-porter/?TrackID=3") -> dict[str, object]:
    text = f"<html><head><title>x</title></head><body>{body}</body></html>"
    response = HtmlResponse(HOST + path, body=text, encoding="utf-8")
    return MadgexSpider().read_advert(response).as_dict()


@pytest.mark.parametrize("body", ["", "<h1>Log on</h1>", AD, "<h1>Found 12 jobs</h1>"])
def test_a_list_without_jobs_is_a_problem(body: str) -> None:
    with pytest.raises(PageProblem) as raised:
        listing(body)
    assert raised.value.failure is Failure.LAYOUT_CHANGED


def test_only_words_make_an_honest_zero() -> None:
    assert listing("<p>There are currently no jobs available.</p>").says_empty


def test_a_full_page_without_a_pager_is_not_the_end() -> None:
    full = "".join(card(number) for number in range(400, 420))
    with pytest.raises(PageProblem, match="without a pager"):
        listing(full)
    assert listing(full + NO_NEXT).more == []
    assert listing(full + NEXT).more == ["/jobs/?page=2"]
    assert listing(card()).more == []


def test_a_card_and_what_is_none() -> None:
    read = listing(f"<h1>Found 1,093 jobs</h1>{AD}{card()}")
    assert read.advertised == 1093
    assert [row.advert.as_dict() for row in read.rows] == [
        {
            "external_id": "391",
            "url": HOST + "/job/391/clerk-and-porter/",
            "title": "Clerk & Porter",
            "employer": "Ely Council",
            "salary": "£25,185",
            "location": "Ely",
        }
    ]


def test_the_countdown_is_no_change() -> None:
    today, tomorrow = card(), card().replace("1 day left", "Expiring today")
    assert today != tomorrow
    prints = [listing(each).rows[0].fingerprint() for each in (today, tomorrow)]
    assert prints[0] == prints[1]


def test_the_feed_is_read_but_never_taken_for_the_whole() -> None:
    spider, read = feed(ITEM)
    assert spider.proof.cap_hit
    assert read.rows[0].advert.as_dict() == {
        "external_id": "391",
        "url": HOST + "/job/391/clerk/",
        "title": "Clerk: Porter",
        "employer": "Ely Council",
        "salary": "Grade 4 £25,185",
        "location": "Ely",
        "posted": "Tue, 28 Jul 2026 00:00:00 GMT",
        "summary": "Mind the post and...",
    }
    assert feed()[1].says_empty is False


@pytest.mark.parametrize(
    ("lines", "salary", "location"),
    [
        ("Ely Council:\nMind the post and…", None, None),
        ("£1 an hour:\nEly Council:\nMind the post.\nSend a letter today.", "£1 an hour", None),
        ("Ely Council:\nMind the post...\nEly, Cambridgeshire", None, "Ely, Cambridgeshire"),
        ("£1 an hour: Ely Council: Mind the post.", "£1 an hour", None),
        ("£1 an hour:&lt;br&gt;Ely Council:&lt;br&gt;Post...&lt;br/&gt;Ely", "£1 an hour", "Ely"),
        ("", None, None),
    ],
)
def test_a_line_of_the_feed_is_read_only_where_it_is_sure(
    lines: str, salary: str | None, location: str | None
) -> None:
    text = ITEM.replace("Grade 4 £25,185:\nEly Council:\nMind the post and...\nEly", lines)
    read = feed(text)[1].rows[0].advert
    assert (read.salary, read.location) == (salary, location)


def test_a_feed_that_breaks_off_and_an_item_without_its_number() -> None:
    response = TextResponse(HOST + "/jobsrss/", body=f"<rss><channel>{ITEM}".encode())
    with pytest.raises(PageProblem):
        MadgexSpider().read_listing(response)
    with pytest.raises(ValueError, match="lacks its id"):
        feed(ITEM.replace("/job/391/clerk/", "/jobs/"))


def test_an_adverts_page_by_its_labels() -> None:
    assert advert(LABELS + PANEL) == {
        "external_id": "391",
        "url": HOST + "/job/391/clerk-and-porter/",
        "title": "Clerk & Porter",
        "employer": "Ely Council",
        "closes": "14 Oct 2026",
        "category": "Libraries",
        "pattern": "Part time",
        "description": "<p>Mind the post.</p>",
    }


def test_a_posting_fills_what_the_page_leaves_out() -> None:
    read = advert(LABELS + POSTING)
    assert (read["closes"], read["posted"]) == ("14 Oct 2026", "2026-09-30")
    assert read["description"] == "<p>From the data.</p>"
    assert advert("<h1>Clerk &amp; Porter</h1>" + POSTING)["closes"] == "2026-10-14T23:59:00"


def test_gone_and_unreadable() -> None:
    with pytest.raises(AdvertGone):
        advert("<h1>Sorry</h1><p>This job is no longer available.</p>")
    with pytest.raises(PageProblem):
        advert("<h1>Log on</h1>")
    with pytest.raises(PageProblem):
        advert(LABELS, "/jobs/")


@pytest.mark.parametrize(
    ("url", "body", "found"),
    [
        (HOST + "/jobs/?page=2", card(), HOST + "/jobs/"),
        ("https://jobs.example.org/searchjobs/", card(), "https://jobs.example.org/searchjobs/"),
        (
            "https://www.solihull.gov.uk/jobs",
            f'<a href="{HOST}/">Board</a><a href="{HOST}/employer/1303/solihull-mbc/2">Ours</a>',
            HOST + "/employer/1303/solihull-mbc/",
        ),
        ("https://www.walsall.gov.uk/", f'<a href="{HOST}/">WMJobs</a>', HOST + "/jobs/"),
        ("https://www.walsall.gov.uk/", '<li class="lister__item"><a href="/x">x</a></li>', None),
        ("https://www.walsall.gov.uk/", '<a href="https://solihull.wm-jobs.co.uk/">x</a>', None),
    ],
)
def test_detection(url: str, body: str, found: str | None) -> None:
    seen = detect(HtmlResponse(url, body=body, encoding="utf-8"))
    assert (seen.url if seen else None) == found


def test_the_demo_board_answers_as_the_board_does() -> None:
    estate = Estate(date(2026, 3, 2), scale=8)
    site = MadgexSite(SITES["wmjobs"], estate)

    def get(target: str) -> HtmlResponse:
        target = target.removeprefix("http://jobs.example")
        reply = site.respond(Request("GET", target, {"host": "jobs.example"}))
        return HtmlResponse(f"http://jobs.example{target}", body=reply.body, status=reply.status)

    spider = MadgexSpider()
    seen: set[str] = set()
    target = "/jobs/?sort=Date"
    while target:
        read = spider.read_listing(get(target))
        seen |= {row.advert.external_id for row in read.rows}
        target = str(read.more[0]) if read.more else ""
    assert len(seen) == read.advertised == len(estate.on("wmjobs")) > 40
    assert get("/jobs/?keywords=astronaut").status == 404
    assert get("/jobsrss/?keywords=astronaut").status == 404
    newest = spider.read_listing(get("/jobsrss/"))
    assert len(newest.rows) == 20
    assert newest.rows[0].advert.employer
    assert spider.read_advert(get("/job/391107/")).title == "Information Rights Officer"
    theirs = spider.read_listing(get("/employer/1303/solihull-metropolitan-borough-council/"))
    assert {row.advert.employer for row in theirs.rows} == {"Solihull Metropolitan Borough Council"}
