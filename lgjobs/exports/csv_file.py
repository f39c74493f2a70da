"""CSV of adverts (RFC 4180), streamed."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Any, BinaryIO, Final, TextIO, cast

from lgjobs.exports.about import About
from lgjobs.exports.published import Row, published

_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def write(rows: Iterable[Row], out: BinaryIO, about: About) -> int:
    """The columns of the advert list in UTF-8. Returns the number of adverts written."""
    text = io.TextIOWrapper(cast(Any, out), encoding="utf-8", newline="", write_through=True)
    count = write_csv(rows, about.columns, text)
    text.detach()
    return count


def write_csv(rows: Iterable[Row], columns: Iterable[str], out: TextIO) -> int:
    """A header line, then a line an advert; a cell that a spreadsheet would run as a formula gets
    a ' in front. Returns the number of adverts written."""
    writer = csv.DictWriter(out, list(columns), lineterminator="\r\n")
    writer.writeheader()
    count = 0
    for row in published(rows):
        writer.writerow({name: _cell(value) for name, value in row.items()})
        count += 1
    return count


def _cell(value: Any) -> Any:
    if isinstance(value, str) and value.lstrip(" \xa0").startswith(_FORMULA_STARTS):
        return "'" + value
    return value
