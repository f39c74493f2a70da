"""NEOGOV: an agency's list in fragments of ten, a JobPosting and terms on each advert's page.

Addresses, the header without which only the empty shell comes, classes and the shape of the
JobPosting (no closing date) as public readers and one measurement of the real site report them;
wording and tags around them are our own. So is the fragment's place in the page. As the real one
does, robots.txt names a few search engines and refuses everybody else: nothing here may be crawled.
"""

from __future__ import annotations

import html
import json
import re

from lgjobs.demo.adverts import MOST_PRINT, DemoAdvert
from lgjobs.demo.estate import Estate
from lgjobs.demo.sites import Site
from lgjobs.demo.tenant import Tenant
from lgjobs.demo.web import Reply, Request, not_found

PAGE_SIZE = 10

_INDEX = "/careers/home/index"
_NOT_SLUG = re.compile(r"[^a-z0-9]+")
_ROBOTS = """User-agent: Googlebot
User-agent: Bingbot
Disallow: /applications

User-agent: *
Disallow: /
"""


class NeogovSite(Tenant):
    """One agency; setting `agency` is its name in the addresses."""

    def __init__(self, site: Site, estate: Estate) -> None:
        self._agency = site.settings["agency"]
        super().__init__(site, estate)

    def start_path(self) -> str:
        return f"/careers/{self._agency}"

    def respond(self, request: Request) -> Reply:
        path = request.path.lower()
        if path == "/robots.txt":
            return Reply(_ROBOTS.encode(), content_type="text/plain; charset=utf-8")
        if path == self.start_path():
            return _shell()
        if path == _INDEX:
            return self._part(request)
        found = re.fullmatch(rf"{self.start_path()}/jobs/(\d+)(?:/[^/]*)?", path)
        return self._detail(found[1]) if found else not_found()

    def _part(self, request: Request) -> Reply:
        """Ten cards; the shell for whoever does not ask as the page's script does."""
        if request.headers.get("x-requested-with") != "XMLHttpRequest":
            return _shell()
        if request.query.get("AGENCY") != self._agency:
            return Reply(b"", status=302, headers=(("Location", "/error/notfound"),))
        adverts, page = list(self._live.values()), request.query.get("PAGE", "1")
        start = (int(page) - 1) * PAGE_SIZE if page.isdecimal() else 0
        cards = "\n".join(map(self._card, adverts[start : start + PAGE_SIZE]))
        if not cards:
            return Reply(
                b'<div class="jobs-not-found-container"><h2>No jobs at this time.</h2></div>\n'
            )
        count = f'<span id="job-postings-number">{len(adverts)}</span> jobs found'
        return Reply(f"<div>{count}</div>\n<ul>\n{cards}\n</ul>\n".encode())

    def _card(self, advert: DemoAdvert) -> str:
        said = {name: html.escape(value or "") for name, value in _said(advert).items()}
        return (
            f'<li class="list-item" data-job-id="{advert.id}">'
            '<h3 class="job-item-link-container"><a class="item-details-link"'
            f' href="{self._link(advert)}?pagetype=jobOpportunitiesJobs">{said["title"]}</a></h3>\n'
            f'<ul class="list-meta"><li>{said["location"]}</li>\n'
            f"<li>{said['contract']} <span>-</span> {said['salary']}</li>\n"
            f'<li class="categories-list">Category: {said["category"]}</li>\n'
            f"<li>Department: {said['department']}</li></ul>\n"
            '<div class="list-entry">Read more about this post.</div>\n'
            '<div class="list-published">Posted this month</div></li>'
        )

    def _link(self, advert: DemoAdvert) -> str:
        slug = _NOT_SLUG.sub("-", advert.title.lower()).strip("-")
        return f"{self.start_path()}/jobs/{advert.id}/{slug}"

    def _detail(self, number: str) -> Reply:
        advert = self._live.get(number)
        if advert is not None:
            return _page(advert.title, _advert_html(advert))
        if number in self._gone:
            return _page("Job closed", "<p>This job is no longer available.</p>")
        return not_found()


def _said(advert: DemoAdvert) -> dict[str, str | None]:
    names = ("title", "location", "contract", "salary", "category", "department")
    return {name: getattr(advert, name) for name in names}


def _advert_html(advert: DemoAdvert) -> str:
    posting = json.dumps(_posting(advert)).replace("</", "<\\/")
    closes = f"{advert.closes:%-m/%-d/%Y} 5:00 PM" if advert.closes else "Continuous"
    terms = (
        ("Salary", advert.salary),
        ("Location", advert.location),
        ("Job Type", advert.contract),
        ("Job Number", advert.reference),
        ("Department", advert.department),
        ("Opening Date", f"{advert.posted:%m/%d/%Y}"),
        ("Closing Date", closes),
    )
    listed = "\n".join(
        f'<div class="term-container"><dt>{label}</dt><dd>{html.escape(value)}</dd></div>'
        for label, value in terms
        if value
    )
    return (
        f'<script type="application/ld+json">{posting}</script>\n'
        f'<h1 class="entity-title">{html.escape(advert.title)}</h1>\n<dl>\n{listed}\n</dl>\n'
        f'<div id="details-info">\n{advert.description}\n</div>\n<a href="#apply">Apply</a>'
    )


def _posting(advert: DemoAdvert) -> dict[str, object]:
    """No closing date, a pay of nought, and the description's markup escaped once more."""
    return {
        "@context": "https://schema.org",
        "@type": "JobPosting",
        "title": advert.title,
        "description": html.escape(advert.description, quote=False),
        "datePosted": advert.posted.isoformat(),
        "hiringOrganization": {"@type": "Organization", "name": advert.employer},
        "jobLocation": {"@type": "Place", "address": advert.location},
        "baseSalary": {
            "@type": "MonetaryAmount",
            "currency": "USD",
            "value": {"minValue": 0, "maxValue": 0, "unitText": "YEAR"},
        },
    }


def _shell() -> Reply:
    return _page("Job Opportunities", '<div data-bind="foreach: jobs"></div>')


def _page(title: str, body: str) -> Reply:
    text = (
        f"<!doctype html>\n<html lang='en'><head><title>{html.escape(title)}</title></head>\n"
        f"<body>\n{body}\n</body></html>\n"
    )
    return Reply(text.encode())


SITE = NeogovSite
PRINTS = (MOST_PRINT - {"closes"}) | {
    "category",
    "contract",
    "department",
    "employer",
    "posted",
    "reference",
}
