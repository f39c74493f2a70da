"""A disk that fills up in the middle of a crawl: a named end, a sound file, and a next run.

The kernel stands in for the disk: the process may write no file larger than a limit.
"""

import os
import resource
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from lgjobs.demo.estate import Estate
from lgjobs.demo.server import EstateServer
from lgjobs.store.database import writing
from lgjobs.store.upkeep import problems
from scrapers.sources import write_register
from tests.conftest import ROOT, EstateCrawls

CRAWLED = ("leeds", "coventry")
DAY_1 = Estate(date(2026, 3, 2), scale=12)


@pytest.fixture(scope="module")
def server() -> Iterator[EstateServer]:
    with EstateServer(DAY_1) as opened:
        yield opened


def crawl(database: Path, server: EstateServer, room: int | None) -> tuple[int, str]:
    """`lgjobs crawl` with so many bytes a file: exit code and what it said."""
    register = database.with_name("register.csv")
    with register.open("w", encoding="utf-8") as handle:
        write_register(server.register, handle)

    def fill() -> None:
        if room is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))

    command = [sys.executable, "-m", "lgjobs", "crawl", *CRAWLED]
    done = subprocess.run(
        [*command, "--register", register, "--db", database],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        preexec_fn=fill,
        capture_output=True,
        text=True,
    )
    return done.returncode, done.stdout + done.stderr


def ids(database: Path) -> set[tuple[str, str]]:
    connection = sqlite3.connect(database)
    rows = connection.execute("SELECT source_id, external_id FROM adverts").fetchall()
    connection.close()
    return set(rows)


@pytest.fixture
def begun(database: Path, server: EstateServer) -> int:
    """A database that holds the register and nothing else: its size."""
    EstateCrawls(server, database)("cornwall")
    return database.stat().st_size


@pytest.mark.parametrize("room", [20_000, 150_000, 700_000])
def test_a_full_disk_ends_the_run_by_name_and_loses_nothing(
    database: Path, begun: int, server: EstateServer, room: int
) -> None:
    before = ids(database)
    code, said = crawl(database, server, begun + room)
    assert code in (1, 3), said
    assert "Traceback" not in said
    assert "the database could not be written" in said
    with writing(database) as db:
        assert problems(db) == []
    assert ids(database) >= before
    runs = EstateCrawls(server, database)(*CRAWLED)
    assert {row["outcome"] for row in runs.values()} == {"complete"}
    true = {advert.key for advert in DAY_1.adverts if advert.site in CRAWLED}
    assert {key for key in ids(database) if key[0] in CRAWLED} == true
    with writing(database) as db:
        assert problems(db) == []


def test_a_disk_full_from_the_start_is_said_in_one_line(
    database: Path, begun: int, server: EstateServer
) -> None:
    before = ids(database)
    code, said = crawl(database, server, 0)
    assert code in (1, 2), said
    assert len(said.strip().splitlines()) == 1
    assert "write" in said
    assert ids(database) == before
