"""Runs: starting and ending one, and what each source's crawl came to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from sqlite_utils import Database

from lgjobs.store.database import transaction
from lgjobs.store.lifecycle import Closings, mark_readvertised, settle
from lgjobs.store.matching import match_adverts
from lgjobs.store.pages import keep_pages
from lgjobs.store.writer import Counts
from pipelines.reference import table
from pipelines.sector import sector_names
from scrapers.kept import KeptPage
from scrapers.sources import Source
from scrapers.verdict import CLOSING_OUTCOMES, Outcome, Proof, Verdict


@dataclass(frozen=True, slots=True)
class Traffic:
    """What a source's crawl cost."""

    requests: int
    bytes: int
    seconds: float


def start_run(db: Database, now: str, program: str, sources: Iterable[Source]) -> int:
    """Begin a run: its number. Councils, sectors and sources are brought up to date."""
    with transaction(db):
        _load_reference(db)
        for source in sources:
            _load_source(db, source)
        run = db.table("runs").insert({"started_at": now, "program": program}).last_pk
    assert isinstance(run, int)  # noqa: S101 - an integer key, by the schema
    return run


def finish_run(db: Database, run: int, now: str) -> None:
    """Mark a run as ended. Its adverts are sorted into jobs; what the new ones repeat is marked."""
    with transaction(db):
        match_adverts(db, now)
        mark_readvertised(db, run)
        db.execute("UPDATE runs SET finished_at = ? WHERE id = ?", [now, run])


def start_source(db: Database, run: int, source_id: str, now: str) -> None:
    """Note that a source's crawl began: a row without an outcome is one that never ended."""
    with transaction(db):
        db.execute(
            "INSERT OR REPLACE INTO source_runs (run, source_id, started_at) VALUES (?, ?, ?)",
            [run, source_id, now],
        )


def finish_source(
    db: Database,
    run: int,
    source_id: str,
    *,
    verdict: Verdict,
    proof: Proof,
    listed: Iterable[str],
    gone: Mapping[str, str],
    pages: Mapping[str, KeptPage],
    counts: Counts,
    traffic: Traffic,
    now: str,
) -> Closings:
    """End a source's crawl: settle its adverts' lives, and keep the outcome with its proof.

    `listed` are the external ids that the listing showed; `gone` those of pages that said that the
    vacancy is over, to their rows' fingerprints; `pages` those of the listing that may be asked for
    conditionally the next time.
    """
    with transaction(db):
        proven = proof.advertised is not None or verdict.outcome is Outcome.EMPTY
        closings = settle(db, source_id, listed, verdict.outcome, now, gone=gone, proven=proven)
        keep_pages(db, source_id, pages)
        row = _proof_row(proof) | {
            "outcome": verdict.outcome,
            "failure": verdict.failure,
            "reason": verdict.reason or None,
            "new": counts.new,
            "changed": counts.changed,
            "unchanged": closings.seen - counts.new - counts.changed,
            "closed_expired": closings.expired,
            "closed_withdrawn": closings.withdrawn,
            "closed_gone": closings.gone,
            "reopened": closings.reopened,
            **asdict(traffic),
        }
        db.table("source_runs").update((run, source_id), row)
        status: dict[str, Any] = {"status": verdict.outcome}
        if verdict.outcome in CLOSING_OUTCOMES:
            status["last_complete_run"] = run
        db.table("sources").update(source_id, status)
    return closings


def _proof_row(proof: Proof) -> dict[str, Any]:
    row = asdict(proof)
    del row["failure"], row["detail"]
    return {name: int(value) if isinstance(value, bool) else value for name, value in row.items()}


def _load_source(db: Database, source: Source) -> None:
    db.execute(
        """INSERT INTO sources (id, employer, platform, url, options, min_expected, enabled)
           VALUES (?, ?, ?, ?, ?, ?, ?)
           ON CONFLICT (id) DO UPDATE SET employer = excluded.employer,
               platform = excluded.platform, url = excluded.url, options = excluded.options,
               min_expected = excluded.min_expected, enabled = excluded.enabled""",
        [
            source.id,
            source.employer,
            source.platform,
            source.url,
            source.options_text or None,
            source.min_expected,
            int(source.enabled),
        ],
    )


def _load_reference(db: Database) -> None:
    """Copy the tables of data/ that analysts join with."""
    numbers = {"population": int, "latitude": float, "longitude": float}
    columns = [column.name for column in db.table("councils").columns]
    db.table("councils").upsert_all(
        (
            {name: numbers.get(name, str)(row[name]) if row.get(name) else None for name in columns}
            for row in table("councils.csv")
        ),
        pk="gss_code",
    )
    db.table("sectors").upsert_all(
        ({"sector": sector, "name": name} for sector, name in sector_names().items()),
        pk="sector",
    )
