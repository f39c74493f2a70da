"""Civil Service Jobs: pages of our own for the rules, real pages of 2023 for the truth."""

from __future__ import annotations

from base64 import b64encode
from pathlib import Path

import pytest
from scrapy import Request
from scrapy.http import HtmlResponse

from scrapers.items import RawAdvert
from scrapers.listing import Listing
from scrapers.problems import AdvertGone, Failure, PageProblem
from scrapers.spiders.civil_service_jobs import CivilServiceJobsSpider
from scrapers.walls import find_wall

PAGES = Path(__file__).parent / "pages"
REAL = Path(__file__).parents[3] / "shared" / "real" / "civil_service_jobs"
HOST = "https://www.civilservicejobs.service.gov.uk"
JOB_LIST = '<ul title="Job list">{}</ul>'


def sid(query: str) -> str:
    return f"{HOST}/csr/index.cgi?SID={b64encode(query.encode()).decode()}"


def page(body: str, title: str = "2 Search results - Civil Service Jobs") -> HtmlResponse:
    html = f"<html><head><title>{title}</title></head><body>{body}</body></html>"
    return HtmlResponse(sid("pageclass=Search"), body=html.encode(), encoding="utf-8")


def row(vacancy: str, before: str = "", facts: str = "") -> str:
    link = sid(f"{before}joblist_view_vac={vacancy}&reqsig=1")
    return (
        f'<li class="search-results-job-box"><h3 class="search-results-job-box-title">'
        f'<a href="{link}">Clerk</a></h3>{facts}</li>'
    )


def listing(response: HtmlResponse) -> Listing:
    read = CivilServiceJobsSpider().read_listing(response)
    assert isinstance(read, Listing)
    return read


def real(name: str, url: str = sid("pageclass=Search")) -> HtmlResponse:
    if not REAL.is_dir():
        pytest.skip("the real pages of 2023 are not beside this checkout")
    return HtmlResponse(url, body=(REAL / f"{name}.html").read_bytes())


def test_neither_form_nor_results_is_a_problem() -> None:
    with pytest.raises(PageProblem) as raised:
        CivilServiceJobsSpider().read_listing(page("<h1>Sorry</h1>", title="Sorry"))
    assert raised.value.failure is Failure.LAYOUT_CHANGED


def test_a_result_whose_link_tells_no_vacancy_fails_loudly() -> None:
    with pytest.raises(ValueError, match="lacks its id"):
        listing(page(JOB_LIST.format(row("").replace("joblist", "x"))))
    with pytest.raises(IndexError):
        listing(page('<li class="search-results-job-box"></li>'))


def test_the_puzzle_before_the_search_is_a_wall() -> None:
    body = '<h1>Quick check needed</h1><form method="post"><altcha-widget></altcha-widget></form>'
    assert find_wall(page(body, title="Quick check needed - Civil Service Jobs - GOV.UK"))


def test_the_search_form_is_a_door() -> None:
    body = (PAGES / "civil_service_jobs_search.html").read_bytes()
    response = HtmlResponse(HOST + "/csr/index.cgi", body=body)
    assert find_wall(response) is None
    request = CivilServiceJobsSpider().read_listing(response)
    assert isinstance(request, Request)
    assert (request.method, request.url) == ("POST", HOST + "/csr/esearch.cgi?SID=cmVxc2lnPTE=")
    assert request.body == b"what=&overseas=1&search_button=Search"


def test_no_results_is_an_honest_zero() -> None:
    read = listing(page("<h1>0 Search results</h1>", title="0 Search results"))
    assert (read.advertised, list(read.rows)) == (0, [])


def test_the_same_vacancy_has_the_same_identity_in_every_session() -> None:
    [first] = listing(page(JOB_LIST.format(row("77")))).rows
    [again] = listing(page(JOB_LIST.format(row("77", before="searchpage=2&sort=x&")))).rows
    assert first.detail != again.detail
    assert first.advert == again.advert
    assert first.fingerprint() == again.fingerprint()
    assert first.advert.url == HOST + "/csr/jobs.cgi?jcode=77"


def test_a_plus_sign_in_the_sid_is_read() -> None:
    odd = row("77", before="x=~~~>>>&")
    assert "+" in odd or "/" in odd
    assert listing(page(odd)).rows[0].advert.external_id == "77"


def test_labels_within_values_are_cut_and_only_they() -> None:
    facts = (
        '<div class="search-results-job-box-salary">Salary : £27,620 to £32,163</div>'
        '<div class="search-results-job-box-closingdate">Closes : 11:55 pm on Sunday</div>'
        '<div class="search-results-job-box-refcode">Reference : 296730</div>'
        '<div class="search-results-job-box-location">Salary House, Ely\n</div>'
        '<div class="search-results-job-box-department"> </div>'
    )
    [only] = listing(page(row("77", facts=facts))).rows
    read = only.advert
    assert (read.salary, read.closes) == ("£27,620 to £32,163", "11:55 pm on Sunday")
    assert (read.reference, read.location, read.employer) == ("296730", "Salary House, Ely", None)


def test_an_advert_that_is_over_or_no_advert() -> None:
    spider = CivilServiceJobsSpider()
    with pytest.raises(AdvertGone):
        spider.read_advert(page("<p>This vacancy has now closed.</p>", title="Vacancy"))
    with pytest.raises(PageProblem):
        spider.read_advert(page("<p>Welcome</p>", title="Welcome"))


# The real pages


def expected(number: int) -> list[tuple[str, ...]]:
    """Facts of a real result page, read without our code."""
    table = (PAGES / "civil_service_jobs_2023.tsv").read_text(encoding="utf-8").splitlines()
    rows = [tuple(line.split("\t")) for line in table if not line.startswith("#")]
    return [row[1:] for row in rows if row[0] == str(number)]


def told(advert: RawAdvert) -> tuple[str | None, ...]:
    return (
        advert.title,
        advert.employer,
        advert.salary,
        advert.closes,
        advert.reference,
        advert.location,
    )


@pytest.mark.parametrize("number", [1, 2])
def test_all_rows_of_a_real_result_page(number: int) -> None:
    response = real(f"result_page{number}")
    assert find_wall(response) is None
    read = listing(response)
    assert read.advertised == 2371
    assert len(read.rows) == 25
    assert [told(row.advert) for row in read.rows] == expected(number)
    assert all("£" in (row.advert.salary or "") for row in read.rows)
    assert len({row.advert.external_id for row in read.rows}) == 25


def test_real_result_pages_lead_on_and_share_no_advert() -> None:
    first, second = listing(real("result_page1")), listing(real("result_page2"))
    assert len(first.more) == len(second.more) == 1
    assert first.more != second.more
    ids = [row.advert.external_id for page in (first, second) for row in page.rows]
    assert len(set(ids)) == 50
    assert first.rows[0].advert.external_id == "1862348"


@pytest.mark.parametrize("address", [sid("joblist_view_vac=1862348&x=1"), f"{HOST}/csr/index.cgi"])
def test_a_real_advert(address: str) -> None:
    response = real("job_detail_page", address)
    assert find_wall(response) is None
    read = CivilServiceJobsSpider().read_advert(response).as_dict()
    description = read.pop("description")
    summary = read.pop("summary")
    assert read == {
        "external_id": "1862348",
        "url": HOST + "/csr/jobs.cgi?jcode=1862348",
        "title": "Head of Policy Research",
        "employer": "House of Lords",
        "department": "Committee",
        "reference": "296730",
        "salary": "£53,730",
        "grade": "Other, HL8",
        "location": "Westminster",
        "contract": "Fixed Term, Two years, with the possibility of extension or permanence",
        "pattern": "Full-time",
        "category": "Policy",
        "closes": "10:00 pm on Sunday 2nd July 2023",
        "extra": {"Number of jobs available": "1"},
    }
    assert summary.startswith("We are looking for a Head of Policy Research")
    assert "you’ll be able" in summary, "the page says ISO-8859-1 and means Windows-1252"
    assert "<h3>Job description</h3>" in description
    assert "person@example.org" not in description
    assert "Contact point" not in description
