"""The life of adverts: seen, changed, closed and reopened; what must close nothing comes first."""

from typing import Any

import pytest
from sqlite_utils import Database

from lgjobs.store.lifecycle import history
from pipelines.advert import Advert
from scrapers.verdict import Outcome
from tests.conftest import DAY_1, DAY_2, Crawls, make_advert

DAY_3 = "2026-03-04T06:00:00Z"
DAY_4 = "2026-03-05T06:00:00Z"
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


def test_without_a_stated_total_one_absence_closes_nothing(db: Database, crawls: Crawls) -> None:
    crawls([make_advert("a"), make_advert("b")], states_total=False)
    row = crawls([], at=DAY_2, listed={"a"}, states_total=False)
    assert lives(db) == {"a": "live", "b": "live"}
    assert row["closed_withdrawn"] == 0


def test_without_a_stated_total_a_run_cut_short_confirms_nothing(
    db: Database, crawls: Crawls
) -> None:
    crawls([make_advert("a"), make_advert("b")], states_total=False)
    crawls([], at=DAY_2, listed={"a"}, states_total=False)
    crawls([], at=DAY_3, listed={"a"}, outcome=Outcome.PARTIAL, states_total=False)
    assert lives(db) == {"a": "live", "b": "live"}


def test_without_a_stated_total_an_advert_seen_in_between_stays(
    db: Database, crawls: Crawls
) -> None:
    crawls([make_advert("a"), make_advert("b")], states_total=False)
    crawls([], at=DAY_2, listed={"a"}, states_total=False)
    crawls([], at=DAY_3, listed={"a", "b"}, outcome=Outcome.PARTIAL, states_total=False)
    crawls([], at=DAY_4, listed={"a"}, states_total=False)
    assert lives(db) == {"a": "live", "b": "live"}


def test_without_a_stated_total_the_second_complete_run_closes_from_the_day_of_the_first(
    db: Database, crawls: Crawls
) -> None:
    crawls([make_advert("a"), make_advert("b")], states_total=False)
    crawls([], at=DAY_2, listed={"a"}, states_total=False)
    row = crawls([], at=DAY_3, listed={"a"}, states_total=False)
    assert lives(db) == {"a": "live", "b": "withdrawn"}
    assert row["closed_withdrawn"] == 1
    assert next(db.query("SELECT * FROM adverts WHERE external_id = 'b'"))["closed_at"] == DAY_2


def test_many_missing_at_once_close_only_when_a_second_run_confirms_it(
    db: Database, crawls: Crawls
) -> None:
    names = list("abcdef")
    crawls([make_advert(name) for name in names])
    crawls([], at=DAY_2, listed=set("abcd"))
    assert set(lives(db).values()) == {"live"}
    crawls([], at=DAY_3, listed=set("abcde"))
    assert {name for name, life in lives(db).items() if life == "withdrawn"} == {"f"}
    assert next(db.query("SELECT * FROM adverts WHERE external_id = 'f'"))["closed_at"] == DAY_2


def test_those_whose_deadline_has_passed_are_not_missing(db: Database, crawls: Crawls) -> None:
    crawls([make_advert("a"), make_advert("b"), make_advert("c", closes_at=TONIGHT)])
    crawls([], at=DAY_2, listed={"a"})
    assert lives(db) == {"a": "live", "b": "withdrawn", "c": "expired"}


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


def test_one_404_on_an_adverts_page_closes_nothing_and_is_looked_at_again(
    db: Database, crawls: Crawls
) -> None:
    crawls([make_advert("a")])
    row = crawls([], at=DAY_2, listed={"a"}, gone={"a": "another row"})
    known = history(db, "s", DAY_2).known["a"]
    assert (known.fingerprint, known.reread) == ("row of a", True)
    assert row["unchanged"] == 1
    assert lives(db) == {"a": "live"}


def test_a_page_gone_twice_closes_and_is_not_reopened_night_after_night(
    db: Database, crawls: Crawls
) -> None:
    crawls([make_advert("a")])
    crawls([], at=DAY_2, listed={"a"}, gone={"a": "row of a"})
    row = crawls([], at=DAY_3, listed={"a"}, gone={"a": "row of a"})
    assert lives(db) == {"a": "gone"}
    assert row["closed_gone"] == 1
    row = crawls([], at=DAY_4, listed={"a"})
    assert lives(db) == {"a": "gone"}
    assert row["reopened"] == 0
    assert not history(db, "s", DAY_4).known["a"].reread


def test_a_page_gone_twice_closes_nothing_while_the_listing_is_not_read_to_its_end(
    db: Database, crawls: Crawls
) -> None:
    crawls([make_advert("a")])
    for day in (DAY_2, DAY_3):
        crawls([], at=day, listed={"a"}, gone={"a": "row of a"}, outcome=Outcome.PARTIAL)
    assert lives(db) == {"a": "live"}


def test_a_page_that_came_back_in_between_is_not_gone(db: Database, crawls: Crawls) -> None:
    crawls([make_advert("a")])
    crawls([], at=DAY_2, listed={"a"}, gone={"a": "row of a"})
    crawls([make_advert("a", at=DAY_3)], at=DAY_3)
    crawls([], at=DAY_4, listed={"a"}, gone={"a": "row of a"})
    assert lives(db) == {"a": "live"}


def test_a_page_that_comes_back_after_all_reopens(db: Database, crawls: Crawls) -> None:
    crawls([make_advert("a")])
    for day in (DAY_2, DAY_3):
        crawls([], at=day, listed={"a"}, gone={"a": "row of a"})
    later = "2026-03-12T06:00:00Z"
    assert history(db, "s", later).known["a"].reread
    crawls([make_advert("a", at=later)], at=later)
    assert lives(db) == {"a": "live"}


def readvertised(db: Database) -> list[tuple[Any, ...]]:
    return [
        (row["advert"], row["earlier_advert"]) for row in db.query("SELECT * FROM readvertised")
    ]


@pytest.mark.parametrize(
    "again",
    [
        make_advert("b", at=DAY_3, title="Senior Planner"),
        make_advert("b", at=DAY_3, employer="Ely Council"),
        make_advert("b", at="2026-09-30T06:00:00Z"),
    ],
)
def test_another_title_employer_or_season_is_no_readvertisement(
    db: Database, crawls: Crawls, again: Advert
) -> None:
    crawls([make_advert("a")])
    crawls([], at=DAY_2)
    crawls([again], at=again.raw.fetched_at)
    assert readvertised(db) == []


def test_the_same_title_beside_an_open_one_is_no_readvertisement(
    db: Database, crawls: Crawls
) -> None:
    crawls([make_advert("a")])
    crawls([make_advert("b", at=DAY_2)], at=DAY_2, listed={"a"})
    assert readvertised(db) == []


def test_the_same_title_again_within_half_a_year_is_a_readvertisement(
    db: Database, crawls: Crawls
) -> None:
    crawls([make_advert("a")])
    crawls([], at=DAY_2)
    crawls([make_advert("b", at=DAY_3)], at=DAY_3)
    assert readvertised(db) == [(2, 1)]
