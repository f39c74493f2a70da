"""How well and how fast adverts of one vacancy are found.

`python benchmarks/dedupe.py [N]`: on the labelled set precision and recall of pairs, for the half
that the weights were set on and for the other; then CPU seconds and memory for N made-up notices.
"""

from __future__ import annotations

import random
import resource
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import combinations
from pathlib import Path

from sqlite_utils import Database

from benchmarks.labelled import NOW, Labelled, councils, labelled
from lgjobs.chain import read_through
from lgjobs.store.database import writing
from lgjobs.store.dedupe import find_matches, group
from lgjobs.store.likeness import Notice
from lgjobs.store.runs import finish_run, start_run
from lgjobs.store.writer import Counts, write_adverts
from scrapers.sources import Source

Pairs = set[tuple[int, int]]

_COUNCILS = 400
_NOUNS = "planner surveyor engineer solicitor accountant librarian teacher caretaker cook ranger"
_KINDS = "housing highways parks planning finance legal education adults youth libraries waste"
_PLACES = "duty intake review contracts estates reablement fostering licensing archives coast"


def sources(half: int) -> list[Source]:
    """The sites of the labelled set."""
    own = [
        Source(id=f"own-{code}", platform="itrent", url=f"https://{code}.example/", employer=code)
        for code in councils(half)
    ]
    boards = {"region": "madgex", "nation": "jobsgopublic", "agency": "feed"}
    return own + [
        Source(id=name, platform=platform, url=f"https://{name}.example/")
        for name, platform in boards.items()
    ]


def store(db: Database, adverts: Iterable[Labelled], half: int) -> int:
    """Keep the adverts as a crawl would; the run, not yet finished."""
    run = start_run(db, NOW, "benchmark", sources(half))
    by_source = defaultdict(list)
    for each in adverts:
        by_source[each.raw.source_id].append(read_through(each.raw))
    for batch in by_source.values():
        write_adverts(db, batch, run, Counts())
    return run


def pairs(groups: Iterable[Iterable[int]]) -> Pairs:
    return {pair for each in groups for pair in combinations(sorted(each), 2)}


def judged(db: Database, adverts: Iterable[Labelled]) -> tuple[Pairs, Pairs]:
    """The pairs of adverts that are of one vacancy, and those that share a job in the database."""
    number = {each.raw.external_id: each.vacancy for each in adverts}
    true, found = defaultdict(list), defaultdict(list)
    for advert, external_id, job in db.execute("SELECT id, external_id, job_id FROM adverts"):
        true[number[external_id]].append(advert)
        found[job].append(advert)
    return pairs(true.values()), pairs(found.values())


def report(half: int, seeds: int, verbose: bool) -> None:
    right = wrong = missed = 0
    kinds: Counter[str] = Counter()
    for seed in range(seeds):
        adverts = labelled(half, seed)
        twin = {each.raw.external_id: each for each in adverts}
        with tempfile.TemporaryDirectory() as folder, writing(Path(folder) / "set.db") as db:
            finish_run(db, store(db, adverts, half), NOW)
            true, found = judged(db, adverts)
            right += len(true & found)
            wrong += len(found - true)
            missed += len(true - found)
            named = dict(db.execute("SELECT id, external_id FROM adverts").fetchall())
            for kind, some in (("merged", found - true), ("missed", true - found)):
                for one, other in some:
                    kinds[f"{kind}: {twin[named[one]].twin}/{twin[named[other]].twin}"] += 1
                    if verbose:
                        show(db, kind, one, other)
    print(
        f"half {half}: {right + missed} pairs of one vacancy, precision"
        f" {right / (right + wrong):.4f}, recall {right / (right + missed):.4f}"
    )
    for kind, count in kinds.most_common(12):
        print(f"  {kind} {count}")


def show(db: Database, kind: str, one: int, other: int) -> None:
    print(kind.upper())
    for row in db.query(
        """SELECT source_id, title, salary_text, salary_annual_min, salary_annual_max, reference,
                  closes_at, department, location_text, hours_text
           FROM adverts WHERE id IN (?, ?)""",
        [one, other],
    ):
        print("   ", *row.values(), sep=" | ")
    for row in db.execute(
        "SELECT score, decision, reason FROM job_matches WHERE advert = ? AND other = ?",
        [min(one, other), max(one, other)],
    ):
        print("   ", *row)


def notices(area: str, count: int) -> list[Notice]:
    """Notices of a council over a year, a fifth of them a second advert of another's vacancy.

    Others have the same title, pay and deadline as often as chance has it.
    """
    chance = random.Random(area)
    nouns, kinds, places = _NOUNS.split(), _KINDS.split(), _PLACES.split()
    made: list[Notice] = []
    while len(made) < count:
        opens = chance.randrange(365)
        closes, pay = opens + chance.randrange(7, 42), chance.randrange(22000, 60000, 250)
        words = [chance.choice(kinds), chance.choice(nouns), chance.choice(places)]
        title = f"{words[0].title()} {words[1].title()} ({words[2].title()})"
        one = Notice(
            id=len(made), source=area, opens=opens, closes=closes, ends=closes,
            title=title, council=area, employer=area, pay_min=float(pay), pay_max=pay + 3000.0,
            reference=f"{area[-3:]}/{chance.randrange(10**6):06}", location=chance.choice(places),
        )  # fmt: skip
        made.append(one)
        if chance.random() < 0.25:
            said = title.upper() if chance.random() < 0.5 else " ".join(reversed(words))
            made.append(
                Notice(
                    id=len(made),
                    source="board",
                    opens=opens + chance.randrange(3),
                    closes=closes,
                    ends=closes,
                    title=said,
                    council=area,
                    employer=area,
                    pay_min=float(pay),
                    pay_max=pay + 3000.0,
                    location=one.location,
                    reference=chance.choice((None, one.reference)),
                )
            )
    return made


def speed(count: int) -> None:
    """Over 400 councils, one after the other, as the store does it."""
    spent, found, made = 0.0, 0, 0
    for number in range(_COUNCILS):
        given = notices(f"E{number:08}", count // _COUNCILS)
        start = time.process_time()
        matches = find_matches(given, lambda _: None)
        found += len(group(matches, {each.id: each for each in given}))
        spent += time.process_time() - start
        made += len(given)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{made} notices: {spent:.2f} CPU s, {found} jobs on several sites, {peak} MB at most")


def main() -> None:
    arguments = [each for each in sys.argv[1:] if each.isdecimal()]
    for half in (0, 1):
        report(half, 3, "-v" in sys.argv)
    speed(int(arguments[0]) if arguments else 100_000)


if __name__ == "__main__":
    main()
