"""How right the readings are on labelled strings, beside others' readers of the same strings.

`python benchmarks/accuracy.py`: the table of figures. `--peers`: also what price-parser,
python-jobspy, ats-scrapers and dateparser make of the same strings, in an environment of their own
in the temporary folder. `--write`: put what is printed into docs/accuracy.md.

The labelled strings and the rules they are scored by lie in ../shared/gold beside the checkout.
Exit 2 where they are not there.
"""

from __future__ import annotations

import importlib.util
import json
import re
import subprocess
import sys
import tempfile
import venv
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

from lgjobs.normalise import normalise

Row = dict[str, Any]

ROOT = Path(__file__).resolve().parent.parent
GOLD = ROOT.parent / "shared" / "gold"
PAGE = ROOT / "docs" / "accuracy.md"
PEERS = ("price-parser==0.5.1", "python-jobspy==1.1.82", "ats-scrapers==0.3.0", "dateparser==1.5.0")
_ADDRESS = re.compile(r"^(?:web:)?https?://(?:www\.)?")
_FAMILY_ENDS = re.compile(r"[/: ]")
TOGETHER = {
    "salary": ("min", "max", "period", "pro_rata"),
    "location": ("authority", "region", "postcode", "multi"),
    "date": ("date", "time", "open_ended"),
}
"""Fields that a string must have right to be right as a whole, where that is not every field."""
FEWEST = 8
"""Strings of a family that are shown by themselves."""


class Figure(NamedTuple):
    """How one field of one reading does on the labelled strings, in per cent of them."""

    name: str
    strings: int
    right: float
    wrong: float
    """Shares that state a value which is not the labelled one; the rest say nothing."""

    def row(self) -> str:
        return f"| {self.name} | {self.strings} | {self.right:.1f} % | {self.wrong:.1f} % |"


class Judged(NamedTuple):
    """A string's labels, our reading, and by field whether that is right and whether wrong."""

    gold: Row
    read: Row
    right: dict[str, bool]
    wrong: dict[str, bool]


def rows(kind: str) -> list[Row]:
    """The labelled strings of a kind of reading."""
    lines = (GOLD / f"{kind}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def scorer(kind: str) -> ModuleType:
    """The module of rules that decide whether a reading agrees with a label."""
    spec = importlib.util.spec_from_file_location(f"score_{kind}", GOLD / f"score_{kind}.py")
    if spec is None or spec.loader is None:
        raise ImportError(f"no rules to score {kind} by")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def judged(kind: str) -> list[Judged]:
    """Every labelled string of a kind with our reading of it, judged by the scorer's rules."""
    labelled = rows(kind)
    given = (json.dumps(row).encode() for row in labelled)
    rules = _RULES[kind](scorer(kind))
    found = []
    for gold, line in zip(labelled, normalise(kind, given), strict=True):
        read = json.loads(line)
        verdicts = {field: judge(gold, read) for field, judge in rules.items()}
        right = {field: ok for field, (ok, _) in verdicts.items()}
        wrong = {field: stated and not ok for field, (ok, stated) in verdicts.items()}
        found.append(Judged(gold, read, right, wrong))
    return found


Rules = dict[str, Callable[[Row, Row], tuple[bool, bool]]]
"""By field, from label and reading: whether they agree, and whether the reading states a value."""


def _salary(score: ModuleType) -> Rules:
    def rule(field: str) -> Callable[[Row, Row], tuple[bool, bool]]:
        flag = field in score.FLAGS
        return lambda gold, read: (
            score.agree(field, gold[field], read[field]),
            flag or not score.empty(field, read[field]),
        )

    return {field: rule(field) for field in score.FIELDS}


def _normalised(score: ModuleType) -> Rules:
    def rule(field: str) -> Callable[[Row, Row], tuple[bool, bool]]:
        return lambda gold, read: (
            score.norm(field, gold[field]) == score.norm(field, read[field]),
            score.norm(field, read[field]) is not None,
        )

    return {field: rule(field) for field in score.FIELDS}


def _terms(score: ModuleType) -> Rules:
    def rule(field: str) -> Callable[[Row, Row], tuple[bool, bool]]:
        def judge(gold: Row, read: Row) -> tuple[bool, bool]:
            verdict = score.verdict(field, score.value(gold, field), score.value(read, field))
            return verdict == "right", verdict == "wrong"

        return judge

    return {field: rule(field) for field in score.FIELDS}


def _sector(_: ModuleType) -> Rules:
    def judge(gold: Row, read: Row, *, also: bool) -> tuple[bool, bool]:
        fine = {gold["sector"], *(gold["also"] if also else ())}
        return read["sector"] in fine, read["sector"] is not None

    return {
        "the one sector": lambda gold, read: judge(gold, read, also=False),
        "that or a defensible one": lambda gold, read: judge(gold, read, also=True),
    }


_RULES: dict[str, Callable[[ModuleType], Rules]] = {
    "salary": _salary,
    "location": _normalised,
    "date": _normalised,
    "terms": _terms,
    "sector": _sector,
}


def figures(kind: str, found: list[Judged]) -> Iterator[Figure]:
    """How each field does, the string as a whole first."""
    fields = list(found[0].right)
    together = TOGETHER.get(kind, tuple(fields))
    count = len(found)
    if kind != "sector":
        right = sum(all(each.right[field] for field in together) for each in found)
        wrong = sum(any(each.wrong[field] for field in together) for each in found)
        name = f"{kind}: {', '.join(together)} together" if kind in TOGETHER else f"{kind}: all"
        yield Figure(name, count, 100 * right / count, 100 * wrong / count)
    for field in fields:
        right = sum(each.right[field] for each in found)
        wrong = sum(each.wrong[field] for each in found)
        yield Figure(f"{kind}: {field}", count, 100 * right / count, 100 * wrong / count)


def by_family(kind: str, found: list[Judged]) -> Iterator[Figure]:
    """The string as a whole, by where the strings come from; rare families in one line."""
    families: dict[str, list[Judged]] = defaultdict(list)
    for each in found:
        families[_family(each.gold["source"])].append(each)
    few = [name for name, members in families.items() if len(members) < FEWEST]
    rest = [each for name in few for each in families.pop(name)]
    shown = sorted(families.items(), key=lambda item: -len(item[1]))
    for name, members in [*shown, (f"{len(few)} others", rest)]:
        if members:
            whole = next(figures(kind, members))
            yield whole._replace(name=f"{kind} from {name}")


def _family(source: str) -> str:
    """As "northeastjobs.org.uk" of an address, "nhsjobs-2020" of "nhsjobs-2020:vacancy/1"."""
    return _FAMILY_ENDS.split(_ADDRESS.sub("", source), maxsplit=1)[0]


HEAD = "| {} | strings | right | wrong |\n| --- | --- | --- | --- |"


def our_tables() -> str:
    """The table of all figures, and the one by family."""
    found = {kind: judged(kind) for kind in _RULES}
    lines = [HEAD.format("field")]
    lines += [each.row() for kind, all_of in found.items() for each in figures(kind, all_of)]
    lines += ["", HEAD.format("strings of one origin, as a whole")]
    lines += [each.row() for kind, all_of in found.items() for each in by_family(kind, all_of)]
    return "\n".join(lines)


# --- peers ----------------------------------------------------------------------------------------


def peers_table() -> str:
    """Our readings of salaries and dates beside those of others, on the same strings."""
    salaries, dates = rows("salary"), rows("date")
    given = json.dumps({"salary": salaries, "date": dates})
    script = Path(__file__).with_name("peers.py")
    done = subprocess.run(  # noqa: S603 - our own script
        [_peers_python(), script], input=given, capture_output=True, text=True, check=True
    )
    theirs = json.loads(done.stdout)
    theirs["salary"] = {"lgjobs": _ours("salary"), **theirs["salary"]}
    theirs["date"] = {"lgjobs": _ours("date"), **theirs["date"]}
    lines = [HEAD.format("lowest and highest pay, whatever the period")]
    lines += [
        _versus(name, salaries, read, ("min", "max"), scorer("salary").agree).row()
        for name, read in theirs["salary"].items()
    ]
    lines += ["", HEAD.format("date, without its time")]
    lines += [
        _versus(name, dates, read, ("date",), lambda _, want, got: want == got).row()
        for name, read in theirs["date"].items()
    ]
    return "\n".join(lines)


def _ours(kind: str) -> list[Row]:
    return [each.read for each in judged(kind)]


def _versus(
    name: str, gold: list[Row], read: list[Row], fields: tuple[str, ...], agree: Callable[..., bool]
) -> Figure:
    right = wrong = 0
    for want, got in zip(gold, read, strict=True):
        misses = [field for field in fields if not agree(field, want[field], got[field])]
        right += not misses
        wrong += any(got[field] is not None for field in misses)
    return Figure(name, len(gold), 100 * right / len(gold), 100 * wrong / len(gold))


def _peers_python() -> Path:
    """The interpreter of the peers' own environment, made where it is not there yet."""
    folder = Path(tempfile.gettempdir()) / "lgjobs-peers"
    python = folder / "bin" / "python"
    if not (folder / "complete").exists():
        venv.create(folder, with_pip=True)
        install = [python, "-m", "pip", "install", "--quiet", *PEERS]
        subprocess.run(install, check=True)  # noqa: S603 - a fixed list
        (folder / "complete").touch()
    return python


def _write(name: str, table: str) -> None:
    """Put a table between its marks in the page."""
    page = PAGE.read_text(encoding="utf-8")
    first, last = f"<!-- {name} -->\n", f"<!-- end of {name} -->"
    before, after = page.split(first)[0], page.split(last)[1]
    PAGE.write_text(f"{before}{first}\n{table}\n\n{last}{after}", encoding="utf-8")


def main() -> int:
    if not GOLD.is_dir():
        print("the labelled strings are not here: ../shared/gold is missing", file=sys.stderr)
        return 2
    tables = {"figures": our_tables}
    if "--peers" in sys.argv:
        tables["peers"] = peers_table
    for name, make in tables.items():
        table = make()
        print(f"{table}\n")
        if "--write" in sys.argv:
            _write(name, table)
    return 0


if __name__ == "__main__":
    sys.exit(main())
