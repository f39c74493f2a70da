"""Where a job is: what must not be read as a place, then namesakes, postcodes, dates, the stage."""

import json
from pathlib import Path

import pytest

from pipelines.advert import Advert, Basis, WorkMode
from pipelines.location import Location, LocationStage, parse_location
from pipelines.postcodes import is_installed
from pipelines.work_mode import parse_work_mode
from scrapers.items import RawAdvert

needs_directory = pytest.mark.skipif(
    not is_installed(), reason="the postcode directory's package is not installed"
)


def names(read: Location) -> list[str]:
    return [flag.name for flag in read.flags]


@pytest.mark.parametrize(
    "text",
    [
        "Hope",
        "Ware",
        "Reading and writing",
        "Bath and shower",
        "Lancaster University",
        "University of Reading",
        "Adult Social Care",
        "Children's Services",
        "Various Locations",
        "Countywide",
        "Trust Wide",
        "Culture House",
        "Coniston Road",
        "Lincoln House",
        "High Street",
        "within a great deal of change",
        "To be confirmed at interview",
        "Level E3, Band B2",
        "Highlight Active Wellbeing Hub",
    ],
)
def test_what_is_no_place_is_not_read_as_one(text: str) -> None:
    read = parse_location(text)
    assert (read.place, read.authority, read.region, read.postcode) == (None, None, None, None)
    assert read.basis is Basis.NONE
    assert "location_unresolved" in names(read)


def test_no_text_and_no_employer_is_nothing_and_no_doubt() -> None:
    assert parse_location("") == Location()
    assert parse_location(" \n\t ") == Location()


@pytest.mark.parametrize(
    "text", ["Newport", "Richmond", "Gillingham", "Whitchurch", "Wellington", "Bangor", "Stratford"]
)
def test_a_namesake_that_nothing_decides_is_left_open(text: str) -> None:
    read = parse_location(text)
    assert (read.place, read.authority) == (None, None)
    assert names(read) == ["location_ambiguous"]


def test_a_far_larger_namesake_is_meant() -> None:
    assert parse_location("Cambridge").authority == "E07000008"
    assert parse_location("Boston").authority == "E07000136"


def test_a_small_place_far_from_the_county_named_is_not_it() -> None:
    read = parse_location("Zeals, Norfolk")
    assert (read.place, read.authority, read.region) == (None, None, "East of England")
    assert parse_location("Zeals, Wiltshire").place == "Zeals"
    assert parse_location("Portree, Isle of Skye").place == "Portree"


def test_namesakes_in_one_region_leave_the_region() -> None:
    read = parse_location("Ashford")
    assert (read.authority, read.region, names(read)) == (
        None,
        "South East",
        ["location_ambiguous"],
    )


@pytest.mark.parametrize(
    ("text", "employer", "authority"),
    [
        ("Newport", "Newport City Council", "W06000022"),
        ("Newport", "Isle of Wight Council", "E06000046"),
        ("Newport", "Telford & Wrekin Council", "E06000020"),
        ("Newport (Casnewydd)", None, "W06000022"),
        ("Newport, Shropshire", None, "E06000020"),
        ("Newport, Isle of Wight", None, "E06000046"),
        ("Richmond", "Richmond Council", "E09000027"),
        ("Richmond, North Yorkshire", None, "E06000065"),
        ("Bradford", "City of Bradford Metropolitan District Council", "E08000032"),
        ("Bradford on Avon", None, "E06000054"),
        ("Ashford, Kent", None, "E07000105"),
        ("Ashford", "Spelthorne Borough Council", "E07000213"),
        ("Gillingham, Dorset", None, "E06000059"),
        ("Gillingham, Kent", None, "E06000035"),
        ("Gillingham", "Medway Council", "E06000035"),
        ("Whitchurch, Shropshire", None, "E06000051"),
        ("Whitchurch", "Hampshire County Council", "E07000084"),
        ("Bangor", "Cyngor Gwynedd", "W06000002"),
        ("Ysbyty Gwynedd, Bangor", None, "W06000002"),
        ("Wells", "Somerset Council", "E06000066"),
        ("Deal, Kent", None, "E07000108"),
        ("Ware", "Hertfordshire County Council", "E07000242"),
        ("Hope, Derbyshire", None, "E07000037"),
        ("Sutton, Surrey", None, "E09000029"),
    ],
)
def test_namesakes_are_told_apart_by_employer_and_county(
    text: str, employer: str | None, authority: str
) -> None:
    read = parse_location(text, employer)
    assert read.authority == authority
    assert read.basis is Basis.STATED
    assert names(read) == []


@needs_directory
@pytest.mark.parametrize(
    ("text", "place", "authority", "postcode"),
    [
        ("Newport, PO30 5TG", "Newport", "E06000046", "PO30 5TG"),
        ("Maidstone,ME20 7EZ", "Maidstone", "E07000115", "ME20 7EZ"),
        ("Croydon, CR77YE", "Croydon", "E09000008", "CR7 7YE"),
        ("cardiff, cf15 7qz", "Cardiff", "W06000016", "CF15 7QZ"),
        ("Surrey, RH1 5GG", None, "E07000211", "RH1 5GG"),
        ("Street, BA16 0ET", "Street", "E06000066", "BA16 0ET"),
        ("Leamington Spa CV31", "Leamington Spa", "E07000222", "CV31"),
        ("CV31", None, "E07000222", "CV31"),
        ("Bristol - Abbey Wood North BS34 8JH", None, "E06000025", "BS34 8JH"),
    ],
)
def test_a_full_postcode_decides_the_council(
    text: str, place: str | None, authority: str, postcode: str
) -> None:
    read = parse_location(text)
    assert (read.authority, read.postcode) == (authority, postcode)
    assert place is None or read.place == place
    assert read.latitude is not None


@needs_directory
def test_an_unknown_postcode_is_kept_and_flagged() -> None:
    read = parse_location("Carlisle, CA1 7HY")
    assert (read.place, read.authority, read.postcode) == ("Carlisle", "E06000063", "CA1 7HY")
    assert names(read) == ["postcode_unknown"]


@needs_directory
def test_several_postcodes_give_none_and_the_council_they_share() -> None:
    read = parse_location("79 Axe St, Barking IG11 7LZ, 234 Porters Ave, Dagenham RM8 2EQ")
    assert (read.postcode, read.authority, read.multi) == (None, "E09000002", True)


@pytest.mark.parametrize(
    ("text", "region", "authority"),
    [
        ("Bicester & Witney", "South East", None),
        ("Glasgow, London", None, None),
        ("Whittington/Lichfield", "West Midlands", "E07000194"),
        ("Leeds or Sheffield", "Yorkshire and The Humber", None),
        ("Cambridgeshire & Peterborough", "East of England", None),
        ("Banbury, Witney, Oxford, Abingdon, Bicester", "South East", None),
        ("Skye, Lochaber and Badenoch", "Scotland", "S12000017"),
        ("Leeds/Bradford", "Yorkshire and The Humber", None),
    ],
)
def test_several_places_share_what_they_share(
    text: str, region: str | None, authority: str | None
) -> None:
    read = parse_location(text)
    assert (read.multi, read.place, read.region, read.authority) == (True, None, region, authority)


@pytest.mark.parametrize(
    ("text", "place", "authority"),
    [
        ("Lenton, Nottingham", "Lenton", "E06000018"),
        ("Ealing, London", "Ealing", "E09000009"),
        ("England, Buckinghamshire, Aylesbury", "Aylesbury", "E06000060"),
        ("Brecon, Brecon", "Brecon", "W06000023"),
        ("Ryedale House, Malton", "Malton", "E06000065"),
        ("Wing College, Bournemouth", "Bournemouth", "E06000058"),
        ("Wisbech just outside of Peterborough", "Wisbech", "E07000010"),
        ("Across Powys", None, "W06000023"),
        ("Adult Social Care, South Tyneside", None, "E08000023"),
        ("Andover with some travel required to London", "Andover", "E07000093"),
        ("Devon County Council, County Hall, Exeter", "Exeter", "E07000041"),
        ("Guildford Hospital", "Guildford", "E07000209"),
        ("Royal Surrey County Hospital", None, None),
        ("Surrey County Council", None, "E10000030"),
        ("Norfolk and Norwich University Hospital", "Norwich", "E07000148"),
        ("Bury New Road, Prestwich", "Prestwich", "E08000002"),
        ("Bristol City Centre (near Bath)", "Bristol", "E06000023"),
        ("Caerdydd", "Cardiff", "W06000015"),
        ("SHEFFIELD", "Sheffield", "E08000039"),
        ("london", "London", None),
    ],
)
def test_one_address_is_one_place_the_most_local(
    text: str, place: str | None, authority: str | None
) -> None:
    read = parse_location(text)
    assert (read.multi, read.place, read.authority) == (False, place, authority)


def test_a_village_that_no_list_has_is_not_taken_for_its_county() -> None:
    read = parse_location("Little Nowhere, Norfolk")
    assert (read.authority, read.region) == (None, "East of England")
    assert names(read) == ["location_unresolved"]
    assert parse_location("County Hall, Norfolk").authority == "E10000020"
    assert parse_location("Norfolk").authority == "E10000020"


@pytest.mark.parametrize(
    ("text", "on", "authority", "successor"),
    [
        ("Carlisle, Cumbria", "2020-06-01", "E07000028", "E06000063"),
        ("Carlisle, Cumbria", "2024-06-01", "E06000063", None),
        ("Carlisle, Cumbria", None, "E06000063", None),
        ("Kendal", "2022-05-05", "E07000031", "E06000064"),
        ("Kettering", "2020-01-01", "E07000153", "E06000061"),
        ("Poole", "2018-01-01", "E06000029", "E06000058"),
        ("Macclesfield", "2008-06-01", "E07000017", "E06000049"),
        ("Aylesbury", "2019-01-01", "E10000002", "E06000060"),
        ("Leeds", "2016-01-01", "E08000035", None),
    ],
)
def test_the_council_is_that_of_the_day_of_posting(
    text: str, on: str | None, authority: str, successor: str | None
) -> None:
    read = parse_location(text, on=on)
    assert (read.authority, read.authority_successor) == (authority, successor)


@needs_directory
def test_a_postcode_is_read_by_the_day_too() -> None:
    read = parse_location("LA9 6AA", on="2022-05-05")
    assert (read.authority, read.authority_successor) == ("E07000031", "E06000064")


@pytest.mark.parametrize(
    "text", ["Countywide", "County Hall", "Various Locations", "", "Homeworking"]
)
def test_the_employers_area_stands_in_and_says_so(text: str) -> None:
    read = parse_location(text, "Kent County Council")
    assert (read.place, read.authority, read.region) == (None, "E10000016", "South East")
    assert read.basis is Basis.INFERRED


@pytest.mark.parametrize("text", ["Exeter", "London or Leeds", "National"])
def test_the_employer_never_overrides_what_is_named(text: str) -> None:
    read = parse_location(text, "Kent County Council")
    assert read.authority != "E10000016"
    assert read.basis is not Basis.INFERRED


def test_a_trust_says_nothing_by_itself() -> None:
    read = parse_location("Ward 4", "Kent Community Health NHS Foundation Trust")
    assert (read.authority, read.region) == (None, None)


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("Leeds", None),
        ("Across Powys", None),
        ("mobile phone provided", None),
        ("Not suitable for home working", None),
        ("opportunities for flexible working", None),
        ("The Home Office, London", None),
        ("Nursing Home, Southport", None),
        ("Remote Centre, Leeds", None),
        ("Hybrid Vehicle Centre, Sunderland", None),
        ("Agile Hub, Preston", None),
        ("Remote / Home based", WorkMode.REMOTE),
        ("Fully remote, office optional", WorkMode.REMOTE),
        ("Hybrid", WorkMode.HYBRID),
        ("Home based and across Oxford sites", WorkMode.HYBRID),
        ("remote and 4 days a month on site", WorkMode.HYBRID),
        ("Leeds (initially home based)", WorkMode.HYBRID),
        ("with the requirement to work across Trust sites", WorkMode.MOBILE),
        ("South East (mobile - see advert)", WorkMode.MOBILE),
        ("TELECOMMUTE", WorkMode.REMOTE),
        ("Office based", WorkMode.ON_SITE),
        ("Workplace", WorkMode.ON_SITE),
        ("On-site", WorkMode.ON_SITE),
        ("Depot based, Bradford", WorkMode.ON_SITE),
        ("Home/Office", WorkMode.HYBRID),
        ("Home and office based, Ipswich", WorkMode.HYBRID),
        ("Office-based (3 days) and home (2 days)", WorkMode.HYBRID),
        ("Hybrid, 2 days a week in the office", WorkMode.HYBRID),
        ("Agile – Kingston upon Thames", WorkMode.HYBRID),
        ("Gweithio o gartref", WorkMode.REMOTE),
    ],
)
def test_work_mode_is_what_the_text_says(text: str, mode: WorkMode | None) -> None:
    assert parse_work_mode(text)[0] is mode
    assert parse_location(text).work_mode is mode


def located(on: str | None = None, council: str | None = None, **published: str) -> Advert:
    raw = RawAdvert(external_id="1", url="https://jobs.example.gov.uk/1", **published)  # type: ignore[arg-type]
    advert = Advert(raw=raw, posted_on=on, council=council)
    advert.description_text = "A fine job.\nLocation: Harrogate\nApply soon."
    return LocationStage().process_item(advert)


@pytest.mark.parametrize(
    ("words", "employer", "on", "place", "authority", "region"),
    [
        ("Carlisle, Cumbria", "E10000006", "2020-06-01", "Carlisle", "E07000028", "North West"),
        (
            "England, Buckinghamshire, Aylesbury",
            "E06000060",
            "2020-06-01",
            "Aylesbury",
            "E06000060",
            "South East",
        ),
        ("North West", None, "2019-06-01", None, None, "North West"),
        ("Newport (Casnewydd)", "W06000022", "2019-06-01", "Newport", "W06000022", "Wales"),
        (
            "Wigan, Greater Manchester",
            "E08000010",
            "2019-06-01",
            "Wigan",
            "E08000010",
            "North West",
        ),
    ],
)
def test_the_place_words_of_a_jobs_section_are_read(
    words: str,
    employer: str | None,
    on: str,
    place: str | None,
    authority: str | None,
    region: str,
) -> None:
    advert = located(on=on, council=employer, location=words)
    assert (advert.place, advert.authority, advert.region) == (place, authority, region)
    assert advert.place_basis is Basis.STATED


def test_the_stage_gives_the_successor_beside_the_council_of_the_day() -> None:
    advert = located(on="2020-06-01", council="E10000006", location="Carlisle, Cumbria")
    assert advert.authority_successor == "E06000063"
    assert advert.nation == "England"


def test_the_stage_reads_a_clear_line_of_the_description_where_no_location_is_published() -> None:
    assert located(council="E06000065").place == "Harrogate"
    assert located(council="E06000065", location="Skipton").place == "Skipton"


@needs_directory
def test_the_stage_takes_the_postcode_and_point_published_apart() -> None:
    advert = located(location="Town Hall", postcode="LS1 1UR", latitude="53.80", longitude="-1.55")
    assert (advert.postcode, advert.authority) == ("LS1 1UR", "E08000035")
    assert (advert.latitude, advert.longitude) == (53.80, -1.55)
    assert located(location="Town Hall, Leeds", postcode="n/a").place == "Leeds"


def test_the_stage_does_not_believe_a_point_abroad() -> None:
    assert located(location="Leeds", latitude="0", longitude="0").latitude != 0
    assert located(location="Leeds", latitude="n/a", longitude="-1.5").place == "Leeds"


def test_the_stage_takes_the_work_mode_field_before_the_location() -> None:
    advert = located(location="Leeds, hybrid", work_mode="Office based")
    assert advert.work_mode is WorkMode.ON_SITE


def test_the_stage_flags_a_place_it_cannot_read() -> None:
    assert [flag.name for flag in located(location="Xyzzy").flags] == ["location_unresolved"]


def test_the_gold_set_is_read_as_well_as_promised(shared: Path) -> None:
    if not is_installed():
        pytest.skip("the postcode directory's package is not installed")
    lines = (shared / "gold" / "location.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines if line.strip()]
    right = dict.fromkeys(("authority", "region", "postcode", "work_mode", "multi"), 0)
    wrong = 0
    for row in rows:
        read = parse_location(row["raw"], row.get("context_employer")).record()
        for field in right:
            right[field] += read[field] == row[field]
        wrong += read["authority"] not in (None, row["authority"])
    share = {field: count / len(rows) for field, count in right.items()}
    assert share["authority"] >= 0.96
    assert wrong / len(rows) <= 0.02
    assert share["region"] >= 0.97
    assert share["postcode"] >= 0.99
    assert share["work_mode"] >= 0.95
    assert share["multi"] >= 0.97


@pytest.mark.parametrize("text", ["Zeals Leisure Centre", "Zeals"])
def test_a_far_village_of_the_name_is_not_where_a_council_works(text: str) -> None:
    """It is rather a place of that name that no list has."""
    read = parse_location(text, "Gateshead Council", "E08000037")
    assert (read.authority, read.basis) == ("E08000037", Basis.INFERRED)
    assert parse_location(text + ", Wiltshire").authority == "E06000054"
