"""The readings are as right as docs/accuracy.md says."""

import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tests.conftest import ROOT

PAGE = ROOT / "docs" / "accuracy.md"
ROW = re.compile(  # | salary: min | 374 | 99.5 % | 0.2 % |
    r"^\| (?P<name>[^|]+) \| \d+ \| (?P<right>[\d.]+) % \| (?P<wrong>[\d.]+) % \|$", re.M
)


def benchmark() -> ModuleType:
    spec = importlib.util.spec_from_file_location("accuracy", ROOT / "benchmarks" / "accuracy.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def shares(tables: str) -> dict[str, tuple[float, float]]:
    """Right and wrong by name of the row."""
    return {row["name"]: (float(row["right"]), float(row["wrong"])) for row in ROW.finditer(tables)}


def fallen(written: str, now: str) -> list[str]:
    """Rows of the page that are less right, or more often wrong, than written, or gone."""
    today = shares(now)
    return [
        f"{name}: {right} right, {wrong} wrong; now {today.get(name)}"
        for name, (right, wrong) in shares(written).items()
        if name not in today or today[name][0] < right or today[name][1] > wrong
    ]


def test_a_figure_that_falls_is_noticed() -> None:
    written = "| salary: min | 374 | 99.5 % | 0.2 % |\n| salary: max | 374 | 99.0 % | 0.2 % |"
    assert fallen(written, written) == []
    assert fallen(written, written.replace("99.5", "99.6").replace("0.2", "0.1")) == []
    assert len(fallen(written, written.replace("99.5", "99.4"))) == 1
    assert len(fallen(written, written.replace("0.2", "0.3"))) == 2
    assert len(fallen(written, "")) == 2


def test_no_figure_is_below_the_one_written(shared: Path) -> None:
    written = PAGE.read_text(encoding="utf-8").split("<!-- end of figures -->")[0]
    assert len(shares(written)) >= 50
    assert fallen(written, benchmark().our_tables()) == []


def test_we_are_better_than_every_peer_on_the_page() -> None:
    tables = PAGE.read_text(encoding="utf-8").split("<!-- peers -->")[1].split("<!-- end")[0]
    for table in tables.strip().split("\n\n"):
        ours, *theirs = shares(table).values()
        assert len(theirs) >= 2
        assert ours[0] > max(right for right, _ in theirs)
        assert ours[1] < min(wrong for _, wrong in theirs)


def test_without_the_labelled_strings_it_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    module = benchmark()
    monkeypatch.setattr(module, "GOLD", tmp_path / "gold")
    monkeypatch.setattr(sys, "argv", ["accuracy.py"])
    assert module.main() == 2
    said = capsys.readouterr()
    assert (said.out, said.err.count("\n")) == ("", 1)


def test_a_wrong_value_is_told_from_a_missing_one(shared: Path) -> None:
    module = benchmark()
    row = module.rows("location")[0]
    rules = module._RULES["location"](module.scorer("location"))
    assert rules["authority"](row, row) == (True, True)
    assert rules["authority"](row, {**row, "authority": None}) == (False, False)
    assert rules["authority"](row, {**row, "authority": "E06000001"}) == (False, True)
