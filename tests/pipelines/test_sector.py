"""Sectors: the order of decision, and the table behind it."""

import json
from collections import Counter
from pathlib import Path
from time import process_time

import pytest

from pipelines.advert import Advert
from pipelines.reference import table
from pipelines.sector import SectorStage, read_sector, sector_names
from scrapers.items import RawAdvert


@pytest.mark.parametrize("title", ["", "Assistant", "2 posts", "Leeds", "Officer (Grade 5)", "£££"])
def test_nothing_decides_nothing(title):
    reading = read_sector(title)
    assert reading.sector is None
    assert reading.evidence == ()


@pytest.mark.parametrize(
    ("title", "sector"),
    [
        ("Childcare Solicitor", "legal_democratic"),
        ("Business Support Assistant - Children's Social Care", "administration_customer_services"),
        ("HR Business Partner", "hr_od"),
        ("Housing Benefit Officer", "finance_revenues_benefits"),
        ("Head of Adults Commissioning", "procurement_commissioning"),
    ],
)
def test_a_corporate_profession_wins_over_the_service_it_serves(title, sector):
    assert read_sector(title).sector == sector


@pytest.mark.parametrize(
    ("title", "sector"),
    [
        ("School Cook", "catering_cleaning"),
        ("Caretaker", "property_facilities"),
        ("Grounds Maintenance Operative", "parks_grounds"),
        ("SEN Administrator", "send"),
        ("Nursery Practitioner", "early_years"),
        ("Finance Assistant", "education_schools"),
        ("Director of Finance", "education_schools"),
        ("Data Analyst", "education_schools"),
    ],
)
def test_in_a_school_trades_keep_their_sector_and_the_rest_is_education(title, sector):
    assert read_sector(title, employer="Hill Top Academy Trust").sector == sector


def test_a_council_is_no_school_whatever_its_name():
    employer = "High Peak Borough Council"
    assert read_sector("Finance Assistant", employer=employer).sector == "finance_revenues_benefits"


@pytest.mark.parametrize(
    ("title", "sector"),
    [
        ("Executive Director of Place", "executive_leadership"),
        ("Assistant Director – Education, SEND and Inclusion", "executive_leadership"),
        ("Town Clerk", "executive_leadership"),
        ("PA to the Chief Executive", "administration_customer_services"),
        ("Head of Planning", "planning"),
        ("Headteacher", "education_schools"),
    ],
)
def test_rank_counts_from_assistant_director_upwards(title, sector):
    assert read_sector(title).sector == sector


def test_an_executive_reading_names_the_service_too():
    assert read_sector("Director of Housing").service == "housing"


def test_the_context_speaks_where_the_title_is_silent():
    assert read_sector("Senior Technical Officer").sector == "other"
    reading = read_sector("Senior Technical Officer", "Join our Highways team")
    assert reading.sector == "highways_transport"
    assert read_sector("Social Worker").sector == "childrens_social_care"
    assert read_sector("Social Worker", "Adult Social Care").sector == "adult_social_care"


def test_the_context_does_not_overrule_a_clear_title():
    context = "Passionate about tackling fly-tipping?"
    assert read_sector("Communications Manager", context).sector == "communications"


def test_only_whole_words_count():
    assert read_sector("Thread").sector is None
    assert read_sector("Party Wall Helper").sector is None


def test_plurals_and_apostrophes_are_one():
    titles = ["Social Workers", "Social worker", "SOCIAL  WORKER", "Social Worker’s"]
    assert {read_sector(title).sector for title in titles} == {"childrens_social_care"}


def test_accents_may_be_left_out():
    titles = ["Diffoddwr Tân", "Diffoddwr Tan", "DIFFODDWR TA\u0302N"]
    assert {read_sector(t).sector for t in titles} == {"community_safety_emergency_planning"}


@pytest.mark.parametrize(
    "title", ["Assistant (market supplement)", "Officer - term time only", "Officer, Epping Forest"]
)
def test_terms_and_place_names_say_nothing_of_the_work(title):
    assert read_sector(title).sector is None


@pytest.mark.parametrize(
    ("title", "sector"),
    [
        ("Senior HR Advisor - Schools", "hr_od"),
        ("Business Support Officer (Legal)", "administration_customer_services"),
        ("Teacher - Reception", "education_schools"),
        ("Occupational Therapist - Adaptations", "property_facilities"),
        ("Team Manager, Fostering", "childrens_social_care"),
        ("Project Officer - Highways", "highways_transport"),
        ("WF1234 - Project Officer - Highways", "highways_transport"),
        ("Education, Health and Care Co-ordinator", "send"),
    ],
)
def test_the_first_part_of_a_title_counts_most_where_it_names_the_work(title, sector):
    assert read_sector(title).sector == sector


def test_the_words_that_decided_are_shown_with_what_they_beat():
    reading = read_sector("Housing Officer - Planning", "Join the Highways team")
    assert reading.sector == "housing"
    assert reading.evidence[0] == ("housing", "housing 60 (title)")
    assert ("planning", "planning 61 (end of the title)") in reading.evidence
    assert ("highways", "highways_transport 61 (context)") in reading.evidence
    weights = str(reading.record()["weights"])
    assert weights.startswith("housing 60, planning 42.7, highways_transport 6.")


def test_a_reader_of_nothing_shows_no_weights():
    assert read_sector("Officer").record() == {"sector": None, "service": None, "weights": ""}


@pytest.mark.parametrize(
    ("title", "summary", "sector"),
    [
        ("Senior Manager – Older Adults – Residential Care", None, "adult_social_care"),
        ("Education, Health and Care (EHC) Co-ordinators", None, "send"),
        ("Interim Head of Housing and Regulatory Services", None, "housing"),
        ("Senior Technical Officer", "Work on our highways.", "highways_transport"),
        (
            "Assistant Director – Digital & Information and Communications Technology (ICT)",
            None,
            "ict_digital",
        ),
        ("Executive Director of Homes and Environment", None, "executive_leadership"),
    ],
)
def test_the_stage_groups_by_what_the_job_is(title, summary, sector):
    raw = RawAdvert(external_id="1", url="")
    advert = Advert(raw=raw, title=title, summary=summary, employer="Newport City Council")
    assert SectorStage().process_item(advert).sector == sector


def test_the_stage_reads_department_and_category():
    raw = RawAdvert(external_id="1", url="", department="Libraries", category="Leisure")
    advert = SectorStage().process_item(Advert(raw=raw, title="Saturday Assistant"))
    assert advert.sector == "libraries"
    assert SectorStage().process_item(Advert(raw=RawAdvert(external_id="1", url=""))).sector is None


def test_the_table_is_sound():
    names = sector_names()
    assert len(names) == 28
    rows = table("sectors.csv")
    assert {row["sector"] for row in rows} == {*names, ""}
    for row in rows:
        assert 0 < int(row["weight"]) <= 100, row
        assert set(row["applies"].split()) <= {"title", "context", "employer"}, row
        assert row["phrase"] == " ".join(row["phrase"].lower().split()), row
        assert row["note"] in ("", "school"), row
    twice = Counter(
        (row["sector"], row["phrase"], column) for row in rows for column in row["applies"].split()
    )
    assert [key for key, count in twice.items() if count > 1] == []


def _shares(lines: list[str]) -> tuple[float, float]:
    """The share of labelled titles read as labelled, and read as labelled or as may be defended."""
    rows = [json.loads(line) for line in lines if not line.startswith("#")]
    right = fine = 0
    for row in rows:
        sector = read_sector(row["title"], row.get("context"), row.get("employer")).sector
        right += sector == row["sector"]
        fine += sector == row["sector"] or sector in row.get("also", [])
    return right / len(rows), fine / len(rows)


def test_labelled_titles_are_read(shared: Path):
    right, fine = _shares((shared / "gold" / "sector.jsonl").read_text("utf-8").splitlines())
    assert right >= 0.94
    assert fine >= 0.98


def test_titles_of_every_service_are_read():
    titles = Path(__file__).with_name("sector_titles.jsonl").read_text("utf-8").splitlines()
    assert len(titles) > 1000
    right, fine = _shares(titles)
    assert right >= 0.93
    assert fine >= 0.98


@pytest.mark.parametrize(
    "text", ["housing " * 12_500, "(" * 100_000, " - " * 30_000, "é" * 100_000]
)
def test_a_long_text_is_read_as_fast_as_a_short_one(text):
    start = process_time()
    read_sector(text, text, text)
    assert process_time() - start < 0.05
