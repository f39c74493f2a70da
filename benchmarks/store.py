"""How fast adverts are kept and found, as ratios and times of one run.

`python benchmarks/store.py [N]`: N adverts (100,000 unless said) of 4 kB text each are written as a
crawl writes them, then once more unchanged, then the same rows by a bare executemany into the same
tables, with the same indexes and full-text index. Then searches and every view are timed.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from lgjobs.store.database import reading, transaction, writing
from lgjobs.store.queries import Filter, select_adverts
from lgjobs.store.runs import start_run
from lgjobs.store.stage import BATCH
from lgjobs.store.views import VIEWS
from lgjobs.store.writer import Counts, write_adverts
from pipelines.advert import Advert, Basis, Period
from scrapers.items import RawAdvert
from scrapers.sources import Source

NOW = "2026-03-02T06:00:00Z"
SOURCES = [
    Source(id=f"s{number}", platform="itrent", url=f"https://jobs{number}.example/")
    for number in range(400)
]
TABLES = ("jobs", "adverts", "advert_texts", "raw_adverts")
SEARCHED = "advert_search (rowid, title, employer, summary, description_text)"
RANKS = ("Senior", "Principal", "Lead", "Assistant", "Head of", "Trainee", "Relief", "Graduate")
WORK = (
    *("Planner", "Social Worker", "Teaching Assistant", "Cleaner", "Accountant", "Driver"),
    *("Librarian", "Archivist", "Surveyor", "Engineer", "Solicitor", "Lifeguard", "Caretaker"),
    *(
        "Cook",
        "Electrician",
        "Gardener",
        "Registrar",
        "Data Analyst",
        "Care Worker",
        "Youth Worker",
    ),
)
SEARCHES = (
    *("social worker", "senior planner", "cleaner", "accountant trainee", "lifeguard", "solicitor"),
    *("w300", "w900 driver", "w2500 w120", "w7000", "gardener w90", "electrician w1200"),
)
"""Words of titles, each in a twentieth of the adverts, and of the prose, where wN is the Nth most
frequent."""
ROWS = 2000
"""Of a view that are read: of those that count, all."""
REGIONS = ("Yorkshire and The Humber", "London", "Wales", "Scotland", "South East", "North West")
SECTORS = ("social_care_adults", "education_schools", "finance", "planning_development")


def texts(count: int) -> list[str]:
    """Different texts of four kilobytes: few words often, many seldom, as in prose."""
    luck = random.Random(1)
    words = [f"w{number}" for number in range(20_000)]
    weights = [1 / (number + 1) for number in range(20_000)]
    return [" ".join(luck.choices(words, weights, k=950))[:4000] for _ in range(count)]


def adverts(count: int) -> Iterator[Advert]:
    """Adverts of 400 sources over a year, as they come: some of a source, then of the next."""
    luck = random.Random(2)
    prose = texts(500)
    for number in range(count):
        text = prose[luck.randrange(len(prose))]
        title = f"{luck.choice(RANKS)} {luck.choice(WORK)} {number % 5000}"
        pay = 20_000.0 + luck.randrange(40) * 1000
        month = 1 + luck.randrange(12)
        raw = RawAdvert(
            external_id=str(number),
            url=f"https://jobs.example/{number}",
            title=title,
            salary=f"£{pay:,.0f} to £{pay + 2000:,.0f}",
            location="Leeds, West Yorkshire",
            hours="37 hours per week",
            contract="Permanent",
            closes=f"17/{month:02}/2026",
            description=f"<p>{text}</p>",
            source_id=SOURCES[number // BATCH % len(SOURCES)].id,
            fetched_at=f"2025-{month:02}-{1 + number % 28:02}T06:00:00Z",
            fingerprint=f"{number:032x}",
        )
        yield Advert(
            raw=raw,
            title=title,
            employer=f"Council {number % 400}",
            council=f"E0{6000000 + number % 400}",
            sector=luck.choice(SECTORS),
            summary=text[:200],
            salary_min=pay,
            salary_max=pay + 2000,
            salary_period=Period.YEAR,
            salary_annual_min=pay,
            salary_annual_max=pay + 2000,
            salary_basis=Basis.STATED,
            place="Leeds",
            place_basis=Basis.STATED,
            region=luck.choice(REGIONS),
            nation="England",
            closes_at=f"2026-{month:02}-17T23:59:59Z",
            description_text=text,
            description_html=f"<p>{text}</p>",
        )


def batches(given: Iterator[Advert]) -> Iterator[list[Advert]]:
    """What a crawl hands to the store at a time: of one source, at most BATCH."""
    batch: list[Advert] = []
    for advert in given:
        if batch and (len(batch) == BATCH or batch[0].raw.source_id != advert.raw.source_id):
            yield batch
            batch = []
        batch.append(advert)
    yield batch


def timed(work: Callable[[], object]) -> float:
    """CPU seconds."""
    start = time.process_time()
    work()
    return time.process_time() - start


def load(db: Database, run: int, count: int) -> float:
    """CPU seconds that writing takes, apart from the making of the adverts."""
    spent, counts = 0.0, Counts()
    for batch in batches(adverts(count)):
        spent += timed(lambda batch=batch: write_adverts(db, batch, run, counts))  # type: ignore[misc]
    return spent


def bare(ours: Database, db: Database) -> float:
    """CPU seconds of executemany of the same rows, ready made, ten thousand at a time."""
    spent = 0.0
    for table in ("sources", *TABLES):
        rows = ours.execute(f"SELECT * FROM {table} ORDER BY rowid")
        marks = ",".join("?" * len(rows.description))
        spent += _pour(db, f"INSERT INTO {table} VALUES ({marks})", rows)
    documents = ours.execute("SELECT * FROM advert_documents ORDER BY id")
    return spent + _pour(db, f"INSERT INTO {SEARCHED} VALUES (?,?,?,?,?)", documents)


def _pour(db: Database, insert: str, rows: Any) -> float:
    spent = 0.0
    while some := list(islice(rows, 10_000)):

        def work(some: list[Any] = some) -> None:
            with transaction(db):
                db.conn.executemany(insert, some)

        spent += timed(work)
    return spent


def close_most(db: Database) -> None:
    """Leave the newest twentieth open, and one in a thousand of the rest, as after a year or two of
    crawls."""
    with transaction(db):
        db.execute(
            """UPDATE adverts SET closed_reason = 'expired',
                   closed_at = min(closes_at, strftime('%Y-%m-%dT06:00:00Z', first_seen, '28 days'))
               WHERE id <= (SELECT max(id) * 19 / 20 FROM adverts) AND id % 1000 <> 0"""
        )


def searches(db: Database, *, everything: bool) -> list[float]:
    """Milliseconds of searches as `lgjobs search` makes them, from the quickest on."""
    wanted = [Filter(words=words, everything=everything, limit=20) for words in SEARCHES]
    return sorted(elapsed(lambda f=each: list(select_adverts(db, f, NOW))) for each in wanted * 5)  # type: ignore[misc]


def elapsed(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return (time.process_time() - start) * 1000


def print_reads(database: Path) -> None:
    """How long searches and views take on a database that `close_most` has been at."""
    with reading(database) as db:
        for everything in (False, True):
            spent = searches(db, everything=everything)
            middle, most = (spent[len(spent) * share // 100] for share in (50, 95))
            what = "all adverts" if everything else "open adverts"
            print(f"  search of {what}: median {middle:.1f} ms, 95 % within {most:.1f} ms")
        for view in VIEWS:
            some_rows = f"SELECT * FROM {view} LIMIT {ROWS}"
            took = sorted(
                elapsed(lambda q=some_rows: db.execute(q).fetchall())  # type: ignore[misc]
                for _ in range(3)
            )
            print(f"  view {view:<20} {took[1]:8.1f} ms")


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as folder:
        ours, other = Path(folder) / "ours.db", Path(folder) / "bare.db"
        with writing(ours) as db:
            run = start_run(db, NOW, "benchmark", SOURCES)
            first, again = load(db, run, count), load(db, run, count)
            with writing(other) as floor_db:
                floor = bare(db, floor_db)
            other.unlink()
            close_most(db)
        print(f"{count:,} adverts, {ours.stat().st_size / 1e6:,.0f} MB")
        print(f"  first load: {count / first:,.0f} a CPU second")
        print(f"    of a bare executemany into the same tables and indexes: {floor / first:.0%}")
        print(f"  again, nothing changed: {first / again:.1f} times as fast as the first load")
        print_reads(ours)


if __name__ == "__main__":
    main()
