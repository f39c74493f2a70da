"""What several commands share: options, output files, tables and JSON for programs."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

import click
import orjson
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from lgjobs.home import default_database
from lgjobs.store.queries import Filter

Command = TypeVar("Command", bound=Callable[..., Any])

DONE, FAILED, SOME_FAILED = 0, 1, 3
WIDE = 110
"""Characters of a terminal on which every column of a report has room."""
LONGEST_NAME = 30


def _database(_ctx: click.Context, _param: click.Parameter, value: Path | None) -> Path:
    return value or default_database()


database_option = click.option(
    "--db",
    "database",
    type=click.Path(path_type=Path, dir_okay=False),
    callback=_database,
    help="The database [default: $LGJOBS_DB, else lgjobs.db in the data home].",
)
register_option = click.option(
    "--register",
    type=click.Path(path_type=Path, dir_okay=False),
    envvar="LGJOBS_REGISTER",
    help="A register of sources other than our own [$LGJOBS_REGISTER].",
)
json_option = click.option("--json", "as_json", is_flag=True, help="JSON, for programs.")
output_option = click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write to this file instead of to standard output.",
)

_FILTERS = (
    click.option("--region", help="English region, or nation."),
    click.option("--council", help="Name or GSS code of the employing council."),
    click.option("--sector", help="Name of the sector."),
    click.option(
        "--min-salary",
        type=click.FloatRange(min=0),
        help="Pounds a year, full time, that the pay reaches.",
    ),
    click.option("--closing-within", type=click.IntRange(min=0), help="Closes within N days."),
    click.option("--limit", type=click.IntRange(min=1), help="N adverts at the most."),
    click.option(
        "--all",
        "everything",
        is_flag=True,
        help="Every advert: closed ones, and all those of one job.",
    ),
)


def filter_options(command: Command) -> Command:
    """The filters that searching and exporting share."""
    for option in reversed(_FILTERS):
        command = option(command)
    return command


def make_filter(words: Sequence[str] = (), **given: Any) -> Filter:
    """A Filter from the options of a command."""
    return Filter(words=" ".join(words), **given)


def now() -> str:
    """This instant: ISO 8601, UTC."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def console(stderr: bool = False) -> Console:
    """A terminal that wraps nothing of its own accord and obeys NO_COLOR; plain in a pipe."""
    stream = sys.stderr if stderr else sys.stdout
    width = None if stream.isatty() else int(os.environ.get("COLUMNS") or 160)
    return Console(file=stream, width=width, highlight=False, soft_wrap=False, emoji=False)


def print_table(columns: Sequence[tuple[str, str]], rows: Iterable[Sequence[Any]]) -> None:
    """A table on standard output: columns as (heading, "left" or "right").

    The first column, which names the row, is kept whole; the others give way on a narrow terminal.
    """
    cells = [[_cell(value) for value in row] for row in rows]
    names = max((len(row[0]) for row in cells), default=0)
    gap = 2 if console().width >= WIDE else 1
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, gap, 0, 0))
    for at, (heading, side) in enumerate(columns):
        right = side == "right"
        table.add_column(
            heading,
            justify="right" if right else "left",
            no_wrap=right,
            overflow="fold" if right else "ellipsis",
            min_width=min(names, LONGEST_NAME) if at == 0 else None,
        )
    for row in cells:
        table.add_row(*row)
    console().print(table)


def print_json(value: Any) -> None:
    """JSON on standard output."""
    options = orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE
    sys.stdout.buffer.write(orjson.dumps(value, option=options))


@contextmanager
def writer(output: Path | None) -> Iterator[BinaryIO]:
    """Standard output, or a file that appears whole at the end or not at all."""
    if output is None:
        yield sys.stdout.buffer
        return
    part = output.with_name(f".{output.name}.part")
    try:
        handle = part.open("wb")
    except OSError as error:
        raise click.UsageError(f"cannot write {output}: {error.strerror}") from error
    try:
        with handle:
            yield handle
        part.replace(output)
    finally:
        part.unlink(missing_ok=True)


def _cell(value: Any) -> str:
    return "" if value is None else escape(str(value))
