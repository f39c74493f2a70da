"""How long `lgjobs renormalise` takes over stored adverts with 4 kB of description each.

`python benchmarks/renormalise.py [N]`: N adverts (100,000 unless said) are read and stored once,
then read again twice: when nothing has changed, and when every hundredth reading has.
"""

from __future__ import annotations

import sys
import tempfile
import time
from itertools import islice
from pathlib import Path

from adverts import ADVERTS_OF_ONE, raw_adverts

from lgjobs.chain import read_through
from lgjobs.renormalise import renormalise
from lgjobs.store.database import writing
from lgjobs.store.runs import start_run
from lgjobs.store.writer import Counts, write_adverts
from pipelines.areas import areas
from scrapers.sources import Source

NOW = "2026-03-02T06:00:00Z"


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as folder, writing(Path(folder) / "lgjobs.db") as db:
        sources = [
            Source(id=code, platform="itrent", url="https://jobs.example/") for code in areas()
        ]
        run = start_run(db, NOW, "benchmark", sources)
        raws = raw_adverts(count)
        while batch := [read_through(each) for each in islice(raws, ADVERTS_OF_ONE)]:
            write_adverts(db, batch, run, Counts())
        for what, change in (
            ("nothing has changed", None),
            ("a hundredth reads differently", "UPDATE adverts SET place = 'x' WHERE id % 100 = 0"),
        ):
            if change is not None:
                db.execute(change)
            start = time.perf_counter()
            again = renormalise(db, NOW)
            took = time.perf_counter() - start
            print(f"{what}: {again.read} adverts read, {again.changed} changed, {took:.1f} seconds")


if __name__ == "__main__":
    main()
