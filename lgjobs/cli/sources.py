"""`lgjobs sources`: list, show and coverage; its other verbs are in `source_tools`."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from lgjobs import coverage as reach_of
from lgjobs.cli.common import (
    database_option,
    json_option,
    print_json,
    print_table,
    register_option,
)
from lgjobs.cli.source_tools import check, discover, new_platform, record
from lgjobs.coverage import Covered, Reach, Tally
from lgjobs.store.database import reading
from lgjobs.store.queries import Row, source_states
from pipelines.areas import areas
from pipelines.reference import table
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


@sources.command()
@click.option("--missing", is_flag=True, help="List the councils that no enabled source serves.")
@register_option
@json_option
def coverage(missing: bool, register: Path | None, as_json: bool) -> None:
    """Count the councils that the register reaches, by nation, type and population.

    "own" is a listing of the council's own, "board" only one that it shares with others, and
    "switched off" says of how many under "none" an address is known. People of counties are
    counted with the districts.

    Example: lgjobs sources coverage --missing
    """
    listed = list(read_register(register).values())
    members = reach_of.board_members(table("board_members.csv"))
    covered = reach_of.cover(areas().values(), listed, members)
    unreached = [_unreached(each) for each in covered if each.reach is Reach.NONE]
    tallies = reach_of.with_totals(reach_of.tallies(covered))
    boards = [asdict(board) for board in reach_of.boards(covered, listed, members)]
    platforms = [asdict(each) for each in reach_of.platforms(listed)]
    if as_json:
        told = {"councils": list(map(_tally_row, tallies)), "boards": boards}
        print_json(told | {"platforms": platforms} | ({"missing": unreached} if missing else {}))
        return
    _print_tallies(tallies)
    _print_rows(
        [row | {"councils": len(row["councils"])} for row in boards],
        {"source": "board", "enabled": "enabled", "councils": "councils", "only": "only by it"},
    )
    names = {"platform": "platform", "enabled": "enabled", "switched_off": "switched off"}
    _print_rows(platforms, names)
    if missing:
        names = {"gss_code": "code", "name": "not reached", "type": "type", "nation": "nation"}
        _print_rows(unreached, names | {"idle": "switched off"})


def _tally_row(tally: Tally) -> Row:
    people = tally.people
    return {
        "nation": tally.nation,
        "type": tally.type,
        "councils": tally.total,
        **{reach.value: tally.councils[reach] for reach in Reach},
        "switched_off": tally.idle,
        "population": sum(people.values()) if people else None,
        "population_own": people[Reach.OWN] if people else None,
        "population_board": people[Reach.BOARD] if people else None,
        "population_none": people[Reach.NONE] if people else None,
    }


def _unreached(covered: Covered) -> Row:
    council = covered.council
    return {
        "gss_code": council.code,
        "name": council.name,
        "type": council.type,
        "nation": council.nation,
        "population": council.population or None,
        "idle": list(covered.idle),
    }


def _print_tallies(tallies: list[Tally]) -> None:
    words = ("nation", "type")
    figures = ("councils", "own", "board", "none", "switched off", "reached", "people reached")
    print_table(
        [*((word, "left") for word in words), *((figure, "right") for figure in figures)],
        (
            [
                tally.nation,
                tally.type.replace("_", " "),
                tally.total,
                *(tally.councils[reach] for reach in Reach),
                tally.idle,
                _share(tally.reached, tally.total),
                _people(tally),
            ]
            for tally in tallies
        ),
    )


def _people(tally: Tally) -> str:
    if tally.people is None:
        return ""
    total = sum(tally.people.values())
    return _share(total - tally.people[Reach.NONE], total)


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f} %" if whole else ""


def _print_rows(rows: list[Row], names: dict[str, str]) -> None:
    """A table under an empty line: `names` gives the heading of each column."""
    numbers = {name for row in rows for name in names if type(row[name]) is int}
    click.echo()
    print_table(
        [(heading, "right" if name in numbers else "left") for name, heading in names.items()],
        ([_word(row[name]) for name in names] for row in rows),
    )


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
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)


for command in (check, discover, new_platform, record):
    sources.add_command(command)
