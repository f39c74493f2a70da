"""Source and the register: which council, on which platform, at which address."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import TextIO
from urllib.parse import urlsplit

from scrapers import DATA
from scrapers.problems import RegisterError

COLUMNS = (
    "id",
    "employer",
    "platform",
    "url",
    "options",
    "min_expected",
    "enabled",
    "checked_on",
    "evidence",
)


@dataclass(frozen=True, slots=True)
class Source:
    """One row of the register: a listing that one spider can read."""

    id: str
    platform: str
    url: str
    employer: str | None = None
    """GSS code of the one employer; None for a board that serves many."""
    options: Mapping[str, str] = field(default_factory=dict)
    """What the platform's spider needs beside the address, as `key=value` parted by `|`."""
    min_expected: int | None = None
    enabled: bool = True
    checked_on: str | None = None
    evidence: str = ""

    @property
    def host(self) -> str:
        """Host and port: sources that share it are crawled one after another."""
        return urlsplit(self.url).netloc

    @property
    def options_text(self) -> str:
        """The options as the register writes them."""
        return "|".join(f"{key}={value}" for key, value in self.options.items())


def default_register() -> Path:
    """`$LGJOBS_REGISTER`, else the register that comes with the project."""
    return Path(os.environ.get("LGJOBS_REGISTER") or DATA / "sources.csv")


def read_register(path: Path | None = None) -> dict[str, Source]:
    """The sources of a register file by id, in its order; lines that begin with # are left out.

    Raises RegisterError, naming file and source, for a missing file, missing columns, an id used
    twice, or a cell that makes no sense.
    """
    path = path or default_register()
    try:
        with path.open(encoding="utf-8", newline="") as handle:
            rows = list(csv.DictReader(line for line in handle if not line.startswith("#")))
    except OSError as error:
        raise RegisterError(f"cannot read the register {path}: {error.strerror}") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise RegisterError(f"{path} is not a register in CSV: {error}") from error
    if not rows:
        raise RegisterError(f"{path} holds no source; its first line should be {','.join(COLUMNS)}")
    if missing := [name for name in ("id", "platform", "url") if name not in rows[0]]:
        raise RegisterError(f"{path} lacks the column {missing[0]}")
    register: dict[str, Source] = {}
    for row in rows:
        source = _source(row, path)
        if source.id in register:
            raise RegisterError(f"{path}: the id {source.id} is used twice")
        register[source.id] = source
    return register


def write_register(sources: Iterable[Source], out: TextIO) -> None:
    """Write a register that `read_register` reads back, as CSV text."""
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(map(_cells, sources))


def append_sources(sources: Iterable[Source], path: Path) -> None:
    """Add rows at the end of a register; what is there stays as it is.

    Raises RegisterError, before anything is written, for an id that is used already.
    """
    known = read_register(path)
    rows = list(sources)
    if taken := [each.id for each in rows if each.id in known]:
        raise RegisterError(f"{path} has a source called {taken[0]} already")
    with path.open("a", encoding="utf-8", newline="") as handle:
        csv.writer(handle, lineterminator="\n").writerows(map(_cells, rows))


def _cells(source: Source) -> tuple[str | int | None, ...]:
    return (
        source.id,
        source.employer,
        source.platform,
        source.url,
        source.options_text,
        source.min_expected,
        "yes" if source.enabled else "no",
        source.checked_on,
        source.evidence,
    )


def find_source(register: Mapping[str, Source], name: str) -> Source:
    """The source of that id; raises RegisterError with the nearest id for one not there."""
    if name in register:
        return register[name]
    near = get_close_matches(name, register, n=1)
    hint = f"; did you mean {near[0]}?" if near else "; `lgjobs sources list` shows them all"
    raise RegisterError(f"no source is called {name}{hint}")


def _source(row: Mapping[str, str | None], path: Path) -> Source:
    cell = {key: (value or "").strip() for key, value in row.items() if isinstance(key, str)}
    where = f"{path}: source {cell['id'] or '(no id)'}"
    if not cell["id"] or not cell["platform"]:
        raise RegisterError(f"{where}: id and platform must be given")
    address = urlsplit(cell["url"])
    if address.scheme not in ("http", "https") or not address.hostname:
        raise RegisterError(f"{where}: {cell['url']!r} is not a web address")
    pairs = [part.partition("=") for part in cell.get("options", "").split("|") if part]
    if bad := [key for key, equals, _ in pairs if not equals]:
        raise RegisterError(f"{where}: the option {bad[0]!r} has no value (key=value|key=value)")
    floor = cell.get("min_expected", "")
    if floor and not floor.isdecimal():
        raise RegisterError(f"{where}: min_expected is {floor!r}, not a whole number")
    enabled = cell.get("enabled", "") or "yes"
    if enabled not in ("yes", "no"):
        raise RegisterError(f"{where}: enabled is {enabled!r}, neither yes nor no")
    return Source(
        id=cell["id"],
        platform=cell["platform"],
        url=cell["url"],
        employer=cell.get("employer") or None,
        options={key: value for key, _, value in pairs},
        min_expected=int(floor) if floor else None,
        enabled=enabled == "yes",
        checked_on=cell.get("checked_on") or None,
        evidence=cell.get("evidence", ""),
    )
