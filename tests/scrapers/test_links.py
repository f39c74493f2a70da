"""Which links of a listing are adverts."""

from __future__ import annotations

import pytest
from scrapy.http import HtmlResponse

from scrapers.links import job_links, looks_like_advert, next_page
from scrapers.pages import words

LISTING = "https://jobs.example.gov.uk/vacancies/"


def page(body: str, url: str = LISTING) -> HtmlResponse:
    html = f"<html><body><main>{body}</main></body></html>"
    return HtmlResponse(url, body=html.encode(), encoding="utf-8")


@pytest.mark.parametrize(
    "address",
    [
        LISTING,
        "https://jobs.example.gov.uk/",
        "https://jobs.example.gov.uk/jobs",
        "https://jobs.example.gov.uk/jobs/search?q=clerk",
        "https://jobs.example.gov.uk/jobs/how-to-apply",
        "https://jobs.example.gov.uk/jobs/working-for-us",
        "https://jobs.example.gov.uk/jobs/category/social-work",
        "https://jobs.example.gov.uk/jobs/apply/12345",
        "https://jobs.example.gov.uk/jobs/page/100",
        "https://jobs.example.gov.uk/jobs/profile-12345.pdf",
        "https://jobs.example.gov.uk/jobs/social",
        "https://jobs.example.gov.uk/login?jobid=12345",
        "https://jobs.example.gov.uk/news/2026-12345-bins",
        "https://other.example.org/jobs/12345-clerk",
        "https://jobs.example.gov.uk/job?jobid=",
    ],
)
def test_pages_about_jobs_are_no_adverts(address: str) -> None:
    assert not looks_like_advert(address, LISTING)


@pytest.mark.parametrize(
    "address",
    [
        "https://jobs.example.gov.uk/jobs/12345",
        "https://www.jobs.example.gov.uk/job/12345/town-clerk",
        "https://jobs.example.gov.uk/vacancies/town-clerk",
        "https://jobs.example.gov.uk/Vacancy/Town_Clerk/12345",
        "https://jobs.example.gov.uk/swyddi/clerc-y-dref",
        "https://jobs.example.gov.uk/vacancydetails.aspx?VacancyID=7",
        "https://jobs.example.gov.uk/default.aspx?page=x&jid=7",
        "https://jobs.example.gov.uk/careers/job-details/0aa1bb2c-77de.html",
    ],
)
def test_adverts_are_told_by_number_title_or_parameter(address: str) -> None:
    assert looks_like_advert(address, LISTING)


def test_a_pattern_has_the_last_word() -> None:
    odd = "https://other.example.org/p/7"
    assert looks_like_advert(odd, LISTING, r"/p/\d+$")
    assert not looks_like_advert("https://jobs.example.gov.uk/jobs/12345", LISTING, r"/p/\d+$")
    assert not looks_like_advert(LISTING + "?utm_source=x", LISTING, r"/vacancies/")


def test_each_advert_once_with_its_title_and_its_part_of_the_page() -> None:
    links = job_links(
        page(
            """<nav><a href="/jobs/99999">Job of the day</a></nav><ul>
            <li><a href="/jobs/12345?utm_source=list"><img src="x"></a>
              <h3><a href="/jobs/12345">Town Clerk</a></h3><p>Salary: £25,000</p>
              <a href="/jobs/12345#apply">Find out more</a></li>
            <li><a href="/jobs/12346"><h3>Cook</h3><p>Closing date: 3 May</p></a></li>
            <li><a href="javascript:void(0)">Apply</a><a href="mailto:x@example.org">Ask</a></li>
            </ul><footer><a href="/jobs/12345">Clerk</a></footer>"""
        )
    )
    assert [(link.external_id, link.title) for link in links] == [
        ("/jobs/12345", "Town Clerk"),
        ("/jobs/12346", "Cook"),
    ]
    assert links[0].url == "https://jobs.example.gov.uk/jobs/12345"
    assert words(links[0].row) == "Salary: £25,000"
    assert words(links[1].row) == "Cook Closing date: 3 May"


def test_a_link_that_only_says_read_more_has_no_title() -> None:
    [link] = job_links(page('<p>Clerk <a href="/jobs/12345">Read more</a></p>'))
    assert link.title is None


@pytest.mark.parametrize(
    "body",
    [
        '<a rel="next" href="#">Next</a>',
        '<a rel="next" href="/vacancies/">Next</a>',
        '<a rel="next" href="https://elsewhere.example.org/?page=2">Next</a>',
        '<a href="/vacancies/?page=3">3</a>',
        '<a href="/vacancies/?page=2">4</a>',
        '<a href="/vacancies/?page=1">1</a> <a href="/vacancies/?page=1">2</a>',
        '<a href="/vacancies/2">2</a>',
        '<a href="/next-steps">Next steps for applicants and their referees in your area</a>',
        '<a href="javascript:next()">Next</a>',
        "",
    ],
)
def test_no_next_page(body: str) -> None:
    assert next_page(page(body)) is None


@pytest.mark.parametrize(
    "body",
    [
        '<link rel="next" href="?page=2">',
        '<a rel="nofollow next" href="?page=2">More</a>',
        '<a href="?page=2">Next</a>',
        '<a href="?page=2">Next page ›</a>',
        '<a href="?page=2">Go to next search results page</a>',
        '<a href="?page=2">Nesaf</a>',
        '<a href="?page=2">»</a>',
        '<b>1</b> <a href="?page=2"> 2 </a> <a href="?page=3">3</a>',
        '<a href="?page=2" aria-label="Next"><svg></svg></a>',
    ],
)
def test_the_next_page(body: str) -> None:
    assert next_page(page(body)) == LISTING + "?page=2"


def test_numbers_alone_lead_to_the_page_after_this_one() -> None:
    pager = "".join(f'<a href="/jobs/page/{n}/">{n}</a> ' for n in range(1, 4))
    home = "https://jobs.example.gov.uk/jobs/"
    assert next_page(page(pager, home)) == home + "page/2/"
    assert next_page(page(pager, home + "page/2/")) == home + "page/3/"
    assert next_page(page(pager, home + "page/3/")) is None


def test_a_pager_that_counts_from_nought() -> None:
    pager = '<a href="?page=0">1</a> <a href="?page=1">2</a> <a href="?page=2">3</a>'
    assert next_page(page(pager)) == LISTING + "?page=1"
    assert next_page(page(pager, LISTING + "?page=1")) == LISTING + "?page=2"
    assert next_page(page(pager, LISTING + "?page=2")) is None
