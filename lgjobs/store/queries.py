"""Questions to the store: adverts by filter, sources, runs. Every answer streams."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from difflib import get_close_matches
from typing import Any

from sqlite_utils import Database

from lgjobs.errors import UsedWrongly
from lgjobs.store.views import live, stands_for_job

Row = dict[str, Any]

_RANK = "bm25(advert_search, 10.0, 4.0, 3.0, 1.0)"
"""Best match first: the title weighs most, the description least."""

_SHOWN = f"({live(':now')} AND {stands_for_job(':now')})"
_TOOK_OVER = "advert_list.id IN (SELECT id FROM adverts WHERE lead_changed_at >= :since)"
_BACK = "advert_list.id IN (SELECT id FROM adverts WHERE reopened_at >= :since)"
_CHANGED = f"""(first_seen >= :since OR last_changed >= :since OR closed_at >= :since
    OR job_id IN (SELECT job_id FROM adverts WHERE closes_at BETWEEN :since AND :now)
    OR {_BACK} OR {_TOOK_OVER}
    OR advert_list.id IN (SELECT advert FROM advert_versions WHERE seen_at >= :since)
    OR (closed_reason = 'withdrawn' AND closed_at >= (
        SELECT max(started_at) FROM source_runs
        WHERE source_runs.source_id = advert_list.source_id
          AND outcome IN ('complete', 'empty') AND started_at < :since)))"""  # noqa: S608 - ours
"""Whatever a reader of an earlier export must hear of. A deadline that passes ends an advert before
a crawl notices, and another of its job takes its place; a reading improves without its source; and
a withdrawal is confirmed by a later run, but dated from the complete run that first missed it."""


class FilterError(UsedWrongly):
    """A filter names what the database does not have; the message names the nearest."""


@dataclass(frozen=True, slots=True)
class Filter:
    """Which adverts: live ones, one for each job, that meet every condition given."""

    words: str = ""
    """Full-text search: all the words, in any order."""
    region: str | None = None
    """English region, or nation."""
    council: str | None = None
    """Name, alias or GSS code of the employing council."""
    sector: str | None = None
    """Key or name of the sector."""
    min_salary: float | None = None
    """Pounds a year, full-time equivalent, that the top of the range reaches."""
    closing_within: int | None = None
    """Days."""
    limit: int | None = None
    everything: bool = False
    """Every advert: closed and expired ones, and each of those of one job."""
    changed_since: str | None = None
    """A run's number or an ISO date: what is new, changed or closed since, closed ones too."""


def select_adverts(db: Database, wanted: Filter, now: str) -> Iterator[Row]:
    """The adverts of `advert_list` that the filter wants; newest first, or best match first.

    With `changed_since` every row also has `change`: added, changed or removed. Raises
    FilterError for a region, council, sector or run that is not there.
    """
    conditions, values = _conditions(db, wanted, now)
    change = limit = ""
    if "since" in values:
        change = f""", CASE WHEN NOT {_SHOWN} THEN 'removed'
                           WHEN first_seen >= :since OR {_BACK} OR {_TOOK_OVER} THEN 'added'
                           ELSE 'changed' END AS change"""
    if wanted.limit is not None:
        limit, values["limit"] = " LIMIT :limit", wanted.limit
    if terms := _fts(wanted.words):
        conditions.append("advert_search MATCH :terms")
        values["terms"] = terms
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    found, order = f"advert_list{where}", "first_seen DESC, id DESC"
    if terms:
        order = "score, hit DESC"
        every = wanted.everything or wanted.changed_since
        through = "" if every else "INDEXED BY idx_adverts_open"
        looked_at = f"""CROSS JOIN adverts AS advert_list {through}
                        ON advert_list.id = advert_search.rowid"""
        found = f"""(SELECT advert_search.rowid AS hit, {_RANK} AS score
                     FROM advert_search {looked_at if len(conditions) > 1 else ""}
                     {where} ORDER BY {order}{limit})
                    JOIN advert_list ON advert_list.id = hit"""  # noqa: S608 - values are bound
    sql = f"SELECT advert_list.*{change} FROM {found} ORDER BY {order}{limit}"  # noqa: S608 - likewise
    return iter(db.query(sql, values))


def _conditions(db: Database, wanted: Filter, now: str) -> tuple[list[str], Row]:
    conditions: list[str] = []
    values: Row = {"now": now}
    if wanted.changed_since:
        conditions.append(_CHANGED)
        values["since"] = _since(db, wanted.changed_since)
    elif not wanted.everything:
        conditions.append(_SHOWN)
    if wanted.region:
        conditions.append("(region = :region OR nation = :region)")
        values["region"] = _region(db, wanted.region)
    if wanted.council:
        conditions.append("council = :council")
        values["council"] = _council(db, wanted.council)
    if wanted.sector:
        conditions.append("sector = :sector")
        values["sector"] = _sector(db, wanted.sector)
    if wanted.min_salary is not None:
        conditions.append("coalesce(salary_annual_max, salary_annual_min) >= :min_salary")
        values["min_salary"] = wanted.min_salary
    if wanted.closing_within is not None:
        conditions.append("closes_at > :now AND closes_at <= :closing")
        moment = datetime.fromisoformat(now).astimezone(UTC)
        closing = moment + timedelta(days=wanted.closing_within)
        values["closing"] = closing.strftime("%Y-%m-%dT%H:%M:%SZ")
    return conditions, values


def _fts(words: str) -> str:
    """An FTS5 query of all the words, each quoted so that nothing in it is an operator."""
    return " ".join('"' + word.replace('"', '""') + '"' for word in words.split())


def _since(db: Database, since: str) -> str:
    if since.isdecimal() and len(since) < 8:
        row = db.execute("SELECT started_at FROM runs WHERE id = ?", [int(since)]).fetchone()
        if row is None:
            raise FilterError(f"there is no run {since}; `lgjobs runs list` shows them")
        return str(row[0])
    try:
        day = datetime.fromisoformat(since)
    except ValueError as error:
        raise FilterError(
            f"{since!r} is neither a run's number nor a date like 2026-03-31"
        ) from error
    day = day.replace(tzinfo=day.tzinfo or UTC).astimezone(UTC)
    return day.strftime("%Y-%m-%dT%H:%M:%SZ")


def _region(db: Database, name: str) -> str:
    rows = db.execute(
        "SELECT DISTINCT region FROM councils UNION SELECT DISTINCT nation FROM councils"
    )
    return _named("region", name, {str(row[0]): str(row[0]) for row in rows if row[0]})


def _sector(db: Database, name: str) -> str:
    names: dict[str, str] = {}
    for key, title in db.execute("SELECT sector, name FROM sectors"):
        names |= {key: key, title: key}
    return _named("sector", name, names)


def _council(db: Database, name: str) -> str:
    names: dict[str, str] = {}
    rows = db.execute("SELECT gss_code, name, aliases FROM councils ORDER BY valid_to IS NULL")
    for code, title, aliases in rows:
        names |= {alias: code for alias in (aliases or "").split("|") if alias}
        names |= {code: code, title: code}
    return _named("council", name, names)


def _named(what: str, name: str, names: dict[str, str]) -> str:
    """The key for a name, whatever its case; raises FilterError with the nearest name."""
    folded = {each.casefold(): key for each, key in names.items()}
    if name.casefold() in folded:
        return folded[name.casefold()]
    near = get_close_matches(name.casefold(), folded, n=1)
    spelt = [each for each in names if near and each.casefold() == near[0]]
    hint = f"; did you mean {spelt[0]!r}?" if spelt else ""
    raise FilterError(f"no {what} is called {name!r}{hint}")


def list_runs(db: Database) -> list[Row]:
    """Every run, newest first, with the sums of its sources."""
    return list(
        db.query(
            """SELECT runs.id AS run, runs.started_at, runs.finished_at,
                      count(source_id) AS sources,
                      coalesce(sum(outcome IN ('complete', 'empty')), 0) AS good,
                      coalesce(sum(new), 0) AS new, coalesce(sum(changed), 0) AS changed,
                      coalesce(sum(closed_expired + closed_withdrawn + coalesce(closed_gone, 0)), 0)
                          AS closed,
                      coalesce(sum(requests), 0) AS requests
               FROM runs LEFT JOIN source_runs ON source_runs.run = runs.id
               GROUP BY runs.id ORDER BY runs.id DESC"""
        )
    )


def find_run(db: Database, name: str) -> int:
    """The number of a run given as a number or as `latest`. Raises FilterError."""
    if name == "latest":
        row = db.execute("SELECT max(id) FROM runs").fetchone()
    elif name.isdecimal():
        row = db.execute("SELECT id FROM runs WHERE id = ?", [int(name)]).fetchone()
    else:
        raise FilterError(f"{name!r} is not a run: give a number or `latest`")
    if row is None or row[0] is None:
        raise FilterError(f"there is no run {name}; `lgjobs runs list` shows them")
    return int(row[0])


def show_run(db: Database, run: int) -> list[Row]:
    """What each source came to in a run, those that need a person first."""
    return list(
        db.query(
            """SELECT source_runs.*, sources.platform FROM source_runs
               JOIN sources ON sources.id = source_id
               WHERE run = ? ORDER BY outcome IN ('complete', 'empty'), source_id""",
            [run],
        )
    )


def cost_of_run(db: Database, run: int) -> Row:
    """What a run asked of the sites, and how many adverts of its sources are open now."""
    return next(
        db.query(
            """SELECT coalesce(sum(requests), 0) AS requests, coalesce(sum(bytes), 0) AS bytes,
                      (SELECT count(*) FROM adverts WHERE closed_at IS NULL AND source_id IN
                           (SELECT source_id FROM source_runs WHERE run = :run)) AS live_adverts
               FROM source_runs WHERE run = :run""",
            {"run": run},
        )
    )


def changes_of_run(db: Database, run: int) -> list[Row]:
    """The fields that changed in a run, advert by advert; the prose only by name."""
    return list(
        db.query(
            """SELECT source_id, external_id, title, field,
                      CASE WHEN field = 'description_text' THEN '' ELSE before END AS before,
                      CASE WHEN field = 'description_text' THEN '' ELSE after END AS after
               FROM advert_versions JOIN adverts ON adverts.id = advert
               WHERE run = ? ORDER BY advert, advert_versions.id""",
            [run],
        )
    )


def source_states(db: Database) -> dict[str, Row]:
    """The view `source_health`, by source id."""
    return {str(row["id"]): row for row in db.query("SELECT * FROM source_health")}
