"""Feeds: sitemaps, RSS and Atom, plain or gzipped, as lists of addresses."""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from parsel import Selector, SelectorList
from scrapy.http import Response, TextResponse
from scrapy.utils.gz import gunzip

from scrapers.labels import field_of
from scrapers.pages import html_of, words
from scrapers.problems import Failure, PageProblem

_GZIP = b"\x1f\x8b"
_MOST_BYTES = 64 * 1024 * 1024
_END = re.compile(
    r"</(?:\w{1,20}:)?(?:urlset|sitemapindex|rss|feed|RDF)\s*>\s*(?:<!--[^<>]*-->\s*)?\Z"
)

_OF_THE_FORMAT = frozenset(
    {"title", "category", "description", "summary", "content", "published", "encoded"}
)
"""Elements of RSS and Atom themselves, whose meaning is not that of a job's field."""
_FEED_LINKS = (
    "//link[@type='application/rss+xml' or @type='application/atom+xml'][@href]"
    " | //a[@href][contains(translate(@href, 'RS', 'rs'), 'rss')]"
)
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])|[_-]")  # closingDate, closing_date


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


def xml_under(root: str, response: TextResponse) -> Selector:
    """The document, whose root is to have this name. Raises PageProblem for a page in its place,
    and for one that breaks off."""
    document = Selector(text=response.text or "<none/>", type="xml")
    if not document.xpath(f"/{root}"):
        raise PageProblem(Failure.LAYOUT_CHANGED, f"what came in place of XML is no {root}")
    if not response.text.rstrip().endswith((f"</{root}>", f"<{root}/>")):
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


def next_part(document: Selector) -> list[str]:
    """The address of a feed's next part, if it names one."""
    named = document.xpath("/*/link[@rel='next']/@href | /rss/channel/link[@rel='next']/@href")
    return named.getall()[:1]


def rss_items(response: TextResponse) -> SelectorList[Selector]:
    """The items of an RSS feed. Raises PageProblem for what is none, or breaks off."""
    feed = read_xml(response)
    if feed is None or not feed.xpath("/rss/channel"):
        raise PageProblem(Failure.LAYOUT_CHANGED, "a page came where a feed was asked for")
    return feed.xpath("/rss/channel/item")


def elements_of(item: Selector, fields: Mapping[str, str]) -> dict[str, str]:
    """RawAdvert fields by the names of an item's own elements, in any letter case: `vSalary`.

    A description keeps its blanks; an element that holds others or nothing says nothing.
    """
    leaves = {leaf.root.tag.lower(): leaf for leaf in item.xpath(".//*[not(*)]")}
    texts = {
        field: leaves[name.lower()].xpath("string()").get("").strip()
        for field, name in fields.items()
        if name.lower() in leaves
    }
    return {
        field: text if field == "description" else " ".join(text.split())
        for field, text in texts.items()
        if text
    }


def feed_links(page: TextResponse) -> Iterator[tuple[str, str]]:
    """The feeds that a page links to: each address, and what its path and its words call it."""
    for link in html_of(page).xpath(_FEED_LINKS):
        address = page.urljoin(link.attrib["href"].strip())
        called = (urlsplit(address).path, link.attrib.get("title", ""), words(link) or "")
        yield address, " ".join(called)


def named_facts(item: Selector) -> dict[str, Any]:
    """RawAdvert fields by what an item's own elements are called: `<job:closingDate>3 May</…>`."""
    facts: dict[str, Any] = {}
    for element in item.xpath("*[not(*)]"):
        tag = element.root.tag
        field = None if tag in _OF_THE_FORMAT else field_of(_HUMP.sub(" ", tag))
        if field and (text := words(element)):
            facts.setdefault(field, text)
    return facts


def own_elements(item: Selector, namespace: str) -> dict[str, str]:
    """An item's elements of one namespace, as name to text; what several of a name say differently
    is parted by commas. The document is to have kept its namespaces (`read_xml` takes them)."""
    found: dict[str, dict[str, None]] = {}
    for each in item.xpath("*[namespace-uri() = $namespace]", namespace=namespace):
        if text := each.xpath("string()").get("").strip():
            found.setdefault(each.xpath("local-name()").get(""), {})[text] = None
    return {name: ", ".join(texts) for name, texts in found.items()}


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
