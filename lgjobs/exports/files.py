"""CSV and JSON Lines of adverts: streamed, row by row, never all in memory."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO, Final, TextIO

import orjson
from sqlite_utils import Database

from lgjobs.store.masking import mask_contacts

Row = dict[str, Any]

_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")
_PROSE: Final = ("title", "summary", "salary_text", "location_text", "hours_text")


def write_csv(rows: Iterable[Row], columns: Iterable[str], out: TextIO) -> int:
    """RFC 4180 with a header line; a cell that a spreadsheet would run as a formula gets a '.

    Returns the number of adverts written.
    """
    writer = csv.DictWriter(out, list(columns), lineterminator="\r\n")
    writer.writeheader()
    count = 0
    for row in rows:
        writer.writerow({name: _cell(value) for name, value in _published(row).items()})
        count += 1
    return count


def write_jsonl(rows: Iterable[Row], out: BinaryIO) -> int:
    """One JSON object a line, keys as the columns. Returns the number of adverts written."""
    count = 0
    for row in rows:
        out.write(orjson.dumps(_published(row), option=orjson.OPT_APPEND_NEWLINE))
        count += 1
    return count


def with_description(db: Database, rows: Iterable[Row]) -> Iterator[Row]:
    """The rows, each with `description_text` and `description_html` from the store."""
    sql = "SELECT description_text, description_html FROM advert_texts WHERE advert = ?"
    for row in rows:
        text, html = db.execute(sql, [row["id"]]).fetchone() or (None, None)
        yield row | {
            "description_text": mask_contacts(text),
            "description_html": mask_contacts(html),
        }


def _published(row: Row) -> Row:
    masked = {name: mask_contacts(row[name]) for name in _PROSE if row.get(name)}
    return row | masked


def _cell(value: Any) -> Any:
    if isinstance(value, str) and value.startswith(_FORMULA_STARTS):
        return "'" + value
    return value
