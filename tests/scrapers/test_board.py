"""Boards that come as JSON: what their spiders share."""

from __future__ import annotations

from importlib import import_module

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scrapy.http import HtmlResponse, TextResponse

from scrapers.board import (
    due,
    filled_from_text,
    json_of,
    said,
    sections,
    terms_of_code,
    terms_of_words,
    web_address,
)
from scrapers.items import RawAdvert
from scrapers.problems import PageProblem

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
