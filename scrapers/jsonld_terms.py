"""Words for what a JobPosting says in structure: pay, place, contract."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from html import unescape
from typing import Any

from scrapers.pages import plain

_PERIODS = {
    "per hour": "HOUR HOURLY HR HUR PERHOUR ANHOUR",
    "per day": "DAY DAILY PERDAY",
    "per week": "WEEK WEEKLY WEE PERWEEK",
    "per fortnight": "FORTNIGHT FORTNIGHTLY BIWEEKLY",
    "per month": "MONTH MONTHLY MON PERMONTH",
    "per year": "YEAR YEARLY ANNUM ANNUAL ANNUALLY ANN PERANNUM PERYEAR PA",
}
_PERIOD_OF = {code: period for period, codes in _PERIODS.items() for code in codes.split()}
_SAYS_PERIOD = re.compile(
    r"\b(?:per|an?|each) (?:hour|day|week|month|year|annum|session|night)\b|\bp\.?/?[ahdwm]\b"
    r"|\b(?:hourly|daily|weekly|monthly|yearly|annual|annually|annum)\b|/ ?(?:hour|hr|day|year)\b",
    re.IGNORECASE,
)
_AMOUNT = re.compile(r"(?:£|GBP)? ?(\d[\d,]*(?:\.\d+)?)(?: ?GBP)?", re.IGNORECASE)
_MOST = Decimal(10) ** 9
"""Pounds: what is more is no pay."""

_CONTRACTS = {
    "TEMPORARY": "Temporary",
    "CONTRACTOR": "Contractor",
    "CONTRACT": "Contract",
    "INTERN": "Internship",
    "INTERNSHIP": "Internship",
    "VOLUNTEER": "Volunteer",
    "PER_DIEM": "Per diem",
    "PERMANENT": "Permanent",
    "FIXED_TERM": "Fixed term",
    "CASUAL": "Casual",
    "SEASONAL": "Seasonal",
    "APPRENTICESHIP": "Apprenticeship",
}
_PATTERNS = {
    "FULL_TIME": "Full time",
    "FULLTIME": "Full time",
    "PART_TIME": "Part time",
    "PARTTIME": "Part time",
    "JOB_SHARE": "Job share",
    "TERM_TIME": "Term time",
    "FLEXIBLE": "Flexible",
}
_NOTHING = frozenset({"OTHER", "ANY", "UNKNOWN", ""})
_UNITED_KINGDOM = frozenset({"gb", "uk", "gbr", "united kingdom", "great britain", "u.k."})


_PLACEHOLDER = re.compile(
    r"\$\{|\{\{|\[\[|%%|^(?:unavailable|confidential|undefined|null|none|n/?a|-)$|remotejob avenue",
    re.IGNORECASE,
)
"""What a template left behind: "${34271}-Remote)", "UNAVAILABLE"."""
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")


def text_of(value: Any) -> str | None:
    """A value in words: of an object its name, of a list the first that says something."""
    texts = texts_of(value)
    return texts[0] if texts else None


def texts_of(value: Any) -> list[str]:
    """All that a value says in words, without markup and without what a template left behind."""
    each = value if isinstance(value, list) else [value]
    named = [_named(one) if isinstance(one, dict) else one for one in each]
    texts = [plain(_TAG.sub(" ", unescape(str(one)))) for one in named if _is_said(one)]
    return [text for text in texts if text and not _PLACEHOLDER.search(text)]


def _is_said(value: Any) -> bool:
    return isinstance(value, str | int | float) and not isinstance(value, bool)


def _named(value: dict[str, Any]) -> Any:
    keys = ("name", "value", "@value", "legalName", "codeValue", "label")
    return next((value[key] for key in keys if value.get(key) not in (None, "", [], {})), None)


def contract_and_pattern(kinds: list[str]) -> tuple[str | None, str | None]:
    """Contract and working pattern from the words of `employmentType`; unlisted ones stay as
    published, as the contract."""
    contracts: list[str] = []
    patterns: list[str] = []
    for kind in (part.strip() for each in kinds for part in each.split(",")):
        code = re.sub(r"[\s-]+", "_", kind).upper()
        if code in _NOTHING:
            continue
        is_pattern = code in _PATTERNS
        word = _PATTERNS.get(code) or _CONTRACTS.get(code) or kind
        (patterns if is_pattern else contracts).append(kind if kind != kind.upper() else word)
    return ", ".join(dict.fromkeys(contracts)) or None, ", ".join(dict.fromkeys(patterns)) or None


# Pay


def salary_words(pay: Any, currency: str | None = None) -> str | None:
    """`baseSalary` as a person would publish it: "£25,000 to £27,000 per year".

    A sentence in place of a number is kept word for word. Zero means unknown.
    """
    if isinstance(pay, list):
        each = [salary_words(one, currency) for one in pay]
        return "; ".join(dict.fromkeys(filter(None, each))) or None
    if not isinstance(pay, dict):
        return _one_pay(pay, currency, None)
    currency = text_of(pay.get("currency")) or text_of(pay.get("currencyCode")) or currency
    value = pay.get("value")
    inner = value if isinstance(value, dict) else {}
    unit = text_of(inner.get("unitText")) or text_of(pay.get("unitText"))
    if isinstance(value, list):
        return "; ".join(filter(None, (_one_pay(each, currency, unit) for each in value))) or None
    low, high = (_first(inner, pay, key) for key in ("minValue", "maxValue"))
    stated = inner.get("value") if inner else value
    return _range(low, high, currency, unit) or _one_pay(
        stated if stated is not None else pay.get("price"), currency, unit
    )


def _first(inner: dict[str, Any], outer: dict[str, Any], key: str) -> Any:
    return inner.get(key) if inner.get(key) is not None else outer.get(key)


def _range(low: Any, high: Any, currency: str | None, unit: str | None) -> str | None:
    bottom, top = _amount(low), _amount(high)
    if bottom is None and top is None:
        return None
    if bottom is None or top is None:
        word, one = ("Up to", top) if bottom is None else ("From", bottom)
        return f"{word} {_money(one, currency)}{_per(unit)}"
    if bottom == top:
        return _money(bottom, currency) + _per(unit)
    return f"{_money(bottom, currency)} to {_money(top, currency)}{_per(unit)}"


def _one_pay(value: Any, currency: str | None, unit: str | None) -> str | None:
    amount = _amount(value)
    if amount is not None:
        return _money(amount, currency or ("GBP" if "£" in str(value) else None)) + _per(unit)
    text = text_of(value) if isinstance(value, str) else None
    if text is None or _AMOUNT.fullmatch(text):
        return None
    has_figures = any(char.isdigit() for char in text)
    return text + (_per(unit) if has_figures and not _SAYS_PERIOD.search(text) else "")


def _amount(value: Any) -> Decimal | None:
    """A sum above nought; None for anything else, sentences among it."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    found = _AMOUNT.fullmatch(value.strip()[:40]) if isinstance(value, str) else None
    try:
        amount = Decimal(found[1].replace(",", "") if found else str(value).strip()[:40])
    except InvalidOperation:
        return None
    return amount if amount.is_finite() and 0 < amount < _MOST else None


def _money(amount: Decimal | None, currency: str | None) -> str:
    figure = amount or Decimal()
    text = f"{figure:,.0f}" if figure == figure.to_integral_value() else f"{figure:,.2f}"
    if currency is None:
        return text
    return f"£{text}" if currency.upper() in ("GBP", "£") else f"{currency} {text}"


def _per(unit: str | None) -> str:
    if not unit:
        return ""
    period = _PERIOD_OF.get(re.sub(r"[^A-Z]", "", unit.upper()))
    return f" {period}" if period else f" ({unit})"


# Place


@dataclass(frozen=True, slots=True)
class Place:
    """Where a posting says the work is; of several places only the addresses are kept."""

    address: str | None = None
    postcode: str | None = None
    latitude: str | None = None
    longitude: str | None = None


def place(location: Any) -> Place:
    """`jobLocation` in words: an address's parts by commas, several places by semicolons."""
    places = location if isinstance(location, list) else [location]
    known = [each for each in (_one_place(one) for one in places) if each.address]
    addresses = "; ".join(dict.fromkeys(each.address for each in known if each.address))
    if len(known) == 1:
        return known[0]
    return Place(address=addresses or None)


def _one_place(location: Any) -> Place:
    if not isinstance(location, dict):
        return Place(address=text_of(location))
    address = location.get("address")
    if isinstance(address, list):
        address = address[0] if address else None
    geo = location.get("geo")
    spot = geo if isinstance(geo, dict) else location
    fields = address if isinstance(address, dict) else {}
    postcode = text_of(fields.get("postalCode"))
    name = text_of(location.get("name"))
    parts = [name, *(text_of(fields.get(key)) for key in _ADDRESS)]
    if not fields:
        parts.append(text_of(address))
    if (country := text_of(fields.get("addressCountry"))) and (
        country.casefold() not in _UNITED_KINGDOM or not any(parts)
    ):
        parts.append(country)
    return Place(
        address=", ".join(_without_repeats([part for part in parts if part])) or None,
        postcode=postcode,
        latitude=text_of(spot.get("latitude")),
        longitude=text_of(spot.get("longitude")),
    )


_ADDRESS = ("streetAddress", "addressLocality", "addressRegion", "postalCode")


def _without_repeats(parts: list[str]) -> list[str]:
    """Parts of an address, but none that an earlier one already holds."""
    kept: list[str] = []
    for part in parts:
        if not any(part.casefold() in other.casefold() for other in kept):
            kept.append(part)
    return kept
