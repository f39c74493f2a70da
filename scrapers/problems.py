"""What can go wrong while fetching, each under a name that says what a person should look at."""

from __future__ import annotations

from enum import StrEnum


class Failure(StrEnum):
    """Why a page could not be had or read: a closed list, so that reports can be counted."""

    DNS = "dns"
    REFUSED = "refused"
    TIMEOUT = "timeout"
    TLS = "tls"
    ROBOTS = "robots"
    BLOCKED = "blocked"
    NOT_FOUND = "not_found"
    SERVER_ERROR = "server_error"
    LAYOUT_CHANGED = "layout_changed"
    PARSE_ERROR = "parse_error"
    TOO_LARGE = "too_large"
    CANCELLED = "cancelled"


class PageProblem(Exception):
    """The page is not the page that was asked for; says why, and what was seen instead."""

    def __init__(self, failure: Failure, detail: str) -> None:
        super().__init__(f"{failure}: {detail}")
        self.failure = failure
        self.detail = detail


class AdvertGone(Exception):
    """The advert's own page says that the vacancy is closed or withdrawn."""


class RegisterError(Exception):
    """The register of sources is wrong or lacks what was asked for; the message says where."""
