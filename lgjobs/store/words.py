"""What the columns of the views mean where the tables' own words do not say it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from lgjobs.store.schema import COLUMNS

_NAMES: Final = {
    "council_name": "The employing council's name.",
    "sector_name": "The sector's name for people.",
    "authority_name": "Name of the council area of the place.",
}
_COUNTED: Final = "How many adverts were counted."
_QUARTILES: Final = {
    "jobs": "How many live jobs state pay by the year, or by what comes to it.",
    "lowest": "Lowest of all: pounds a year, full time.",
    "lower_quartile": "A quarter of the jobs pay no more: pounds a year, full time.",
    "median": "Half of the jobs pay no more: pounds a year, full time.",
    "upper_quartile": "Three quarters of the jobs pay no more: pounds a year, full time.",
    "highest": "Highest of all: pounds a year, full time.",
}
_WHEN: Final = "UTC, ISO 8601"

VIEW_COLUMNS: Final[dict[str, dict[str, str]]] = {
    "advert_search": {"description_text": "The description without markup."},
    "advert_list": _NAMES,
    "live_jobs": _NAMES,
    "closing_soon": _NAMES,
    "jobs_section": {
        "sector": "The sector's name for people.",
        "employer": "Who employs; where that is not said, the agency.",
        "salary": "Pay as published.",
        "place": "Settlement or district, else the place as published.",
    },
    "shared_jobs": {
        "advert": "The advert.",
        "leads": "1 for the advert that speaks for the job.",
        "job_closes_at": f"{_WHEN}: the latest deadline of the job's open adverts.",
    },
    "pay_by_region": _QUARTILES,
    "pay_by_sector": _QUARTILES,
    "vacancies_by_month": {"month": "Year and month: 2026-03.", "adverts": _COUNTED},
    "time_to_close": {
        "adverts": _COUNTED,
        "average_days": "Mean of the days from first seen to closed.",
    },
    "extended_deadlines": {
        "closed_before": f"{_WHEN}: the deadline before it was moved.",
        "closes_now": f"{_WHEN}: the deadline that it was moved to.",
    },
    "salary_changes": {
        "before": "Pounds per salary_period, before the change.",
        "after": "Pounds per salary_period, after it.",
    },
    "readvertised": {
        "advert": "The later advert.",
        "earlier_advert": "The closed advert of the same employer and title.",
        "earlier_first_seen": f"{_WHEN}: when the earlier advert was first seen.",
        "earlier_closed_at": f"{_WHEN}: when the earlier advert closed.",
    },
    "council_scorecard": {
        "adverts": "Adverts of the past 365 days.",
        "live": "Those of them that have not been closed.",
        "live_per_100000_residents": "The same for every 100,000 residents.",
        "percent_with_pay": "Share of the year's adverts that state pay in figures.",
        "percent_readvertised": "Share of the year's adverts whose title had been advertised"
        " within 180 days before.",
        "average_days_open": "Mean of the days from first seen to closed.",
    },
    "source_health": {
        "council": "Name of its one employer; empty for a board with many.",
        "last_run": "Number of the last run that asked it.",
        "last_started_at": f"{_WHEN}: when that run began.",
        "last_outcome": "complete, partial, failed, blocked, empty or suspicious.",
        "last_complete_at": f"{_WHEN}: when the run began that last read it to the end.",
        "adverts_listed": "Different adverts that the last run found listed.",
        "adverts_open": "Its adverts that have not been closed.",
    },
}
"""By view; a column that is not here means what it means in the table that it comes from."""

_ORIGINS: Final = (
    "adverts", "advert_versions", "councils", "sources", "source_runs", "jobs"
)  # fmt: skip
"""The tables that views are made from, those whose words hold for most of them first."""


def described(name: str, columns: Iterable[str]) -> dict[str, str]:
    """The meaning of each column of a table or view; one that nothing describes is left out."""
    here = VIEW_COLUMNS.get(name, {}) | COLUMNS.get(name, {})
    origins = [COLUMNS[origin] for origin in _ORIGINS] if name not in COLUMNS else []
    found = {
        column: next((words[column] for words in (here, *origins) if column in words), None)
        for column in columns
    }
    return {column: words for column, words in found.items() if words is not None}
