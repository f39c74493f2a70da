"""The command line: noun, then verb. A command parses, calls the library, prints."""

from __future__ import annotations

import sys
from difflib import get_close_matches
from importlib import import_module

import click

from lgjobs import __version__
from lgjobs.errors import NotNow, UsedWrongly
from scrapers.problems import RegisterError

USED_WRONGLY = 2
COMMANDS = (
    *(
        "crawl",
        "db",
        "demo",
        "explain",
        "export",
        "health",
        "normalise",
        "renormalise",
        "runs",
        "search",
        "serve",
    ),
    "sources",
)
"""Each in the module of its name: only the one that is called is loaded."""


class _Commands(click.Group):
    """Loads a command when it is called, and names the nearest one when it is not there."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command = getattr(import_module(f"lgjobs.cli.{cmd_name}"), cmd_name)
        return command if isinstance(command, click.Command) else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            near = get_close_matches(args[0], COMMANDS, n=1)
            hint = f"; did you mean {near[0]}?" if near else ""
            raise click.UsageError(f"there is no command {args[0]!r}{hint}", ctx)
        return super().resolve_command(ctx, args)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="lgjobs")
def cli() -> None:
    """Every council job in the United Kingdom, in one tidy SQLite file.

    Start with `lgjobs demo`: it crawls a small estate of councils on this machine.
    """


def main() -> None:
    """Run the command line; exit 0 done, 1 failed, 2 used wrongly, 3 some sources failed."""
    try:
        sys.exit(cli.main(standalone_mode=False))
    except click.UsageError as error:
        path = error.ctx.command_path if error.ctx else "lgjobs"
        _complain(f"{path}: {error.format_message().rstrip('.')} (see `{path} --help`)")
    except click.ClickException as error:
        _complain(error.format_message())
    except (RegisterError, UsedWrongly) as error:
        _complain(str(error))
    except NotNow as error:
        click.echo(f"lgjobs: {error}", err=True)
        sys.exit(1)
    except click.Abort:
        click.echo("lgjobs: stopped", err=True)
        sys.exit(1)


def _complain(message: str) -> None:
    line = " ".join(message.split())
    click.echo(line if line.startswith("lgjobs") else f"lgjobs: {line}", err=True)
    sys.exit(USED_WRONGLY)
