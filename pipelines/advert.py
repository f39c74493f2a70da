"""Advert: the common schema that every stage fills, and the small types its fields use."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple, Protocol

from scrapers.items import RawAdvert


class Period(StrEnum):
    """What a sum of pay is for. `session`: a night, shift or meeting; `fixed`: the whole job."""

    YEAR = "year"
    MONTH = "month"
    WEEK = "week"
    DAY = "day"
    HOUR = "hour"
    SESSION = "session"
    FIXED = "fixed"


class Basis(StrEnum):
    """Whether a value is what the advert states, or was worked out from something else in it."""

    STATED = "stated"
    INFERRED = "inferred"
    NONE = "none"


class WorkMode(StrEnum):
    ON_SITE = "on_site"
    HYBRID = "hybrid"
    REMOTE = "remote"
    MOBILE = "mobile"


class ContractType(StrEnum):
    PERMANENT = "permanent"
    FIXED_TERM = "fixed_term"
    TEMPORARY = "temporary"
    CASUAL = "casual"
    ZERO_HOURS = "zero_hours"
    APPRENTICESHIP = "apprenticeship"
    SECONDMENT = "secondment"
    VOLUNTARY = "voluntary"


class WorkingPattern(StrEnum):
    FULL_TIME = "full_time"
    PART_TIME = "part_time"
    TERM_TIME = "term_time"
    JOB_SHARE = "job_share"
    FLEXIBLE = "flexible"
    SHIFTS = "shifts"
    ANNUALISED = "annualised"
    COMPRESSED = "compressed"


class Flag(NamedTuple):
    """A doubt about an advert, under a stable name, with the words or figures that raised it."""

    name: str
    detail: str = ""


class Evidence(NamedTuple):
    """Words of a text and what they were taken for: "salary_min", or "left out: hours per week"."""

    words: str
    means: str


@dataclass(slots=True, kw_only=True)
class Advert:
    """One advert as a source published it, read into the common schema.

    Meanings follow schema.org JobPosting. Unknown is None. Money is pounds as written, per
    `salary_period`; only `salary_annual_*` is converted (full-time equivalent, pounds a year).
    `closes_at` is UTC; `posted_on` and `interview_on` are dates in Europe/London. Areas are GSS
    codes.
    """

    raw: RawAdvert

    # who
    employer: str | None = None
    council: str | None = None
    """GSS code of the employing council, as it was when the advert was published."""
    recruiter: str | None = None
    """The agency that advertises, or the employer itself; an agency is never the employer."""

    # what
    title: str | None = None
    sector: str | None = None
    """One of the 28 keys of data/sectors.csv."""
    summary: str | None = None
    description_html: str | None = None
    """Sanitised: safe to publish as it is."""
    description_text: str | None = None

    # pay
    salary_min: float | None = None
    salary_max: float | None = None
    salary_period: Period | None = None
    salary_currency: str | None = None
    salary_annual_min: float | None = None
    salary_annual_max: float | None = None
    salary_actual_min: float | None = None
    salary_actual_max: float | None = None
    pro_rata: bool | None = None
    grade: str | None = None
    scp_min: int | None = None
    scp_max: int | None = None
    pay_scale: str | None = None
    salary_negotiable: bool | None = None
    salary_basis: Basis = Basis.NONE

    # where
    place: str | None = None
    postcode: str | None = None
    authority: str | None = None
    """GSS code of the lowest council area of the place, in force on the day of posting."""
    authority_successor: str | None = None
    """GSS code of the council that has taken that area over since; None while it stands."""
    region: str | None = None
    nation: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    place_basis: Basis = Basis.NONE
    """`inferred`: no place in the text, so the employer's area stands in for it."""
    work_mode: WorkMode | None = None

    # terms
    hours_per_week: float | None = None
    contract_type: ContractType | None = None
    working_pattern: tuple[WorkingPattern, ...] = ()
    term_months: float | None = None

    # when
    posted_on: str | None = None
    closes_at: str | None = None
    """ISO 8601, UTC: the instant after which nobody can apply."""
    open_ended: bool = False
    interview_on: str | None = None

    flags: list[Flag] = field(default_factory=list)

    def flag(self, name: str, detail: str = "") -> None:
        """Record a doubt; the same one twice is recorded once."""
        if (doubt := Flag(name, detail[:200])) not in self.flags:
            self.flags.append(doubt)


class Stage(Protocol):
    """A step of the chain, as Scrapy calls it: it fills its fields, never raises, never drops."""

    def process_item(self, item: Advert) -> Advert: ...
