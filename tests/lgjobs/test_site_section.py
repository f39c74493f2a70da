"""Which adverts the block beside an article shows."""

import json
from html.parser import HTMLParser
from typing import Any

import pytest
from sqlite_utils import Database

from lgjobs.exports.section import FORMATS, choose, section_component, section_json, take_turns
from lgjobs.store.queries import Filter, select_adverts
from tests.conftest import DAY_1, Crawls, make_advert


def chosen(db: Database, limit: int | None = None, now: str = DAY_1) -> list[str]:
    rows = choose(select_adverts(db, Filter(), now), now, limit)
    return [row["external_id"] for row in rows]


def test_no_employer_has_a_second_before_every_other_has_one(db: Database, crawls: Crawls) -> None:
    many = [make_advert(f"kent-{n}", employer="Kent") for n in range(20)]
    crawls([make_advert("leeds", employer="Leeds"), make_advert("hull", employer="HULL"), *many])
    assert chosen(db, 3) == ["kent-19", "hull", "leeds"]
    assert chosen(db, 4) == ["kent-19", "kent-18", "hull", "leeds"]
    assert chosen(db, 1) == ["kent-19"]
    assert len(chosen(db)) == 22


def test_one_employer_alone_may_fill_it(db: Database, crawls: Crawls) -> None:
    crawls([make_advert(str(n), employer="Kent") for n in range(5)])
    assert chosen(db, 3) == ["4", "3", "2"]


@pytest.mark.parametrize(
    ("closes_at", "shown"),
    [
        ("2026-03-02T12:00:00Z", False),
        ("2026-03-02T17:00:00Z", False),
        ("2026-03-02T05:59:00Z", False),
        ("2026-03-02T23:59:00Z", True),
        ("2026-03-03T09:00:00Z", True),
        (None, True),
    ],
)
def test_what_closes_in_the_course_of_the_day_is_left_out(
    db: Database, crawls: Crawls, closes_at: str | None, shown: bool
) -> None:
    crawls([make_advert("a", closes_at=closes_at)])
    assert chosen(db) == (["a"] if shown else [])


def test_the_day_ends_by_london_time(db: Database, crawls: Crawls) -> None:
    crawls(
        [
            make_advert("noon", closes_at="2026-06-30T11:00:00Z"),
            make_advert("late", closes_at="2026-06-30T22:59:00Z"),
        ]
    )
    assert chosen(db, now="2026-06-30T05:00:00Z") == ["late"]


def test_a_vacancy_stands_once(db: Database, crawls: Crawls) -> None:
    crawls([make_advert("a"), make_advert("b")])
    db.execute("UPDATE adverts SET job_id = (SELECT min(id) FROM jobs)")
    assert chosen(db) == ["a"]


@pytest.mark.parametrize("limit", [0, 1, 2, 5, None])
def test_turns_are_fair_and_in_order(limit: int | None) -> None:
    names = ["a", "a", "b", "a", "c", "b"]
    found = take_turns(names, limit)
    assert found == sorted(found)
    assert len(found) == (len(names) if limit is None else min(limit, len(names)))
    counts = [sum(names[at] == name for at in found) for name in "abc"]
    assert max(counts) - min(counts) <= 1 or limit in (5, None)


class Elements(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        self.attributes |= {name for name, _ in attrs}


@pytest.mark.parametrize("form", FORMATS)
def test_nothing_of_an_advert_runs_in_any_form(form: str, db: Database, crawls: Crawls) -> None:
    evil: dict[str, Any] = {
        "title": "</template><script>alert(1)</script>\u202e",
        "employer": '"><svg onload=alert(1)>',
        "url": "javascript:alert(1)",
        "summary": "</section></style><style>",
    }
    crawls([make_advert("a", **evil)])
    out = FORMATS[form](select_adverts(db, Filter(), DAY_1)).decode()
    assert "\u202e" not in out
    if form == "json":
        assert json.loads(out)[0]["jobs"][0]["url"] is None
        return
    elements = Elements()
    elements.feed(out)
    assert not elements.seen & {"script", "svg"}
    assert elements.attributes <= {"class", "href", "shadowrootmode"}
    assert "javascript:" not in out


def test_the_component_keeps_its_look_to_itself(db: Database, crawls: Crawls) -> None:
    crawls([make_advert("a")])
    out = section_component(select_adverts(db, Filter(), DAY_1))
    assert out.startswith('<lgjobs-section>\n<template shadowrootmode="open">\n<style>')
    assert "<script" not in out


def test_an_empty_block_is_still_whole() -> None:
    assert json.loads(section_json([])) == []
    assert FORMATS["html"]([]) == b'<section class="lgjobs">\n</section>\n'
