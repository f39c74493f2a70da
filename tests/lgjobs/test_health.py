"""Health: who needs a person, why, and since when."""

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner
from sqlite_utils import Database

from lgjobs.cli.health import health as command
from lgjobs.exports.health_page import badge, health_page
from lgjobs.health import PLAIN_WORDS, State, health, needs_a_person
from lgjobs.store.runs import start_run, start_source
from scrapers.problems import Failure
from scrapers.verdict import CLOSING_OUTCOMES, Outcome
from tests.conftest import DAY_1, DAY_2, Crawls, make_advert

DAY_3 = "2026-03-04T06:00:00Z"


def state(db: Database) -> State:
    (found,) = health(db)
    return found.state


def test_a_source_read_to_its_end_is_well(db: Database, crawls: Crawls) -> None:
    crawls([make_advert("a")])
    (found,) = health(db)
    assert (found.state, found.why, found.since) == (State.WELL, "", None)
    assert (found.last_complete_at, found.adverts_open) == (DAY_1, 1)
    assert not needs_a_person([found])


def test_one_bad_night_calls_nobody(db: Database, crawls: Crawls) -> None:
    crawls([make_advert("a")])
    crawls([], at=DAY_2, outcome=Outcome.PARTIAL)
    assert state(db) is State.UNSETTLED


def test_two_bad_nights_running_need_a_person_and_say_since_when(
    db: Database, crawls: Crawls
) -> None:
    crawls([make_advert("a")])
    crawls([], at=DAY_2, outcome=Outcome.SUSPICIOUS)
    crawls([], at=DAY_3, outcome=Outcome.PARTIAL)
    (found,) = health(db)
    assert (found.state, found.since) == (State.NEEDS_A_PERSON, DAY_2)
    assert found.why == PLAIN_WORDS[Outcome.PARTIAL]
    assert needs_a_person([found])


def test_a_good_night_ends_it(db: Database, crawls: Crawls) -> None:
    for day in (DAY_1, DAY_2):
        crawls([], at=day, outcome=Outcome.FAILED)
    crawls([make_advert("a")], at=DAY_3)
    assert state(db) is State.WELL


def test_a_source_that_was_never_read_needs_a_person_at_once(db: Database, crawls: Crawls) -> None:
    crawls([], outcome=Outcome.BLOCKED)
    assert state(db) is State.NEEDS_A_PERSON


def test_a_source_switched_off_needs_nobody(db: Database, crawls: Crawls) -> None:
    crawls([], outcome=Outcome.BLOCKED)
    db.execute("UPDATE sources SET enabled = 0")
    assert state(db) is State.SWITCHED_OFF


def test_a_run_that_was_killed_is_said(db: Database, crawls: Crawls) -> None:
    start_source(db, start_run(db, DAY_1, "test", [crawls.source]), "s", DAY_1)
    (found,) = health(db)
    assert found.why == PLAIN_WORDS["killed"]


def test_every_failure_and_every_bad_outcome_has_plain_words() -> None:
    assert set(Failure) <= set(PLAIN_WORDS)
    bad = set(Outcome) - CLOSING_OUTCOMES - {Outcome.BLOCKED}
    assert bad <= set(PLAIN_WORDS)


@pytest.fixture
def hostile(db: Database, crawls: Crawls) -> Database:
    crawls([], outcome=Outcome.PARTIAL)
    db.execute("UPDATE source_runs SET reason = '<script>alert(1)</script>'")
    return db


def test_the_page_says_it_and_lets_nothing_in(hostile: Database) -> None:
    page = health_page(health(hostile), DAY_2)
    assert "Needs a person" in page
    assert page.count("<script") == 1
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page
    assert "http" not in page.replace("https://jobs.example/", "")


def test_a_badge_is_an_image_with_words(hostile: Database) -> None:
    root = ET.fromstring(badge(health(hostile)[0]))  # noqa: S314 - our own
    assert root.attrib["aria-label"] == "s: needs a person"


def test_the_command_exits_3_when_somebody_is_needed(
    hostile: Database, database: Path, tmp_path: Path
) -> None:
    out, badges = tmp_path / "health.html", tmp_path / "badges"
    told = CliRunner().invoke(command, ["--db", str(database)])
    assert (told.exit_code, "1 needs a person" in told.output) == (3, True)
    options = ["--format", "html", "-o", str(out), "--badges", str(badges), "--db", str(database)]
    assert CliRunner().invoke(command, options).exit_code == 3
    assert "<h1>Health of the sources</h1>" in out.read_text(encoding="utf-8")
    assert (badges / "s.svg").exists()
    wrong = CliRunner().invoke(command, ["-o", str(out), "--db", str(database)])
    assert wrong.exit_code == 2


def test_the_command_exits_0_when_all_is_well(crawls: Crawls, database: Path) -> None:
    crawls([make_advert("a")])
    told = CliRunner().invoke(command, ["--format", "json", "--db", str(database)])
    assert told.exit_code == 0
