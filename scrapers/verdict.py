"""From the proof of a crawl to its outcome: what was walked, and what may be concluded from it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from scrapers.problems import Failure

SMALLEST_USUAL = 4
"""Below this many adverts a listing may well halve overnight: one closing date is enough."""


class Outcome(StrEnum):
    COMPLETE = "complete"
    """The listing was read to its end: what it no longer shows may be closed."""
    EMPTY = "empty"
    """The page itself says that there are no vacancies: a proven zero."""
    PARTIAL = "partial"
    """Something of the listing or most of its adverts stayed unread: nothing may be closed."""
    SUSPICIOUS = "suspicious"
    """Read without an error, yet not believable."""
    BLOCKED = "blocked"
    FAILED = "failed"


CLOSING_OUTCOMES = frozenset({Outcome.COMPLETE, Outcome.EMPTY})


@dataclass(slots=True)
class Proof:
    """What a crawl of one source saw: the counts that its outcome is drawn from."""

    advertised: int | None = None
    """The total that the listing itself states; None where the platform states none."""
    pages_walked: int = 0
    ids_listed: int = 0
    duplicates: int = 0
    """Rows whose id an earlier row already had."""
    cap_hit: bool = False
    """A limit of ours stopped the walk."""
    end_reached: bool = False
    """Every page of the listing that was named was read."""
    honest_zero: bool = False
    """The listing says in words or figures that it holds no vacancy."""
    adverts_read: int = 0
    adverts_gone: int = 0
    """Detail pages that said the vacancy is over."""
    adverts_blocked: int = 0
    """Detail pages that did not come: no evidence of anything."""
    adverts_unreadable: int = 0
    """Detail pages that came and were not understood: our fault."""
    failure: Failure | None = None
    """What first went wrong on the listing, else on the pages of most adverts listed."""
    detail: str = ""

    def fail(self, failure: Failure, detail: str) -> None:
        """Record what went wrong; the first failure is the one that explains the rest."""
        if self.failure is None:
            self.failure, self.detail = failure, detail


@dataclass(frozen=True, slots=True)
class Verdict:
    outcome: Outcome
    failure: Failure | None = None
    reason: str = ""
    """One plain sentence for the run report; empty for a complete run."""


def judge(
    proof: Proof,
    *,
    min_expected: int | None = None,
    usual: int | None = None,
    doubted_before: bool = False,
) -> Verdict:
    """The outcome of a source's crawl, from its proof alone.

    `min_expected` is the register's floor; `usual` the median of adverts listed by the last
    complete runs; `doubted_before` says that the run before was suspicious too: a second run
    that sees the same drop confirms it.
    """
    if proof.failure is not None and proof.pages_walked == 0:
        blocked = proof.failure in (Failure.BLOCKED, Failure.ROBOTS)
        return Verdict(Outcome.BLOCKED if blocked else Outcome.FAILED, proof.failure, proof.detail)
    if (shortfall := _shortfall(proof)) is not None:
        return Verdict(Outcome.PARTIAL, proof.failure, shortfall)
    if proof.ids_listed == 0 and not proof.honest_zero:
        return Verdict(
            Outcome.SUSPICIOUS,
            Failure.LAYOUT_CHANGED,
            "the listing shows no advert and does not say that there are none",
        )
    if min_expected is not None and proof.ids_listed < min_expected:
        reason = f"{proof.ids_listed} adverts listed, at least {min_expected} expected"
        return Verdict(Outcome.FAILED, Failure.LAYOUT_CHANGED, reason)
    if _halved(proof.ids_listed, usual) and not doubted_before:
        return Verdict(
            Outcome.SUSPICIOUS, None, f"{proof.ids_listed} adverts listed, usually about {usual}"
        )
    return Verdict(Outcome.COMPLETE if proof.ids_listed else Outcome.EMPTY)


def _shortfall(proof: Proof) -> str | None:
    """Why the listing counts as not read to its end; None when it was."""
    if proof.failure is not None:
        return proof.detail
    if proof.cap_hit:
        return f"stopped at a limit after {proof.ids_listed} adverts"
    if not proof.end_reached:
        return f"the listing was not read to its end ({proof.pages_walked} pages)"
    if proof.advertised is not None and proof.ids_listed < proof.advertised:
        return f"{proof.ids_listed} adverts listed, {proof.advertised} advertised"
    return None


def _halved(listed: int, usual: int | None) -> bool:
    return usual is not None and usual >= SMALLEST_USUAL and listed * 2 < usual
