"""Feeds: sitemaps, RSS and Atom, plain or gzipped, as lists of addresses."""

from __future__ import annotations

import re
import struct
import zlib
from dataclasses import dataclass

from parsel import Selector
from scrapy.http import Response, TextResponse
from scrapy.utils.gz import gunzip

from scrapers.pages import words
from scrapers.problems import Failure, PageProblem

_GZIP = b"\x1f\x8b"
_MOST_BYTES = 64 * 1024 * 1024
_END = re.compile(
    r"</(?:\w{1,20}:)?(?:urlset|sitemapindex|rss|feed|RDF)\s*>\s*(?:<!--[^<>]*-->\s*)?\Z"
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One address of a sitemap or one item of a feed."""

    url: str
    title: str | None = None
    posted: str | None = None
    changed: str | None = None
    """When the sitemap says that the page was last edited."""
    expires: str | None = None
    body: str = ""
    """The item's description: HTML."""


def unpacked(response: Response) -> Response:
    """A response whose body is a gzip file (`sitemap.xml.gz`), as the text that is in it."""
    if not response.body.startswith(_GZIP):
        return response
    try:
        body = gunzip(response.body, max_size=_MOST_BYTES)
    except (OSError, EOFError, ValueError, struct.error, zlib.error) as error:
        raise PageProblem(Failure.PARSE_ERROR, f"a broken gzip file: {error}") from error
    return TextResponse(response.url, status=response.status, body=body, request=response.request)


def read_xml(response: TextResponse) -> Selector | None:
    """The document, without namespaces, if it is a sitemap or a feed; None if it is a page.

    Raises PageProblem for one that breaks off: what it no longer lists may well be there.
    """
    start = response.text.lstrip("\ufeff \r\n\t")[:500].lower()
    if not start.startswith("<") or "<html" in start or "<!doctype html" in start:
        return None
    document = Selector(text=response.text, type="xml")
    document.remove_namespaces()
    if not document.xpath("/urlset | /sitemapindex | /rss/channel | /feed | /RDF"):
        return None
    if not _END.search(response.text[-1000:]):
        raise PageProblem(Failure.PARSE_ERROR, "the document breaks off before its end")
    return document


def sitemaps_of(document: Selector) -> list[str]:
    """The addresses of the sitemaps that a sitemap index names."""
    return [each.strip() for each in document.xpath("/sitemapindex/sitemap/loc/text()").getall()]


def entries_of(document: Selector) -> list[Entry]:
    """The addresses of a sitemap, or the items of a feed. Raises ValueError for one without."""
    return [_entry(each) for each in document.xpath("/urlset/url | //item | //entry")]


def is_feed(document: Selector) -> bool:
    """Whether it is RSS or Atom, which says by having no item that there is none."""
    return bool(document.xpath("/rss | /feed | /RDF"))


def _entry(node: Selector) -> Entry:
    url = (
        words(node.xpath("loc"))
        or words(node.xpath("link[not(@href)]"))
        or node.xpath("link[not(@rel) or @rel='alternate']/@href").get()
    )
    if url is None:
        raise ValueError("an item of the feed has no link")
    return Entry(
        url=url,
        title=words(node.xpath("title")),
        posted=words(node.xpath("(pubDate | published | date)[1]")),
        changed=words(node.xpath("lastmod")),
        expires=words(node.xpath("expires")),
        body=node.xpath("string((description | summary | content)[1])").get(""),
    )
