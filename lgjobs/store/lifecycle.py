"""What becomes of adverts when a source's crawl has ended: seen again, reopened, closed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from statistics import median

from sqlite_utils import Database

from scrapers.platform import History, Known
from scrapers.verdict import CLOSING_OUTCOMES, Outcome

REFRESH_DAYS = 30
"""An advert's page is read again after this long, whatever its listing says."""
GONE_DAYS = 7
"""A page that said that the vacancy is over is asked again after this long, if still listed."""

_USUAL_RUNS = 5


@dataclass(frozen=True, slots=True)
class Closings:
    """What became of a source's adverts at the end of its crawl."""

    seen: int = 0
    """Stored adverts that the listing showed."""
    expired: int = 0
    withdrawn: int = 0
    reopened: int = 0


def history(db: Database, source_id: str, now: str) -> History:
    """What earlier runs know of a source, so that its next crawl asks only for news.

    An advert is read again when it is older than REFRESH_DAYS, or when its closing date has
    passed since it was read while it may still be listed: the deadline may have been extended.
    """
    stale = _days_before(now, REFRESH_DAYS)
    known = _gone(db, source_id, now) | {
        external_id: Known(fingerprint or "", bool(reread))
        for external_id, fingerprint, reread in db.execute(
            """SELECT external_id, listing_fingerprint,
                      last_read < :stale OR (closes_at <= :now AND last_read < closes_at)
               FROM adverts WHERE source_id = :source""",
            {"stale": stale, "now": now, "source": source_id},
        )
    }
    counts = [
        listed
        for (listed,) in db.execute(
            """SELECT ids_listed FROM source_runs WHERE source_id = ? AND outcome = ?
               ORDER BY run DESC LIMIT ?""",
            [source_id, Outcome.COMPLETE, _USUAL_RUNS],
        )
    ]
    last = db.execute(
        """SELECT outcome FROM source_runs WHERE source_id = ? AND outcome IS NOT NULL
           ORDER BY run DESC LIMIT 1""",
        [source_id],
    ).fetchone()
    return History(
        known=known,
        usual=round(median(counts)) if counts else None,
        doubted_before=bool(last) and last[0] == Outcome.SUSPICIOUS,
    )


def _gone(db: Database, source_id: str, now: str) -> dict[str, Known]:
    asked_again = _days_before(now, GONE_DAYS)
    return {
        external_id: Known(fingerprint, seen_at < asked_again)
        for external_id, fingerprint, seen_at in db.execute(
            "SELECT external_id, listing_fingerprint, seen_at FROM gone_pages WHERE source_id = ?",
            [source_id],
        )
    }


def remember_gone(db: Database, source_id: str, gone: Mapping[str, str], now: str) -> None:
    """Keep which rows of the listing led to pages that said that the vacancy is over.

    `gone` maps external ids to row fingerprints. What the listing no longer shows is forgotten.
    Call inside a transaction, after `settle`.
    """
    db.execute(
        """DELETE FROM gone_pages WHERE source_id = ?
           AND external_id NOT IN (SELECT external_id FROM temp.listed)""",
        [source_id],
    )
    db.conn.executemany(
        "INSERT OR REPLACE INTO gone_pages VALUES (?, ?, ?, ?)",
        [(source_id, external_id, fingerprint, now) for external_id, fingerprint in gone.items()],
    )


def settle(
    db: Database, source_id: str, listed: Iterable[str], outcome: Outcome, now: str
) -> Closings:
    """Apply the end of a source's crawl: `listed` are the external ids that its listing showed.

    Being listed is evidence of life whatever the outcome. Closing needs an outcome that proves
    the listing was read to its end: an advert closes as expired when its closing date has
    passed, as withdrawn when the listing no longer shows it. Call inside a transaction.
    """
    at = {"now": now, "source": source_id}
    db.execute("CREATE TEMP TABLE IF NOT EXISTS listed (external_id TEXT PRIMARY KEY)")
    db.execute("DELETE FROM temp.listed")
    db.conn.executemany("INSERT INTO temp.listed VALUES (?)", [(each,) for each in listed])
    seen = "source_id = :source AND external_id IN (SELECT external_id FROM temp.listed)"
    over = "closes_at IS NOT NULL AND closes_at <= :now"
    showed = db.execute(
        f"UPDATE adverts SET last_seen = :now WHERE {seen}",  # noqa: S608
        at,
    ).rowcount
    reopened = db.execute(
        f"""UPDATE adverts SET closed_at = NULL, closed_reason = NULL, reopened_at = :now
            WHERE {seen} AND closed_at IS NOT NULL AND NOT ({over})""",  # noqa: S608
        at,
    ).rowcount
    if outcome not in CLOSING_OUTCOMES:
        return Closings(showed, reopened=reopened)
    expired = db.execute(
        f"""UPDATE adverts SET closed_at = max(closes_at, first_seen), closed_reason = 'expired'
            WHERE source_id = :source AND closed_at IS NULL AND {over}""",  # noqa: S608
        at,
    ).rowcount
    withdrawn = db.execute(
        f"""UPDATE adverts SET closed_at = :now, closed_reason = 'withdrawn'
            WHERE source_id = :source AND closed_at IS NULL AND NOT ({seen})""",  # noqa: S608
        at,
    ).rowcount
    return Closings(showed, expired, withdrawn, reopened)


def _days_before(instant: str, days: int) -> str:
    moment = datetime.fromisoformat(instant).astimezone(UTC) - timedelta(days=days)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
