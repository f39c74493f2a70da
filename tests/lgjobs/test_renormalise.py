"""Reading stored adverts again: what today's parsers change, and what they must not."""

from typing import Any

import pytest
from sqlite_utils import Database

from lgjobs.chain import read_through
from lgjobs.renormalise import _processes, renormalise
from scrapers.items import RawAdvert
from tests.conftest import DAY_1, DAY_2, Crawls


def raw(number: int) -> RawAdvert:
    return RawAdvert(
        external_id=str(number),
        url=f"https://jobs.example/{number}",
        title="Planner",
        employer="Leeds City Council",
        salary="£30,000 - £35,000",
        description="<p>Plan places.</p>",
        source_id="s",
        fetched_at=DAY_1,
    )


@pytest.fixture
def stored(db: Database, crawls: Crawls) -> Database:
    """Three adverts, the second of which an older parser misread."""
    crawls([read_through(raw(number)) for number in range(3)])
    db.execute("UPDATE adverts SET salary_min = 35000, sector = NULL WHERE external_id = '1'")
    db.execute("INSERT INTO advert_flags SELECT id, 'salary_unread', 'x' FROM adverts WHERE id = 3")
    return db


def row(db: Database, external_id: str) -> dict[str, Any]:
    return next(db.query("SELECT * FROM adverts WHERE external_id = ?", [external_id]))


def test_what_reads_the_same_is_left_alone(db: Database, crawls: Crawls) -> None:
    crawls([read_through(raw(0))])
    before = row(db, "0")
    assert renormalise(db, DAY_2).changed == 0
    assert row(db, "0") == before
    assert list(db.query("SELECT * FROM advert_versions")) == []


def test_a_dry_run_changes_nothing(stored: Database) -> None:
    result = renormalise(stored, DAY_2, dry_run=True)
    assert (result.read, result.changed) == (3, 2)
    assert dict(result.fields) == {"salary_min": 1, "sector": 1, "flags": 1}
    assert row(stored, "1")["salary_min"] == 35000


def test_a_better_reading_replaces_the_old_one_and_the_history_keeps_it(stored: Database) -> None:
    before = row(stored, "1")
    renormalise(stored, DAY_2)
    after = row(stored, "1")
    assert (after["salary_min"], after["sector"]) == (30000, "planning")
    changed = {name for name in after if after[name] != before[name]}
    assert changed == {"salary_min", "sector"}
    history = stored.query("SELECT field, before, after, run, seen_at FROM advert_versions")
    assert {tuple(each.values()) for each in history} == {
        ("salary_min", "35000.0", "30000.0", None, DAY_2),
        ("sector", None, "planning", None, DAY_2),
    }
    assert list(stored.query("SELECT * FROM advert_flags WHERE flag = 'salary_unread'")) == []
    stored.execute("INSERT INTO advert_search (advert_search, rank) VALUES ('integrity-check', 1)")


def test_only_adverts_read_since_a_day(stored: Database) -> None:
    assert renormalise(stored, DAY_2, since=DAY_2).read == 0
    assert renormalise(stored, DAY_2, since=DAY_1).read == 3


def test_several_processes_read_what_one_does(
    stored: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = renormalise(stored, DAY_2, dry_run=True)
    monkeypatch.setattr("lgjobs.renormalise.WORTH_SHARING", 1)
    monkeypatch.setattr("lgjobs.renormalise.BATCH", 1)
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    assert renormalise(stored, DAY_2) == alone
    assert row(stored, "1")["salary_min"] == 30000


def test_a_handful_of_adverts_starts_no_process(stored: Database) -> None:
    assert _processes(stored, None) == 1
