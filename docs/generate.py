"""Writes the generated pages of docs/ from the program itself: `make docs`."""

from __future__ import annotations

import inspect
import pkgutil
import sys
import tempfile
from collections import Counter
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import click

from lgjobs.cli import cli
from lgjobs.store.database import writing
from lgjobs.store.schema import TABLES
from lgjobs.store.words import described
from pipelines.areas import areas
from pipelines.flags import FLAGS
from scrapers import spiders
from scrapers.sources import read_register

HERE = Path(__file__).parent


def data_dictionary() -> str:
    """Every table, view and column, with its type and meaning."""
    lines = [
        "# Data dictionary",
        "",
        "Generated from `lgjobs/store/schema.py` and `lgjobs/store/words.py` by `make docs`.",
        "Instants are UTC, ISO 8601; dates Europe/London; money is pounds; areas are GSS codes.",
        "Empty means unknown. What a view calculates has no type of its own.",
    ]
    types = _types()
    for name, meaning in TABLES.items():
        lines += ["", f"## {name}", "", meaning]
        lines += ["", "| column | type | meaning |", "| --- | --- | --- |"]
        for column, words in described(name, types[name]).items():
            lines.append(f"| {column} | {types[name][column].lower()} | {_cell(words)} |")
    return "\n".join(lines) + "\n"


def cli_reference() -> str:
    """The help of every command, as the program prints it."""
    lines = [
        "# Command line",
        "",
        "Generated from the program's own help by `make docs`. Exit codes: 0 done, 1 the work",
        "failed, 2 used wrongly, 3 some sources failed (they are named).",
    ]
    for path, command in _commands("lgjobs", cli):
        context = click.Context(command, info_name=path, terminal_width=88, max_content_width=88)
        lines += ["", f"## {path}", "", "```", command.get_help(context), "```"]
    return "\n".join(lines) + "\n"


def flag_list() -> str:
    """Every doubt that may be recorded about an advert."""
    lines = [
        "# Flags",
        "",
        "Generated from `pipelines/flags.py` by `make docs`. Doubts about an advert, kept in",
        "`advert_flags`: a flag never removes anything, it says where to look.",
        "",
        "| flag | meaning |",
        "| --- | --- |",
        *(f"| `{name}` | {meaning} |" for name, meaning in FLAGS.items()),
    ]
    return "\n".join(lines) + "\n"


def platform_list() -> str:
    """Every platform that has a spider: what it is, how it is known, what it publishes."""
    names = [each.name for each in pkgutil.iter_modules(spiders.__path__)]
    listed = Counter((each.platform, each.enabled) for each in read_register().values())
    lines = [
        "# Platforms",
        "",
        "Generated from the spiders' own words and the register by `make docs`. The facts come",
        "from public sources, not from visits: each platform says how sure they are.",
        "",
        "| platform | evidence | sources | switched off | publishes, word for word, in the demo |",
        "| --- | --- | --- | --- | --- |",
    ]
    for name in names:
        fields = ", ".join(sorted(_printed(name)))
        on, off = listed[name, True], listed[name, False]
        lines.append(f"| [{name}](#{name}) | {_grade(name)} | {on} | {off} | {fields} |")
    lines += ["", "Evidence:", "", *(f"- {grade}: {GRADES[grade][0]}" for grade in GRADES)]
    for name in names:
        words = inspect.getdoc(import_module(f"scrapers.spiders.{name}")) or ""
        lines += ["", f"## {name}", "", words, "", _in_register(name)]
    return "\n".join(lines) + "\n"


GRADES = {
    "captured": (
        "pages or answers captured from live sites, or the vendor's own source, were read",
        "civil_service_jobs corehr engage_ats eploy greenhouse hireserve itrent"
        " jobposting lever oracle_recruiting pinpoint recruitee smartrecruiters successfactors"
        " talentlink taleo teaching_vacancies teamtailor tribepad webrecruit workable workday"
        " nhs_jobs",
    ),
    "agreed": (
        "several public readers of live sites agree; no page was seen",
        "jobapplyni jobsgopublic jobtrain madgex neogov networx oleeo pageup itrent_forms feed",
    ),
    "told": (
        "one reader's or author's word, or none but the common ways of such pages",
        "myjobscotland north_east_jobs stonefish council_site",
    ),
}
"""What the best evidence for a platform is; its own words say more."""


def _grade(platform: str) -> str:
    (found,) = [grade for grade, (_, names) in GRADES.items() if platform in names.split()]
    return found


def _in_register(platform: str) -> str:
    """Which councils and boards the register has on a platform."""
    sources = [each for each in read_register().values() if each.platform == platform]
    known = areas()
    named = (known[each.employer].name if each.employer else each.id for each in sources)
    return f"In the register: {', '.join(sorted(named)) or 'none yet'}."


def _printed(platform: str) -> frozenset[str]:
    """Fields that the platform's demo site publishes word for word; none without a demo site."""
    if find_spec(f"lgjobs.demo.{platform}") is None:
        return frozenset()
    printed = import_module(f"lgjobs.demo.{platform}").PRINTS
    return frozenset(printed)


def _commands(path: str, command: click.Command) -> list[tuple[str, click.Command]]:
    found = [(path, command)]
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            if (inner := command.get_command(context, name)) is not None:
                found += _commands(f"{path} {name}", inner)
    return found


def _types() -> dict[str, dict[str, str]]:
    with tempfile.TemporaryDirectory() as folder, writing(Path(folder) / "x.db") as db:
        return {name: {column.name: column.type for column in db[name].columns} for name in TABLES}


def _cell(text: str) -> str:
    return text.replace("|", r"\|")


PAGES = {
    "data-dictionary.md": data_dictionary,
    "cli.md": cli_reference,
    "flags.md": flag_list,
    "platforms.md": platform_list,
}


def main() -> None:
    for name, make in PAGES.items():
        (HERE / name).write_text(make(), encoding="utf-8")
        sys.stderr.write(f"wrote docs/{name}\n")


if __name__ == "__main__":
    main()
