"""Reads stored raw adverts again with today's parsers: no page is fetched for that."""

from __future__ import annotations

import os
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context

from sqlite_utils import Database

from lgjobs.chain import read_through
from lgjobs.store.database import transaction
from lgjobs.store.rows import Row, content_row, differences, unpack_raw
from lgjobs.store.writer import update_changed
from pipelines.advert import Advert

BATCH = 500
WORTH_SHARING = 2_000
"""Adverts for each process: with fewer, starting it takes longer than it saves."""
AHEAD = 2
"""Batches that wait for each process."""

Stored = tuple[Row, set[tuple[str, str]]]
"""An advert's row with its raw strings and text, and its flags."""
Changed = tuple[Row, Advert, Row]
"""The row of what is read now, the advert, and the row as stored."""


@dataclass(slots=True)
class Reread:
    """What reading again came to."""

    read: int = 0
    changed: int = 0
    fields: Counter[str] = field(default_factory=Counter)
    """Adverts in which each field reads differently now."""


def renormalise(db: Database, now: str, since: str | None = None, dry_run: bool = False) -> Reread:
    """Read again the adverts last read at `since` (ISO) or later; all when that is None.

    A reading that differs replaces the stored one and the history keeps what it was, dated `now`.
    The published text is untouched, so nothing counts as changed by its source. A dry run only
    counts.
    """
    result = Reread()
    for read, fields, changed in _reread_all(_batches(db, since), _processes(db, since)):
        result.read += read
        result.fields.update(fields)
        result.changed += len(changed)
        if changed and not dry_run:
            with transaction(db):
                update_changed(db, changed, run=None, at=now)
    return result


def _processes(db: Database, since: str | None) -> int:
    """As many processes as there are processors, if there is work for them."""
    (count,) = db.execute(
        "SELECT count(*) FROM adverts WHERE :since IS NULL OR last_read >= :since", {"since": since}
    ).fetchone()
    return max(1, min(os.cpu_count() or 1, int(count) // WORTH_SHARING))


Outcome = tuple[int, Counter[str], list[Changed]]
"""Of a batch: adverts read, how many read differently in each field, and what changes."""


def _reread_all(batches: Iterable[list[Stored]], processes: int) -> Iterator[Outcome]:
    """The outcome of each batch in its order; this process writes, the others read."""
    if processes == 1:
        yield from map(_reread, batches)
        return
    waiting: deque[Future[Outcome]] = deque()
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        for batch in batches:
            waiting.append(pool.submit(_reread, batch))
            if len(waiting) > AHEAD * processes:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _reread(batch: list[Stored]) -> Outcome:
    fields: Counter[str] = Counter()
    changed: list[Changed] = []
    for stored, flags in batch:
        advert = read_through(unpack_raw(stored.pop("raw")))
        if differing := _differing(stored, flags, advert):
            fields.update(differing)
            changed.append(({"id": stored["id"], **content_row(advert)}, advert, stored))
    return len(batch), fields, changed


def _differing(stored: Row, flags: set[tuple[str, str]], advert: Advert) -> list[str]:
    after = content_row(advert) | {"description_text": advert.description_text}
    names = [name for name, _, _ in differences(stored, after)]
    return [*names, "flags"] if set(map(tuple, advert.flags)) != flags else names


def _batches(db: Database, since: str | None) -> Iterator[list[Stored]]:
    """Stored adverts with their raw strings and flags, in the order of their ids."""
    last = 0
    while True:
        rows = list(
            db.query(
                """SELECT adverts.*, description_text, raw FROM adverts
                   JOIN advert_texts ON advert_texts.advert = adverts.id
                   JOIN raw_adverts ON raw_adverts.advert = adverts.id
                   WHERE adverts.id > :last AND (:since IS NULL OR last_read >= :since)
                   ORDER BY adverts.id LIMIT :batch""",
                {"last": last, "since": since, "batch": BATCH},
            )
        )
        if not rows:
            return
        flags: dict[int, set[tuple[str, str]]] = {}
        for advert, flag, detail in db.execute(
            "SELECT advert, flag, detail FROM advert_flags WHERE advert BETWEEN ? AND ?",
            [rows[0]["id"], rows[-1]["id"]],
        ):
            flags.setdefault(advert, set()).add((flag, detail))
        last = rows[-1]["id"]
        yield [(row, flags.get(row["id"], set())) for row in rows]
