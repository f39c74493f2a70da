"""Grades and points: what is one, and what only looks like one."""

from __future__ import annotations

import pytest

from pipelines.pay_grade import read_grade


@pytest.mark.parametrize(
    "text",
    [
        "5 GCSEs grade 4 or above",
        "GCSE grade C or above in English and Maths",
        "A levels at grades A to C",
        "English and Maths at Grade 4",
        "grade 9 or equivalent",
        "37 hours per week",
        "9-5 Monday to Friday",
        "£24,790 - £25,183 per annum",
        "Year 6",
        "Ages 3-11",
    ],
)
def test_no_grade_and_no_points_are_invented(text: str) -> None:
    read = read_grade(text)
    assert (read.grade, read.scp_min, read.scp_max) == (None, None, None)


@pytest.mark.parametrize(
    "text",
    [
        "Grade 4, 35-37 hours",
        "Grade 4 (2-3 days)",
        "Grade 3 (11-16 school)",
        "Grade 4, 8.30-15.30",
        "Grade 4 - 37 hours",
        "Leadership 5-9",
        "Leadership scale points 5-9",
    ],
)
def test_a_range_that_is_no_points_gives_none(text: str) -> None:
    assert read_grade(text).scp_min is None


@pytest.mark.parametrize("text", ["SCP 5-6", "Grade 4 (5-6)", "NJC 5-6", "spine 5-6", "pt 5 to 6"])
def test_points_are_found_with_their_place(text: str) -> None:
    read = read_grade(text)
    assert (read.scp_min, read.scp_max) == (5, 6)
    assert all(0 <= start < end <= len(text) for start, end in read.spans)
