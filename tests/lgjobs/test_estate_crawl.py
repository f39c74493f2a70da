"""The demo estate crawled into SQLite: what came out against what went in."""

import re
import threading
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from html import unescape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from lgjobs.demo.estate import Changes, Estate
from lgjobs.demo.server import EstateServer, Fault
from lgjobs.store.database import reading
from lgjobs.store.queries import Filter, select_adverts
from tests.conftest import EstateCrawls, crawl_here

TODAY = date(2026, 3, 2)
NEXT_MORNING = "2026-03-03T06:00:00Z"
Runs = dict[str, dict[str, Any]]


@dataclass
class Story:
    """A first day crawled twice, then the next day, crawled twice too."""

    database: Path
    first: Runs
    again: Runs
    next_day: Runs
    confirmed: Runs
    lives: list[dict[str, tuple[Any, ...]]]
    """After each run: what the store says of each advert."""
    asked_again: list[str]
    changes: Changes


def lives(database: Path) -> dict[str, tuple[Any, ...]]:
    with reading(database) as db:
        return {
            f"{row['source_id']}/{row['external_id']}": (
                row["last_changed"],
                row["first_seen"],
                row["closed_at"],
                row["closed_reason"],
                row["content_hash"],
            )
            for row in db.query("SELECT * FROM adverts")
        }


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Story:
    database = tmp_path_factory.mktemp("estate") / "lgjobs.db"
    estate = Estate(TODAY)
    with EstateServer(estate) as server:
        crawl = EstateCrawls(server, database)
        first = crawl()
        after = [lives(database)]
        server.requests.clear()
        again = crawl()
        asked = [f"{each.site} {each.path}" for each in server.requests]
        after.append(lives(database))
        server.show(estate.next_day())
        next_day = crawl()
        after.append(lives(database))
        confirmed = crawl()
        after.append(lives(database))
    changes = estate.next_day().changes()
    return Story(database, first, again, next_day, confirmed, after, asked, changes)


def total(runs: Runs, *names: str) -> int:
    return sum(row[name] for row in runs.values() for name in names)


def test_every_source_is_read_to_its_end(story: Story) -> None:
    for runs in (story.first, story.again, story.next_day, story.confirmed):
        assert {name: row["outcome"] for name, row in runs.items()} == dict.fromkeys(
            runs, "complete"
        )


def test_every_advert_arrives_once(story: Story) -> None:
    estate = Estate(TODAY)
    assert len(estate.adverts) >= 60
    assert set(story.lives[0]) == {f"{each.site}/{each.id}" for each in estate.adverts}
    assert total(story.first, "new") == len(estate.adverts)
    assert total(story.first, "changed", "closed_expired", "closed_withdrawn") == 0


def test_the_same_day_again_changes_nothing(story: Story) -> None:
    assert story.lives[1] == story.lives[0]
    counts = ("new", "changed", "closed_expired", "closed_withdrawn", "reopened")
    assert total(story.again, *counts) == 0
    assert total(story.again, "unchanged") == total(story.first, "new")


def test_the_same_day_again_asks_for_no_advert(story: Story) -> None:
    assert total(story.again, "adverts_read", "adverts_gone", "adverts_blocked") == 0
    first = total(story.first, "requests")
    assert total(story.again, "requests") == len(story.asked_again) < first
    details = [path for path in story.asked_again if "/job/" in path or "VACANCY_ID" in path]
    assert details == []


def test_the_next_day_counts_exactly_what_happened(story: Story) -> None:
    key = story.changes
    for name in story.next_day:
        row = story.next_day[name]
        counted = {
            "new": row["new"],
            "changed": row["changed"],
            "expired": row["closed_expired"],
            "withdrawn": row["closed_withdrawn"],
            "unchanged": row["unchanged"],
        }
        true = {
            kind: len([each for each in getattr(key, kind) if each[0] == name]) for kind in counted
        }
        if row["advertised"] is None:
            true["withdrawn"] = 0
        assert counted == true, name


def closings(story: Story, runs: int) -> dict[str, str]:
    return {name: life[3] for name, life in story.lives[runs - 1].items() if life[2]}


def test_the_next_day_closes_what_a_stated_total_proves(story: Story) -> None:
    proven = {name for name, row in story.next_day.items() if row["advertised"] is not None}
    assert proven
    assert proven < set(story.next_day)
    expected = {"/".join(each): "expired" for each in story.changes.expired}
    withdrawn = (each for each in story.changes.withdrawn if each[0] in proven)
    expected |= {"/".join(each): "withdrawn" for each in withdrawn}
    assert closings(story, 3) == expected


def test_the_run_after_closes_all_the_right_adverts(story: Story) -> None:
    expected = {"/".join(each): "expired" for each in story.changes.expired}
    expected |= {"/".join(each): "withdrawn" for each in story.changes.withdrawn}
    assert closings(story, 4) == expected
    withdrawn = {"/".join(each) for each in story.changes.withdrawn}
    assert {story.lives[3][name][2] for name in withdrawn} == {NEXT_MORNING}


def test_only_what_changed_is_dated_anew(story: Story) -> None:
    before, after = story.lives[1], story.lives[2]
    touched = {name for name in before if before[name][0] != after[name][0]}
    assert touched == {"/".join(each) for each in story.changes.changed}


def stored(story: Story) -> dict[tuple[str, str], dict[str, Any]]:
    with reading(story.database) as db:
        return {
            (row["source_id"], row["external_id"]): row
            for row in db.query(
                """SELECT adverts.*, description_text FROM adverts
                   JOIN advert_texts ON advert = adverts.id"""
            )
        }


ON_DAY_2 = Estate(TODAY, day=2).adverts


@pytest.mark.parametrize("site", sorted({advert.site for advert in ON_DAY_2}))
def test_what_a_site_prints_is_what_the_store_keeps(story: Story, site: str) -> None:
    rows = stored(story)
    for advert in [each for each in ON_DAY_2 if each.site == site]:
        row = rows[advert.key]
        assert row["title_published"] == advert.title
        assert row["council"] == advert.council, advert.key
        assert (row["location_text"] or "").startswith(advert.location or ""), advert.key
        if advert.pay is None:
            assert row["salary_text"] == advert.salary, advert.key
        elif advert.pay.low:
            pay = (row["salary_min"], row["salary_max"])
            assert pay == (advert.pay.low, advert.pay.high), advert.key


def test_closing_instants_are_exact(story: Story) -> None:
    rows = stored(story)
    for advert in ON_DAY_2:
        read, true = rows[advert.key]["closes_at"], advert.ends()
        assert (read is None) == (true is None), advert.key
        if true is not None:
            late = datetime.fromisoformat(read) - true
            assert abs(late) < timedelta(minutes=1), advert.key


def test_every_word_of_every_description_arrives(story: Story) -> None:
    rows = stored(story)
    for advert in ON_DAY_2:
        text = " ".join((rows[advert.key]["description_text"] or "").split())
        for paragraph in re.findall(r"<p>(.*?)</p>", advert.description, re.DOTALL):
            words = " ".join(unescape(re.sub(r"<[^>]+>", "", paragraph)).split())
            assert words in text, advert.key


def test_every_advert_is_found_by_its_title(story: Story) -> None:
    with reading(story.database) as db:
        live = {row["id"]: row for row in select_adverts(db, Filter(), NEXT_MORNING)}
        for row in live.values():
            found = select_adverts(db, Filter(words=row["title"]), NEXT_MORNING)
            assert row["id"] in {each["id"] for each in found}, row["title"]
    assert len(live) == len({each.vacancy or each.key for each in ON_DAY_2})


FAULTS = {
    "a 503 on the second page": (
        Fault("derby", "page=2", status=503),
        ("partial", "server_error"),
    ),
    "a bot wall": (
        Fault(
            "derby",
            "/",
            body=b"<title>Just a moment...</title><div id='challenge-form'>",
            status=403,
        ),
        ("blocked", "blocked"),
    ),
    "the site is gone": (Fault("derby", "/", status=404), ("failed", "not_found")),
    "an empty page with status 200": (
        Fault("derby", "/", status=200, body=b"<html><body>Hello</body></html>", after=1),
        ("suspicious", "layout_changed"),
    ),
    "HTML where JSON was due": (
        Fault("leeds", ".json", status=200, body=b"<html><body>Search</body></html>"),
        ("failed", "layout_changed"),
    ),
    "JSON cut short": (
        Fault("leeds", ".json", status=200, body=b'{"search": {"total_rec": 14}, "resul'),
        ("failed", "layout_changed"),
    ),
    "a page where the feed was due": (
        Fault("north-east-jobs", "RSSJobs", status=200, body=b"<html><body>Sorry</body></html>"),
        ("failed", "layout_changed"),
    ),
    "robots.txt refuses": (
        Fault("derby", "robots.txt", status=200, body=b"User-agent: *\nDisallow: /\n"),
        ("blocked", "robots"),
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_has_a_named_outcome_and_closes_nothing(name: str, database: Path) -> None:
    fault, expected = FAULTS[name]
    estate = Estate(TODAY)
    with EstateServer(estate) as server:
        EstateCrawls(server, database)(fault.site)
    before = lives(database)
    with EstateServer(estate.next_day(), faults=[fault]) as server:
        run = EstateCrawls(server, database)(fault.site)[fault.site]
    after = lives(database)
    assert (run["outcome"], run["failure"]) == expected
    assert run["reason"]
    assert [name for name in before if after[name][2] is not None] == []
    assert before.keys() <= after.keys()


def test_details_that_fail_lose_nothing_and_are_asked_for_again(database: Path) -> None:
    estate = Estate(TODAY)
    with EstateServer(estate, faults=[Fault("derby", "/vacancy/20", status=503)]) as server:
        run = EstateCrawls(server, database)("derby")["derby"]
    assert (run["outcome"], run["failure"]) == ("partial", "server_error")
    assert run["new"] == run["adverts_blocked"] == run["ids_listed"]
    with EstateServer(estate) as server:
        run = EstateCrawls(server, database)("derby")["derby"]
    assert (run["outcome"], run["adverts_read"]) == ("complete", run["ids_listed"])


class Elsewhere(BaseHTTPRequestHandler):
    """A site that has moved: every address but robots.txt leads to another host."""

    to = ""

    def do_GET(self) -> None:
        moved = self.path != "/robots.txt"
        self.send_response(301 if moved else 404)
        if moved:
            self.send_header("Location", self.to)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's name
        pass


@pytest.mark.parametrize("site", ["leeds", "derby", "north-east-jobs"])
def test_a_listing_that_has_moved_is_followed(site: str, database: Path) -> None:
    with EstateServer(Estate(TODAY)) as server:
        (source,) = [each for each in server.register if each.id == site]
        handler = type("Moved", (Elsewhere,), {"to": source.url})
        old = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        thread = threading.Thread(target=old.serve_forever, args=(0.05,))
        thread.start()
        try:
            moved = replace(source, url=f"http://127.0.0.1:{old.server_port}/old")
            run = crawl_here([moved], database, "2026-03-02T06:00:00Z")[site]
        finally:
            old.shutdown()
            old.server_close()
            thread.join()
    assert (run["outcome"], run["new"]) == ("complete", len(Estate(TODAY).on(site)))
