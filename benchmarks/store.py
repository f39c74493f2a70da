"""How fast adverts are kept, against a bare executemany of the same rows in the same run.

`python benchmarks/store.py [N]`
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from lgjobs.store.database import transaction, writing
from lgjobs.store.rows import content_row
from lgjobs.store.runs import start_run
from lgjobs.store.writer import Counts, write_adverts
from pipelines.advert import Advert
from scrapers.items import RawAdvert
from scrapers.sources import Source

BATCH = 50
SOURCE = Source(id="s", platform="itrent", url="https://jobs.example/")
PROSE = "Plan the places where people live and work. " * 90


def adverts(count: int) -> list[Advert]:
    """Adverts with four kilobytes of text each."""
    return [
        Advert(
            raw=RawAdvert(
                external_id=str(number),
                url=f"https://jobs.example/{number}",
                title=f"Planner {number}",
                salary="£30,000",
                source_id="s",
                fetched_at="2026-03-02T06:00:00Z",
            ),
            title=f"Planner {number}",
            employer="Leeds City Council",
            salary_min=30000.0,
            description_text=f"{number} {PROSE}",
            description_html=f"<p>{number} {PROSE}</p>",
        )
        for number in range(count)
    ]


def timed(work: Callable[[], None]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    given = adverts(count)
    with tempfile.TemporaryDirectory() as folder:
        with writing(Path(folder) / "ours.db") as db:
            run = start_run(db, "2026-03-02T06:00:00Z", "benchmark", [SOURCE])

            def load() -> None:
                for start in range(0, count, BATCH):
                    write_adverts(db, given[start : start + BATCH], run, Counts())

            first, again = timed(load), timed(load)
        with writing(Path(folder) / "bare.db") as db:
            db.execute("CREATE TABLE bare (id INTEGER PRIMARY KEY, text TEXT, html TEXT)")
            columns = list(content_row(given[0]))
            db.execute(f"CREATE TABLE facts (id INTEGER PRIMARY KEY, {', '.join(columns)})")
            marks = ", ".join("?" * (len(columns) + 1))
            facts = [(n, *content_row(each).values()) for n, each in enumerate(given)]
            texts = [
                (n, each.description_text, each.description_html) for n, each in enumerate(given)
            ]

            def bare() -> None:
                with transaction(db):
                    db.conn.executemany(f"INSERT INTO facts VALUES ({marks})", facts)
                    db.conn.executemany("INSERT INTO bare VALUES (?, ?, ?)", texts)

            floor = timed(bare)
    print(f"{count} adverts: first load {count / first:,.0f} a CPU second")
    print(f"  of a bare executemany without index or search: {floor / first:.0%}")
    print(f"  again, nothing changed: {first / again:.1f} times as fast as the first load")


if __name__ == "__main__":
    main()
