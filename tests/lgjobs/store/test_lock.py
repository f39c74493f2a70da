"""One run at a time writes to a database; the second is told who holds it."""

import subprocess
import sys
from pathlib import Path

import pytest

from lgjobs.crawl import Job, crawl
from lgjobs.errors import NotNow
from lgjobs.store.database import StoreError, reading, writing
from lgjobs.store.lock import only_writer
from scrapers.sources import Source
from tests.conftest import DAY_1, DAY_2, ROOT

HOLD = """
import sys
from pathlib import Path
from lgjobs.store.lock import only_writer
with only_writer(Path(sys.argv[1]), "2026-03-02T06:00:00Z"):
    print("held", flush=True)
    sys.stdin.readline()
"""


@pytest.fixture
def holder(database: Path):  # type: ignore[no-untyped-def]
    with writing(database):
        pass
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, database],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.wait()


def test_a_second_run_is_refused_and_told_who_writes(
    holder: subprocess.Popen[str], database: Path
) -> None:
    with (
        pytest.raises(NotNow, match=rf"process {holder.pid}, begun 2026-03-02"),
        only_writer(database, DAY_2),
    ):
        pass


def test_a_second_crawl_asks_nobody_and_begins_no_run(
    holder: subprocess.Popen[str], database: Path
) -> None:
    source = Source(id="s", platform="itrent", url="http://127.0.0.1:9/")
    with pytest.raises(NotNow):
        crawl([source], Job(database=database, now=DAY_2))
    with reading(database) as db:
        assert db.table("runs").count == 0


def test_the_lock_of_a_killed_run_is_free(holder: subprocess.Popen[str], database: Path) -> None:
    holder.kill()
    holder.wait()
    with only_writer(database, DAY_2):
        pass


def test_the_lock_is_free_once_the_run_has_ended(database: Path) -> None:
    for now in (DAY_1, DAY_2):
        with only_writer(database, now):
            pass


def test_a_folder_that_can_not_be_written_is_said(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot write"), only_writer(tmp_path / "no" / "x", DAY_1):
        pass
