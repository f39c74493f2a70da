"""From a council's home page alone to its platform, in few requests."""

import asyncio
from datetime import date

import pytest
from scrapy.crawler import AsyncCrawlerRunner

from lgjobs.demo.estate import Estate
from lgjobs.demo.server import WEBSITE, EstateServer
from lgjobs.demo.sites import SITES
from lgjobs.discovery import Discovery, discovery_settings, look_around, source_id
from lgjobs.errors import UsedWrongly
from lgjobs.website import Website
from scrapers.discover import GENERAL
from scrapers.finder import MOST_REQUESTS


def look(websites: list[Website]) -> list[Discovery]:
    settings = discovery_settings(websites)
    settings.set("TWISTED_REACTOR_ENABLED", False, priority="cmdline")
    settings.set("RETRY_TIMES", 0, priority="cmdline")
    return asyncio.run(look_around(AsyncCrawlerRunner(settings), websites))


COUNCILS = [site.id for site in SITES.values() if site.council is not None]


@pytest.fixture(scope="module")
def found() -> dict[str, Discovery]:
    with EstateServer(Estate(date(2026, 3, 2))) as server:
        websites = [
            Website(server.url(f"{WEBSITE}{name}"), SITES[name].council, name) for name in COUNCILS
        ]
        return {each.website.name: each for each in look(websites)}


@pytest.mark.parametrize("name", COUNCILS)
def test_the_platform_is_found_from_the_home_page(found: dict[str, Discovery], name: str) -> None:
    discovery = found[name]
    assert discovery.proposal is not None, discovery.trouble
    platform = discovery.proposal.detection.platform
    if SITES[name].platform in GENERAL:
        assert platform in GENERAL
    else:
        assert platform == SITES[name].platform
    assert discovery.requests <= MOST_REQUESTS
    source = discovery.source("2026-03-02")
    assert source is not None
    assert (source.id, source.employer) == (source_id(discovery.website), SITES[name].council)
    assert source.evidence


def test_a_website_that_is_not_there_is_said() -> None:
    (found,) = look([Website("http://127.0.0.1:9/")])
    assert found.proposal is None
    assert "refused" in found.trouble
    assert found.source("2026-03-02") is None


def test_a_website_without_vacancies_proposes_nothing() -> None:
    with EstateServer(Estate(date(2026, 3, 2))) as server:
        (found,) = look([Website(server.base(f"{WEBSITE}leeds") + "/planning")])
    assert found.proposal is None
    assert found.trouble


def test_real_websites_are_told_who_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scrapers.settings.LGJOBS_CONTACT", "")
    with pytest.raises(UsedWrongly, match="LGJOBS_CONTACT"):
        discovery_settings([Website("https://www.example.gov.uk/")])


@pytest.mark.parametrize(
    ("website", "expected"),
    [
        (Website("https://www.leeds.gov.uk/"), "leeds"),
        (Website("https://www.x.gov.uk/", name="Leeds City Council"), "leeds-city"),
        (Website("https://www.x.gov.uk/", name="Cyngor Sir Ynys Môn"), "cyngor-sir-ynys-môn"),
    ],
)
def test_ids_are_made_of_names(website: Website, expected: str) -> None:
    assert source_id(website) == expected


def test_nobody_is_led_from_this_machine_to_a_vendors_real_host(
    found: dict[str, Discovery],
) -> None:
    discovery = found["plymouth"]
    assert discovery.proposal is not None
    assert "greenhouse.io" in discovery.proposal.detection.url
    assert not discovery.proposal.probed
    assert not any("greenhouse.io" in url for url in discovery.proposal.path)
