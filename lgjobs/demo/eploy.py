"""Eploy: the feed with every advert but no closing date, and an advert's page with coded fields.

Tags and date format of the feed as a council's feed of June 2026 shows them; field codes and labels
(each label there twice, once for readers aloud) as a list captured in August 2026 shows them; that
the page carries a JobPosting, as a reader measured on three tenants reports. Without `Format=xml`
the feed is RSS. The list and its pager, which sends forms, are not served. An advert that has gone
gets status 404: our guess.
"""

from __future__ import annotations

import html
import json
import re
from datetime import datetime
from email.utils import format_datetime

from lgjobs.demo.adverts import MOST_PRINT, DemoAdvert
from lgjobs.demo.tenant import Tenant
from lgjobs.demo.web import Reply, Request, not_found, robots

XML = "text/xml; charset=utf-8"

_NOT_SLUG = re.compile(r"[^a-z0-9]+")
_ADVERT = re.compile(r"/vacancies/(\d+)/[^/]*\.html")


class EploySite(Tenant):
    """One tenant."""

    def start_path(self) -> str:
        return "/feeds/datafeed.ashx?Format=xml"

    def respond(self, request: Request) -> Reply:
        if request.path == "/robots.txt":
            return robots("Disallow: /candidates/")
        if request.path.casefold() == "/feeds/datafeed.ashx":
            return self._feed(request)
        found = _ADVERT.fullmatch(request.path)
        advert = self._live.get(found[1]) if found else None
        if advert is None:
            return not_found("The vacancy was not found.")
        return self._page(advert, f"{request.base}{_path(advert)}")

    def _feed(self, request: Request) -> Reply:
        if request.query.get("FORMAT", "").casefold() != "xml":
            return Reply(b'<rss version="2.0"><channel></channel></rss>', content_type=XML)
        items = "\n".join(_item(advert, request.base) for advert in self._live.values())
        text = (
            '<?xml version="1.0" encoding="utf-8"?>\n'
            f'<Vacancies Type="Vacancies" Count="{len(self._live)}">\n{items}\n</Vacancies>'
        )
        return Reply(text.encode(), content_type=XML)

    def _page(self, advert: DemoAdvert, address: str) -> Reply:
        fields = "\n".join(
            f'<li class="item" id="li_{code}_{advert.id}"><div>\n<div class="label"><span><i>'
            f'<span class="its-u-visually-hidden">{label}</span></i></span><span>{label}:</span>'
            f'</div><div class="content" data-id="div_content_{code}"><span>'
            f"{html.escape(value or 'Not Specified')}</span></div>\n</div></li>"
            for code, label, value in (
                (
                    "VacV_AdvertisingEndDate",
                    "Advertising End Date",
                    f"{advert.closes:%d %b %Y}" if advert.closes else None,
                ),
                ("VacV_VacancyID", "Vacancy ID", advert.id),
                ("VacV_DisplaySalary", "Salary Details", advert.salary),
                ("VacV_HoursPerWeek", "Hours per week", advert.hours),
                ("Question_9_306", "Contract Type", advert.contract),
                ("Question_9_311", "Working Pattern", advert.pattern),
            )
        )
        posting = json.dumps(_posting(advert, address), ensure_ascii=False).replace("</", "<\\/")
        text = (
            '<!DOCTYPE html>\n<html lang="en-GB">\n<head>'
            f"<title>{html.escape(advert.title)} - {html.escape(self.site.name)}</title>\n"
            f'<script type="application/ld+json">{posting}</script></head>\n'
            '<body><form method="post" id="aspnetForm">\n'
            '<input type="hidden" name="__VIEWSTATE" value="/wEPDwUKMTY1NDU2" />\n'
            f"<h1>{html.escape(advert.title)}</h1>\n"
            f'<ul class="vac-field-layout">\n{fields}\n</ul>\n'
            f'<div class="fullwidth">\n{advert.description}\n</div>\n'
            f'<a href="/vacancies/vacancy-apply.aspx?VacancyID={advert.id}">Apply</a>\n'
            "</form></body></html>\n"
        )
        return Reply(text.encode())


def _path(advert: DemoAdvert) -> str:
    return f"/vacancies/{advert.id}/{_NOT_SLUG.sub('-', advert.title.casefold()).strip('-')}.html"


def _item(advert: DemoAdvert, base: str) -> str:
    posted = datetime(advert.posted.year, advert.posted.month, advert.posted.day)
    moment = format_datetime(posted).replace("-0000", "GMT")
    pairs = (
        ("VacancyID", advert.id),
        ("Title", advert.title),
        ("Link", f"{base}{_path(advert)}"),
        ("Location", advert.location),
        ("Position", advert.category),
        ("Industry", advert.department),
        ("VacancyType", None),
        ("VacancyTypeID", "0"),
        ("DisplaySalary", advert.salary),
        ("Company", None),
        ("DateCreated", moment),
        ("DatePosted", moment),
        ("Reference", advert.reference),
    )
    tags = "\n".join(f"<{tag}>{html.escape(value or '')}</{tag}>" for tag, value in pairs)
    return f"<Item>\n{tags}\n<Description><![CDATA[{advert.description}]]></Description>\n</Item>"


def _posting(advert: DemoAdvert, address: str) -> dict[str, object]:
    return {
        "@context": "http://schema.org",
        "@type": "JobPosting",
        "title": html.escape(advert.title),
        "datePosted": advert.posted.isoformat(),
        "validThrough": advert.closes.isoformat() if advert.closes else None,
        "description": advert.description,
        "hiringOrganization": {"@type": "Organization", "name": advert.employer},
        "url": address,
    }


SITE = EploySite
PRINTS = MOST_PRINT | {"category", "contract", "hours", "pattern", "posted", "reference"}
