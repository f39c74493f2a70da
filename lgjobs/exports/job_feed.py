"""The XML job feed that job boards take in (Indeed's form), descriptions included, streamed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO, Final

from lgjobs.exports.about import PROGRAM, About
from lgjobs.exports.feed import (
    REMOVED,
    description_html,
    mail_date,
    one_line,
    place,
    posted_on,
    removed,
)
from lgjobs.exports.markup import group, leaf
from lgjobs.exports.published import Row, published, stable_id

_OPENING: Final = '<?xml version="1.0" encoding="utf-8"?>\n<source>\n'
_PATTERNS: Final = {"full_time": "fulltime", "part_time": "parttime"}
_CONTRACTS: Final = {"fixed_term": "contract", "temporary": "temporary", "casual": "temporary"}
_REMOTE: Final = {"remote": "Fully remote", "hybrid": "Hybrid remote"}


def write(rows: Iterable[Row], out: BinaryIO, about: About) -> int:
    """A job an advert. One without a title, an employer or recruiter, a description, or an address
    on the web is left out: boards refuse it. Returns the number of adverts written."""
    head = (
        leaf("publisher", PROGRAM),
        leaf("publisherurl", about.link),
        leaf("lastBuildDate", mail_date(about.updated)),
    )
    out.write((_OPENING + "".join(head)).encode())
    count = 0
    for row in published(rows):
        job = _tombstone(row) if removed(row) else _job(row)
        if job is not None:
            out.write(job.encode())
            count += 1
    out.write(b"</source>\n")
    return count


def _job(row: Row) -> str | None:
    title, description = one_line(row["title"]), description_html(row)
    company = one_line(row["employer"]) or one_line(row["recruiter"])
    if title is None or company is None or description is None or row["url"] is None:
        return None
    return group(
        "job",
        leaf("title", title),
        leaf("date", mail_date(posted_on(row).isoformat())),
        leaf("referencenumber", stable_id(row)),
        leaf("requisitionid", one_line(row["reference"])),
        leaf("url", row["url"]),
        leaf("company", company),
        leaf("sourcename", one_line(row["recruiter"]) or company),
        leaf("city", place(row)),
        leaf("state", row["region"]),
        leaf("country", "GB"),
        leaf("postalcode", row["postcode"]),
        leaf("description", description),
        leaf("salary", one_line(row["salary_text"])),
        leaf("jobtype", _job_type(row)),
        leaf("category", row["sector_name"]),
        leaf("remotetype", _REMOTE.get(row["work_mode"] or "")),
        leaf("expirationdate", mail_date(row["closes_at"]) if row["closes_at"] else None),
        leaf("change", row.get("change")),
    )


def _tombstone(row: Row) -> str:
    return group(
        "job",
        leaf("referencenumber", stable_id(row)),
        leaf("change", REMOVED),
        leaf("expirationdate", mail_date(row["closed_at"] or row["closes_at"])),
    )


def _job_type(row: Row) -> str | None:
    patterns = (row["working_pattern"] or "").split(",")
    kinds = [_PATTERNS[name] for name in patterns if name in _PATTERNS]
    contract = _CONTRACTS.get(row["contract_type"] or "")
    return ", ".join([*kinds, contract] if contract else kinds) or None
