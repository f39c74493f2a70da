"""Doubts that need several fields, and the sound adverts that must raise none."""

from datetime import date
from typing import Any

import pytest

from pipelines.advert import Advert, ContractType, Flag, Period, WorkingPattern
from pipelines.quality import QualityStage, wage_floor
from scrapers.items import RawAdvert

SOUND: dict[str, Any] = {
    "title": "Planner",
    "employer": "Leeds City Council",
    "description_text": "Plan.",
    "posted_on": "2026-05-01",
    "closes_at": "2026-06-01T22:59:59Z",
}


def flags(**fields: Any) -> list[str]:
    raw = RawAdvert(external_id="1", url="", fetched_at="2026-05-02T06:00:00Z")
    advert = Advert(raw=raw, **{**SOUND, **fields})
    return [flag.name for flag in QualityStage().process_item(advert).flags]


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"salary_min": 25000.0, "salary_max": 27000.0, "salary_period": Period.YEAR},
        {"salary_min": 12.71, "salary_period": Period.HOUR},
        {"salary_min": 450.0, "salary_max": 700.0, "salary_period": Period.DAY},
        {"salary_min": 190.0, "salary_max": 190.0, "salary_period": Period.FIXED},
        {"salary_max": 390000.0, "salary_period": Period.YEAR},
        {
            "salary_min": 8.0,
            "salary_period": Period.HOUR,
            "contract_type": ContractType.APPRENTICESHIP,
        },
        {"title": "Apprentice Cook", "salary_min": 15434.0, "salary_period": Period.YEAR},
        {
            "salary_min": 12089.0,
            "salary_period": Period.YEAR,
            "working_pattern": (WorkingPattern.PART_TIME,),
        },
        {"salary_min": 12089.0, "salary_period": Period.YEAR, "hours_per_week": 16.0},
        {
            "salary_min": 18000.0,
            "salary_period": Period.YEAR,
            "hours_per_week": 37.0,
            "working_pattern": (WorkingPattern.TERM_TIME,),
        },
        {
            "posted_on": "2015-05-01",
            "closes_at": None,
            "salary_min": 6.5,
            "salary_period": Period.HOUR,
        },
        {"posted_on": None, "closes_at": "2026-06-01T22:59:59Z"},
    ],
)
def test_a_sound_advert_raises_no_doubt(fields):
    assert flags(**fields) == []


@pytest.mark.parametrize(
    ("fields", "doubt"),
    [
        ({"title": None}, "title_missing"),
        ({"description_text": None}, "no_description"),
        ({"employer": None}, "employer_missing"),
        ({"salary_min": 3.0, "salary_max": 2.0}, "salary_range_inverted"),
        ({"salary_annual_min": 30000.0, "salary_annual_max": 20000.0}, "salary_range_inverted"),
        ({"salary_max": 2_500_000.0, "salary_period": Period.YEAR}, "salary_implausible"),
        ({"salary_max": 30000.0, "salary_period": Period.HOUR}, "salary_implausible"),
        ({"salary_annual_max": 500_000.0}, "salary_implausible"),
        ({"salary_min": 0.0, "salary_max": 0.0}, "salary_implausible"),
        ({"salary_min": 12.70, "salary_period": Period.HOUR}, "salary_below_wage_floor"),
        ({"salary_max": 21000.0, "salary_period": Period.YEAR}, "salary_below_wage_floor"),
        (
            {"salary_min": 8000.0, "salary_period": Period.YEAR, "hours_per_week": 20.0},
            "salary_below_wage_floor",
        ),
        ({"closes_at": "2026-04-01T22:59:59Z"}, "closing_before_posting"),
        ({"closes_at": "2027-07-01T22:59:59Z"}, "closing_far_off"),
    ],
)
def test_what_cannot_be_right_is_flagged(fields, doubt):
    assert flags(**fields) == [doubt]


def test_the_floor_is_that_of_the_posting_day():
    pay = {"salary_min": 12.30, "salary_period": Period.HOUR, "closes_at": None}
    assert flags(**pay, posted_on="2026-03-31") == []
    assert flags(**pay, posted_on="2026-04-01") == ["salary_below_wage_floor"]


def test_a_doubt_already_raised_is_not_raised_again():
    raw = RawAdvert(external_id="1", url="")
    advert = Advert(raw=raw, **{**SOUND, "closes_at": "2026-04-01T22:59:59Z"})
    advert.flag("closing_before_posting", "in other words")
    assert QualityStage().process_item(advert).flags == [
        Flag("closing_before_posting", "in other words")
    ]


def test_no_value_is_changed():
    raw = RawAdvert(external_id="1", url="")
    advert = Advert(raw=raw, **SOUND, salary_min=3.0, salary_max=2.0)
    QualityStage().process_item(advert)
    assert (advert.salary_min, advert.salary_max) == (3.0, 2.0)


def test_there_is_no_floor_before_the_first():
    assert wage_floor(date(2016, 3, 31)) is None
    assert wage_floor(date(2016, 4, 1)) == 7.20
    assert wage_floor(None) is None
