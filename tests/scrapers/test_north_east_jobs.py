"""North East Jobs: one feed with everything in it, and a labelled page for each advert."""

from __future__ import annotations

from pathlib import Path

import pytest
from scrapy.http import HtmlResponse, TextResponse, XmlResponse

from scrapers.listing import Listing
from scrapers.problems import AdvertGone, Failure, PageProblem
from scrapers.spiders.north_east_jobs import NorthEastJobsSpider

PAGES = Path(__file__).parent / "pages"
HOST = "https://www.northeastjobs.org.uk"
FEED_URL = HOST + "/RSSJobs.aspx?orgid=62"
FEED = (PAGES / "north_east_jobs.rss").read_text(encoding="utf-8")
ADVERT = (PAGES / "north_east_jobs_advert.html").read_text(encoding="utf-8")
ADVERT_URL = HOST + "/job/Clerk_Cook_HR_School_/300058"


def feed(text: str, url: str = FEED_URL) -> Listing:
    response = XmlResponse(url, body=text.encode(), encoding="utf-8")
    read = NorthEastJobsSpider().read_listing(response)
    assert isinstance(read, Listing)
    return read


def advert(text: str, url: str = ADVERT_URL) -> dict[str, object]:
    response = HtmlResponse(url, body=text.encode(), encoding="utf-8")
    return NorthEastJobsSpider().read_advert(response).as_dict()


@pytest.mark.parametrize(
    ("text", "failure"),
    [
        ("<!doctype html><html><body>We are busy</body></html>", Failure.LAYOUT_CHANGED),
        ("", Failure.LAYOUT_CHANGED),
        ('<?xml version="1.0"?><urlset></urlset>', Failure.LAYOUT_CHANGED),
        (FEED[: FEED.index("<item><title>Gardener")], Failure.PARSE_ERROR),
        (FEED.replace("</rss>", ""), Failure.PARSE_ERROR),
    ],
)
def test_what_is_no_whole_feed_is_no_listing(text: str, failure: Failure) -> None:
    response = TextResponse(FEED_URL, body=text.encode(), encoding="utf-8")
    with pytest.raises(PageProblem) as raised:
        NorthEastJobsSpider().read_listing(response)
    assert raised.value.failure is failure


@pytest.mark.parametrize(
    ("old", "new"),
    [("jid=300058", "jid="), ("<title>Gardener</title>", "<title> </title>")],
)
def test_an_item_without_id_or_title_fails_loudly(old: str, new: str) -> None:
    with pytest.raises(ValueError, match="lacks its id or its title"):
        feed(FEED.replace(old, new))


def test_an_empty_channel_is_an_honest_zero() -> None:
    read = feed("<rss><channel><title>Jobs</title></channel></rss>")
    assert read.says_empty
    assert not read.rows
    assert not feed(FEED).says_empty


def test_rows_of_both_spellings_have_the_public_address() -> None:
    rows = feed(FEED).rows
    assert [row.advert.external_id for row in rows] == ["300058", "256120", "256121"]
    assert [row.advert.url for row in rows] == [
        HOST + "/job/Clerk_Cook_HR_School/300058",
        HOST + "/job/Gardener/256120",
        HOST + "/job/Gardener/256121",
    ]


def test_addresses_stay_on_the_host_of_the_feed() -> None:
    rows = feed(FEED, "http://127.0.0.1:8000/RSSJobs.aspx?orgid=62").rows
    assert rows[1].advert.url == "http://127.0.0.1:8000/job/Gardener/256120"


def test_a_row_holds_what_the_feed_says() -> None:
    first = feed(FEED).rows[0].advert.as_dict()
    assert {name: first[name] for name in first if name not in ("url", "external_id")} == {
        "title": "Clerk & Cook (HR - School)",
        "salary": "Grade 4 (SCP 12 - 17) £28,598 - £31,022 pro rata",
        "contract": "Permanent",
        "pattern": "Full time - term time",
        "posted": "Tue, 28 Jul 2026 00:00:00 GMT",
        "closes": "17/08/2026 12:00",
        "summary": "A busy office | a calm kitchen. Two days: Monday and Friday.",
    }


def test_an_empty_pair_is_none_and_a_teaser_is_no_pair() -> None:
    _, second, third = (row.advert for row in feed(FEED).rows)
    assert (second.pattern, second.salary, second.summary) == (None, "£13.26", None)
    assert (third.contract, third.summary) == (None, "Only a teaser: no facts at all.")
    assert third.extra == {}


def test_an_adverts_own_page() -> None:
    assert advert(ADVERT) == {
        "external_id": "300058",
        "url": HOST + "/job/Clerk_Cook_HR_School/300058",
        "title": "Clerk & Cook (HR - School)",
        "employer": "St Bede's - Wear Learning Trust",
        "reference": "300058",
        "salary": "Grade 4 (SCP 12 - 17) £28,598 - £31,022 pro rata",
        "contract": "Permanent",
        "pattern": "Full time - term time",
        "category": "Administration",
        "posted": "28/07/2026",
        "closes": "17/08/2026 12:00",
        "description": '<div class="text"><p>Mind the <b>post</b> and the pots.</p>'
        "<p>Salary: see above</p></div>",
        "extra": {"Number of posts": "2"},
    }


def test_without_a_slug_the_employer_is_known_only_where_the_title_parts_one_way() -> None:
    url = HOST + "/Default.aspx?page=jobdetail&jid=300058"
    assert "employer" not in advert(ADVERT, url)
    plain = ADVERT.replace("Clerk &amp; Cook (HR - School) - St Bede's - ", "Clerk - ")
    assert advert(plain, url)["employer"] == "Wear Learning Trust"
    headed = ADVERT.replace("North East Jobs</h1>", "Clerk &amp; Cook (HR - School)</h1>")
    assert advert(headed, url)["employer"] == "St Bede's - Wear Learning Trust"


@pytest.mark.parametrize(
    "markup",
    [
        ("div", "div", "div"),
        ("p", "b", "span"),
        ("tr", "th", "td"),
        ("li", "strong", "em"),
    ],
)
def test_the_tags_around_label_and_value_do_not_matter(markup: tuple[str, str, str]) -> None:
    row, label, value = markup
    rows = "".join(
        f"<{row}><{label}>{name}:</{label}><{value}>{said}</{value}></{row}>"
        for name, said in (("Vacancy ID", "7"), ("Salary", "£1"), ("Employment Location", "Ely"))
    )
    body = f"<table>{rows}</table>" if row == "tr" else f"<div>{rows}</div>"
    read = advert(f"<title>Clerk - Ely</title><body>{body}</body>", HOST + "/job/Clerk/7")
    assert (read["salary"], read["location"], read["reference"]) == ("£1", "Ely", "7")


def test_a_page_without_an_advert_is_gone_or_a_problem() -> None:
    with pytest.raises(AdvertGone):
        advert("<html><body><p>This vacancy is no longer available.</p></body></html>")
    with pytest.raises(PageProblem):
        advert("<html><body><h1>Welcome</h1></body></html>")


def test_another_vacancys_page_is_not_taken_for_this_one() -> None:
    with pytest.raises(PageProblem, match="vacancy 300058"):
        advert(ADVERT, HOST + "/job/Gardener/256120")
