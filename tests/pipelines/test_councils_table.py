"""data/councils.csv and data/agencies.csv: complete, consistent, and true to the dates."""

from collections import Counter
from itertools import pairwise

import pytest

from pipelines.areas import PRINCIPAL, area, area_on, areas, county_of, successors_today
from pipelines.gazetteer import districts
from pipelines.reference import table

IN_FORCE = {
    "county": 21,
    "unitary": 62,
    "isles_of_scilly": 1,
    "metropolitan_district": 36,
    "london_borough": 32,
    "city_of_london": 1,
    "non_metropolitan_district": 164,
    "welsh_unitary": 22,
    "scottish_unitary": 32,
    "ni_district": 11,
}
ABOLISHED = {
    "2009-03-31": 44,
    "2015-03-31": 25,
    "2019-03-31": 15,
    "2020-03-31": 5,
    "2021-03-31": 8,
    "2023-03-31": 20,
}
"""Councils by their last day. 2009: the counties Bedfordshire, Cheshire, Cornwall, Durham,
Northumberland, Shropshire and Wiltshire with their 37 districts. 2015: Northern Ireland's
districts but Belfast."""
REGIONS = {
    "North East",
    "North West",
    "Yorkshire and The Humber",
    "East Midlands",
    "West Midlands",
    "East of England",
    "London",
    "South East",
    "South West",
}


def test_every_principal_council_in_force_is_there_once() -> None:
    standing = Counter(each.type for each in areas().values() if not each.valid_to)
    assert {kind: standing[kind] for kind in PRINCIPAL} == IN_FORCE
    assert sum(IN_FORCE.values()) == 382


def test_every_council_abolished_since_2009_is_there_with_its_last_day() -> None:
    ended = Counter(each.valid_to for each in areas().values() if each.type in PRINCIPAL)
    ended.pop("")
    assert ended == ABOLISHED


def test_no_code_stands_twice_not_even_as_a_former_code() -> None:
    codes = [row["gss_code"] for row in table("councils.csv")]
    codes += [
        alias
        for row in table("councils.csv")
        for alias in row["aliases"].split("|")
        if len(alias) == 9 and alias[1:].isdigit()
    ]
    assert len(codes) == len(set(codes))


def test_no_two_councils_of_one_day_share_a_name() -> None:
    for one, other in pairwise(sorted(areas().values(), key=lambda each: each.name)):
        both_stand = not one.valid_to and not other.valid_to
        assert one.name != other.name or not both_stand


def test_successors_and_parents_are_in_the_table_and_succession_leaves_no_gap() -> None:
    for each in areas().values():
        assert set(each.parents) <= set(areas())
        assert bool(each.successors) == bool(each.valid_to)
        for code in each.successors:
            later = areas()[code]
            assert not later.valid_from or later.valid_from > each.valid_to
            assert later.region == each.region


def test_regions_are_the_nine_of_england_or_the_nation() -> None:
    for each in areas().values():
        if each.type in PRINCIPAL:
            assert each.region in (REGIONS if each.nation == "England" else {each.nation})


def test_every_district_of_two_tiers_has_its_county() -> None:
    for each in areas().values():
        if each.type == "non_metropolitan_district":
            assert county_of(each.code), each.name


def test_populations_add_up_to_the_country() -> None:
    """Mid-2020 estimates: 67.1 million; counties are left out, their districts counted."""
    people = sum(
        each.population
        for each in areas().values()
        if not each.valid_to and each.type in PRINCIPAL and each.type != "county"
    )
    assert people == pytest.approx(67_081_000, rel=0.005)


def test_a_code_issued_again_means_the_same_body() -> None:
    for old, new in (
        ("E08000016", "E08000038"),
        ("E08000019", "E08000039"),
        ("E08000020", "E08000037"),
        ("E07000100", "E07000240"),
    ):
        known = area(old)
        assert known is not None
        assert known.code == new
        assert area_on(old, "2020-01-01").code == new


def test_an_unknown_code_is_no_area() -> None:
    assert area("E99999999") is None
    assert area(None) is None
    assert area_on("E99999999", None) == (None, ())


@pytest.mark.parametrize(
    ("code", "day", "then", "successors"),
    [
        ("E07000028", "2020-06-01", "E07000028", ("E06000063",)),
        ("E07000028", "2023-03-31", "E07000028", ("E06000063",)),
        ("E07000028", "2023-04-01", "E06000063", ()),
        ("E07000028", None, "E06000063", ()),
        ("E10000006", "2020-06-01", "E10000006", ("E06000063", "E06000064")),
        ("E10000006", None, None, ("E06000063", "E06000064")),
        ("E06000063", "2020-06-01", "E10000006", ("E06000063",)),
        ("E06000060", "2019-06-01", "E10000002", ("E06000060",)),
        ("E06000058", "2018-06-01", None, ("E06000058",)),
        ("E07000190", "2018-06-01", "E07000190", ("E06000066",)),
        ("E07000190", "2020-06-01", "E07000246", ("E06000066",)),
        ("E06000065", None, "E06000065", ()),
        ("E07000023", "2009-03-31", "E07000023", ("E06000052",)),
        ("E07000023", "2009-04-01", "E06000052", ()),
        ("E10000001", "2009-03-31", "E10000001", ("E06000055", "E06000056")),
        ("E10000001", "2009-04-01", None, ("E06000055", "E06000056")),
        ("E06000047", "2008-06-01", "E10000010", ("E06000047",)),
        ("E06000047", "2010-06-01", "E06000047", ()),
    ],
)
def test_an_area_is_that_of_the_day(
    code: str, day: str | None, then: str | None, successors: tuple[str, ...]
) -> None:
    assert area_on(code, day) == (then, successors)


def test_successors_are_followed_to_today() -> None:
    assert successors_today("E07000190") == ("E06000066",)
    assert successors_today("E08000035") == ()


def test_a_county_holds_its_districts_and_a_combined_authority_its_councils() -> None:
    assert len(districts("E10000016")) == 12
    assert districts("E47000001") >= {"E08000003", "E08000010"}
    assert districts("E08000035") == {"E08000035"}


def test_agencies_are_named_once_and_have_a_known_kind() -> None:
    names = [row["name"] for row in table("agencies.csv")]
    assert len(names) == len(set(names)) >= 100
    kinds = {row["kind"] for row in table("agencies.csv")}
    assert kinds == {"agency", "executive_search", "managed_service"}


def test_no_agency_bears_the_name_of_a_council() -> None:
    councils = {name for each in areas().values() for name in (each.name, *each.aliases)}
    for row in table("agencies.csv"):
        assert not councils & {row["name"], *row["aliases"].split("|")}
