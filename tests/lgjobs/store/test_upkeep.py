"""Upkeep: what is wrong is found, what is old goes, the rest stays."""

from typing import Any

import pytest
from click.testing import CliRunner
from sqlite_utils import Database

from lgjobs.cli.db import db as db_commands
from lgjobs.store.database import writing
from lgjobs.store.migrations import RELEASED
from lgjobs.store.queries import Filter, select_adverts
from lgjobs.store.rows import unpack_raw
from lgjobs.store.upkeep import problems, purge, sizes
from tests.conftest import DAY_2, Crawls, make_advert

YEARS_LATER = "2028-03-02T06:00:00Z"
CONTACT = "Ask jobs@example.gov.uk or ring 01632 960123 about £25,000."


def test_a_fresh_database_and_a_used_one_are_sound(db: Database, crawls: Crawls) -> None:
    assert problems(db) == []
    crawls([make_advert("a", description_text="Plan things"), make_advert("b")])
    crawls([make_advert("a", at=DAY_2, salary="£20,000")], at=DAY_2)
    assert problems(db) == []


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        ("DELETE FROM advert_texts WHERE advert = 1", "adverts without a text"),
        ("UPDATE advert_texts SET description_text = 'other'", "full-text index"),
        ("UPDATE adverts SET job_id = 99", "job that is not there"),
        ("INSERT INTO advert_flags VALUES (77, 'x', '')", "rows of advert_flags without an advert"),
        ("UPDATE adverts SET closed_at = '2026-03-03'", "closed without a reason"),
    ],
)
def test_damage_is_named(db: Database, crawls: Crawls, damage: str, said: str) -> None:
    crawls([make_advert("a", description_text="Plan things")])
    db.execute("PRAGMA foreign_keys = OFF")
    db.execute(damage)
    assert any(said in each for each in problems(db)), problems(db)


def test_sizes_tell_every_table(db: Database, crawls: Crawls) -> None:
    crawls([make_advert("a")])
    told = {row["table"]: row for row in sizes(db)}
    assert told["adverts"]["rows"] == 1
    assert told["adverts"]["bytes"] > 0
    assert "advert_search" in told
    assert not any(name.startswith("advert_search_") for name in told)


def seed(crawls: Crawls) -> None:
    """Two adverts with contacts in them, of which the second has been withdrawn."""
    both = [make_advert(name, summary=CONTACT, description_text=CONTACT) for name in "ab"]
    crawls(both)
    crawls([], at=DAY_2, listed={"a"})


def kept(db: Database) -> dict[str, Any]:
    raw = {advert: unpack_raw(packed) for advert, packed in db.execute("SELECT * FROM raw_adverts")}
    texts = dict(db.execute("SELECT advert, description_text FROM advert_texts").fetchall())
    return {"raw": set(raw), "texts": texts}


def test_a_dry_run_and_a_young_database_lose_nothing(db: Database, crawls: Crawls) -> None:
    seed(crawls)
    before = kept(db)
    assert purge(db, 30, YEARS_LATER, personal=True, dry_run=True).raw == 1
    assert purge(db, 3000, YEARS_LATER, personal=True, dry_run=False).raw == 0
    assert kept(db) == before


def test_what_closed_long_ago_loses_its_raw_text_alone(db: Database, crawls: Crawls) -> None:
    seed(crawls)
    purged = purge(db, 30, YEARS_LATER, personal=False, dry_run=False)
    assert (purged.adverts, purged.raw, purged.masked) == (1, 1, 0)
    assert kept(db) == {"raw": {1}, "texts": {1: CONTACT, 2: CONTACT}}
    assert problems(db) == []


def test_personal_data_of_closed_adverts_goes_and_the_index_follows(
    db: Database, crawls: Crawls
) -> None:
    seed(crawls)
    purged = purge(db, 30, YEARS_LATER, personal=True, dry_run=False)
    assert purged.masked == 1
    assert kept(db)["texts"] == {1: CONTACT, 2: "Ask [e-mail] or ring [phone] about £25,000."}
    found = select_adverts(db, Filter(words="960123", everything=True), YEARS_LATER)
    assert [row["external_id"] for row in found] == ["a"]
    assert problems(db) == []
    again = purge(db, 30, YEARS_LATER, personal=True, dry_run=False)
    assert (again.raw, again.masked) == (0, 0)


def test_the_commands_say_what_they_did(database, crawls: Crawls) -> None:  # type: ignore[no-untyped-def]
    seed(crawls)
    run = CliRunner().invoke
    sound = run(db_commands, ["check", "--db", str(database)])
    assert (sound.exit_code, "is sound" in sound.output) == (0, True)
    assert "up to date already" in run(db_commands, ["migrate", "--db", str(database)]).output
    assert "advert_texts" in run(db_commands, ["stats", "--db", str(database)]).output
    purged = run(db_commands, ["purge", "--older-than", "0", "--personal", "--db", str(database)])
    assert "Contacts in 1 were masked" in purged.output
    with writing(database) as opened:
        opened.execute("DELETE FROM advert_search_docsize")
    broken = run(db_commands, ["check", "--db", str(database)])
    assert broken.exit_code == 1


def test_every_migration_is_applied_to_a_new_database(database) -> None:  # type: ignore[no-untyped-def]
    with writing(database) as db:
        applied = {row["name"] for row in db.query("SELECT name FROM _sqlite_migrations")}
    assert applied == RELEASED
