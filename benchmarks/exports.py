"""What each export costs: CPU seconds, adverts a CPU second, size and peak memory, all in one run.

Every format is written by a process of its own, as the command line does, from one database. A
process counts as at least as large as the one that starts it, so another one fills the database.

`python benchmarks/exports.py [N]`
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from multiprocessing import get_context
from pathlib import Path

from lgjobs.exports.formats import TABLES, WITH_PROSE
from lgjobs.store.database import writing
from lgjobs.store.runs import finish_run, start_run
from lgjobs.store.writer import Counts, write_adverts
from pipelines.advert import Advert, Period
from scrapers.items import RawAdvert
from scrapers.sources import Source

BATCH = 500
SOURCE = Source(id="s", platform="itrent", url="https://jobs.example/")
NOW = "2026-03-02T06:00:00Z"
MOST_MEMORY = 200


def advert(number: int) -> Advert:
    """An advert of four kilobytes of HTML, no two the same."""
    words = [f"{number * step % 9973:x}" for step in range(1, 80)]
    prose = "".join(
        f"<p>Plan the places where <strong>{word}</strong> live and work.</p>" for word in words
    )
    return Advert(
        raw=RawAdvert(
            external_id=str(number),
            url=f"https://jobs.example/{number}",
            title=f"Planner {number}",
            salary="£30,000 to £35,000 a year",
            location="Town Hall, Leeds",
            source_id="s",
            fetched_at=NOW,
        ),
        title=f"Planner {number}",
        employer="Leeds City Council",
        summary=f"Plan the places where people live and work: {' '.join(words)}"[:220],
        sector="planning",
        salary_min=30000.0,
        salary_max=35000.0,
        salary_period=Period.YEAR,
        place="Leeds",
        region="Yorkshire and The Humber",
        posted_on="2026-03-01",
        closes_at="2099-03-09T23:59:59Z",
        description_text=prose.replace("<p>", "").replace("</p>", "\n"),
        description_html=prose,
    )


def fill(database: Path, count: int) -> None:
    with writing(database) as db:
        run = start_run(db, NOW, "benchmark", [SOURCE])
        for start in range(0, count, BATCH):
            some = [advert(number) for number in range(start, min(start + BATCH, count))]
            write_adverts(db, some, run, Counts())
        finish_run(db, run, NOW)


def export(form: str, database: Path, out: Path) -> tuple[float, float]:
    """Run one export: (CPU seconds, peak memory in megabytes of its process)."""
    process = subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-m", "lgjobs", "export", form, "--db", database, "-o", out],
        stderr=subprocess.DEVNULL,
    )
    _, status, usage = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status):
        raise SystemExit(f"export {form} failed")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "lgjobs.db"
        filling = get_context("spawn").Process(target=fill, args=(database, count))
        filling.start()
        filling.join()
        size = database.stat().st_size / 1e6
        print(f"{count} adverts, a database of {size:,.0f} MB")
        over = []
        for form in (*TABLES, *WITH_PROSE):
            out = Path(folder) / f"jobs.{form}"
            seconds, memory = export(form, database, out)
            size = out.stat().st_size / 1e6
            print(
                f"{form:>10}: {seconds:6.1f} s {count / seconds:>8,.0f} adverts a CPU second"
                f" {size:7,.0f} MB written {memory:5.0f} MB of memory"
            )
            out.unlink()
            if memory > MOST_MEMORY:
                over.append(form)
    if over:
        raise SystemExit(f"over {MOST_MEMORY} MB of memory: {', '.join(over)}")


if __name__ == "__main__":
    main()
