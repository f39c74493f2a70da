"""Pay is read as stated, and nothing that is no pay is taken for it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pipelines.advert import Advert, Basis, Flag, Period
from pipelines.salary import Salary, SalaryStage, Supplement, annual_equivalent, parse_salary
from scrapers.items import RawAdvert

GOLD = Path(__file__).resolve().parents[3] / "shared" / "gold" / "salary.jsonl"

NO_PAY = """
Competitive
Competitive salary
Negotiable
See job description
To be confirmed
Depending on experience
National Minimum Wage
Apprentice rate
£500 welcome payment
£1,000 golden hello
£1,500 car allowance
Up to £8,000 relocation package
Relocation assistance worth £8,000
Manage a budget of £2 million
Responsible for a budget of £45,000
Budget responsibility of £250,000
£5m programme
£30 million capital programme
£2.5m turnover
A portfolio worth £300,000
With savings of £120,000
Grants of up to £50,000
£150 voucher
£100 deposit
DBS check costs £40
OTE £45,000 - £55,000
Employer pension contribution worth £5,000
Pension contribution of 21%
14% shift allowance
45p per mile
Call 01234 567890
Tel: 020 7946 0000
Tel 01632 960123
5 GCSEs grade 4 or above
GCSE grade C or above in English and Maths
NVQ Level 2
Level 3 qualification
Ages 11 - 16
Aged 18 or over
15-20 children
37 hours per week
37 hours
18.5 hrs
39 weeks a year
28 days annual leave
12 months fixed term
0.6 FTE
FTE 0.5
9.00am - 5.00pm
8.30 - 16.30
Monday to Friday 9 - 5
Closing date 12/05/2026
Closing 12 May 2026
1 April 2026
2025/26
2025-2026
SCP 23-25
SCP 5
Points 5 to 6
NJC 6-11
Grade 5
Grade 5, SCP 12 - 17
Grade 7 or Grade 8
Scale 6
MPS/UPS
M1 - M6
L10 - L14
Leadership pay scale 14-18
Soulbury 14-17
NHS AfC Band 7
PO2
Job reference 24796
Post number 31537
Ref: 28598
Reference ABC12345
Room 101
B12 6QT
10,000 homes
Population of 250,000 residents
Serving 300,000 people
Caseload of 30
£
£ - £
£0
£0.00
£1.00
Up to £0.0000 per annum
£25,98
£25,9895
£259890000
€45,000
$60,000 per year
ten thousand pounds
""".strip().splitlines()


@pytest.mark.parametrize("text", NO_PAY)
def test_no_salary_is_invented(text: str) -> None:
    salary = parse_salary(text)
    assert (salary.minimum, salary.maximum, salary.period) == (None, None, None)
    assert (salary.actual_minimum, salary.actual_maximum) == (None, None)


READINGS: list[tuple[str, float | None, float | None, str]] = [
    # ranges, however they are typed
    ("£24,790 - £25,183", 24790, 25183, "year"),
    ("£24,790 – £25,183 per annum", 24790, 25183, "year"),
    ("£24790-£25183pa", 24790, 25183, "year"),
    ("£24,790.00 to £25,183.00 P.A.", 24790, 25183, "year"),
    ("Between £24,790 and £25,183", 24790, 25183, "year"),
    ("£24,790 p.a. - £25,183 p.a.", 24790, 25183, "year"),
    ("24,790.00 - 25,183.00", 24790, 25183, "year"),
    ("24790 - 25183 GBP Yearly", 24790, 25183, "year"),
    ("GBP 24,790 - 25,183", 24790, 25183, "year"),
    ("£24,790 - 25,183", 24790, 25183, "year"),
    ("£32,061 to £ 33,699 per annum + benefits", 32061, 33699, "year"),
    ("£65K-£70K", 65000, 70000, "year"),
    ("£30-35K per annum", 30000, 35000, "year"),
    ("£50-60,000", 50000, 60000, "year"),
    ("£24.313 - £28.785 p.a.", 24313, 28785, "year"),
    ("£47,181 - £50.269", 47181, 50269, "year"),
    ("£31, 537", 31537, 31537, "year"),
    ("£24 790 - £25 183", 24790, 25183, "year"),
    # one figure
    ("£53,730", 53730, 53730, "year"),
    ("FTE £25660", 25660, 25660, "year"),
    ("Circa £115,000 plus benefits", 115000, 115000, "year"),
    ("£60,000 negotiable", 60000, 60000, "year"),
    ("£24,000 from 1 April 2026", 24000, 24000, "year"),
    ("Working from home, £24,000 per annum", 24000, 24000, "year"),
    ("37 hours per week £24,790", 24790, 24790, "year"),
    ("Salary as at 1 April 2026: £24,790", 24790, 24790, "year"),
    ("£35,000 managing a budget of £5m", 35000, 35000, "year"),
    # open ends
    ("Up to £48,710", None, 48710, "year"),
    ("Maximum salary £25,183", None, 25183, "year"),
    ("From £35,000 per annum", 35000, None, "year"),
    ("Starting salary £35,000", 35000, None, "year"),
    ("£21632 starting salary", 21632, None, "year"),
    ("£40,000+", 40000, None, "year"),
    ("From £14.54 - £15.20 per hour", 14.54, 15.20, "hour"),
    ("£31,365 increasing to £32,391", 31365, 32391, "year"),
    ("£35,000 on appointment, increasing to £40,000", 35000, 40000, "year"),
    ("Commencing salary: £17,550 rising by annual increments to £19,461", 17550, 19461, "year"),
    # alternatives run from the lowest to the highest
    ("Grade 8 (£32,597 - £36,363) Grade 9 (£35,412 - £39,152)", 32597, 39152, "year"),
    ("£24,790 or £25,183 depending on qualifications", 24790, 25183, "year"),
    # periods
    ("£13.26", 13.26, 13.26, "hour"),
    ("£13.5000 per hour", 13.5, 13.5, "hour"),
    ("£12.855 per hour", 12.855, 12.855, "hour"),
    ("£13.65/hour - £14.03/hour", 13.65, 14.03, "hour"),
    ("£7.00 p/h", 7, 7, "hour"),
    ("Hourly Rate of Pay: £16.14 - £17.24", 16.14, 17.24, "hour"),
    ("£400-800 per day", 400, 800, "day"),
    ("£16.00 per 24 hours", 16, 16, "day"),
    ("£203.68 p/w", 203.68, 203.68, "week"),
    ("£2,150 - £2,300 pcm", 2150, 2300, "month"),
    ("£59.13 per night", 59.13, 59.13, "session"),
    ("£120 or £140 per session", 120, 140, "session"),
    ("You will be paid up to £283 per Local Governing Body Meeting", None, 283, "session"),
    ("£190 for a poll clerk", 190, 190, "fixed"),
    ("£144.00 - £148.34 per hour", 144, 148.34, "hour"),
    # the year counts before the hour, the week before the night, the session before its half
    ("£6.15 per hour £11,865.11 per annum", 11865.11, 11865.11, "year"),
    ("£24,404 (12.65 p.a. hour) - £25,183 (£13.05 p.a. hour)", 24404, 25183, "year"),
    ("£400 to £570.43 per week (£57.14 to £81.49 per night)", 400, 570.43, "week"),
    ("£180 per session, £90 per half session", 180, 180, "session"),
    # two rates
    ("£17.71 PAYE / £22.18 Umbrella", 17.71, 17.71, "hour"),
    ("PAYE £32.00 Umbrella £42.50", 32, 32, "hour"),
    ("£42.50 per hour umbrella / £32 PAYE", 32, 32, "hour"),
    ("£600 - £650 per day Umbrella", 600, 650, "day"),
    # extra pay and its total
    ("£38,626 plus market supplement £3,000 = £41,626", 38626, 38626, "year"),
    ("£11.44 - £12.60 per hour + overtime at £18", 11.44, 12.6, "hour"),
    ("£13.26 + pension and 26 days annual leave", 13.26, 13.26, "hour"),
    # Welsh
    ("Cyflog: £26,409 - £28,163 y flwyddyn", 26409, 28163, "year"),
    ("£32,115 hyd at £35,745", 32115, 35745, "year"),
    ("£13.69 yr awr", 13.69, 13.69, "hour"),
    # a sum that is part of the pay
    ("£57,000 including £3,000 London weighting", 57000, 57000, "year"),
]


@pytest.mark.parametrize(("text", "low", "high", "period"), READINGS)
def test_what_is_stated_is_read(
    text: str, low: float | None, high: float | None, period: str
) -> None:
    salary = parse_salary(text)
    assert (salary.minimum, salary.maximum) == (low, high)
    assert salary.period == Period(period)
    assert salary.currency == "GBP"
    assert salary.pro_rata is False
    assert salary.negotiable is False


FULL_AND_ACTUAL = [
    "£24,790 FTE, £10,500 actual",
    "£10,500 actual, £24,790 FTE",
    "£24,790 (FTE) £10,500 (Actual)",
    "£10,500 (FTE £24,790)",
    "FTE £24,790, Pro Rata £10,500",
    "FTE: £24,790 Actual: £10,500",
    "£24,790 pro rata - actual salary £10,500",
    "£24,790 per annum pro rata | £10,500 per annum",
    "£24,790.00 Annually (FTE) Actual annual salary £ 10,500.00",
    "£10,500.00 Annually (Actual) Grade 5 £24,790 FTE",
    "£24,790.00 Annually (FTE) £10,500",
    "£10,500.00 Annually (FTE) Grade 5 (£24,790pa FTE)",
    "Full Time Salary: £24,790 Actual Salary: £10,500.",
    "£10,500 (being pro-rata of £24,790)",
    "£24,790 (0.6 FTE: £10,500)",
    "£24,790 per annum (£10,500 for 15 hours per week)",
    "£24,790 p.a. pro rata i.e. £10,500 for 18.5 hours",
    "£12.85 p/h - £10,500 actual, £24,790 FTE",
    "Grade 4 £10,500 pro rata, per annum Full time equivalent salary: Grade 4 (FTE £24,790)",
]


@pytest.mark.parametrize("text", FULL_AND_ACTUAL)
def test_full_time_and_actual_pay_are_told_apart(text: str) -> None:
    salary = parse_salary(text)
    assert (salary.minimum, salary.maximum, salary.period) == (24790, 24790, Period.YEAR)
    assert (salary.actual_minimum, salary.actual_maximum) == (10500, 10500)
    assert salary.pro_rata


def test_an_actual_figure_alone_is_the_pay_and_the_actual_pay() -> None:
    salary = parse_salary("£12,684 actual salary")
    assert (salary.minimum, salary.actual_minimum, salary.pro_rata) == (12684, 12684, True)


def test_an_actual_start_has_no_upper_end() -> None:
    salary = parse_salary("£26,832 - £28,146 FTE. Actual Starting Salary Approx £20,164 per annum")
    assert (salary.minimum, salary.maximum) == (26832, 28146)
    assert (salary.actual_minimum, salary.actual_maximum) == (20164, None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("£26,000 pro rata", True),
        ("£26,000 pro-rated", True),
        ("£26,000 (Pro Rate)", True),
        ("£26,000, term time only", True),
        ("£26,000 TTO", True),
        ("£26,000 equated", True),
        ("£26,000 and annualised pay", True),
        ("£26,000.00 Annually (Actual)", True),
        ("£26,000 FTE", False),
        ("£26,000 full time equivalent", False),
        ("£26,000, 15 hours per week", False),
        ("£26,000 Annually (Actual) This role is a full time, full year role", False),
        ("£26,000 Part time / term time will be considered", False),
        ("£26,000 Full time or term time", False),
        ("£26,000 annualised hours", False),
        ("£26,000 (not pro rata)", False),
        ("£26,000 Contractual", False),
        ("£26,000 based on hours/working weeks", False),
    ],
)
def test_pro_rata(text: str, expected: bool) -> None:
    salary = parse_salary(text)
    assert (salary.pro_rata, salary.minimum) == (expected, 26000)


@pytest.mark.parametrize(
    ("text", "grade", "low", "high", "scale"),
    [
        ("Band E, SCP 18 - 25 (£31,537 - £36,363)", "Band E", 18, 25, None),
        ("NJC Scale 3, Points 5 to 6", "Scale 3", 5, 6, "NJC"),
        ("NJC Scale 4-6 £13.05 per hour", None, 4, 6, "NJC"),
        ("NJC07 £24,294.00 – NJC11 £25,979.00", None, 7, 11, "NJC"),
        ("6, SCP 14-19 Salary: £29,540", "Grade 6", 14, 19, None),
        ("4 (SCP 12 - 17)", "Grade 4", 12, 17, None),
        ("Garde 5", "Grade 5", None, None, None),
        ("P03 £45,000", "PO3", None, None, None),
        ("SO1 P23-25", "SO1", 23, 25, None),
        ("G5.12-15 £27,254", "G5", 12, 15, None),
        ("5.12 Support Scale", "Grade 5", 12, 12, None),
        ("H8/25 - H9/29", "H8 - H9", 25, 29, None),
        ("Band 6 – S25 to S28", "Band 6", 25, 28, None),
        ("Grade D. Range 8 to 12", "Grade D", 8, 12, None),
        ("Grade 7 or Grade 8", "Grade 7/Grade 8", None, None, None),
        ("Grade 10 Levels 1 - 4 (£45,045 - £50,853)", "Grade 10", None, None, None),
        ("Kirklees Grade 5", "Grade 5", None, None, None),
        ("salary grade - GAT 4, hours per week - 31", "Grade GAT 4", None, None, None),
        ("CSET 7. £37,562", "CSET 7", None, None, None),
        ("Bex18 to Bex20", "Bex18 to Bex20", None, None, None),
        ("Grade 5/6/7 £24,790", "Grade 5/6/7", None, None, None),
        ("GRADE 9 SCP 36 TO 40", "Grade 9", 36, 40, None),
        ("SO1-SO2", "SO1-SO2", None, None, None),
        ("£13.65/hour (CRB18)", "CRB18", None, None, None),
        ("MPS 3-6", "MPS 3-6", None, None, "Teachers"),
        ("M3 to UPS3", "M3 to UPS3", None, None, "Teachers"),
        ("Leadership L14-L18", "L14-L18", None, None, "Leadership"),
        ("Leadership pay scale 14-18", "Leadership 14-18", None, None, "Leadership"),
        ("Grade- Band 1 AFC", "Band 1", None, None, "NHS AfC"),
        ("Harmonised pay scale points 23-35", None, 23, 35, None),
        ("salary grade of £24,890", None, None, None, None),
        ("Apprenticeship Level 3 - £8 Per Hour", None, None, None, None),
        ("£350 per day inside IR35", None, None, None, None),
        ("Grade 6 - 37 hours per week", "Grade 6", None, None, None),
    ],
)
def test_grade_points_and_scale(
    text: str, grade: str | None, low: int | None, high: int | None, scale: str | None
) -> None:
    salary = parse_salary(text)
    assert (salary.grade, salary.scp_min, salary.scp_max) == (grade, low, high)
    assert salary.pay_scale == scale


@pytest.mark.parametrize(
    ("text", "extra"),
    [
        ("£30,000 plus £2,742 Distant Islands Allowance", Supplement(2742, 2742, Period.YEAR)),
        ("£30,000 + £2k recruitment bonus", Supplement(2000, 2000, Period.FIXED)),
        ("£30,000 per annum. SEN Allowance £1,538.71", Supplement(1538.71, 1538.71, Period.YEAR)),
        ("£30,000 (plus up to £5,000 bonus)", Supplement(None, 5000, Period.FIXED)),
        ("£12.71 per hour plus £1.53 holiday pay", Supplement(1.53, 1.53, Period.HOUR)),
        ("£30,000 plus £50 per sleep-in", Supplement(50, 50, Period.SESSION)),
        ("£30,000 plus 14% shift allowance", None),
        ("£30,000 plus benefits and pension", None),
        ("£30,000 + relocation up to £8,000", None),
        ("£30,000 including London weighting", None),
    ],
)
def test_extra_pay_is_kept_apart(text: str, extra: Supplement | None) -> None:
    salary = parse_salary(text)
    assert salary.supplement == extra
    assert salary.minimum in (30000, 12.71)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Competitive Salary", True),
        ("Salary depending on experience", True),
        ("See job description", True),
        ("Cystadleuol", True),
        ("Grade 5", False),
        ("Grade 5/6 depending on experience", False),
        ("National Minimum Wage", False),
        ("£54,000 Negotiable", False),
    ],
)
def test_negotiable(text: str, expected: bool) -> None:
    assert parse_salary(text).negotiable is expected


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        ("£53,730", "salary_period_assumed"),
        ("£150.00", "salary_period_unknown"),
        ("£25,98 per annum", "salary_unread"),
        ("£60,000, £10,000", "salary_unread"),
        ("Our team of 24,796", "salary_unread"),
        ("£24,790 or £25,183", "salary_alternatives"),
        ("£24,796 per hour", "salary_implausible"),
        ("word " * 2000 + "£24,796", "salary_text_cut"),
    ],
)
def test_doubts_are_flagged(text: str, flag: str) -> None:
    assert flag in [each.name for each in parse_salary(text).flags]


def test_a_plain_reading_has_no_flags() -> None:
    assert parse_salary("Grade 5, £24,790 - £25,183 per annum").flags == ()


def test_sums_too_far_apart_are_left_empty() -> None:
    assert parse_salary("£60,000, £10,000").minimum is None


def test_every_figure_is_explained_in_its_order() -> None:
    text = "Grade 5 SCP 7-9 £24,790 - £25,183 FTE, 37 hours, £10,500 actual, budget of £2m"
    means = [each.means for each in parse_salary(text).evidence]
    assert means == [
        "grade",
        "scale points",
        "salary",
        "left out: a duration or a count",
        "actual salary",
        "left out: too large for pay",
    ]


def test_evidence_does_not_count_in_comparisons() -> None:
    assert parse_salary("£24,790 per annum") == parse_salary("£24,790.00  a year")


def test_the_jobs_section_example() -> None:
    rows = {
        "£68,709 - £71,218": (68709, 71218, Period.YEAR, False),
        "£30,874 - £37,188 per annum": (30874, 37188, Period.YEAR, False),
        "£400-800 per day": (400, 800, Period.DAY, False),
        "£30,507 - £33,799": (30507, 33799, Period.YEAR, False),
        "Competitive Salary": (None, None, None, True),
    }
    for text, expected in rows.items():
        read = parse_salary(text)
        assert (read.minimum, read.maximum, read.period, read.negotiable) == expected


# -- annual equivalents


@pytest.mark.parametrize(
    ("text", "hours", "london", "expected"),
    [
        ("£13.26 per hour", None, False, round(13.26 * 52.143 * 37, 2)),
        ("£13.26 per hour", None, True, round(13.26 * 52.143 * 36, 2)),
        ("£13.26 per hour", 35.0, False, round(13.26 * 52.143 * 35, 2)),
        ("£13.26 per hour", 15.0, False, round(13.26 * 52.143 * 37, 2)),
        ("£13.26 per hour", 48.0, False, round(13.26 * 52.143 * 37, 2)),
        ("£500 per week", None, False, round(500 * 52.143, 2)),
        ("£2,000 per month", 15.0, False, 24000.0),
        ("£24,790 per annum", 15.0, True, 24790.0),
        ("£500 per day", 37.0, False, None),
        ("£60 per session", 37.0, False, None),
        ("£190 for a poll clerk", None, False, None),
        ("Competitive", None, False, None),
    ],
)
def test_annual_equivalent(
    text: str, hours: float | None, london: bool, expected: float | None
) -> None:
    assert annual_equivalent(parse_salary(text), hours, london) == (expected, expected)


def test_an_open_end_stays_open() -> None:
    assert annual_equivalent(parse_salary("Up to £10.00 per hour"), None) == (None, 19292.91)


# -- the stage


def _advert(**published: Any) -> Advert:
    description = published.pop("description_text", None)
    fields = {
        name: published.pop(name) for name in ("council", "hours_per_week") if name in published
    }
    raw = RawAdvert(external_id="1", url="https://jobs.example.gov.uk/1", **published)
    return SalaryStage().process_item(Advert(raw=raw, description_text=description, **fields))


def test_the_stage_fills_the_pay_fields() -> None:
    advert = _advert(salary="Grade 5 SCP 7 £13.00 per hour", council="E09000012")
    assert (advert.salary_min, advert.salary_max) == (13.0, 13.0)
    assert (advert.salary_period, advert.salary_currency) == (Period.HOUR, "GBP")
    assert advert.salary_annual_min == round(13 * 52.143 * 36, 2)
    assert (advert.grade, advert.scp_min, advert.pro_rata) == ("Grade 5", 7, False)
    assert (advert.salary_basis, advert.salary_negotiable) == (Basis.STATED, False)
    assert advert.flags == []


def test_an_unknown_council_is_outside_london() -> None:
    for council in (None, "", "X99999999", "W06000022"):
        advert = _advert(salary="£13.00 per hour", council=council)
        assert advert.salary_annual_min == round(13 * 52.143 * 37, 2)


@pytest.mark.parametrize(
    ("grade", "expected"),
    [
        ("Grade 6", "Grade 6"),
        ("6", "Grade 6"),
        ("Band C SCP 7", "Band C"),
        ("Lecturer", "Lecturer"),
    ],
)
def test_the_grade_field_fills_in_for_the_salary(grade: str, expected: str) -> None:
    assert _advert(salary="£24,790", grade=grade).grade == expected


def test_a_grade_in_the_salary_comes_first() -> None:
    assert _advert(salary="Grade 5 £24,790", grade="Grade 6").grade == "Grade 5"


def test_no_money_is_read_from_the_grade_field() -> None:
    assert _advert(salary=None, grade="£24,790").salary_min is None


def test_a_salary_line_of_the_description_stands_in_for_a_missing_salary() -> None:
    text = "About us\nBudget: £45,000\nSalary: £24,790 - £25,183 per annum\nHours: 37"
    advert = _advert(salary=None, description_text=text)
    assert (advert.salary_min, advert.salary_max) == (24790, 25183)


def test_the_description_never_overrules_the_salary_field() -> None:
    advert = _advert(salary="Competitive", description_text="Salary: £24,790")
    assert (advert.salary_min, advert.salary_negotiable) == (None, True)


def test_an_advert_that_says_nothing_of_pay_has_no_pay() -> None:
    advert = _advert(salary=None, description_text="We manage £24,790 of grants")
    assert (advert.salary_min, advert.pro_rata, advert.salary_negotiable) == (None, None, None)
    assert advert.salary_basis == Basis.NONE
    assert advert.flags == []


def test_doubts_reach_the_advert() -> None:
    assert Flag("salary_unread", "£25,98") in _advert(salary="£25,98").flags


# -- the labelled salaries


def _same(stated: Any, read: Any) -> bool:
    """Equal as the labelled salaries count it: pounds may differ in pence from 1,000 up."""
    if isinstance(stated, float) and isinstance(read, int | float):
        return abs(stated - read) <= (1.0 if stated >= 1000 else 0.0051)
    return bool(stated == read)


def test_the_labelled_salaries_are_read_no_worse_than_before() -> None:
    if not GOLD.is_file():
        pytest.skip("the labelled salaries are not beside this checkout")
    rows = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]
    read = [(row, parse_salary(row["raw"]).record()) for row in rows]
    names = ("min", "max", "period", "pro_rata")
    right = sum(all(_same(row[name], got[name]) for name in names) for row, got in read)
    given = [(row[name], got[name]) for row, got in read for name in names[:2] if got[name]]
    wrong = sum(not _same(stated, value) for stated, value in given)
    assert right / len(rows) >= 0.995
    assert wrong / len(given) <= 0.005
    for name in ("actual_min", "actual_max", "scp_min", "scp_max", "pay_scale", "supplement"):
        assert sum(_same(row[name], got[name]) for row, got in read) / len(rows) >= 0.99, name


def test_nothing_read_is_an_empty_salary() -> None:
    assert parse_salary("") == Salary()
