"""How long the site takes to build, and to bring up to date.

`python benchmarks/site.py [N] [FOLDER]`: a database of N open adverts (40,000 unless said) of 400
councils, each with two kilobytes of prose. The site is built from nothing; again with nothing
changed; and on the next day, when every advert was seen again, 3 % are new, 3 % have closed and
3 % have changed. FOLDER: where to work, on a disk rather than in memory.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
import time
from pathlib import Path

from sqlite_utils import Database

from lgjobs.exports.site.builder import Built, build_site
from lgjobs.store.database import reading, transaction, writing
from lgjobs.store.runs import start_run
from lgjobs.store.writer import Counts, write_adverts
from pipelines.advert import Advert, Basis, ContractType, Period, WorkingPattern
from scrapers.items import RawAdvert
from scrapers.sources import Source

DAY_1, DAY_2 = "2026-03-02T06:00:00Z", "2026-03-03T06:00:00Z"
BASE = "https://jobs.example/"
RANKS = ("Senior", "Assistant", "Principal", "Trainee", "Lead", "Deputy")
POSTS = ("Planner", "Social Worker", "Teaching Assistant", "Cleaner", "Finance Officer", "Driver")
TEAMS = tuple(
    f"{name} Team {number}" for name in ("North", "South", "East") for number in range(50)
)
WORDS = ("residents", "services", "support", "manage", "deliver", "council", "community", "team")


def adverts(db: Database, first: int, count: int, at: str) -> list[Advert]:
    """Adverts of 400 councils and every sector, in no order."""
    councils = db.execute(
        """SELECT gss_code, name, region, nation FROM councils
           WHERE valid_to IS NULL AND region IS NOT NULL ORDER BY gss_code LIMIT 400"""
    ).fetchall()
    sectors = [key for (key,) in db.execute("SELECT sector FROM sectors")]
    return [_advert(number, at, councils, sectors) for number in range(first, first + count)]


def _advert(
    number: int, at: str, councils: list[tuple[str, str, str, str]], sectors: list[str]
) -> Advert:
    luck = random.Random(number)
    code, name, region, nation = luck.choice(councils)
    title = f"{luck.choice(RANKS)} {luck.choice(POSTS)}, {luck.choice(TEAMS)}"
    pay = 20_000.0 + luck.randrange(60) * 1000
    prose = "".join(f"<p>{' '.join(luck.choices(WORDS, k=60))}.</p>" for _ in range(4))
    return Advert(
        raw=RawAdvert(
            external_id=str(number),
            url=f"https://jobs.example/{number}",
            title=title,
            employer=name,
            salary=f"£{pay:,.0f} - £{pay + 3000:,.0f}",
            location="Town Hall",
            source_id=f"s{code.lower()}",
            fetched_at=at,
            fingerprint=str(number),
        ),
        title=title,
        employer=name,
        council=code,
        recruiter=name,
        sector=luck.choice(sectors),
        summary="You will work with residents and colleagues to make the service better for all.",
        salary_min=pay,
        salary_max=pay + 3000,
        salary_period=Period.YEAR,
        salary_annual_min=pay,
        salary_annual_max=pay + 3000,
        salary_basis=Basis.STATED,
        place="Town",
        authority=code,
        region=region,
        nation=nation,
        contract_type=luck.choice(list(ContractType)),
        working_pattern=(luck.choice(list(WorkingPattern)),),
        closes_at=f"2026-03-{4 + luck.randrange(27):02}T23:59:59Z",
        posted_on="2026-02-20",
        description_html=prose,
        description_text=prose.replace("<p>", "").replace("</p>", "\n"),
    )


def write(db: Database, found: list[Advert], at: str) -> None:
    sources = [
        Source(id=name, platform="itrent", url="https://jobs.example/")
        for name in sorted({advert.raw.source_id or "" for advert in found})
    ]
    run = start_run(db, at, "benchmark", sources)
    for start in range(0, len(found), 1000):
        write_adverts(db, found[start : start + 1000], run, Counts())


def next_day(db: Database, count: int) -> None:
    """3 % new, 3 % closed, 3 % changed, and all seen again."""
    some = count * 3 // 100
    with transaction(db):
        db.execute("UPDATE adverts SET last_seen = ?", [DAY_2])
        db.execute(
            "UPDATE adverts SET closed_at = ?, closed_reason = 'withdrawn' WHERE id % 100 < 3",
            [DAY_2],
        )
        db.execute(
            "UPDATE adverts SET salary_min = salary_min + 500, last_changed = ?"
            " WHERE id % 100 BETWEEN 10 AND 12",
            [DAY_2],
        )
    write(db, adverts(db, count, some, DAY_2), DAY_2)


def worked() -> float:
    """CPU seconds of this process and of those that it started and that have ended."""
    return sum(os.times()[:4])


def timed(what: str, database: Path, out: Path, now: str) -> None:
    start, work = time.perf_counter(), worked()
    with reading(database) as db:
        built: Built = build_site(db, out, now, BASE)
    seconds, spent = time.perf_counter() - start, worked() - work
    print(
        f"{what:<26}{seconds:7.1f} s ({spent:.1f} s of work)"
        f"  {built.jobs:,} jobs, {built.files:,} files, {built.written:,} written,"
        f" {built.removed:,} removed"
    )


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 40_000
    with tempfile.TemporaryDirectory(dir=sys.argv[2] if len(sys.argv) > 2 else None) as folder:
        database, out = Path(folder) / "lgjobs.db", Path(folder) / "site"
        with writing(database) as db:
            start_run(db, DAY_1, "benchmark", [])  # it brings the councils
            write(db, adverts(db, 0, count, DAY_1), DAY_1)
        timed("from nothing", database, out, DAY_1)
        timed("again, nothing changed", database, out, DAY_1)
        with writing(database) as db:
            next_day(db, count)
        timed("the next day, 3 % changed", database, out, DAY_2)
        size = sum(file.stat().st_size for file in out.rglob("*") if file.is_file())
        print(f"{size / 1e6:,.0f} MB")


if __name__ == "__main__":
    main()
