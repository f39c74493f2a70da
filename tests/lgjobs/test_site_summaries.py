"""Summaries against a set labelled by hand: whole sentences about the job, or none."""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from pipelines.text import summarise

LONGEST = 220
FLOOR = 83
"""Of 85."""

NO_DUTIES = [
    "Develop your career with a council that values its people.",
    "Make a real difference to the lives of children here.",
    "Take the next step in a career that means something.",
    "Get in touch with the office before the end of the month.",
    "Contact the headteacher for a tour of the school and grounds.",
    "Contact our office at any time before the end of the month.",
    "Speak to the manager of the home before the end of June.",
    "See the attached document for everything that matters.",
    "Visit our careers page and watch our short film there.",
    "Watch this short video of the people in our offices.",
    "Ensure that you fill in every part of the document.",
    "Make sure you fill in every part of the online document.",
    "Tell us about yourself and what you have done so far.",
    "Look no further than our friendly council by the sea.",
    "Keep up to date with our news on the usual channels.",
    "Bring your passion and your ideas to our lively town.",
    "Take a look at what our people say of their council.",
    "Train fares will be refunded at the second class rate.",
    "Care homes in the county are inspected every year.",
    "Design qualifications at degree level are essential.",
    "Pay for this grade is set by the national agreement.",
    "Drive and enthusiasm are what we value most of all.",
    "Clean driving record is essential and will be checked.",
    "Care Homes Team, North of the County, days and nights.",
    "We need a copy of your passport and two proofs of address.",
    "We require an honours degree and a professional qualification.",
    "We particularly encourage applications from people of all backgrounds.",
    "Applications from under-represented groups would be very good to see.",
]
DUTIES = [
    "Inspect playgrounds every week and record what has to be mended.",
    "Check applications from builders against the rules before work starts.",
    "Advise people who are new to the town on where to find help.",
    "You will handle applications from taxi drivers across the district.",
    "We need a patient person to run the reception of our busy leisure centre.",
]


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


@pytest.mark.parametrize("sentence", NO_DUTIES)
def test_a_word_to_the_reader_is_no_duty(sentence: str) -> None:
    assert summarise(sentence, "Officer") is None


@pytest.mark.parametrize("sentence", DUTIES)
def test_a_sentence_that_begins_with_a_duty_is_a_summary(sentence: str) -> None:
    assert summarise(sentence, "Officer") == sentence
