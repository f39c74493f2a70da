"""Hostile adverts through every export: each file still parses, and nothing in it runs."""

import csv
import io
import json
import time
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import feedparser
import openpyxl
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from lxml import etree
from sqlite_utils import Database

from lgjobs.exports.formats import TABLES, WITH_PROSE, export_adverts
from lgjobs.exports.published import LONGEST, published, web_address
from lgjobs.store.masking import mask_contacts
from lgjobs.store.queries import Filter
from pipelines.advert import Advert
from tests.conftest import Crawls, make_advert

NOON = "2026-03-02T12:00:00Z"
FORMATS = (*TABLES, *WITH_PROSE)
TEXTS = {
    "script": "<script>alert(1)</script>",
    "attribute": '"><img src=x onerror=alert(1)>',
    "svg": "<svg onload=alert(1)>",
    "cdata": "a]]>b <![CDATA[ c",
    "entity": "&lt;script&gt;&#0;&bogus;%xxe;",
    "doctype": '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hosts">]>&e;',
    "controls": "a\x00b\x01c\x08d\x0be\x1ff\x7fg\x85h\x9fi",
    "direction": "a\u202eb\u2066c\u2069d\u200fe\u061cf",
    "not characters": "a\ufffeb\uffffc",
    "breaks": "a\r\nb\u2028c\u2029d\te",
    "formula": "=cmd|' /C calc'!A0",
    "long": "x" * 1_000_000,
    "long markup": "<b>" * 50_000,
    "quotes": "'\"`\\\\",
    "wide": "\U0001f600 e\u0301 \U0010fffd",
    "empty": " \n\t ",
}


def hostile(text: str) -> Advert:
    advert = make_advert(
        text[:500],
        title=text,
        url=f"javascript:{text}"[:500],
        apply_url="data:text/html,<script>alert(1)</script>",
        reference=text,
        employer=text,
        recruiter=text,
        salary=text,
        location=text,
        place=text,
        region=text,
        description_text=text,
        description_html=f'<p onclick="x()">{text}</p><script>x()</script><a href="javascript:y">',
    )
    return replace(advert, summary=text, postcode=text)


def exported(db: Database, form: str) -> bytes:
    out = io.BytesIO()
    export_adverts(db, form, Filter(everything=True), NOON, out)
    return out.getvalue()


class Markup(HTMLParser):
    """What a browser would find in a piece of HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str | None]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += attrs


def check_harmless(html: str) -> None:
    found = Markup(html)
    assert found.tags <= {"p", "br", "strong", "em", "b", "i", "a", "ul", "ol", "li"}
    assert {name for name, _ in found.attributes} <= {"href", "rel"}
    links = [value or "" for name, value in found.attributes if name == "href"]
    assert all(link.startswith(("https://", "http://")) for link in links)


def prose_of(form: str, text: bytes) -> list[str]:
    """Read a file with a program that knows nothing of ours: the HTML in it."""
    if form == "csv":
        assert len(list(csv.DictReader(io.StringIO(text.decode(), newline="")))) == 1
        return []
    if form == "parquet":
        assert pq.read_table(io.BytesIO(text)).num_rows == 1
        return []
    if form == "xlsx":
        book = openpyxl.load_workbook(io.BytesIO(text))
        assert not any(cell.data_type in "fe" for row in book["Adverts"] for cell in row)
        return []
    if form == "jsonl":
        return [row["description_html"] for row in map(json.loads, text.splitlines())]
    if form == "jobposting":
        return [row["description"] for row in map(json.loads, text.splitlines())]
    if form == "jsonfeed":
        return [item["content_html"] for item in json.loads(text)["items"]]
    root = etree.fromstring(text, etree.XMLParser(resolve_entities=False, huge_tree=True))
    if form == "xml":
        return [each.text or "" for each in root.iter("description")]
    feed = feedparser.parse(text, sanitize_html=False, resolve_relative_uris=False)
    assert not feed.bozo
    return [entry.content[0].value for entry in feed.entries]


@pytest.mark.parametrize("name", TEXTS)
def test_every_file_of_a_hostile_advert_parses(crawls: Crawls, name: str) -> None:
    crawls([hostile(TEXTS[name])])
    for form in FORMATS:
        for html in prose_of(form, exported(crawls.db, form)):
            check_harmless(html)


@pytest.mark.parametrize("form", FORMATS)
def test_no_link_leads_off_the_web(crawls: Crawls, form: str) -> None:
    crawls([hostile("Planner")])
    text = exported(crawls.db, form)
    assert b"javascript:" not in text
    assert b"data:text" not in text


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        " javascript:alert(1)",
        "data:text/html,x",
        "//jobs.example/x",
        "/x",
        "https://",
        "https:x",
        "http://[::1",
        "ftp://jobs.example/",
        "https://jobs.example/" + "x" * LONGEST,
        "",
    ],
)
def test_what_is_no_address_of_the_web_is_none(url: str) -> None:
    assert web_address(url) is None


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://jobs.example/a?b=c&d=%20#e", "https://jobs.example/a?b=c&d=%20#e"),
        ('https://jobs.example/"><x>', "https://jobs.example/%22%3E%3Cx%3E"),
        ("https://jobs.example/swydd ŵ", "https://jobs.example/swydd%20%C5%B5"),
    ],
)
def test_an_address_of_the_web_is_written_in_ascii(url: str, safe: str) -> None:
    assert web_address(url) == safe


def cleaned(name: str, value: str) -> Any:
    (row,) = published([{name: value}])
    return row[name]


def test_a_link_to_a_mailbox_goes_and_its_words_stay() -> None:
    link = '<a href="mailto:a@example.org" rel="nofollow noopener">write to us</a>'
    assert cleaned("description_html", f"<p>{link}</p>") == "<p>write to us</p>"


def test_a_link_of_the_web_is_never_masked_into_a_broken_one() -> None:
    link = '<a href="https://x.example/0123456789" rel="nofollow noopener">0123 456 7890</a>'
    masked = link.replace("0123 456 7890", "[phone]")
    assert cleaned("description_html", link) == masked


def test_an_address_within_a_link_is_masked() -> None:
    link = '<a href="https://x.example/?to=a@example.org" rel="nofollow noopener">x</a>'
    assert "a@example.org" not in cleaned("description_html", link)


def test_prose_that_is_sanitised_already_stays_as_it_is() -> None:
    html = (
        "<h2>Plan</h2><ul><li>a <strong>b</strong><br>c &amp; d &lt; e</li></ul>"
        '<p><a href="https://x.example/?a=1&amp;b=2" rel="nofollow noopener">f</a></p>'
    )
    assert cleaned("description_html", html) == html


@pytest.mark.parametrize("name", ["title", "employer", "salary_text", "summary", "department"])
def test_contacts_are_masked_and_long_values_cut(name: str) -> None:
    assert cleaned(name, "on 01632 960123, a@example.org") == "on [phone], [e-mail]"
    assert len(cleaned(name, "x" * 1_000_000)) == LONGEST


@pytest.mark.parametrize("mark", "\u061c\u200e\u200f\u202a\u202e\u2066\u2069\u2028\x00\x85\uffff")
def test_a_sign_that_nobody_sees_goes(mark: str) -> None:
    for name in ("title", "reference", "description_text", "description_html"):
        assert cleaned(name, f"a{mark}b") == "ab"


@given(st.text(alphabet="0123456789+44 ()-@a.£", max_size=60))
@example("0163296012")
@example("(0 )-1 )-6 )-3 )-2 )-9 )-6 )-0 )-1 )-2")
@example("+44163296012")
@settings(deadline=None, max_examples=100)
def test_the_short_cut_masks_what_masking_masks(text: str) -> None:
    assert cleaned("title", text) == mask_contacts(text)


@given(st.text(max_size=40))
@settings(
    deadline=None, max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_text_gives_files_that_parse(crawls: Crawls, text: str) -> None:
    text = text.encode("utf-8", "ignore").decode()
    crawls.db.execute("PRAGMA foreign_keys = OFF")
    crawls.db.execute("DELETE FROM advert_texts")
    crawls.db.execute("DELETE FROM adverts")
    crawls.db.execute(
        """INSERT INTO adverts (id, source_id, external_id, job_id, url, title, employer, summary,
               salary_basis, place_basis, open_ended, first_seen, last_seen, last_read,
               last_changed, content_hash)
           VALUES (1, 's', :text, 1, 'https://jobs.example/' || :text, :text, :text, :text,
               'none', 'none', 0, :now, :now, :now, :now, '')""",
        {"text": text, "now": NOON},
    )
    crawls.db.execute("INSERT INTO advert_texts VALUES (1, ?, ?)", [text, text])
    for form in ("csv", *WITH_PROSE):
        for html in prose_of(form, exported(crawls.db, form)):
            check_harmless(html)


@pytest.mark.parametrize("unit", ["<a href=", "0 ", "a@", "<", "&lt;", "\u202e", "01632-", "@a."])
def test_cleaning_is_linear(unit: str) -> None:
    text = unit * (100_000 // len(unit))
    for name in ("title", "description_text"):
        start = time.process_time()
        cleaned(name, text)
        assert time.process_time() - start < 0.2
