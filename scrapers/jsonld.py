"""JSON-LD: schema.org JobPosting as career pages really publish it, and the advert it describes."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from html import unescape
from itertools import islice
from typing import Any

from parsel import Selector
from scrapy.http import TextResponse

from scrapers.items import RawAdvert
from scrapers.jsonld_terms import contract_and_pattern, place, salary_words, text_of, texts_of
from scrapers.pages import html_of, html_of_nodes, id_of_url, public_url, words

_SCRIPT = re.compile(r"<script\b([^<>]*)>", re.IGNORECASE)
_SCRIPT_END = re.compile(r"</script", re.IGNORECASE)
_TRIES = 4
"""Ends of script tried for one block: a description may itself hold a closing script tag."""

_NOISE = re.compile(
    r'("(?:[^"\\]|\\.)*+(?:"|\Z))'  # a string, kept:        "25,000 // no comment"
    r"|//[^\n]*"  # a line comment:                          // added by the theme
    r"|/\*(?:[^*]|\*(?!/))*+(?:\*/|\Z)"  # a comment:       /* <![CDATA[ */
    r"|<!--[^\n]*|-->|<!\[CDATA\[|\]\]>"  # wrappers:        //<![CDATA[
    r"|,(?=\s*[}\]])"  # a trailing comma:                   {"title": "Clerk",}
    r"|;\s*\Z",
    re.DOTALL,
)
_DESCRIPTION = re.compile(r'"description"\s*:\s*"')
_NEXT_KEY = re.compile(r'"\s{0,40}(?:,\s{0,40}"[@A-Za-z]{2,40}"\s{0,40}:|\}\s{0,40}(?:[,\]}]|\Z))')
Posting = dict[str, Any]


def job_postings(source: str | TextResponse) -> list[Posting]:
    """Every JobPosting in a page's JSON-LD, in order; what cannot be read is left out."""
    text = source if isinstance(source, str) else source.text
    return [posting for tree in _trees(text) for posting in _postings_in(tree)]


def microdata_postings(document: Selector) -> list[Posting]:
    """Every JobPosting in a page's microdata or RDFa, shaped like JSON-LD."""
    return [
        _scope(node)
        for node in document.xpath("//*[@itemtype or @typeof]")
        if _is_job_posting(node.attrib.get("itemtype") or node.attrib.get("typeof"))
    ]


def posting_of_page(postings: list[Posting], response: TextResponse) -> Posting | None:
    """Of a page's postings the one that the page is about: by its address, else by its title.

    None where all of them are other jobs (a list of related vacancies).
    """
    page = id_of_url(response.url)
    addresses = [text_of(each.get("url")) or text_of(each.get("@id")) for each in postings]
    for each, address in zip(postings, addresses, strict=True):
        if address and id_of_url(response.urljoin(address)) == page:
            return each
    document = html_of(response)
    heads = [words(head) for head in document.xpath("//h1 | //title | //h2")[:8]]
    said = " | ".join(filter(None, heads)).casefold()
    for each in postings:
        title = text_of(each.get("title"))
        if title and title.casefold() in said:
            return each
    return postings[0] if len(postings) == 1 and not addresses[0] else None


def advert_from_posting(posting: Posting, url: str) -> RawAdvert:
    """The advert that a JobPosting describes, its structured facts put in words.

    `url` is the page's address. The id is the posting's own identifier, else drawn from the
    address. Nothing is converted: pay keeps its period, dates stay as published.
    """
    contract, pattern = contract_and_pattern(texts_of(posting.get("employmentType")))
    where = place(posting.get("jobLocation"))
    reference = _identifier(posting.get("identifier"))
    remote = "TELECOMMUTE" in (text_of(posting.get("jobLocationType")) or "").upper()
    extra = {
        label: value
        for label, key in _EXTRA.items()
        if (value := ", ".join(texts_of(posting.get(key))))
    }
    return RawAdvert(
        external_id=reference or id_of_url(url),
        url=public_url(url),
        title=text_of(posting.get("title")) or text_of(posting.get("name")),
        employer=text_of(posting.get("hiringOrganization")),
        department=text_of(posting.get("employmentUnit")),
        reference=reference,
        salary=salary_words(posting.get("baseSalary"), text_of(posting.get("salaryCurrency"))),
        location=where.address,
        postcode=where.postcode,
        latitude=where.latitude,
        longitude=where.longitude,
        work_mode="Remote" if remote else None,
        hours=text_of(posting.get("workHours")),
        contract=contract,
        pattern=pattern,
        category=", ".join(
            texts_of(posting.get("occupationalCategory")) or texts_of(posting.get("industry"))
        )
        or None,
        posted=text_of(posting.get("datePosted")),
        closes=text_of(posting.get("validThrough")),
        description=_description(posting.get("description")),
        extra=extra,
    )


_EXTRA = {"Benefits": "jobBenefits", "Applicants in": "applicantLocationRequirements"}


# From a page's text to JSON


def _trees(text: str) -> Iterator[Any]:
    """The JSON of each JSON-LD script of a page."""
    at = 0
    while opening := _SCRIPT.search(text, at):
        at = opening.end()
        if "ld+json" not in opening[1].lower():
            continue
        for end in islice(_SCRIPT_END.finditer(text, opening.end()), _TRIES):
            block = text[opening.end() : end.start()]
            if "ld+json" in block:
                break
            if (tree := _parse(block)) is not None:
                at = end.end()
                yield tree
                break


def _postings_in(tree: Any) -> list[Posting]:
    found: list[Posting] = []
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            if _is_job_posting(node.get("@type")):
                found.append(node)
            waiting.extend(reversed(list(node.values())))
        elif isinstance(node, list):
            waiting.extend(reversed(node))
    return found


def _parse(block: str) -> Any:
    """The JSON of a block, repaired step by step; None where nothing helps."""
    block = block.strip().lstrip("\ufeff")
    repairs: tuple[Callable[[], str], ...] = (
        lambda: block,
        lambda: _NOISE.sub(_keep_string, block),
        lambda: _NOISE.sub(_keep_string, unescape(block)),
        lambda: _NOISE.sub(_keep_string, _quoted_again(block)),
    )
    for repair in repairs:
        try:
            return json.loads(repair(), strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _keep_string(found: re.Match[str]) -> str:
    return found[1] or ""


def _quoted_again(block: str) -> str:
    """A block whose description holds bare quotes, that description cut at the next key."""
    parts = []
    at = 0
    for start in _DESCRIPTION.finditer(block):
        if start.start() < at:
            continue
        end = _NEXT_KEY.search(block, start.end())
        if end is None:
            break
        inside = block[start.end() : end.start()].replace('\\"', '"')
        parts += [block[at : start.start()], '"description":', json.dumps(inside)]
        at = end.start() + 1
    return "".join([*parts, block[at:]])


def _is_job_posting(kind: Any) -> bool:
    kinds = kind if isinstance(kind, list) else str(kind or "").split()
    return any(re.split(r"[/:#]", str(each))[-1].casefold() == "jobposting" for each in kinds)


# From microdata to the same


def _scope(node: Selector) -> Posting:
    found: Posting = {}
    waiting = [(child, found) for child in reversed(node.xpath("*"))]
    while waiting:
        child, owner = waiting.pop()
        attributes = child.attrib
        names = (attributes.get("itemprop") or attributes.get("property") or "").split()
        if _is_job_posting(attributes.get("itemtype") or attributes.get("typeof")):
            continue
        opens = "itemscope" in attributes or "typeof" in attributes
        value: Any = {} if opens else _property_value(child, names)
        for name in names:
            if value not in (None, ""):
                owner.setdefault(name.rpartition(":")[2], value)
        inner = value if opens else owner
        waiting.extend((each, inner) for each in reversed(child.xpath("*")))
    return found


def _property_value(node: Selector, names: list[str]) -> str | None:
    attributes = node.attrib
    for attribute in ("content", "datetime"):
        if attribute in attributes:
            return str(attributes[attribute])
    if node.root.tag in ("a", "link") and {"url", "sameAs"} & set(names):
        return attributes.get("href")
    if "description" in names:
        return html_of_nodes(node.xpath("node()"))
    return words(node) if names else None


# What needs care


def _identifier(value: Any) -> str | None:
    first = value[0] if isinstance(value, list) and value else value
    text = text_of(first.get("value") if isinstance(first, dict) else first)
    return None if text is None or text.startswith(("http:", "https:")) else text


def _description(value: Any) -> str | None:
    """HTML; what was escaped once or twice inside the JSON is unescaped."""
    text = (
        "\n".join(one for one in value if isinstance(one, str))
        if isinstance(value, list)
        else value
    )
    if not isinstance(text, str) or text_of(text[:40]) is None:
        return None
    for _ in range(2):
        if "&lt;" not in text and "&amp;" not in text:
            break
        if "<" in text and "&lt;" not in text:
            break
        text = unescape(text)
    return text.strip() or None
