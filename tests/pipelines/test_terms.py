"""Contract, pattern, hours, length: what is said, and nothing that is not."""

import importlib.util
import json
from pathlib import Path
from typing import Any

import pytest

from pipelines.advert import Advert, ContractType, WorkingPattern
from pipelines.terms import Terms, TermsStage, parse_terms
from scrapers.items import RawAdvert


def said(text: str) -> dict[str, Any]:
    """The fields of a reading that say something."""
    return {
        name: value
        for name, value in parse_terms(text).record().items()
        if value is not None and value != []
    }


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Please See Advert Text",
        "Temporary Accommodation Officer",
        "Volunteer Coordinator",
        "Voluntary sector officer",
        "Apprenticeship Manager",
        "Bank holiday working",
        "Debt relief",
        "Honorary",
        "Mon - Fri 9am - 5pm",
        "Hours: 8.30am - 4.30pm",
        "Working hours: 9.00 - 17.00",
        "7.4 hours per day",
        "75 hours per fortnight",
        "24 hour service",
        "3 days per week",
        "at least 3 months",
        "Must have 2 years experience",
        "Full time equivalent salary £25,000",
        "You must be flexible to work evenings",
        "This post is not open to job share",
        "not a term-time position",
        "FTE",
        "37:00",
        "24/7",
    ],
)
def test_nothing_is_invented(text):
    assert parse_terms(text) == Terms()


@pytest.mark.parametrize(
    "text",
    ["Permanent or temporary", "Permanent/Temporary", "permanent or bank", "Permanent, fixed term"],
)
def test_types_offered_side_by_side_are_none_and_flagged(text):
    terms = parse_terms(text)
    assert terms.contract_type is None
    assert [flag.name for flag in terms.flags] == ["contract_mixed"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Substantive post", "permanent"),
        ("Permanent, with 6 month probationary period", "permanent"),
        ("Parhaol", "permanent"),
        ("Fixed Term Temporary", "fixed_term"),
        ("Fixed term / secondment", "fixed_term"),
        ("12 month FTC", "fixed_term"),
        ("2 months contract", "fixed_term"),
        ("Temporary with a view to becoming permanent", "temporary"),
        ("Temporary 6 Months Contract", "temporary"),
        ("Maternity cover", "temporary"),
        ("Seasonal", "temporary"),
        ("Casual / Seasonal / Bank / Permanently Variable hours", "casual"),
        ("As and when required", "casual"),
        ("Zero hours per week - as and when required", "zero_hours"),
        ("Fixed-term apprenticeship contract", "apprenticeship"),
        ("Secondment opportunity", "secondment"),
        ("Voluntary", "voluntary"),
    ],
)
def test_the_contract_type_is_read(text, kind):
    assert said(text)["contract_type"] == kind


@pytest.mark.parametrize(
    ("text", "patterns"),
    [
        ("FULL_TIME", ["full_time"]),
        ("Full or part time", ["full_time", "part_time"]),
        ("Part time, may become full time", ["part_time"]),
        ("39 weeks per year", ["term_time"]),
        ("All year round (starting at 7am during term time)", []),
        ("Job share considered", ["job_share"]),
        ("flexi time", ["flexible"]),
        ("rota including weekends", ["shifts"]),
        ("Annualised hours", ["annualised"]),
        ("nine day fortnight", ["compressed"]),
        ("llawn amser", ["full_time"]),
    ],
)
def test_patterns_are_read_from_words(text, patterns):
    assert parse_terms(text).record()["working_pattern"] == patterns


@pytest.mark.parametrize(
    ("text", "upper", "lower"),
    [
        ("37 per week", 37, None),
        ("Hours: 37", 37, None),
        ("Hours of work: 18½", 18.5, None),
        ("37 hours 30 minutes per week", 37.5, None),
        ("36Hours", 36, None),
        ("18 hoursper week", 18, None),
        ("Grade 5 - 37 hours per week", 37, None),
        ("POST 1 – 37.5 hours per week", 37.5, None),
        ("30-37.5 hours per week", 37.5, 30),
        ("37 and 18.5 hours", 37, 18.5),
        ("35 hours per week (minimum 30 hours per week)", 35, 30),
        ("Up to 37.5 hours per week", 37.5, None),
        ("15 hours per week (3 hours per day)", 15, None),
        ("12 hour shifts, 36 hours per week", 36, None),
        ("32.5 hours, Monday to Friday 8:00 - 15:00", 32.5, None),
        ("37.5 awr yr wythnos", 37.5, None),
    ],
)
def test_hours_a_week_are_read(text, upper, lower):
    terms = parse_terms(text)
    assert (terms.hours_per_week, terms.hours_min) == (upper, lower)


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("1 year fixed term", 12),
        ("fixed-term for a period of two years", 24),
        ("temporary for 26 weeks", 6),
        ("9 – 12 months", 12),
        ("up to 11 month", 11),
        ("12 months, with possible extension to 24 months", 12),
        ("term time plus 2 weeks", None),
        ("Minimum of 3 months", None),
    ],
)
def test_the_length_is_read_in_months(text, months):
    assert parse_terms(text).term_months == months


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("until 31.03.21", "2021-03-31"),
        ("until March 2022", "2022-03-31"),
        ("until the end of June 2021", "2021-06-30"),
        ("until End 2022", "2022-12-31"),
        ("from November 2020 to September 2021", "2021-09-30"),
        ("1 September 2026 - 31 August 2027", "2027-08-31"),
        ("tan 31 Mawrth 2027", "2027-03-31"),
        ("until mid-May 2021", None),
        ("until 31 March", None),
    ],
)
def test_the_last_day_is_read_with_its_year(text, day):
    assert parse_terms(text).ends_on == day


@pytest.mark.parametrize(
    ("text", "share"),
    [("0.6 WTE", 0.6), ("2 x 1.0wte", 1), ("FTE: 0.5", 0.5), ("FTE £30,000", None)],
)
def test_the_share_of_a_whole_post_is_read(text, share):
    assert parse_terms(text).fte == share


def _stage(title: str = "Officer", description: str | None = None, **fields: str) -> Advert:
    raw = RawAdvert(external_id="1", url="", **fields)
    return TermsStage().process_item(Advert(raw=raw, title=title, description_text=description))


def test_the_stage_joins_its_fields():
    advert = _stage(contract="Fixed Term, 12 months", pattern="Part time", hours="18.50")
    assert advert.contract_type is ContractType.FIXED_TERM
    assert advert.working_pattern == (WorkingPattern.PART_TIME,)
    assert (advert.hours_per_week, advert.term_months) == (18.5, 12)


@pytest.mark.parametrize(("hours", "read"), [("37:30", 37.5), ("37", 37), ("1924", None)])
def test_a_bare_number_is_hours_a_week(hours, read):
    assert _stage(hours=hours).hours_per_week == read


def test_the_title_helps_only_where_a_field_is_silent():
    advert = _stage("Planner (Part Time, Fixed Term)", contract="Permanent")
    assert advert.contract_type is ContractType.PERMANENT
    assert advert.working_pattern == (WorkingPattern.PART_TIME,)


def test_the_description_comes_last():
    text = "We work with casual staff.\nThis is a permanent, full time post of 37 hours per week."
    advert = _stage("Planner", text)
    assert advert.contract_type is ContractType.PERMANENT
    assert advert.working_pattern == (WorkingPattern.FULL_TIME,)
    assert advert.hours_per_week == 37


def test_a_mixed_field_is_not_settled_by_the_description():
    advert = _stage("Planner", "This is a permanent post.", contract="Permanent or temporary")
    assert advert.contract_type is None
    assert [flag.name for flag in advert.flags] == ["contract_mixed"]


def test_other_peoples_contracts_in_the_description_are_not_the_posts():
    advert = _stage("Planner", "The role is to lead casual staff and volunteers.")
    assert advert.contract_type is None


def test_labelled_terms_are_read(shared: Path):
    where = shared / "gold" / "score_terms.py"
    spec = importlib.util.spec_from_file_location("score_terms", where)
    assert spec is not None
    assert spec.loader is not None
    score = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)
    lines = (shared / "gold" / "terms.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    for field in score.FIELDS:
        verdicts = [
            score.verdict(
                field,
                score.value(row, field),
                score.value(parse_terms(row["raw"]).record(), field),
            )
            for row in rows
        ]
        assert verdicts.count("right") / len(rows) >= 0.97, field
        assert verdicts.count("wrong") / len(rows) <= 0.01, field
