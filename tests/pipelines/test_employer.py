"""Who employs: councils by any of their names, never a school, a trust or an agency."""

import pytest

from pipelines.advert import Advert
from pipelines.employer import EmployerStage, match_employer
from scrapers.items import RawAdvert


@pytest.mark.parametrize(
    "name",
    [
        "Stafford College",
        "Birmingham Children's Trust",
        "Lancashire Teaching Hospitals NHS Foundation Trust",
        "County Durham and Darlington NHS Foundation Trust",
        "Bolton School",
        "University of Kent",
        "Kent County Council Pension Fund",
        "Barnsley Academy",
        "Camden Arts Trust",
        "Durham Cathedral",
        "Newcastle Borough Council",
        "Boston Housing Association",
        "South Oxfordshire and Vale of White Horse District Councils",
        "Cambridgeshire Community Services NHS Trust",
        "Acme Widgets",
        "Cambridge University",
        "University of Cambridge",
        "Durham University",
        "Kingston University",
        "Leeds Beckett University",
        "Oxford University Hospitals",
        "Newcastle upon Tyne Hospitals",
        "Bradford Teaching Hospitals",
        "Medway Community Healthcare",
        "NHS Highland",
        "NHS Leeds CCG",
        "Belfast Health and Social Care Trust",
        "Stockport Homes",
        "Wakefield District Housing",
        "Bolton at Home",
        "Kent Police",
        "Kent Fire and Rescue Service",
        "Devon & Cornwall Police",
        "Whitby Town Council",
        "Hereford City Council",
        "Salisbury City Council",
        "Lichfield City Council",
        "Durham City Parish Council",
        "Adur and Worthing Councils",
        "Kent County Council and Medway Council",
        "Leeds City Council / Bradford Council",
        "London Councils",
        "Local Government Association",
        "Reed in Partnership",
        "LGSS",
        "LBH",
        "Harris Federation",
        "Our Lady's Catholic Primary School",
    ],
)
def test_an_employer_that_is_no_council_keeps_its_name(name: str) -> None:
    match = match_employer(name)
    assert match.employer == name
    assert match.council is None
    assert match.recruiter is None


@pytest.mark.parametrize("name", [None, "", "   ", "...", "\x00"])
def test_nothing_is_nobody(name: str | None) -> None:
    match = match_employer(name)
    assert (match.employer, match.council, match.recruiter) == (None, None, None)


@pytest.mark.parametrize(
    "name",
    [
        "an award-winning council in the North West",
        "A London Borough Council",
        "Our client",
        "Local Authority",
        "Confidential",
        "The Council",
        "Leading local authority",
        "County Council",
        "Unitary Authority",
        "District council in Essex",
        "An East London Borough",
        "Large County Council - South East",
        "Public Sector Client",
        "Client of Reed",
    ],
)
def test_a_council_that_hides_its_name_stays_unnamed(name: str) -> None:
    match = match_employer(name)
    assert (match.employer, match.council) == (None, None)
    assert [flag.name for flag in match.flags] == ["employer_unnamed"]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Leeds City Council", "E08000035"),
        ("LEEDS CITY COUNCIL", "E08000035"),
        ("Leeds CC", "E08000035"),
        ("Wigan Council", "E08000010"),
        ("Wigan MBC", "E08000010"),
        ("Kent CC", "E10000016"),
        ("The Highland Council", "S12000017"),
        ("Highland Council", "S12000017"),
        ("Comhairle nan Eilean Siar", "S12000013"),
        ("Cyngor Sir Gâr", "W06000010"),
        ("Cyngor Sir Gar", "W06000010"),
        ("Cyngor Gwynedd", "W06000002"),
        ("Newport City Council", "W06000022"),
        ("LB Islington", "E09000019"),
        ("London Borough of Islington", "E09000019"),
        ("Islington Council", "E09000019"),
        ("City of London Corporation", "E09000001"),
        ("Royal Borough of Kensington & Chelsea", "E09000020"),
        ("Derbyshire County Council", "E10000007"),
        ("Derby City Council", "E06000015"),
        ("Newcastle-under-Lyme Borough Council", "E07000195"),
        ("Newcastle upon Tyne City Council", "E08000021"),
        ("Buckinghamshir Council", "E06000060"),
        ("Hertfordshire County Councl", "E10000015"),
        ("Camden", "E09000007"),
        ("Leeds City Council - Adult Social Care", "E08000035"),
        ("Fife Council Education Service", "S12000047"),
        ("BCP Council", "E06000058"),
        ("Greater Manchester Combined Authority", "E47000001"),
        ("Peak District National Park Authority", "E26000006"),
        ("LB Hackney", "E09000012"),
        ("RBKC", "E09000020"),
        ("LBBD", "E09000002"),
        ("H&F", "E09000013"),
        ("Royal Borough of Greenwich", "E09000011"),
        ("Bristol CC", "E06000023"),
        ("KCC", "E10000016"),
        ("WSCC", "E10000032"),
        ("NYCC", "E10000023"),
        ("City of York Council", "E06000014"),
        ("City of Sunderland Council", "E08000024"),
        ("City of Bradford MDC", "E08000032"),
        ("Metropolitan Borough of Wirral", "E08000015"),
        ("Borough of Telford and Wrekin", "E06000020"),
        ("County Borough of Blaenau Gwent", "W06000019"),
        ("Herts County Council", "E10000015"),
        ("Notts CC", "E10000024"),
        ("W Sussex County Council", "E10000032"),
        ("Bath and NE Somerset Council", "E06000022"),
        ("North Northants Council", "E06000061"),
        ("Central Beds", "E06000056"),
        ("IOW Council", "E06000046"),
        ("S Ayrshire Council", "S12000028"),
        ("East Riding Council", "E06000011"),
        ("Southend City Council", "E06000033"),
        ("MK Council", "E06000042"),
        ("Cyngor Caerdydd", "W06000015"),
        ("Cyngor Sir Benfro", "W06000009"),
        ("Cyngor Casnewydd", "W06000022"),
        ("Cyngor Bwrdeistref Sirol Pen-y-bont ar Ogwr", "W06000013"),
        ("Rhondda Cynon Taff County Borough Council", "W06000016"),
        ("Comhairle na Gàidhealtachd", "S12000017"),
        ("Western Isles Council", "S12000013"),
        ("Derry City & Strabane District Council", "N09000005"),
        ("Shepway District Council", "E07000112"),
        ("Macclesfield Borough Council", "E07000017"),
        ("Cornwall County Council", "E10000005"),
        ("Durham City Council", "E07000056"),
        ("Wakefield Council Adult Social Care", "E08000036"),
        ("Essex County Council Library Service", "E10000012"),
        ("Ysgol Gynradd Aberaeron, Cyngor Sir Ceredigion", "W06000008"),
        ("St Peter's School, Essex CC", "E10000012"),
        ("Elm School (Kent County Council)", "E10000016"),
        ("Suffolk Fire & Rescue Service - Suffolk County Council", "E10000029"),
    ],
)
def test_a_council_is_known_by_its_names(name: str, code: str) -> None:
    assert match_employer(name).council == code


def test_a_misspelt_name_never_crosses_to_another_council() -> None:
    assert match_employer("Boston Borough Council").council == "E07000136"
    assert match_employer("Bolton Borough Council").council == "E08000001"
    assert match_employer("North Westshire Council").council is None
    assert match_employer("Weast Sussex County Council").council is None


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Wigan Council", "Wigan Council"),
        ("Cyngor Sir Gâr", "Cyngor Sir Gâr"),
        ("WIGAN COUNCIL", "Wigan Metropolitan Borough Council"),
        ("Leeds", "Leeds City Council"),
        ("Leeds City Council - Adult Social Care", "Leeds City Council"),
        ("Elm Academy, Cornwall Council", "Elm Academy, Cornwall Council"),
    ],
)
def test_a_name_is_shown_as_the_employer_writes_it(name: str, shown: str) -> None:
    assert match_employer(name).employer == shown


@pytest.mark.parametrize(
    ("name", "on", "code", "flags"),
    [
        ("Cumbria County Council", "2020-06-01", "E10000006", []),
        ("Cumbria County Council", None, "E10000006", []),
        ("Cumbria County Council", "2024-06-01", None, ["employer_abolished"]),
        ("Buckinghamshire Council", "2020-06-01", "E06000060", []),
        ("Buckinghamshire County Council", "2019-06-01", "E10000002", []),
        ("Buckinghamshire County Council", "2021-06-01", "E06000060", ["employer_abolished"]),
        ("North Yorkshire", "2022-06-01", "E10000023", []),
        ("North Yorkshire", "2024-06-01", "E06000065", []),
        ("North Yorkshire Council", "2023-03-01", "E06000065", ["employer_not_yet_in_force"]),
        ("Durham County Council", "2008-06-01", "E10000010", []),
        ("Durham County Council", "2020-06-01", "E06000047", []),
        ("Bedford Borough Council", "2008-06-01", "E07000002", []),
        ("Bedford Borough Council", None, "E06000055", []),
        ("Wiltshire County Council", "2015-06-01", "E06000054", ["employer_abolished"]),
    ],
)
def test_the_day_decides_between_bodies_of_one_name(
    name: str, on: str | None, code: str | None, flags: list[str]
) -> None:
    match = match_employer(name, on)
    assert match.council == code
    assert [flag.name for flag in match.flags] == flags


@pytest.mark.parametrize(
    ("name", "agency"),
    [
        ("Tile Hill", "Tile Hill"),
        ("Reed Specialist Recruitment Ltd", "Reed"),
        ("GatenbySanderson", "GatenbySanderson"),
        ("Matrix SCM", "Matrix SCM"),
        ("Internal Bank (Reed)", "Reed"),
        ("Hays", "Hays"),
        ("Hays - Birmingham", "Hays"),
        ("Opus LGSS", "Opus People Solutions"),
    ],
)
def test_an_agency_recruits_and_never_employs(name: str, agency: str) -> None:
    match = match_employer(name)
    assert match.recruiter == agency
    assert (match.employer, match.council) == (None, None)


@pytest.mark.parametrize(
    ("name", "employer", "agency"),
    [
        ("Tile Hill on behalf of Cumbria County Council", "Cumbria County Council", "Tile Hill"),
        ("Hays on behalf of Leeds City Council", "Leeds City Council", "Hays"),
        ("Reed recruiting for Bristol City Council", "Bristol City Council", "Reed"),
        ("Morgan Hunt acting on behalf of Kent CC", "Kent County Council", "Morgan Hunt"),
        ("Carrington West (for Cornwall Council)", "Cornwall Council", "Carrington West"),
        ("Essex County Council via Hays", "Essex County Council", "Hays"),
        ("Tile Hill / Surrey County Council", "Surrey County Council", "Tile Hill"),
    ],
)
def test_an_agency_names_its_client(name: str, employer: str, agency: str) -> None:
    match = match_employer(name, "2020-01-01")
    assert (match.employer, match.recruiter) == (employer, agency)
    assert match.council is not None


def test_a_town_that_begins_like_an_agency_is_a_council() -> None:
    assert not match_employer("Reading Borough Council").recruiter
    assert not match_employer("Redcar and Cleveland Borough Council").recruiter


def employed(employer: str | None, source: str | None, posted: str | None = None) -> Advert:
    raw = RawAdvert(
        external_id="1",
        url="https://jobs.example.gov.uk/1",
        employer=employer,
        source_employer=source,
    )
    return EmployerStage().process_item(Advert(raw=raw, posted_on=posted))


def test_the_stage_takes_the_sources_council_where_the_advert_names_none() -> None:
    advert = employed(None, "E08000035")
    assert (advert.employer, advert.council) == ("Leeds City Council", "E08000035")
    assert advert.recruiter == "Leeds City Council"


def test_the_stage_reads_the_sources_council_by_the_day() -> None:
    assert employed(None, "E06000063", "2020-06-01").employer == "Cumbria County Council"


def test_the_stage_keeps_a_school_on_a_councils_board_apart_from_the_council() -> None:
    advert = employed("Elm Primary School", "E10000016")
    assert (advert.employer, advert.council) == ("Elm Primary School", None)


def test_the_stage_takes_a_department_for_its_council() -> None:
    assert employed("Adult Social Care", "E10000016").council == "E10000016"


def test_the_stage_puts_an_agency_on_a_shared_board_as_recruiter_only() -> None:
    advert = employed("Tile Hill", None)
    assert (advert.employer, advert.council, advert.recruiter) == (None, None, "Tile Hill")


def test_the_stage_flags_what_the_match_doubts() -> None:
    advert = employed("A large council", None)
    assert advert.employer is None
    assert [flag.name for flag in advert.flags] == ["employer_unnamed"]
