"""Listing: what one page of a source's list of vacancies says."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from scrapy import Request

from scrapers.items import RawAdvert


@dataclass(slots=True, kw_only=True)
class ListingRow:
    """One advert as its listing shows it."""

    advert: RawAdvert
    """What the row itself says: at least the external id and the public address."""
    complete: bool = False
    """The row says all that there is: no detail page is asked for."""
    detail: str | Request | None = None
    """Where the detail page is, when the advert's public address will not do."""
    words: str = ""
    """Further text of the row, for noticing that it has changed; nothing is read from it."""

    def fingerprint(self) -> str:
        """The same for the same facts in the row, whatever the page, the session or the address."""
        facts = sorted(
            (name, value)
            for name, value in self.advert.as_dict().items()
            if name not in ("url", "apply_url")
        )
        return hashlib.sha1(repr((facts, self.words)).encode(), usedforsecurity=False).hexdigest()


@dataclass(slots=True, kw_only=True)
class Listing:
    """One page of a listing, and where the rest of it is."""

    rows: Sequence[ListingRow] = ()
    advertised: int | None = None
    """The total that the page states for the whole listing."""
    more: Sequence[str | Request] = ()
    """Further pages of the listing that this one names: the next, or all the others."""
    says_empty: bool = False
    """The page itself says that there are no vacancies. A page without rows does not."""
