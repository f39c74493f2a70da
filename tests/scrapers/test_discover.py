"""From a council's pages to its platform: one page, one platform; and where vacancies are."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scrapy.http import HtmlResponse, TextResponse

from lgjobs.demo.estate import Estate
from lgjobs.demo.server import EstateServer
from lgjobs.demo.sites import SITES
from lgjobs.demo.web import Reply, Request
from scrapers.discover import GENERAL, detect, detectors, vacancy_links
from tests.conftest import EstateCrawls

HOME = "https://www.example.gov.uk/"
BY_SHAPE = {
    "leeds": "itrent",
    "gwynedd": "itrent",
    "wiltshire": "itrent",
    "north-east-jobs": "north_east_jobs",
    "derby": "jobposting",
    "fife": "feed",
    "cornwall": "feed",
    "powys": "feed",
    "ceredigion": "council_site",
    "rutland": "council_site",
}
"""Sites of the estate whose pages tell their platform whatever the host."""


def page(body: str, url: str = HOME, title: str = "Example Council") -> HtmlResponse:
    text = f"<html><head><title>{title}</title></head><body>{body}</body></html>"
    return HtmlResponse(url, body=text.encode(), encoding="utf-8")


def special(response: TextResponse) -> set[str]:
    return {name for name, find in detectors().items() if name not in GENERAL and find(response)}


# One page, one platform


class Recording(EstateServer):
    """An estate that keeps what each site answered."""

    def __init__(self, estate: Estate) -> None:
        super().__init__(estate)
        self.pages: dict[str, dict[str, TextResponse]] = defaultdict(dict)

    def answer(self, site: str, request: Request, body: bytes = b"") -> Reply:
        reply = super().answer(site, request, body)
        text = not reply.content_type.startswith(("application/gzip", "text/plain"))
        if reply.status == 200 and text:
            url = self.base(site) + request.target
            self.pages[site][url] = HtmlResponse(url, body=reply.body, encoding="utf-8")
        return reply


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, TextResponse]]:
    """What a crawl of three adverts a site asks for, and the home pages."""
    server = Recording(Estate(date(2026, 3, 2)))
    with server:
        EstateCrawls(server, tmp_path_factory.mktemp("pages") / "lgjobs.db")(limit=3)
        for site in SITES:
            host = server.base(site).removeprefix("http://")
            server.answer(site, Request("GET", "/", {"host": host}))
    return server.pages


@pytest.mark.parametrize("site", list(SITES))
def test_no_page_of_a_site_is_taken_for_another_platforms(
    pages: dict[str, dict[str, TextResponse]], site: str
) -> None:
    own = {SITES[site].platform} - set(GENERAL)
    assert pages[site]
    for url, response in pages[site].items():
        found = special(response)
        assert found <= own, url
        assert found or len(detect(response)) <= 1, url


@pytest.mark.parametrize("site", BY_SHAPE)
def test_a_site_is_recognised_by_its_first_page(
    pages: dict[str, dict[str, TextResponse]], site: str
) -> None:
    first = next(iter([r for u, r in pages[site].items() if "robots" not in u]))
    if site == "derby":
        first = next(each for url, each in pages[site].items() if "/vacancy/" in url)
    [found] = detect(first)
    assert found.platform == BY_SHAPE[site]
    assert found.url.startswith("http")
    assert found.evidence


def test_a_detected_address_is_the_one_that_the_register_gives(
    pages: dict[str, dict[str, TextResponse]],
) -> None:
    for site in ("leeds", "gateshead", "north-east-jobs", "cornwall", "powys", "rutland"):
        first = next(iter(pages[site].values()))
        assert detect(first)[0].url == first.url


def test_real_pages_are_of_their_own_platform(shared: Path) -> None:
    folders = [each for each in (shared / "real").iterdir() if each.is_dir()]
    assert folders
    for folder in folders:
        for file in folder.glob("*.html"):
            url = f"https://board.example/{file.name}"
            response = HtmlResponse(url, body=file.read_bytes(), encoding="iso-8859-1")
            assert [each.platform for each in detect(response)] == [folder.name], file.name


# What a page leads to


def test_a_page_about_nothing_leads_nowhere() -> None:
    for body in ("", "<h1>Bins</h1>", '<a href="/jobs">Jobs</a>', "not a page at all"):
        assert detect(page(body)) == []


def test_a_platform_comes_before_boards_and_boards_before_what_reads_any_site() -> None:
    itrent = '<a href="https://ce9101li.webitrent.com/ce9101li_webrecruitment/wrd/run/{}">Jobs</a>'
    launch = itrent.format("etrec179gf.open?wvid=1234567AbC")
    board = '<a href="https://www.northeastjobs.org.uk/organisation/7">Board</a>'
    feed = '<a href="/vacancies.rss">Feed of vacancies</a>'
    found = detect(page(board + launch + feed))
    assert [each.platform for each in found] == ["itrent", "north_east_jobs"]
    assert found[0].url.endswith("ce9101li_webrecruitment/wrd/run/ETREC179GF.open?WVID=1234567AbC")
    assert found[1].url == "https://www.northeastjobs.org.uk/RSSJobs.aspx?orgid=62"
    assert [each.platform for each in detect(page(feed))] == ["feed"]


def test_forms_of_itrent_are_told_from_its_json() -> None:
    run = "https://ce9101li.webitrent.com/ce9101li_webrecruitment/wrd/run/"
    forms = page(f'<a href="{run}ETREC106GF.display_srch_all?WVID=52561500BT&amp;LANG=USA">x</a>')
    assert [each.platform for each in detect(forms)] == ["itrent_forms"]
    root = detect(page(f'<iframe src="{run}etrec002gf.open"></iframe>'))
    assert [(each.platform, each.url) for each in root] == [("itrent", run + "etrec002gf.open")]
    assert detect(page('<a href="/our_web/wrd/run/">x</a><a href="/etrec179gf.open">x</a>')) == []


def test_the_feed_of_one_employer_on_a_board_is_kept() -> None:
    [found] = detect(page('<a href="https://www.northeastjobs.org.uk/RSSJobs.aspx?orgid=7">R</a>'))
    assert found.url == "https://www.northeastjobs.org.uk/RSSJobs.aspx?orgid=7"


def test_a_page_of_a_platform_is_not_taken_for_the_one_it_links_to() -> None:
    board = '<a href="https://www.northeastjobs.org.uk/">Board</a>'
    portal = page(f"<!-- company::csr::Portal::Page -->{board}")
    assert [(each.platform, each.url) for each in detect(portal)] == [
        ("civil_service_jobs", HOME + "csr/index.cgi")
    ]
    linked = page('<a href="https://www.civilservicejobs.service.gov.uk/csr/jobs.cgi">x</a>')
    assert [each.platform for each in detect(linked)] == ["civil_service_jobs"]


def test_an_adverts_page_names_the_list_above_it() -> None:
    script = '<script type="application/ld+json">{"@type": "JobPosting", "title": "Clerk"}</script>'
    body = f'{script}<h1>Clerk</h1><a href="/">Home</a><a href="/jobs">Jobs</a>'
    url = HOME + "jobs/search/town-clerk-700"
    assert detect(page(body, url))[0].url == HOME + "jobs"
    nearer = '<a href="/jobs/search/?page=1">Search</a>'
    assert detect(page(body + nearer, url))[0].url == HOME + "jobs/search/?page=1"
    lonely = detect(page(f"{script}<h1>Clerk</h1>", url))
    assert [(each.platform, each.url) for each in lonely] == [("jobposting", HOME + "jobs/search/")]


@given(st.text(max_size=300), st.sampled_from(["{}", "<a href='{}'>jobs</a>", "<iframe src='{}'>"]))
@settings(deadline=None, max_examples=60)
def test_no_text_breaks_a_detector(text: str, around: str) -> None:
    response = page(around.replace("{}", text))
    detect(response)
    vacancy_links(response)


# Where vacancies are


@pytest.mark.parametrize(
    "link",
    [
        '<a href="/jobs.pdf">Jobs</a>',
        '<a href="mailto:jobs@example.gov.uk">Jobs</a>',
        '<a href="#jobs">Jobs</a>',
        '<a href="https://www.linkedin.com/company/example/jobs">Jobs</a>',
        '<a href="/volunteering">Volunteer jobs</a>',
        '<a href="/councillors/casual-vacancy">Casual vacancy: Ely South</a>',
        '<a href="/news/jobs-boost">Jobs boost for the town</a>',
        '<a href="/foster">Careers in fostering</a>',
        '<a href="/housing/vacancies">Vacancies</a>',
        '<a href="/bins">Bins</a>',
        '<a href="http://[bad/jobs">Jobs</a>',
        '<a href="/x">' + "Our jobs page tells you a great deal. " * 4 + "</a>",
    ],
)
def test_links_that_do_not_lead_to_vacancies(link: str) -> None:
    assert vacancy_links(page(link)) == []


@pytest.mark.parametrize(
    "link",
    [
        '<a href="/a">Jobs</a>',
        '<a href="/a">Jobs and careers</a>',
        '<a href="/a">View current vacancies ›</a>',
        '<a href="/a">Work for us</a>',
        '<a href="/a">Swyddi gwag</a>',
        '<a href="/a">Swyddi a gyrfaoedd</a>',
        '<a href="/a">Jobs, careers and training</a>',
        '<a href="/a" aria-label="Council jobs"><img src="x.png"></a>',
    ],
)
def test_links_that_do(link: str) -> None:
    assert vacancy_links(page(link)) == [HOME + "a"]


def test_the_best_link_comes_first_and_each_once() -> None:
    body = (
        '<a href="/careers/why-us">A career with us</a><a href="/council">Council</a>'
        '<a href="https://jobs.example.gov.uk/?utm_source=home">Search jobs</a>'
        '<a href="/cy/swyddi">Swyddi</a><a href="/work">Work for us</a>'
        '<a href="https://jobs.example.gov.uk/">Find out more</a>'
    )
    assert vacancy_links(page(body)) == [
        "https://jobs.example.gov.uk/",
        HOME + "cy/swyddi",
        HOME + "work",
        HOME + "careers/why-us",
    ]


def test_from_the_home_page_to_the_vacancies_of_the_estate(
    pages: dict[str, dict[str, TextResponse]],
) -> None:
    for site in ("rutland", "ceredigion", "derby"):
        home = next(each for url, each in pages[site].items() if urlsplit(url).path == "/")
        vacancies = vacancy_links(home)[0]
        assert vacancies in pages[site]
