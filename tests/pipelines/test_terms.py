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
        "1924 hours per annum",
        "148 hours per 4 weeks",
        "6 hours per day",
        "52-week contract",
        "52 weeks per year",
        "52.14 weeks",
        "26 weeks",
        "6 months probation",
        "3 months notice",
        "minimum 6 months",
        "one academic year",
        "no evening or weekend working",
        "No job share",
        "Not suitable for part time working",
        "75% of full time",
        "0.6 of full time",
        "Full time equivalent 37 hours",
        "Full time is 37 hours",
        "12h30",
        "non-permanent",
        "This is not a fixed-term contract",
        "Permanent residence",
        "Permanent exclusion",
        "Maternity benefits",
        "Apprenticeships Officer",
        "Oxford Health NHS FT, Oxford",
        "Preston, PR5 6AW",
        "Edgbaston, B16 9HR",
        "12T, SW1H 9AJ",
        "SP 22-25 Hourly Rate",
        "£16.00 per 24 hours",
        "rising after 12 months",
        "on completion of four years’ service",
        "£25,185 full time/full year equivalent",
        "10 ft, 12 pt",
        "Flexibility is required",
        "Voluntary sector liaison",
        "Volunteer Manager",
        "Contract",
    ],
)
def test_nothing_is_invented(text):
    assert parse_terms(text) == Terms()


@pytest.mark.parametrize(
    "text",
    [
        "Permanent or temporary",
        "Permanent/Temporary",
        "permanent or bank",
        "Permanent, fixed term",
        "1 permanent and 1 fixed term",
        "Permanent or secondment",
    ],
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
        ("Temp to perm", "temporary"),
        ("12 month mat cover", "temporary"),
        ("Paternity cover", "temporary"),
        ("to cover a period of maternity leave", "temporary"),
        ("Cyflenwi cyfnod mamolaeth", "temporary"),
        ("Dros dro", "temporary"),
        ("Cyfnod penodol", "fixed_term"),
        ("Achlysurol", "casual"),
        ("Secondiad", "secondment"),
        ("FTC 12 months mat cover", "fixed_term"),
        ("Casual/Zero hours", "zero_hours"),
        ("Bank contract, no guaranteed hours", "casual"),
        ("Temporary, not permanent", "temporary"),
        ("16 week contract", "fixed_term"),
        ("F/T Perm", "permanent"),
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
        ("Rhan-amser", ["part_time"]),
        ("18.5 awr, yn ystod y tymor yn unig", ["term_time"]),
        ("Amser tymor yn unig", ["term_time"]),
        ("weeks per year - 39", ["term_time"]),
        ("permanent, 40-week basis", ["term_time"]),
        ("Perm, FT, 37hrs", ["full_time"]),
        ("Officer (PT)", ["part_time"]),
        ("Part/full-time", ["full_time", "part_time"]),
        ("full-time hours in 4 days", ["full_time", "compressed"]),
        ("Rota'd shifts incl. weekends", ["shifts"]),
        ("24 hour rota", ["shifts"]),
        (
            "Part time, term time only, job share considered",
            ["part_time", "term_time", "job_share"],
        ),
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
        ("37hpw", 37, None),
        ("22.5hrs/wk", 22.5, None),
        ("37:30 hours per week", 37.5, None),
        ("Hours (per week): 37", 37, None),
        ("Hours: Part Time - 22.5", 22.5, None),
        ("0.8 FTE (29.6 hours)", 29.6, None),
        ("Full time is 37 hours, this post is 20 hours", 20, None),
        ("Mon-Fri 9-5 (37 hours)", 37, None),
        ("15 hours over 5 days", 15, None),
        ("18.5 - 37 hours", 37, 18.5),
        ("between 16 and 24 hours per week", 24, 16),
        ("Either 37 hours or 30 hours per week", 37, 30),
        ("20 hours and 5 days per week", 20, None),
        ("3 hours and 20 minutes per week", 3.33, None),
        ("Band 3 25 hours", 25, None),
        ("NJC 6-11, 37 hours", 37, None),
        ("20 hours at £12.21 per hour", 20, None),
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
        ("between 6 and 12 months", 12),
        ("temporary for one year in the first instance", 12),
        ("Dros dro am 12 mis", 12),
        ("cyfnod penodol o 2 flynedd", 24),
        ("Fixed term 52 weeks", 12),
        ("18-month", 18),
        ("temporary, 26 weeks", 6),
        ("18 mths fixed term", 18),
        ("for 39 weeks of the year", None),
        ("the last 3 years", None),
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
        ("fixed term - end 31.3.27", "2027-03-31"),
        ("Fixed term to 31st August '26", "2026-08-31"),
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


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("Plan.\nYou earn £12.50 an hour! Hours per week: 22.5. Lunch is free.", 22.5),
        ("The post is one of 37.5 hours per week. The team works 24 hours a day.", 37.5),
        ("We are open for 40 hours? THIS POST IS 20 HOURS PER WEEK", 20),
        ("Our offices are open 40 hours.\nPlan well.", None),
    ],
)
def test_the_sentence_about_the_post_is_read_whole(text, hours):
    assert _stage("Planner", text).hours_per_week == hours


def test_a_length_of_another_contract_than_the_posts_is_not_its_length():
    told = "This post is temporary for 6 months."
    assert _stage(description=told, contract="Permanent").term_months is None
    assert _stage(description=told, contract="Temporary").term_months == 6
