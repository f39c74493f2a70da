"""The export commands: files beside their manifest, and one clear line where there is none."""

import hashlib
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from lgjobs.cli import main
from lgjobs.exports.formats import TABLES, WITH_PROSE
from lgjobs.exports.manifest import NAME
from tests.conftest import DAY_1, DAY_2, Crawls, make_advert

FORMATS = (*TABLES, *WITH_PROSE)


class Program:
    """The program, run in this process on a database with an advert open and one closed."""

    def __init__(self, database: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
        self.database, self.monkeypatch, self.capsys = database, monkeypatch, capsys

    def __call__(self, *arguments: str | Path) -> tuple[int, str]:
        """The exit code of `lgjobs export` with these arguments, and what went to stderr."""
        words = ["lgjobs", "export", *map(str, arguments), "--db", str(self.database)]
        self.monkeypatch.setattr(sys, "argv", words)
        with pytest.raises(SystemExit) as ended:
            main()
        return int(ended.value.code or 0), self.capsys.readouterr().err


@pytest.fixture
def program(
    crawls: Crawls,
    database: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Program:
    prose = {"description_text": "Plan.", "description_html": "<p>Plan.</p>"}
    crawls([make_advert("a", **prose), make_advert("b", **prose)])
    crawls([], at=DAY_2, listed={"a"})
    return Program(database, monkeypatch, capsys)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty folder to export to."""
    made = tmp_path / "out"
    made.mkdir()
    return made


def manifest(folder: Path) -> dict[str, Any]:
    found = json.loads((folder / NAME).read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize("form", FORMATS)
def test_a_file_is_written_and_entered_in_the_manifest(
    program: Program, folder: Path, form: str
) -> None:
    out = folder / f"jobs.{form}"
    assert program(form, "-o", out) == (0, f"1 adverts written to {out}\n")
    assert sorted(path.name for path in folder.iterdir()) == sorted([out.name, NAME])
    entry = manifest(folder)["files"][out.name]
    assert entry["format"] == form
    assert (entry["adverts"], entry["left_out"], entry["filters"]) == (1, 0, {})
    assert entry["sha256"] == hashlib.sha256(out.read_bytes()).hexdigest()
    assert entry["bytes"] == out.stat().st_size
    assert entry["run"] == 2
    assert entry["schema"].startswith("m0")
    assert "changes" not in entry


def test_the_manifest_lists_every_file_that_is_there(program: Program, folder: Path) -> None:
    for name in ("b.csv", "a.csv", "gone.csv"):
        program("csv", "-o", folder / name)
    (folder / "gone.csv").unlink()
    program("jsonl", "--all", "--changed-since", DAY_1[:10], "-o", folder / "c.jsonl")
    found = manifest(folder)
    assert list(found["files"]) == ["a.csv", "b.csv", "c.jsonl"]
    entry = found["files"]["c.jsonl"]
    assert entry["changes"] == {"added": 1, "removed": 1}
    assert entry["filters"] == {"changed_since": "2026-03-02", "everything": True}
    assert "Open Government Licence" in found["licence"]


@pytest.mark.parametrize("text", ["", "not json", "[]", '{"name": "an app"}', '{"files": {}}'])
def test_a_manifest_of_others_is_left_alone(program: Program, folder: Path, text: str) -> None:
    (folder / NAME).write_text(text)
    code, said = program("csv", "-o", folder / "jobs.csv")
    assert (code, len(said.splitlines())) == (2, 1)
    assert "no manifest of lgjobs" in said
    assert [path.name for path in folder.iterdir()] == [NAME]
    assert (folder / NAME).read_text() == text


def test_an_export_is_never_written_over_the_manifest(program: Program, folder: Path) -> None:
    code, said = program("jsonl", "-o", folder / NAME)
    assert (code, list(folder.iterdir())) == (2, [])
    assert "give another" in said


def test_an_export_that_fails_changes_neither_file_nor_manifest(
    program: Program, folder: Path
) -> None:
    program("csv", "-o", folder / "jobs.csv")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert program("csv", "--region", "Atlantis", "-o", folder / "jobs.csv")[0] == 2
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


@pytest.mark.parametrize(("form", "package"), [("parquet", "pyarrow"), ("xlsx", "xlsxwriter")])
def test_a_missing_package_is_one_clear_line(
    program: Program, folder: Path, form: str, package: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    code, said = program(form, "-o", folder / "jobs")
    assert code == 2
    assert said.count("\n") == 1
    assert package in said
    assert "pip install lgjobs[export]" in said
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("link", ["javascript:alert(1)", "jobs.example", ""])
def test_a_link_that_is_none_is_refused(program: Program, link: str) -> None:
    code, said = program("rss", "--link", link)
    assert (code, "no address of the web" in said) == (2, True)


def test_what_a_format_does_not_take_is_said(
    program: Program, crawls: Crawls, folder: Path
) -> None:
    crawls([make_advert("c", at=DAY_2, title=None)], at=DAY_2, listed={"a"})
    code, said = program("jobposting", "-o", folder / "jobs.jsonl")
    assert code == 0
    assert "1 adverts left out: jobposting does not take them" in said
    assert manifest(folder)["files"]["jobs.jsonl"]["left_out"] == 1


@pytest.mark.parametrize("form", ["parquet", "xlsx"])
def test_a_terminal_gets_no_binary(
    program: Program, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    code, said = program(form)
    assert (code, "nothing for a terminal" in said) == (2, True)
