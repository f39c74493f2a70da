"""Writing adverts: new, changed with the old version kept, or untouched."""

import sqlite3
from typing import Any

import pytest
from sqlite_utils import Database

from lgjobs.store.rows import LIFE_COLUMNS, content_hash, content_row, pack_raw, unpack_raw
from lgjobs.store.writer import Counts, write_adverts
from pipelines.advert import Basis, Flag, Period, WorkingPattern
from scrapers.items import RawAdvert
from tests.conftest import DAY_1, DAY_2, Crawls, make_advert


def only(db: Database, table: str) -> dict[str, Any]:
    rows = list(db.query(f"SELECT * FROM {table}"))
    assert len(rows) == 1
    return rows[0]


def test_the_same_crawl_twice_changes_nothing(db: Database, crawls: Crawls) -> None:
    crawls([make_advert("a", salary="£30,000")])
    before = only(db, "adverts")
    row = crawls([make_advert("a", at=DAY_2, salary="£30,000")], at=DAY_2)
    after = only(db, "adverts")
    assert (row["new"], row["changed"], row["unchanged"]) == (0, 0, 1)
    assert {name for name in after if before[name] != after[name]} == {"last_seen", "last_read"}
    assert list(db.query("SELECT * FROM advert_versions")) == []


@pytest.mark.parametrize(
    "noise",
    [
        {"url": "https://jobs.example/a?session=2"},
        {"apply_url": "https://jobs.example/apply?session=2"},
        {"salary": "  £30,000\n"},
        {"description": "<p class='x'>Text</p>"},
    ],
)
def test_addresses_markup_and_spacing_are_no_change(noise: dict[str, str]) -> None:
    plain = make_advert("a", salary="£30,000", description="<p>Text</p>")
    assert content_hash(plain) == content_hash(make_advert("a", **{"salary": "£30,000", **noise}))


@pytest.mark.parametrize(
    "news",
    [
        {"title": "Senior Planner"},
        {"salary": "£31,000"},
        {"closes": "3 April 2026"},
        {"location": "Leeds"},
        {"description_text": "Other words"},
        {"extra": {"Post number": "7"}},
    ],
)
def test_any_published_word_is_a_change(news: dict[str, Any]) -> None:
    assert content_hash(make_advert("a")) != content_hash(make_advert("a", **news))


def test_a_change_keeps_the_old_version_field_by_field(db: Database, crawls: Crawls) -> None:
    crawls([make_advert("a", salary="£30,000", salary_min=30000.0, description_text="Old")])
    first = only(db, "adverts")
    changed = make_advert(
        "a", at=DAY_2, salary="£31,000", salary_min=31000.0, description_text="New"
    )
    row = crawls([changed], at=DAY_2)
    after = only(db, "adverts")
    assert (row["new"], row["changed"]) == (0, 1)
    assert (after["id"], after["first_seen"], after["last_changed"]) == (first["id"], DAY_1, DAY_2)
    history = {
        each["field"]: (each["before"], each["after"], each["run"], each["seen_at"])
        for each in db.query("SELECT * FROM advert_versions")
    }
    assert history == {
        "salary_text": ("£30,000", "£31,000", row["run"], DAY_2),
        "salary_min": ("30000.0", "31000.0", row["run"], DAY_2),
        "description_text": ("Old", "New", row["run"], DAY_2),
    }
    assert only(db, "advert_texts")["description_text"] == "New"
    assert unpack_raw(only(db, "raw_adverts")["raw"]).salary == "£31,000"


def test_flags_are_those_of_the_last_reading(db: Database, crawls: Crawls) -> None:
    crawls([make_advert("a", salary="x", flags=[Flag("salary_unread", "x")])])
    assert only(db, "advert_flags")["flag"] == "salary_unread"
    crawls([make_advert("a", at=DAY_2, salary="y")], at=DAY_2)
    assert list(db.query("SELECT * FROM advert_flags")) == []


def test_every_field_of_the_schema_arrives(db: Database, crawls: Crawls) -> None:
    advert = make_advert(
        "a",
        salary_period=Period.YEAR,
        salary_basis=Basis.STATED,
        pro_rata=True,
        working_pattern=(WorkingPattern.PART_TIME, WorkingPattern.TERM_TIME),
        contract="Fixed Term",
        pattern="Part time",
    )
    crawls([advert])
    row = only(db, "adverts")
    assert row["salary_period"] == "year"
    assert row["pro_rata"] == 1
    assert row["working_pattern"] == "part_time,term_time"
    assert row["contract_text"] == "Fixed Term, Part time"
    assert row["job_id"] == row["id"]
    assert set(content_row(advert)) | LIFE_COLUMNS == set(row)


def test_a_batch_is_written_whole_or_not_at_all(db: Database, crawls: Crawls) -> None:
    crawls([make_advert("a")])
    broken = make_advert("c")
    broken.salary_min = "not a number"  # type: ignore[assignment]
    with pytest.raises(sqlite3.Error):
        write_adverts(db, [make_advert("b"), broken], 1, Counts())
    assert only(db, "adverts")["external_id"] == "a"
    assert only(db, "jobs")


def test_an_advert_read_twice_in_a_batch_counts_once(db: Database, crawls: Crawls) -> None:
    row = crawls([make_advert("a"), make_advert("a", title="Later reading")])
    assert row["new"] == 1
    assert only(db, "adverts")["title"] == "Later reading"


def search(db: Database, words: str) -> list[int]:
    sql = "SELECT rowid FROM advert_search WHERE advert_search MATCH ?"
    return [rowid for (rowid,) in db.execute(sql, [words])]


def test_the_full_text_index_follows(db: Database, crawls: Crawls) -> None:
    crawls([make_advert("a", title="Archivist", description_text="Old ledgers")])
    assert search(db, "ledgers") == [1]
    assert search(db, "archivists") == [1]
    changed = make_advert("a", at=DAY_2, title="Librarian", description_text="New shelves")
    crawls([changed], at=DAY_2)
    assert search(db, "ledgers") == []
    assert search(db, "archivist") == []
    assert search(db, "shelves") == [1]
    db.execute("INSERT INTO advert_search (advert_search, rank) VALUES ('integrity-check', 1)")


def test_raw_strings_come_back_as_they_were() -> None:
    raw = RawAdvert(external_id="1", url="u", title="Cogydd – Ysgol", extra={"Label": "x"})
    assert unpack_raw(pack_raw(raw)) == raw
