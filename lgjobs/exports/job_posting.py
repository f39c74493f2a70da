"""JobPosting of schema.org by Google's rules, as JSON Lines: one posting a line, streamed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, BinaryIO, Final

import orjson

from lgjobs.exports.about import About
from lgjobs.exports.feed import description_html, one_line, posted_on, removed
from lgjobs.exports.published import Row, published, stable_id

CONTEXT: Final = "https://schema.org"
_CONFIDENTIAL: Final = "confidential"
"""Google's word for an employer that an agency does not name."""
_UNITS: Final = {"year": "YEAR", "month": "MONTH", "week": "WEEK", "day": "DAY", "hour": "HOUR"}
_PATTERNS: Final = {"full_time": "FULL_TIME", "part_time": "PART_TIME"}
_CONTRACTS: Final = {
    "fixed_term": "TEMPORARY",
    "temporary": "TEMPORARY",
    "secondment": "TEMPORARY",
    "casual": "OTHER",
    "zero_hours": "OTHER",
    "apprenticeship": "OTHER",
    "voluntary": "VOLUNTEER",
}


def write(rows: Iterable[Row], out: BinaryIO, about: About) -> int:
    """One JSON-LD object a line; with changes asked for, a DataFeedItem around each posting.

    An advert without a title, an employer or recruiter, or a description is left out: Google takes
    no such posting. Returns the number of adverts written.
    """
    count = 0
    for row in published(rows):
        line = _change(row) if "change" in about.columns else job_posting(row)
        if line is not None:
            out.write(orjson.dumps(line, option=orjson.OPT_APPEND_NEWLINE))
            count += 1
    return count


def job_posting(row: Row) -> Row | None:
    """A row of `published`, its description with it, as a JobPosting; None where Google would
    refuse it."""
    title = one_line(row["title"])
    description = description_html(row)
    employer = one_line(row["employer"]) or (_CONFIDENTIAL if one_line(row["recruiter"]) else None)
    if title is None or description is None or employer is None:
        return None
    posting = {
        "@context": CONTEXT,
        "@type": "JobPosting",
        "@id": stable_id(row),
        "title": title,
        "description": description,
        "datePosted": posted_on(row).isoformat(),
        "validThrough": row["closed_at"] or row["closes_at"],
        "employmentType": _employment(row),
        "hiringOrganization": {"@type": "Organization", "name": employer},
        "identifier": _identifier(row, employer),
        **_place(row),
        **_salary(row),
        "url": row["url"],
        "directApply": False,
    }
    return {name: value for name, value in posting.items() if value is not None}


def _change(row: Row) -> Row | None:
    item: Row = {
        "@context": CONTEXT,
        "@type": "DataFeedItem",
        "dateCreated": row["first_seen"],
        "item": {"@type": "JobPosting", "@id": stable_id(row)},
    }
    if removed(row):
        return item | {"dateDeleted": row["closed_at"] or row["closes_at"]}
    posting = job_posting(row)
    if posting is None:
        return None
    item["item"] = {name: value for name, value in posting.items() if name != "@context"}
    return item | ({"dateModified": row["last_changed"]} if row["change"] == "changed" else {})


def _employment(row: Row) -> str | list[str] | None:
    patterns = (row["working_pattern"] or "").split(",")
    kinds = [_PATTERNS[name] for name in patterns if name in _PATTERNS]
    if (contract := _CONTRACTS.get(row["contract_type"] or "")) is not None:
        kinds.append(contract)
    return kinds[0] if len(kinds) == 1 else kinds or None


def _identifier(row: Row, employer: str) -> Row:
    value = one_line(row["reference"]) or row["external_id"]
    return {"@type": "PropertyValue", "name": employer, "value": value}


def _place(row: Row) -> Row:
    """Where the job is; work that is remote and names no place of its own has none."""
    remote = row["work_mode"] == "remote"
    says: Row = {}
    if remote:
        country = {"@type": "Country", "name": "GB"}
        says = {"jobLocationType": "TELECOMMUTE", "applicantLocationRequirements": country}
    if remote and row["place_basis"] != "stated":
        return says
    address = {
        "@type": "PostalAddress",
        "addressLocality": row["place"] or row["authority_name"],
        "addressRegion": row["region"],
        "postalCode": row["postcode"],
        "addressCountry": "GB",
    }
    place: Row = {"@type": "Place", "address": _stated(address)}
    if row["latitude"] is not None and row["longitude"] is not None:
        place["geo"] = {
            "@type": "GeoCoordinates",
            "latitude": row["latitude"],
            "longitude": row["longitude"],
        }
    return says | {"jobLocation": place}


def _salary(row: Row) -> Row:
    """Pay as stated; what was looked up in a pay scale is an estimate of ours and is called so."""
    unit = _UNITS.get(row["salary_period"] or "")
    low, high = row["salary_min"], row["salary_max"]
    if unit is None or (low is None and high is None):
        return {}
    value: Row = {"@type": "QuantitativeValue", "unitText": unit}
    value |= {"value": low} if low == high else _stated({"minValue": low, "maxValue": high})
    name = "estimatedSalary" if row["salary_basis"] == "inferred" else "baseSalary"
    return {name: {"@type": "MonetaryAmount", "currency": "GBP", "value": value}}


def _stated(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}
