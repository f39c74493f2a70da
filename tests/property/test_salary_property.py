"""Whatever the text: no error, quick, consistent, and every figure of it explained."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.advert import Evidence
from pipelines.pay_grade import read_grade
from pipelines.pay_words import plain, tokens
from pipelines.salary import UNPLACED, annual_equivalent, parse_salary

WORDS = [
    *("£", "-", "to", "and", "(", ")", ",", ".", "/", "|", ":", "+", "%", "plus"),
    *("per annum", "hour", "week", "p.a.", "pa", "y flwyddyn", "half session", "Annually"),
    *("FTE", "actual", "pro rata", "term time only", "(Actual)", "(FTE)", "1.0", "0.6 FTE"),
    *("Grade", "Band", "Scale", "SCP", "NJC", "SO1", "L14", "5", "12", "37 hours", "2026", "k"),
    *("24,790", "£24,790", "£25,183", "£13.26", "£5m", "£0", "12/05/2026", "hyd at", "up to"),
    *("from", "starting salary", "allowance", "bonus", "budget of", "umbrella", "rising by"),
    *("01632 960123", "B12 6QT", "Ref: AB/123", "aged 16-18", "1:30", "KS2", "Level 3", "Year 1"),
    *("April 2026", "24/7", "2 x", "hours per week - 31", "OTE", "&pound;", "x", "Q1", "&#163;"),
]
texts = st.one_of(
    st.text(max_size=200),
    st.text(alphabet="£0123456789.,-/() kmKpafteNJCSP", max_size=80),
    st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join),
    st.lists(st.sampled_from(WORDS), max_size=40).map("".join),
)
pounds = st.integers(min_value=10_000, max_value=140_000)
SETTINGS = settings(max_examples=100, deadline=None)


@SETTINGS
@given(texts)
def test_any_text_is_read_without_an_error(text: str) -> None:
    salary = parse_salary(text)
    assert set(salary.record()) == set(parse_salary("").record())
    assert parse_salary(text) == salary
    annual_equivalent(salary, 37.0)


@SETTINGS
@given(texts)
def test_a_reading_agrees_with_itself(text: str) -> None:
    salary = parse_salary(text)
    for low, high in (
        (salary.minimum, salary.maximum),
        (salary.actual_minimum, salary.actual_maximum),
        (salary.scp_min, salary.scp_max),
    ):
        assert low is None or low > 0
        assert low is None or high is None or low <= high
    stated = salary.minimum is not None or salary.maximum is not None
    assert stated or (salary.period is None and salary.actual_minimum is None)
    assert not (stated and salary.negotiable)
    assert stated <= (salary.currency == "GBP")


@SETTINGS
@given(texts)
def test_every_digit_is_explained(text: str) -> None:
    salary = parse_salary(text)
    assert _unexplained(plain(text), salary.evidence) == []
    names = {flag.name for flag in salary.flags}
    if any(means.endswith(UNPLACED) for _, means in salary.evidence):
        assert names & {"salary_unread", "salary_figure_unplaced"}


def _unexplained(text: str, evidence: tuple[Evidence, ...]) -> list[str]:
    """Runs of digits that no words of the evidence, found one after the other, hold."""
    holes, start, end = list(text), 0, 0
    for words, _ in evidence:
        following = text.find(words, end)
        start = following if following >= 0 else text.index(words, start)
        end = max(end, start + len(words))
        holes[start : start + len(words)] = " " * len(words)
    return re.findall("[0-9]+", "".join(holes))


@SETTINGS
@given(texts)
def test_only_figures_of_the_text_are_given(text: str) -> None:
    salary = parse_salary(text)
    digits = re.sub("[^0-9]", "", plain(text))
    for value in (salary.minimum, salary.maximum, salary.actual_minimum):
        if value is not None:
            assert f"{value:f}".replace(".", "").strip("0") in digits


@SETTINGS
@given(
    pounds,
    st.integers(min_value=1, max_value=9_000),
    st.sampled_from([" - ", "-", " – ", " to ", " -", "- ", " — "]),
    st.sampled_from(["£{:,}", "£{}", "£ {:,}", "£{:,}.00", "GBP {:,}"]),
    st.sampled_from(["", " per annum", " p.a.", "pa", " a year", " y flwyddyn", " Per Annum"]),
    st.sampled_from(["", "Grade 5 ", "Salary: ", "Grade 7 (SCP 20 - 24) ", "37 hours, "]),
)
def test_a_range_is_read_however_it_is_typed(
    low: int, step: int, joiner: str, figure: str, period: str, before: str
) -> None:
    text = f"{before}{figure.format(low)}{joiner}{figure.format(low + step)}{period}"
    salary = parse_salary(text)
    assert (salary.minimum, salary.maximum, salary.period) == (low, low + step, "year")


@SETTINGS
@given(
    pounds,
    st.floats(min_value=0.2, max_value=0.9),
    st.sampled_from(
        [
            "£{full:,} FTE, £{part:,} actual",
            "£{part:,} actual (£{full:,} FTE)",
            "FTE £{full:,} Actual £{part:,}",
            "Actual salary: £{part:,}. Full time equivalent: £{full:,}",
            "£{full:,} pro rata, actual salary £{part:,} per annum",
            "£{full:,}.00 Annually (FTE) Actual Salary £{part:,}",
            "£{part:,}.00 Annually (Actual) Grade 4 £{full:,} FTE",
            "£{full:,} per annum (pro rata £{part:,} per annum)",
        ]
    ),
)
def test_full_and_actual_pay_keep_their_places(full: int, share: float, form: str) -> None:
    part = max(1500, round(full * share))
    salary = parse_salary(form.format(full=full, part=part))
    assert (salary.minimum, salary.actual_minimum, salary.pro_rata) == (full, part, True)


HOSTILE = [
    "£1 ", "1,", "7", "£", " ", "per ", "(", "1.", "£25,000 - ", "£1,", "SCP", "Grade 5 ", "AB1 ",
    "L1-", "pro rata ", "rising by annual ", "per aa aa aa ", "1/1/", "up to ", "half ", "\n",
    "£25,000 - £26,000 per annum pro rata (actual £10,000), ",
]  # fmt: skip


@pytest.mark.parametrize("unit", HOSTILE)
def test_a_long_hostile_text_is_read_quickly(unit: str) -> None:
    text = (unit * (100_000 // len(unit) + 1))[:100_000]
    start = time.process_time()
    parse_salary(text)
    assert time.process_time() - start < 1


@pytest.mark.parametrize("unit", HOSTILE)
def test_the_grammar_alone_takes_time_in_proportion(unit: str) -> None:
    text = plain((unit * (20_000 // len(unit) + 1))[:20_000])
    start = time.process_time()
    assert sum(1 for _ in tokens(text)) <= len(text)
    read_grade(text[:5_000])
    assert time.process_time() - start < 1


@pytest.mark.parametrize(
    "unit", [*HOSTILE, "&", "&pound;", "Ref: a/", "Grade 5 (", "SCP - ", "x 1"]
)
def test_100_000_characters_take_less_than_50_milliseconds(unit: str) -> None:
    text = (unit * (100_000 // len(unit) + 1))[:100_000]
    spent: list[float] = []
    for _ in range(3):
        start = time.process_time()
        parse_salary(text + str(len(spent)))
        spent.append(time.process_time() - start)
    assert min(spent) < 0.05
