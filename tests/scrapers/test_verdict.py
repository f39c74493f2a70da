"""What may be concluded from a walk: the rules, those that close nothing first."""

import pytest

from scrapers.problems import Failure
from scrapers.verdict import CLOSING_OUTCOMES, Outcome, Proof, judge


def walked(**seen: object) -> Proof:
    """A listing read to its end, but for what the test says."""
    return Proof(**{"pages_walked": 1, "ids_listed": 20, "end_reached": True, **seen})  # type: ignore[arg-type]


CLOSES_NOTHING = {
    "a 503 on page 3": (
        walked(pages_walked=2, end_reached=False, failure=Failure.SERVER_ERROR),
        Outcome.PARTIAL,
    ),
    "a login wall on page 2": (walked(failure=Failure.BLOCKED), Outcome.PARTIAL),
    "a wall on the first page": (
        Proof(failure=Failure.BLOCKED, detail="a bot challenge"),
        Outcome.BLOCKED,
    ),
    "robots.txt refuses": (Proof(failure=Failure.ROBOTS), Outcome.BLOCKED),
    "the host does not exist": (Proof(failure=Failure.DNS), Outcome.FAILED),
    "the tenant is gone": (Proof(failure=Failure.NOT_FOUND), Outcome.FAILED),
    "nothing was fetched at all": (Proof(), Outcome.PARTIAL),
    "a limit of ours was hit": (walked(cap_hit=True), Outcome.PARTIAL),
    "a page was named and never came": (walked(end_reached=False), Outcome.PARTIAL),
    "fewer listed than advertised": (walked(advertised=21), Outcome.PARTIAL),
    "duplicates stand where adverts should": (
        walked(advertised=22, duplicates=2),
        Outcome.PARTIAL,
    ),
    "no rows, and no words that say so": (walked(ids_listed=0), Outcome.SUSPICIOUS),
}


@pytest.mark.parametrize("name", CLOSES_NOTHING)
def test_closes_nothing(name: str) -> None:
    proof, expected = CLOSES_NOTHING[name]
    outcome = judge(proof).outcome
    assert outcome is expected
    assert outcome not in CLOSING_OUTCOMES


def test_a_listing_read_to_its_end_is_complete() -> None:
    assert judge(walked(advertised=20)).outcome is Outcome.COMPLETE
    assert judge(walked()).outcome is Outcome.COMPLETE


def test_more_listed_than_advertised_is_complete() -> None:
    assert judge(walked(advertised=19)).outcome is Outcome.COMPLETE


def test_a_page_that_says_there_are_no_vacancies_is_a_proven_zero() -> None:
    assert judge(walked(ids_listed=0, honest_zero=True)).outcome is Outcome.EMPTY


def test_below_the_floor_of_the_register_fails() -> None:
    verdict = judge(walked(), min_expected=21)
    assert verdict.outcome is Outcome.FAILED
    assert "at least 21 expected" in verdict.reason
    assert judge(walked(), min_expected=20).outcome is Outcome.COMPLETE
    assert judge(walked(ids_listed=0, honest_zero=True), min_expected=1).outcome is Outcome.FAILED


def test_an_implausible_drop_is_suspicious_until_seen_twice() -> None:
    assert judge(walked(), usual=41).outcome is Outcome.SUSPICIOUS
    assert judge(walked(), usual=40).outcome is Outcome.COMPLETE
    assert judge(walked(), usual=41, doubted_before=True).outcome is Outcome.COMPLETE


def test_a_sudden_proven_zero_is_suspicious_too() -> None:
    proof = walked(ids_listed=0, honest_zero=True)
    assert judge(proof, usual=30).outcome is Outcome.SUSPICIOUS


def test_a_small_listing_may_halve() -> None:
    assert judge(walked(ids_listed=1), usual=3).outcome is Outcome.COMPLETE
    assert judge(walked(ids_listed=1), usual=4).outcome is Outcome.SUSPICIOUS


def test_the_first_failure_is_the_one_reported() -> None:
    proof = Proof()
    proof.fail(Failure.TIMEOUT, "first")
    proof.fail(Failure.DNS, "second")
    assert judge(proof).failure is Failure.TIMEOUT
    assert judge(proof).reason == "first"
