"""What a site of the estate is asked and answers, apart from sockets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from http.cookies import SimpleCookie
from typing import Protocol
from urllib.parse import parse_qsl, urlsplit

from lgjobs.demo.estate import Estate

HTML = "text/html; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Request:
    """One HTTP request; header names in lower case."""

    method: str
    target: str
    """Path and query as sent."""
    headers: Mapping[str, str]

    @property
    def path(self) -> str:
        return urlsplit(self.target).path

    @property
    def query(self) -> dict[str, str]:
        """The query by key in upper case, since no platform here minds the case of a key."""
        pairs = parse_qsl(urlsplit(self.target).query, keep_blank_values=True)
        return {key.upper(): value for key, value in pairs}

    @property
    def cookies(self) -> dict[str, str]:
        jar = SimpleCookie(self.headers.get("cookie", ""))
        return {name: morsel.value for name, morsel in jar.items()}

    @property
    def base(self) -> str:
        """Scheme, host and port by which the site was reached."""
        return f"http://{self.headers.get('host', '127.0.0.1')}"


@dataclass(frozen=True, slots=True)
class Reply:
    """What the site answers."""

    body: bytes
    status: int = 200
    content_type: str = HTML
    headers: tuple[tuple[str, str], ...] = ()
    tagged: bool = False
    """An ETag is sent, and a request that brings it back gets 304."""


class SiteServer(Protocol):
    """One site of the estate: it shows what is live in the estate of the day."""

    def show(self, estate: Estate) -> None:
        """Show that estate from now on."""

    def respond(self, request: Request) -> Reply:
        """The answer to a GET."""

    def start_path(self) -> str:
        """Path and query of the address that the register gives."""


def robots(*lines: str) -> Reply:
    """robots.txt: everything may be read but what the lines refuse."""
    text = "\n".join(("User-agent: *", "Disallow: /apply", *lines, ""))
    return Reply(text.encode(), content_type="text/plain; charset=utf-8")


def not_found(text: str = "The page was not found.") -> Reply:
    body = (
        "<!doctype html>\n<html><head><title>Not found</title></head>\n"
        f"<body><p>{text}</p></body></html>\n"
    )
    return Reply(body.encode(), status=404)
