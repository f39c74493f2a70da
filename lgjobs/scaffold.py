"""Begins a platform: its spider, its demo site and its test, with the names filled in."""

from __future__ import annotations

import re
from pathlib import Path
from string import Template

from lgjobs.errors import UsedWrongly
from scrapers import DATA

_NAME = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")

_SPIDER = Template('''\
"""$title: what the platform is, in a sentence.

Recognised by: host, path or marker. Facts: where they come from, and how sure they are. A row of
the register gives the address of the listing; options: none.
"""

from __future__ import annotations

import re

from scrapy.http import TextResponse

from scrapers.detection import detector
from scrapers.items import RawAdvert
from scrapers.listing import Listing
from scrapers.pages import words
from scrapers.platform import PlatformSpider
from scrapers.reading import Page

_ID = re.compile(r"/$path/(\\w+)")

detect = detector("$name", (re.compile(r"https?://[^/?#]+/$path/"), "/$path/"))


class ${camel}Spider(PlatformSpider):
    """$title: an HTML list of links, and a labelled page for each advert."""

    name = "$name"

    def read_listing(self, response: TextResponse) -> Listing:
        page = Page(response)
        rows = [
            page.linked_row(card, _ID, {}, title=words(card.css("a")))
            for card in page.css("li.vacancy")
        ]
        return page.listing(rows, more=page.css("a[rel=next]::attr(href)").getall())

    def read_advert(self, response: TextResponse) -> RawAdvert:
        page = Page(response)
        facts, title = page.facts(), page.words("h1")
        external_id = page.own_id(_ID, proof=title and len(facts) > 1)
        description = page.html("div.description")
        return page.advert(external_id, facts, title=title, description=description)
''')

_SITE = Template('''\
"""$title: what the site shows and refuses; what of it is evidenced, what a guess."""

from __future__ import annotations

import html

from lgjobs.demo.adverts import MOST_PRINT, DemoAdvert
from lgjobs.demo.estate import Estate
from lgjobs.demo.sites import Site
from lgjobs.demo.web import Reply, Request, not_found, robots


class ${camel}Site:
    """A list of links, and a labelled page for each."""

    def __init__(self, site: Site, estate: Estate) -> None:
        self.site = site
        self.show(estate)

    def show(self, estate: Estate) -> None:
        self._live = {advert.id: advert for advert in estate.on(self.site.id)}

    def start_path(self) -> str:
        return "/$path/"

    def respond(self, request: Request) -> Reply:
        if request.path == "/robots.txt":
            return robots()
        if request.path == self.start_path():
            return _page("Vacancies", "".join(map(_item, self._live.values())))
        advert = self._live.get(request.path.rpartition("/")[2])
        return not_found() if advert is None else _page(advert.title, _facts(advert))


def _item(advert: DemoAdvert) -> str:
    link = f"/$path/{advert.id}"
    return f'<li class="vacancy"><a href="{link}">{html.escape(advert.title)}</a></li>'


def _facts(advert: DemoAdvert) -> str:
    pairs = (
        ("Salary", advert.salary),
        ("Location", advert.location),
        ("Closing date", f"{advert.closes:%d/%m/%Y}" if advert.closes else None),
    )
    rows = "".join(
        f"<dt>{label}</dt><dd>{html.escape(value)}</dd>" for label, value in pairs if value
    )
    return f'<dl>{rows}</dl><div class="description">{advert.description}</div>'


def _page(title: str, body: str) -> Reply:
    head = f"<title>{html.escape(title)}</title>"
    text = f"<!doctype html><html><head>{head}</head><body><h1>{html.escape(title)}</h1>{body}"
    return Reply(f"{text}</body></html>".encode())


SITE = ${camel}Site
PRINTS = MOST_PRINT - {"closes"}
''')

_TEST = Template('''\
"""$title: what must not be read, then what is."""

import pytest
from scrapy.http import HtmlResponse

from scrapers.problems import PageProblem
from scrapers.spiders.$name import ${camel}Spider, detect

HOST = "https://jobs.example"


def page(body: str, path: str = "/$path/") -> HtmlResponse:
    return HtmlResponse(HOST + path, body=f"<html><body>{body}</body></html>", encoding="utf-8")


def test_a_page_without_rows_is_no_proven_zero() -> None:
    with pytest.raises(PageProblem):
        ${camel}Spider().read_listing(page("<p>Welcome</p>"))


def test_a_page_that_says_so_is_one() -> None:
    listing = ${camel}Spider().read_listing(page("<p>There are no current vacancies.</p>"))
    assert (list(listing.rows), listing.says_empty) == ([], True)


def test_a_page_that_is_no_advert_is_refused() -> None:
    with pytest.raises(PageProblem):
        ${camel}Spider().read_advert(page("<p>Welcome</p>", "/$path/1"))


def test_an_advert_is_read() -> None:
    body = "<h1>Clerk</h1><dl><dt>Salary</dt><dd>£25,000</dd></dl>"
    advert = ${camel}Spider().read_advert(page(body, "/$path/1"))
    assert (advert.title, advert.salary) == ("Clerk", "£25,000")


def test_it_knows_itself_and_nothing_else() -> None:
    assert detect(page("")) is not None
    assert detect(HtmlResponse(HOST + "/jobs", body=b"<p>Jobs</p>")) is None
''')


def new_platform(name: str) -> list[Path]:
    """Write the three files of a platform called `name`; returns their paths.

    Raises UsedWrongly for a name that is none, for files that are there already, and outside a
    checkout.
    """
    root = DATA.parent
    if not (root / "scrapy.cfg").is_file():
        raise UsedWrongly("a platform is begun in a checkout of the project, and this is none")
    if not _NAME.fullmatch(name):
        raise UsedWrongly(f"{name!r} is no platform's name: small letters, digits, one _ between")
    words = {
        "name": name,
        "path": name.replace("_", "-"),
        "camel": "".join(part.capitalize() for part in name.split("_")),
        "title": name.replace("_", " ").capitalize(),
    }
    files = {
        root / "scrapers" / "spiders" / f"{name}.py": _SPIDER,
        root / "lgjobs" / "demo" / f"{name}.py": _SITE,
        root / "tests" / "scrapers" / f"test_{name}.py": _TEST,
    }
    if there := [path for path in files if path.exists()]:
        raise UsedWrongly(f"{there[0].relative_to(root)} is there already")
    for path, template in files.items():
        path.write_text(template.substitute(words), encoding="utf-8")
    return list(files)
