"""The demo of Civil Service Jobs: it refuses what the portal refuses, and the spider reads it."""

from __future__ import annotations

from datetime import date

import pytest
from scrapy.http import HtmlResponse

from lgjobs.demo.adverts import DemoAdvert
from lgjobs.demo.civil_service_jobs import CivilServiceJobsSite
from lgjobs.demo.estate import Estate
from lgjobs.demo.sites import Site
from lgjobs.demo.web import Request
from scrapers.listing import Listing
from scrapers.problems import AdvertGone, PageProblem
from scrapers.spiders.civil_service_jobs import CivilServiceJobsSpider, detect
from scrapers.walls import find_wall

BASE = "http://jobs.example"
TODAY = date(2026, 3, 2)


def advert(number: int) -> DemoAdvert:
    return DemoAdvert(
        site="csj",
        id=str(1_990_000 + number),
        title=f"Valuer’s Clerk {number}",
        employer="Valuation Office Agency",
        council=None,
        sector="property_facilities",
        posted=TODAY,
        updated=TODAY,
        closes=date(2026, 3, 20),
        reference=str(448_000 + number),
        department="Council Tax",
        salary="£26,421 to £27,500",
        location="Durham, Leeds",
        contract="Permanent",
        pattern="Full-time",
        category="Property",
        description="<p>Measure and note.</p>",
    )


def opened(count: int, gone: int = 0, **settings: str) -> CivilServiceJobsSite:
    estate = Estate(TODAY)
    estate.adverts = [advert(number) for number in range(count)]
    estate.gone = [advert(number) for number in range(count, count + gone)]
    site = Site("csj", "civil_service_jobs", None, "Civil Service Jobs", "", "", settings, {})
    return CivilServiceJobsSite(site, estate)


def ask(site: CivilServiceJobsSite, url: str, form: bytes | None = None) -> HtmlResponse:
    target = url.removeprefix(BASE)
    request = Request("GET" if form is None else "POST", target, {"host": "jobs.example"})
    reply = site.respond(request) if form is None else site.post(request, form)
    headers = {"Content-Type": reply.content_type}
    return HtmlResponse(BASE + target, status=reply.status, body=reply.body, headers=headers)


def first_results(site: CivilServiceJobsSite) -> Listing:
    door = CivilServiceJobsSpider().read_listing(ask(site, site.start_path()))
    assert not isinstance(door, Listing)
    assert (door.method, door.body) == ("POST", b"what=&search_button=Search+for+jobs")
    read = CivilServiceJobsSpider().read_listing(ask(site, door.url, door.body))
    assert isinstance(read, Listing)
    return read


def test_results_come_only_by_the_form_and_only_once() -> None:
    site = opened(3)
    door = CivilServiceJobsSpider().read_listing(ask(site, site.start_path()))
    assert not isinstance(door, Listing)
    assert "ID_context_search_form" in ask(site, door.url).text
    assert "Search results" not in ask(site, door.url, door.body).text, "used up by the GET"
    assert (
        "ID_context_search_form" in ask(site, "/csr/esearch.cgi?SID=cmVxc2lnPTE=", door.body).text
    )


def test_a_link_works_once_and_not_in_another_session() -> None:
    site = opened(3)
    row = first_results(site).rows[0]
    assert isinstance(row.detail, str)
    spider = CivilServiceJobsSpider()
    assert spider.read_advert(ask(site, row.detail)).title == "Valuer’s Clerk 0"
    with pytest.raises(PageProblem):
        spider.read_advert(ask(site, row.detail))
    other = first_results(site).rows[0]
    assert isinstance(other.detail, str)
    assert other.detail != row.detail
    assert other.fingerprint() == row.fingerprint()
    site.show(Estate(TODAY))
    with pytest.raises(PageProblem):
        spider.read_advert(ask(site, other.detail))


def test_all_pages_are_read_and_the_permalink_of_each_advert_stays() -> None:
    site, spider = opened(260, gone=1), CivilServiceJobsSpider()
    read = first_results(site)
    assert read.advertised == 260
    seen = {row.advert.external_id: row.advert.url for row in read.rows}
    pages = 1
    while read.more:
        following = spider.read_listing(ask(site, str(read.more[0])))
        assert isinstance(following, Listing)
        read, pages = following, pages + 1
        seen |= {row.advert.external_id: row.advert.url for row in read.rows}
    assert (pages, len(seen)) == (11, 260)
    for _ in range(2):
        whole = spider.read_advert(ask(site, seen["1990007"])).as_dict()
    assert whole["closes"] == "11:59 pm on Friday 20th March 2026"
    assert "Measure and note." in whole["description"]
    assert "recruiting manager" not in whole["description"]
    with pytest.raises(AdvertGone):
        spider.read_advert(ask(site, "/csr/jobs.cgi?jcode=1990260"))


def test_no_job_is_an_honest_zero() -> None:
    assert first_results(opened(0)).advertised == 0


def test_the_puzzle_lets_nobody_through() -> None:
    site = opened(3, gate="yes")
    assert find_wall(ask(site, site.start_path()))
    assert find_wall(ask(site, "/csr/jobs.cgi?jcode=1990000"))


def test_the_portal_is_known_by_its_pages_and_by_links_to_it() -> None:
    seen = detect(ask(opened(1), "/csr/index.cgi"))
    assert seen
    assert seen.url == BASE + "/csr/index.cgi"
    link = b'<a href="https://www.civilservicejobs.service.gov.uk/csr/jobs.cgi?jcode=1">x</a>'
    pointed = detect(HtmlResponse("https://www.example.gov.uk/", body=link))
    assert pointed
    assert pointed.url == "https://www.civilservicejobs.service.gov.uk/csr/index.cgi"
    assert detect(HtmlResponse("https://www.example.gov.uk/csr/", body=b"<p>Jobs</p>")) is None
