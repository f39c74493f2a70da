"""The views for people: questions that analysts ask, as tables."""

from __future__ import annotations

from typing import Final

from sqlite_utils import Database

MONTH: Final = "substr(coalesce(posted_on, first_seen), 1, 7)"
"""The month an advert came out: of its own date of posting, else of the day we first saw it."""


def live(now: str, adverts: str = "advert_list") -> str:
    """The condition that one can apply to an advert at `now`: all are names or words of SQL."""
    return f"""{adverts}.closed_at IS NULL
             AND ({adverts}.closes_at IS NULL OR {adverts}.closes_at > {now})"""


def stands_for_job(now: str) -> str:
    """The condition that a live advert of `advert_list` stands for its job: it leads it, or is the
    oldest live one of a job whose lead closed after the last crawl."""
    return f"""(advert_list.id = (SELECT lead_advert FROM jobs WHERE jobs.id = advert_list.job_id)
              OR NOT EXISTS (
                  SELECT 1 FROM jobs JOIN adverts AS mates ON mates.job_id = jobs.id
                  WHERE jobs.id = advert_list.job_id AND {live(now, "mates")}
                    AND (mates.id = lead_advert OR mates.id < advert_list.id)))"""  # noqa: S608 - ours


_NOW = "strftime('%Y-%m-%dT%H:%M:%SZ', 'now')"
# `GROUP BY +sector`: the plus keeps SQLite from walking all adverts in the order of sectors.
_LAST_YEAR = "strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '-365 days')"


def pay_by(column: str, narrowed: str = "") -> str:
    """Quartiles of the yearly pay of live jobs, by a column of `advert_list`; `narrowed` begins
    with AND. Both are SQL."""
    return f"""WITH pay AS (
               SELECT {column} AS part, (salary_annual_min + salary_annual_max) / 2 AS pounds
               FROM live_jobs WHERE salary_annual_min IS NOT NULL AND {column} IS NOT NULL{narrowed}
           ), ranked AS (
               SELECT part, pounds, row_number() OVER (PARTITION BY part ORDER BY pounds) AS place,
                      count(*) OVER (PARTITION BY part) AS jobs
               FROM pay
           )
           SELECT part AS {column}, max(jobs) AS jobs, min(pounds) AS lowest,
                  max(CASE WHEN place = (jobs + 3) / 4 THEN pounds END) AS lower_quartile,
                  max(CASE WHEN place = (jobs + 1) / 2 THEN pounds END) AS median,
                  max(CASE WHEN place = (3 * jobs + 3) / 4 THEN pounds END) AS upper_quartile,
                  max(pounds) AS highest
           FROM ranked GROUP BY part"""  # noqa: S608 - the columns are ours


VIEWS: Final[dict[str, str]] = {
    "advert_list": """SELECT adverts.id, adverts.source_id, external_id, adverts.job_id,
                  adverts.url, apply_url, reference, title, adverts.employer, council,
                  employers.name AS council_name, recruiter, department,
                  adverts.sector, sectors.name AS sector_name, summary,
                  salary_text, salary_min, salary_max, salary_period, salary_annual_min,
                  salary_annual_max, pro_rata, grade, scp_min, scp_max, pay_scale, salary_basis,
                  location_text, place, postcode, authority, areas.name AS authority_name,
                  adverts.region, adverts.nation, adverts.latitude, adverts.longitude,
                  place_basis, work_mode, hours_text, hours_per_week,
                  contract_type, working_pattern, term_months,
                  posted_on, closes_at, open_ended, interview_on,
                  first_seen, last_seen, last_changed, closed_at, closed_reason
           FROM adverts
           LEFT JOIN councils AS employers ON employers.gss_code = adverts.council
           LEFT JOIN councils AS areas ON areas.gss_code = adverts.authority
           LEFT JOIN sectors ON sectors.sector = adverts.sector""",
    "live_jobs": f"SELECT * FROM advert_list WHERE {live(_NOW)} AND {stands_for_job(_NOW)}",  # noqa: S608 - as below, nothing in it comes from outside
    "jobs_section": """SELECT id, sector_name AS sector, title,
                  coalesce(employer, recruiter) AS employer, salary_text AS salary, summary,
                  coalesce(place, location_text) AS place, region, recruiter, url, closes_at
           FROM live_jobs ORDER BY first_seen DESC, id DESC""",
    "job_places": """SELECT DISTINCT job_id, location_text, place, postcode, authority, region,
                  nation, latitude, longitude
           FROM adverts WHERE place_basis = 'stated'""",
    "shared_jobs": """SELECT job_id, adverts.id AS advert, adverts.id = lead_advert AS leads,
                  source_id, employer, recruiter, title, url, adverts.closes_at,
                  jobs.closes_at AS job_closes_at, adverts.closed_at
           FROM jobs JOIN adverts ON adverts.job_id = jobs.id
           WHERE jobs.adverts > 1 ORDER BY job_id, leads DESC, advert""",
    "closing_soon": """SELECT * FROM live_jobs
           WHERE closes_at <= strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '+7 days')
           ORDER BY closes_at""",
    "pay_by_region": pay_by("region"),
    "pay_by_sector": pay_by("sector"),
    "vacancies_by_month": f"""SELECT {MONTH} AS month, region, sector, count(*) AS adverts
           FROM adverts GROUP BY {MONTH}, region, sector""",  # noqa: S608
    "time_to_close": f"""SELECT sector, count(*) AS adverts,
                  round(avg(julianday(closed_at) - julianday(first_seen)), 1) AS average_days
           FROM adverts WHERE closed_at >= {_LAST_YEAR} GROUP BY +sector""",  # noqa: S608
    "extended_deadlines": """SELECT advert, run, seen_at, source_id, employer, title,
                  before AS closed_before, after AS closes_now
           FROM advert_versions JOIN adverts ON adverts.id = advert
           WHERE field = 'closes_at' AND after > before""",
    "salary_changes": """SELECT advert, run, seen_at, source_id, employer, title, field,
                  CAST(before AS REAL) AS before, CAST(after AS REAL) AS after, salary_period
           FROM advert_versions JOIN adverts ON adverts.id = advert
           WHERE field IN ('salary_min', 'salary_max')
             AND before IS NOT NULL AND after IS NOT NULL""",
    "readvertised": """SELECT again.id AS advert, again.employer, again.council, again.title,
                  again.first_seen, earlier.id AS earlier_advert,
                  earlier.first_seen AS earlier_first_seen, earlier.closed_at AS earlier_closed_at
           FROM adverts AS again JOIN adverts AS earlier ON earlier.id = again.readvertises
           WHERE again.readvertises IS NOT NULL""",
    "council_scorecard": f"""SELECT councils.gss_code, councils.name, type, nation, region,
                  population, adverts, live,
                  round(100000.0 * live / population, 1) AS live_per_100000_residents,
                  round(100.0 * paid / adverts, 1) AS percent_with_pay,
                  round(100.0 * again / adverts, 1) AS percent_readvertised, average_days_open
           FROM councils JOIN (
               SELECT council, count(*) AS adverts, sum(closed_at IS NULL) AS live,
                      sum(salary_min IS NOT NULL) AS paid, sum(readvertises IS NOT NULL) AS again,
                      round(avg(julianday(closed_at) - julianday(first_seen)), 1)
                          AS average_days_open
               FROM adverts WHERE council IS NOT NULL AND first_seen >= {_LAST_YEAR}
               GROUP BY council
           ) ON council = gss_code""",  # noqa: S608
    "source_health": """SELECT sources.id, sources.platform, sources.url,
                  councils.name AS council, sources.enabled, last.run AS last_run,
                  last.started_at AS last_started_at, sources.status AS last_outcome,
                  last.failure, last.reason, sources.last_complete_run,
                  done.started_at AS last_complete_at, last.ids_listed AS adverts_listed,
                  coalesce(adverts_open, 0) AS adverts_open
           FROM sources
           LEFT JOIN (
               SELECT source_id, count(*) AS adverts_open FROM adverts INDEXED BY idx_adverts_open
               WHERE closed_at IS NULL GROUP BY source_id
           ) AS open_now ON open_now.source_id = sources.id
           LEFT JOIN councils ON councils.gss_code = sources.employer
           LEFT JOIN source_runs AS last ON last.source_id = sources.id
             AND last.run = (SELECT max(run) FROM source_runs WHERE source_id = sources.id)
           LEFT JOIN source_runs AS done ON done.source_id = sources.id
             AND done.run = sources.last_complete_run""",
}
"""Each after those that it reads."""


def remake_views(db: Database) -> None:
    """Make every view as it is described here, in place of what there was."""
    for name in reversed(VIEWS):
        db.execute(f"DROP VIEW IF EXISTS {name}")
    for name, query in VIEWS.items():
        db.create_view(name, query)
