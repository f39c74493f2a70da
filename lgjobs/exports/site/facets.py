"""What adverts are sorted by: each value of a facet is a list of the site and a search filter."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from sqlite_utils import Database

from lgjobs.exports.site.words import CONTRACTS, MODES, PATTERNS, pounds, slug

Row = dict[str, Any]
Reading = Callable[[Row], tuple[str, ...]]

_PAY_STEPS: Final = (25_000, 30_000, 40_000, 50_000, 70_000)
"""Pounds a year, full time, where a band ends and the next begins."""
CLOSING_DAYS: Final = (3, 7, 14)
EVERY_FEED: Final = ("rss", "atom", "json")
UNTIL_FILLED: Final = "until-filled"
_WITH_ARTICLE: Final = frozenset(
    (
        *("East Midlands", "East of England", "North East", "North West"),
        *("South East", "South West", "West Midlands"),
    )
)


@dataclass(frozen=True, slots=True)
class Facet:
    """One way to sort adverts."""

    key: str
    """Folder of its lists, and name of the search filter."""
    name: str
    values: Mapping[str, str]
    """Names for people by key, in the order shown; a key is part of an address."""
    heading: str
    """Heading of a list, around the value's name."""
    of: Reading
    """The keys of what an advert says; none where it does not say."""
    feeds: tuple[str, ...] = ()
    """Endings of the feeds of its lists."""

    def keys(self, row: Row) -> tuple[str, ...]:
        """The keys of an advert's values, as far as there are lists of them."""
        return tuple(value for value in self.of(row) if value in self.values)

    def title(self, value: str) -> str:
        """The heading of a value's list: Housing jobs; Jobs in the North East."""
        name = self.values[value]
        if self.key == "region" and name in _WITH_ARTICLE:
            name = f"the {name}"
        title = self.heading.format(name)
        return title[0].upper() + title[1:]


def all_facets(db: Database, now: str) -> list[Facet]:
    """Every facet, with the sectors, regions and councils of this database."""
    councils = _councils(db)
    return [
        Facet("sector", "Sector", _sectors(db), "{} jobs", _keyed("sector"), EVERY_FEED),
        Facet("region", "Region or nation", _regions(db), "Jobs in {}", _region, EVERY_FEED),
        Facet("pay", "Pay", _PAY_NAMES, "Jobs paying {}", _pay),
        Facet("contract", "Contract", _slugged(CONTRACTS), "{} jobs", _keyed("contract_type")),
        Facet("hours", "Working pattern", _slugged(PATTERNS), "{} jobs", _patterns),
        Facet("mode", "Where you work", _slugged(MODES), "{} jobs", _keyed("work_mode")),
        Facet("closing", "Closing", _CLOSING_NAMES, "Jobs closing {}", _closing(now)),
        Facet(
            "council",
            "Council",
            dict(councils.values()),
            "Jobs at {}",
            lambda row: (councils[row["council"]][0],) if row["council"] in councils else (),
            ("rss",),
        ),
    ]


def council_slugs(db: Database) -> dict[str, str]:
    """The key of each council's list, by GSS code."""
    return {code: found for code, (found, _) in _councils(db).items()}


def _sectors(db: Database) -> dict[str, str]:
    rows = db.execute("SELECT sector, name FROM sectors ORDER BY sector = 'other', name")
    return {sector.replace("_", "-"): name for sector, name in rows}


def _regions(db: Database) -> dict[str, str]:
    rows = db.execute(
        """SELECT region, nation FROM councils WHERE region IS NOT NULL
           GROUP BY region, nation ORDER BY nation <> 'England', region"""
    ).fetchall()
    nations = {nation for _, nation in rows if nation} | {region for region, _ in rows}
    english = [region for region, nation in rows if nation == "England"]
    order = english + sorted(nations - set(english))
    return {slug(name): name for name in order}


def _councils(db: Database) -> dict[str, tuple[str, str]]:
    """Key and name by GSS code of the councils that have a source or an advert.

    Of two councils with one name, the abolished and its successor, the former's key has its code.
    """
    rows = db.execute(
        """SELECT gss_code, name FROM councils
           WHERE gss_code IN (SELECT council FROM adverts UNION SELECT employer FROM sources)
           ORDER BY valid_to IS NOT NULL, name, gss_code"""
    )
    found: dict[str, tuple[str, str]] = {}
    taken: set[str] = set()
    for code, name in rows:
        key = slug(name) if slug(name) not in taken else slug(f"{name} {code}")
        taken.add(key)
        found[code] = (key, name)
    return dict(sorted(found.items(), key=lambda item: item[1][1]))


def _slugged(names: Mapping[str, str]) -> dict[str, str]:
    return {key.replace("_", "-"): name for key, name in names.items()}


def _keyed(column: str) -> Reading:
    def read(row: Row) -> tuple[str, ...]:
        value = row[column]
        return (value.replace("_", "-"),) if value else ()

    return read


def _region(row: Row) -> tuple[str, ...]:
    return tuple(dict.fromkeys(slug(each) for each in (row["region"], row["nation"]) if each))


def _patterns(row: Row) -> tuple[str, ...]:
    return tuple(filter(None, (row["working_pattern"] or "").replace("_", "-").split(",")))


_BANDS: Final = tuple(zip((0, *_PAY_STEPS), (*_PAY_STEPS, None), strict=True))


def _band_key(low: int, high: int | None) -> str:
    if not low:
        return f"under-{high}"
    return f"{low}-to-{high}" if high else f"{low}-or-more"


def _band_name(low: int, high: int | None) -> str:
    if high is None:
        return f"{pounds(low)} a year or more"
    return f"{pounds(low)} to {pounds(high)} a year" if low else f"under {pounds(high)} a year"


_PAY_NAMES: Final = {_band_key(*band): _band_name(*band) for band in _BANDS}
_CLOSING_NAMES: Final = {
    **{f"within-{days}-days": f"within {days} days" for days in CLOSING_DAYS},
    UNTIL_FILLED: "when filled",
}


def _pay(row: Row) -> tuple[str, ...]:
    """Every band that the advert's range reaches into."""
    low, high = row["salary_annual_min"], row["salary_annual_max"]
    low, high = (high if low is None else low), (low if high is None else high)
    if low is None:
        return ()
    return tuple(
        _band_key(start, end)
        for start, end in _BANDS
        if high >= start and (end is None or low < end)
    )


def _closing(now: str) -> Reading:
    instant = datetime.fromisoformat(now).astimezone(UTC)
    ends = {
        f"within-{days}-days": (instant + timedelta(days=days)).strftime("%Y-%m-%dT%H:%M:%SZ")
        for days in CLOSING_DAYS
    }

    def read(row: Row) -> tuple[str, ...]:
        closes = row["closes_at"]
        if closes is None:
            return (UNTIL_FILLED,) if row["open_ended"] else ()
        return tuple(key for key, end in ends.items() if closes <= end)

    return read
