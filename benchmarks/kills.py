"""kill -9 at random instants of a crawl: is the file sound, is what was committed there, does the
next run complete; and how long a reader waits meanwhile.

`python benchmarks/kills.py [N [SEED]]`. Each round crawls some sites of the demo estate at full
speed in a process of its own: by turns into a new file, and on the second day into the file of the
first, where adverts change and close. A reader asks again and again until the kill.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from lgjobs.crawl import Job, crawl
from lgjobs.demo.estate import Estate
from lgjobs.demo.server import EstateServer
from lgjobs.store.database import reading, writing
from lgjobs.store.upkeep import problems
from scrapers.sources import Source

TODAY = date(2026, 3, 2)
SCALE = 3
SITES = ("leeds", "coventry", "cornwall")
PAUSE = 0.002
"""Seconds between two questions of the reader."""
BLOCKED = 0.2
"""Seconds that a reader may wait at the most."""

Ids = dict[int, str]


@dataclass(slots=True)
class Tally:
    kills: int = 0
    in_time: int = 0
    """Kills that came before the crawl had ended."""
    corrupt: int = 0
    lost: int = 0
    """Adverts that a reader had seen and that were not there after the kill."""
    incomplete: int = 0
    """Next runs that did not complete every source, or whose adverts were not the estate's."""
    waits: list[float] = field(default_factory=list)
    """Seconds that each of the reader's questions took."""


def in_process(work: Callable[[], object]) -> int:
    """Run in a process of its own, begun at once: its number."""
    number = os.fork()
    if number:
        return number
    try:
        with open(os.devnull, "w") as silence:  # noqa: PTH123 - a descriptor for both streams
            os.dup2(silence.fileno(), 1)
            os.dup2(silence.fileno(), 2)
        work()
        os._exit(0)
    finally:
        os._exit(1)


def crawled(database: Path, server: EstateServer) -> Callable[[], object]:
    """A crawl of the estate as it now is."""
    now = server.estate.instant.strftime("%Y-%m-%dT%H:%M:%SZ")
    register: list[Source] = [each for each in server.register if each.id in SITES]
    return lambda: crawl(register, Job(database=database, now=now))


def to_its_end(work: Callable[[], object]) -> bool:
    """Whether the work ended well."""
    _, status = os.waitpid(in_process(work), 0)
    return os.waitstatus_to_exitcode(status) == 0


def read(database: Path) -> Ids:
    if not database.exists():
        return {}
    try:
        with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as connection:
            return dict(connection.execute("SELECT id, source_id || external_id FROM adverts"))
    except sqlite3.OperationalError as error:
        if "no such table" in str(error) or "unable to open" in str(error):
            return {}
        raise


def killed(work: Callable[[], object], after: float, database: Path, tally: Tally) -> Ids:
    """Kill the work after so many seconds: what a reader had seen of it by then."""
    number, seen = in_process(work), Ids()
    end = time.monotonic() + after
    while time.monotonic() < end:
        asked = time.monotonic()
        seen = read(database)
        tally.waits.append(time.monotonic() - asked)
        time.sleep(PAUSE)
    os.kill(number, signal.SIGKILL)
    _, status = os.waitpid(number, 0)
    tally.in_time += os.WIFSIGNALED(status)
    tally.kills += 1
    return seen


def check(database: Path, seen: Ids, tally: Tally) -> None:
    """After a kill: the file as it lies there, before anything mends it."""
    if not database.exists():
        tally.lost += len(seen)
        return
    with closing(sqlite3.connect(database)) as connection:
        tally.corrupt += connection.execute("PRAGMA integrity_check").fetchone() != ("ok",)
        tally.corrupt += connection.execute("PRAGMA foreign_key_check").fetchone() is not None
    tally.lost += len(seen.items() - read(database).items())


def check_next(database: Path, server: EstateServer, tally: Tally) -> None:
    """The next run: every source complete, every advert of the estate open, the file sound."""
    done = to_its_end(crawled(database, server))
    with reading(database) as db:
        outcomes = db.execute(
            """SELECT outcome FROM source_runs WHERE run = (SELECT max(id) FROM runs
                                                            WHERE finished_at IS NOT NULL)"""
        ).fetchall()
        rows = db.execute("SELECT source_id, external_id FROM adverts WHERE closed_at IS NULL")
        live = set(rows.fetchall())
    true = {advert.key for advert in server.estate.adverts if advert.site in SITES}
    good = done and len(outcomes) == len(SITES) and set(outcomes) == {("complete",)}
    with writing(database) as db:
        sound = not problems(db)
    tally.corrupt += not sound
    tally.incomplete += not (good and true <= live)


def rounds(count: int, seed: int, folder: Path) -> Tally:
    luck, tally = random.Random(seed), Tally()
    first, second = Estate(TODAY, scale=SCALE), Estate(TODAY, day=2, scale=SCALE)
    with EstateServer(first) as server:
        base = folder / "base.db"
        begun = time.monotonic()
        to_its_end(crawled(base, server))
        usual = time.monotonic() - begun
        for number in range(count):
            database = folder / f"{number}.db"
            server.show(second if number % 2 else first)
            if number % 2:
                shutil.copy(base, database)
            after = luck.uniform(0, usual)
            seen = killed(crawled(database, server), after, database, tally)
            check(database, seen, tally)
            check_next(database, server, tally)
            for each in folder.glob(f"{number}.db*"):
                each.unlink()
    return tally


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    with tempfile.TemporaryDirectory() as folder:
        tally = rounds(count, seed, Path(folder))
    waits = sorted(tally.waits)
    print(f"{tally.kills} kills, seed {seed}; {tally.in_time} before the crawl had ended")
    print(
        f"  files not sound: {tally.corrupt}; committed adverts lost: {tally.lost};"
        f" next runs that did not complete: {tally.incomplete}"
    )
    print(
        f"  a reader's wait over {len(waits):,} questions: median"
        f" {waits[len(waits) // 2] * 1000:.1f} ms, 99.9 % within"
        f" {waits[len(waits) * 999 // 1000] * 1000:.0f} ms, longest {waits[-1] * 1000:.0f} ms;"
        f" {sum(wait > BLOCKED for wait in waits)} longer than {BLOCKED * 1000:.0f} ms"
    )


if __name__ == "__main__":
    main()
