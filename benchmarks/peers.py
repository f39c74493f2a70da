"""Reads strings with other people's readers: `accuracy.py` runs it in an environment of theirs.

On stdin one JSON object: rows with `raw` under "salary", with `raw` and `reference` under "date".
On stdout the readings by peer, in the same order. Each peer is helped where that is fair: dollars
for pounds where it knows no pound, day first and the two languages where it can be told.
"""

from __future__ import annotations

import json
import sys
from datetime import datetime
from typing import Any

import dateparser
from ats_scrapers.enrichment.derived import parse_salary_range
from dateparser.search import search_dates
from jobspy.util import extract_salary
from price_parser import Price

Row = dict[str, Any]


def price_parser(text: str) -> Row:
    amount = Price.fromstring(text).amount_float
    return {"min": amount, "max": amount}


def jobspy(text: str) -> Row:
    _, low, high, _ = extract_salary(text.replace("£", "$"))
    return {"min": low, "max": high}


def ats_scrapers(text: str) -> Row:
    low, high = parse_salary_range(text)
    return {"min": low, "max": high}


def dateparser_defaults(text: str, reference: str | None) -> Row:
    return _day(dateparser.parse(text))


def dateparser_search(text: str, reference: str | None) -> Row:
    settings: dict[str, Any] = {"DATE_ORDER": "DMY", "PREFER_DATES_FROM": "future"}
    if reference:
        settings["RELATIVE_BASE"] = datetime.fromisoformat(reference)
    found = search_dates(text, languages=["en", "cy"], settings=settings)
    return _day(found[0][1] if found else None)


def _day(moment: datetime | None) -> Row:
    return {"date": f"{moment:%Y-%m-%d}" if moment else None}


def main() -> None:
    given = json.load(sys.stdin)
    salaries = {
        "price-parser 0.5.1": price_parser,
        "python-jobspy 1.1.82, £ as $": jobspy,
        "ats-scrapers 0.3.0": ats_scrapers,
    }
    dates = {
        "dateparser 1.5.0, defaults": dateparser_defaults,
        "dateparser 1.5.0, search_dates told day first, en and cy": dateparser_search,
    }
    read = {
        "salary": {
            name: [reader(row["raw"]) for row in given["salary"]]
            for name, reader in salaries.items()
        },
        "date": {
            name: [reader(row["raw"], row["reference"]) for row in given["date"]]
            for name, reader in dates.items()
        },
    }
    json.dump(read, sys.stdout)


if __name__ == "__main__":
    main()
