"""What the site says of an advert, ready to print."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from typing import Any, Final

from sqlite_utils import Database

from lgjobs.exports.feed import one_line
from lgjobs.exports.published import published
from lgjobs.exports.site import words
from lgjobs.exports.site.facets import Facet
from lgjobs.store.views import live, stands_for_job

Row = dict[str, Any]

CLOSED_DAYS: Final = 60
"""For so long a closed advert's address says that it has closed; then it is gone."""
NO_TITLE: Final = "Vacancy"
LONGEST_TITLE: Final = 200

_SHOWN: Final = (
    *("title", "employer", "recruiter", "summary", "salary_text"),
    *("place", "authority_name", "location_text"),
)
"""Columns with words of others that lists show."""
_LIVE: Final = live(":now")
_ROWS: Final = """SELECT advert_list.*, title_published
                  FROM advert_list JOIN (SELECT id, title_published FROM adverts) USING (id)
                  WHERE {} ORDER BY first_seen DESC, id DESC"""


@dataclass(frozen=True, slots=True)
class Vacancy:
    """A live advert as the lists show it."""

    page: str
    """Name of its page's file, without the ending."""
    title: str
    employer: str | None
    recruiter: str | None
    """An agency that advertises for the employer, or alone; None where the employer does."""
    place: str | None
    pay: str | None
    summary: str | None
    closes: str | None
    """For people; None where nothing is known."""
    closes_at: str | None
    changed_on: str
    region: str | None
    sector: str | None
    values: Mapping[str, tuple[str, ...]]
    """Keys of its values, by facet."""
    pairs: tuple[tuple[str, str], ...]
    """The same as pairs of facet and value."""


def live_rows(db: Database, now: str) -> Iterator[Row]:
    """The adverts that one can apply to, one for each vacancy, newest first, as stored."""
    return iter(db.query(_ROWS.format(f"{_LIVE} AND {stands_for_job(':now')}"), {"now": now}))


def closed_rows(db: Database, now: str) -> Iterator[Row]:
    """The adverts that closed within the last CLOSED_DAYS days, newest first, as stored."""
    closed = f"coalesce(closed_at, closes_at) > :since AND NOT ({_LIVE})"
    return iter(db.query(_ROWS.format(closed), {"now": now, "since": _of_late(now)}))


def replaced_rows(db: Database, now: str) -> Iterator[Row]:
    """The live adverts for which another of their job stands since the last CLOSED_DAYS days."""
    replaced = f"""{_LIVE} AND NOT {stands_for_job(":now")}
                   AND id IN (SELECT id FROM adverts WHERE lead_changed_at > :since)"""  # noqa: S608 - ours
    return iter(db.query(_ROWS.format(replaced), {"now": now, "since": _of_late(now)}))


def _of_late(now: str) -> str:
    since = datetime.fromisoformat(now).astimezone(UTC) - timedelta(days=CLOSED_DAYS)
    return since.strftime("%Y-%m-%dT%H:%M:%SZ")


def page_name(row: Row) -> str:
    """The name of an advert's page: the same as long as its source calls it the same."""
    identity = f"{row['source_id']}\0{row['external_id']}".encode("utf-8", "replace")
    return f"{words.slug(row['source_id'])}-{blake2b(identity, digest_size=6).hexdigest()}"


def vacancy(row: Row, facets: Iterable[Facet]) -> Vacancy:
    """What the lists show of a row of `live_rows`."""
    (clean,) = published([{name: row[name] for name in _SHOWN}])
    row = row | clean
    values = {facet.key: facet.keys(row) for facet in facets}
    return Vacancy(
        page=page_name(row),
        title=title(row),
        employer=employer(row),
        recruiter=recruiter(row),
        place=words.place(row),
        pay=words.pay(row),
        summary=one_line(row["summary"]),
        closes=closing(row),
        closes_at=row["closes_at"],
        changed_on=row["last_changed"][:10],
        region=row["region"],
        sector=row["sector_name"],
        values=values,
        pairs=tuple((key, value) for key, found in values.items() for value in found),
    )


def title(row: Row) -> str:
    return words.cut(one_line(row["title"]) or NO_TITLE, LONGEST_TITLE)


def employer(row: Row) -> str | None:
    return one_line(row["employer"])


def recruiter(row: Row) -> str | None:
    named = one_line(row["recruiter"])
    return None if named == employer(row) else named


def closing(row: Row) -> str | None:
    """When an advert closes, for people."""
    if row["closes_at"]:
        return words.moment(row["closes_at"])
    return "When the post is filled" if row["open_ended"] else None
