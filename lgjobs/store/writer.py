"""Writes adverts in batches: each is new, changed (the old version is kept) or as it was."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sqlite_utils import Database

from lgjobs.store.database import transaction
from lgjobs.store.rows import Row, content_hash, content_row, differences, pack_raw
from pipelines.advert import Advert

_MOST_PARAMETERS = 500
_INDEX = "advert_search (rowid, title, employer, summary, description_text)"


@dataclass(slots=True)
class Counts:
    """Adverts of a source in one run, by what became of them."""

    new: int = 0
    changed: int = 0


@dataclass(slots=True)
class _Sorted:
    """A batch, told apart: rows to insert, rows to update, and those read again as they were."""

    new: list[tuple[Row, Advert]]
    changed: list[tuple[Row, Advert, Row]]
    same: list[Row]


def write_adverts(db: Database, adverts: Sequence[Advert], run: int, counts: Counts) -> None:
    """Store a batch of one source's adverts in one transaction, and add to its counts."""
    latest = {advert.raw.external_id: advert for advert in adverts}
    with transaction(db):
        batch = _sort(db, list(latest.values()))
        _insert_new(db, batch.new)
        update_changed(db, batch.changed, run)
        _touch_same(db, batch.same)
    counts.new += len(batch.new)
    counts.changed += len(batch.changed)


def _sort(db: Database, adverts: Sequence[Advert]) -> _Sorted:
    stored = _stored(db, adverts[0].raw.source_id, [each.raw.external_id for each in adverts])
    batch = _Sorted([], [], [])
    next_id = db.execute("SELECT coalesce(max(id), 0) FROM adverts").fetchone()[0]
    for advert in adverts:
        row = _life_row(advert)
        known = stored.get(advert.raw.external_id)
        if known is None:
            next_id += 1
            row |= {"id": next_id, "job_id": next_id, **content_row(advert)}
            batch.new.append((row, advert))
        elif known[1] == row["content_hash"]:
            batch.same.append(row | {"id": known[0]})
        else:
            row |= {"id": known[0], **content_row(advert)}
            batch.changed.append((row, advert, _whole(db, known[0])))
    return batch


def _life_row(advert: Advert) -> Row:
    raw = advert.raw
    return {
        "source_id": raw.source_id,
        "external_id": raw.external_id,
        "url": raw.url,
        "first_seen": raw.fetched_at,
        "last_seen": raw.fetched_at,
        "last_read": raw.fetched_at,
        "last_changed": raw.fetched_at,
        "content_hash": content_hash(advert),
        "listing_fingerprint": raw.fingerprint,
    }


def _stored(
    db: Database, source_id: str, external_ids: Iterable[str]
) -> dict[str, tuple[int, str]]:
    """Of the adverts that are stored already: external id to id and content hash."""
    found: dict[str, tuple[int, str]] = {}
    ids = iter(external_ids)
    while some := list(islice(ids, _MOST_PARAMETERS)):
        marks = ",".join("?" * len(some))
        for external_id, advert, content in db.execute(
            f"""SELECT external_id, id, content_hash FROM adverts
                WHERE source_id = ? AND external_id IN ({marks})""",  # noqa: S608 - marks only
            [source_id, *some],
        ):
            found[external_id] = advert, content
    return found


def _whole(db: Database, advert: int) -> Row:
    return next(
        db.query(
            """SELECT adverts.*, description_text FROM adverts
               JOIN advert_texts ON advert_texts.advert = adverts.id WHERE adverts.id = ?""",
            [advert],
        )
    )


def _insert_new(db: Database, new: Sequence[tuple[Row, Advert]]) -> None:
    if not new:
        return
    rows = [row for row, _ in new]
    db.conn.executemany(
        "INSERT INTO jobs (id, lead_advert, first_seen) VALUES (?, ?, ?)",
        [(row["job_id"], row["id"], row["first_seen"]) for row in rows],
    )
    db.conn.executemany(_insert("adverts", rows[0]), [tuple(row.values()) for row in rows])
    _write_parts(db, new)
    db.conn.executemany(
        f"INSERT INTO {_INDEX} VALUES (?, ?, ?, ?, ?)",  # noqa: S608 - ours
        [
            (row["id"], each.title, each.employer, each.summary, each.description_text)
            for row, each in new
        ],
    )


def update_changed(
    db: Database, changed: Sequence[tuple[Row, Advert, Row]], run: int | None, at: str | None = None
) -> None:
    """Replace stored adverts by newer readings and keep what differs in the history.

    Each is (row to write, advert, stored row); `at` dates the history where the row has no
    `last_seen`. Call inside a transaction.
    """
    if not changed:
        return
    ids = [row["id"] for row, _, _ in changed]
    unindex_documents(db, ids)
    history: list[tuple[Any, ...]] = []
    for row, advert, before in changed:
        after = row | {"description_text": advert.description_text}
        for name, old, fresh in differences(before, after):
            seen = row.get("last_seen", at)
            history.append((row["id"], run, seen, name, _text(old), _text(fresh)))
    db.conn.executemany(
        """INSERT INTO advert_versions (advert, run, seen_at, field, before, after)
           VALUES (?, ?, ?, ?, ?, ?)""",
        history,
    )
    rows = [row for row, _, _ in changed]
    kept = {"id", "source_id", "external_id", "first_seen"}
    columns = ", ".join(f"{name} = :{name}" for name in rows[0] if name not in kept)
    db.conn.executemany(f"UPDATE adverts SET {columns} WHERE id = :id", rows)  # noqa: S608
    for part in ("advert_texts", "advert_flags", "raw_adverts"):
        db.conn.executemany(f"DELETE FROM {part} WHERE advert = ?", [(each,) for each in ids])  # noqa: S608
    _write_parts(db, [(row, advert) for row, advert, _ in changed])
    index_documents(db, ids)


def _touch_same(db: Database, same: Sequence[Row]) -> None:
    db.conn.executemany(
        """UPDATE adverts SET last_seen = :last_seen, last_read = :last_read, url = :url,
               listing_fingerprint = :listing_fingerprint
           WHERE id = :id""",
        same,
    )


def _write_parts(db: Database, written: Sequence[tuple[Row, Advert]]) -> None:
    db.conn.executemany(
        "INSERT INTO advert_texts (advert, description_html, description_text) VALUES (?, ?, ?)",
        [(row["id"], each.description_html, each.description_text) for row, each in written],
    )
    db.conn.executemany(
        "INSERT OR IGNORE INTO advert_flags (advert, flag, detail) VALUES (?, ?, ?)",
        [(row["id"], flag.name, flag.detail) for row, each in written for flag in each.flags],
    )
    db.conn.executemany(
        "INSERT INTO raw_adverts (advert, raw) VALUES (?, ?)",
        [(row["id"], pack_raw(each.raw)) for row, each in written],
    )


def unindex_documents(db: Database, ids: Sequence[int]) -> None:
    """Take adverts out of the full-text index: before their text changes, since FTS5 needs it."""
    db.conn.executemany(
        """INSERT INTO advert_search (advert_search, rowid, title, employer, summary,
                                      description_text)
           SELECT 'delete', * FROM advert_documents WHERE id = ?""",
        [(each,) for each in ids],
    )


def index_documents(db: Database, ids: Sequence[int]) -> None:
    db.conn.executemany(
        f"INSERT INTO {_INDEX} SELECT * FROM advert_documents WHERE id = ?",  # noqa: S608
        [(each,) for each in ids],
    )


def _insert(table: str, row: Row) -> str:
    names = ", ".join(row)
    marks = ", ".join("?" * len(row))
    return f"INSERT INTO {table} ({names}) VALUES ({marks})"  # noqa: S608 - names are ours


def _text(value: Any) -> str | None:
    return None if value is None else str(value)
