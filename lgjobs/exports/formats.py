"""Every format that adverts are exported in, and the one way to export in any of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import BinaryIO, Final

from sqlite_utils import Database

from lgjobs.exports import (
    atom,
    csv_file,
    job_feed,
    job_posting,
    json_feed,
    json_lines,
    parquet,
    rss,
    xlsx,
)
from lgjobs.exports.about import About, describe
from lgjobs.exports.published import Row, with_description
from lgjobs.store.queries import Filter, select_adverts

Write = Callable[[Iterable[Row], BinaryIO, About], int]

NO_SITE: Final = "http://localhost/"
"""What a feed gives as its site when none is named: RSS must name one."""

TABLES: Final[Mapping[str, Write]] = {
    "csv": csv_file.write,
    "parquet": parquet.write,
    "xlsx": xlsx.write,
}
"""The facts alone."""
WITH_PROSE: Final[Mapping[str, Write]] = {
    "jsonl": json_lines.write,
    "rss": rss.write,
    "atom": atom.write,
    "jsonfeed": json_feed.write,
    "jobposting": job_posting.write,
    "xml": job_feed.write,
}


@dataclass(slots=True)
class Exported:
    """What an export came to."""

    form: str
    about: About
    adverts: int = 0
    """Adverts written, tombstones included."""
    selected: int = 0
    """Adverts that the filter wanted: more than were written where the format refuses some."""
    changes: Counter[str] = field(default_factory=Counter)
    """Of the selected: how many were added, changed and removed, where that was asked for."""


def export_adverts(
    db: Database, form: str, wanted: Filter, now: str, out: BinaryIO, link: str = NO_SITE
) -> Exported:
    """Write the adverts that the filter wants to `out`, one at a time.

    `form` is a key of TABLES or WITH_PROSE; `link` the address of the site that a feed belongs to.
    Raises FilterError for a filter that names nothing, PackageMissing.
    """
    result = Exported(form, describe(db, wanted, now, link))
    rows = _counted(select_adverts(db, wanted, now), result)
    if form in TABLES:
        result.adverts = TABLES[form](rows, out, result.about)
    else:
        result.adverts = WITH_PROSE[form](with_description(db, rows), out, result.about)
    return result


def _counted(rows: Iterable[Row], result: Exported) -> Iterator[Row]:
    for row in rows:
        result.selected += 1
        if "change" in row:
            result.changes[row["change"]] += 1
        yield row
