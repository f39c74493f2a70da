"""Page: a response as a spider reads it, parsed once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

from parsel import Selector, SelectorList
from scrapy import Request
from scrapy.http import TextResponse

from scrapers.detection import first_match
from scrapers.headings import title_as_printed
from scrapers.items import RawAdvert
from scrapers.jsonld import (
    Posting,
    advert_from_posting,
    job_postings,
    microdata_postings,
    posting_of_page,
)
from scrapers.labels import advert_from_labels, read_labels
from scrapers.listing import Listing, ListingRow
from scrapers.pages import html_of, inner_html, public_url, says_gone, says_no_vacancies, words
from scrapers.problems import AdvertGone, Failure, PageProblem


class Page:
    """A response, asked for words, labels, a JobPosting, and for what its absence means."""

    def __init__(self, response: TextResponse) -> None:
        self.response, self.url, self.text = response, response.url, response.text

    @cached_property
    def document(self) -> Selector:
        """The page as HTML, whatever its content type says."""
        return html_of(self.response)

    @cached_property
    def posting(self) -> Posting | None:
        """The JobPosting that is this page's own advert: JSON-LD, else microdata."""
        found = job_postings(self.response) or microdata_postings(self.document)
        return posting_of_page(found, self.response)

    def css(self, query: str) -> SelectorList[Selector]:
        return self.document.css(query)

    def xpath(self, query: str) -> SelectorList[Selector]:
        return self.document.xpath(query)

    def join(self, href: str) -> str:
        """An address written on the page, absolute."""
        return self.response.urljoin(href.strip())

    def words(self, css: str) -> str | None:
        """The visible words of the first element that a selector finds."""
        return words(self.css(css)[:1])

    def said(self, css: str) -> str | None:
        """The visible words of the first element that a selector finds and that says anything."""
        return next(filter(None, map(words, self.css(css))), None)

    def html(self, css: str) -> str | None:
        """What stands inside the first element that a selector finds."""
        return inner_html(self.css(css)[:1])

    def facts(self, css: str | None = None) -> dict[str, Any]:
        """RawAdvert fields by the labels of the page, or of the parts that a selector finds."""
        return advert_from_labels(read_labels(self.css(css) if css else self.document))

    def count(self, pattern: re.Pattern[str], css: str = "html") -> int | None:
        """The number that a pattern's first group finds in the words of a part: `1,204 jobs`."""
        found = (pattern.search(words(each) or "") for each in self.css(css))
        return next((number(each[1]) for each in found if each), None)

    def number_at(self, query: str) -> int | None:
        """The whole number in the first text or attribute that a selector finds, if any."""
        written = self.css(query).get()
        return number(written) if written else None

    # What a spider answers

    def listing(
        self,
        rows: Sequence[ListingRow],
        advertised: int | None = None,
        more: Sequence[str | Request] = (),
        of: str | None = None,
    ) -> Listing:
        """The listing on this page; without rows it is empty only if the page says so in words.

        `of` selects the part that holds the list: a page without it is not the listing. Where it
        is None, a page that has neither rows nor a total nor such words is not. Raises PageProblem.
        """
        says_empty = not rows and says_no_vacancies(self.response)
        is_list = rows or advertised is not None or says_empty if of is None else self.css(of)
        if not is_list:
            raise self.unlike("no list of vacancies is on the page")
        return Listing(rows=rows, advertised=advertised, more=more, says_empty=says_empty)

    def counted(
        self, rows: Sequence[ListingRow], total: int | None, more: Sequence[str | Request] = ()
    ) -> Listing:
        """The listing on this page, where a total without rows is another page; none but 0 is no
        zero, and without a total only words are one. Raises PageProblem."""
        if not rows and total:
            raise self.unlike(f"none of {total} jobs is on the page")
        return self.listing(rows, total, more if rows else ())

    def advert(
        self, external_id: str, facts: Mapping[str, Any], url: str | None = None, **says: Any
    ) -> RawAdvert:
        """The advert on this page: what `says` names, then `facts`, then its JobPosting."""
        stated = {name: value for name, value in says.items() if value is not None}
        own = RawAdvert(
            **{"external_id": external_id, "url": url or public_url(self.url), **facts, **stated}
        )
        if self.posting is None:
            return own
        structured = advert_from_posting(self.posting, self.url)
        own.title = own.title or title_as_printed(self.document, structured.title)
        return own.filled_from(structured)

    def linked_row(
        self, card: Selector, ids: re.Pattern[str], facts: Mapping[str, Any], **says: Any
    ) -> ListingRow:
        """The row of a card that links to its advert: the first address in it that holds an id."""
        url = self.link_in(card, ids)
        return row(id_in(ids, url), public_url(url), facts, **says)

    def link_in(self, card: Selector, ids: re.Pattern[str]) -> str:
        """The first address in a card that holds an id; empty where none does."""
        links = map(self.join, card.css("a::attr(href)").getall())
        return next((each for each in links if id_in(ids, each)), "")

    def of_job(self, ids: re.Pattern[str]) -> Page:
        """This page, its JobPosting being the one whose address holds the same id as the page's,
        or holds none."""
        own = (None, id_in(ids, self.url))
        found = job_postings(self.response)
        self.posting = next(
            (each for each in found if id_in(ids, str(each.get("url"))) in own), None
        )
        return self

    def own_id(self, ids: re.Pattern[str], proof: object) -> str:
        """The id in this page's address, if something on it proves that an advert is here.

        Raises AdvertGone where the page says that its advert is, else PageProblem.
        """
        external_id = id_in(ids, self.url)
        if external_id is None or not proof:
            raise self.no_advert()
        return external_id

    def link_to(self, address: re.Pattern[str]) -> Request:
        """The request for the first address on this page that a pattern matches from its start.

        Raises PageProblem where there is none, or none but the page's own.
        """
        found = first_match(self.response, address)
        if found is None or found.string == self.url:
            raise self.unlike("no list of vacancies is on the page, nor a link to one")
        return Request(found.string)

    def no_advert(self) -> Exception:
        """What to raise where no advert is: it is gone if the page says so, else not understood."""
        gone = says_gone(self.response)
        return AdvertGone() if gone else self.unlike("no advert is written on this page")

    def unlike(self, what: str) -> PageProblem:
        """What to raise for a page that is not built as it was."""
        return PageProblem(Failure.LAYOUT_CHANGED, what)

    def missing(self, what: str) -> PageProblem:
        """What to raise for a page that says that there is no such board or tenant."""
        return PageProblem(Failure.NOT_FOUND, what)

    def blocked(self, what: str) -> PageProblem:
        """What to raise for a page that refuses the visit or its session."""
        return PageProblem(Failure.BLOCKED, what)


def number(written: str) -> int:
    """A whole number as pages write it: `1,204`, `1.204`. Raises ValueError for anything else."""
    return int(re.sub(r"[,.\s]", "", written))


def row(
    external_id: str | None,
    url: str,
    facts: Mapping[str, Any],
    *,
    complete: bool = False,
    detail: str | Request | None = None,
    **says: Any,
) -> ListingRow:
    """A row of a listing: what `says` names goes before `facts`. Raises ValueError without id or
    title: a row that lacks them is not built as it was."""
    stated = {**facts, **{name: value for name, value in says.items() if value is not None}}
    if not external_id or not stated.get("title"):
        raise ValueError(f"a row of the list lacks its id or its title: {url[:200]}")
    advert = RawAdvert(**{"external_id": external_id, "url": url, **stated})
    return ListingRow(advert=advert, complete=complete, detail=detail)


def each_once(rows: Iterable[ListingRow]) -> list[ListingRow]:
    """Rows of a list that links to an advert more than once: the first of each."""
    first: dict[str, ListingRow] = {}
    for each in rows:
        first.setdefault(each.advert.external_id, each)
    return list(first.values())


def labelled(part: Selector | SelectorList[Selector]) -> dict[str, Any]:
    """RawAdvert fields by the labels in a part of a page."""
    return advert_from_labels(read_labels(part))


def next_to(labels: SelectorList[Selector]) -> dict[str, Any]:
    """RawAdvert fields by labels, each of which has its value in the element after it."""
    pairs = ((words(each), words(each.xpath("following-sibling::*[1]"))) for each in labels)
    return advert_from_labels({label: value for label, value in pairs if label and value})


def shown(fields: Mapping[str, str], within: Selector) -> dict[str, str]:
    """RawAdvert fields by CSS selectors: the words of the first element that each finds, if any."""
    found = {name: words(within.css(query)[:1]) for name, query in fields.items()}
    return {name: text for name, text in found.items() if text}


def told_apart(texts: Iterable[str], signs: Mapping[str, re.Pattern[str]]) -> dict[str, Any]:
    """RawAdvert fields of texts without labels, each by the first sign that it bears: what the
    sign's group finds, or all of the text. What bears no sign goes to `extra`, as tags."""
    facts: dict[str, Any] = {"extra": {}}
    others: list[str] = []
    for text in texts:
        found = ((name, sign.search(text)) for name, sign in signs.items())
        name, sign = next(((name, sign) for name, sign in found if sign), (None, None))
        if name and sign:
            facts[name] = sign[1] if sign.re.groups else text
        else:
            others.append(text)
    return {**facts, "extra": {"Tags": ", ".join(others)} if others else {}}


def id_in(pattern: re.Pattern[str], address: str) -> str | None:
    """The first group of a pattern that says something in an address; None where none does."""
    found = pattern.search(address)
    return next(filter(None, found.groups()), None) if found else None
