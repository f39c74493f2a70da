"""engage|ats: the plain link to the list, its panels, and its total where the pager is a script."""

from __future__ import annotations

import pytest
from scrapy import Request
from scrapy.http import HtmlResponse

from scrapers.listing import Listing
from scrapers.problems import AdvertGone, Failure, PageProblem
from scrapers.spiders.engage_ats import EngageAtsSpider, detect
from scrapers.verdict import Outcome, Proof, judge

HOST = "https://jobs.example.gov.uk"
LIST_URL = f"{HOST}/V2/Vacancy/Index?enc=HRIqN02%2B="
ADVERT_URL = f"{HOST}/Vacancies/W/3847/0/472866/889/team-leader-mt0010"
COUNCIL = "https://www.example.gov.uk/jobs"
PANEL = """<div class="row ats-gray-panel"><div class="row p-3">
<div class="col-12"><div class="ats-heading-font">Team Leader &amp; Cook - MT0010</div></div>
<div class="row"><div class="ats-normal-font"><span class="font-weight-bold">School/Unit: </span>
Estates</div><div class="ats-normal-font"><span class="font-weight-bold">Closing Date: </span>
31/08/2026</div><div class="ats-normal-font col-12 pb-2">
   Estates &amp; Grounds
Start Date: As soon as possible
Salary: £32,080 - £37,694 per annum,
</div></div><button id="btn-apply-now-{id}" data-param1="VacancyId={id}">Apply now</button>
<button id="btn-view-job-{id}" data-param1="{host}/Vacancies/W/3847/0/{id}/889/team-leader-mt0010">
View job</button></div><div class="row"><div class="col"><span class="font-weight-bold">Posted:
</span>11/08/2026</div></div></div>"""


def response(body: str, url: str = LIST_URL) -> HtmlResponse:
    return HtmlResponse(url, body=body.encode(), encoding="utf-8")


def page(*numbers: int, total: int | None) -> str:
    head = "" if total is None else f'<span class="ats-h4"><span>{total} Job openings</span></span>'
    panels = "".join(
        PANEL.replace("{id}", str(number)).replace("{host}", HOST) for number in numbers
    )
    return (
        "<html><body><main><head></head><body><span class='ats-h4'>Refine your search</span>"
        f"<div id='searchResult-parent'>{head}{panels}</div></body></main></body></html>"
    )


def listing(body: str) -> Listing:
    read = EngageAtsSpider().read_listing(response(body))
    assert isinstance(read, Listing)
    return read


@pytest.mark.parametrize(
    ("body", "url"),
    [
        ("<h1>Welcome</h1>", LIST_URL),
        ("", LIST_URL),
        ('<button onclick="RedirectToExternalVacancy()">View</button>', f"{HOST}/V2/Login"),
        (f'<a href="{HOST}/V2/Login">Vacancies</a>', COUNCIL),
        (page(7, total=None), LIST_URL),
        (page(total=None), LIST_URL),
    ],
)
def test_what_is_no_counted_list_is_a_problem(body: str, url: str) -> None:
    with pytest.raises(PageProblem) as raised:
        EngageAtsSpider().read_listing(response(body, url))
    assert raised.value.failure is Failure.LAYOUT_CHANGED


def test_a_plain_link_leads_to_the_list() -> None:
    body = f'<a href="{HOST}/V2/Login">Vacancies</a><a href="{LIST_URL}">Search vacancies</a>'
    onward = EngageAtsSpider().read_listing(response(body, COUNCIL))
    assert isinstance(onward, Request)
    assert onward.url == LIST_URL


def test_a_stated_zero_is_honest() -> None:
    read = listing(page(total=0))
    assert (read.advertised, list(read.rows)) == (0, [])


def test_a_list_of_more_pages_is_never_taken_for_whole() -> None:
    read = listing(page(1, 2, total=27))
    assert (len(read.rows), read.advertised, list(read.more)) == (2, 27, [])
    proof = Proof(advertised=read.advertised, pages_walked=1, ids_listed=2, end_reached=True)
    assert judge(proof).outcome is Outcome.PARTIAL


@pytest.mark.parametrize(
    ("old", "new", "error"),
    [
        ("Team Leader &amp; Cook - MT0010", " ", ValueError),
        ("data-param1", "data-param2", KeyError),
    ],
)
def test_a_panel_without_title_or_address_fails_loudly(
    old: str, new: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        listing(page(7, total=1).replace(old, new))


def test_what_a_panel_says() -> None:
    row = listing(page(472866, total=1)).rows[0]
    assert row.complete
    said = row.advert.as_dict()
    assert said.pop("description").startswith("Estates &amp; Grounds\nStart Date")
    assert said == {
        "external_id": "472866",
        "url": ADVERT_URL,
        "title": "Team Leader & Cook - MT0010",
        "department": "Estates",
        "salary": "£32,080 - £37,694 per annum",
        "posted": "11/08/2026",
        "closes": "31/08/2026",
    }


def test_an_ongoing_advert_keeps_that_word() -> None:
    body = page(7, total=1).replace("31/08/2026", "Ongoing")
    assert listing(body).rows[0].advert.closes == "Ongoing"


def test_an_adverts_own_page_is_read_only_by_its_job_posting() -> None:
    posting = '<script type="application/ld+json">{"@type": "JobPosting", "title": "Cook"}</script>'
    read = EngageAtsSpider().read_advert(response(f"<h1>Cook</h1>{posting}", ADVERT_URL))
    assert (read.external_id, read.title) == ("472866", "Cook")
    with pytest.raises(AdvertGone):
        EngageAtsSpider().read_advert(response("<p>This vacancy has now closed.</p>", ADVERT_URL))
    with pytest.raises(PageProblem):
        EngageAtsSpider().read_advert(response("<h1>Welcome</h1>", ADVERT_URL))


@pytest.mark.parametrize(
    ("body", "url", "found"),
    [
        (page(7, total=1), LIST_URL, LIST_URL),
        (f'<a href="{HOST}/V2/Login">x</a><a href="{LIST_URL}">Jobs</a>', COUNCIL, LIST_URL),
        (f'<a href="{ADVERT_URL}">Cook</a>', COUNCIL, f"{HOST}/V2/Login"),
        (
            '<a href="https://ely.engageats.co.uk/">Jobs</a>',
            COUNCIL,
            "https://ely.engageats.co.uk/V2/Login",
        ),
        (
            "<h5><a href='https://engage.example/'>Powered by engage|ats</a></h5>",
            f"{HOST}/V2/Login",
            f"{HOST}/V2/Login",
        ),
    ],
)
def test_pages_of_engage_or_leading_there_are_recognised(body: str, url: str, found: str) -> None:
    detected = detect(response(body, url))
    assert detected is not None
    assert (detected.platform, detected.url) == ("engage_ats", found)


@pytest.mark.parametrize(
    "body",
    [
        '<a href="https://www.engageats.co.uk/">our supplier</a>',
        '<a href="/V2/Login">Log in</a>',
        '<a href="/vacancies/cook-7">Cook</a>',
        "<p>We shall no longer be powered by engage|ats from May.</p>",
    ],
)
def test_other_pages_are_not_engages(body: str) -> None:
    assert detect(response(body, COUNCIL)) is None
