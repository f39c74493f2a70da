"""data/sources.csv and data/board_members.csv: sound, evidenced, and of councils that stand."""

import csv
import pkgutil
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from urllib.parse import urlsplit

import pytest
from scrapy.settings import Settings
from scrapy.spiderloader import SpiderLoader

import scrapers.spiders
from pipelines.areas import areas
from pipelines.reference import table
from scrapers import DATA
from scrapers.platform import PlatformSpider
from scrapers.sources import COLUMNS, Source, read_register

TO_COME = frozenset({"abacus_recruit", "icims", "zellis"})
"""Platforms that a source may be on before they have a spider: it is switched off."""

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}")
_WRITTEN = re.compile(r"[!-~]+")


@pytest.fixture(scope="module")
def register() -> dict[str, Source]:
    """Our own register, whatever the environment names."""
    return read_register(DATA / "sources.csv")


def modules() -> set[str]:
    return {module.name for module in pkgutil.iter_modules(scrapers.spiders.__path__)}


@pytest.fixture(scope="module")
def loader() -> SpiderLoader:
    settings = Settings()
    settings.setmodule("scrapers.settings", priority="project")
    return SpiderLoader.from_settings(settings)


def faults(source: Source) -> Iterator[str]:
    """What is wrong with a row, in a word each."""
    address = urlsplit(source.url)
    council = areas().get(source.employer or "")
    if not _ID.fullmatch(source.id):
        yield "id"
    if source.employer is not None and (council is None or not council.in_force(None)):
        yield "employer"
    if address.scheme != "https" or address.port or address.username or address.fragment:
        yield "url"
    if not _HOST.fullmatch(address.netloc) or not _WRITTEN.fullmatch(source.url):
        yield "host"
    if not address.path.startswith("/"):
        yield "path"
    if source.platform not in (modules() if source.enabled else modules() | TO_COME):
        yield "platform"
    if not source.evidence or re.search(r"https?://|@", source.evidence):
        yield "evidence"
    if source.enabled and re.match(r"low confidence|no spider yet", source.evidence):
        yield "enabled"
    if not source.checked_on or not is_day(source.checked_on):
        yield "checked_on"


def is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


@pytest.mark.parametrize(
    ("fault", "says"),
    [
        ("id", {"id": "Leeds_City"}),
        ("employer", {"employer": "E99999999"}),
        ("employer", {"employer": "E07000187"}),  # Mendip, abolished in 2023
        ("url", {"url": "http://jobs.example.org/"}),
        ("url", {"url": "https://user@jobs.example.org/"}),
        ("host", {"url": "https://localhost/"}),
        ("host", {"url": "https://jobs.example.org/all jobs"}),
        ("path", {"url": "https://jobs.example.org"}),
        ("platform", {"platform": "itrant"}),
        ("platform", {"platform": "zellis"}),
        ("evidence", {"evidence": ""}),
        ("evidence", {"evidence": "told by someone@example.org"}),
        ("enabled", {"evidence": "low confidence: an old list"}),
        ("checked_on", {"checked_on": None}),
        ("checked_on", {"checked_on": "2026-07"}),
    ],
)
def test_a_faulty_row_is_found(fault: str, says: dict[str, str]) -> None:
    sound = {
        "id": "leeds",
        "platform": "itrent",
        "url": "https://jobs.example.org/",
        "employer": "E08000035",
        "checked_on": "2026-07-01",
        "evidence": "seen",
    }
    assert list(faults(Source(**sound))) == []  # type: ignore[arg-type]
    assert fault in faults(Source(**{**sound, **says}))  # type: ignore[arg-type]


def test_every_row_is_sound(register: dict[str, Source]) -> None:
    found = {source.id: wrong for source in register.values() if (wrong := list(faults(source)))}
    assert found == {}


def test_every_enabled_source_can_be_started(
    register: dict[str, Source], loader: SpiderLoader
) -> None:
    """Its platform has a spider, which takes its options and first asks the source's own host."""
    for source in register.values():
        if source.enabled:
            spider = loader.load(source.platform)(source=source)
            assert isinstance(spider, PlatformSpider)
            assert urlsplit(spider.listing_request().url).netloc == source.host, source.id


def test_the_file_has_all_columns_and_no_address_twice(register: dict[str, Source]) -> None:
    text = (DATA / "sources.csv").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    assert tuple(next(csv.reader(lines))) == COLUMNS
    assert {len(row) for row in csv.reader(lines)} == {len(COLUMNS)}
    addresses = Counter(source.url for source in register.values())
    assert [url for url, times in addresses.items() if times > 1] == []


def test_a_board_has_no_employer_and_its_members_are_councils_in_force(
    register: dict[str, Source],
) -> None:
    rows = table("board_members.csv")
    assert list(rows[0]) == ["board", "gss_code", "checked_on", "evidence"]
    pairs = Counter((row["board"], row["gss_code"]) for row in rows)
    assert [pair for pair, times in pairs.items() if times > 1] == []
    for row in rows:
        assert row["board"] in register, row
        assert register[row["board"]].employer is None, row
        assert areas()[row["gss_code"]].in_force(None), row
        assert is_day(row["checked_on"]), row
        assert row["evidence"], row


def test_the_shared_boards_carry_the_councils_that_they_say() -> None:
    boards: dict[str, set[str]] = {}
    for row in table("board_members.csv"):
        boards.setdefault(row["board"], set()).add(row["gss_code"])
    scottish = {a.code for a in areas().values() if a.type == "scottish_unitary" and not a.valid_to}
    north_east = {
        a.code
        for a in areas().values()
        if a.region == "North East" and a.type in ("unitary", "metropolitan_district")
        if not a.valid_to
    }
    assert boards["myjobscotland"] == scottish
    assert len(scottish) == 32
    assert boards["north-east-jobs"] == north_east
    assert len(north_east) == 12


def test_councils_in_force_by_type() -> None:
    counts = Counter(area.type for area in areas().values() if area.in_force(None))
    assert counts == {
        "county": 21,
        "unitary": 62,
        "isles_of_scilly": 1,
        "metropolitan_district": 36,
        "london_borough": 32,
        "city_of_london": 1,
        "non_metropolitan_district": 164,
        "welsh_unitary": 22,
        "scottish_unitary": 32,
        "ni_district": 11,
        "combined_authority": 15,
        "regional_authority": 1,
        "national_park_authority": 10,
    }
