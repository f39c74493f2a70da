"""PublicHostsOnly: no redirect leads from a public site into a private network."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from scrapers.problems import Failure, PageProblem


def is_private(host: str) -> bool:
    """Whether a host name or address as written means this machine or a private network."""
    if host == "localhost" or host.endswith((".localhost", ".internal", ".local")):
        return True
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return False


class PublicHostsOnly:
    """Downloader middleware: refuses a redirect from a public host to a private one.

    A source that is itself on a private host (the demo estate) may redirect within such hosts.
    """

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> PublicHostsOnly:
        return cls()

    def process_request(self, request: Request) -> Request | Response | None:
        came_from = request.meta.get("redirect_urls")
        if came_from and not is_private(urlsplit(came_from[0]).hostname or ""):
            host = urlsplit(request.url).hostname or ""
            if is_private(host):
                raise PageProblem(Failure.BLOCKED, f"redirected to a private address ({host})")
        return None
