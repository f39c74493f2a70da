"""NEOGOV in the estate: robots.txt lets us in nowhere, and what would be read is right."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from importlib import import_module
from pathlib import Path

import pytest
from scrapy import Request

from lgjobs.demo.estate import Estate
from lgjobs.demo.neogov import NeogovSite
from lgjobs.demo.server import EstateServer, Fault
from lgjobs.demo.sites import EVERY, SHUT
from lgjobs.store.database import reading
from lgjobs.store.rows import unpack_raw
from tests.conftest import EstateCrawls
from tests.lgjobs.test_answer_key import CHECKS
from tests.scrapers.walking import HOST, answer

SITE = "ely-county"
ESTATE = Estate(date(2026, 3, 2))
WITHOUT_ROBOTS = Fault(SITE, "robots.txt", status=404)
"""The same site as if it had no robots.txt: for the answer key alone."""


@pytest.fixture(scope="module")
def shut() -> Iterator[EstateServer]:
    with EstateServer(ESTATE) as server:
        yield server


@pytest.fixture(scope="module")
def let_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with all of the site in it."""
    database: Path = tmp_path_factory.mktemp("neogov") / "lgjobs.db"
    with EstateServer(ESTATE, [WITHOUT_ROBOTS]) as server:
        run = EstateCrawls(server, database)(SITE)[SITE]
    assert run["outcome"] == "complete", run["reason"]
    return database


def stored(database: Path) -> list[tuple[str, str | None]]:
    with reading(database) as db:
        rows = db.query("SELECT external_id, closed_at FROM adverts ORDER BY external_id")
        return [(row["external_id"], row["closed_at"]) for row in rows]


def test_its_row_is_switched_off_and_a_crawl_of_the_estate_leaves_it_alone(
    shut: EstateServer,
) -> None:
    assert SITE in SHUT
    assert [each.id for each in shut.register if not each.enabled] == sorted(SHUT)
    assert len(ESTATE.on(SITE)) > 10
    assert not {each.key for each in ESTATE.on(SITE)} & {each.key for each in ESTATE.adverts}


def test_a_crawl_all_the_same_is_blocked_by_robots_txt_and_asks_for_nothing_else(
    shut: EstateServer, tmp_path: Path
) -> None:
    run = EstateCrawls(shut, tmp_path / "lgjobs.db")(SITE)[SITE]
    assert (run["outcome"], run["failure"]) == ("blocked", "robots")
    assert {each.path for each in shut.requests} == {"/robots.txt"}
    assert stored(tmp_path / "lgjobs.db") == []


def test_a_robots_txt_that_begins_to_refuse_closes_nothing(let_in: Path, tmp_path: Path) -> None:
    database, before = tmp_path / "lgjobs.db", stored(let_in)
    shutil.copyfile(let_in, database)
    with EstateServer(ESTATE.next_day()) as server:
        assert EstateCrawls(server, database)(SITE)[SITE]["outcome"] == "blocked"
    assert stored(database) == before
    assert {closed for _, closed in before} == {None}


def test_without_its_robots_txt_every_field_published_would_arrive_exactly(let_in: Path) -> None:
    with reading(let_in) as db:
        rows = {
            row["external_id"]: row
            for row in db.query(
                """SELECT adverts.*, description_text, raw FROM adverts
                   JOIN advert_texts ON advert_texts.advert = adverts.id
                   JOIN raw_adverts ON raw_adverts.advert = adverts.id"""
            )
        }
    adverts = {advert.id: advert for advert in ESTATE.on(SITE)}
    assert rows.keys() == adverts.keys()
    printed = import_module("lgjobs.demo.neogov").PRINTS
    for number, advert in adverts.items():
        raw = unpack_raw(rows[number]["raw"])
        wrong = {name for name in printed if not CHECKS[name](advert, raw, rows[number])}
        assert wrong == set(), raw.as_dict()
        assert rows[number]["closes_at"] is None, "month/day/year is not to be read day first"


def test_the_site_refuses_what_the_real_one_refuses() -> None:
    site = NeogovSite(EVERY[SITE], ESTATE)
    index = f"{HOST}/careers/home/index?agency=elycounty&page="
    script = {"X-Requested-With": "XMLHttpRequest"}
    shell = answer(site, Request(f"{HOST}/careers/elycounty")).text
    assert "list-item" not in shell
    assert answer(site, Request(index + "1")).text == shell
    assert "list-item" in answer(site, Request(index + "1", headers=script)).text
    assert "No jobs at this time" in answer(site, Request(index + "9", headers=script)).text
    other = Request(index.replace("elycounty", "other") + "1", headers=script)
    assert answer(site, other).status == 302
    (gone, *_) = [each for each in Estate(date(2026, 3, 2), day=2).gone if each.site == SITE]
    late = NeogovSite(EVERY[SITE], Estate(date(2026, 3, 2), day=2))
    over = answer(late, Request(f"{HOST}/careers/elycounty/jobs/{gone.id}/x"))
    assert "no longer available" in over.text
