"""Real pages, replayed from a local server, crawled into SQLite.

The pages are Civil Service Jobs as served in 2023: public sector information licensed under the
Open Government Licence v3.0. They lie in ../shared and are not part of this project. Two result
pages and one advert are all there is: every other page of the site answers 503 here.
"""

import threading
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlite_utils import Database

from lgjobs.store.database import reading
from scrapers.sources import Source
from tests.conftest import crawl_here

SITE = b"https://www.civilservicejobs.service.gov.uk"
NOW = "2023-07-02T17:00:00Z"


class Replay(BaseHTTPRequestHandler):
    """Answers as the real site did, from the saved pages; its links lead back here."""

    def __init__(self, pages: Path, *args: Any) -> None:
        self.pages = pages
        super().__init__(*args)

    def do_GET(self) -> None:
        packed = parse_qs(urlsplit(self.path).query).get("SID")
        if packed is None:
            self._send(
                b"<form id='ID_context_search_form' method='post' action='/csr/esearch.cgi'>"
            )
            return
        asked = {k: v[0] for k, v in parse_qs(b64decode(packed[0]).decode()).items()}
        if asked.get("pageaction") == "searchcontext" and asked["page"] == "2":
            self._page("result_page2.html")
        elif asked.get("joblist_view_vac") == "1862348":
            self._page("job_detail_page.html")
        else:
            self._send(b"", status=503)

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self._page("result_page1.html")

    def _page(self, name: str) -> None:
        here = f"http://127.0.0.1:{self.server.server_port}".encode()  # type: ignore[attr-defined]
        self._send((self.pages / name).read_bytes().replace(SITE, here))

    def _send(self, body: bytes, status: int = 200) -> None:
        if self.path == "/robots.txt":
            status, body = 404, b""
        self.send_response(status)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's name
        pass


@contextmanager
def replay(pages: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Replay, pages))
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/csr/index.cgi"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def crawled(shared: Path, database: Path) -> Iterator[tuple[Database, dict[str, Any]]]:
    with replay(shared / "real" / "civil_service_jobs") as url:
        source = Source(id="csj", platform="civil_service_jobs", url=url)
        run = crawl_here([source], database, NOW)["csj"]
    with reading(database) as db:
        yield db, run


def test_the_walk_is_counted_and_claims_no_more_than_it_saw(
    crawled: tuple[Database, dict[str, Any]],
) -> None:
    db, run = crawled
    assert (run["outcome"], run["failure"]) == ("partial", "server_error")
    assert (run["advertised"], run["pages_walked"], run["ids_listed"]) == (2371, 2, 50)
    assert (run["adverts_read"], run["adverts_blocked"], run["duplicates"]) == (1, 49, 0)
    assert db.execute("SELECT count(*) FROM adverts WHERE closed_at IS NULL").fetchone() == (50,)


FROM_THE_LISTING = {
    # reference: title, department, salary, min, max, closes at (UTC: BST is an hour on), location
    "292892": (
        "Crypto Custodian",
        "Defence Science and Technology Laboratory",
        "£27,620 to £32,163",
        27620,
        32163,
        "2023-07-02T22:50:00Z",
        "Dstl Porton Down, Salisbury - SP4 0JQ",
    ),
    "297604": (
        "Lawyer – Inquiries and Investigations Team",
        "Care Quality Commission",
        "£37,694",
        37694,
        37694,
        "2023-07-02T22:55:00Z",
        None,
    ),
    "297589": (
        "Interim Director of Finance - Corporate Services",
        "Pensions Regulator",
        "£106,123",
        106123,
        106123,
        "2023-07-02T22:55:00Z",
        "Brighton, South East England, BN1 4DW",
    ),
    "296845": (
        "Finance Business Partner",
        "Office for Standards in Education, Children's Services and Skills",
        "£60,873 to £61,482",
        60873,
        61482,
        "2023-07-02T22:55:00Z",
        "Piccadilly Gate, Manchester",
    ),
    "295387": (
        "Royal Navy Appraisals Coordinator",
        "Ministry of Defence",
        "£22,758",
        22758,
        22758,
        "2023-07-02T22:55:00Z",
        "Faslane Port, Scotland, G84 8HL",
    ),
}


@pytest.mark.parametrize("reference", FROM_THE_LISTING)
def test_adverts_of_the_listing(crawled: tuple[Database, dict[str, Any]], reference: str) -> None:
    db, _ = crawled
    row = next(db.query("SELECT * FROM adverts WHERE reference = ?", [reference]))
    title, department, salary, low, high, closes, location = FROM_THE_LISTING[reference]
    assert row["title_published"] == title
    assert row["employer"] == department
    assert row["salary_text"] == salary
    assert (row["salary_min"], row["salary_max"], row["salary_period"]) == (low, high, "year")
    assert row["closes_at"] == closes
    if location is not None:
        assert row["location_text"] == location
    flags = db.query("SELECT flag FROM advert_flags WHERE advert = ?", [row["id"]])
    assert "detail_unread" in {each["flag"] for each in flags}


def test_places_and_areas(crawled: tuple[Database, dict[str, Any]]) -> None:
    db, _ = crawled
    areas = {
        row["reference"]: (row["postcode"], row["authority"], row["region"])
        for row in db.query("SELECT * FROM adverts")
    }
    assert areas["292892"] == ("SP4 0JQ", "E06000054", "South West")
    assert areas["297589"] == ("BN1 4DW", "E06000043", "South East")
    assert areas["295387"] == ("G84 8HL", "S12000035", "Scotland")
    assert areas["297376"] == ("EX1 3PB", "E07000041", "South West")


def test_the_advert_whose_page_was_saved(crawled: tuple[Database, dict[str, Any]]) -> None:
    db, _ = crawled
    row = next(db.query("SELECT * FROM adverts WHERE reference = '296730'"))
    assert row["external_id"] == "1862348"
    assert row["url"].endswith("/csr/jobs.cgi?jcode=1862348")
    assert row["title"] == "Head of Policy Research"
    assert row["employer"] == "House of Lords"
    assert row["council"] is None
    assert row["department"] == "Committee"
    assert (row["salary_min"], row["salary_max"], row["salary_period"]) == (53730, 53730, "year")
    assert row["closing_text"] == "10:00 pm on Sunday 2nd July 2023"
    assert row["closes_at"] == "2023-07-02T21:00:00Z"
    assert row["location_text"] == "Westminster"
    assert (row["authority"], row["region"]) == ("E09000033", "London")
    assert (row["contract_type"], row["term_months"]) == ("fixed_term", 24)
    assert row["working_pattern"] == "full_time"
    text = next(db.query("SELECT * FROM advert_texts WHERE advert = ?", [row["id"]]))
    assert "Oversee" in text["description_text"]
    assert "<script" not in text["description_html"]
    assert "style=" not in text["description_html"]


def test_nothing_changes_when_the_pages_are_read_again(shared: Path, database: Path) -> None:
    with replay(shared / "real" / "civil_service_jobs") as url:
        source = Source(id="csj", platform="civil_service_jobs", url=url)
        crawl_here([source], database, NOW)
        again = crawl_here([source], database, NOW)["csj"]
    assert (again["new"], again["changed"], again["unchanged"]) == (0, 0, 50)
