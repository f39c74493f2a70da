"""A workbook of adverts for Excel and its like: dates are dates, money is money."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any, BinaryIO, Final
from zoneinfo import ZoneInfo

from lgjobs.exports.about import LICENCE, PROGRAM, About
from lgjobs.exports.columns import Kind, as_date, as_instant
from lgjobs.exports.optional import needed
from lgjobs.exports.published import Row, published
from lgjobs.store.schema import COLUMNS

MOST: Final = 1_048_575
"""Adverts that a sheet holds below its header."""
_LONDON: Final = ZoneInfo("Europe/London")
_EARLIEST: Final = date(1900, 3, 1)
"""Before it spreadsheets disagree about the calendar."""
_FORMATS: Final = {
    Kind.MONEY: "£#,##0.00",
    Kind.DATE: "d mmm yyyy",
    Kind.INSTANT: "d mmm yyyy hh:mm",
}
_WIDTHS: Final = {"title": 45, "summary": 60, "url": 30, "salary_text": 30, "location_text": 30}
_WIDTH: Final = 16


def write(rows: Iterable[Row], out: BinaryIO, about: About) -> int:
    """A sheet of adverts under a header that stays in sight, and one that explains the columns.

    Instants are UK time, since a spreadsheet knows no time zones. No cell is a formula or a link.
    Returns the number of adverts written: MOST of them at the most.
    """
    xlsxwriter = needed("xlsxwriter", "XLSX")
    book = xlsxwriter.Workbook(out, {"constant_memory": True})
    book.set_properties(
        {
            "title": about.title,
            "comments": f"{PROGRAM}. {LICENCE}",
            "created": datetime.fromisoformat(about.updated).replace(tzinfo=None),
        }
    )
    count = _adverts(book, rows, about)
    _columns(book, about)
    book.close()
    return count


def _adverts(book: Any, rows: Iterable[Row], about: About) -> int:
    sheet = book.add_worksheet("Adverts")
    sheet.freeze_panes(1, 0)
    formats = {kind: book.add_format({"num_format": code}) for kind, code in _FORMATS.items()}
    bold = book.add_format({"bold": True})
    for at, name in enumerate(about.columns):
        sheet.set_column(at, at, _WIDTHS.get(name, _WIDTH))
        sheet.write_string(0, at, name, bold)
    count = 0
    for row in published(rows):
        if count == MOST:
            continue
        count += 1
        for at, (name, kind) in enumerate(about.columns.items()):
            _write(sheet, count, at, _value(row[name], kind), formats.get(kind))
    sheet.autofilter(0, 0, count, len(about.columns) - 1)
    return count


def _columns(book: Any, about: About) -> None:
    sheet = book.add_worksheet("Columns")
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 90)
    lines = [
        (PROGRAM, LICENCE),
        ("run", "" if about.run is None else str(about.run)),
        ("times", "UK time, in every column whose meaning says UTC"),
        *((name, COLUMNS["adverts"].get(name, "")) for name in about.columns),
    ]
    for at, (name, meaning) in enumerate(lines):
        sheet.write_string(at, 0, name)
        sheet.write_string(at, 1, meaning)


def _value(value: Any, kind: Kind) -> Any:
    """What stands in the cell; a text where a date is none, or one that spreadsheets misread."""
    if value is None:
        return None
    if kind is Kind.DATE:
        day = as_date(value)
        return day if day is not None and day >= _EARLIEST else value
    if kind is Kind.INSTANT:
        instant = as_instant(value)
        if instant is None or instant.astimezone(UTC).date() < _EARLIEST:
            return value
        return instant.astimezone(_LONDON).replace(tzinfo=None)
    return bool(value) if kind is Kind.TRUTH else value


def _write(sheet: Any, row: int, column: int, value: Any, style: Any) -> None:
    if value is None:
        return
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value, style)
    elif isinstance(value, date | datetime):
        sheet.write_datetime(row, column, value, style)
    else:
        sheet.write_string(row, column, str(value))
