"""NHS Jobs: pages of XML rows, and a page for each advert."""

from __future__ import annotations

import pytest
from scrapy.http import HtmlResponse, TextResponse

from scrapers.detection import Detection
from scrapers.listing import Listing
from scrapers.problems import AdvertGone, Failure, PageProblem
from scrapers.spiders.nhs_jobs import API, NhsJobsSpider, detect

HOST = "https://www.jobs.nhs.uk"
ROW = (
    "<vacancyDetails><id>33</id><reference>C1-26-02</reference><title>Nurse &amp; Cook</title>"
    "<description>Care and...</description><employer>Elm Trust</employer><type>Fixed-Term</type>"
    "<salary>£37578.60 to £39709.50</salary><closeDate>2026-03-06</closeDate>"
    "<postDate>2026-02-12T15:57:11.165</postDate>"
    "<url>https://beta.jobs.nhs.uk/candidate/jobadvert/C1-26-02</url>"
    "<locations><location>Ely, CB7 4BZ</location><location>Wisbech</location></locations>"
    "</vacancyDetails>"
)
PAGE = """<html><body><nav>Menu</nav>
<span id="employer_name">Elm Trust</span><h1 id="heading">Nurse &amp; Cook</h1>
<p id="closing_date"><strong>The closing date is 06 March 2026</strong></p>
<h3>Job summary</h3><p id="job_overview"><p>Cook for the ward.</p><p>And nurse it.</p>
<h3>Main duties</h3><p id="job_description">Soup
<p>Twice a day.</p>
<h3>About us</h3><p id="about_organisation"><p>We are large.</p></p>
<div class="show-mobile"><h2>Details</h2>
<h3 id="date_posted_heading">Date posted</h3><p id="date_posted">12 February 2026</p>
<h3>Pay scheme</h3><p id="payscheme-type">Agenda for change</p>
<h3>Band</h3><p id="payscheme-band">Band 7</p>
<h3>Salary</h3><p id="range_salary">&pound;37,578.60 to
 &pound;39,709.50 a year</p>
<h3 id="contract_type_heading">Contract</h3><p id="contract_type">Fixed term</p>
<h3>Duration</h3><p>12 months</p>
<h3>Reference number</h3><p id="trac-job-reference">847-RM-1</p>
<h3 id="working_pattern_heading">Working pattern</h3><p> Full-time,
 Part-time </p>
<h3>Job locations</h3><p id="employer_address_line_1">Back Hill</p><p id="employer_town">Ely</p>
<p id="employer_county"></p><p id="employer_postcode">CB7 4BZ</p></div>
<div class="hide-mobile"><h2>Job description</h2><p id="job_description_large">More soup
<p>Daily.</p><h2>Person Specification</h2>
<h3 id="skill_category_1">Skills</h3><ul><li>Stirring</li></ul></div>
<div class="show-mobile"><h2>Person Specification</h2><ul><li>Stirring</li></ul></div>
<p id="employer_town_c">Unrelated HQ</p></body></html>"""


def answer(*rows: str, pages: int | str = 1, total: int | str | None = None) -> str:
    found = len(rows) if total is None else total
    return (
        f"<?xml version='1.0' encoding='UTF-8'?><nhsJobs>{''.join(rows)}<totalPages>{pages}"
        f"</totalPages><totalResults>{found}</totalResults></nhsJobs>"
    )


def listing(text: str, url: str = API) -> Listing:
    response = TextResponse(url, body=text.encode(), encoding="utf-8")
    read = NhsJobsSpider().read_listing(response)
    assert isinstance(read, Listing)
    return read


def advert(text: str) -> dict[str, object]:
    url = f"{HOST}/candidate/jobadvert/C1-26-02?keyword=x"
    response = HtmlResponse(url, body=text.encode(), encoding="utf-8")
    return NhsJobsSpider().read_advert(response).as_dict()


@pytest.mark.parametrize(
    ("text", "failure"),
    [
        ("<!doctype html><html><body>Service unavailable</body></html>", Failure.LAYOUT_CHANGED),
        ("", Failure.LAYOUT_CHANGED),
        ('{"jobs": []}', Failure.LAYOUT_CHANGED),
        (answer(ROW)[:-30], Failure.PARSE_ERROR),
    ],
)
def test_what_is_no_whole_list_is_no_listing(text: str, failure: Failure) -> None:
    with pytest.raises(PageProblem) as raised:
        listing(text)
    assert raised.value.failure is failure


@pytest.mark.parametrize(
    "text",
    [
        "<nhsJobs></nhsJobs>",
        answer(ROW, pages="many"),
        answer(ROW.replace("<reference>C1-26-02</reference>", "")),
        answer(ROW.replace("Nurse &amp; Cook", " ")),
    ],
)
def test_a_list_without_totals_or_a_row_without_its_key_fails_loudly(text: str) -> None:
    with pytest.raises(ValueError, match=r"lacks|invalid literal"):
        listing(text)


def test_zero_is_what_the_total_says() -> None:
    assert listing(answer(pages=0)).advertised == 0
    assert listing(answer(total=7)).advertised == 7


def test_pages_are_counted_and_keep_the_filters() -> None:
    first = listing(answer(ROW, pages=2, total=101), f"{API}&employerCode=124&keyword=")
    assert first.more == [f"{API}&employerCode=124&keyword=&page=2"]
    assert first.advertised == 101
    assert list(listing(answer(ROW, pages=2), f"{API}&page=2").more) == []
    assert list(listing(answer(pages=9, total=900), f"{API}&page=3").more) == []


RESULT = """<li class="nhsuk-list-panel" data-test="search-result"><h2><a
 href="/candidate/jobadvert/C1-26-02?keyword=x" data-test="search-result-job-title"> Nurse &amp;
 Cook </a></h2><div data-test="search-result-location"><h3> Elm Trust
 <div class="location-font-size"> Ely CB7 4BZ </div></h3></div><ul>
<li data-test="search-result-salary"> Salary: <strong> £37,578 a year </strong></li>
<li data-test="search-result-closingDate"> Closing date: <strong> 6 March 2026 </strong></li>
<li data-test="search-result-workingPattern"> Pattern: <strong>Full time</strong></li></ul></li>"""


def test_the_search_that_people_see_is_read_too() -> None:
    url = HOST + "/candidate/search/results?keyword=x"
    found = listing(f"<html><p>23 jobs found</p><ul>{RESULT}</ul></html>", url)
    assert (found.advertised, list(found.more)) == (23, [f"{url}&page=2"])
    assert found.rows[0].advert.as_dict() == {
        "external_id": "C1-26-02",
        "url": HOST + "/candidate/jobadvert/C1-26-02",
        "title": "Nurse & Cook",
        "employer": "Elm Trust",
        "salary": "£37,578 a year",
        "location": "Ely CB7 4BZ",
        "pattern": "Full time",
        "closes": "6 March 2026",
    }
    with pytest.raises(PageProblem):
        listing("<html><p>23 jobs found</p></html>", url)


def test_a_row_holds_what_the_list_says() -> None:
    row = listing(answer(ROW)).rows[0]
    assert not row.complete
    assert row.advert.as_dict() == {
        "external_id": "C1-26-02",
        "url": "https://beta.jobs.nhs.uk/candidate/jobadvert/C1-26-02",
        "title": "Nurse & Cook",
        "employer": "Elm Trust",
        "reference": "C1-26-02",
        "salary": "£37578.60 to £39709.50",
        "location": "Ely, CB7 4BZ; Wisbech",
        "contract": "Fixed-Term",
        "posted": "2026-02-12T15:57:11.165",
        "closes": "2026-03-06",
        "summary": "Care and...",
    }


def test_both_spellings_of_places_are_read() -> None:
    other = ROW.replace("<location>", "<locations>").replace("</location>", "</locations>")
    assert listing(answer(other)).rows[0].advert.location == "Ely, CB7 4BZ; Wisbech"


def test_an_adverts_own_page() -> None:
    read = advert(PAGE)
    text = str(read.pop("description"))
    assert read == {
        "external_id": "C1-26-02",
        "url": f"{HOST}/candidate/jobadvert/C1-26-02",
        "title": "Nurse & Cook",
        "employer": "Elm Trust",
        "reference": "847-RM-1",
        "salary": "£37,578.60 to £39,709.50 a year",
        "grade": "Band 7",
        "location": "Back Hill, Ely, CB7 4BZ",
        "postcode": "CB7 4BZ",
        "contract": "Fixed term, 12 months",
        "pattern": "Full-time, Part-time",
        "posted": "12 February 2026",
        "closes": "06 March 2026",
    }
    order = ["Cook for", "And nurse", "Soup", "Twice", "More soup", "Daily", "Stirring", "We are"]
    assert [text.count(each) for each in order] == [1] * len(order)
    assert sorted(order, key=text.index) == order


def test_a_second_place_of_work_leaves_the_postcode_open() -> None:
    more = '<p id="employer_town_1">March</p><p id="employer_postcode_1">PE15 8HP</p></div>'
    read = advert(PAGE.replace("</div>", more, 1))
    assert read["location"] == "Back Hill, Ely, CB7 4BZ; March, PE15 8HP"
    assert "postcode" not in read


def test_a_page_without_an_advert_is_gone_or_a_problem() -> None:
    with pytest.raises(AdvertGone):
        advert("<body><h1>Sorry</h1><p>This job is now closed.</p></body>")
    with pytest.raises(PageProblem):
        advert("<body><h1 id='heading'>Service Domain Information</h1></body>")


def test_detection() -> None:
    def found(body: str) -> Detection | None:
        url = "https://www.example.gov.uk/jobs"
        return detect(HtmlResponse(url, body=body.encode(), encoding="utf-8"))

    advert_link = f'<a href="{HOST}/candidate/jobadvert/C1-26-02">Nurse</a>'
    seen = found(advert_link)
    assert seen is not None
    assert (seen.platform, seen.url) == ("nhs_jobs", API)
    employer = found(f'<a href="{HOST}/candidate/search/results?employerCode=C124">Jobs</a>')
    assert employer is not None
    assert employer.url == f"{API}&employerCode=C124"
    assert found(f'<a href="{HOST}/privacy">jobs.nhs.uk</a>') is None
    assert found('<a href="https://jobs.nhs.uk.example.com/candidate/">x</a>') is None
