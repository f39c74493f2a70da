"""The sites of the estate, from sites.csv."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Site:
    """One site: which platform it imitates, and for whom."""

    id: str
    platform: str
    council: str | None
    """GSS code of the one employer; None for a board."""
    name: str
    email: str
    phone: str
    settings: Mapping[str, str]
    """How the site is set up on its platform."""
    options: Mapping[str, str]
    """What its row in the register says beside the address."""
    enabled: bool = True
    """Whether that row is switched on; it is not where robots.txt lets no reader like us in."""


def _pairs(cell: str) -> dict[str, str]:
    return dict(part.split("=", 1) for part in cell.split("|") if part)


def _read() -> dict[str, Site]:
    with Path(__file__).with_name("sites.csv").open(encoding="utf-8", newline="") as handle:
        rows = csv.DictReader(line for line in handle if not line.startswith("#"))
        return {
            row["id"]: Site(
                id=row["id"],
                platform=row["platform"],
                council=row["council"] or None,
                name=row["name"],
                email=row["email"],
                phone=row["phone"],
                settings=_pairs(row["settings"]),
                options=_pairs(row["options"]),
                enabled=row["enabled"] != "no",
            )
            for row in rows
        }


EVERY = _read()
SITES = {name: site for name, site in EVERY.items() if site.enabled}
"""Those that a crawl of the estate reads."""
SHUT = EVERY.keys() - SITES.keys()
"""The ids of the others."""
