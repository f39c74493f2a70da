"""RawAdvert: an advert's strings exactly as published, before anything is read into them."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Any


@dataclass(slots=True, kw_only=True)
class RawAdvert:
    """What a source publishes of one advert, word for word.

    A spider fills it and interprets nothing: no date is parsed, no pound counted. None means that
    the source does not say. Every string may hold HTML entities already decoded by the page's
    parser, but no markup, except `description`, which is HTML.
    """

    external_id: str
    """The source's own id of the advert: with `source_id` the advert's identity for ever."""
    url: str
    """The public address of the advert, without session or tracking parameters."""

    title: str | None = None
    employer: str | None = None
    """Who employs, as the advert names it; None where the source serves one employer only."""
    department: str | None = None
    reference: str | None = None
    salary: str | None = None
    grade: str | None = None
    """Pay grade, where published apart from the salary."""
    location: str | None = None
    postcode: str | None = None
    latitude: str | None = None
    longitude: str | None = None
    work_mode: str | None = None
    """Home or hybrid working, where published as a field of its own."""
    hours: str | None = None
    contract: str | None = None
    """Contract type and length ("Fixed Term, 12 months")."""
    pattern: str | None = None
    """Working pattern ("Full time", "Part time, term time")."""
    category: str | None = None
    posted: str | None = None
    closes: str | None = None
    interview: str | None = None
    description: str | None = None
    """HTML, or plain text, of the advert's body."""
    summary: str | None = None
    """A teaser published apart from the description."""
    apply_url: str | None = None
    extra: dict[str, str] = field(default_factory=dict)
    """Facts published under labels that have no field here: label to value."""

    source_id: str = ""
    source_employer: str | None = None
    """GSS code of the source's one employer; None for a board with many."""
    fetched_at: str = ""
    """When the advert was read: ISO 8601, UTC."""
    fingerprint: str = ""
    """Of the advert's row in the listing: the same again means that nothing there has changed.
    Empty means that the advert is to be asked for again."""
    unread: str | None = None
    """Why its own page could not be read: what stands here is from the listing alone.
    These last five are set by the base spider."""

    def as_dict(self) -> dict[str, Any]:
        """The fields that say something, for storing as JSON; `from_dict` reads them back."""
        said = {each.name: getattr(self, each.name) for each in fields(self)}
        return {name: value for name, value in said.items() if value not in (None, "", {})}

    @classmethod
    def from_dict(cls, stored: dict[str, Any]) -> RawAdvert:
        """The RawAdvert that `as_dict` gave; keys of a later version are left out."""
        known = {each.name for each in fields(cls)}
        return cls(**{name: value for name, value in stored.items() if name in known})

    def filled_from(self, other: RawAdvert) -> RawAdvert:
        """This advert, with what it leaves unsaid taken from `other` (its listing row, say)."""
        for each in fields(self):
            if getattr(self, each.name) in (None, ""):
                setattr(self, each.name, getattr(other, each.name))
        self.extra = {**other.extra, **self.extra}
        return self
