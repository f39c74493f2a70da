"""The documentation says what the program does."""

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

from pipelines.flags import FLAGS
from tests.conftest import ROOT

PROSE = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/operations.md")


def generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("docs_generate", ROOT / "docs" / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", ["data-dictionary.md", "cli.md", "flags.md"])
def test_generated_pages_are_up_to_date(name: str) -> None:
    made = generator().PAGES[name]()
    assert (ROOT / "docs" / name).read_text(encoding="utf-8") == made, "run `make docs`"


def test_every_command_has_an_example() -> None:
    reference = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    sections = re.split(r"^## ", reference, flags=re.MULTILINE)[1:]
    leaves = [text for text in sections if "Commands:" not in text]
    assert len(leaves) >= 12
    for text in leaves:
        assert "Example:" in text, text.splitlines()[0]


@pytest.mark.parametrize("page", PROSE)
def test_commands_in_prose_exist(page: str) -> None:
    reference = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    known = re.findall(r"^## (lgjobs.*)$", reference, flags=re.MULTILINE)
    for used in re.findall(r"lgjobs ([a-z]+)(?: ([a-z]+))?", code_of(ROOT / page)):
        command = f"lgjobs {used[0]}"
        assert command in known, f"{page} names `{command}`"


@pytest.mark.parametrize("page", PROSE)
def test_links_to_files_lead_somewhere(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", text):
        assert ((ROOT / page).parent / target).exists(), f"{page} links to {target}"


def test_every_flag_that_is_raised_has_a_meaning() -> None:
    """Names in the code that look like a flag's, where a doubt is recorded, are in the table."""
    code = "\n".join(
        path.read_text(encoding="utf-8")
        for path in (ROOT / "pipelines").glob("*.py")
        if path.name != "flags.py"
    )
    raised = set(re.findall(r"""(?:Flag|\.flag|_flag_once)\(\s*(?:item,\s*)?"([a-z_]+)\"""", code))
    assert raised <= set(FLAGS)
    unused = [name for name in FLAGS if f'"{name}"' not in code]
    assert unused == []


def code_of(path: Path) -> str:
    """What a page shows as code: blocks and spans."""
    text = path.read_text(encoding="utf-8")
    return "\n".join(re.findall(r"```.*?```|`[^`\n]+`", text, flags=re.DOTALL))


def test_every_rule_of_closing_names_a_test_that_there_is() -> None:
    rules = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    named = set(re.findall(r"\| (test_\w+) \|", rules))
    tests = "".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py")
    )
    assert len(named) >= 10
    assert {name for name in named if f"def {name}(" not in tests} == set()
