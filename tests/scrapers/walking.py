"""A walk through a demo site without a network: what a spider asks, the site answers."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.http import HtmlResponse

from lgjobs.demo import web
from scrapers.listing import Listing
from scrapers.platform import PlatformSpider

HOST = "http://127.0.0.1:8000"


def answer(site: Any, request: Request) -> HtmlResponse:
    """The site's answer to a request, as a spider is handed it."""
    parts = urlsplit(request.url)
    headers = {
        name.decode().lower(): b",".join(values).decode()
        for name, values in request.headers.items()
        if values
    }
    target = parts.path + (f"?{parts.query}" if parts.query else "")
    asked = web.Request(request.method, target, {"host": parts.netloc, **headers})
    reply = site.post(asked, request.body) if request.method == "POST" else site.respond(asked)
    return HtmlResponse(
        request.url, status=reply.status, body=reply.body, encoding="utf-8", request=request
    )


def walk(spider: PlatformSpider, site: Any, start: Request) -> list[Listing]:
    """Every page of a listing in turn; at most a hundred requests."""
    waiting, pages = [start], []
    for _ in range(100):
        if not waiting:
            return pages
        response = answer(site, waiting.pop(0))
        assert response.status == 200, (response.url, response.text)
        read = spider.read_listing(response)
        if isinstance(read, Request):
            waiting.append(read)
            continue
        pages.append(read)
        for each in read.more:
            onward = each if isinstance(each, Request) else Request(response.urljoin(each))
            waiting.append(onward)
    raise AssertionError("the walk never ends")
