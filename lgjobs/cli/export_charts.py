"""`lgjobs export charts`."""

from __future__ import annotations

from pathlib import Path

import click

from lgjobs.cli.common import database_option
from lgjobs.exports.charts import write_charts
from lgjobs.store.database import reading


@click.command()
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    help="Folder for the charts; made if need be.",
)
@database_option
def charts(output: Path, database: Path) -> None:
    """Draw charts as SVG: vacancies by sector, pay by region, coverage. Needs lgjobs[export].

    Example: lgjobs export charts -o charts
    """
    try:
        with reading(database) as db:
            written = write_charts(db, output)
    except OSError as error:
        raise click.UsageError(f"cannot write to {output}: {error.strerror}") from error
    click.echo(f"{len(written)} charts written to {output}", err=True)
