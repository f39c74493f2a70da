"""Eploy: the feed, the list with its pager of forms, and the coded fields of an advert's page."""

from __future__ import annotations

from urllib.parse import parse_qs

import pytest
from scrapy import Request
from scrapy.http import HtmlResponse, TextResponse

from scrapers.listing import Listing
from scrapers.problems import AdvertGone, Failure, PageProblem
from scrapers.spiders.eploy import EploySpider, detect

HOST = "https://jobs.example.gov.uk"
FEED_URL = f"{HOST}/feeds/datafeed.ashx?Format=xml"
LIST_URL = f"{HOST}/vacancies/vacancy-search-results.aspx"
ADVERT_URL = f"{HOST}/vacancies/581/clerk--cook.html"

ITEM = """<Item><VacancyID>2895</VacancyID><Title>KS1 Teacher &amp; Lead</Title>
<Link>https://jobs.example.gov.uk/vacancies/2895/ks1-teacher.html</Link>
<Location>Ely, Cambridgeshire</Location><LocationID>4</LocationID>
<Position>Schools</Position><Industry>Children</Industry><VacancyType></VacancyType>
<VacancyTypeID>0</VacancyTypeID><DisplaySalary>£40,317 – £52,300</DisplaySalary><Company/>
<DatePosted>Wed, 03 Jun 2026 00:00:00 GMT</DatePosted><Reference></Reference>
<Description><![CDATA[<p>Teach & lead.</p>]]></Description>
<Qualifications><![CDATA[<p>QTS</p>]]></Qualifications></Item>"""


def feed(*items: str, count: int | None = None) -> str:
    number = len(items) if count is None else count
    return (
        f'<?xml version="1.0"?>\n<Vacancies Type="Vacancies" Count="{number}">'
        f"{''.join(items)}</Vacancies>\n"
    )


def field(code: str, label: str, value: str, number: int = 581) -> str:
    return (
        f'<li class="item vsr-job__list-item" id="li_{code}_{number}"><div><div class="label">'
        f'<span><i><span class="its-u-visually-hidden">{label}</span></i></span>'
        f"<span>{label}</span></div>"
        f'<div class="content" data-id="div_content_{code}"><span>{value}</span></div></div></li>'
    )


FIELDS = (
    field("VacV_AdvertisingEndDate", "Advertising End Date", "14 Sep 2026")
    + field("VacV_PositionID", "Job Group", "Academic")
    + field("VacV_VacancyID", "Vacancy ID:", "581")
    + field("VacV_DisplaySalary", "Salary Details:", " £51,735 per annum ")
    + field("Question_9_311", "Contract Status", "Full Time")
    + field("Question_9_306", "Contract Type:", "Open-Ended")
)


def card(number: int, fields: str = FIELDS) -> str:
    return (
        '<div class="vsr-job-big" id="ctl00_ctl01_VacancyListView_ctl00_pnlList">'
        f'<h2 class="vsr-job__title"><a href="{number}/clerk--cook.html">Clerk &amp; Cook</a></h2>'
        '<div class="vsr-job__date-posted">Posted on 24 Aug 2026</div>'
        f'<ul>{fields}</ul><div class="vsr-job__desc">Mind the pots...</div></div>'
    )


def pager(here: int, last: int) -> str:
    target = "ctl00$ContentContainer$ctl01$VacancyPager"
    links = "".join(
        f"<a href=\"javascript:__doPostBack('{target}','{page}')\">{page}</a>"
        for page in range(1, last + 1)
        if page != here
    )
    return (
        '<input type="hidden" name="__VIEWSTATE" value="/wE+x=" /><input type="text" name="q" />'
        '<select name="sort"><option value="1">A</option><option value="2" selected="selected">B'
        f'</option></select><div class="paginator"><span class="cpb">{here}</span>{links}</div>'
    )


def response(body: str, url: str = LIST_URL) -> HtmlResponse:
    return HtmlResponse(url, body=body.encode(), encoding="utf-8")


def listing(body: str, url: str = LIST_URL) -> Listing:
    read = EploySpider().read_listing(TextResponse(url, body=body.encode(), encoding="utf-8"))
    assert isinstance(read, Listing)
    return read


@pytest.mark.parametrize(
    ("body", "url", "failure"),
    [
        ("<h1>We are busy</h1>", FEED_URL, Failure.LAYOUT_CHANGED),
        ("<h1>We are busy</h1>", LIST_URL, Failure.LAYOUT_CHANGED),
        ("", FEED_URL, Failure.LAYOUT_CHANGED),
        ('<rss version="2.0"><channel></channel></rss>', FEED_URL, Failure.LAYOUT_CHANGED),
        ("<script>$Eploy()</script>", FEED_URL, Failure.LAYOUT_CHANGED),
        (feed(ITEM).replace("</Vacancies>", ""), FEED_URL, Failure.PARSE_ERROR),
    ],
)
def test_what_is_neither_feed_nor_list_is_a_problem(body: str, url: str, failure: Failure) -> None:
    with pytest.raises(PageProblem) as raised:
        EploySpider().read_listing(TextResponse(url, body=body.encode(), encoding="utf-8"))
    assert raised.value.failure is failure


def test_a_list_filled_by_script_is_no_zero_but_leads_to_the_feed() -> None:
    shell = '<h1>Current vacancies</h1><div data-eploy-widget="vacancies"></div>'
    onward = EploySpider().read_listing(response(shell))
    assert isinstance(onward, Request)
    assert onward.url == FEED_URL


def test_a_stated_zero_is_honest() -> None:
    assert listing(feed(), FEED_URL).advertised == 0
    assert listing("<title>0 Vacancies - Ely Council</title>").advertised == 0
    assert listing("<p>Your search returned no results.</p>").advertised == 0


@pytest.mark.parametrize("tag", ["VacancyID", "Title", "Link"])
def test_an_item_without_what_it_needs_fails_loudly(tag: str) -> None:
    with pytest.raises(ValueError, match="lacks its id or its title"):
        listing(feed(ITEM.replace(f"<{tag}>", f"<{tag}/><x>").replace(f"</{tag}>", "</x>")))


def test_a_feed_without_its_count_fails_loudly() -> None:
    with pytest.raises(ValueError, match="int"):
        listing(feed(ITEM).replace('Count="1"', ""), FEED_URL)


def test_what_an_item_of_the_feed_says() -> None:
    read = listing(feed(ITEM, count=2), FEED_URL)
    assert (read.advertised, list(read.more)) == (2, [])
    row = read.rows[0]
    assert not row.complete
    assert row.advert.as_dict() == {
        "external_id": "2895",
        "url": f"{HOST}/vacancies/2895/ks1-teacher.html",
        "title": "KS1 Teacher & Lead",
        "salary": "£40,317 – £52,300",
        "location": "Ely, Cambridgeshire",
        "category": "Schools",
        "posted": "Wed, 03 Jun 2026 00:00:00 GMT",
        "description": "<p>Teach & lead.</p>\n<p>QTS</p>",
        "extra": {"Industry": "Children"},
    }


def test_an_item_that_says_when_it_closes_needs_no_page() -> None:
    dated = ITEM.replace("</Item>", "<AdvertisingEndDate>1 Jul 2026</AdvertisingEndDate></Item>")
    row = listing(feed(dated), FEED_URL).rows[0]
    assert (row.complete, row.advert.closes) == (True, "1 Jul 2026")


def test_what_a_card_says() -> None:
    read = listing(f"<title>17 Vacancies - Ely</title>{card(581)}")
    assert read.advertised == 17
    assert read.rows[0].advert.as_dict() == {
        "external_id": "581",
        "url": ADVERT_URL,
        "title": "Clerk & Cook",
        "salary": "£51,735 per annum",
        "contract": "Open-Ended",
        "category": "Academic",
        "posted": "24 Aug 2026",
        "closes": "14 Sep 2026",
        "summary": "Mind the pots...",
        "extra": {"Contract Status": "Full Time"},
    }


def test_an_industry_under_a_tenants_own_label_is_no_contract() -> None:
    row = listing(card(7, field("VacV_IndustryID", "Job Type", "Research"))).rows[0]
    assert (row.advert.contract, row.advert.extra) == (None, {"Industry": "Research"})


def test_an_unspecified_field_says_nothing() -> None:
    unsaid = field("VacV_AdvertisingEndDate", "End", "Not Specified")
    assert listing(card(7, unsaid)).rows[0].advert.closes is None


def test_a_card_without_title_or_number_fails_loudly() -> None:
    for old, new in (("7/clerk--cook.html", "#"), ("Clerk &amp; Cook", " ")):
        with pytest.raises(ValueError, match="lacks its id or its title"):
            listing(card(7).replace(old, new))


def test_the_pager_sends_the_form_and_ends() -> None:
    (onward,) = listing(card(1) + pager(1, 3)).more
    assert isinstance(onward, Request)
    assert (onward.method, onward.url) == ("POST", LIST_URL)
    assert parse_qs(onward.body.decode()) == {
        "__VIEWSTATE": ["/wE+x="],
        "sort": ["2"],
        "__EVENTTARGET": ["ctl00$ContentContainer$ctl01$VacancyPager"],
        "__EVENTARGUMENT": ["2"],
    }
    assert list(listing(card(1) + pager(3, 3)).more) == []
    assert list(listing(card(1)).more) == []


POSTING = """<script type="application/ld+json">{"@type": "JobPosting", "title": "Clerk &amp; Cook",
"datePosted": "2026-08-24", "validThrough": "2026-09-14", "description": "<p>Pots.</p>",
"url": "https://jobs.example.gov.uk/vacancies/581/clerk--cook.html"}</script>"""


def test_an_adverts_own_page() -> None:
    related = field("VacV_DisplaySalary", "Salary", "£1", number=9)
    page = response(f"<h1>Clerk &amp; Cook</h1>{POSTING}{FIELDS}{related}", ADVERT_URL)
    read = EploySpider().read_advert(page)
    assert (read.external_id, read.url, read.title) == ("581", ADVERT_URL, "Clerk & Cook")
    assert (read.salary, read.closes, read.posted) == (
        "£51,735 per annum",
        "14 Sep 2026",
        "2026-08-24",
    )
    assert read.description == "<p>Pots.</p>"


def test_a_page_without_json_ld_is_read_by_its_codes() -> None:
    prose = '<div id="main_VacV_Description"><p>Pots.</p></div>'
    body = f'<h1 id="top_h1JobTitle">Clerk</h1>{FIELDS}{prose}'
    read = EploySpider().read_advert(response(body, ADVERT_URL))
    assert (read.title, read.contract) == ("Clerk", "Open-Ended")
    assert "<p>Pots.</p>" in (read.description or "")


def test_a_page_without_an_advert_is_gone_or_a_problem() -> None:
    with pytest.raises(AdvertGone):
        EploySpider().read_advert(response("<p>This vacancy has now closed.</p>", ADVERT_URL))
    for body in ("<h1>Sign in</h1>", ""):
        with pytest.raises(PageProblem):
            EploySpider().read_advert(response(body, ADVERT_URL))


@pytest.mark.parametrize(
    ("body", "url", "found"),
    [
        (card(7), f"{HOST}/find/jobs.aspx", FEED_URL),
        ("<h1>Jobs</h1>", LIST_URL, FEED_URL),
        (f'<a href="{LIST_URL}">Jobs</a>', "https://www.example.gov.uk/", FEED_URL),
        (
            '<a href="https://ely.eploy.net/">Jobs</a>',
            "https://www.example.gov.uk/",
            "https://ely.eploy.net/feeds/datafeed.ashx?Format=xml",
        ),
    ],
)
def test_pages_of_eploys_or_leading_there_are_recognised(body: str, url: str, found: str) -> None:
    detected = detect(response(body, url))
    assert detected is not None
    assert (detected.platform, detected.url) == ("eploy", found)


@pytest.mark.parametrize(
    "body",
    [
        '<a href="https://www.eploy.net/">our supplier</a>',
        '<a href="/vacancies/">Jobs</a>',
        "<p>Eploy</p>",
    ],
)
def test_other_pages_are_not_eploys(body: str) -> None:
    assert detect(response(body, "https://www.example.gov.uk/")) is None
