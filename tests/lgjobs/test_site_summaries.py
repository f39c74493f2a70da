"""Summaries against a set labelled by hand: whole sentences about the job, or none."""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from pipelines.text import summarise

LONGEST = 220
FLOOR = 42
"""Of 85. What is missed begins with a bare verb: "Keep swimmers safe at our two pools"."""


@dataclass
class Labelled:
    title: str
    text: str = ""
    about: list[str] = field(default_factory=list)
    """Its sentences that say what the job is."""


def labelled() -> list[Labelled]:
    found: list[Labelled] = []
    lines = (Path(__file__).parent / "site_summaries.txt").read_text(encoding="utf-8").splitlines()
    for line in lines:
        mark = line.removeprefix("~")[:1]
        if mark in ("+", "-"):
            sentence = line.removeprefix("~")[1:]
            found[-1].text += f" {sentence}" if line[0] == "~" else f"\n\n{sentence}"
            if mark == "+":
                found[-1].about.append(sentence)
        elif line and mark != "#":
            found.append(Labelled(line))
    return found


def judged(advert: Labelled) -> str:
    summary = summarise(advert.text, advert.title)
    if summary is None:
        return "missed" if advert.about else "right"
    pairs = (f"{one} {two}" for one in advert.about for two in advert.about)
    return "right" if summary in {*advert.about, *pairs} else "wrong"


def test_the_set_is_large_and_has_adverts_without_a_good_sentence() -> None:
    found = labelled()
    assert len(found) >= 80
    assert any(not advert.about for advert in found)


@pytest.mark.parametrize("advert", labelled(), ids=lambda advert: advert.title)
def test_no_summary_is_boilerplate_or_too_long(advert: Labelled) -> None:
    assert judged(advert) != "wrong"
    assert len(summarise(advert.text, advert.title) or "") <= LONGEST


def test_most_adverts_have_a_summary() -> None:
    counts = Counter(map(judged, labelled()))
    assert counts["right"] >= FLOOR, counts
