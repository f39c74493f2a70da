"""The canned questions: what analysts ask, with blanks to fill in. A blank left empty asks of all.

SQL functions of our own, see `functions`: `title_terms` and `kilometres_from`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlencode

from lgjobs.exports.figures import COUNCIL_REACH, REACHES
from lgjobs.store.views import pay_by

DATABASE: Final = "lgjobs"
"""The database's name at the desk, whatever its file is called."""

_IN_REGION = """(:region = '' OR region = :region COLLATE NOCASE
       OR nation = :region COLLATE NOCASE)"""
_IN_TITLE = """(title_terms(:words) IS NULL OR id IN (
           SELECT rowid FROM advert_search WHERE advert_search MATCH title_terms(:words)))"""


def quartiles(column: str, name: str, narrowed: str) -> str:
    """The quartiles of pay by a column of `live_jobs`, in whole pounds, the best paid first."""
    ends = ", ".join(
        f"CAST(round({each}) AS INTEGER) AS {each}"
        for each in ("lower_quartile", "median", "upper_quartile")
    )
    return f"""SELECT {column} AS {name}, jobs, {ends}
FROM ({pay_by(column, narrowed)}) ORDER BY median DESC"""  # noqa: S608 - the parts are ours


def _number(name: str, otherwise: int) -> str:
    """A blank read as a number, with what is meant if it is left empty."""
    return f"CAST(coalesce(nullif(trim(:{name}), ''), {otherwise}) AS REAL)"


def _within(days: str) -> str:
    """The instant so many days from now."""
    return f"strftime('%Y-%m-%dT%H:%M:%SZ', 'now', {days} || ' days')"


def _said(mode: str) -> str:
    return f"count(*) FILTER (WHERE work_mode = '{mode}') AS {mode}"


@dataclass(frozen=True, slots=True)
class Question:
    """A question, asked by name; `example` fills its blanks in, and `title` says so."""

    name: str
    title: str
    help: str
    sql: str
    example: Mapping[str, str] = field(default_factory=dict)

    @property
    def path(self) -> str:
        """Where the desk answers it, its blanks filled in as in the title."""
        return f"/{DATABASE}/{self.name}?{urlencode(self.example)}".rstrip("?")


QUESTIONS: Final = (
    Question(
        "who_is_hiring",
        "Who is hiring planners in Wales?",
        "Employers with live jobs whose title has these words, in a region or nation.",
        f"""SELECT coalesce(council_name, employer, recruiter) AS employer,
       count(*) AS live_jobs, min(salary_annual_min) AS pay_from, max(salary_annual_max) AS pay_to,
       min(closes_at) AS next_to_close
FROM live_jobs
WHERE {_IN_TITLE}
  AND {_IN_REGION}
GROUP BY 1 ORDER BY live_jobs DESC, 1""",  # noqa: S608 - here and below the parts are ours
        {"words": "planner", "region": "Wales"},
    ),
    Question(
        "pay_of_a_role",
        "What is the median pay of social workers, by region?",
        "Pounds a year, full time, of live jobs whose title has these words: quartiles of the"
        " middle of each range. Look at how many jobs there are before you quote one.",
        quartiles("region", "region", f" AND {_IN_TITLE}"),
        {"words": "social worker"},
    ),
    Question(
        "what_councils_pay",
        "What do councils pay their accountants?",
        "Live jobs whose title has these words, the best paid first.",
        f"""SELECT title, coalesce(council_name, employer) AS employer, region, salary_text,
       salary_annual_min, salary_annual_max, salary_basis, url
FROM live_jobs
WHERE salary_annual_max IS NOT NULL
  AND {_IN_TITLE}
  AND {_IN_REGION}
ORDER BY salary_annual_max DESC, id""",  # noqa: S608
        {"words": "accountant", "region": ""},
    ),
    Question(
        "closing_near",
        "What closes this week near Leeds?",
        "Live jobs that close within so many days (7 if empty) and whose stated place lies"
        " within so many kilometres (30 if empty) of a town or postcode. A name that several"
        " places share needs more: Newport, Wales.",
        f"""SELECT closes_at, title, coalesce(council_name, employer) AS employer, place,
       round(kilometres_from(:place, latitude, longitude), 1) AS kilometres, salary_text, url
FROM live_jobs
WHERE closes_at <= {_within(_number("days", 7))}
  AND (trim(:place) = ''
       OR kilometres_from(:place, latitude, longitude) <= {_number("kilometres", 30)})
ORDER BY closes_at, kilometres""",  # noqa: S608
        {"place": "Leeds", "kilometres": "30", "days": "7"},
    ),
    Question(
        "new_in_days",
        "What came out in the past day in the North East?",
        "Live jobs first seen within so many days (1 if empty).",
        f"""SELECT first_seen, title, coalesce(council_name, employer) AS employer, place,
       salary_text, closes_at, url
FROM live_jobs
WHERE first_seen >= {_within("-" + _number("days", 1))}
  AND {_IN_REGION}
ORDER BY first_seen DESC, id DESC""",  # noqa: S608
        {"days": "1", "region": "North East"},
    ),
    Question(
        "who_readvertises",
        "Which councils re-advertise most?",
        "Share of a council's adverts of the past year whose title it had advertised within 180"
        " days before; councils with at least so many adverts (5 if empty).",
        f"""SELECT name AS council, region, adverts, percent_readvertised, average_days_open
FROM council_scorecard
WHERE adverts >= {_number("at_least", 5)}
  AND {_IN_REGION}
ORDER BY percent_readvertised DESC, adverts DESC, name""",  # noqa: S608
        {"at_least": "5", "region": ""},
    ),
    Question(
        "hard_to_fill",
        "Which sectors are hard to fill?",
        "Adverts of the past year by sector: how many had their deadline moved back, and how many"
        " were advertised a second time.",
        f"""SELECT coalesce(sectors.name, 'Not known') AS sector, count(*) AS adverts,
       round(100.0 * sum(EXISTS (
           SELECT 1 FROM advert_versions
           WHERE advert = adverts.id AND field = 'closes_at' AND after > before
       )) / count(*), 1) AS percent_extended,
       round(100.0 * sum(readvertises IS NOT NULL) / count(*), 1) AS percent_readvertised
FROM adverts LEFT JOIN sectors USING (sector)
WHERE first_seen >= {_within("-365")} AND {_IN_REGION}
GROUP BY 1 ORDER BY percent_extended + percent_readvertised DESC, adverts DESC""",  # noqa: S608
        {"region": ""},
    ),
    Question(
        "pay_changed",
        "Where was pay raised while an advert was open?",
        "Changes of the stated pay, the newest first. A change may also be a correction.",
        """SELECT seen_at, employer, title, field, before, after, salary_period,
       round(100.0 * (after - before) / before, 1) AS percent
FROM salary_changes WHERE before > 0 ORDER BY seen_at DESC, advert""",
    ),
    Question(
        "pay_left_unsaid",
        "Which councils state pay in fewest of their adverts?",
        "Adverts of the past year; councils with at least so many (5 if empty).",
        f"""SELECT name AS council, region, adverts, percent_with_pay
FROM council_scorecard WHERE adverts >= {_number("at_least", 5)}
ORDER BY percent_with_pay, adverts DESC, name""",  # noqa: S608
        {"at_least": "5"},
    ),
    Question(
        "vacancies_of_a_council",
        "How many vacancies has Leeds advertised, month by month?",
        "Adverts by the month in which they came out, for councils whose name has these letters.",
        """SELECT substr(coalesce(posted_on, first_seen), 1, 7) AS month, count(*) AS adverts,
       count(DISTINCT council) AS councils
FROM adverts
WHERE council IN (SELECT gss_code FROM councils WHERE instr(lower(name), lower(trim(:council))))
GROUP BY month ORDER BY month DESC""",
        {"council": "Leeds"},
    ),
    Question(
        "working_from_home",
        "In which sectors can one work from home?",
        "Live adverts by what they say of where the work is done.",
        f"""SELECT coalesce(sector_name, 'Not known') AS sector, count(*) AS live_jobs,
       {_said("hybrid")}, {_said("remote")}, {_said("mobile")}, {_said("on_site")},
       count(*) FILTER (WHERE work_mode IS NULL) AS not_said
FROM live_jobs WHERE {_IN_REGION}
GROUP BY 1 ORDER BY 1.0 * (hybrid + remote) / live_jobs DESC, 1""",  # noqa: S608
        {"region": ""},
    ),
    Question(
        "councils_by_reach",
        "Which councils are not reached?",
        "Every principal council and how its adverts are come by: "
        + "; ".join(f"“{each}”" for each in REACHES)
        + ".",
        f"""SELECT name AS council, region, reach FROM ({COUNCIL_REACH})
WHERE (:reach = '' OR reach = :reach COLLATE NOCASE) AND {_IN_REGION}
ORDER BY region, name""",  # noqa: S608
        {"reach": REACHES[-1], "region": ""},
    ),
    Question(
        "map_of_jobs",
        "Map: where are the live jobs?",
        "Live jobs that state a place, the newest 2,000, by words of the title and region.",
        f"""SELECT latitude, longitude, title, coalesce(council_name, employer) AS employer, place,
       salary_text, closes_at, json_object(
           'title', title, 'link', '/{DATABASE}/adverts/' || id,
           'description', coalesce(council_name, employer, recruiter, '')
               || coalesce(', ' || place, '') || coalesce(', ' || salary_text, '')
       ) AS popup
FROM live_jobs
WHERE latitude IS NOT NULL
  AND {_IN_TITLE}
  AND {_IN_REGION}
ORDER BY first_seen DESC, id DESC LIMIT 2000""",  # noqa: S608
        {"words": "", "region": ""},
    ),
    Question(
        "map_of_councils",
        "Map: which councils are hiring?",
        "Councils with live adverts, at the centre of their area.",
        f"""SELECT latitude, longitude, councils.name AS council, councils.region, live,
       percent_with_pay, json_object(
           'title', councils.name, 'link', '/{DATABASE}/live_jobs?council=' || gss_code,
           'description', 'Live adverts: ' || live || coalesce(', ' || councils.region, '')
       ) AS popup
FROM council_scorecard JOIN councils USING (gss_code)
WHERE live > 0 AND latitude IS NOT NULL ORDER BY live DESC, council""",  # noqa: S608
    ),
)
