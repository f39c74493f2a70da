"""Every platform of the estate: each field that it publishes arrives in the database exactly."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from html import unescape
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from lgjobs.demo.adverts import DemoAdvert
from lgjobs.demo.estate import Estate
from lgjobs.demo.server import EstateServer
from lgjobs.demo.sites import SITES
from lgjobs.store.database import reading
from lgjobs.store.rows import unpack_raw
from scrapers.items import RawAdvert
from tests.conftest import EstateCrawls

ESTATE = Estate(date(2026, 3, 2))
Row = dict[str, Any]


def words(text: str | None) -> str:
    return " ".join((text or "").split())


def paragraphs(advert: DemoAdvert) -> list[str]:
    found = re.findall(r"<p>(.*?)</p>", advert.description, re.DOTALL)
    return [words(unescape(re.sub(r"<[^>]+>", "", each))) for each in found]


def same_instant(advert: DemoAdvert, row: Row) -> bool:
    """To the minute: a date alone ends with its day."""
    true, read = advert.ends(), row["closes_at"]
    if true is None or read is None:
        return true is None and read is None
    return abs(datetime.fromisoformat(read) - true) < timedelta(minutes=1)


CHECKS: dict[str, Callable[[DemoAdvert, RawAdvert, Row], bool]] = {
    "closes": lambda advert, _raw, row: same_instant(advert, row),
    "posted": lambda advert, _raw, row: row["posted_on"] == advert.posted.isoformat(),
    "description": lambda advert, _raw, row: all(
        each in words(row["description_text"]) for each in paragraphs(advert)
    ),
    **{
        name: lambda advert, raw, _row, name=name: (
            words(getattr(raw, name)) == words(getattr(advert, name))
        )
        for name in (
            *("title", "reference", "salary", "location", "hours", "contract", "pattern"),
            *("category", "department", "employer", "postcode", "interview"),
        )
    },
}


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Row], dict[Any, Row]]:
    """The whole estate crawled once: rows of source_runs, and of adverts by site and id."""
    database: Path = tmp_path_factory.mktemp("key") / "lgjobs.db"
    with EstateServer(ESTATE) as server:
        runs = EstateCrawls(server, database)()
    with reading(database) as db:
        rows = db.query(
            """SELECT adverts.*, description_text, raw FROM adverts
               JOIN advert_texts ON advert_texts.advert = adverts.id
               JOIN raw_adverts ON raw_adverts.advert = adverts.id"""
        )
        return runs, {(row["source_id"], row["external_id"]): row for row in rows}


@pytest.mark.parametrize("site", list(SITES))
def test_no_advert_is_lost_or_doubled(
    crawled: tuple[dict[str, Row], dict[Any, Row]], site: str
) -> None:
    runs, rows = crawled
    assert runs[site]["outcome"] == "complete", runs[site]["reason"]
    there = {key for key in rows if key[0] == site}
    assert there == {advert.key for advert in ESTATE.on(site)}


@pytest.mark.parametrize("site", list(SITES))
def test_every_field_published_arrives_exactly(
    crawled: tuple[dict[str, Row], dict[Any, Row]], site: str
) -> None:
    printed = import_module(f"lgjobs.demo.{SITES[site].platform}").PRINTS
    assert {"title", "closes"} & printed
    _, rows = crawled
    for advert in ESTATE.on(site):
        row = rows[advert.key]
        raw = unpack_raw(row["raw"])
        wrong = {name for name in printed if not CHECKS[name](advert, raw, row)}
        assert wrong == set(), (advert.key, raw.as_dict())
