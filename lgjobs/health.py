"""Health: which sources are read night after night, and which need a person, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from sqlite_utils import Database

from scrapers.problems import Failure
from scrapers.verdict import CLOSING_OUTCOMES, Outcome

PATIENCE = 2
"""Runs in a row that may fail before a person is asked: one bad night mends itself."""

PLAIN_WORDS: Final[Mapping[str, str]] = {
    Failure.DNS: "The site's address is not known to the network. It may have moved.",
    Failure.REFUSED: "The site did not take the connection, or broke it off.",
    Failure.TIMEOUT: "The site did not answer in time.",
    Failure.TLS: "The site's certificate could not be verified.",
    Failure.ROBOTS: "The site asks programs not to read its list of vacancies, so we do not.",
    Failure.BLOCKED: "The site asked for something that only a person in a browser can do.",
    Failure.NOT_FOUND: "There is no list of vacancies at this address any more.",
    Failure.SERVER_ERROR: "The site answered that it was out of order.",
    Failure.LAYOUT_CHANGED: "The site is built otherwise than we know it. Our reader needs work.",
    Failure.PARSE_ERROR: "The site's answer broke off or could not be understood.",
    Failure.TOO_LARGE: "The site's answer was larger than we take.",
    Failure.CANCELLED: "Our crawl was stopped before it had read everything.",
    Outcome.SUSPICIOUS: "Far fewer vacancies than usual were listed. We wait for a second look.",
    Outcome.FAILED: "The list was shorter than the register says that it must be.",
    Outcome.PARTIAL: "The list was not read to its end.",
    "killed": "Our crawl ended before it had finished with this site.",
}
"""What a failure, or an outcome without one, means to somebody who did not write the program."""


class State(StrEnum):
    """How a source stands; those that need somebody come first."""

    NEEDS_A_PERSON = "needs a person"
    UNSETTLED = "unsettled"
    """Its last run failed; the next one may mend it."""
    NEVER_READ = "never read"
    WELL = "well"
    SWITCHED_OFF = "switched off"


ORDER: Final = tuple(State)


@dataclass(frozen=True, slots=True)
class SourceHealth:
    """One source of the database and how it stands."""

    source: str
    platform: str
    url: str
    council: str | None
    """Name; None for a board of many employers."""
    region: str | None
    state: State
    failure: str | None
    """Class of the failure, else the outcome; None for one that is well."""
    why: str
    """The same in plain words; empty when all is well."""
    detail: str
    """What the run itself wrote down, for whoever mends it."""
    since: str | None
    """UTC: when the first of the present row of failures began."""
    last_complete_at: str | None
    """UTC."""
    adverts_open: int


def health(db: Database) -> list[SourceHealth]:
    """Every source that a run has ever known, the ones that need a person first."""
    found = [
        _state(row, _bad_runs(db, row["id"]))
        for row in db.query(
            """SELECT source_health.*, coalesce(councils.region, councils.nation) AS region
               FROM source_health JOIN sources USING (id)
               LEFT JOIN councils ON councils.gss_code = sources.employer"""
        )
    ]
    return sorted(found, key=lambda each: (ORDER.index(each.state), each.source))


def needs_a_person(found: list[SourceHealth]) -> bool:
    return any(each.state is State.NEEDS_A_PERSON for each in found)


def _bad_runs(db: Database, source: str) -> list[dict[str, str | None]]:
    """The runs since the last good one, newest first."""
    return list(
        db.query(
            """SELECT started_at, outcome FROM source_runs
               WHERE source_id = :source AND run > coalesce(
                   (SELECT max(run) FROM source_runs
                    WHERE source_id = :source AND outcome IN (:complete, :empty)), 0)
               ORDER BY run DESC""",
            {"source": source, **{each.value: each for each in CLOSING_OUTCOMES}},
        )
    )


def _state(row: dict[str, object], bad: list[dict[str, str | None]]) -> SourceHealth:
    if not row["enabled"]:
        state = State.SWITCHED_OFF
    elif row["last_run"] is None:
        state = State.NEVER_READ
    elif not bad:
        state = State.WELL
    elif len(bad) >= PATIENCE or row["last_complete_run"] is None:
        state = State.NEEDS_A_PERSON
    else:
        state = State.UNSETTLED
    failure = None
    if bad and state is not State.SWITCHED_OFF:
        failure = str(row["failure"] or bad[0]["outcome"] or "killed")
    return SourceHealth(
        source=str(row["id"]),
        platform=str(row["platform"]),
        url=str(row["url"]),
        council=_text(row["council"]),
        region=_text(row["region"]),
        state=state,
        failure=failure,
        why=PLAIN_WORDS[failure] if failure else "",
        detail=_text(row["reason"]) or "" if failure else "",
        since=bad[-1]["started_at"] if failure else None,
        last_complete_at=_text(row["last_complete_at"]),
        adverts_open=int(str(row["adverts_open"])),
    )


def _text(value: object) -> str | None:
    return None if value is None else str(value)
