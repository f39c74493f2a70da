"""Tables: of vacancies, an advert a row under headings; of facts, label beside value."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from parsel import Selector, SelectorList
from scrapy.http import TextResponse

from scrapers.labels import LONGEST_LABEL, advert_from_labels, field_of
from scrapers.pages import html_of, public_url, words

_TITLES = frozenset(
    (
        *("title", "job title", "post title", "position title", "role title", "vacancy title"),
        *("job", "post", "position", "role", "vacancy", "current vacancies"),
        *("teitl", "teitl y swydd", "teitl swydd", "swydd", "swydd wag", "rôl"),
    )
)
"""Headings of the column that names the job."""
_TELLING = frozenset({"salary", "grade", "closes", "location", "hours", "contract", "reference"})
"""Fields of which a table of vacancies has a column, beside the title's."""
_LABEL_END = re.compile(r"(?: ?\([£€]\))?[ :]*:$")  # Salary (£) : :


@dataclass(frozen=True, slots=True)
class TableRow:
    """One advert as a row of a table shows it."""

    title: str
    facts: dict[str, object]
    """RawAdvert fields besides the title."""
    url: str | None
    """Where its link leads, if the link is the row's own; None where there is none."""


def paired_cells(part: Selector) -> dict[str, str]:
    """Label to value of cells that stand side by side, several pairs in a row.

    A label is a short cell that ends in a colon; a unit in brackets is no part of it.
    """
    pairs: dict[str, str] = {}
    for cell in part.xpath(".//td[not(.//table)][following-sibling::td]"):
        label, value = words(cell) or "", words(cell.xpath("following-sibling::td[1]"))
        if value and len(label) <= LONGEST_LABEL and _LABEL_END.search(label):
            pairs.setdefault(_LABEL_END.sub("", label), value)
    return pairs


def under_headings(row: Selector | SelectorList[Selector]) -> dict[str, Any]:
    """RawAdvert fields of a table's row by the headings of its columns; none without headings.

    A cell that links names the advert, and is left out. Raises ValueError for a row of other
    columns than the headings name.
    """
    heads = [words(each) for each in row.xpath("(ancestor::table[1]//tr[th])[1]/th")]
    cells = zip(heads, row.xpath("td"), strict=True) if heads else ()
    said = ((head, words(cell)) for head, cell in cells if not cell.css("a"))
    return advert_from_labels({head: text for head, text in said if head and text})


def vacancy_rows(response: TextResponse) -> list[TableRow]:
    """The adverts in a page's tables. Raises ValueError for a row unlike its headings."""
    found = [
        (columns, row)
        for table in html_of(response).xpath("//table[not(.//table)]")
        for columns, row in _rows(table)
    ]
    links = [_link(columns, row, response) for columns, row in found]
    times = Counter(links)
    return [
        _read(columns, row, link if times[link] == 1 else None)
        for (columns, row), link in zip(found, links, strict=True)
    ]


def _rows(table: Selector) -> Iterator[tuple[list[str], Selector]]:
    """The rows of a table of vacancies, each with the headings of its columns."""
    heading, *rows = table.xpath(".//tr") or [table]
    columns = [words(cell) or "" for cell in heading.xpath("th | td")]
    if _title_column(columns) is None or not _TELLING & {field_of(each) for each in columns}:
        return
    for row in rows:
        cells = row.xpath("th | td")
        if len(cells) > 1 and words(row):
            if len(cells) != len(columns):
                raise ValueError(f"a row of {len(cells)} cells under {len(columns)} headings")
            yield columns, row


def _title_column(columns: list[str]) -> int | None:
    names = [each.casefold().rstrip(" :") for each in columns]
    return next((at for at, name in enumerate(names) if name in _TITLES), None)


def _link(columns: list[str], row: Selector, response: TextResponse) -> str | None:
    """The link in the title's cell, else the first of the row."""
    at = _title_column(columns) or 0
    hrefs = row.xpath(f"(th | td)[{at + 1}]//a/@href").getall() or row.xpath(".//a/@href").getall()
    addresses = (response.urljoin(each.strip()) for each in hrefs)
    return next((public_url(each) for each in addresses if each.startswith("http")), None)


def _read(columns: list[str], row: Selector, url: str | None) -> TableRow:
    at = _title_column(columns)
    texts = [words(cell) or "" for cell in row.xpath("th | td")]
    title = texts[at or 0]
    if not title:
        raise ValueError("a row of the table names no job")
    pairs = {
        name: text for n, (name, text) in enumerate(zip(columns, texts, strict=True)) if n != at
    }
    facts = advert_from_labels({name: text for name, text in pairs.items() if name and text})
    return TableRow(title=title, facts=facts, url=url)
