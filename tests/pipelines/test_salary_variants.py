"""Pay as boards, schools and agencies put it: each text of the table reads as it should."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.salary import Salary, parse_salary

TABLE = Path(__file__).with_name("salary_variants.txt")
LINES = [line for line in TABLE.read_text(encoding="utf-8").splitlines() if line[:1] != "#"]


def _span(low: float | None, high: float | None) -> str:
    ends = ["" if each is None else f"{each:.10g}" for each in (low, high)]
    return ends[0] if low == high else "..".join(ends)


def _said(read: Salary) -> str:
    """A reading in the words of the table."""
    parts = []
    if (read.minimum, read.maximum) != (None, None):
        parts.append(f"{_span(read.minimum, read.maximum)} {read.period}")
    if (read.actual_minimum, read.actual_maximum) != (None, None):
        parts.append(f"actual {_span(read.actual_minimum, read.actual_maximum)}")
    if read.pro_rata:
        parts.append("pro rata")
    if read.grade:
        parts.append(f"grade {read.grade}")
    if read.scp_min is not None:
        parts.append(f"points {_span(read.scp_min, read.scp_max)}")
    if read.pay_scale:
        parts.append(f"scale {read.pay_scale}")
    if read.negotiable:
        parts.append("open")
    if extra := read.supplement:
        parts.append(f"extra {_span(extra.minimum, extra.maximum)} {extra.period}")
    return "; ".join(parts)


def test_the_table_is_there() -> None:
    assert len(LINES) >= 600


@pytest.mark.parametrize("line", LINES)
def test_a_variant_is_read_as_the_table_says(line: str) -> None:
    text, _, expected = line.partition(" |")
    assert _said(parse_salary(text)) == expected.strip()


@pytest.mark.parametrize("text", [line.partition(" |")[0] for line in LINES[::7]])
def test_the_way_of_typing_does_not_matter(text: str) -> None:
    typed = text.replace(" ", "\u00a0").replace("-", "\u2013").replace("£", "&pound;")
    assert parse_salary(typed) == parse_salary(text)
