"""What an export says of itself: what it is of, how fresh, under which terms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from sqlite_utils import Database

from lgjobs import __version__
from lgjobs.exports.columns import Kind, advert_columns
from lgjobs.exports.published import safe_text
from lgjobs.store.migrations import migrations
from lgjobs.store.queries import Filter

PROGRAM: Final = f"lgjobs {__version__}"
LICENCE: Final = (
    "Each advert's words belong to its publisher. Names and codes of areas contain public sector"
    " information licensed under the Open Government Licence v3.0."
)


@dataclass(frozen=True, slots=True)
class About:
    """Facts of an export as a whole, the same for every format."""

    title: str
    link: str
    """Address of the site that a feed belongs to."""
    updated: str
    """When the database was last fed by a run: UTC."""
    run: int | None
    """That run; None in a database that has seen none."""
    schema: str
    """The newest migration of the database: the version of its columns."""
    columns: Mapping[str, Kind]
    """Of the advert list, in order; with `change` at the end where changes are asked for."""
    address: str | None = None
    """Where a feed itself will stand, if that is known."""


def describe(db: Database, wanted: Filter, now: str, link: str) -> About:
    """What there is to say of an export of the adverts that the filter wants."""
    run, updated = db.execute(
        "SELECT id, coalesce(finished_at, started_at) FROM runs ORDER BY id DESC LIMIT 1"
    ).fetchone() or (None, now)
    columns = advert_columns(db)
    if wanted.changed_since:
        columns["change"] = Kind.TEXT
    words = (wanted.words, wanted.sector, wanted.council, wanted.region)
    narrowed = ", ".join(filter(None, words))
    return About(
        title=safe_text(f"Council jobs: {narrowed}" if narrowed else "Council jobs"),
        link=link,
        updated=updated,
        run=run,
        schema=migrations.applied(db)[-1].name,
        columns=columns,
    )
