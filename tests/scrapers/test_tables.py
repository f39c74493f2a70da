"""Tables of facts: label and value in cells that stand side by side."""

from __future__ import annotations

from parsel import Selector

from scrapers.tables import paired_cells


def pairs(*cells: str) -> dict[str, str]:
    row = "".join(f"<td>{each}</td>" for each in cells)
    return paired_cells(Selector(text=f"<table><tr>{row}</tr></table>", type="html"))


def test_a_cell_without_a_colon_or_a_value_is_no_label() -> None:
    assert pairs("Clerk", "Apply") == {}
    assert pairs("Salary :", " ") == {}
    assert (
        pairs("What follows is a very long sentence that goes on and on until it ends:", "x") == {}
    )


def test_several_pairs_of_a_row() -> None:
    assert pairs("Department: :", "Parks", "Salary (£) :", "£25,000", "&nbsp;", "") == {
        "Department": "Parks",
        "Salary": "£25,000",
    }


def test_a_table_inside_a_cell_is_no_label_and_the_first_of_a_label_counts() -> None:
    inner = "<table><tr><td>Grade:</td><td>7</td></tr></table>"
    assert pairs(f"{inner} Grade:", "8") == {"Grade": "7"}
