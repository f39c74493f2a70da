"""Of what kind each column of an export is, for the formats that have types."""

from __future__ import annotations

from datetime import date, datetime
from enum import Enum, auto
from typing import Final

from sqlite_utils import Database

_TRUTHS: Final = frozenset({"pro_rata", "open_ended"})
_SEEN: Final = frozenset({"first_seen", "last_seen", "last_changed"})


class Kind(Enum):
    TEXT = auto()
    WHOLE = auto()
    NUMBER = auto()
    MONEY = auto()
    """Pounds."""
    TRUTH = auto()
    DATE = auto()
    """ISO date, Europe/London."""
    INSTANT = auto()
    """ISO 8601, UTC."""


def advert_columns(db: Database) -> dict[str, Kind]:
    """The columns of `advert_list` in their order, each with its kind."""
    return {
        column.name: kind(column.name, column.type) for column in db.view("advert_list").columns
    }


def kind(name: str, stored_as: str) -> Kind:
    """The kind of a column by its name and SQLite type: the schema names dates by their ending."""
    if name in _TRUTHS:
        return Kind.TRUTH
    if name in _SEEN or name.endswith("_at"):
        return Kind.INSTANT
    if name.endswith("_on"):
        return Kind.DATE
    if stored_as == "REAL":
        return Kind.MONEY if name.startswith("salary_") else Kind.NUMBER
    return Kind.WHOLE if stored_as == "INTEGER" else Kind.TEXT


def as_date(text: str) -> date | None:
    """The date an ISO text names; None where it names none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def as_instant(text: str) -> datetime | None:
    """The instant an ISO 8601 text with its zone names; None where it names none."""
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        return None
    return instant if instant.tzinfo else None
