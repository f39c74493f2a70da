"""The run report: what each source came to, for people and for programs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from lgjobs.cli.common import WIDE, console, print_json, print_table
from lgjobs.store.database import reading
from lgjobs.store.queries import Row, cost_of_run, show_run

if TYPE_CHECKING:  # the crawl loads Scrapy, which a report of a stored run does not need
    from lgjobs.crawl import Finished, Report

_COUNTS = {
    "listed": "ids_listed",
    "new": "new",
    "changed": "changed",
    "same": "unchanged",
    "expired": "closed_expired",
    "withdrawn": "closed_withdrawn",
    "gone": "closed_gone",
}
"""Heading of each count and the column it shows."""


def print_run(database: Path, run: int, as_json: bool) -> None:
    """A stored run, source by source, with sums and what needs a person."""
    with reading(database) as db:
        rows, cost = show_run(db, run), cost_of_run(db, run)
    if as_json:
        print_json({"run": run, **cost, "sources": rows})
        return
    wide = console().width >= WIDE
    lines = [_line(row, wide) for row in rows]
    sums = {name: sum(row[name] or 0 for row in rows) for name in (*_COUNTS.values(), "requests")}
    lines.append(_line({"source_id": f"run {run}", **sums}, wide))
    left = ["source", "platform", "outcome"] if wide else ["source", "outcome"]
    right = [*_COUNTS, "requests", "seconds"] if wide else [*_COUNTS]
    print_table([(name, "left") for name in left] + [(name, "right") for name in right], lines)
    click.echo(_cost(cost))
    for row in rows:
        if row["reason"]:
            click.echo(f"{row['source_id']}: {row['outcome']}: {row['reason']}")
        if unread := (row["adverts_blocked"] or 0) + (row["adverts_unreadable"] or 0):
            click.echo(f"{row['source_id']}: {unread} adverts could not be read")


def _cost(cost: Row) -> str:
    """What the sites were asked for, in all and for each advert that is live."""
    live = cost["live_adverts"]
    requests, size = cost["requests"], cost["bytes"]
    total = f"{requests} requests and {size / 1e6:.1f} MB for {live} live adverts"
    if not live:
        return f"{total}."
    return f"{total}: {requests / live:.2f} requests and {size / live / 1e3:.1f} kB each."


def _line(row: Row, wide: bool) -> list[object]:
    """A row of the report; a narrow terminal shows neither platform nor cost."""
    is_source = "outcome" in row
    outcome = (row["outcome"] or "not finished") if is_source else ""
    counts = [row[name] for name in _COUNTS.values()]
    if not wide:
        return [row["source_id"], outcome, *counts]
    seconds = f"{row['seconds']:.1f}" if is_source and row["seconds"] is not None else ""
    named = [row["source_id"], row.get("platform"), outcome]
    return [*named, *counts, row["requests"], seconds]


def print_dry_run(report: Report, as_json: bool) -> None:
    """What a dry run read: nothing of it was kept."""
    if as_json:
        print_json([_dry(done) for done in report.finished])
        return
    for done in report.finished:
        click.echo(f"{done.source.id}: {done.verdict.outcome}{_because(done)}")
        print_table(
            [("title", "left"), ("salary", "left"), ("place", "left"), ("closes", "left")],
            (
                (each.title, each.raw.salary, each.place or each.region, each.closes_at)
                for each in done.adverts
            ),
        )


def _dry(done: Finished) -> Row:
    return {
        "source": done.source.id,
        "outcome": done.verdict.outcome,
        "reason": done.verdict.reason,
        "adverts": [each.raw.as_dict() for each in done.adverts],
    }


def _because(done: Finished) -> str:
    return f" ({done.verdict.reason})" if done.verdict.reason else ""


def name_failures(report: Report) -> bool:
    """Say on standard error which sources failed or were not reached; whether there were any."""
    failed = [done for done in report.finished if not done.good]
    for done in failed:
        why = done.refused or done.verdict.reason or done.verdict.outcome
        click.echo(f"lgjobs: {done.source.id} {done.verdict.outcome}: {why}", err=True)
    for source in report.missed:
        click.echo(f"lgjobs: {source.id} was not reached before the run was stopped", err=True)
    return bool(failed or report.missed)
