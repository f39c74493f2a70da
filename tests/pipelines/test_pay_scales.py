"""Points of national scales in pounds: only where scale, area and day are sure."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any

import pytest

from pipelines.advert import Advert, Basis, Period, WorkingPattern
from pipelines.pay_inferred import PayScalesStage
from pipelines.pay_scales import Ask, PayArea, area_of, ask_for, look_up
from pipelines.reference import table
from pipelines.salary import SalaryStage
from scrapers.items import RawAdvert

REST, INNER, OUTER = PayArea.REST, PayArea.INNER_LONDON, PayArea.OUTER_LONDON
DAY = date(2025, 10, 1)


def njc(low: int, high: int | None = None) -> Ask:
    return Ask("NJC", str(low), "NJC", str(high or low))


# -- the table


def test_the_table_is_well_formed() -> None:
    rows = table("pay_scales.csv")
    keys = [(row["scale"], row["area"], row["point"], row["valid_from"]) for row in rows]
    assert len(keys) == len(set(keys))
    assert {row["confidence"] for row in rows} == {"high", "medium"}
    for row in rows:
        assert row["valid_to"] == "" or row["valid_from"] < row["valid_to"]
        assert 10_000 < float(row["annual_gbp"]) < 170_000


def test_every_spine_rises_point_by_point() -> None:
    spines: dict[tuple[str, str, str], list[tuple[int, float]]] = {}
    for row in table("pay_scales.csv"):
        if not row["point"].startswith("Band"):
            key = (row["scale"], row["area"], row["valid_from"])
            number = int(row["point"].lstrip("LMUQ"))
            spines.setdefault(key, []).append((number, float(row["annual_gbp"])))
    for spine in spines.values():
        pounds = [value for _, value in sorted(spine)]
        assert pounds == sorted(set(pounds))


def test_no_two_tables_of_a_point_hold_on_the_same_day() -> None:
    tables: dict[tuple[str, str, str], list[tuple[str, str]]] = {}
    for row in table("pay_scales.csv"):
        key = (row["scale"], row["area"], row["point"])
        tables.setdefault(key, []).append((row["valid_from"], row["valid_to"] or "9999"))
    for spans in tables.values():
        spans.sort()
        assert all(one[1] < two[0] for one, two in pairwise(spans))


# -- the look-up


@pytest.mark.parametrize(
    ("ask", "area", "on"),
    [
        (njc(5, 44), REST, DAY),  # no such point
        (njc(2), REST, date(2026, 5, 1)),  # deleted in 2026
        (njc(5), REST, date(2018, 3, 31)),  # before the table
        (njc(5), REST, date(2027, 4, 1)),  # an award not known yet
        (njc(5), INNER, DAY),  # London pays more
        (njc(5), OUTER, DAY),
        (njc(5), PayArea.SCOTLAND, DAY),
        (Ask("Teachers leadership", "L14", "Teachers leadership", "L18"), INNER, DAY),
        (Ask("Teachers main", "M1", "Teachers main", "M6"), PayArea.PARTLY_FRINGE, DAY),
        (Ask("Teachers main", "M1", "Teachers main", "M6"), PayArea.NORTHERN_IRELAND, DAY),
        (Ask("NHS AfC", "Band 6 min", "NHS AfC", "Band 6 max"), PayArea.FRINGE, DAY),
        (njc(9, 5), REST, DAY),  # upside down
    ],
)
def test_nothing_is_given_where_the_table_does_not_say(ask: Ask, area: PayArea, on: date) -> None:
    assert look_up(ask, area, on) is None


@pytest.mark.parametrize(
    ("ask", "area", "on", "low", "high"),
    [
        (njc(5, 6), REST, date(2026, 9, 1), 26427, 26847),
        (njc(5, 6), REST, date(2026, 3, 31), 25583, 25989),
        (njc(5, 6), PayArea.WALES, DAY, 25583, 25989),
        (njc(28), PayArea.NORTHERN_IRELAND, date(2019, 4, 1), 31371, 31371),
        (njc(28), REST, date(2019, 3, 31), 25463, 25463),  # the old spine
        (Ask("Teachers main", "M1", "Teachers upper", "U3"), REST, DAY, 32916, 51048),
        (Ask("Teachers main", "M1", "Teachers upper", "U3"), INNER, DAY, 40317, 62496),
        (Ask("NHS AfC", "Band 6 min", "NHS AfC", "Band 6 max"), REST, DAY, 38682, 46580),
    ],
)
def test_the_table_in_force_on_the_day_counts(
    ask: Ask, area: PayArea, on: date, low: int, high: int
) -> None:
    pay = look_up(ask, area, on)
    assert pay is not None
    assert (pay.minimum, pay.maximum) == (low, high)


def test_the_source_names_scale_points_and_date() -> None:
    pay = look_up(njc(5, 6), REST, DAY)
    assert pay is not None
    assert pay.source == "NJC 5 to 6 from 2025-04-01, Rest of England"


# -- what an advert asks for


@pytest.mark.parametrize(
    ("grade", "scp", "scale"),
    [
        ("Grade 7", (None, None), None),
        ("PO2", (None, None), "NJC"),
        ("Scale 5", (None, None), "NJC"),
        ("Band 6", (None, None), None),
        ("L14-L18", (None, None), None),
        (None, (5, 6), None),
        (None, (14, 17), "Soulbury"),
        (None, (5, 6), "Police"),
        ("", (None, None), "Teachers"),
        ("DHT/HT Scale 3", (None, None), "Teachers"),
        (None, (None, None), "NHS AfC"),
    ],
)
def test_local_and_doubtful_grades_ask_for_nothing(
    grade: str | None, scp: tuple[int | None, int | None], scale: str | None
) -> None:
    assert ask_for(grade, scp, scale, REST) is None


@pytest.mark.parametrize(
    ("grade", "low", "high"),
    [
        ("MPS", "M1", "M6"),
        ("MPS/UPS", "M1", "U3"),
        ("MPR / UPR", "M1", "U3"),
        ("MS/UPS", "M1", "U3"),
        ("M1-UPS3", "M1", "U3"),
        ("M3 to UPS3", "M3", "U3"),
        ("MPS 3-6", "M3", "M6"),
        ("UPS1-3", "U1", "U3"),
        ("UP2", "U2", "U2"),
        ("UQT1 - UQT6", "UQ1", "UQ6"),
        ("Main Pay Scale", "M1", "M6"),
        ("Main/Upper Pay Scale", "M1", "U3"),
        ("Main pay range 1 to Upper pay range 3", "M1", "U3"),
        ("Unqualified Teacher Pay Scale", "UQ1", "UQ6"),
    ],
)
def test_a_teachers_grade_is_points(grade: str, low: str, high: str) -> None:
    ask = ask_for(grade, (None, None), "Teachers", REST)
    assert ask is not None
    assert (ask.low, ask.high) == (low, high)


def test_wales_has_no_first_point_and_scotland_other_points() -> None:
    welsh = ask_for("MPS", (None, None), "Teachers", PayArea.WALES)
    scottish = ask_for("Teacher Main Grade", (None, None), "Teachers", PayArea.SCOTLAND)
    assert (welsh and welsh.low) == "M2"
    assert (scottish and (scottish.low, scottish.high)) == ("0", "5")
    assert ask_for("MPS", (None, None), "Teachers", PayArea.SCOTLAND) is None


# -- where it is


@pytest.mark.parametrize(
    ("text", "authority", "region", "nation", "area"),
    [
        ("NJC SCP 5", None, None, None, None),
        ("NJC SCP 5", None, None, "England", None),
        ("NJC SCP 5", None, "London", "England", None),
        ("NJC SCP 5", "E09000012", "London", "England", INNER),
        ("NJC SCP 5", "E09000006", "London", "England", OUTER),
        ("NJC SCP 5 Outer London", None, None, None, OUTER),
        ("Inner London or Outer London", "E09000012", "London", "England", None),
        ("plus Fringe allowance", None, None, None, PayArea.FRINGE),
        ("SCP 5", "E07000226", "South East", "England", PayArea.FRINGE),
        ("SCP 5", "E10000016", "South East", "England", PayArea.PARTLY_FRINGE),
        ("SCP 5", None, "South East", "England", PayArea.PARTLY_FRINGE),
        ("SCP 5", "E06000043", "South East", "England", REST),
        ("SCP 5", None, "North East", "England", REST),
        ("SCP 5", "W06000022", "Wales", "Wales", PayArea.WALES),
        ("SCP 5", "S12000047", "Scotland", "Scotland", PayArea.SCOTLAND),
    ],
)
def test_the_pay_area(
    text: str, authority: str | None, region: str | None, nation: str | None, area: PayArea | None
) -> None:
    assert area_of(text, authority, region, nation) == area


def test_every_pay_area_of_the_table_is_a_council() -> None:
    councils = {row["gss_code"] for row in table("councils.csv")}
    codes = [row["gss_code"] for row in table("pay_areas.csv")]
    assert set(codes) <= councils
    assert len(codes) == len(set(codes))
    assert sum(code.startswith("E09") for code in codes) == 33


# -- the stage


def _advert(salary: str | None, *, title: str = "Planner", **read: Any) -> Advert:
    given = {
        "authority": "E06000047",
        "region": "North East",
        "nation": "England",
        "posted_on": "2025-10-01",
    } | read
    raw = RawAdvert(external_id="1", url="https://jobs.example.gov.uk/1", salary=salary)
    item = Advert(raw=raw, title=title, **given)
    return PayScalesStage().process_item(SalaryStage().process_item(item))


def _flags(item: Advert) -> list[str]:
    return [flag.name for flag in item.flags]


def test_points_without_pounds_are_looked_up() -> None:
    item = _advert("NJC Grade 3, SCP 5-6")
    assert (item.salary_min, item.salary_max) == (25583, 25989)
    assert (item.salary_annual_min, item.salary_annual_max) == (25583, 25989)
    assert (item.salary_period, item.salary_currency) == (Period.YEAR, "GBP")
    assert item.salary_basis is Basis.INFERRED
    assert ("salary_from_scale", "NJC 5 to 6 from 2025-04-01, Rest of England") in item.flags


@pytest.mark.parametrize(
    ("salary", "read"),
    [
        ("Grade 7", {}),
        ("PO2", {}),
        ("Points 32-35", {}),  # of which spine?
        ("SCP 5-6", {"authority": "E09000012", "region": "London"}),
        ("NJC SCP 5-6", {"authority": None, "region": None}),
        ("NJC SCP 5-6", {"nation": "Scotland", "region": "Scotland"}),
        ("NJC SCP 5-6", {"posted_on": "2017-10-01"}),
        ("NJC SCP 5-6", {"posted_on": "9999-12-31"}),
        ("NJC SCP 5-6", {"posted_on": None}),
        ("SCP 5-6", {"employer": "Exampleshire Police"}),
        ("NJC SCP 5-6 £25,98", {}),  # a stated figure that can not be read
        ("L14-L18", {}),
        ("JNC 13-16", {}),
        ("Competitive", {}),
        (None, {}),
    ],
)
def test_nothing_is_inferred_where_something_is_unsure(
    salary: str | None, read: dict[str, Any]
) -> None:
    item = _advert(salary, **read)
    assert (item.salary_min, item.salary_max) == (None, None)
    assert item.salary_basis is Basis.NONE
    assert "salary_from_scale" not in _flags(item)


def test_the_day_of_the_crawl_stands_in_for_the_posting_day() -> None:
    raw = RawAdvert(
        external_id="1", url="https://x.example", salary="SCP 5", fetched_at="2026-05-02T06:00:00Z"
    )
    item = SalaryStage().process_item(Advert(raw=raw, region="Wales", nation="Wales"))
    assert PayScalesStage().process_item(item).salary_min == 26427


@pytest.mark.parametrize(
    ("salary", "title", "low"),
    [
        ("M1-UPS3 + SEN allowance (£2,679)", "Teacher", 32916),
        ("L14 - L18", "Deputy Head Teacher", 71330),
        ("Leadership L14 - L18", "Planner", 71330),
        ("AfC Band 6", "Nurse", 38682),
        ("Soulbury 30-33", "Adviser", 82664),
        ("Soulbury EIP 8-11", "School Improvement Adviser", None),  # its point 11 is in doubt
    ],
)
def test_national_grades_are_looked_up(salary: str, title: str, low: float | None) -> None:
    assert _advert(salary, title=title).salary_min == low


def test_a_stated_figure_always_wins() -> None:
    item = _advert("NJC SCP 5-6, £25,000 - £26,000 per annum")
    assert (item.salary_min, item.salary_max) == (25000, 26000)
    assert item.salary_basis is Basis.STATED
    assert item.flags == []


@pytest.mark.parametrize(
    ("salary", "read", "doubted"),
    [
        ("NJC SCP 5-6, £35,000 per annum", {}, True),
        ("NJC SCP 5-6, £20,000 per annum", {}, True),
        ("NJC SCP 5-6, £25,583 - £45,000 per annum", {}, True),
        ("NJC SCP 5-6, £20,000 per annum pro rata", {}, False),
        ("NJC SCP 5, £9,000", {"working_pattern": (WorkingPattern.PART_TIME,)}, False),
        ("NJC SCP 5-6, £26,427 - £26,847 per annum", {}, False),  # next year's
        ("NJC SCP 5-6, £13.05 per hour", {}, False),
        ("NJC SCP 5-6, £35,000 per annum", {"region": None, "authority": None}, False),
        ("Grade 5, £35,000 per annum", {}, False),
    ],
)
def test_pay_that_contradicts_its_points_is_flagged(
    salary: str, read: dict[str, Any], doubted: bool
) -> None:
    item = _advert(salary, **read)
    assert ("salary_contradicts_points" in _flags(item)) is doubted
    assert item.salary_basis is Basis.STATED
