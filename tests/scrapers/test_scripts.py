"""Scripts: arrays of strings out of a page's script, and text that it has percent-encoded."""

from __future__ import annotations

import re
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scrapers.scripts import argument, member, percent_decoded, strings_at

HERE = re.compile("x = ")


@pytest.mark.parametrize(
    "text", ["", "x = ", "x = []", "x = [a, 'b']", "x = ['a'", "x = ['a' 'b']"]
)
def test_what_is_no_array_of_strings_gives_none(text: str) -> None:
    assert strings_at(text, HERE) == []


def test_strings_keep_what_their_script_means() -> None:
    text = r"""x = ['it\'s', "a \"b\"", '\u00a35', '\xa36', 'a\:b', '', ']'];"""
    assert strings_at(text, HERE) == ["it's", 'a "b"', "£5", "£6", "a:b", "", "]"]


def test_an_array_is_found_as_member_and_as_argument() -> None:
    text = (
        "q: {_n: 1, _k: ['a']}, r: {_k: ['b']}; api.fill('p', \"q\", ['c']); api.fill('p', ['d'])"
    )
    assert strings_at(text, member("q", "_k")) == ["a"]
    assert strings_at(text, member("r", "_k")) == ["b"]
    assert strings_at(text, argument("api.fill", "p", "q")) == ["c"]
    assert strings_at(text, argument("api.fill", "p")) == ["d"]


@pytest.mark.parametrize(
    ("encoded", "text"),
    [
        ("100% of it", "100% of it"),
        ("%26 %C2%A35 %A36", "& £5 £6"),
        ("%u2019s", "’s"),
        ("%ud83d%ude00 %ud800", "😀 \ufffd"),
        ("é+%20", "é+ "),
    ],
)
def test_percent_encoded_letters_of_every_kind(encoded: str, text: str) -> None:
    assert percent_decoded(encoded) == text


@settings(deadline=None, max_examples=60)
@given(st.text())
def test_no_text_is_refused(text: str) -> None:
    percent_decoded(text).encode()
    strings_at(f"x = ['{text}", HERE)


@pytest.mark.parametrize(
    "text",
    ["x = [" + "'a'," * 25_000, "x = ['" + "\\'" * 50_000, "q: {_k" * 16_000, "%C2" * 33_000],
)
def test_reading_stays_linear(text: str) -> None:
    start = process_time()
    strings_at(text, HERE)
    strings_at(text, member("q", "_k"))
    percent_decoded(text)
    assert process_time() - start < 0.5
