"""Teaching Vacancies: school adverts as pages of JobPostings, and the page of each.

Envelope, fields, formats and answers as the service's public source code has them. A hundred
adverts a page whatever is asked for; past the end an empty page; another format than JSON is not
found. Its throttle (10 requests in 4 seconds) is not imitated: the estate is crawled in a hurry.
"""

from __future__ import annotations

import html
import json

from lgjobs.demo.adverts import MOST_PRINT, DemoAdvert
from lgjobs.demo.boards import answer, ends_iso, page
from lgjobs.demo.tenant import Tenant
from lgjobs.demo.web import Reply, Request, not_found, robots

PAGE_SIZE = 100
API = "/api/v1/jobs"
_NO_ARCHIVE = (("X-Robots-Tag", "noarchive"),)


class TeachingVacanciesSite(Tenant):
    """The whole service. An advert's quirk `rate` is HOUR where it is paid by the hour."""

    def start_path(self) -> str:
        return f"{API}.json"

    def respond(self, request: Request) -> Reply:
        path = request.path
        if path == "/robots.txt":
            return robots()
        if path == f"{API}.json":
            return self._page(request)
        slug = path.rpartition("/")[2]
        advert = self._live.get(slug.removesuffix(".json"))
        if advert and path == f"{API}/{advert.id}.json":
            return answer(_posting(advert, request.base), headers=_NO_ARCHIVE)
        if advert and path == f"/jobs/{advert.id}":
            return _advert_page(advert, request.base)
        return not_found()

    def _page(self, request: Request) -> Reply:
        asked = request.query.get("PAGE", "1")
        number = int(asked) if asked.isdecimal() and int(asked) else 1
        adverts = list(self._live.values())
        pages = max(1, -(-len(adverts) // PAGE_SIZE))
        shown = adverts[PAGE_SIZE * (number - 1) : PAGE_SIZE * number]

        def link(to: int) -> str | None:
            return f"{request.base}{API}.json?page={to}" if 1 <= to <= pages else None

        document = {
            "info": {
                "title": "GOV UK - Teaching Vacancies",
                "description": "School vacancies in England.",
                "license": {"name": "Open Government License"},
                "version": "0.1.0",
            },
            "openapi": "3.0.0",
            "data": [_posting(advert, request.base) for advert in shown],
            "links": {
                "self": f"{request.base}{API}.json?page={number}",
                "first": link(1),
                "last": link(pages),
                "prev": link(number - 1),
                "next": link(number + 1),
            },
            "meta": {"totalPages": pages, "count": len(adverts)},
        }
        return answer(document, headers=_NO_ARCHIVE)


def _posting(advert: DemoAdvert, base: str) -> dict[str, object]:
    street, _, town = (advert.location or "").rpartition(", ")
    posting: dict[str, object] = {
        "@context": "http://schema.org",
        "@type": "JobPosting",
        "title": advert.title,
        "jobBenefits": None,
        "datePosted": advert.posted.isoformat(),
        "description": advert.description,
        "occupationalCategory": "education_support",
        "directApply": False,
        "employmentType": _employment(advert),
        "industry": "Education",
        "jobLocation": {
            "@type": "Place",
            "address": {
                "@type": "PostalAddress",
                "addressLocality": town or None,
                "addressRegion": None,
                "streetAddress": street or None,
                "postalCode": advert.postcode,
                "addressCountry": "GB",
            },
        },
        "url": f"{base}/jobs/{advert.id}",
        "hiringOrganization": {
            "@type": "Organization",
            "name": advert.employer,
            "sameAs": "https://www.example.org/",
            "identifier": "199999",
            "description": None,
        },
        "validThrough": ends_iso(advert),
    }
    if advert.salary:
        posting["baseSalary"] = {
            "@type": "MonetaryAmount",
            "currency": "GBP",
            "value": {
                "@type": "QuantitativeValue",
                "value": advert.salary,
                "unitText": advert.quirks.get("rate", "YEAR"),
            },
        }
    return posting


def _employment(advert: DemoAdvert) -> list[str]:
    said = f"{advert.pattern} {advert.contract}".casefold()
    known = {"full time": "FULL_TIME", "part time": "PART_TIME", "fixed": "TEMPORARY"}
    return [name for words, name in known.items() if words in said]


def _advert_page(advert: DemoAdvert, base: str) -> Reply:
    posting = json.dumps(_posting(advert, base)).replace("</", "<\\/")
    return page(
        advert.title,
        f"<p>{html.escape(advert.employer)}</p>\n{advert.description}",
        f'<script type="application/ld+json">{posting}</script>\n',
    )


SITE = TeachingVacanciesSite
PRINTS = (MOST_PRINT - {"location"}) | {"employer", "postcode", "posted"}
