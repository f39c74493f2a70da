"""Opening the database: what is refused, and that refusing makes and changes nothing."""

import sqlite3
from pathlib import Path

import pytest

from lgjobs.store.database import StoreError, open_for_reading, reading, writing
from lgjobs.store.migrations import migrations
from lgjobs.store.schema import COLUMNS, TABLES


def test_reading_a_missing_database_makes_none(database: Path) -> None:
    with pytest.raises(StoreError, match="there is no database"):
        open_for_reading(database)
    assert not database.exists()


def foreign(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE cats (name TEXT)")
    connection.close()


@pytest.mark.parametrize("opening", [reading, writing])
def test_another_programs_database_is_left_alone(opening: object, database: Path) -> None:
    foreign(database)
    before = database.read_bytes()
    with pytest.raises(StoreError, match="another program"), opening(database):  # type: ignore[operator]
        pass
    assert database.read_bytes() == before


@pytest.mark.parametrize("opening", [reading, writing])
def test_a_file_that_is_no_database_is_left_alone(opening: object, database: Path) -> None:
    database.write_text("Dear diary\n")
    with pytest.raises(StoreError, match="not an SQLite database"), opening(database):  # type: ignore[operator]
        pass
    assert database.read_text() == "Dear diary\n"


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="does not exist"), writing(tmp_path / "no" / "x.db"):
        pass


def test_a_newer_database_is_refused_politely(database: Path) -> None:
    with writing(database) as db:
        db.table("_sqlite_migrations").insert(
            {"migration_set": "lgjobs", "name": "m999_later", "applied_at": "2030-01-01"}
        )
    with pytest.raises(StoreError, match="newer lgjobs"), reading(database):
        pass


def test_a_database_without_all_migrations_is_brought_up_to_date_by_writing(database: Path) -> None:
    with writing(database) as db:
        for view in ("source_health", "jobs_section", "live_jobs", "advert_list"):
            db.view(view).drop()
        for table in ("advert_search", *reversed(list(COLUMNS))):
            db.table(table).drop()
        db.view("advert_documents").drop()
        db.execute("DELETE FROM _sqlite_migrations")
    with pytest.raises(StoreError, match="older lgjobs"), reading(database):
        pass
    with writing(database):
        pass
    with reading(database) as db:
        assert not migrations.pending(db)


def test_readers_never_write(database: Path) -> None:
    with writing(database):
        pass
    with reading(database) as db, pytest.raises(sqlite3.OperationalError, match="readonly"):
        db.execute("DELETE FROM runs")


def test_every_table_and_column_has_a_description(database: Path) -> None:
    with writing(database) as db:
        made = {
            name: [column.name for column in db.table(name).columns]
            for name in db.table_names()
            if not name.startswith(("_sqlite", "advert_search", "sqlite_"))
        }
        views = set(db.view_names()) - {"advert_documents"}
    assert {name: list(columns) for name, columns in COLUMNS.items()} == made
    assert set(TABLES) == set(made) | views | {"advert_search"}


def test_the_file_is_in_wal_mode_and_strict(database: Path) -> None:
    with writing(database) as db:
        assert db.journal_mode == "wal"
        assert db.table("adverts").strict
