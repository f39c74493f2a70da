"""The lock that lets one run at a time write to a database."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lgjobs.errors import NotNow
from lgjobs.store.database import StoreError


@contextmanager
def only_writer(database: Path, now: str) -> Iterator[None]:
    """Hold `<database>.lock` while the block runs: it ends with the process, however that ends.

    Raises NotNow where another process holds it, naming that process and when it began; StoreError
    where the lock can not be written.
    """
    try:
        handle = database.with_name(f"{database.name}.lock").open("a+", encoding="utf-8")
    except OSError as error:
        raise StoreError(f"cannot write beside {database}: {error.strerror}") from error
    with handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            handle.seek(0)
            holder = handle.read().strip() or "a process that has just begun"
            raise NotNow(
                f"another run is writing to {database} ({holder}): wait for it to end"
            ) from error
        try:
            handle.truncate(0)
            handle.write(f"process {os.getpid()}, begun {now}\n")
            handle.flush()
        except OSError as error:
            raise StoreError(f"cannot write beside {database}: {error.strerror}") from error
        yield
        handle.truncate(0)
