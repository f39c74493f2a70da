"""How the site writes pay, dates and places."""

from typing import Any

import pytest

from lgjobs.exports.site.words import COUNCIL_TYPES, day, moment, pay, place, slug
from pipelines.reference import table

NO_PAY: dict[str, Any] = {
    "salary_text": None,
    "salary_min": None,
    "salary_max": None,
    "salary_period": None,
    "salary_basis": "none",
    "pro_rata": None,
}
STATED = {"salary_basis": "stated", "salary_period": "year"}


@pytest.mark.parametrize(
    ("says", "written"),
    [
        ({}, None),
        ({"salary_text": "Competitive  Salary"}, "Competitive Salary"),
        ({"salary_text": "Grade 5", "salary_min": 5.0}, "Grade 5"),
        ({**STATED, "salary_text": "see advert"}, "see advert"),
    ],
)
def test_pay_without_figures_is_as_published(says: dict[str, Any], written: str | None) -> None:
    assert pay(NO_PAY | says) == written


@pytest.mark.parametrize(
    ("low", "high", "period", "pro_rata", "written"),
    [
        (30874.0, 37188.0, "year", False, "£30,874 to £37,188 a year"),
        (24790.0, 24790.0, "year", True, "£24,790 a year, pro rata"),
        (12.21, 13.05, "hour", None, "£12.21 to £13.05 an hour"),
        (400.0, 800.0, "day", None, "£400 to £800 a day"),
        (None, 500.0, "week", None, "Up to £500 a week"),
        (2000.0, None, "month", None, "From £2,000 a month"),
        (85.5, 85.5, "session", None, "£85.50 a session"),
        (150.0, 150.0, "fixed", None, "£150"),
    ],
)
def test_pay_is_written_for_people(
    low: float | None, high: float | None, period: str, pro_rata: bool | None, written: str
) -> None:
    figures = {"salary_min": low, "salary_max": high, "salary_period": period}
    assert pay(NO_PAY | STATED | figures | {"pro_rata": pro_rata}) == written


@pytest.mark.parametrize(
    ("instant", "written"),
    [
        ("2024-03-03T23:59:00Z", "Sunday 3 March 2024, 11.59pm"),
        ("2024-07-03T22:59:59Z", "Wednesday 3 July 2024, 11.59pm"),
        ("2024-03-04T00:00:00Z", "Sunday 3 March 2024, 11.59pm"),
        ("2024-03-04T12:00:00Z", "Monday 4 March 2024, midday"),
        ("2024-03-04T12:30:00Z", "Monday 4 March 2024, 12.30pm"),
        ("2024-03-04T09:05:00Z", "Monday 4 March 2024, 9.05am"),
        ("2024-03-04T17:00:00Z", "Monday 4 March 2024, 5pm"),
    ],
)
def test_instants_are_london_clock_time(instant: str, written: str) -> None:
    assert moment(instant) == written


def test_days() -> None:
    assert day("2024-03-03") == "Sunday 3 March 2024"
    assert day("2024-07-03T23:30:00Z") == "Thursday 4 July 2024"


@pytest.mark.parametrize(
    ("says", "written"),
    [
        ({}, None),
        ({"place": "Leeds", "region": "North"}, "Leeds"),
        ({"authority_name": "Kent County Council", "region": "South East"}, "South East"),
        ({"authority_name": "Dover District Council"}, "Dover District Council"),
        ({"location_text": "x" * 300}, "x" * 79 + "…"),
    ],
)
def test_the_place_tells_more_than_the_employer(says: dict[str, Any], written: str | None) -> None:
    nowhere = dict.fromkeys(("place", "authority_name", "location_text", "region"))
    assert place(nowhere | {"employer": "Kent County Council"} | says) == written


def test_slugs_are_plain() -> None:
    assert slug("Cyngor Môn & Children's") == "cyngor-mon-childrens"
    assert slug("../..") == "x"


def test_every_type_of_council_has_words() -> None:
    assert {row["type"] for row in table("councils.csv")} <= set(COUNCIL_TYPES)
