"""`lgjobs search`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from lgjobs.cli.common import (
    database_option,
    filter_options,
    json_option,
    make_filter,
    now,
    print_json,
    print_table,
)
from lgjobs.store.database import reading
from lgjobs.store.queries import Row, select_adverts


@click.command()
@click.argument("words", nargs=-1)
@filter_options
@database_option
@json_option
def search(words: Sequence[str], database: Path, as_json: bool, **filters: Any) -> None:
    """Search the live jobs: title, employer, summary and description.

    Example: lgjobs search social worker --region Wales --min-salary 35000
    """
    filters["limit"] = filters["limit"] or 20
    with reading(database) as db:
        rows = list(select_adverts(db, make_filter(words, **filters), now()))
    if as_json:
        print_json(rows)
        return
    if not rows:
        click.echo("No advert matches.", err=True)
        return
    names = ("title", "employer", "salary", "place", "closes")
    print_table([(name, "left") for name in names], (_line(row) for row in rows))


def _line(row: Row) -> list[str | None]:
    place = row["place"] or row["authority_name"] or row["region"]
    closes = (row["closes_at"] or "")[:10]
    employer = row["employer"] or row["recruiter"]
    return [row["title"], employer, row["salary_text"], place, closes]
