"""How SQLite goes about the questions: through an index, and never over all adverts for a few."""

import pytest
from sqlite_utils import Database

from lgjobs.store.lifecycle import history
from lgjobs.store.queries import Filter, select_adverts
from lgjobs.store.runs import start_run
from lgjobs.store.views import VIEWS
from scrapers.verdict import Outcome
from tests.conftest import DAY_1, DAY_2, Crawls, make_advert

TABLES = {"adverts", "advert_list", "advert_texts", "raw_adverts", "earlier", "again"}
ABOUT_ALL = {"advert_list", "vacancies_by_month", "job_places", "shared_jobs"}
"""Views that speak of every advert there ever was."""
OPEN_ONES = "USING COVERING INDEX idx_adverts_open"
"""An index of the open adverts alone: its end is that of what stands in the listings."""
DAY_3 = "2026-03-04T06:00:00Z"
FILTERS = {
    "live": Filter(),
    "words": Filter(words="social worker"),
    "region": Filter(region="Wales"),
    "council": Filter(council="Leeds City Council"),
    "sector": Filter(sector="planning"),
    "min_salary": Filter(min_salary=30_000),
    "closing_within": Filter(closing_within=7),
    "words_and_region": Filter(words="planner", region="Wales", limit=20),
    "words_of_all": Filter(words="planner", everything=True, limit=20),
}


class Traced:
    """The statements that a piece of work sends to the database."""

    def __init__(self, db: Database) -> None:
        self.db, self.statements = db, list[str]()

    def __enter__(self) -> list[str]:
        self.db.conn.set_trace_callback(self.statements.append)
        return self.statements

    def __exit__(self, *_: object) -> None:
        self.db.conn.set_trace_callback(None)


def full_scans(db: Database, statement: str) -> list[str]:
    """Lines of a statement's plan that walk a large table from end to end."""
    if not statement.lstrip().upper().startswith(("SELECT", "INSERT", "UPDATE", "DELETE", "WITH")):
        return []
    plan = [row[3] for row in db.execute(f"EXPLAIN QUERY PLAN {statement}").fetchall()]
    walks = [line for line in plan if line.startswith("SCAN") and line.split()[1] in TABLES]
    return [line for line in walks if OPEN_ONES not in line]


@pytest.fixture
def stored(db: Database, crawls: Crawls) -> Database:
    crawls([make_advert(str(number), sector="planning") for number in range(20)])
    return db


def test_a_scan_is_seen(stored: Database) -> None:
    assert full_scans(stored, "SELECT * FROM adverts WHERE title = 'Planner'")
    assert full_scans(stored, "UPDATE adverts SET title = 'x' WHERE employer || '' = 'y'")
    assert not full_scans(stored, "SELECT * FROM adverts WHERE id = 3")


@pytest.mark.parametrize("view", sorted(VIEWS.keys() - ABOUT_ALL))
def test_a_view_is_read_through_an_index(stored: Database, view: str) -> None:
    assert full_scans(stored, f"SELECT * FROM {view}") == []


@pytest.mark.parametrize("view", sorted(ABOUT_ALL - {"vacancies_by_month"}))
def test_one_row_of_a_view_of_all_adverts_is_found_by_index(stored: Database, view: str) -> None:
    key = "id" if view == "advert_list" else "job_id"
    assert full_scans(stored, f"SELECT * FROM {view} WHERE {key} = 3") == []


def test_vacancies_by_month_are_counted_in_an_index_alone(stored: Database) -> None:
    plan = [row[3] for row in stored.execute("EXPLAIN QUERY PLAN SELECT * FROM vacancies_by_month")]
    assert any("USING COVERING INDEX" in line or "idx_adverts_month" in line for line in plan), plan


@pytest.mark.parametrize("name", FILTERS)
def test_a_search_is_answered_through_an_index(stored: Database, name: str) -> None:
    start_run(stored, DAY_1, "test", [])
    with Traced(stored) as statements:
        list(select_adverts(stored, FILTERS[name], DAY_1))
    asked = [each for each in statements if "advert_list.*" in each]
    assert len(asked) == 1
    assert full_scans(stored, asked[0]) == []


def test_writing_and_settling_walk_over_no_other_sources_adverts(
    db: Database, crawls: Crawls
) -> None:
    adverts = [make_advert(str(number)) for number in range(5)]
    with Traced(db) as statements:
        crawls(adverts)
        changed = [make_advert(str(number), at=DAY_2, salary="£1") for number in range(3)]
        crawls(changed, at=DAY_2, listed={"3"}, gone={"3": "row"})
        crawls([], at=DAY_3, listed={"0", "3"}, gone={"3": "row"}, states_total=False)
        crawls([], at=DAY_3, outcome=Outcome.PARTIAL)
        history(db, "s", DAY_3)
    walked = {
        statement: scans
        for statement in dict.fromkeys(statements)
        if " advert" in statement and (scans := full_scans(db, statement))
    }
    assert walked == {}
