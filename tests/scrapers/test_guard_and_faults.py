"""Redirects into private networks are refused; failures have names."""

import ssl

import pytest
from scrapy import Request
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
)

from scrapers.faults import failure_of_error, failure_of_status
from scrapers.guard import PublicHostsOnly, is_private
from scrapers.problems import Failure, PageProblem


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "10.1.2.3", "192.168.0.1", "169.254.169.254", "::1", "localhost", "db.internal"],
)
def test_private_hosts(host: str) -> None:
    assert is_private(host)


@pytest.mark.parametrize("host", ["www.example.gov.uk", "8.8.8.8", "localhost.example.com"])
def test_public_hosts(host: str) -> None:
    assert not is_private(host)


def redirected(came_from: str, to: str) -> Request:
    return Request(to, meta={"redirect_urls": [came_from]})


def test_a_redirect_from_a_public_to_a_private_host_is_refused() -> None:
    guard = PublicHostsOnly()
    with pytest.raises(PageProblem, match="private address"):
        guard.process_request(redirected("https://a.example/", "http://169.254.169.254/latest"))


def test_other_requests_pass() -> None:
    guard = PublicHostsOnly()
    assert guard.process_request(Request("http://127.0.0.1:1/")) is None
    assert guard.process_request(redirected("http://127.0.0.1:1/", "http://127.0.0.1:2/")) is None
    assert guard.process_request(redirected("https://a.example/", "https://b.example/")) is None


@pytest.mark.parametrize(
    ("error", "failure"),
    [
        (CannotResolveHostError(), Failure.DNS),
        (DownloadConnectionRefusedError(), Failure.REFUSED),
        (DownloadTimeoutError(), Failure.TIMEOUT),
        (DownloadCancelledError(), Failure.TOO_LARGE),
        (DownloadFailedError("reset"), Failure.REFUSED),
        (IgnoreRequest("Forbidden by robots.txt"), Failure.ROBOTS),
        (IgnoreRequest("max redirections reached"), Failure.REFUSED),
        (ssl.SSLCertVerificationError("unknown issuer"), Failure.TLS),
        (PageProblem(Failure.BLOCKED, "private"), Failure.BLOCKED),
    ],
)
def test_errors_have_a_class(error: Exception, failure: Failure) -> None:
    assert failure_of_error(error) is failure


def test_a_certificate_problem_is_found_behind_a_general_failure() -> None:
    error = DownloadFailedError("failed")
    error.__cause__ = ssl.SSLError("handshake")
    assert failure_of_error(error) is Failure.TLS


@pytest.mark.parametrize(
    ("status", "failure"),
    [
        (200, None),
        (304, None),
        (404, Failure.NOT_FOUND),
        (410, Failure.NOT_FOUND),
        (401, Failure.BLOCKED),
        (403, Failure.BLOCKED),
        (429, Failure.BLOCKED),
        (400, Failure.REFUSED),
        (500, Failure.SERVER_ERROR),
        (503, Failure.SERVER_ERROR),
    ],
)
def test_statuses_have_a_class(status: int, failure: Failure | None) -> None:
    assert failure_of_status(status) is failure
