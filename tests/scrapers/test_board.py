"""Boards that come as JSON: what their spiders share."""

from __future__ import annotations

import json
import re
from importlib import import_module
from typing import Any, ClassVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scrapy import Request
from scrapy.http import HtmlResponse, TextResponse

from scrapers.board import (
    BoardSpider,
    at,
    due,
    filled_from_text,
    in_utc,
    joined,
    json_of,
    located,
    names_in,
    pairs_at,
    pay_at,
    said,
    sections,
    terms_of,
    terms_of_code,
    terms_of_words,
    there,
    web_address,
    work_mode,
)
from scrapers.items import RawAdvert
from scrapers.listing import Listing
from scrapers.problems import AdvertGone, PageProblem

ADDRESSES = {
    "teaching_vacancies": "https://teaching-vacancies.service.gov.uk/jobs/cook",
    "nhs_jobs": "https://www.jobs.nhs.uk/candidate/jobadvert/C1-26-02",
    "greenhouse": "https://boards.greenhouse.io/acme",
    "lever": "https://jobs.lever.co/acme",
    "smartrecruiters": "https://jobs.smartrecruiters.com/Acme/744000152242959-cook",
    "workable": "https://apply.workable.com/acme/",
    "teamtailor": "https://acme.teamtailor.com/jobs",
    "pinpoint": "https://acme.pinpointhq.com/en/postings",
    "recruitee": "https://acme.recruitee.com/o/cook",
}


@pytest.mark.parametrize("platform", ADDRESSES)
def test_an_address_is_one_platforms_and_no_others(platform: str) -> None:
    address = ADDRESSES[platform]
    link = f'<a href="{address}">Jobs</a>'.encode()
    for page in (HtmlResponse("https://x.gov.uk/", body=link), HtmlResponse(address, body=b"Hi")):
        found = [
            name for name in ADDRESSES if import_module(f"scrapers.spiders.{name}").detect(page)
        ]
        assert found == [platform]


@pytest.mark.parametrize("text", ["", "<html>", "null", "{", '["a"', "[" * 100_000])
def test_what_is_no_json_is_a_problem(text: str) -> None:
    with pytest.raises(PageProblem):
        json_of(TextResponse("https://x.example/", body=text.encode(), encoding="utf-8"))


def test_values_are_read_by_their_path_or_not_at_all() -> None:
    tree = {"a": {"b": " R&amp;D ", "n": 7, "flag": True, "list": ["x"]}, "none": None}
    assert said(tree, "a", "b") == "R&D"
    assert said(tree, "a", "n") == "7"
    for path in (("a", "flag"), ("a", "list"), ("none", "b"), ("a", "b", "c"), ("z",)):
        assert said(tree, *path) is None
        with pytest.raises(ValueError, match="a job without"):
            due(tree, *path)


def test_the_best_of_several_paths_and_the_first_of_a_list() -> None:
    tree = {"team": "", "unit": {"name": "Parks"}, "offices": [{"city": "Ely"}, {"city": "March"}]}
    assert at(tree, "team|unit.name") == "Parks"
    assert at(tree, "offices.city") == there(tree, "offices.city") == "Ely"
    assert at(tree, "team|offices|unit.none") is None
    for path in ("offices.none", "none", "unit.name.none"):
        with pytest.raises((LookupError, TypeError)):
            there(tree, path)


def test_lists_are_told_once_each_and_without_what_says_nothing() -> None:
    assert joined(["Ely", None, "March", "Ely", ""]) == "Ely; March"
    assert joined([]) is None
    assert names_in([{"name": "Parks"}, "Streets", {"name": None}, "Parks"]) == "Parks, Streets"
    assert names_in(None) is None


def test_places_by_whatever_keys_a_board_has_for_them() -> None:
    assert located({"street": "Back Hill", "city": "Ely", "zip": "CB7 4BZ"}) == {
        "location": "Back Hill, Ely, CB7 4BZ",
        "postcode": "CB7 4BZ",
        "latitude": None,
        "longitude": None,
    }
    two = located({"name": "HQ", "city": "Ely", "latitude": 52.4}, {"city": "March"})
    assert (two["location"], two["latitude"]) == ("HQ, Ely; March", None)
    assert located()["location"] is None
    assert located(None, "Ely", {"city": 7})["location"] == "7"


def test_flags_pay_and_fields_that_a_tenant_adds() -> None:
    assert work_mode({"remote": False, "hybrid": True, "on_site": "yes"}) == "Hybrid"
    assert work_mode({}) is None
    pay = {"pay": {"low": "1000", "high": 1200, "in": "GBP"}}
    assert pay_at(pay, "pay.low", "pay.high", "pay.in", "pay.per") == "£1,000 to £1,200"
    assert pay_at({}, "low", "high", "in", "per") is None
    tree = {"own": [{"key": "Grade", "is": "4"}, {"key": "Days", "is": ["Mon", "Tue"]}, {}]}
    assert list(pairs_at(tree, "own", "key", "is")) == [
        ("Grade", "4"),
        ("Days", "Mon, Tue"),
        (None, None),
    ]
    assert list(pairs_at({"own": None}, "own", "key", "is")) == []


def test_only_an_instant_in_utc_is_respelt() -> None:
    assert in_utc("2025-12-05 21:44:46 UTC") == "2025-12-05T21:44:46Z"
    assert in_utc("2025-12-05 21:44:46 CET") == "2025-12-05 21:44:46 CET"
    assert in_utc(None) is None


class InParts(BoardSpider):
    """A board in parts of any length, its address saying how many jobs went before."""

    name = "in_parts"
    id_in_url = re.compile(r"/jobs/(\d+)")
    jobs_at, total_at, job_at = "found.jobs", "found.total", "items"
    fields: ClassVar = {"external_id": "id", "title": "title", "url": "url", "tenant": "board"}

    def seen(self, response: TextResponse) -> int:
        return int(response.url.rpartition("=")[2])

    def part(self, response: TextResponse, start: int) -> Request:
        return Request(f"https://x.example/jobs?from={start}")


def in_parts(count: int, total: int, start: int) -> Listing:
    jobs = [{"id": n, "title": "Cook", "url": f"/jobs/{n}"} for n in range(count)]
    body = json.dumps({"found": [{"jobs": jobs, "total": total}]}).encode()
    read = InParts().read_listing(TextResponse(f"https://x.example/jobs?from={start}", body=body))
    assert isinstance(read, Listing)
    return read


@pytest.mark.parametrize(
    ("count", "total", "start", "onward"),
    [(2, 5, 0, 2), (1, 5, 2, 3), (2, 0, 2, 4), (2, 4, 2, None), (0, 5, 2, None), (0, 0, 0, None)],
)
def test_parts_follow_until_the_total_is_reached_or_one_is_empty(
    count: int, total: int, start: int, onward: int | None
) -> None:
    listing = in_parts(count, total, start)
    asked = [each.url for each in listing.more if isinstance(each, Request)]
    assert asked == ([f"https://x.example/jobs?from={onward}"] if onward else [])
    assert listing.advertised == (None if start else total)


def test_no_job_of_a_board_that_says_it_has_some_is_no_honest_zero() -> None:
    assert not in_parts(0, 5, 0).says_empty
    assert in_parts(0, 0, 0).says_empty


def test_an_answer_of_another_job_or_of_none_is_not_taken_for_the_one_asked_for() -> None:
    def read(url: str, *jobs: dict[str, Any]) -> RawAdvert:
        body = json.dumps({"items": jobs}).encode()
        return InParts().read_advert(TextResponse(url, body=body, encoding="utf-8"))

    job = {"id": 7, "title": "Cook", "url": "/jobs/7", "board": "Acme"}
    for url in ("https://x.example/jobs/7", "https://x.example/api?id=7"):
        assert (read(url, job).external_id, read(url, job).employer) == ("7", "Acme")
    with pytest.raises(PageProblem, match="advert 7"):
        read("https://x.example/jobs/8", job)
    with pytest.raises(AdvertGone):
        read("https://x.example/jobs/8")


def test_only_web_addresses_are_addresses() -> None:
    assert (
        web_address(None, "javascript:alert(1)", " https://x.example/1 ") == "https://x.example/1"
    )
    with pytest.raises(ValueError, match="without an address"):
        web_address("javascript:alert(1)", "/jobs/1")


def test_sections_without_words_fall_away_with_their_headings() -> None:
    assert sections(("Gone", " "), ("None", None), (None, "<p>a</p>"), ("B & C", "<p>b</p>")) == (
        "<p>a</p>\n<h3>B &amp; C</h3>\n<p>b</p>"
    )
    assert sections(("Benefits", "")) is None


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("fulltime_permanent", ("Permanent", "Full time")),
        ("parttime_fixed_term", ("Fixed term", "Part time")),
        ("Fixed-Term", ("Fixed term", None)),
        ("secondment", ("secondment", None)),
        ("", (None, None)),
        (None, (None, None)),
    ],
)
def test_codes(code: str | None, expected: tuple[str | None, str | None]) -> None:
    assert terms_of_code(code) == expected


def test_one_field_for_both_is_a_code_or_words() -> None:
    assert terms_of("fulltime_permanent") == ("Permanent", "Full time")
    assert terms_of("Permanent, Full-time") == ("Permanent", "Full-time")
    assert terms_of(None) == (None, None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Permanent", ("Permanent", None)),
        ("Full-time", (None, "Full-time")),
        ("Permanent / Part-time", ("Permanent", "Part-time")),
        ("Fixed Term, 12 months, Full Time", ("Fixed Term, 12 months", "Full Time")),
        (None, (None, None)),
        (" , ", (None, None)),
    ],
)
def test_words(text: str | None, expected: tuple[str | None, str | None]) -> None:
    assert terms_of_words(text) == expected


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=400))
def test_terms_of_any_text_are_parts_of_it(text: str) -> None:
    for part in terms_of_words(text):
        assert part is None or all(each in text for each in part.split(", "))
    terms_of_code(text)


def test_text_fills_what_is_left_open_and_nothing_else() -> None:
    text = (
        "<p><b>Salary:</b> £1</p><p><b>Hours:</b> 37</p><p><b>Location:</b> Ely</p>"
        "<p><b>Contact:</b> a person</p><p><b>Title:</b> Chef</p>"
    )
    advert = RawAdvert(external_id="1", url="https://x.example/1", salary="£2", description=text)
    filled = filled_from_text(advert).as_dict()
    assert {name: filled.get(name) for name in ("salary", "hours", "location", "extra")} == {
        "salary": "£2",
        "hours": "37",
        "location": None,
        "extra": None,
    }
