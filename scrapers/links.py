"""Links: which of a page's links are adverts, and which one leads to the next page."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from urllib.parse import parse_qsl, urljoin, urlsplit

from lxml import etree
from parsel import Selector
from scrapy.http import TextResponse
from w3lib.url import add_or_replace_parameter, url_query_parameter

from scrapers.pages import html_of, id_of_url, plain, public_url, words

_JOB_WORD = re.compile(
    r"(?:jobs?|vacanc(?:y|ies)|careers?|positions?|openings?|opportunit(?:y|ies)|roles?|adverts?"
    r"|recruitment|swydd|swyddi)(?:[-_]?(?:details?|adverts?|gwag|view))?",
    re.IGNORECASE,
)
_JOB_KEY = re.compile(
    r"(?:job|vacancy|vac|advert|opportunity|req|requisition)_?(?:id|ref|no|number)|jid",
    re.IGNORECASE,
)
_NOT_ADVERTS = re.compile(
    r"(?:search|apply|login|log-?in|sign-?in|register|alerts?|saved|page|category|categories|sector"
    r"|department|departments|location|locations|feed|rss|about|benefits?|faqs?|help|contact|share"
    r"|print|send|email|privacy|cookies?|accessibility|why|how|working|what|our|your|current|all"
    r"|basket|list|browse|results|equality|guidance|types?|current-vacancies|latest)(?:[-_.]|$)",
    re.IGNORECASE,
)
"""First words of a path's last part that make it a page about jobs, not a job."""
_NUMBER = re.compile(r"\d{3,}|[0-9a-f]{8}-[0-9a-f]{4}", re.IGNORECASE)
_FILE = re.compile(r"\.(?:pdf|docx?|xlsx?|jpe?g|png|gif|css|js|zip|ics)$", re.IGNORECASE)
_DOCUMENT = re.compile(r"\.(?:pdf|docx?|odt|rtf)$|/downloads?/", re.IGNORECASE)
_NO_POST = (
    r"(?i:[^?#]*\.(?:pdf|docx?|odt|rtf)$|(?:how|why|what|apply|about|benefits?|search|page|alerts?"
    r"|help|contact|guidance|feed|rss|login|register|terms|working|our)(?:[-_./]|$))"
)
"""Addresses below a list of vacancies that are no vacancy: `how-to-apply`."""
_EMPTY_WORDS = re.compile(
    r"(?:read|find|see|view|learn|click|more|apply|details?|full|here|now|job|vacancy|this|out"
    r"|about|for|the|advert|info|information|mwy|gweld|darllen|gwnewch|cais|manylion|\W)+",
    re.IGNORECASE,
)
_NEXT = re.compile(
    r"(?:go to )?(?:the )?(?:next|nesaf|tudalen nesaf)\b[\w ]{0,30}[›»>→]{0,3}|[›»>→]{1,3}", re.I
)

_PAGE_NUMBER = re.compile(
    r"(?:[?&](?:p|pg|pn|page|paged|page_?no|page_?number|current_?page)=|/page[/-])(\d{1,4})\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class JobLink:
    """A link to an advert, and the part of the listing that speaks of that advert alone, without
    the link's own words."""

    url: str
    external_id: str
    title: str | None
    row: Selector


def looks_like_advert(url: str, listing_url: str, pattern: str | None = None) -> bool:
    """Whether an address is that of one advert.

    With a pattern (the source's option `job_pattern`, a regular expression): where it is found in
    the address. Without: same site as the listing, and either a parameter that names a job, or a
    path in which a word like "jobs" is followed by a last part that holds a number of three
    digits or more, or is a title of two words or more; pages about jobs ("how-to-apply") are not.
    """
    if pattern is not None:
        return re.search(pattern, url) is not None and id_of_url(url) != id_of_url(listing_url)
    parts, home = urlsplit(url), urlsplit(listing_url)
    if parts.netloc.removeprefix("www.") != home.netloc.removeprefix("www."):
        return False
    steps = [step for step in parts.path.split("/") if step]
    if not steps or _FILE.search(steps[-1]) or any(map(_NOT_ADVERTS.match, steps[1:] or steps)):
        return False
    if any(value and _JOB_KEY.fullmatch(key) for key, value in parse_qsl(parts.query)):
        return True
    last = re.sub(r"\.\w{2,5}$", "", steps[-1])
    if not any(map(_JOB_WORD.fullmatch, steps[:-1])) or _NOT_ADVERTS.match(last):
        return False
    return _NUMBER.search(last) is not None or len(re.findall(r"[^\W\d_]{2,}", last)) >= 2


def job_links(response: TextResponse, pattern: str | None = None) -> list[JobLink]:
    """The adverts that a listing links to, in its order, each once."""
    document = html_of(response)
    anchors: dict[str, list[Selector]] = defaultdict(list)
    addresses: dict[str, str] = {}
    within: dict[etree._Element, set[str]] = defaultdict(set)
    for anchor in document.xpath("//a[@href][not(ancestor::nav or ancestor::footer)]"):
        url = response.urljoin(anchor.attrib["href"].strip())
        if not url.startswith("http") or not looks_like_advert(url, response.url, pattern):
            continue
        key = id_of_url(url)
        anchors[key].append(anchor)
        addresses.setdefault(key, public_url(url))
        for element in (anchor.root, *anchor.root.iterancestors()):
            within[element].add(key)
    titles = {key: _title(found) for key, found in anchors.items()}
    for anchor in (each.root for found in anchors.values() for each in found):
        if len(anchor) == 0:
            anchor.tag, anchor.text = "br", None
    return [
        JobLink(addresses[key], key, titles[key], _row(found[0], within))
        for key, found in anchors.items()
    ]


def next_page(response: TextResponse) -> str | None:
    """The address of the listing's next page, as the page itself names it."""
    document = html_of(response)
    named = document.xpath(
        "//link[contains(concat(' ', @rel, ' '), ' next ')]/@href"
        " | //a[contains(concat(' ', @rel, ' '), ' next ')]/@href"
    ).getall()
    called = (
        anchor.attrib["href"]
        for anchor in document.xpath("//a[@href]")
        if _NEXT.fullmatch(words(anchor) or anchor.attrib.get("aria-label", ""))
    )
    for href in (*named, *called, *_numbered(document, response.url)):
        url = response.urljoin(href.strip())
        same_site = urlsplit(url).netloc == urlsplit(response.url).netloc
        if same_site and url.partition("#")[0] != response.url.partition("#")[0]:
            return url
    return None


def is_page_of(url: str, site: str) -> bool:
    """Whether an address is that of a page, no document, on the site of another address."""
    here, there = urlsplit(site), urlsplit(url)
    same = here.netloc.removeprefix("www.") == there.netloc.removeprefix("www.")
    return same and not _DOCUMENT.search(there.path)


def links_below(response: TextResponse) -> list[JobLink]:
    """What a page links to in its own folder whatever it is called, but for guidance and files."""
    parts = urlsplit(response.url)
    folder = re.escape(parts.netloc.removeprefix("www.") + parts.path.rstrip("/"))
    return job_links(response, rf"^https?://(?:www\.)?{folder}/(?!{_NO_POST})[^?#]+$")


def nearest_above(page: Selector, url: str) -> str:
    """Of the pages that a page links to the nearest above it, else its folder."""
    here = urlsplit(url)
    folder = here.path.rstrip("/").rpartition("/")[0] + "/"
    parents: dict[str, int] = {}
    for href in page.xpath("//a/@href").getall():
        try:
            link = urlsplit(urljoin(url, href.strip()))
        except ValueError:
            continue
        path = link.path.rstrip("/") + "/"
        if link.netloc == here.netloc and path != "/" and folder.startswith(path):
            parents[public_url(link.geturl())] = len(path)
    return max(parents, key=lambda each: parents[each], default=urljoin(url, folder))


def page_after(url: str, size: int, total: int | None, name: str = "page") -> list[str]:
    """The next page of a listing that numbers its pages from 1 in the address: none after the
    last one that its total allows."""
    here = int(url_query_parameter(url, name) or 1)
    more = total is not None and here * size < total
    return [add_or_replace_parameter(url, name, str(here + 1))] if more else []


def part_after(url: str, shown: int, total: int | None, name: str) -> list[str]:
    """The next part of a listing whose address says how many adverts to pass over: none when all
    of its total are seen, or when this part shows none."""
    seen = int(url_query_parameter(url, name) or 0) + shown
    more = shown > 0 and (total is None or seen < total)
    return [add_or_replace_parameter(url, name, str(seen))] if more else []


def _numbered(document: Selector, url: str) -> list[str]:
    """Of a pager that shows numbers alone ("1 2 3") the link to the page after this one.

    Its addresses may count from 1 or from 0.
    """
    pages: dict[int, str] = {}
    ahead = set()
    for anchor in document.xpath("//a[@href][string-length(normalize-space()) < 5]"):
        shown, counted = words(anchor) or "", _PAGE_NUMBER.search(anchor.attrib["href"])
        if shown.isdecimal() and counted:
            pages[int(shown)] = anchor.attrib["href"]
            ahead.add(int(shown) - int(counted[1]))
    if ahead not in ({0}, {1}):
        return []
    here = _PAGE_NUMBER.search(url)
    current = int(here[1]) + ahead.pop() if here else 1
    return [pages[current + 1]] if current + 1 in pages else []


def _title(anchors: list[Selector]) -> str | None:
    """The words of the first link that says more than "Read more"."""
    for anchor in anchors:
        heading = anchor.css("h1, h2, h3, h4, h5")
        text = words(heading[0]) if heading else words(anchor)
        if text and not _EMPTY_WORDS.fullmatch(text[:200]):
            return text
    return plain(next((each.attrib.get("title", "") for each in anchors), ""))


def _row(anchor: Selector, within: dict[etree._Element, set[str]]) -> Selector:
    """The widest element around a link that holds no other advert's link."""
    row = anchor.root
    for element in anchor.root.iterancestors():
        if len(within[element]) > 1 or element.tag in ("body", "main", "html"):
            break
        row = element
    return Selector(root=row, type="html")
