"""From what the network did to the name of the failure."""

from __future__ import annotations

import ssl
from typing import Final

from OpenSSL import SSL
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadTimeoutError,
    IgnoreRequest,
)
from twisted.internet import error as network
from twisted.web.client import ResponseFailed, ResponseNeverReceived

from scrapers.problems import Failure, PageProblem

OWN_STATUSES: Final = {"handle_httpstatus_list": list(range(400, 600))}
"""Request meta: errors come to our callbacks, which name them; redirects are still followed."""

_BY_ERROR: tuple[tuple[type[BaseException], Failure], ...] = (
    (CannotResolveHostError, Failure.DNS),
    (network.DNSLookupError, Failure.DNS),
    (DownloadConnectionRefusedError, Failure.REFUSED),
    (network.ConnectError, Failure.REFUSED),
    (DownloadTimeoutError, Failure.TIMEOUT),
    (network.TimeoutError, Failure.TIMEOUT),
    (DownloadCancelledError, Failure.TOO_LARGE),
    (SSL.Error, Failure.TLS),
    (ssl.SSLError, Failure.TLS),
)


def failure_of_error(error: BaseException) -> Failure:
    """The failure class of an exception that ended a request.

    A connection that broke for a reason not listed counts as refused: the server hung up, or
    sent us round in circles.
    """
    if isinstance(error, PageProblem):
        return error.failure
    if isinstance(error, IgnoreRequest) and "robots.txt" in str(error):
        return Failure.ROBOTS
    for kind, failure in _BY_ERROR:
        if isinstance(error, kind):
            return failure
    if _is_tls(error):
        return Failure.TLS
    return Failure.REFUSED


def failure_of_status(status: int) -> Failure | None:
    """The failure class of an HTTP status; None for one that brings a page."""
    if status < 400:
        return None
    if status in (404, 410):
        return Failure.NOT_FOUND
    if status in (401, 403, 407, 429, 451):
        return Failure.BLOCKED
    return Failure.SERVER_ERROR if status >= 500 else Failure.REFUSED


def _is_tls(error: BaseException) -> bool:
    """Whether a certificate or handshake problem hides behind a general failure."""
    seen: BaseException | None = error
    while seen is not None:
        reasons = getattr(seen, "reasons", None) if _carries_reasons(seen) else None
        if any(isinstance(reason.value, SSL.Error) for reason in reasons or ()):
            return True
        if isinstance(seen, SSL.Error | ssl.SSLError):
            return True
        seen = seen.__cause__ or seen.__context__
    return False


def _carries_reasons(error: BaseException) -> bool:
    return isinstance(error, ResponseFailed | ResponseNeverReceived)
