"""From an Advert to the rows that keep it."""

from __future__ import annotations

import hashlib
import zlib
from typing import Any, Final

import orjson

from pipelines.advert import Advert
from scrapers.items import RawAdvert

Row = dict[str, Any]

LIFE_COLUMNS: Final = frozenset(
    {
        "id", "source_id", "external_id", "job_id", "url", "first_seen", "last_seen", "last_read",
        "last_changed", "closed_at", "closed_reason", "reopened_at", "absent_since",
        "lead_changed_at", "readvertises", "content_hash", "listing_fingerprint",
    }
)  # fmt: skip
"""Columns that say when and where, not what: a difference in them is no change of the advert."""

_LEVEL = 1
"""Of compression: 6 takes three times as long on prose to save a fifteenth of the bytes."""

_NOT_CONTENT = {
    "external_id", "url", "apply_url", "description", "source_id", "source_employer",
    "fetched_at", "fingerprint",
}  # fmt: skip


def content_hash(advert: Advert) -> str:
    """Of what the source publishes, markup and addresses apart: they change by themselves."""
    published = {
        name: " ".join(value.split()) if isinstance(value, str) else value
        for name, value in advert.raw.as_dict().items()
        if name not in _NOT_CONTENT
    }
    published["description_text"] = advert.description_text or ""
    text = orjson.dumps(published, option=orjson.OPT_SORT_KEYS)
    return hashlib.sha256(text).hexdigest()[:32]


def content_row(advert: Advert) -> Row:
    """The columns of `adverts` that tell what the advert says."""
    raw = advert.raw
    return {
        "apply_url": raw.apply_url,
        "reference": raw.reference,
        "employer": advert.employer,
        "council": advert.council,
        "recruiter": advert.recruiter,
        "department": raw.department,
        "title": advert.title,
        "title_published": raw.title,
        "sector": advert.sector,
        "category_text": raw.category,
        "summary": advert.summary,
        "salary_text": raw.salary,
        "salary_min": advert.salary_min,
        "salary_max": advert.salary_max,
        "salary_period": advert.salary_period,
        "salary_currency": advert.salary_currency,
        "salary_annual_min": advert.salary_annual_min,
        "salary_annual_max": advert.salary_annual_max,
        "salary_actual_min": advert.salary_actual_min,
        "salary_actual_max": advert.salary_actual_max,
        "pro_rata": _truth(advert.pro_rata),
        "salary_negotiable": _truth(advert.salary_negotiable),
        "grade": advert.grade,
        "scp_min": advert.scp_min,
        "scp_max": advert.scp_max,
        "pay_scale": advert.pay_scale,
        "salary_basis": advert.salary_basis,
        "location_text": raw.location,
        "place": advert.place,
        "postcode": advert.postcode,
        "authority": advert.authority,
        "authority_successor": advert.authority_successor,
        "region": advert.region,
        "nation": advert.nation,
        "latitude": advert.latitude,
        "longitude": advert.longitude,
        "place_basis": advert.place_basis,
        "work_mode": advert.work_mode,
        "hours_text": raw.hours,
        "hours_per_week": advert.hours_per_week,
        "contract_text": ", ".join(filter(None, (raw.contract, raw.pattern))) or None,
        "contract_type": advert.contract_type,
        "working_pattern": ",".join(advert.working_pattern) or None,
        "term_months": advert.term_months,
        "posted_text": raw.posted,
        "posted_on": advert.posted_on,
        "closing_text": raw.closes,
        "closes_at": advert.closes_at,
        "open_ended": int(advert.open_ended),
        "interview_on": advert.interview_on,
    }


def pack_raw(raw: RawAdvert) -> bytes:
    """The raw advert as it is kept: compressed JSON."""
    return zlib.compress(orjson.dumps(raw.as_dict()), _LEVEL)


def unpack_raw(packed: bytes) -> RawAdvert:
    """The raw advert that `pack_raw` kept."""
    return RawAdvert.from_dict(orjson.loads(zlib.decompress(packed)))


def differences(before: Row, after: Row) -> list[tuple[str, Any, Any]]:
    """The fields of `after` whose value `before` did not have: (field, before, after)."""
    return [
        (name, before.get(name), value)
        for name, value in after.items()
        if name not in LIFE_COLUMNS and before.get(name) != value
    ]


def _truth(value: bool | None) -> int | None:
    return None if value is None else int(value)
