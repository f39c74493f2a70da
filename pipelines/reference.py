"""Reads the tables of data/: councils, pay scales, sectors, places. Cached, read only."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

from scrapers import DATA


def table_path(name: str) -> Path:
    """Where a table of data/ lies, in a checkout and in an installed wheel alike."""
    return DATA / name


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """The rows of a CSV table of data/, every cell a string; lines that begin with # are left out.

    Raises FileNotFoundError for a table that is not there: a broken installation.
    """
    with table_path(name).open(encoding="utf-8", newline="") as handle:
        return tuple(csv.DictReader(line for line in handle if not line.startswith("#")))
