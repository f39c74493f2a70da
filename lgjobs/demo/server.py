"""EstateServer: the demo estate on the loopback address, one port a site."""

from __future__ import annotations

import hashlib
import socket
import sys
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib import import_module
from typing import Any

from lgjobs.demo.estate import Estate
from lgjobs.demo.sites import EVERY, Site
from lgjobs.demo.web import HTML, Reply, Request, SiteServer
from lgjobs.demo.websites import CouncilWebsite
from scrapers.sources import Source

LOOPBACK = "127.0.0.1"
WEBSITE = "www."
"""How the id of a council's own website begins; its platform's follows."""


def _open_site(site: Site, estate: Estate) -> SiteServer:
    """The site, served by the class that its platform's module names `SITE`."""
    make: Callable[[Site, Estate], SiteServer] = import_module(f"lgjobs.demo.{site.platform}").SITE
    return make(site, estate)


@dataclass(frozen=True, slots=True)
class Seen:
    """One request that a site was sent."""

    site: str
    method: str
    path: str
    """Path and query."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What a site answers in place of some pages."""

    site: str
    contains: str
    """Part of the path and query of the pages it strikes."""
    status: int = 503
    body: bytes = b""
    content_type: str = HTML
    after: int = 0
    """How many such requests are answered as usual first."""


class EstateServer:
    """Context manager: serves every site of an estate, and every council's website, while open.

    `port` is the first of as many ports as there are sites and websites; None takes any that
    are free.
    """

    def __init__(
        self, estate: Estate, faults: Sequence[Fault] = (), port: int | None = None
    ) -> None:
        self.estate = estate
        self.faults = tuple(faults)
        self.requests: list[Seen] = []
        self.sites = {each.id: _open_site(each, estate) for each in EVERY.values()}
        for number, each in enumerate(EVERY.values()):
            if each.council is not None:
                website = CouncilWebsite(each, number, partial(self.url, each.id))
                self.sites[f"{WEBSITE}{each.id}"] = website
        self._port = port
        self._struck = [0] * len(self.faults)
        self._lock = threading.Lock()
        self._servers: dict[str, _Server] = {}
        self._threads: list[threading.Thread] = []

    def __enter__(self) -> EstateServer:
        try:
            for number, site in enumerate(self.sites):
                self._servers[site] = _Server(site, self, self._port + number if self._port else 0)
        except OSError:
            self.__exit__()
            raise
        for server in self._servers.values():
            thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
            thread.start()
            self._threads.append(thread)
        return self

    def __exit__(self, *_: object) -> None:
        if self._threads:
            with ThreadPoolExecutor(len(self._servers)) as pool:
                list(pool.map(_Server.shutdown, self._servers.values()))
        for server in self._servers.values():
            server.hang_up()
            server.server_close()
        for thread in self._threads:
            thread.join()
        self._servers, self._threads = {}, []

    @property
    def register(self) -> list[Source]:
        """A source for every site, with the addresses where they now are."""
        return [
            Source(
                id=name,
                platform=EVERY[name].platform,
                url=self.url(name),
                employer=EVERY[name].council,
                options=EVERY[name].options,
                enabled=EVERY[name].enabled,
                checked_on=self.estate.today.isoformat(),
                evidence="the demo estate",
            )
            for name in EVERY
        ]

    def base(self, site: str) -> str:
        """Scheme, host and port of a site."""
        return f"http://{LOOPBACK}:{self._servers[site].server_port}"

    def url(self, site: str) -> str:
        """The address that the register gives for a site."""
        return self.base(site) + self.sites[site].start_path()

    def show(self, estate: Estate) -> None:
        """Serve another state of the estate on the same ports."""
        self.estate = estate
        for site in self.sites.values():
            site.show(estate)

    def answer(self, site: str, request: Request, body: bytes = b"") -> Reply:
        """What a site answers, faults and all; the request is noted.

        A site that takes forms or JSON has a method `post`; the others refuse them.
        """
        with self._lock:
            self.requests.append(Seen(site, request.method, request.target))
            fault = self._fault(site, request.target)
        if fault:
            return Reply(fault.body, status=fault.status, content_type=fault.content_type)
        if request.method not in ("GET", "HEAD"):
            post = getattr(self.sites[site], "post", None)
            if request.method != "POST" or post is None:
                refused = (("Allow", "GET, HEAD"),)
                return Reply(b"Method not allowed\n", status=405, headers=refused)
            taken: Reply = post(request, body)
            return taken
        return _conditional(request, self.sites[site].respond(request))

    def _fault(self, site: str, target: str) -> Fault | None:
        for number, fault in enumerate(self.faults):
            if fault.site == site and fault.contains in target:
                self._struck[number] += 1
                if self._struck[number] > fault.after:
                    return fault
        return None


def _conditional(request: Request, reply: Reply) -> Reply:
    if not reply.tagged:
        return reply
    tag = f'"{hashlib.sha1(reply.body, usedforsecurity=False).hexdigest()}"'
    headers = (*reply.headers, ("ETag", tag))
    if request.headers.get("if-none-match") == tag:
        return Reply(b"", status=304, content_type=reply.content_type, headers=headers)
    return Reply(reply.body, reply.status, reply.content_type, headers)


class _Server(ThreadingHTTPServer):
    daemon_threads = False
    allow_reuse_address = True

    def __init__(self, site: str, estate_server: EstateServer, port: int) -> None:
        self.site, self.estate_server = site, estate_server
        self._open: set[socket.socket] = set()
        super().__init__((LOOPBACK, port), _Handler)

    def process_request(self, request: Any, client_address: Any) -> None:
        self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        self._open.discard(request)
        super().shutdown_request(request)

    def hang_up(self) -> None:
        """End the connections that clients keep open, and with them their threads."""
        for connection in tuple(self._open):
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hung up is no error of ours; anything else is shown."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # head and body leave in one packet: no wait for the client's acknowledgement
    server: _Server

    def do_GET(self) -> None:
        self._answer()

    def do_HEAD(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer(self.rfile.read(int(self.headers.get("Content-Length") or 0)))

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's name
        """Nothing is logged: the server keeps its own list of requests."""

    def _answer(self, body: bytes = b"") -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        request = Request(self.command, self.path, headers)
        reply = self.server.estate_server.answer(self.server.site, request, body)
        self.send_response(reply.status)
        for name, value in (("Content-Type", reply.content_type), *reply.headers):
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(reply.body)))
        self.end_headers()
        if self.command != "HEAD" and reply.status != 304:
            self.wfile.write(reply.body)
