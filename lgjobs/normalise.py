"""Reads texts line by line with the pipelines' parsers: the door for trying them on other data."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import orjson

from lgjobs.errors import UsedWrongly
from pipelines.dates import parse_when
from pipelines.location import parse_location
from pipelines.salary import parse_salary
from pipelines.sector import read_sector
from pipelines.terms import parse_terms

Row = dict[str, Any]


class LineError(UsedWrongly):
    """A line of the input is not what was asked for; the message names the line."""


def _salary(row: Row) -> Row:
    return parse_salary(_text(row, "raw")).record()


def _location(row: Row) -> Row:
    return parse_location(_text(row, "raw"), employer=_maybe(row, "context_employer")).record()


def _date(row: Row) -> Row:
    return parse_when(_text(row, "raw"), reference=_maybe(row, "reference")).record()


def _terms(row: Row) -> Row:
    return parse_terms(_text(row, "raw")).record()


def _sector(row: Row) -> Row:
    reading = read_sector(
        _text(row, "title"), context=_maybe(row, "context"), employer=_maybe(row, "employer")
    )
    return {"sector": reading.sector}


READINGS: dict[str, Callable[[Row], Row]] = {
    "salary": _salary,
    "location": _location,
    "date": _date,
    "terms": _terms,
    "sector": _sector,
}


def normalise(kind: str, lines: Iterable[bytes]) -> Iterator[bytes]:
    """One JSON object a line in, one out: `id` and the fields of that kind of reading.

    Raises LineError for a line that is not a JSON object with an id.
    """
    read = READINGS[kind]
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = orjson.loads(line)
        except orjson.JSONDecodeError as error:
            raise LineError(f"line {number} is not JSON: {error}") from error
        if not isinstance(row, dict) or "id" not in row:
            raise LineError(f'line {number} is not an object with an "id"')
        yield orjson.dumps({"id": row["id"], **read(row)}, option=orjson.OPT_APPEND_NEWLINE)


def _text(row: Row, name: str) -> str:
    return _maybe(row, name) or ""


def _maybe(row: Row, name: str) -> str | None:
    value = row.get(name)
    return value if isinstance(value, str) else None
