"""KeptPage: a page of a listing as it last came, for servers that can say "not modified"."""

from __future__ import annotations

from dataclasses import dataclass

from scrapy import Request
from scrapy.http import HtmlResponse, Response, TextResponse, XmlResponse

from scrapers.feeds import unpacked

NOT_MODIFIED = 304


@dataclass(frozen=True, slots=True)
class KeptPage:
    """The text of a page and the validators that its server gave."""

    url: str
    """As asked for: redirects may have led elsewhere."""
    final_url: str
    etag: str | None
    last_modified: str | None
    text: str
    kind: str
    """html, xml or text: the response class it came as."""
    fetched_at: str
    """ISO 8601, UTC: when its text came."""

    def conditional(self, request: Request) -> Request:
        """The request, with the question whether the page has changed."""
        headers = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        for name, value in headers.items():
            if value:
                request.headers[name] = value
        return request

    def response(self, request: Request) -> TextResponse:
        """The page, as the answer to a request that brought "not modified"."""
        return _KINDS[self.kind](
            self.final_url, body=self.text.encode(), encoding="utf-8", request=request
        )


_KINDS: dict[str, type[TextResponse]] = {
    "html": HtmlResponse,
    "xml": XmlResponse,
    "text": TextResponse,
}


def keep(response: Response, asked: str, now: str) -> KeptPage | None:
    """What is to be kept of a page that came; None for one without validators."""
    etag, changed = (_header(response, name) for name in ("ETag", "Last-Modified"))
    page = unpacked(response)
    if not (etag or changed) or not isinstance(page, TextResponse):
        return None
    kind = next(name for name, made in _KINDS.items() if isinstance(page, made))
    return KeptPage(asked, response.url, etag, changed, page.text, kind, now)


def _header(response: Response, name: str) -> str | None:
    value = response.headers.get(name)
    return value.decode("latin-1") if value else None
