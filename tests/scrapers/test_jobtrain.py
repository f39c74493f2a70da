"""Jobtrain: the shell that lies, its fragments of cards, and each advert's JobPosting."""

from __future__ import annotations

import json

import pytest
from scrapy import Request
from scrapy.http import HtmlResponse

from scrapers.listing import Listing
from scrapers.problems import AdvertGone, Failure, PageProblem
from scrapers.spiders.jobtrain import JobtrainSpider, detect

HOST = "https://www.jobtrain.co.uk"
SHELL_URL = f"{HOST}/ely/Home/Job"
CARDS_URL = f"{HOST}/ely/Home/_JobCard?Skip=0"
ADVERT_URL = f"{HOST}/ely/Job/JobDetail?JobId=14496"
SHELL = """<h1>Search current vacancies</h1><p>There are 0 jobs matching your search.</p>
<footer><a href="https://jobseekersupport.jobtrain.co.uk/">Help</a></footer>"""
CARD = """<div class="card job-card" data-jobId="{id}"><h3>NEW</h3>
<a href="/ely/Job/JobDetail?JobId={id}&amp;Source=x">Clerk &amp; Cook</a>
<div class="job-card__location"><i class="material-icons">location_on</i> Ely</div>
<p class="jobdetailsitem"><strong>Job reference:</strong> R7</p>
<p class="jobdetailsitem"><strong>Salary:</strong> £13.65/hour</p>
<p class="jobdetailsitem"><strong>Closing date:</strong> 12/07/2026</p>
<p class="jobdetailsitem"><strong>Live date:</strong> 01/07/2026</p>
<p class="jobdetailsitem"><strong>Hours per week:</strong> 35</p></div>"""


def response(body: str, url: str) -> HtmlResponse:
    return HtmlResponse(url, body=body.encode(), encoding="utf-8")


def cards(*numbers: int, total: int | None = None) -> str:
    count = "" if total is None else f'<input id="totalMatchRecords" value="{total}">'
    return count + "".join(CARD.replace("{id}", str(number)) for number in numbers)


def listing(body: str, url: str = CARDS_URL) -> Listing:
    read = JobtrainSpider().read_listing(response(body, url))
    assert isinstance(read, Listing)
    return read


def asked(read: Listing) -> list[str]:
    return [each.url if isinstance(each, Request) else each for each in read.more]


def test_the_zero_of_the_shell_is_no_zero() -> None:
    for body, onward in (
        (SHELL, CARDS_URL),
        (f'<input id="requestUrl" data-request-url="/x/Home/_JobCard">{SHELL}', None),
    ):
        request = JobtrainSpider().read_listing(response(body, SHELL_URL))
        assert isinstance(request, Request)
        assert request.url == (onward or f"{HOST}/x/Home/_JobCard?Skip=0")
        assert request.headers["X-Requested-With"] == b"XMLHttpRequest"


@pytest.mark.parametrize(
    ("body", "url"),
    [
        ("<h1>Sign in</h1>", CARDS_URL),
        ("", CARDS_URL),
        (SHELL, CARDS_URL),
        ("<h1>Welcome</h1>", f"{HOST}/ely/Account"),
    ],
)
def test_what_holds_no_cards_and_no_count_is_a_problem(body: str, url: str) -> None:
    with pytest.raises(PageProblem) as raised:
        JobtrainSpider().read_listing(response(body, url))
    assert raised.value.failure is Failure.LAYOUT_CHANGED


def test_a_count_of_none_is_an_honest_zero() -> None:
    read = listing(cards(total=0))
    assert (read.advertised, list(read.rows), list(read.more)) == (0, [], [])


def test_a_card_without_a_job_fails_loudly() -> None:
    with pytest.raises((KeyError, ValueError)):
        listing(cards(7).replace("data-jobId", "x").replace("JobId=", "y="))


def test_what_a_card_says() -> None:
    assert listing(cards(14496, total=1)).rows[0].advert.as_dict() == {
        "external_id": "14496",
        "url": ADVERT_URL,
        "title": "Clerk & Cook",
        "location": "Ely",
        "reference": "R7",
        "salary": "£13.65/hour",
        "closes": "12/07/2026",
        "posted": "01/07/2026",
        "hours": "35",
    }


def test_facts_without_labels_are_read_by_their_class() -> None:
    body = (
        '<li class="job-card"><a class="job-title" href="/Job/JobDetail?JobId=9">Clerk</a>'
        '<span class="job-salary">£1</span><span class="job-location">Ely</span></li>'
    )
    read = listing(body, "https://jobs.example.gov.uk/Home/Job")
    advert = read.rows[0].advert
    assert (advert.url, advert.title) == (
        "https://jobs.example.gov.uk/Job/JobDetail?JobId=9",
        "Clerk",
    )
    assert (advert.salary, advert.location) == ("£1", "Ely")
    assert asked(read) == ["https://jobs.example.gov.uk/Home/_JobCard?Skip=1"]


def test_fragments_follow_until_the_count_is_reached() -> None:
    first = listing(cards(*range(12), total=14))
    assert asked(first) == [f"{HOST}/ely/Home/_JobCard?Skip=12"]
    assert asked(listing(cards(12, 13, total=14), CARDS_URL.replace("=0", "=12"))) == []
    assert asked(listing(cards(total=14), CARDS_URL.replace("=0", "=12"))) == []


def test_without_a_count_only_an_empty_fragment_ends_the_list() -> None:
    assert asked(listing(cards(1, 2))) == [f"{HOST}/ely/Home/_JobCard?Skip=2"]
    assert asked(listing("<p></p>", CARDS_URL.replace("=0", "=2"))) == []


def posting(**says: object) -> str:
    told = {
        "@type": "JobPosting",
        "title": "Clerk &amp; Cook ",
        "datePosted": "2026-07-01",
        "validThrough": "2026-07-12T00:00",
        "employmentType": "Term Time",
        "baseSalary": "&#xA3;13.65/hour - &#xA3;14.03/hour (CRB18)",
        "description": "<p>Mind the pots.</p>",
        "jobLocation": {"address": {"addressLocality": "Ely", "postalCode": "CB7 4DN"}},
        "url": f"{ADVERT_URL}&Source=Jobs",
        **says,
    }
    return f'<script type="application/ld+json">{json.dumps(told)}</script>'


def test_an_adverts_own_page() -> None:
    page = response(f"<h1>Clerk &amp; Cook</h1>{posting()}", f"{ADVERT_URL}&Source=mail")
    read = JobtrainSpider().read_advert(page)
    assert (read.external_id, read.url, read.title) == ("14496", ADVERT_URL, "Clerk & Cook")
    assert (read.salary, read.pattern) == ("£13.65/hour - £14.03/hour (CRB18)", "Term Time")
    assert (read.posted, read.closes) == ("2026-07-01", "2026-07-12T00:00")
    assert (read.location, read.postcode) == ("Ely, CB7 4DN", "CB7 4DN")
    assert read.description == "<p>Mind the pots.</p>"


def test_a_page_without_this_advert_is_gone_or_a_problem() -> None:
    with pytest.raises(AdvertGone):
        JobtrainSpider().read_advert(response("<p>This vacancy has now closed.</p>", ADVERT_URL))
    other = posting(url=f"{HOST}/ely/Job/JobDetail?JobId=9")
    for body in ("<h1>Sign in</h1>", SHELL, other):
        with pytest.raises(PageProblem):
            JobtrainSpider().read_advert(response(body, ADVERT_URL))


@pytest.mark.parametrize(
    ("body", "url", "found"),
    [
        (SHELL, SHELL_URL, SHELL_URL),
        (SHELL, "https://jobs.example.gov.uk/Home/Job", "https://jobs.example.gov.uk/Home/Job"),
        (f'<a href="{SHELL_URL}">Jobs</a>', "https://www.example.gov.uk/", SHELL_URL),
        (f'<a href="{ADVERT_URL}">Clerk</a>', "https://www.example.gov.uk/", SHELL_URL),
    ],
)
def test_pages_of_jobtrains_or_leading_there_are_recognised(
    body: str, url: str, found: str
) -> None:
    detected = detect(response(body, url))
    assert detected is not None
    assert (detected.platform, detected.url) == ("jobtrain", found)


@pytest.mark.parametrize(
    "body",
    [
        '<a href="https://www.jobtrain.co.uk/">our supplier</a>',
        '<a href="/Home/Job">Jobs</a>',
        '<a href="/jobs/JobDetails?id=7">Clerk</a>',
    ],
)
def test_other_pages_are_not_jobtrains(body: str) -> None:
    assert detect(response(body, "https://www.example.gov.uk/")) is None
