"""`lgjobs sources list|show`."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from lgjobs.cli.common import (
    database_option,
    json_option,
    print_json,
    print_table,
    register_option,
)
from lgjobs.store.database import reading
from lgjobs.store.queries import Row, source_states
from scrapers.sources import Source, find_source, read_register

_STATE = ("last_outcome", "failure", "reason", "last_complete_at", "adverts_open")


@click.group()
def sources() -> None:
    """The register: what can be crawled, and how it stands."""


@sources.command("list")
@click.option("--platform", help="Only sources on this platform.")
@click.option("--status", help="Only sources whose last outcome was this (complete, failed, …).")
@register_option
@database_option
@json_option
def list_sources(
    platform: str | None,
    status: str | None,
    register: Path | None,
    database: Path,
    as_json: bool,
) -> None:
    """List the sources of the register.

    Example: lgjobs sources list --platform itrent
    """
    states = _states(database)
    rows = [_row(source, states) for source in read_register(register).values()]
    if platform is not None:
        rows = [row for row in rows if row["platform"] == platform]
    if status is not None:
        rows = [row for row in rows if row["last_outcome"] == status]
    if as_json:
        print_json(rows)
        return
    names = ("id", "employer", "platform", "enabled", "last_outcome", "adverts_open", "url")
    headings = ("source", "employer", "platform", "enabled", "last outcome", "open", "address")
    sides = ("left", "left", "left", "left", "left", "right", "left")
    print_table(
        list(zip(headings, sides, strict=True)),
        ([_word(row[name]) for name in names] for row in rows),
    )


@sources.command()
@click.argument("name", metavar="SOURCE")
@register_option
@database_option
@json_option
def show(name: str, register: Path | None, database: Path, as_json: bool) -> None:
    """Show a source: its row in the register, and how its last crawl ended.

    Example: lgjobs sources show ashfield
    """
    row = _row(find_source(read_register(register), name), _states(database))
    if as_json:
        print_json(row)
        return
    for key, value in row.items():
        click.echo(f"{key.replace('_', ' '):<17} {_word(value)}")


def _states(database: Path) -> dict[str, Row]:
    """How sources stood at their last crawl; nothing before the first one."""
    if not database.exists():
        return {}
    with reading(database) as db:
        return source_states(db)


def _row(source: Source, states: dict[str, Row]) -> Row:
    state = states.get(source.id, {})
    return asdict(source) | {name: state.get(name) for name in _STATE}


def _word(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        return ", ".join(f"{key}={each}" for key, each in value.items())
    return "" if value is None else str(value)
