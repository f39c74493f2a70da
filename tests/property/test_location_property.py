"""Whatever the text, reading a place or an employer neither fails nor takes long."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.areas import area, fold
from pipelines.employer import match_employer
from pipelines.location import Location, parse_location
from pipelines.work_mode import parse_work_mode

PIECES = st.sampled_from(
    [
        "Leeds",
        "Newport",
        "Kent",
        "North West",
        "Hope",
        "Reading",
        "and",
        "or",
        "/",
        ",",
        " - ",
        "(",
        "SW1A 0AA",
        "CV31",
        "Hospital",
        "Road",
        "remote",
        "hybrid",
        "County Council",
        "various locations",
        "\n",
        "Tŷ",
        "\u0301",
        "İ",
    ]
)
TEXTS = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=14).map(" ".join))
DAYS = st.one_of(st.none(), st.dates().map(str))
CODES = st.sampled_from([None, "E08000035", "E10000006", "95A", "E99999999"])
SHARE_SECONDS = 0.5


@settings(deadline=None, max_examples=100)
@given(text=TEXTS, employer=st.one_of(st.none(), TEXTS), council=CODES, on=DAYS)
def test_any_text_is_read_and_what_is_read_is_consistent(
    text: str, employer: str | None, council: str | None, on: str | None
) -> None:
    read = parse_location(text, employer, council, on)
    assert isinstance(read, Location)
    assert read == parse_location(text, employer, council, on)
    if read.authority is not None:
        assert area(read.authority) is not None
        assert read.nation is not None
    assert not (read.multi and read.place)
    assert (read.latitude is None) == (read.longitude is None)
    assert set(read.record()) == {
        "place",
        "authority",
        "region",
        "postcode",
        "country",
        "work_mode",
        "multi",
    }


@settings(deadline=None, max_examples=100)
@given(text=TEXTS)
def test_names_read_apart_from_white_space_and_are_folded_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert parse_location(f"  {text}  ") == parse_location(text)


@settings(deadline=None, max_examples=100)
@given(name=TEXTS, on=DAYS)
def test_any_employer_name_is_read(name: str, on: str | None) -> None:
    match = match_employer(name, on)
    assert match.council is None or area(match.council) is not None
    assert match.recruiter is None or match.recruiter != match.employer


@pytest.mark.parametrize(
    "piece",
    [
        "a",
        "Leeds, ",
        "and ",
        " ",
        "A1 ",
        "1",
        "home ",
        "no ",
        "various ",
        "near ",
        "(",
        "Newport/",
        "\n",
    ],
)
def test_time_grows_with_the_text_and_no_faster(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    parse_location("Leeds, LS1 1UR, A1", "Leeds City Council")
    before = time.process_time()
    parse_location(text, text)
    parse_work_mode(text)
    match_employer(text)
    assert time.process_time() - before < SHARE_SECONDS
