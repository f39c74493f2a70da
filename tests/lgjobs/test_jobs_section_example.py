"""The five adverts of a real jobs section, put through the whole chain.

They stood beside an article on a local-government news site; their facts (title, employer,
salary, place) are carried over here, the sentences between are ours.
"""

from typing import Any

import pytest

from lgjobs.chain import read_through
from lgjobs.exports.section import section_html
from lgjobs.store.queries import Filter, select_adverts
from pipelines.advert import Advert
from scrapers.items import RawAdvert
from tests.conftest import Crawls

POSTED = "2020-06-01"

ADVERTS = {
    "cumbria": {
        "title": "Senior Manager – Older Adults – Residential Care",
        "employer": "Cumbria County Council",
        "salary": "£68,709 - £71,218",
        "summary": "Lead residential care for older people across the county.",
        "location": "Carlisle, Cumbria",
    },
    "buckinghamshire": {
        "title": "Education, Health and Care (EHC) Co-ordinators",
        "employer": "Buckinghamshire Council",
        "salary": "£30,874 - £37,188 per annum",
        "summary": "Work with families on plans for children with special needs.",
        "location": "England, Buckinghamshire, Aylesbury",
    },
    "tile hill": {
        "title": "Interim Head of Housing and Regulatory Services",
        "employer": "Tile Hill",
        "salary": "£400-800 per day",
        "summary": "An award-winning council seeks an interim leader.",
        "location": "North West",
    },
    "newport": {
        "title": "Senior Technical Officer",
        "employer": "Newport City Council",
        "salary": "£30,507 - £33,799",
        "summary": "Join the Highways team to look after the city's roads.",
        "location": "Newport (Casnewydd)",
    },
    "wigan": {
        "title": ("Assistant Director – Digital & Information and Communications Technology (ICT)"),
        "employer": "Wigan Council",
        "salary": "Competitive Salary",
        "summary": "Set the direction of our digital services.",
        "location": "Wigan, Greater Manchester",
    },
}

READINGS: dict[str, dict[str, Any]] = {
    "cumbria": {
        "salary_min": 68709,
        "salary_max": 71218,
        "salary_period": "year",
        "salary_basis": "stated",
        "place": "Carlisle",
        "authority": "E07000028",
        "authority_successor": "E06000063",
        "region": "North West",
        "employer": "Cumbria County Council",
        "council": "E10000006",
        "recruiter": "Cumbria County Council",
        "sector": "adult_social_care",
    },
    "buckinghamshire": {
        "salary_min": 30874,
        "salary_max": 37188,
        "salary_period": "year",
        "salary_basis": "stated",
        "place": "Aylesbury",
        "authority": "E06000060",
        "authority_successor": None,
        "region": "South East",
        "employer": "Buckinghamshire Council",
        "council": "E06000060",
        "recruiter": "Buckinghamshire Council",
        "sector": "send",
    },
    "tile hill": {
        "salary_min": 400,
        "salary_max": 800,
        "salary_period": "day",
        "salary_basis": "stated",
        "salary_annual_min": None,
        "salary_annual_max": None,
        "place": None,
        "authority": None,
        "region": "North West",
        "employer": None,
        "council": None,
        "recruiter": "Tile Hill",
        "sector": "housing",
    },
    "newport": {
        "salary_min": 30507,
        "salary_max": 33799,
        "salary_period": "year",
        "salary_basis": "stated",
        "place": "Newport",
        "authority": "W06000022",
        "region": "Wales",
        "employer": "Newport City Council",
        "council": "W06000022",
        "recruiter": "Newport City Council",
        "sector": "highways_transport",
    },
    "wigan": {
        "salary_min": None,
        "salary_max": None,
        "salary_period": None,
        "salary_basis": "none",
        "salary_negotiable": True,
        "place": "Wigan",
        "authority": "E08000010",
        "region": "North West",
        "employer": "Wigan Council",
        "council": "E08000010",
        "recruiter": "Wigan Council",
        "sector": "ict_digital",
    },
}


def read(name: str) -> Advert:
    return read_through(
        RawAdvert(
            external_id=name,
            url=f"https://news.example/jobs/{name.replace(' ', '-')}",
            posted=POSTED,
            source_id="s",
            fetched_at="2020-06-02T06:00:00Z",
            **ADVERTS[name],
        )
    )


@pytest.mark.parametrize("name", READINGS)
def test_the_readings(name: str) -> None:
    advert = read(name)
    assert {field: getattr(advert, field) for field in READINGS[name]} == READINGS[name]


def test_the_abolished_council_has_its_successors(crawls: Crawls) -> None:
    crawls([read("cumbria")])
    row = next(crawls.db.query("SELECT * FROM councils WHERE gss_code = 'E10000006'"))
    assert row["name"] == "Cumbria County Council"
    assert row["valid_to"] == "2023-03-31"
    assert set(row["successors"].split("|")) == {"E06000063", "E06000064"}


def test_the_section(crawls: Crawls) -> None:
    crawls([read(name) for name in ADVERTS])
    html = section_html(select_adverts(crawls.db, Filter(), "2020-06-02T06:00:00Z"))
    headings = [line.split(">")[1].split("<")[0] for line in html.splitlines() if "<h2" in line]
    assert headings == [
        "ICT and digital jobs",
        "Highways and transport jobs",
        "Housing jobs",
        "Special educational needs and disability jobs",
        "Adult social care jobs",
    ]
    for expected in (
        "Education, Health and Care (EHC) Co-ordinators",
        "£30,874 - £37,188 per annum",
        "£400-800 per day",
        "Competitive Salary",
        "Newport",
        "Recruiter: Tile Hill",
    ):
        assert expected in html
    assert html.index("Senior Technical Officer") < html.index("Newport City Council")
