"""No text makes any public function of the pipelines raise, or take more than linear time."""

import inspect
import pkgutil
import time
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import pipelines

NOT_TEXTS = {"table", "table_path"}
"""Functions whose string is a name of ours, and that say so when it is none."""


def text_functions() -> Iterator[tuple[str, Callable[..., Any], int]]:
    """Public functions of the pipelines that can be called with texts alone, and how many."""
    for found in pkgutil.iter_modules(pipelines.__path__):
        module = import_module(f"pipelines.{found.name}")
        for name, function in vars(module).items():
            if name.startswith("_") or name in NOT_TEXTS or not callable(function):
                continue
            if inspect.isclass(function) or getattr(function, "__module__", "") != module.__name__:
                continue
            given_ones = [
                each
                for each in inspect.signature(function).parameters.values()
                if each.default is inspect.Parameter.empty
            ]
            if given_ones and all(each.annotation in ("str", "str | None") for each in given_ones):
                yield f"{found.name}.{name}", function, len(given_ones)


FUNCTIONS = {name: (function, count) for name, function, count in text_functions()}
PIECES = st.sampled_from(
    (
        *("£", "£30,000", "per annum", "SCP 5-6", "12/03/2026", "midnight", "Leeds", "LS2 8BB"),
        *("<p>", "\x00", "½", "٣", "\u202e", "\ud7ff", "Llun 3 Mawrth", "37.5 hours", "(", ")"),
        *(" - ", "\n"),
    )
)
TEXTS = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=30).map(" ".join))


def test_the_functions_are_found() -> None:
    assert {"salary.parse_salary", "dates.parse_when", "text.clean_html"} <= set(FUNCTIONS)
    assert len(FUNCTIONS) >= 20


@pytest.mark.parametrize("name", FUNCTIONS)
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_no_text_makes_it_raise(name: str, data: st.DataObject) -> None:
    function, count = FUNCTIONS[name]
    result = function(*(data.draw(TEXTS) for _ in range(count)))
    if inspect.isgenerator(result):
        list(result)


HOSTILE = ("£1 ", "1,", "9", " ", "per ", "a.", "<p>", "&amp;", "Monday 1 ", "LS1 1AA ", "SCP 1-")


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_hundred_kilobytes_take_no_time_to_speak_of(name: str) -> None:
    """One second of CPU is fifty times what a slow one takes: only a power of two fails."""
    function, count = FUNCTIONS[name]
    for piece in HOSTILE:
        text = (piece * (100_000 // len(piece) + 1))[:100_000]
        start = time.process_time()
        result = function(*[text] * count)
        if inspect.isgenerator(result):
            list(result)
        assert time.process_time() - start < 1.0, piece
