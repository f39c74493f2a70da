"""The life of adverts: seen, changed, closed and reopened; what must close nothing comes first."""

from typing import Any

import pytest
from sqlite_utils import Database

from lgjobs.store.lifecycle import history
from scrapers.verdict import Outcome
from tests.conftest import DAY_1, DAY_2, Crawls, make_advert

DAY_3 = "2026-03-04T06:00:00Z"
TONIGHT = "2026-03-02T23:59:59Z"
NEXT_WEEK = "2026-03-09T23:59:59Z"


def lives(db: Database) -> dict[str, Any]:
    return {
        row["external_id"]: row["closed_reason"] if row["closed_at"] else "live"
        for row in db.query("SELECT * FROM adverts")
    }


@pytest.mark.parametrize(
    "outcome", [Outcome.PARTIAL, Outcome.FAILED, Outcome.BLOCKED, Outcome.SUSPICIOUS]
)
def test_a_crawl_that_proves_nothing_closes_nothing(
    db: Database, crawls: Crawls, outcome: Outcome
) -> None:
    crawls([make_advert("a"), make_advert("b"), make_advert("c", closes_at=TONIGHT)])
    row = crawls([], at=DAY_2, listed={"a"}, outcome=outcome)
    assert lives(db) == {"a": "live", "b": "live", "c": "live"}
    assert (row["closed_expired"], row["closed_withdrawn"]) == (0, 0)


def test_absence_from_another_sources_listing_closes_nothing(db: Database, crawls: Crawls) -> None:
    crawls([make_advert("a")])
    elsewhere = Crawls(db)
    elsewhere.source = type(crawls.source)(id="t", platform="itrent", url="https://t.example/")
    db.execute("INSERT INTO sources (id, platform, url, enabled) VALUES ('t', 'x', 'y', 1)")
    crawls([], at=DAY_2, listed={"a"})
    assert lives(db) == {"a": "live"}


def test_a_complete_run_closes_what_is_no_longer_listed(db: Database, crawls: Crawls) -> None:
    crawls([make_advert("a"), make_advert("b", closes_at=NEXT_WEEK)])
    row = crawls([], at=DAY_2, listed={"a"})
    assert lives(db) == {"a": "live", "b": "withdrawn"}
    assert (row["unchanged"], row["closed_withdrawn"]) == (1, 1)
    closed = next(db.query("SELECT * FROM adverts WHERE external_id = 'b'"))
    assert closed["closed_at"] == DAY_2
    assert closed["last_seen"] == DAY_1


def test_a_proven_empty_listing_closes_too(db: Database, crawls: Crawls) -> None:
    crawls([make_advert("a")])
    crawls([], at=DAY_2, outcome=Outcome.EMPTY)
    assert lives(db) == {"a": "withdrawn"}


@pytest.mark.parametrize("listed", [{"a", "b"}, {"a"}])
def test_a_passed_closing_date_closes_as_expired(
    db: Database, crawls: Crawls, listed: set[str]
) -> None:
    crawls([make_advert("a"), make_advert("b", closes_at=TONIGHT)])
    row = crawls([], at=DAY_2, listed=listed)
    assert lives(db) == {"a": "live", "b": "expired"}
    assert row["closed_expired"] == 1
    assert next(db.query("SELECT * FROM adverts WHERE external_id = 'b'"))["closed_at"] == TONIGHT


def test_closing_happens_once(db: Database, crawls: Crawls) -> None:
    crawls([make_advert("a"), make_advert("b", closes_at=TONIGHT)])
    crawls([], at=DAY_2, listed={"a"})
    row = crawls([], at=DAY_3, listed={"a"})
    assert (row["closed_expired"], row["closed_withdrawn"], row["reopened"]) == (0, 0, 0)


def test_closing_is_reversible(db: Database, crawls: Crawls) -> None:
    crawls([make_advert("a"), make_advert("b")])
    crawls([], at=DAY_2, listed={"a"})
    row = crawls([], at=DAY_3, listed={"a", "b"}, outcome=Outcome.PARTIAL)
    assert lives(db) == {"a": "live", "b": "live"}
    assert row["reopened"] == 1
    assert next(db.query("SELECT * FROM adverts WHERE external_id = 'b'"))["reopened_at"] == DAY_3


def test_an_extended_deadline_reopens(db: Database, crawls: Crawls) -> None:
    crawls([make_advert("a", closes_at=TONIGHT)])
    crawls([], at=DAY_2, listed={"a"})
    assert lives(db) == {"a": "expired"}
    crawls([make_advert("a", at=DAY_3, closes="later", closes_at=NEXT_WEEK)], at=DAY_3)
    assert lives(db) == {"a": "live"}


def test_an_expired_advert_that_stays_listed_is_not_reopened_day_after_day(
    db: Database, crawls: Crawls
) -> None:
    crawls([make_advert("a", closes_at=TONIGHT)])
    crawls([], at=DAY_2, listed={"a"})
    row = crawls([], at=DAY_3, listed={"a"})
    assert row["reopened"] == 0
    assert lives(db) == {"a": "expired"}


def test_what_is_known_spares_the_next_crawl(db: Database, crawls: Crawls) -> None:
    assert history(db, "s", DAY_1).known == {}
    crawls([make_advert("a"), make_advert("b", closes_at=TONIGHT)])
    known = history(db, "s", DAY_1).known
    assert {name: each.fingerprint for name, each in known.items()} == {
        "a": "row of a",
        "b": "row of b",
    }
    assert not any(each.reread for each in known.values())


def test_a_passed_deadline_is_looked_up_again_once(db: Database, crawls: Crawls) -> None:
    crawls([make_advert("a"), make_advert("b", closes_at=TONIGHT)])
    assert history(db, "s", DAY_2).known["b"].reread
    assert not history(db, "s", DAY_2).known["a"].reread
    crawls([make_advert("b", at=DAY_2, closes_at=TONIGHT)], at=DAY_2, listed={"a"})
    assert not history(db, "s", DAY_3).known["b"].reread


def test_an_advert_not_read_for_a_month_is_read_again(db: Database, crawls: Crawls) -> None:
    crawls([make_advert("a")])
    assert not history(db, "s", "2026-04-01T05:00:00Z").known["a"].reread
    assert history(db, "s", "2026-04-01T07:00:00Z").known["a"].reread


def test_the_usual_number_is_that_of_complete_runs(db: Database, crawls: Crawls) -> None:
    assert history(db, "s", DAY_1).usual is None
    for listed in (10, 30, 20):
        crawls([], listed={str(n) for n in range(listed)})
    crawls([], listed={"1"}, outcome=Outcome.SUSPICIOUS)
    past = history(db, "s", DAY_1)
    assert past.usual == 20
    assert past.doubted_before
    crawls([], listed={"1"})
    assert not history(db, "s", DAY_1).doubted_before


def test_a_page_that_said_it_is_over_is_not_asked_for_night_after_night(
    db: Database, crawls: Crawls
) -> None:
    crawls([make_advert("a")], listed={"a", "b"}, gone={"b": "row of b"})
    known = history(db, "s", DAY_2).known
    assert known["b"].fingerprint == "row of b"
    assert not known["b"].reread
    assert history(db, "s", "2026-03-09T07:00:00Z").known["b"].reread
    crawls([], listed={"a"})
    assert set(history(db, "s", DAY_2).known) == {"a"}


def test_a_stored_advert_whose_page_is_gone_stays_known_by_its_own_row(
    db: Database, crawls: Crawls
) -> None:
    crawls([make_advert("a")])
    row = crawls([], at=DAY_2, listed={"a"}, gone={"a": "another row"})
    assert history(db, "s", DAY_2).known["a"].fingerprint == "row of a"
    assert row["unchanged"] == 1
    assert lives(db) == {"a": "live"}
