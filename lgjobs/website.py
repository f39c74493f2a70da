"""Website: where the search for a council's platform starts."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Website:
    """A website to start from, and whose it is."""

    url: str
    council: str | None = None
    """GSS code."""
    name: str = ""
