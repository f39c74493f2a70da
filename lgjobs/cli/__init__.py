"""The command line: noun, then verb. A command parses, calls the library, prints."""

from __future__ import annotations

import sys
from difflib import get_close_matches

import click

from lgjobs import __version__
from lgjobs.cli.crawl import crawl
from lgjobs.cli.demo import demo
from lgjobs.cli.explain import explain
from lgjobs.cli.export import export
from lgjobs.cli.normalise import normalise
from lgjobs.cli.runs import runs
from lgjobs.cli.search import search
from lgjobs.cli.sources import sources
from lgjobs.normalise import LineError
from lgjobs.store.database import StoreError
from lgjobs.store.queries import FilterError
from scrapers.problems import RegisterError

USED_WRONGLY = 2


class _Commands(click.Group):
    """A group that names the nearest command when it is given one that it does not have."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and self.get_command(ctx, args[0]) is None and not args[0].startswith("-"):
            near = get_close_matches(args[0], self.list_commands(ctx), n=1)
            hint = f"; did you mean {near[0]}?" if near else ""
            raise click.UsageError(f"there is no command {args[0]!r}{hint}", ctx)
        return super().resolve_command(ctx, args)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="lgjobs")
def cli() -> None:
    """Every council job in the United Kingdom, in one tidy SQLite file.

    Start with `lgjobs demo`: it crawls a small estate of councils on this machine.
    """


for command in (crawl, demo, explain, export, normalise, runs, search, sources):
    cli.add_command(command)


def main() -> None:
    """Run the command line; exit 0 done, 1 failed, 2 used wrongly, 3 some sources failed."""
    try:
        sys.exit(cli.main(standalone_mode=False))
    except click.UsageError as error:
        path = error.ctx.command_path if error.ctx else "lgjobs"
        _complain(f"{path}: {error.format_message().rstrip('.')} (see `{path} --help`)")
    except click.ClickException as error:
        _complain(error.format_message())
    except (FilterError, LineError, RegisterError, StoreError) as error:
        _complain(str(error))
    except click.Abort:
        click.echo("lgjobs: stopped", err=True)
        sys.exit(1)


def _complain(message: str) -> None:
    line = " ".join(message.split())
    click.echo(line if line.startswith("lgjobs") else f"lgjobs: {line}", err=True)
    sys.exit(USED_WRONGLY)
