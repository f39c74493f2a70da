"""One job for many adverts: what must not be merged comes first."""

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from benchmarks.dedupe import judged, store
from benchmarks.labelled import NOW, labelled
from lgjobs.store.database import writing
from lgjobs.store.dedupe import Match, find_matches, group
from lgjobs.store.likeness import Notice, evidence, prose
from lgjobs.store.matching import match_adverts
from lgjobs.store.queries import Filter, select_adverts
from lgjobs.store.runs import finish_run, start_run
from lgjobs.store.titles import bare_code, read_title
from lgjobs.store.upkeep import problems
from lgjobs.store.writer import Counts, write_adverts
from scrapers.sources import Source
from tests.conftest import DAY_1, DAY_2, make_advert

DAY_3 = "2026-03-04T06:00:00Z"
LEEDS = "E08000035"
TEXT = " ".join(f"word{number} of the description" for number in range(60))
OWN = Notice(
    id=1,
    source="own",
    title="Social Worker (Duty and Advice)",
    council=LEEDS,
    employer="Leeds City Council",
    opens=100,
    closes=121,
    ends=121,
    pay_min=40476,
    pay_max=43693,
    location="Merrion House, Leeds",
    hours=37,
    reference="LCC/CF/4471",
)
BOARD = replace(OWN, id=2, source="board", location="Leeds", reference=None)


def together(*notices: Notice, texts: dict[int, str] | None = None) -> list[list[int]]:
    given_texts = texts or {}
    matches = find_matches(notices, lambda advert: given_texts.get(advert, TEXT))
    return group(matches, {each.id: each for each in notices})


# What is not one job

TWINS: dict[str, dict[str, Any]] = {
    "another pay": {"pay_min": 33000, "pay_max": 36000},
    "a senior post": {"title": "Senior Social Worker (Duty and Advice)"},
    "another level": {"title": "Social Worker (Duty and Advice) Level 3"},
    "another area": {"title": "Social Worker (Duty and Advice) North"},
    "another team": {"title": "Social Worker (Fostering and Adoption)"},
    "part time": {"title": "Social Worker (Duty and Advice) - part time", "pattern": "part_time"},
    "half the hours": {"hours": 18.5},
    "the next reference": {"reference": "LCC/CF/4472"},
    "next quarter": {"opens": 190, "closes": 211, "ends": 211},
    "after it had closed": {"opens": 123, "closes": 137, "ends": 137},
    "another council": {"council": "E08000032", "employer": "City of Bradford"},
    "on the same site": {"source": "own"},
}


@pytest.mark.parametrize("kind", TWINS)
def test_a_near_twin_is_another_job(kind: str) -> None:
    own = replace(OWN, pattern="full_time")
    assert together(own, replace(BOARD, pattern="full_time")) == [[1, 2]]
    assert together(own, replace(BOARD, **{"pattern": "full_time", **TWINS[kind]})) == []


def test_the_same_title_at_two_schools_is_two_jobs() -> None:
    def at(school: str, council: str | None, **says: Any) -> Notice:
        return replace(
            OWN, title="Teaching Assistant", reference=None, council=council, employer=school,
            location=school, **says,
        )  # fmt: skip

    elm, oak = "Elm Grove Primary School", "Oakfield Primary School"
    assert together(at(elm, None), at(oak, None, id=2, source="board")) == []
    county = replace(at(oak, LEEDS), employer="Leeds City Council")
    assert together(county, at(elm, None, id=2, source="board")) == []
    assert together(county, at(oak, None, id=2, source="board")) == [[1, 2]]


def test_which_of_two_twins_is_meant_is_not_guessed() -> None:
    twin = replace(OWN, id=3, reference="LCC/CF/4472")
    assert together(OWN, twin, BOARD) == []
    assert together(OWN, twin, replace(BOARD, reference="LCC/CF/4472")) == [[2, 3]]


def test_the_text_tells_which_of_two_twins_is_meant() -> None:
    twin = replace(OWN, id=3, reference="LCC/CF/4472")
    other = f"A wholly different introduction of this second post in another office. {TEXT[:900]}"
    assert together(OWN, twin, BOARD, texts={3: other}) == [[1, 2]]


def test_a_group_never_holds_two_adverts_of_a_site_or_two_told_apart() -> None:
    third = replace(BOARD, id=3, source="third")
    notices = {each.id: each for each in (OWN, BOARD, third, replace(OWN, id=4))}
    same = [Match(1, 2, 20, "same", ""), Match(2, 3, 19, "same", "")]
    assert group([*same, Match(3, 4, 18, "same", "")], notices) == [[1, 2, 3]]
    for decision in ("apart", "twin"):
        told: Any = decision
        assert group([*same, Match(1, 3, 9, told, "")], notices) == [[1, 2]]


# What is one job

WORDINGS = (
    "SOCIAL WORKER (DUTY AND ADVICE) - REF LCC/CF/4471",
    "Duty & Advice Social Worker",
    "Social Worker, Duty and Advice - Leeds City Council",
    "SW (Duty and Advice)",
    "Social Worker - Duty and Advice - Permanent, 37 hours",
    "Social Workers (Duty and Advice) x 2",
)


@pytest.mark.parametrize("title", WORDINGS)
def test_the_same_job_in_other_words_is_one(title: str) -> None:
    assert together(OWN, replace(BOARD, title=title)) == [[1, 2]]


@pytest.mark.parametrize(
    "says",
    [
        {"pay_min": None, "pay_max": 43693},
        {"pay_min": 40470.5, "pay_max": 43700.1},
        {"pay_min": None, "pay_max": None},
        {"closes": 120, "ends": 120},
        {"closes": None, "ends": None},
        {"agency": 1, "employer": "Leeds City Council", "reference": "TH99812"},
    ],
)
def test_the_same_job_told_in_part_is_one(says: dict[str, Any]) -> None:
    assert together(OWN, replace(BOARD, **says)) == [[1, 2]]


@pytest.mark.parametrize("half", [0, 1])
def test_precision_and_recall_on_a_labelled_set(half: int, database: Path) -> None:
    adverts = labelled(half, seed=9, least=600)
    with writing(database) as db:
        finish_run(db, store(db, adverts, half), NOW)
        true, found = judged(db, adverts)
    assert len(true) > 100
    assert len(true & found) / len(found) >= 0.995
    assert len(true & found) / len(true) >= 0.95


# Any text


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=80), st.text(max_size=80))
def test_any_text_is_compared_alike_both_ways(one: str, other: str) -> None:
    mine = replace(OWN, title=one, reference=other, department=one, terms=other, pay_text=one)
    theirs = replace(BOARD, title=other, location=one, employer=other, grade=one, pay_text=other)
    bits = [sum(each.bits for each in evidence(*pair)) for pair in ((mine, theirs), (theirs, mine))]
    assert bits[0] == pytest.approx(bits[1])
    together(mine, theirs)


@pytest.mark.parametrize("text", ["ref " * 25_000, "a-" * 50_000, "9" * 100_000, "£1," * 33_000])
def test_long_text_takes_no_long_time(text: str) -> None:
    start = time.process_time()
    read_title(text)
    bare_code(text)
    prose(text, text + "x")
    assert time.process_time() - start < 0.05


# In the database

SOURCES = [
    Source(id="nation", platform="jobsgopublic", url="https://nation.example/"),
    Source(id="region", platform="madgex", url="https://region.example/"),
    Source(id="own", platform="itrent", url="https://own.example/", employer=LEEDS),
    Source(id="agencies", platform="madgex", url="https://agencies.example/"),
]


class Nights:
    """Runs that write adverts of several sources."""

    def __init__(self, db: Database) -> None:
        self.db = db

    def __call__(self, *sources: str, at: str = DAY_1, **says: Any) -> None:
        """The same vacancy as each of these sources publishes it."""
        run = start_run(self.db, at, "test", SOURCES)
        for source in sources:
            said = {
                "title": "Harbour Master", "council": LEEDS, "salary_annual_min": 40000.0,
                "salary_annual_max": 43000.0, "posted_on": "2026-03-01", "description_text": TEXT,
                "closes_at": "2026-03-20T23:59:59Z", "recruiter": "Leeds City Council",
            }  # fmt: skip
            advert = make_advert(f"{source}-1", at, source_id=source, **said | says)
            write_adverts(self.db, [advert], run, Counts())
        finish_run(self.db, run, at)

    def jobs(self) -> list[set[str]]:
        found: dict[int, set[str]] = {}
        for source, job in self.db.execute("SELECT source_id, job_id FROM adverts ORDER BY job_id"):
            found.setdefault(job, set()).add(source)
        return list(found.values())

    def job(self) -> dict[str, Any]:
        (row,) = self.db.query("SELECT * FROM jobs")
        return row


@pytest.fixture
def nights(db: Database) -> Iterator[Nights]:
    yield Nights(db)
    assert problems(db) == []
    assert db.execute("SELECT count(*) FROM adverts_to_match").fetchone()[0] == 0


def test_the_best_source_leads(db: Database, nights: Nights) -> None:
    nights("agencies", recruiter="Tile Hill")
    for source in ("nation", "region", "own"):
        nights(source, at=DAY_2)
        lead = db.execute("SELECT source_id FROM adverts JOIN jobs ON lead_advert = adverts.id")
        assert lead.fetchone()[0] == source
    assert nights.job()["id"] == 1
    assert nights.job()["adverts"] == 4
    assert nights.job()["first_seen"] == DAY_1


def test_an_open_advert_leads_before_a_closed_one(db: Database, nights: Nights) -> None:
    nights("own", "region")
    db.execute(
        "UPDATE adverts SET closed_at = ?, closed_reason = 'withdrawn' WHERE source_id = 'own'",
        [DAY_2],
    )
    nights(at=DAY_2)
    assert nights.job()["lead_advert"] == 2
    assert nights.job()["closed_at"] is None
    db.execute("UPDATE adverts SET closed_at = ?, closed_reason = 'withdrawn'", [DAY_2])
    nights(at=DAY_2)
    assert (nights.job()["lead_advert"], nights.job()["closed_at"]) == (1, DAY_2)
    db.execute("UPDATE adverts SET closed_at = NULL, closed_reason = NULL WHERE id = 2")
    nights(at=DAY_2)
    assert (nights.job()["lead_advert"], nights.job()["closed_at"]) == (2, None)


def test_deadlines_and_places_are_merged_and_none_is_lost(db: Database, nights: Nights) -> None:
    stated: dict[str, Any] = {"place_basis": "stated", "location": "Leeds"}
    nights("own", closes_at="2026-03-20T12:00:00Z", place="Leeds", **stated)
    nights("region", closes_at="2026-03-20T23:59:59Z", place="Hunslet", **stated)
    assert nights.job()["closes_at"] == "2026-03-20T23:59:59Z"
    places = db.execute("SELECT place FROM job_places ORDER BY place").fetchall()
    assert places == [("Hunslet",), ("Leeds",)]


def test_the_jobs_section_shows_one_row_a_job(db: Database, nights: Nights) -> None:
    nights("region", "own", closes_at=None)
    assert [row["url"] for row in db.query("SELECT url FROM jobs_section")] == [
        "https://jobs.example/own-1"
    ]
    assert [row["leads"] for row in db.query("SELECT leads FROM shared_jobs")] == [1, 0]


def shown(db: Database, now: str, **wanted: Any) -> list[str]:
    return [row["source_id"] for row in select_adverts(db, Filter(**wanted), now)]


def apply_changes(db: Database, held: set[str], since: str, now: str) -> set[str]:
    """What a subscriber holds who has put in and taken out what an export of changes told."""
    for row in select_adverts(db, Filter(changed_since=since), now):
        (held.discard if row["change"] == "removed" else held.add)(row["source_id"])
    return held


def test_what_people_search_and_take_away_has_one_row_a_job(db: Database, nights: Nights) -> None:
    nights("region", "own", "nation")
    assert shown(db, DAY_1) == ["own"]
    assert shown(db, DAY_1, words="harbour master") == ["own"]
    assert sorted(shown(db, DAY_1, everything=True)) == ["nation", "own", "region"]


def test_a_lead_that_expires_between_crawls_leaves_its_place_to_the_next(
    db: Database, nights: Nights
) -> None:
    nights("own", closes_at="2026-03-02T12:00:00Z")
    nights("region", "nation", closes_at="2026-03-03T23:59:59Z")
    assert nights.job()["lead_advert"] == 1
    assert shown(db, DAY_1) == ["own"]
    assert shown(db, DAY_2) == ["region"]
    assert apply_changes(db, {"own"}, DAY_1, DAY_2) == {"region"}


def test_a_new_lead_is_told_to_those_who_hold_the_old_one(db: Database, nights: Nights) -> None:
    nights("region")
    held = set(shown(db, DAY_1))
    nights("own", at=DAY_2)
    assert apply_changes(db, held, DAY_2, DAY_2) == {"own"}


def test_two_jobs_that_turn_out_to_be_one_are_told_as_one(db: Database, nights: Nights) -> None:
    nights("own")
    nights("region", title="Planner", salary="£22,000", salary_annual_min=22000.0)
    held = set(shown(db, DAY_1))
    assert held == {"own", "region"}
    nights("region", at=DAY_2)
    assert apply_changes(db, held, DAY_2, DAY_2) == {"own"}
    db.execute("INSERT INTO not_same (advert, other) VALUES (1, 2)")
    nights(at=DAY_3)
    assert apply_changes(db, held, DAY_3, DAY_3) == {"own", "region"}


def test_an_unchanged_lead_is_not_told(db: Database, nights: Nights) -> None:
    nights("own", "region")
    nights("own", "region", at=DAY_2)
    assert shown(db, DAY_2, changed_since=DAY_2) == []


def test_the_decision_is_kept_with_its_score_and_reason(db: Database, nights: Nights) -> None:
    nights("own", "region")
    (row,) = db.query("SELECT * FROM job_matches")
    assert (row["advert"], row["other"], row["decision"]) == (1, 2, "same")
    assert row["score"] >= 9
    assert "title same +5" in row["reason"]
    assert row["decided_at"] == DAY_1


@pytest.mark.parametrize("pair", [(1, 2), (2, 1)])
def test_what_a_person_has_told_apart_splits_and_stays_apart(
    db: Database, nights: Nights, pair: tuple[int, int]
) -> None:
    nights("own", "region")
    assert nights.jobs() == [{"own", "region"}]
    db.execute("INSERT INTO not_same (advert, other) VALUES (?, ?)", pair)
    nights(at=DAY_2)
    assert db.execute("SELECT id, lead_advert FROM jobs").fetchall() == [(1, 1), (2, 2)]
    nights("own", "region", at=DAY_2, summary="Written anew.", salary="£40,000")
    nights("nation", at=DAY_2)
    assert {"own", "region"} not in [each & {"own", "region"} for each in nights.jobs()]


def test_an_advert_that_turns_into_another_job_leaves(db: Database, nights: Nights) -> None:
    nights("own", "region", "nation")
    nights("own", at=DAY_2, title="Planner", salary="£22,000", salary_annual_min=22000.0)
    assert db.execute("SELECT source_id, job_id FROM adverts").fetchall() == [
        ("own", 1),
        ("region", 2),
        ("nation", 2),
    ]


def test_a_changed_deadline_or_pay_award_parts_nothing(db: Database, nights: Nights) -> None:
    nights("own", "region")
    later = {"closes_at": "2026-04-05T22:59:59Z", "closes": "5 April", "salary": "£41,200-£44,290"}
    nights("own", at=DAY_2, salary_annual_min=41200.0, **{**later, "salary_annual_max": 44290.0})
    assert nights.jobs() == [{"own", "region"}]
    assert nights.job()["closes_at"] == later["closes_at"]


def test_one_source_a_night_comes_to_the_same_as_all_at_once(tmp_path: Path) -> None:
    adverts = labelled(0, seed=3, least=150)
    at_once, by_night = (tmp_path / name for name in ("once.db", "nights.db"))
    with writing(at_once) as db:
        finish_run(db, store(db, adverts, 0), NOW)
        _, found = judged(db, adverts)
        known = dict(db.execute("SELECT id, source_id || external_id FROM adverts").fetchall())
    with writing(by_night) as db:
        for source in sorted({each.raw.source_id for each in adverts}):
            some = [each for each in adverts if each.raw.source_id == source]
            finish_run(db, store(db, some, 0), NOW)
        _, nightly = judged(db, adverts)
        named = dict(db.execute("SELECT id, source_id || external_id FROM adverts").fetchall())
    once = {frozenset((known[a], known[b])) for a, b in found}
    assert len(once) > 20
    assert {frozenset((named[a], named[b])) for a, b in nightly} == once


def test_a_run_over_nothing_new_changes_nothing(db: Database, nights: Nights) -> None:
    nights("own", "region", "nation")
    before = list(db.conn.iterdump())
    match_adverts(db, DAY_2)
    assert list(db.conn.iterdump()) == before


def test_what_a_killed_run_left_unmatched_is_matched_by_the_next(
    db: Database, nights: Nights
) -> None:
    run = start_run(db, DAY_1, "test", SOURCES)
    advert = make_advert("a", source_id="s2", title="Harbour Master", council=LEEDS)
    db.execute("INSERT INTO sources (id, platform, url, enabled) VALUES ('s2', 'x', 'y', 1)")
    write_adverts(db, [advert], run, Counts())
    assert db.execute("SELECT advert FROM adverts_to_match").fetchall() == [(1,)]
    nights("own", at=DAY_2)
