"""`lgjobs explain`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import click

from lgjobs.cli.common import json_option, print_json, print_table
from pipelines.advert import Evidence, Flag
from pipelines.dates import parse_when
from pipelines.location import parse_location
from pipelines.salary import parse_salary
from pipelines.sector import read_sector

READERS: dict[str, Callable[[str], Any]] = {
    "salary": parse_salary,
    "location": parse_location,
    "date": parse_when,
    "sector": read_sector,
}


@click.command()
@click.argument("kind", type=click.Choice(sorted(READERS)))
@click.argument("text")
@json_option
def explain(kind: str, text: str, as_json: bool) -> None:
    """Show how a text is read: which words gave which value, what was left out and why.

    Example: lgjobs explain salary "Grade 4 (SCP 12 - 17) £28,598 - £31,022 pro rata"
    """
    reading = READERS[kind](text)
    record: dict[str, Any] = reading.record()
    evidence: Iterable[Evidence] = reading.evidence
    flags: Iterable[Flag] = getattr(reading, "flags", ())
    if as_json:
        print_json(
            {
                "reading": record,
                "evidence": [each._asdict() for each in evidence],
                "flags": [each._asdict() for each in flags],
            }
        )
        return
    print_table(
        [("words", "left"), ("taken for", "left")], [(each.words, each.means) for each in evidence]
    )
    click.echo()
    for name, value in record.items():
        if value not in (None, "", []):
            click.echo(f"{name:<16} {value}")
    for flag in flags:
        click.echo(f"doubt: {flag.name} {flag.detail}".rstrip())
