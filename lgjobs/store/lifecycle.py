"""What becomes of adverts when a source's crawl has ended: seen again, reopened, closed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from statistics import median

from sqlite_utils import Database

from lgjobs.store.pages import kept_pages
from scrapers.platform import History, Known
from scrapers.verdict import CLOSING_OUTCOMES, Outcome

REFRESH_DAYS = 30
"""An advert's page is read again after this long, whatever its listing says."""
GONE_DAYS = 7
"""A page that said that the vacancy is over is asked again after this long, if still listed."""

_USUAL_RUNS = 5


READVERTISED_DAYS = 180
"""Within so long of its closing the same title by the same employer is the post again."""
KEPT_DAYS = 7
"""A listing is asked for whole after this long: a server's "not modified" may be wrong."""
MANY = 4
"""When more than one in so many open adverts goes missing at once, a second run must confirm it."""
GONE_TWICE = 2
"""Readings of an advert's page as gone that close it while its listing still names it."""


@dataclass(frozen=True, slots=True)
class Closings:
    """What became of a source's adverts at the end of its crawl."""

    seen: int = 0
    """Stored adverts that the listing showed."""
    expired: int = 0
    withdrawn: int = 0
    gone: int = 0
    reopened: int = 0


def history(db: Database, source_id: str, now: str) -> History:
    """What earlier runs know of a source, so that its next crawl asks only for news.

    An advert is read again when it is older than REFRESH_DAYS; when its closing date has passed
    since it was read while it may still be listed, since the deadline may have been extended; and
    when its page was gone at the last reading, since one 404 proves nothing.
    """
    stale = _days_before(now, REFRESH_DAYS)
    known = _gone(db, source_id, now) | {
        external_id: Known(fingerprint or "", bool(reread))
        for external_id, fingerprint, reread in db.execute(
            """SELECT external_id, adverts.listing_fingerprint,
                      last_read < :stale OR (closes_at <= :now AND last_read < closes_at)
                      OR (readings < :enough AND closed_at IS NULL)
                      OR (closed_reason = 'gone' AND seen_at < :asked_again)
               FROM adverts LEFT JOIN gone_pages USING (source_id, external_id)
               WHERE source_id = :source""",
            {
                "stale": stale,
                "now": now,
                "source": source_id,
                "enough": GONE_TWICE,
                "asked_again": _days_before(now, GONE_DAYS),
            },
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
        pages=kept_pages(db, source_id, _days_before(now, KEPT_DAYS)),
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

    `gone` maps external ids to row fingerprints. What the listing no longer shows is forgotten, and
    what was read as an advert again. Call inside a transaction, when temp.listed is filled.
    """
    db.execute(
        """DELETE FROM gone_pages WHERE source_id = :source AND (
               external_id NOT IN (SELECT external_id FROM temp.listed)
               OR seen_at < (SELECT last_read FROM adverts WHERE source_id = :source
                             AND adverts.external_id = gone_pages.external_id))""",
        {"source": source_id},
    )
    db.conn.executemany(
        """INSERT INTO gone_pages (source_id, external_id, listing_fingerprint, seen_at, readings)
           VALUES (?, ?, ?, ?, 1)
           ON CONFLICT DO UPDATE SET listing_fingerprint = excluded.listing_fingerprint,
               seen_at = excluded.seen_at, readings = readings + 1""",
        [(source_id, external_id, fingerprint, now) for external_id, fingerprint in gone.items()],
    )


_SEEN = "source_id = :source AND external_id IN (SELECT external_id FROM temp.listed)"
_OVER = "closes_at IS NOT NULL AND closes_at <= :now"
_GONE = """external_id IN (SELECT external_id FROM gone_pages
                           WHERE source_id = :source AND readings >= :enough)"""


def settle(
    db: Database,
    source_id: str,
    listed: Iterable[str],
    outcome: Outcome,
    now: str,
    *,
    gone: Mapping[str, str],
    proven: bool,
) -> Closings:
    """Apply the end of a source's crawl: `listed` are the external ids that its listing showed.

    Being listed is evidence of life whatever the outcome. Closing needs an outcome that proves
    the listing was read to its end. Then an advert closes as expired when its closing date has
    passed; as gone when its own page said so twice running (`gone`: this run's pages that did, to
    their rows' fingerprints); as withdrawn when the listing no longer shows it. `proven` says that
    the listing itself states how many there are: without that, or where a good part of the adverts
    is missing at once, absence closes at the second complete run that sees it, and dates from the
    first. Call inside a transaction.
    """
    db.execute("CREATE TEMP TABLE IF NOT EXISTS listed (external_id TEXT PRIMARY KEY)")
    db.execute("DELETE FROM temp.listed")
    db.conn.executemany("INSERT INTO temp.listed VALUES (?)", [(each,) for each in listed])
    remember_gone(db, source_id, gone, now)
    at = {"now": now, "source": source_id, "enough": GONE_TWICE}

    def update(change: str, of: str) -> int:
        return db.execute(f"UPDATE adverts SET {change} WHERE {of}", at).rowcount  # noqa: S608

    seen = update("last_seen = :now, absent_since = NULL", _SEEN)
    reopened = update(
        "closed_at = NULL, closed_reason = NULL, reopened_at = :now",
        f"{_SEEN} AND closed_at IS NOT NULL AND NOT ({_OVER}) AND NOT ({_GONE})",
    )
    if outcome not in CLOSING_OUTCOMES:
        return Closings(seen, reopened=reopened)
    still_open = "source_id = :source AND closed_at IS NULL"
    expired = update(
        "closed_at = max(closes_at, first_seen), closed_reason = 'expired'",
        f"{still_open} AND {_OVER}",
    )
    gone_now = update("closed_at = :now, closed_reason = 'gone'", f"{still_open} AND {_GONE}")
    open_now, absent = db.execute(
        f"""SELECT count(*), coalesce(sum(NOT ({_SEEN})), 0) FROM adverts
            WHERE {still_open}""",  # noqa: S608 - ours
        at,
    ).fetchone()
    at_once = proven and (outcome is Outcome.EMPTY or not _too_many(absent, open_now))
    confirmed = "" if at_once else " AND absent_since IS NOT NULL"
    withdrawn = update(
        "closed_at = coalesce(absent_since, :now), closed_reason = 'withdrawn'",
        f"{still_open} AND NOT ({_SEEN}){confirmed}",
    )
    update("absent_since = :now", f"{still_open} AND NOT ({_SEEN}) AND absent_since IS NULL")
    return Closings(seen, expired, withdrawn, gone_now, reopened)


def _too_many(absent: int, open_now: int) -> bool:
    """Whether so many adverts vanish at once that a listing which counts itself may be cut."""
    return absent > 1 and absent * MANY > open_now


def mark_readvertised(db: Database, run: int) -> None:
    """Say of each advert first seen in a run which closed one it repeats: the same employer and
    title, another vacancy, closed up to READVERTISED_DAYS before. Call inside a transaction."""
    db.execute(
        """UPDATE adverts SET readvertises = (
               SELECT max(earlier.id) FROM adverts AS earlier
               WHERE earlier.employer = adverts.employer AND earlier.title = adverts.title
                 AND earlier.id < adverts.id AND earlier.job_id <> adverts.job_id
                 AND earlier.closed_at <= adverts.first_seen
                 AND earlier.closed_at
                     >= strftime('%Y-%m-%dT%H:%M:%SZ', adverts.first_seen, :window))
           WHERE first_seen >= (SELECT started_at FROM runs WHERE id = :run)""",
        {"run": run, "window": f"-{READVERTISED_DAYS} days"},
    )


def _days_before(instant: str, days: int) -> str:
    moment = datetime.fromisoformat(instant).astimezone(UTC) - timedelta(days=days)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
