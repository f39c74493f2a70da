"""Progress of a crawl: a bar on a terminal, nothing in a pipe."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from lgjobs.cli.common import console
from lgjobs.crawl import Finished
from lgjobs.crawl import Progress as OnDone


@contextmanager
def crawl_progress(total: int) -> Iterator[OnDone | None]:
    """What to call with each source that has ended; None where nobody watches."""
    if not sys.stderr.isatty():
        yield None
        return
    columns = (
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[last]}"),
    )
    with Progress(*columns, console=console(stderr=True), transient=True) as bar:
        task = bar.add_task("sources", total=total, last="crawling")

        def on_done(done: Finished) -> None:
            last = f"{done.source.id}: {done.verdict.outcome}"
            bar.update(task, advance=1, last=last)

        yield on_done
