"""Figures that are no pay: never a salary, each explained for what it is, or flagged."""

from __future__ import annotations

import pytest

from pipelines.salary import parse_salary

NO_PAY = """
Competitive salary and benefits package
Competitive, dependent on experience
Attractive package
Salary negotiable
Bonus of up to £2,000
£500 referral bonus
£1,000 retention payment
£750 joining bonus
Up to £3,000 golden hello
Car allowance £1,239 per annum
£3,500 London weighting
First aid allowance of £200
£2m budget
£1.2bn investment programme
£45 million regeneration project
Managing a £750,000 budget
a £50,000 project
£120,000 grant
£30,000 grant funding
£50,000 annual budget
budget of approximately £300,000
budgets up to £100,000
Responsible for budgets in excess of £250,000
Contract value £85,000
Contracts worth up to £181,302
Turnover: £450,000
£8,000 relocation
relocation expenses of up to £10,000
£40 DBS check
DBS costs £49.50
Employee discounts worth £1,500
Save up to £1,000 a year with our discounts
Cycle to work scheme up to £3,000
Life assurance worth £50,000
Death in service 3x salary
45p per mile mileage
£0.45 per mile
25p a mile
Training worth £9,000
£9,000 bursary
£5,000 tuition fees
Parking £30 per month
£2.50 lunch vouchers
£100 wellbeing voucher
£60 towards eye tests
Phone 020 7946 0000
+44 20 7946 0000
01632 960 123
0300 123 4567
5 GCSEs at grade C or above
5 GCSEs A*-C
GCSE grades 9-4
Level 2 qualification in English
NVQ 3
A degree and 3 years' experience
minimum 2 years experience
37 hours
37 hours per week
37hpw
0.5 WTE
1.0 FTE
2 x 0.5 FTE
22.5 hours over 3 days
39 weeks per year
52 weeks
5 days
30 days annual leave
26 days holiday plus 8 bank holidays
12 month contract
6-12 months
Fixed term until 31/03/2027
31 March 2027
2026-12-01
Closing date: 23:59 on 12 May
Interviews 24 & 25 June
8.30am - 4.30pm
16:30
24/7
9-5
1:30 ratio
1:1 support
Ages 3-11
16-18 year olds
over 18
KS1/KS2
Year 6
Years 3 and 4
Room 12
SW1A 1AA
LS1 4AP
EC1V 9BD
job id 20481
Ref: CYP/2024/118
REF 45000
Reference number: 38250
Vacancy ID: 30000
JR-00012345
Post no. 24796
population of 320,000
320,000 residents
12,500 council homes
over 40,000 customers a year
a team of 12
60 beds
450 pupils on roll
100% remote
14% employer contribution
21.3% pension
up to 20% shift allowance
3.2% pay award pending
IR35
ISO 9001
Scale 5
Grade 10
Band 6
PO4
SCP 30-33
M6
30,000 steps
25,000 miles
25,000 hectares
1,500 staff
2,400 employees
£
£££
£0.00
£TBC
£ Competitive
£ per annum
£x per hour
""".strip().splitlines()


@pytest.mark.parametrize("text", NO_PAY)
def test_no_salary_is_invented(text: str) -> None:
    salary = parse_salary(text)
    assert (salary.minimum, salary.maximum, salary.period) == (None, None, None)
    assert (salary.actual_minimum, salary.actual_maximum) == (None, None)
    assert not salary.pro_rata


@pytest.mark.parametrize("text", NO_PAY)
def test_beside_a_salary_they_change_nothing(text: str) -> None:
    read = parse_salary(f"£31,586 per annum. {text}")
    assert (read.minimum, read.maximum, read.period) == (31586, 31586, "year")


@pytest.mark.parametrize(
    ("text", "words", "means"),
    [
        ("£30,000 for 37 hours", "37 hours", "a duration or a count"),
        ("£30,000, hours per week - 31", "hours per week - 31", "hours or weeks"),
        ("£30,000 0.6 FTE", "0.6 FTE", "a share of full time"),
        ("£30,000 closing 12/05/2026", "12/05/2026", "a date"),
        ("£30,000 from April 2026", "April 2026", "a date"),
        ("£30,000 (2026 award pending)", "2026", "a year"),
        ("£30,000 call 01632 960123", "01632 960123", "a phone number"),
        ("£30,000, B12 6QT", "B12 6QT", "a post code"),
        ("£30,000 8.30am", "8.30am", "a time of day"),
        ("£30,000, 1:30 ratio", "1:30", "a time of day"),
        ("£30,000, 2 x part time", "2 x", "a ratio"),
        ("£30,000, ages 11-16", "ages 11-16", "an age"),
        ("£30,000 Ref: CYP/2024/118", "Ref: CYP/2024/118", "a reference"),
        ("£30,000 Job no 45000", "Job no 45000", "a reference"),
        ("£30,000 inside IR35", "IR35", "a tax rule"),
        ("£30,000, KS2", "KS2", "a step of school, study or time"),
        ("£30,000, 14% pension", "14%", "a percentage"),
        ("£30,000 or €45,000", "€45,000", "another currency"),
        ("£30,000 and a £2m budget", "£2m", "too large for pay"),
        ("£30,000 plus relocation up to £8,000", "£8,000", "relocation"),
        ("£17.71 PAYE / £22.18 Umbrella", "£22.18", "an umbrella company's rate"),
        ("£30,000 including £500 allowance", "£500", "part of the pay"),
    ],
)
def test_a_figure_is_explained(text: str, words: str, means: str) -> None:
    assert (words, f"left out: {means}") in parse_salary(text).evidence


@pytest.mark.parametrize("text", ["£30,000 zone 3 7", "a team of 12", "£30,000, 8888 things"])
def test_a_figure_that_nothing_explains_is_flagged(text: str) -> None:
    assert "salary_figure_unplaced" in [flag.name for flag in parse_salary(text).flags]


@pytest.mark.parametrize(
    "text",
    [
        "Project Officer up to £30,000 per annum",
        "£30,000 Contract type: Permanent",
        "£30,000 fixed term contract",
        "£30,000 Pension: LGPS",
        "£30,000 Project Manager",
        "£30,000 generous pension",
        "Programme Manager, salary up to £30,000",
        "£30,000 Job ref 98765",
        "£30,000 Call 01632 960123",
    ],
)
def test_a_noun_that_names_a_job_or_a_heading_leaves_the_pay_alone(text: str) -> None:
    assert parse_salary(text).maximum == 30000
