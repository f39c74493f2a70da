"""Opens the database file, and says plainly why one can not be opened."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlite_utils import Database

from lgjobs.errors import UsedWrongly
from lgjobs.store.migrations import APPLICATION_ID, RELEASED, migrations

BUSY_SECONDS = 30.0
"""How long a writer waits for another before it gives up."""


class StoreError(UsedWrongly):
    """The database can not be used; the message says which, why, and what to do."""


def open_for_reading(path: Path) -> Database:
    """The database at `path`, read only. Raises StoreError; makes and changes nothing."""
    _check_file(path)
    connection = sqlite3.connect(
        f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=BUSY_SECONDS
    )
    db = Database(connection)
    try:
        _check_ours(db, path)
        if pending := migrations.pending(db):
            raise StoreError(
                f"{path} was made by an older lgjobs ({pending[0].name} is missing): "
                "run `lgjobs db migrate` to bring it up to date"
            )
    except StoreError:
        connection.close()
        raise
    return db


def open_for_writing(path: Path) -> Database:
    """The database at `path`, made or brought up to date if need be. Raises StoreError."""
    if path.exists() and path.stat().st_size:
        _check_file(path)
    elif not path.parent.is_dir():
        raise StoreError(f"the folder {path.parent} does not exist: make it, or name another --db")
    try:
        connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
        db = Database(connection)
        if db.schema:
            _check_ours(db, path)
        else:
            db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        db.enable_wal()
        db.execute("PRAGMA synchronous = NORMAL")
        db.execute("PRAGMA foreign_keys = ON")
        migrations.apply(db)
    except sqlite3.Error as error:
        raise StoreError(f"cannot write to {path}: {error}") from error
    return db


def versions(path: Path) -> list[str]:
    """The migrations that the database at `path` has been through, oldest first.

    Raises StoreError for a file that is not there or not ours, and for a newer database.
    """
    _check_file(path)
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    try:
        db = Database(connection)
        _check_ours(db, path)
        return [each.name for each in migrations.applied(db)]
    finally:
        connection.close()


@contextmanager
def reading(path: Path) -> Iterator[Database]:
    """`open_for_reading`, closed at the end of the block."""
    db = open_for_reading(path)
    try:
        yield db
    finally:
        db.conn.close()


@contextmanager
def writing(path: Path) -> Iterator[Database]:
    """`open_for_writing`, closed at the end of the block."""
    db = open_for_writing(path)
    try:
        yield db
    finally:
        db.conn.close()


@contextmanager
def transaction(db: Database) -> Iterator[None]:
    """All or nothing: takes the write lock at once, commits at the end, rolls back on error."""
    db.conn.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        if db.conn.in_transaction:
            db.conn.execute("ROLLBACK")
        raise
    db.conn.execute("COMMIT")


def _check_file(path: Path) -> None:
    if not path.exists():
        raise StoreError(
            f"there is no database at {path}: `lgjobs crawl` or `lgjobs demo` make one"
        )
    if not path.is_file():
        raise StoreError(f"{path} is not a file")
    with path.open("rb") as handle:
        if handle.read(16) != b"SQLite format 3\x00":
            raise StoreError(f"{path} is not an SQLite database: name another with --db")


def _check_ours(db: Database, path: Path) -> None:
    try:
        mark = db.execute("PRAGMA application_id").fetchone()[0]
    except sqlite3.DatabaseError as error:
        raise StoreError(f"{path} can not be read: {error}") from error
    if mark != APPLICATION_ID:
        raise StoreError(f"{path} is another program's database: name another with --db")
    if unknown := {each.name for each in migrations.applied(db)} - RELEASED:
        raise StoreError(
            f"{path} was made by a newer lgjobs (it has {sorted(unknown)[0]}): update this program"
        )
