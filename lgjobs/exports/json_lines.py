"""JSON Lines of adverts, descriptions included, streamed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

import orjson

from lgjobs.exports.about import About
from lgjobs.exports.published import Row, published


def write(rows: Iterable[Row], out: BinaryIO, _about: About) -> int:
    """As `write_jsonl`, which needs to know nothing of the whole."""
    return write_jsonl(rows, out)


def write_jsonl(rows: Iterable[Row], out: BinaryIO) -> int:
    """One JSON object a line, keys as the columns. Returns the number of adverts written."""
    count = 0
    for row in published(rows):
        out.write(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE))
        count += 1
    return count
