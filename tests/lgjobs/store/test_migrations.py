"""Databases of every earlier version come up to date and lose nothing."""

import sqlite3
from pathlib import Path

import pytest
from sqlite_utils import Database

from lgjobs.store.database import StoreError, open_for_reading, reading, versions, writing
from lgjobs.store.migrations import APPLICATION_ID, RELEASED, migrations
from lgjobs.store.upkeep import problems
from lgjobs.store.views import VIEWS
from tests.conftest import Crawls, make_advert

STEPS = sorted(RELEASED)


def made_by(version: str, path: Path) -> None:
    """A database as the program of a version made it, with an advert in it."""
    connection = sqlite3.connect(path, isolation_level=None)
    db = Database(connection)
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    later = [name for name in STEPS if name > version]
    migrations.apply(db, stop_before=later[0] if later else None)
    db.execute("INSERT INTO sources (id, platform, url, enabled) VALUES ('s', 'itrent', 'x', 1)")
    db.execute("INSERT INTO jobs (id, lead_advert, first_seen) VALUES (1, 1, '2026-03-01')")
    db.execute(
        """INSERT INTO adverts (id, source_id, external_id, job_id, url, title, salary_basis,
               place_basis, open_ended, first_seen, last_seen, last_read, last_changed,
               content_hash)
           VALUES (1, 's', 'old', 1, 'https://jobs.example/old', 'Town Clerk', 'none', 'none', 0,
               '2026-03-01', '2026-03-01', '2026-03-01', '2026-03-01', 'x')"""
    )
    db.execute("INSERT INTO advert_texts VALUES (1, '<p>Clerk</p>', 'Clerk')")
    db.execute(
        """INSERT INTO advert_search (rowid, title, employer, summary, description_text)
           SELECT * FROM advert_documents"""
    )
    connection.close()


@pytest.mark.parametrize("version", STEPS)
def test_a_database_of_each_version_comes_up_to_date(version: str, database: Path) -> None:
    made_by(version, database)
    assert versions(database) == [name for name in STEPS if name <= version]
    if version != STEPS[-1]:
        with pytest.raises(StoreError, match="lgjobs db migrate"):
            open_for_reading(database)
    with writing(database) as db:
        Crawls(db)([make_advert("new")], listed={"old"})
        assert problems(db) == []
        titles = [row["title"] for row in db.query("SELECT title FROM live_jobs ORDER BY id")]
    assert titles == ["Town Clerk", "Planner"]
    assert versions(database) == STEPS


def test_the_last_migration_leaves_the_views_as_they_are_described(database: Path) -> None:
    with writing(database):
        pass
    with reading(database) as db:
        made = {view.name: view.schema for view in db.views}
    for name, query in VIEWS.items():
        assert made[name].endswith(query), name
