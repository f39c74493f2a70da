"""Jobtrain: a shell that says 0 jobs, fragments of twelve cards, a JobPosting for each advert.

Addresses, hidden inputs, classes and the violations of JSON-LD (pay as plain words, the
employer's own word for the kind of contract, a closing date at midnight, entities inside) as five
public readers report them; wording and tags around them are our own. An advert that has gone gets
status 404.
"""

from __future__ import annotations

import html
import json

from lgjobs.demo.adverts import MOST_PRINT, DemoAdvert
from lgjobs.demo.estate import Estate
from lgjobs.demo.sites import Site
from lgjobs.demo.tenant import Tenant
from lgjobs.demo.web import Reply, Request, not_found, robots

PAGE_SIZE = 12


class JobtrainSite(Tenant):
    """One tenant; setting `tenant` is its part of the path."""

    def __init__(self, site: Site, estate: Estate) -> None:
        self._root = f"/{site.settings['tenant']}/"
        super().__init__(site, estate)

    def start_path(self) -> str:
        return f"{self._root}Home/Job"

    def respond(self, request: Request) -> Reply:
        path = request.path.casefold()
        if path == "/robots.txt":
            return robots(f"Disallow: {self._root}Application/")
        if path == f"{self._root}home/job":
            return self._shell()
        if path == f"{self._root}home/_jobcard":
            return self._cards(request.query)
        advert = self._live.get(request.query.get("JOBID", ""))
        if path != f"{self._root}job/jobdetail" or advert is None:
            return not_found()
        return _page(advert.title, _advert_html(advert, f"{request.base}{self._link(advert)}"))

    def _link(self, advert: DemoAdvert) -> str:
        return f"{self._root}Job/JobDetail?JobId={advert.id}"

    def _shell(self) -> Reply:
        return _page(
            f"Jobs at {self.site.name}",
            "<h1>Search our jobs</h1>\n"
            f'<input type="hidden" id="requestUrl" data-request-url="{self._root}Home/_JobCard">\n'
            '<div id="searchResults"><p>There are 0 jobs matching your search.</p></div>',
        )

    def _cards(self, query: dict[str, str]) -> Reply:
        """Twelve cards from `Skip` on; every one where nothing is said about it."""
        adverts = list(self._live.values())
        skip = query.get("SKIP", "")
        shown = adverts[int(skip) :][:PAGE_SIZE] if skip.isdecimal() else adverts
        cards = "\n".join(self._card(advert) for advert in shown)
        text = (
            f'<input type="hidden" id="totalCurrentRecords" value="{len(shown)}">\n'
            f'<input type="hidden" id="totalMatchRecords" value="{len(adverts)}">\n{cards}\n'
        )
        return Reply(text.encode("ascii", "xmlcharrefreplace"))

    def _card(self, advert: DemoAdvert) -> str:
        title = html.escape(advert.title)
        items = "\n".join(
            f'<p class="jobdetailsitem {kind}"><strong>{label}:</strong> {value}</p>'
            for kind, label, value in _items(advert)
        )
        return (
            f'<div class="job-card" data-jobId="{advert.id}"><div class="card-body p-20">\n'
            f'<div class="job-row__details"><a title="Click here to view Job detail for {title}" '
            f'href="{self._link(advert)}">{title}</a></div>\n'
            '<div class="job-card__location"><i class="material-icons">location_on</i> '
            f"{html.escape(advert.location or '')}</div>\n{items}\n</div></div>"
        )


def _items(advert: DemoAdvert) -> list[tuple[str, str, str]]:
    closes = f"{advert.closes:%d/%m/%Y}" if advert.closes else ""
    values = (
        ("jobreference", "Job reference", advert.reference),
        ("salary", "Salary", advert.salary),
        ("closingdate", "Closing date", closes),
        ("department", "Department", advert.department),
        ("hours", "Hours per week", advert.hours),
        ("livedate", "Live date", f"{advert.posted:%d/%m/%Y}"),
    )
    return [(kind, label, html.escape(value)) for kind, label, value in values if value]


def _advert_html(advert: DemoAdvert, address: str) -> str:
    posting = json.dumps(_posting(advert, address), ensure_ascii=False).replace("</", "<\\/")
    closes = f"{advert.closes:%d/%m/%Y}" if advert.closes else ""
    return (
        f'<script type="application/ld+json">{posting}</script>\n'
        f'<h1 class="h3 jt-page-title">{html.escape(advert.title)}</h1>\n'
        f'<div data-testid="div-vacancies-close-date"><b>Closing date:</b> <span>{closes}</span>'
        f'</div>\n<div class="jt-opensans-regular">\n{advert.description}\n</div>\n'
        '<a class="btn" href="Apply">Apply for job</a>'
    )


def _posting(advert: DemoAdvert, address: str) -> dict[str, object]:
    place = {
        "@type": "PostalAddress",
        "addressLocality": _encoded(advert.location),
        "addressRegion": "",
        "addressCountry": "GB",
    }
    return {
        "@context": "https://schema.org",
        "@type": "JobPosting",
        "title": f"{_encoded(advert.title)} ",
        "datePosted": advert.posted.isoformat(),
        "validThrough": f"{advert.closes:%Y-%m-%d}T00:00" if advert.closes else "0001-01-01T00:00",
        "employmentType": _encoded(advert.contract),
        "baseSalary": _encoded(advert.salary),
        "description": advert.description,
        "hiringOrganization": {"@type": "Organization", "name": advert.employer},
        "jobLocation": {"@type": "Place", "address": place},
        "url": f"{address}&Source=Jobs",
    }


def _encoded(words: str | None) -> str:
    """As the server's templates write it inside JSON: `&#xA3;` for the pound sign."""
    return "".join(
        each if each.isascii() else f"&#x{ord(each):X};" for each in html.escape(words or "")
    )


def _page(title: str, body: str) -> Reply:
    text = (
        f"<!DOCTYPE html>\n<html lang='en'><head><title>{html.escape(title)}</title></head>\n"
        f"<body>\n{body}\n<footer><a href='https://jobseekersupport.jobtrain.co.uk/'>Help</a>"
        "</footer></body></html>\n"
    )
    return Reply(text.encode())


SITE = JobtrainSite
PRINTS = MOST_PRINT | {"contract", "department", "hours", "posted", "reference"}
