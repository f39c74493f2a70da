"""Upkeep of a database: is it sound, how large is it, what is old enough to go."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from sqlite_utils import Database

from lgjobs.store.database import transaction
from lgjobs.store.masking import mask_contacts
from lgjobs.store.writer import index_documents, unindex_documents

_PARTS: Final = ("advert_texts", "raw_adverts", "advert_flags", "advert_versions")
_LONE: Final[Mapping[str, str]] = {
    **{
        f"rows of {part} without an advert": f"SELECT count(*) FROM {part}"  # noqa: S608
        f" WHERE advert NOT IN (SELECT id FROM adverts)"
        for part in _PARTS
    },
    "adverts without a text": "SELECT count(*) FROM adverts"
    " WHERE id NOT IN (SELECT advert FROM advert_texts)",
    "adverts of a job that is not there": "SELECT count(*) FROM adverts"
    " WHERE job_id NOT IN (SELECT id FROM jobs)",
    "jobs that no advert speaks for": "SELECT count(*) FROM jobs"
    " WHERE lead_advert NOT IN (SELECT id FROM adverts)",
    "adverts closed without a reason": "SELECT count(*) FROM adverts"
    " WHERE (closed_at IS NULL) <> (closed_reason IS NULL)",
}
_TEXTS: Final[Mapping[str, tuple[str, tuple[str, ...]]]] = {
    "adverts": ("id", ("summary", "salary_text", "location_text", "hours_text", "closing_text")),
    "advert_texts": ("advert", ("description_html", "description_text")),
    "advert_versions": ("advert", ("before", "after")),
    "advert_flags": ("advert", ("detail",)),
}
"""Text columns in which a contact may stand, and the column that names their advert."""


@dataclass(frozen=True, slots=True)
class Purged:
    """What a purge removed, or would remove."""

    adverts: int
    """Closed adverts that are old enough."""
    raw: int
    """Raw adverts deleted."""
    masked: int
    """Adverts in whose texts a contact was masked."""


def problems(db: Database) -> list[str]:
    """What is wrong with the database, a sentence each; empty when it is sound.

    Checks the file, its foreign keys, the full-text index against the texts, and that nothing
    stands alone. Needs a connection that may write: the index is checked by a command to it.
    """
    found = [row[0] for row in db.execute("PRAGMA integrity_check") if row[0] != "ok"]
    for table, row, parent, _ in db.execute("PRAGMA foreign_key_check"):
        found.append(f"row {row} of {table} names a row of {parent} that is not there")
    try:
        db.execute("INSERT INTO advert_search (advert_search, rank) VALUES ('integrity-check', 1)")
    except sqlite3.DatabaseError as error:
        found.append(f"the full-text index does not fit the texts: {error}")
    for what, query in _LONE.items():
        if count := db.execute(query).fetchone()[0]:
            found.append(f"{count} {what}")
    return found


def sizes(db: Database) -> list[dict[str, Any]]:
    """Every table with its rows and, where SQLite can tell, the bytes of it and its indexes."""
    try:
        stored = dict(
            db.execute(
                """SELECT tbl_name, sum(pgsize) FROM dbstat
                   JOIN sqlite_master ON sqlite_master.name = dbstat.name GROUP BY tbl_name"""
            ).fetchall()
        )
    except sqlite3.OperationalError:
        stored = {}
    names = [name for name in db.table_names() if not name.startswith(("sqlite_", "_sqlite"))]
    shadows = [name for name in names if name.startswith("advert_search_")]
    stored["advert_search"] = sum(stored.get(name, 0) for name in shadows) or None
    return [
        {"table": name, "rows": db.table(name).count, "bytes": stored.get(name)}
        for name in names
        if name not in shadows
    ]


def purge(db: Database, older_than: int, now: str, *, personal: bool, dry_run: bool) -> Purged:
    """Delete the raw text of adverts closed more than `older_than` days ago; with `personal` mask
    e-mail addresses and phone numbers in what else is kept of them. The readings stay."""
    moment = datetime.fromisoformat(now).astimezone(UTC) - timedelta(days=older_than)
    before = moment.strftime("%Y-%m-%dT%H:%M:%SZ")
    rows = db.execute("SELECT id FROM adverts WHERE closed_at < ?", [before]).fetchall()
    old = [row[0] for row in rows]
    db.conn.create_function("masked", 1, mask_contacts, deterministic=True)
    raw = db.execute(
        """SELECT count(*) FROM raw_adverts JOIN adverts ON adverts.id = advert
           WHERE closed_at < ?""",
        [before],
    ).fetchone()[0]
    named = _with_contacts(db, before) if personal else []
    if not dry_run:
        with transaction(db):
            db.conn.executemany(
                "DELETE FROM raw_adverts WHERE advert = ?", [(each,) for each in old]
            )
            _mask(db, named)
    return Purged(len(old), raw, len(named))


def _with_contacts(db: Database, before: str) -> list[int]:
    """The adverts closed before an instant in any of whose texts a contact stands."""
    found: set[int] = set()
    for table, (key, columns) in _TEXTS.items():
        differs = " OR ".join(f"masked({name}) IS NOT {name}" for name in columns)
        query = f"""SELECT {key} FROM {table}
                    WHERE {key} IN (SELECT id FROM adverts WHERE closed_at < ?)
                    AND ({differs})"""  # noqa: S608 - the names are ours
        found |= {row[0] for row in db.execute(query, [before])}
    return sorted(found)


def _mask(db: Database, adverts: list[int]) -> None:
    unindex_documents(db, adverts)
    for table, (key, columns) in _TEXTS.items():
        change = ", ".join(f"{name} = masked({name})" for name in columns)
        db.conn.executemany(
            f"UPDATE OR REPLACE {table} SET {change} WHERE {key} = ?",  # noqa: S608 - likewise
            [(each,) for each in adverts],
        )
    index_documents(db, adverts)
