"""The migrations of the database, oldest first. One that was released is never changed."""

from __future__ import annotations

from sqlite_utils import Database, Migrations

from lgjobs.store.views import MONTH, remake_views

migrations = Migrations("lgjobs")

APPLICATION_ID = 0x6C676A62
"""Marks a SQLite file as ours ("lgjb")."""


@migrations()
def m001_first_tables(db: Database) -> None:
    """Councils, sources, runs, adverts with their texts, history, flags and raw strings."""
    _reference_tables(db)
    _run_tables(db)
    _advert_tables(db)
    _search_index(db)


def _reference_tables(db: Database) -> None:
    db.create_table(
        "councils",
        {
            "gss_code": str, "name": str, "type": str, "nation": str, "region": str,
            "parent": str, "aliases": str, "website": str, "population": int,
            "latitude": float, "longitude": float,
            "valid_from": str, "valid_to": str, "successors": str,
        },
        pk="gss_code", not_null={"name", "type"}, strict=True,
    )  # fmt: skip
    db.create_table("sectors", {"sector": str, "name": str}, pk="sector", strict=True)
    db.create_table(
        "sources",
        {
            "id": str, "employer": str, "platform": str, "url": str, "options": str,
            "min_expected": int, "enabled": int, "last_complete_run": int, "status": str,
        },
        pk="id", not_null={"platform", "url", "enabled"}, strict=True,
    )  # fmt: skip


def _run_tables(db: Database) -> None:
    db.create_table(
        "runs",
        {"id": int, "started_at": str, "finished_at": str, "program": str},
        pk="id", not_null={"started_at", "program"}, strict=True,
    )  # fmt: skip
    db.create_table(
        "source_runs",
        {
            "run": int, "source_id": str, "started_at": str,
            "outcome": str, "failure": str, "reason": str,
            "advertised": int, "pages_walked": int, "ids_listed": int, "duplicates": int,
            "cap_hit": int, "end_reached": int, "honest_zero": int,
            "adverts_read": int, "adverts_gone": int, "adverts_blocked": int,
            "adverts_unreadable": int, "requests": int, "bytes": int,
            "new": int, "changed": int, "unchanged": int,
            "closed_expired": int, "closed_withdrawn": int, "reopened": int, "seconds": float,
        },
        pk=("run", "source_id"), not_null={"started_at"}, strict=True,
        foreign_keys=[("run", "runs", "id"), ("source_id", "sources", "id")],
    )  # fmt: skip
    db.table("source_runs").create_index(["source_id", "run"])


def _advert_tables(db: Database) -> None:
    db.create_table(
        "jobs",
        {"id": int, "lead_advert": int, "first_seen": str},
        pk="id", not_null={"lead_advert", "first_seen"}, strict=True,
    )  # fmt: skip
    db.create_table(
        "adverts",
        {
            "id": int, "source_id": str, "external_id": str, "job_id": int,
            "url": str, "apply_url": str, "reference": str,
            "employer": str, "council": str, "recruiter": str, "department": str,
            "title": str, "title_published": str, "sector": str, "category_text": str,
            "summary": str,
            "salary_text": str, "salary_min": float, "salary_max": float,
            "salary_period": str, "salary_currency": str,
            "salary_annual_min": float, "salary_annual_max": float,
            "salary_actual_min": float, "salary_actual_max": float,
            "pro_rata": int, "salary_negotiable": int, "grade": str,
            "scp_min": int, "scp_max": int, "pay_scale": str, "salary_basis": str,
            "location_text": str, "place": str, "postcode": str, "authority": str,
            "authority_successor": str, "region": str, "nation": str,
            "latitude": float, "longitude": float, "place_basis": str, "work_mode": str,
            "hours_text": str, "hours_per_week": float, "contract_text": str,
            "contract_type": str, "working_pattern": str, "term_months": float,
            "posted_text": str, "posted_on": str, "closing_text": str, "closes_at": str,
            "open_ended": int, "interview_on": str,
            "first_seen": str, "last_seen": str, "last_read": str, "last_changed": str,
            "closed_at": str, "closed_reason": str, "reopened_at": str,
            "content_hash": str, "listing_fingerprint": str,
        },
        pk="id", strict=True,
        not_null={
            "source_id", "external_id", "job_id", "url", "salary_basis", "place_basis",
            "open_ended", "first_seen", "last_seen", "last_read", "last_changed", "content_hash",
        },
        foreign_keys=[("source_id", "sources", "id"), ("job_id", "jobs", "id")],
    )  # fmt: skip
    adverts = db.table("adverts")
    adverts.create_index(["source_id", "external_id"], unique=True)
    for column in ("job_id", "closed_at", "closes_at", "sector", "region", "council", "authority"):
        adverts.create_index([column])
    parts: dict[str, tuple[dict[str, type], str | tuple[str, ...] | None]] = {
        "advert_texts": (
            {"advert": int, "description_html": str, "description_text": str},
            "advert",
        ),
        "advert_versions": (
            {
                "id": int, "advert": int, "run": int, "seen_at": str,
                "field": str, "before": str, "after": str,
            },
            "id",
        ),
        "advert_flags": ({"advert": int, "flag": str, "detail": str}, ("advert", "flag", "detail")),
        "raw_adverts": ({"advert": int, "raw": bytes}, "advert"),
    }  # fmt: skip
    for name, (columns, key) in parts.items():
        db.create_table(
            name, columns, pk=key, strict=True, foreign_keys=[("advert", "adverts", "id")]
        )
    db.table("advert_versions").create_index(["advert"])
    db.table("advert_versions").create_index(["run"])
    db.table("advert_flags").create_index(["flag"])

    db.create_table(
        "gone_pages",
        {"source_id": str, "external_id": str, "listing_fingerprint": str, "seen_at": str},
        pk=("source_id", "external_id"),
        not_null={"listing_fingerprint", "seen_at"},
        foreign_keys=[("source_id", "sources", "id")],
        strict=True,
    )


def _search_index(db: Database) -> None:
    db.create_view(
        "advert_documents",
        """SELECT adverts.id, title, employer, summary, description_text
           FROM adverts JOIN advert_texts ON advert_texts.advert = adverts.id""",
    )
    db.execute(
        """CREATE VIRTUAL TABLE advert_search USING fts5(
               title, employer, summary, description_text,
               content='advert_documents', content_rowid='id',
               tokenize='porter unicode61 remove_diacritics 2')"""
    )


@migrations()
def m002_second_looks(db: Database) -> None:
    """What a second run must confirm before an advert closes; what re-advertises what."""
    adverts = db.table("adverts")
    adverts.add_column("absent_since", str)
    adverts.add_column("readvertises", int)
    db.create_table(
        "kept_pages",
        {
            "source_id": str, "url": str, "final_url": str, "etag": str, "last_modified": str,
            "text": bytes, "kind": str, "fetched_at": str,
        },
        pk=("source_id", "url"),
        not_null={"final_url", "text", "kind", "fetched_at"},
        foreign_keys=[("source_id", "sources", "id")],
        strict=True,
    )  # fmt: skip
    db.table("source_runs").add_column("closed_gone", int)
    db.table("gone_pages").add_column("readings", int, not_null_default=1)
    for columns in (["employer", "title"], ["council", "first_seen"], ["first_seen"]):
        adverts.create_index(columns)
    db.execute(
        "CREATE INDEX idx_adverts_readvertises ON adverts (readvertises)"
        " WHERE readvertises IS NOT NULL"
    )
    db.execute(f"CREATE INDEX idx_adverts_month ON adverts ({MONTH}, region, sector)")
    db.execute("CREATE INDEX idx_adverts_closings ON adverts (closed_at, sector, first_seen)")
    db.table("advert_versions").create_index(["field"])
    remake_views(db)


@migrations()
def m003_one_job_for_many_adverts(db: Database) -> None:
    """What was decided of adverts on several sites; the deadline and end of a job."""
    jobs = db.table("jobs")
    jobs.add_column("adverts", int)
    jobs.add_column("closes_at", str)
    jobs.add_column("closed_at", str)
    db.execute("CREATE INDEX idx_jobs_open ON jobs (id) WHERE closed_at IS NULL")
    adverts = [("advert", "adverts", "id"), ("other", "adverts", "id")]
    db.create_table(
        "job_matches",
        {
            "advert": int, "other": int, "score": float, "decision": str, "reason": str,
            "decided_at": str,
        },
        pk=("advert", "other"), foreign_keys=adverts, strict=True,
        not_null={"score", "decision", "reason", "decided_at"},
    )  # fmt: skip
    db.table("job_matches").create_index(["other"])
    db.create_table(
        "not_same",
        {"advert": int, "other": int, "reason": str},
        pk=("advert", "other"),
        foreign_keys=adverts,
        strict=True,
    )
    db.create_table("adverts_to_match", {"advert": int}, pk="advert", strict=True)
    for event in ("INSERT", "UPDATE OF title"):
        db.execute(
            f"""CREATE TRIGGER match_after_{event.split()[0].lower()} AFTER {event} ON adverts
                BEGIN INSERT OR IGNORE INTO adverts_to_match VALUES (new.id); END"""  # noqa: S608 - ours
        )
    db.execute("INSERT INTO adverts_to_match SELECT id FROM adverts")
    remake_views(db)


@migrations()
def m004_open_adverts(db: Database) -> None:
    """Which hits of a search are open, and the figures of a council: read from an index alone."""
    db.execute("CREATE INDEX idx_adverts_open ON adverts (id, closes_at) WHERE closed_at IS NULL")
    db.execute(
        """CREATE INDEX idx_adverts_scorecard
           ON adverts (council, first_seen, closed_at, salary_min, readvertises)"""
    )
    db.execute("DROP INDEX idx_adverts_council_first_seen")


@migrations()
def m005_one_row_a_job(db: Database) -> None:
    """Live jobs are one row each; who holds an export hears when another advert leads."""
    db.table("adverts").add_column("lead_changed_at", str)
    db.execute("DROP INDEX idx_adverts_open")
    db.execute(
        """CREATE INDEX idx_adverts_open ON adverts (id, closes_at, job_id, source_id, closed_at)
           WHERE closed_at IS NULL"""
    )
    remake_views(db)


RELEASED = frozenset(name for name in globals() if name.startswith("m0"))
"""Names of all migrations that this program knows."""
