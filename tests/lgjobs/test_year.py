"""A month of some sites, outages and all: adverts close on their day, and live ones stay open."""

import shutil
from pathlib import Path

import pytest

from benchmarks.world import Trouble, World
from benchmarks.year import START, Closings, Year, compare, live_through
from lgjobs.store.database import writing

TOTAL_STATED = ("leeds", "plymouth")
NO_TOTAL = ("coventry", "oxford", "cornwall", "peterborough")
DAYS = 30
Lived = tuple[Path, Year]


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Lived:
    database = tmp_path_factory.mktemp("year") / "lgjobs.db"
    world = World(START, DAYS, [*TOTAL_STATED, *NO_TOTAL], seed=4)
    with writing(database) as db:
        return database, live_through(db, world)


def closings(lived: Lived, *, proven: bool) -> Closings:
    database, year = lived
    with writing(database) as db:
        return compare(db, year, proven=proven)


def test_the_month_has_troubles_and_the_runs_name_them(lived: Lived) -> None:
    _, year = lived
    befallen = {trouble for days in year.world.troubles.values() for trouble in days.values()}
    assert befallen >= {Trouble.DOWN, Trouble.WALL, Trouble.SILENT}
    assert year.outcomes.keys() >= {"complete", "failed", "blocked", "suspicious"}
    assert sum(year.outcomes.values()) == DAYS * len(year.world.sites)


def test_both_kinds_of_platform_are_there(lived: Lived) -> None:
    _, year = lived
    assert year.proven == set(TOTAL_STATED)


@pytest.mark.parametrize(("proven", "runs"), [(True, 1), (False, 2)])
def test_adverts_close_on_their_day(lived: Lived, proven: bool, runs: int) -> None:
    found = closings(lived, proven=proven)
    assert found.true >= 20
    assert found.open_still == []
    assert found.within(runs) >= 0.99


def test_no_live_advert_stands_closed_for_longer_than_one_run(lived: Lived) -> None:
    _, year = lived
    assert max(year.longest.values(), default=0) <= 1


def test_a_wrong_day_would_be_seen(lived: Lived, database: Path) -> None:
    kept, year = lived
    shutil.copy(kept, database)
    with writing(database) as db:
        db.execute("UPDATE adverts SET closed_at = datetime(closed_at, '5 days') || 'Z'")
        assert compare(db, year, proven=True).within(1) < 0.5
