"""Changes since an export: whoever applies them has what a whole export would give."""

import io
import json
from typing import Any

import feedparser
import pytest
from lxml import etree
from sqlite_utils import Database

from lgjobs.exports.formats import export_adverts
from lgjobs.renormalise import renormalise
from lgjobs.store.queries import Filter, select_adverts
from scrapers.verdict import Outcome
from tests.conftest import DAY_1, DAY_2, Crawls, make_advert

DAY_3 = "2026-03-04T06:00:00Z"
DAY_4 = "2026-03-05T06:00:00Z"
ATOM = "{http://www.w3.org/2005/Atom}"
TOMBSTONE = "{http://purl.org/atompub/tombstones/1.0}deleted-entry"


def changes(db: Database, since: str, now: str, **wanted: Any) -> dict[str, str]:
    rows = select_adverts(db, Filter(changed_since=since, **wanted), now)
    return {row["external_id"]: row["change"] for row in rows}


def live(db: Database, now: str) -> set[str]:
    return {row["external_id"] for row in select_adverts(db, Filter(), now)}


def test_what_did_not_change_is_not_told(crawls: Crawls) -> None:
    crawls([make_advert("a"), make_advert("b", closes_at="2026-03-20T12:00:00Z")])
    crawls([make_advert("a", at=DAY_2)], at=DAY_2, listed={"b"})
    assert changes(crawls.db, DAY_2, DAY_2) == {}


def test_an_advert_whose_deadline_passed_is_removed_before_a_crawl_notices(
    crawls: Crawls,
) -> None:
    crawls([make_advert("a", closes_at="2026-03-02T23:59:59Z")])
    assert changes(crawls.db, DAY_2, DAY_2) == {}
    assert changes(crawls.db, DAY_1, DAY_2) == {"a": "removed"}
    assert changes(crawls.db, "2026-03-02T12:00:00Z", DAY_2) == {"a": "removed"}


def test_an_advert_that_is_back_is_added_again(crawls: Crawls) -> None:
    crawls([make_advert("a"), make_advert("b")])
    crawls([], at=DAY_2, listed={"b"})
    assert changes(crawls.db, DAY_2, DAY_2) == {"a": "removed"}
    crawls([], at=DAY_3, listed={"a", "b"})
    assert changes(crawls.db, DAY_3, DAY_3) == {"a": "added"}


def test_a_withdrawal_confirmed_later_is_told_though_dated_earlier(crawls: Crawls) -> None:
    crawls([make_advert("a"), make_advert("b")])
    crawls([], at=DAY_2, listed={"b"}, states_total=False)
    assert live(crawls.db, DAY_2) == {"a", "b"}
    crawls([], at=DAY_3, listed={"b"}, outcome=Outcome.PARTIAL)
    crawls([], at=DAY_4, listed={"b"}, states_total=False)
    assert changes(crawls.db, DAY_3, DAY_4) == {"a": "removed"}


def test_a_withdrawal_told_long_ago_is_not_told_again(crawls: Crawls) -> None:
    crawls([make_advert("a"), make_advert("b")])
    crawls([], at=DAY_2, listed={"b"})
    crawls([], at=DAY_3, listed={"b"})
    crawls([], at=DAY_4, listed={"b"})
    assert changes(crawls.db, DAY_4, DAY_4) == {}


def test_a_new_reading_of_an_old_text_is_a_change(crawls: Crawls) -> None:
    crawls([make_advert("a", title="Planner", salary="£30,000 a year", salary_min=1.0)])
    renormalise(crawls.db, DAY_2)
    assert changes(crawls.db, DAY_2, DAY_2) == {"a": "changed"}


def test_applying_the_changes_gives_what_a_whole_export_gives(crawls: Crawls) -> None:
    db = crawls.db
    crawls([make_advert(each) for each in "abc"] + [make_advert("d", closes_at=DAY_2)])
    held = live(db, DAY_1)
    for day, run in ((DAY_2, "abe"), (DAY_3, "bef"), (DAY_4, "abf")):
        before = {DAY_2: DAY_1, DAY_3: DAY_2, DAY_4: DAY_3}[day]
        new = [make_advert(each, at=day) for each in run if each in "ef"]
        crawls(new, at=day, listed=set(run), states_total=False)
        for external_id, change in changes(db, before, day).items():
            (held.discard if change == "removed" else held.add)(external_id)
        assert held == live(db, day)


@pytest.fixture
def told(crawls: Crawls) -> Database:
    """One advert removed, one changed, one added since DAY_2."""
    crawls([make_advert("gone", description_html="<p>x</p>"), make_advert("b")])
    prose = {"description_text": "y", "description_html": "<p>y</p>"}
    crawls(
        [
            make_advert("b", at=DAY_2, title="B2", **prose),
            make_advert("new", at=DAY_2, **prose),
        ],
        at=DAY_2,
    )
    return crawls.db


def exported(db: Database, form: str, **wanted: Any) -> bytes:
    out = io.BytesIO()
    done = export_adverts(db, form, Filter(**wanted), DAY_3, out)
    assert done.changes == ({"removed": 1, "changed": 1, "added": 1} if wanted else {})
    return out.getvalue()


def test_lines_carry_the_change(told: Database) -> None:
    lines = exported(told, "jsonl", changed_since=DAY_2).splitlines()
    found = {row["external_id"]: row["change"] for row in map(json.loads, lines)}
    assert found == {"gone": "removed", "b": "changed", "new": "added"}


def test_the_tables_carry_the_change(told: Database) -> None:
    text = exported(told, "csv", changed_since=DAY_2).decode()
    assert text.splitlines()[0].endswith(",change")
    assert {line.rsplit(",", 1)[1] for line in text.splitlines()[1:]} == {
        "removed",
        "changed",
        "added",
    }
    assert "change" not in exported(told, "csv").decode().splitlines()[0].split(",")


def test_rss_marks_the_change_and_closes_the_removed(told: Database) -> None:
    feed = feedparser.parse(exported(told, "rss", changed_since=DAY_2))
    found = {
        entry.id: ({tag.term for tag in entry.tags if tag.scheme == "lgjobs:change"}, entry.title)
        for entry in feed.entries
    }
    assert found == {
        "lgjobs:s/gone": ({"removed"}, "Closed: Planner"),
        "lgjobs:s/b": ({"changed"}, "B2"),
        "lgjobs:s/new": ({"added"}, "Planner"),
    }


def test_atom_has_a_tombstone(told: Database) -> None:
    feed = etree.fromstring(exported(told, "atom", changed_since=DAY_2))
    (tombstone,) = feed.findall(TOMBSTONE)
    assert dict(tombstone.attrib) == {"ref": "lgjobs:s/gone", "when": DAY_2}
    assert [each.text for each in feed.findall(f"{ATOM}entry/{ATOM}id")] == [
        "lgjobs:s/new",
        "lgjobs:s/b",
    ]


def test_a_json_feed_says_the_change(told: Database) -> None:
    items = json.loads(exported(told, "jsonfeed", changed_since=DAY_2))["items"]
    found = {item["id"]: item["_lgjobs"]["change"] for item in items}
    assert found == {"lgjobs:s/gone": "removed", "lgjobs:s/b": "changed", "lgjobs:s/new": "added"}
    (gone,) = [item for item in items if item["id"] == "lgjobs:s/gone"]
    assert gone["content_html"] == "<p>This job has closed.</p>"


def test_postings_come_as_items_of_a_data_feed(told: Database) -> None:
    lines = exported(told, "jobposting", changed_since=DAY_2).splitlines()
    items = {item["item"]["@id"]: item for item in map(json.loads, lines)}
    assert {item["@type"] for item in items.values()} == {"DataFeedItem"}
    assert items["lgjobs:s/gone"]["dateDeleted"] == DAY_2
    assert items["lgjobs:s/b"]["dateModified"] == DAY_2
    assert items["lgjobs:s/b"]["item"]["title"] == "B2"
    assert "dateModified" not in items["lgjobs:s/new"]


def test_a_job_feed_names_the_removed(told: Database) -> None:
    feed = etree.fromstring(exported(told, "xml", changed_since=DAY_2))
    found = {job.findtext("referencenumber"): job.findtext("change") for job in feed.iter("job")}
    assert found == {"lgjobs:s/gone": "removed", "lgjobs:s/b": "changed", "lgjobs:s/new": "added"}


def test_a_feed_of_all_gives_closed_adverts_as_closed(told: Database) -> None:
    out = io.BytesIO()
    export_adverts(told, "atom", Filter(everything=True), DAY_3, out)
    feed = etree.fromstring(out.getvalue())
    assert [each.get("ref") for each in feed.findall(TOMBSTONE)] == ["lgjobs:s/gone"]
