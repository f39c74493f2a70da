"""kill -9 in the middle of a crawl: what was written is there, and the next run completes."""

import os
import signal
import sqlite3
import subprocess
import sys
import threading
from datetime import date
from pathlib import Path

import pytest

from lgjobs.demo.estate import Estate
from lgjobs.demo.server import EstateServer
from lgjobs.demo.web import Reply, Request
from lgjobs.store.database import reading
from scrapers.sources import write_register
from tests.conftest import ROOT, EstateCrawls

TODAY = date(2099, 3, 2)
SCALE = 4
CRAWLED = ("leeds", "gwynedd", "derby", "hackney", "fife", "north-east-jobs")


class Stopping(EstateServer):
    """An estate that, after so many answers, says so and answers no more until told."""

    def __init__(self, estate: Estate, answers: int) -> None:
        super().__init__(estate)
        self.answers = answers
        self.reached, self.go_on = threading.Event(), threading.Event()

    def answer(self, site: str, request: Request, body: bytes = b"") -> Reply:
        if len(self.requests) >= self.answers:
            self.reached.set()
            self.go_on.wait(30)
        return super().answer(site, request, body)


@pytest.mark.parametrize("answers", [180, 320])
def test_a_killed_crawl_loses_nothing_that_was_written(tmp_path: Path, answers: int) -> None:
    db, register = tmp_path / "lgjobs.db", tmp_path / "register.csv"
    estate = Estate(TODAY, scale=SCALE)
    with Stopping(estate, answers) as server:
        with register.open("w", encoding="utf-8") as handle:
            write_register(server.register, handle)
        command = [sys.executable, "-m", "lgjobs", "crawl"]
        process = subprocess.Popen(
            [*command, *CRAWLED, "--register", register, "--db", db],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        assert server.reached.wait(60)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        server.go_on.set()
    connection = sqlite3.connect(db)
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    written = dict(connection.execute("SELECT id, source_id || external_id FROM adverts"))
    connection.close()
    assert written
    with reading(db) as opened:
        assert opened.execute("SELECT finished_at FROM runs").fetchone() == (None,)
        live = opened.execute("SELECT count(*) FROM adverts WHERE closed_at IS NULL")
        assert live.fetchone() == (len(written),)
    with EstateServer(estate) as server:
        runs = EstateCrawls(server, db)(*CRAWLED)
    assert {row["outcome"] for row in runs.values()} == {"complete"}
    with reading(db) as opened:
        kept = dict(opened.execute("SELECT id, source_id || external_id FROM adverts").fetchall())
        assert len(kept) == sum(len(estate.on(site)) for site in CRAWLED)
        assert kept.items() >= written.items()
        checked = opened.execute("PRAGMA integrity_check").fetchone()
        assert checked == ("ok",)
