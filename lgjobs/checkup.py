"""A look at a source: which fields its adverts publish, and which of them are read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from pipelines.advert import Advert

ADVERTS = 3
"""Adverts that a look reads."""


@dataclass(frozen=True, slots=True)
class FieldCount:
    """Of so many adverts: how many publish a field, and in how many it is read."""

    field: str
    published: int
    read: int | None
    """None for a field that is kept as published and read by nobody."""
    of: int


_Told = Callable[[Advert], Any]

_FIELDS: Final[tuple[tuple[str, _Told, _Told | None], ...]] = (
    ("title", lambda each: each.raw.title, lambda each: each.title),
    ("employer", lambda each: each.raw.employer, lambda each: each.employer),
    ("reference", lambda each: each.raw.reference, None),
    ("salary", lambda each: each.raw.salary, lambda each: each.salary_min or each.salary_max),
    ("location", lambda each: each.raw.location, lambda each: each.authority or each.region),
    ("hours", lambda each: each.raw.hours, lambda each: each.hours_per_week),
    ("contract", lambda each: each.raw.contract, lambda each: each.contract_type),
    ("pattern", lambda each: each.raw.pattern, lambda each: each.working_pattern),
    ("category", lambda each: each.raw.category, lambda each: each.sector),
    ("posted", lambda each: each.raw.posted, lambda each: each.posted_on),
    ("closing", lambda each: each.raw.closes, lambda each: each.closes_at or each.open_ended),
    ("description", lambda each: each.raw.description, lambda each: each.description_text),
)


def field_table(adverts: Sequence[Advert]) -> list[FieldCount]:
    """The fields in a fixed order, with how many of the adverts publish and yield each."""
    return [
        FieldCount(
            name,
            published=sum(bool(published(each)) for each in adverts),
            read=None if read is None else sum(bool(read(each)) for each in adverts),
            of=len(adverts),
        )
        for name, published, read in _FIELDS
    ]
