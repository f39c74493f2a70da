"""Applies `dedupe` to the database: adverts of one vacancy share a job, which the best one leads.

A job has the number of its oldest advert. So numbers never move: a merger keeps the older one, and
what splits off gets that of its own oldest advert.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import fields
from functools import partial
from itertools import islice
from typing import Any, Final

from sqlite_utils import Database

from lgjobs.store.dedupe import Match, Pair, find_matches, group
from lgjobs.store.likeness import Notice

NATIONAL: Final = (
    "jobsgopublic", "teaching_vacancies", "civil_service_jobs", "nhs_jobs", "dwp_find_a_job",
)  # fmt: skip
"""Platforms that are boards for a whole nation; other boards are a region's."""

_MOST_PARAMETERS = 500


def _day(instant: str) -> str:
    return f"CAST(julianday(substr({instant}, 1, 10)) AS INTEGER)"


_AGENCY: Final = "(recruiter IS NOT NULL AND recruiter IS NOT adverts.employer)"
_RANK: Final = f"""CASE WHEN {_AGENCY} THEN 3
                        WHEN sources.employer IS NOT NULL THEN 0
                        WHEN platform IN ('{"', '".join(NATIONAL)}') THEN 2 ELSE 1 END"""
"""The best source first: the council's own, a region's board, a nation's, an agency."""
_NOTICES: Final = f"""
    SELECT adverts.id, source_id AS source,
           {_day("coalesce(posted_on, first_seen)")} AS opens, {_day("closes_at")} AS closes,
           {_day("min(coalesce(closed_at, closes_at), coalesce(closes_at, closed_at))")} AS ends,
           coalesce(title, '') AS title, council, adverts.employer, {_AGENCY} AS agency,
           department, reference,
           coalesce(salary_annual_min, salary_min) AS pay_min,
           coalesce(salary_annual_max, salary_max) AS pay_max,
           CASE WHEN coalesce(salary_annual_min, salary_annual_max) IS NULL
                THEN salary_period END AS period,
           salary_text AS pay_text, grade, place, postcode, location_text AS location,
           coalesce(hours_text, '') || ' ' || coalesce(contract_text, '') AS terms,
           hours_per_week AS hours, working_pattern AS pattern, contract_type AS contract
    FROM adverts"""  # noqa: S608 - nothing in it comes from outside


def match_adverts(db: Database, now: str) -> None:
    """Sort every advert that is new or read anew into its job, and bring the jobs up to date.

    Call inside a transaction, when a run has ended.
    """
    for table in ("touched", "led"):
        db.execute(f"CREATE TEMP TABLE IF NOT EXISTS {table} (advert INTEGER PRIMARY KEY)")
        db.execute(f"DELETE FROM temp.{table}")  # noqa: S608 - ours
    db.execute("INSERT INTO temp.led SELECT lead_advert FROM jobs WHERE closed_at IS NULL")
    db.execute(
        """INSERT OR IGNORE INTO temp.touched
           SELECT advert FROM adverts_to_match
           UNION SELECT one.id FROM not_same
           JOIN adverts AS one ON one.id IN (advert, other)
           JOIN adverts AS two ON two.id IN (advert, other) AND two.id <> one.id
           WHERE one.job_id = two.job_id"""
    )
    fresh = {row[0] for row in db.execute("SELECT advert FROM temp.touched")}
    if fresh:
        _replace_matches(db, fresh, now)
        _regroup(db)
    _bring_up_to_date(db)
    _note_new_leads(db, now)
    db.execute("DELETE FROM adverts_to_match")


def _replace_matches(db: Database, fresh: set[int], now: str) -> None:
    """Compare the touched adverts with the others of their areas; keep what was decided."""
    found: dict[Pair, Match] = {}
    not_same = {(min(pair), max(pair)) for pair in db.execute("SELECT advert, other FROM not_same")}
    before: dict[int, list[Pair]] = defaultdict(list)
    for one, other in db.execute("SELECT advert, other FROM job_matches WHERE decision = 'same'"):
        before[one].append((one, other))
    for area, places in _areas(db).items():
        notices = _notices_of(db, area, places)
        for match in find_matches(
            notices,
            partial(_text, db),
            fresh=fresh,
            before={pair for each in notices for pair in before.get(each.id, ())},
            not_same=not_same,
        ):
            found[match.one, match.other] = match
    db.execute(
        """DELETE FROM job_matches WHERE advert IN (SELECT advert FROM temp.touched)
           OR other IN (SELECT advert FROM temp.touched)"""
    )
    db.conn.executemany(
        """INSERT OR REPLACE INTO job_matches (advert, other, score, decision, reason, decided_at)
           VALUES (?, ?, ?, ?, ?, ?)""",
        [
            (each.one, each.other, each.score, each.decision, each.reason, now)
            for each in found.values()
        ],
    )
    ends = ((end,) for pair in found for end in pair)
    db.conn.executemany("INSERT OR IGNORE INTO temp.touched VALUES (?)", ends)


def _areas(db: Database) -> dict[str, list[str]]:
    """The areas of the touched adverts, each with those whose places lie in it."""
    counties: dict[str, list[str]] = defaultdict(list)
    for code, parent in db.execute(
        """SELECT area.gss_code, county.gss_code FROM councils AS area
           JOIN councils AS county ON county.type = 'county'
             AND instr('|' || area.parent || '|', '|' || county.gss_code || '|')"""
    ):
        counties[code].append(parent)
    inside: dict[str, list[str]] = defaultdict(list)
    for code, parents in counties.items():
        for parent in parents:
            inside[parent].append(code)
    areas: set[str] = set()
    for council, authority in db.execute(
        """SELECT DISTINCT council, authority FROM adverts
           WHERE id IN (SELECT advert FROM temp.touched)"""
    ):
        if council or authority:
            areas.update([council] if council else [authority, *counties[authority]])
    return {area: [area, *inside[area]] for area in sorted(areas)}


def _notices_of(db: Database, area: str, places: Collection[str]) -> list[Notice]:
    """The touched adverts of an area, and those that stood while one of them did.

    An advert that names no council is of the area that its place lies in. What has been one job
    with a touched advert is among them, however long it has been closed.
    """
    marks = ", ".join("?" * len(places))
    of_area = f"(council = ? OR (council IS NULL AND authority IN ({marks})))"
    since = db.execute(
        f"""SELECT min(coalesce(posted_on, first_seen)) FROM adverts
            WHERE id IN (SELECT advert FROM temp.touched) AND {of_area}""",  # noqa: S608
        [area, *places],
    ).fetchone()[0]
    rows = db.query(
        f"""{_NOTICES} WHERE {of_area}
            AND (closed_at IS NULL OR closed_at >= substr(?, 1, 10)
                 OR job_id IN (SELECT job_id FROM adverts AS mates
                               WHERE mates.id IN (SELECT advert FROM temp.touched)))""",  # noqa: S608
        [area, *places, since],
    )
    return [Notice(**row) for row in rows]


def _text(db: Database, advert: int) -> str | None:
    row = db.execute(
        "SELECT description_text FROM advert_texts WHERE advert = ?", [advert]
    ).fetchone()
    return row[0] if row else None


def _regroup(db: Database) -> None:
    """Give every advert that a decision reaches the job of its group."""
    reached: dict[int, int] = dict(
        db.execute(
            """WITH RECURSIVE reached (id) AS (
                   SELECT advert FROM temp.touched
                   UNION SELECT other FROM reached JOIN job_matches ON advert = reached.id
                         AND decision = 'same'
                   UNION SELECT advert FROM reached JOIN job_matches ON other = reached.id
                         AND decision = 'same'
                   UNION SELECT mates.id FROM reached JOIN adverts ON adverts.id = reached.id
                         JOIN adverts AS mates ON mates.job_id = adverts.job_id
               )
               SELECT adverts.id, job_id FROM reached JOIN adverts USING (id)"""
        ).fetchall()
    )
    matches = [
        Match(*row)
        for row in _by_id(
            db,
            "SELECT advert, other, score, decision, reason FROM job_matches WHERE advert IN",
            reached,
        )
        if row[1] in reached
    ]
    matched = {end for match in matches for end in (match.one, match.other)}
    columns = [each.name for each in fields(Notice)]
    notices = {
        row[0]: Notice(**dict(zip(columns, row, strict=True)))
        for row in _by_id(db, f"SELECT {', '.join(columns)} FROM ({_NOTICES}) WHERE id IN", matched)  # noqa: S608
    }
    jobs = {advert: members[0] for members in group(matches, notices) for advert in members}
    moved = [
        (jobs.get(advert, advert), advert)
        for advert, job in reached.items()
        if jobs.get(advert, advert) != job
    ]
    _move(db, moved)


def _move(db: Database, moved: Collection[tuple[int, int]]) -> None:
    """Put adverts into other jobs: (job, advert). Jobs that lose their last advert go."""
    db.conn.executemany(
        """INSERT OR IGNORE INTO jobs (id, lead_advert, first_seen)
           SELECT id, id, first_seen FROM adverts WHERE id = ?""",
        [(job,) for job, _ in moved],
    )
    left = [
        row[0]
        for row in _by_id(
            db, "SELECT DISTINCT job_id FROM adverts WHERE id IN", [advert for _, advert in moved]
        )
    ]
    db.conn.executemany("UPDATE adverts SET job_id = ? WHERE id = ?", moved)
    db.conn.executemany(
        """DELETE FROM jobs WHERE id = ?
           AND NOT EXISTS (SELECT 1 FROM adverts WHERE job_id = jobs.id)""",
        [(job,) for job in left],
    )


def _by_id(db: Database, query: str, ids: Iterable[int]) -> Iterator[tuple[Any, ...]]:
    """The rows of a query that ends in "… IN", for as many ids as there are."""
    wanted = iter(sorted(ids))
    while some := list(islice(wanted, _MOST_PARAMETERS)):
        yield from db.execute(f"{query} ({', '.join('?' * len(some))})", some)


def _bring_up_to_date(db: Database) -> None:
    """Say of each job that is open, was until now, or was touched: its lead, deadline and end.

    An advert that is open leads before one that is closed, then the best source, then the oldest.
    The deadline is the latest of the open adverts.
    """
    db.execute(
        f"""WITH stale (id) AS (
                SELECT id FROM jobs WHERE closed_at IS NULL
                UNION SELECT job_id FROM adverts WHERE closed_at IS NULL
                UNION SELECT job_id FROM temp.touched CROSS JOIN adverts ON adverts.id = advert
            ), ranked AS (
                SELECT job_id, adverts.id, first_seen, closes_at, closed_at,
                       row_number() OVER (PARTITION BY job_id ORDER BY
                           closed_at IS NOT NULL, {_RANK}, adverts.id) AS place
                FROM stale CROSS JOIN adverts ON adverts.job_id = stale.id
                JOIN sources ON sources.id = source_id
            ), told AS (
                SELECT job_id, max(CASE WHEN place = 1 THEN id END) AS lead_advert,
                       min(first_seen) AS first_seen, count(*) AS adverts,
                       coalesce(max(CASE WHEN closed_at IS NULL THEN closes_at END),
                                max(closes_at)) AS closes_at,
                       CASE WHEN count(*) = count(closed_at) THEN max(closed_at) END AS closed_at
                FROM ranked GROUP BY job_id
            )
            UPDATE jobs SET lead_advert = told.lead_advert, first_seen = told.first_seen,
                   adverts = told.adverts, closes_at = told.closes_at, closed_at = told.closed_at
            FROM told WHERE told.job_id = jobs.id
              AND (jobs.lead_advert, jobs.first_seen, jobs.adverts, jobs.closes_at, jobs.closed_at)
                  IS NOT (told.lead_advert, told.first_seen, told.adverts, told.closes_at,
                          told.closed_at)"""  # noqa: S608 - nothing in it comes from outside
    )


def _note_new_leads(db: Database, now: str) -> None:
    """Say of the adverts that now lead an open job, or no longer lead one, since when that is."""
    db.execute(
        """UPDATE adverts SET lead_changed_at = :now WHERE id IN (
               SELECT lead_advert FROM jobs
               WHERE closed_at IS NULL AND lead_advert NOT IN (SELECT advert FROM temp.led)
               UNION ALL
               SELECT advert FROM temp.led CROSS JOIN adverts ON adverts.id = advert
               JOIN jobs ON jobs.id = job_id WHERE lead_advert <> advert)""",
        {"now": now},
    )
