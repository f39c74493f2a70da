"""Reads stored raw adverts again with today's parsers: no page is fetched for that."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from sqlite_utils import Database

from lgjobs.chain import read_through
from lgjobs.store.database import transaction
from lgjobs.store.rows import Row, content_row, differences, unpack_raw
from lgjobs.store.writer import update_changed
from pipelines.advert import Advert

BATCH = 500


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
    for batch in _batches(db, since):
        changed = []
        for stored, flags in batch:
            advert = read_through(unpack_raw(stored.pop("raw")))
            fields = _differing(stored, flags, advert)
            result.read += 1
            if fields:
                result.fields.update(fields)
                row = {"id": stored["id"], **content_row(advert)}
                changed.append((row, advert, stored))
        result.changed += len(changed)
        if changed and not dry_run:
            with transaction(db):
                update_changed(db, changed, run=None, at=now)
    return result


def _differing(stored: Row, flags: set[tuple[str, str]], advert: Advert) -> list[str]:
    after = content_row(advert) | {"description_text": advert.description_text}
    names = [name for name, _, _ in differences(stored, after)]
    return [*names, "flags"] if set(map(tuple, advert.flags)) != flags else names


def _batches(db: Database, since: str | None) -> Iterator[list[tuple[Row, set[tuple[str, str]]]]]:
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
