"""A Pinpoint board: the whole of it as one answer, and a page for each posting.

Keys as captured answers of 2026 have them, in parts with headings, with the tenant's pay in words.
Where an advert gives no pay there are hidden figures in the answer, as tenants leave them there.
"""

from __future__ import annotations

import json

from lgjobs.demo.adverts import MOST_PRINT, DemoAdvert
from lgjobs.demo.boards import answer, ends_iso, is_remote, labelled_text, page
from lgjobs.demo.postings import posting
from lgjobs.demo.tenant import Tenant
from lgjobs.demo.web import Reply, Request, not_found, robots

_POSTINGS = "/en/postings/"
_CODES = (
    ("permanent", "permanent"),
    ("fixed", "fixed_term"),
    ("temporary", "temporary"),
    ("casual", "casual"),
)


class PinpointSite(Tenant):
    """One board."""

    def start_path(self) -> str:
        return "/postings.json"

    def respond(self, request: Request) -> Reply:
        path = request.path
        if path == "/robots.txt":
            return robots()
        if path == "/postings.json":
            return answer({"data": [_job(each, request.base) for each in self._live.values()]})
        advert = self._live.get(path.rpartition("-")[2].lstrip("0"))
        if advert and path == _path(advert):
            data = json.dumps(posting(advert, request.base + path)).replace("</", "<\\/")
            script = f'<script type="application/ld+json">{data}</script>'
            return page(advert.title, advert.description, script)
        return not_found()


def _path(advert: DemoAdvert) -> str:
    return f"{_POSTINGS}ce6c9e5c-a2d3-42b0-a01e-{int(advert.id) % 10**12:012d}"


def _job(advert: DemoAdvert, base: str) -> dict[str, object]:
    remote = is_remote(advert)
    return {
        "id": advert.id,
        "title": advert.title,
        "url": base + _path(advert),
        "path": _path(advert),
        "description": f"<div><!--block-->{advert.description}</div>",
        "key_responsibilities_header": "The terms",
        "key_responsibilities": labelled_text(advert, "hours").removeprefix(advert.description),
        "skills_knowledge_expertise_header": "What you'll bring",
        "skills_knowledge_expertise": "<ul><li><!--block-->Care for the public</li></ul>",
        "benefits_header": "What we offer",
        "benefits": None,
        "compensation": advert.salary,
        "compensation_minimum": None if advert.salary else 70000.0,
        "compensation_maximum": None if advert.salary else 90000.0,
        "compensation_currency": "GBP",
        "compensation_frequency": "year",
        "compensation_visible": advert.salary is not None,
        "deadline_at": ends_iso(advert),
        "first_published_at": f"{advert.posted}T09:00:00+00:00",
        "employment_type": _code(advert),
        "employment_type_text": advert.pattern,
        "workplace_type": "remote" if remote else "onsite",
        "workplace_type_text": "Fully remote" if remote else "On-site",
        "reporting_to": "Head of Service",
        "job": {
            "id": f"9{advert.id}",
            "requisition_id": advert.reference,
            "department": {"id": "1788", "name": advert.department} if advert.department else None,
            "division": None,
        },
        "location": {
            "id": "283",
            "name": advert.location,
            "city": "",
            "province": "",
            "postal_code": advert.postcode,
            "street_address": None,
        },
    }


def _code(advert: DemoAdvert) -> str:
    contract, pattern = (advert.contract or "").casefold(), (advert.pattern or "").casefold()
    term = next((code for word, code in _CODES if word in contract), "")
    return "_".join(filter(None, (term, "part_time" if "part" in pattern else "full_time")))


SITE = PinpointSite
PRINTS = MOST_PRINT | {"hours", "posted", "reference"}
