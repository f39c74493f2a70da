"""`lgjobs normalise`."""

from __future__ import annotations

import sys
from typing import BinaryIO

import click

from lgjobs.normalise import READINGS
from lgjobs.normalise import normalise as read_lines


@click.command()
@click.argument("kind", type=click.Choice(sorted(READINGS)))
@click.argument("file", type=click.File("rb"), default="-", metavar="[FILE.jsonl|-]")
def normalise(kind: str, file: BinaryIO) -> None:
    """Read texts as the pipelines do: one JSON object a line in, one out.

    Each line holds "id" and "raw" (for sector: "title"), and where known "context_employer"
    (location), "reference" (date), "context" and "employer" (sector).

    Example: echo '{"id": 1, "raw": "£30,874 - £37,188 per annum"}' | lgjobs normalise salary
    """
    for line in read_lines(kind, file):
        sys.stdout.buffer.write(line)
