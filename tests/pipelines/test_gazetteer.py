"""Postcodes, grid points and the meanings of names."""

from pathlib import Path

import pytest

from pipelines import postcodes
from pipelines.areas import area, fold, spelt_out
from pipelines.gazetteer import Kind, kilometres, lexicon
from pipelines.grid import BRITISH, IRISH, Point, to_point
from pipelines.location import parse_location
from pipelines.place_context import context_of
from pipelines.reference import table, table_path

needs_directory = pytest.mark.skipif(
    not postcodes.is_installed(), reason="the postcode directory's package is not installed"
)


@pytest.mark.parametrize(
    "code", ["", "A", "Level 3", "ZZ99 9ZZ", "CT9", "12345", "CT9 4ANN", "é1 1AA"]
)
def test_what_is_no_postcode_lies_nowhere(code: str) -> None:
    assert postcodes.locate(code) is None


@pytest.mark.parametrize("code", ["", "CT9 4AN", "ZZ9", "A999", "é1"])
def test_what_is_no_outward_code_lies_nowhere(code: str) -> None:
    assert postcodes.locate_outward(code) is None


@pytest.mark.parametrize("code", ["O14", "QQ1", "1AA", ""])
def test_no_postcode_begins_with_the_letters_of_no_area(code: str) -> None:
    assert not postcodes.has_area(code)
    assert postcodes.has_area("SO14")
    assert postcodes.has_area("E1")


@pytest.mark.parametrize(
    ("word", "full"),
    [
        ("herts", "hertfordshire"),
        ("iow", "isle of wight"),
        ("ne", "north east"),
        ("leeds", "leeds"),
    ],
)
def test_a_shortened_word_is_spelt_out(word: str, full: str) -> None:
    assert spelt_out(word) == full


def test_a_compass_letter_is_one_only_before_a_name() -> None:
    assert spelt_out("se", last=True) == "se"


@needs_directory
@pytest.mark.parametrize(
    ("code", "authority", "point"),
    [
        ("SW1A 0AA", "E09000033", Point(51.4998, -0.1247)),
        ("sw1a0aa", "E09000033", Point(51.4998, -0.1247)),
        ("BT1 5GS", "N09000003", Point(54.5966, -5.9301)),
        ("CF15 7QZ", "W06000016", None),
        ("ME20 7EZ", "E07000115", None),
        ("S1 2HH", "E08000039", None),
    ],
)
def test_a_postcode_gives_council_and_point(code: str, authority: str, point: Point | None) -> None:
    found = postcodes.locate(code)
    assert found is not None
    assert found.authority == authority
    if point is not None:
        assert found.point is not None
        assert kilometres(found.point, point) < 0.2


@needs_directory
def test_an_outward_code_gives_a_council_only_where_nearly_all_of_it_lies_in_one() -> None:
    whole, shared = postcodes.locate_outward("CV31"), postcodes.locate_outward("SY23")
    assert whole is not None
    assert whole.authority == "E07000222"
    assert shared is not None
    assert shared.authority is None or area(shared.authority) is not None
    border = postcodes.locate_outward("HR3")
    assert border is not None
    assert (border.authority, border.region) == (None, None)


@needs_directory
def test_every_postcode_of_the_directory_is_found_where_it_stands_and_no_other() -> None:
    letter = postcodes.read_letter("Z")
    assert letter is not None
    assert [letter.find(letter[at]) for at in range(len(letter))] == list(range(len(letter)))
    for absent in ("", "AB1 0AA", "ZE1 ", "ZE1 0A", "ZE9 9ZZ", "ZZ999ZZ"):
        assert letter.find(absent) is None


@pytest.mark.parametrize(
    ("words", "nation"),
    [
        ("Ysbyty Gwynedd", "Wales"),
        ("CANOLFAN HAMDDEN", "Wales"),
        ("Cyngor", "Wales"),
        ("ysgol", "Wales"),
        ("Llywodraeth", "Wales"),
        ("University Health Board", "Wales"),
        ("Welsh", "Wales"),
        ("WALES", "Wales"),
        ("a HSC Trust", "Northern Ireland"),
        ("Health and Social Care Trust", "Northern Ireland"),
        ("Education Authority", "Northern Ireland"),
        ("Hospital Trust", None),
        ("Health Centre", None),
    ],
)
def test_words_that_only_one_nation_has_hint_at_it(words: str, nation: str | None) -> None:
    hinted = context_of(words, [], [], None, None).employer_regions
    assert hinted == ({nation} if nation else set())


@needs_directory
def test_a_postcode_of_2020_lay_in_the_district_of_2020() -> None:
    assert postcodes.former_authority("LA9 6AA") == "E07000031"
    assert postcodes.former_authority("LS1 1AA") is None


def test_without_the_directory_a_postcode_is_kept_and_the_place_still_decides(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for cached in (postcodes.read_letter, postcodes.locate, postcodes.locate_outward):
        cached.cache_clear()
    monkeypatch.setattr(postcodes, "_folder", lambda: None)
    try:
        read = parse_location("Canterbury, CT1 1AA")
        assert (read.postcode, read.place, read.authority) == ("CT1 1AA", "Canterbury", "E07000106")
        bare = parse_location("CT1 1AA")
        assert (bare.postcode, bare.authority) == ("CT1 1AA", None)
    finally:
        for cached in (postcodes.read_letter, postcodes.locate, postcodes.locate_outward):
            cached.cache_clear()


@pytest.mark.parametrize(
    ("grid", "east", "north", "point"),
    [
        (BRITISH, 651409.903, 313177.270, Point(52.65798, 1.71605)),
        (BRITISH, 530047, 180422, Point(51.5078, -0.1275)),
        (IRISH, 333797, 374017, Point(54.5967, -5.9306)),
    ],
)
def test_grid_points_are_within_ten_metres(
    grid: object, east: float, north: float, point: Point
) -> None:
    assert kilometres(to_point(grid, east, north), point) < 0.01  # type: ignore[arg-type]


def test_every_place_lies_in_a_council_in_force_and_within_the_country() -> None:
    for row in table("places.csv"):
        council = area(row["authority"])
        assert council is not None, row
        assert not council.valid_to, row
        assert 49 < float(row["latitude"]) < 61, row
        assert -9 < float(row["longitude"]) < 2, row
        if row["former"]:
            before = area(row["former"])
            assert before is not None, row
            assert row["authority"] in before.successors, row


def test_the_places_table_stays_small() -> None:
    assert table_path("places.csv").stat().st_size < 700_000
    assert len(table("places.csv")) > 5_500


def test_every_word_for_an_area_names_codes_that_exist() -> None:
    kinds = {each.value for each in Kind} | {
        "short",
        "everyday",
        "namesake",
        "abbreviation",
        "site",
    }
    for row in table("area_words.csv"):
        assert row["kind"] in kinds
        if row["kind"] in ("short", "abbreviation"):
            continue
        for code in filter(None, [row["authority"], *row["members"].split("|")]):
            assert area(code) is not None, row


def test_every_short_form_means_a_place_that_is_there() -> None:
    for row in table("area_words.csv"):
        if row["kind"] == "short":
            assert lexicon().meanings.get(fold(row["name"])), row


def test_a_town_and_its_council_are_one_meaning() -> None:
    (leeds,) = lexicon().meanings["leeds"]
    assert (leeds.kind, leeds.authority) == (Kind.PLACE, "E08000035")
    assert leeds.population > 700_000


def test_a_name_has_every_place_that_bears_it() -> None:
    found = {each.authority for each in lexicon().meanings["newport"]}
    assert found >= {"W06000022", "E06000046", "E06000020"}


def test_a_county_holds_its_unitary_neighbours_too() -> None:
    (kent,) = lexicon().meanings["kent"]
    assert kent.authority == "E10000016"
    assert {"E06000035", "E07000106"} <= kent.members
