"""PageUp: a board's feed, its list page by page, and the adverts' pages.

The feed's namespaces and stamps, the list's remaining count and the labels of an advert's page are
as public evidence shows them; the tags around the labels are guessed.
"""

from __future__ import annotations

import html
import re
from datetime import UTC, datetime, time

from lgjobs.demo.adverts import LONDON, MOST_PRINT, DemoAdvert
from lgjobs.demo.tenant import Tenant
from lgjobs.demo.web import Reply, Request, not_found, robots

BOARD = "/887/cw/en"
_DETAIL = re.compile(BOARD + r"/job/(\d+)(?:/[^/]*)?")
_NAMESPACES = 'xmlns:job="http://pageuppeople.com/" xmlns:a10="http://www.w3.org/2005/Atom"'
_NOT_SLUG = re.compile(r"[^a-z0-9]+")


class PageUpSite(Tenant):
    """One council's board on the careers website channel."""

    def start_path(self) -> str:
        return f"{BOARD}/rss"

    def respond(self, request: Request) -> Reply:
        path = request.path.lower().rstrip("/")
        if path == "/robots.txt":
            return robots("Disallow: /*/ci/")
        if path == f"{BOARD}/rss":
            return self._feed(request.base)
        if path == f"{BOARD}/listing":
            return self._listing(request)
        if found := _DETAIL.fullmatch(path):
            return self._detail(found[1])
        return not_found("Page not found")

    def _feed(self, base: str) -> Reply:
        items = "".join(_item(advert, base + BOARD) for advert in self._live.values())
        text = (
            f'<?xml version="1.0" encoding="utf-8"?>\n<rss {_NAMESPACES} version="2.0"><channel>\n'
            f"<title>Jobs</title><link>{base}{BOARD}/listing/</link>\n{items}</channel></rss>\n"
        )
        return Reply(text.encode(), content_type="application/rss+xml; charset=utf-8")

    def _listing(self, request: Request) -> Reply:
        number, size = (
            _whole(request.query.get(k), d) for k, d in (("PAGE", 1), ("PAGE-ITEMS", 20))
        )
        live = list(self._live.values())
        rows = "".join(_row(advert) for advert in live[(number - 1) * size : number * size])
        rest = len(live) - number * size
        after = f"{BOARD}/listing/?page={number + 1}&amp;page-items={size}"
        more = (
            f'<a class="more-link" href="{after}">More Jobs <span class="count">{rest}</span></a>'
            if rest > 0
            else ""
        )
        empty = "" if live else "<p>There are no jobs available at this time.</p>"
        return _page(
            "Current jobs",
            f'<div id="search-results"><table><tbody id="search-results-content">\n{rows}'
            f"</tbody></table>{empty}{more}</div>",
        )

    def _detail(self, number: str) -> Reply:
        advert = self._live.get(number)
        if advert is None:
            place = f"{BOARD}/listing/?jobnotfound=true"
            return Reply(b"", status=302, headers=(("Location", place),))
        ends = advert.ends()
        facts = (
            ("Job no", advert.id),
            ("Work type", advert.contract),
            ("Location", advert.location),
            ("Categories", advert.category),
            ("Salary", advert.salary),
            ("Advertised", f"{advert.posted:%d %b %Y} GMT Standard Time"),
            ("Applications close", f"{ends:%d %b %Y %I:%M %p} GMT Standard Time" if ends else None),
        )
        lines = "".join(f"<b>{k}:</b> {html.escape(v)}<br>\n" for k, v in facts if v)
        return _page(
            advert.title,
            f'<div id="job-content"><h2>{html.escape(advert.title)}</h2>\n<p>{lines}</p>\n'
            f'<div id="job-details">\n{advert.description}\n</div>'
            f'<a class="apply-link" href="/apply/887/{advert.id}">Apply now</a></div>',
        )


def _item(advert: DemoAdvert, board: str) -> str:
    link = f"{board}/job/{advert.id}"
    ends = advert.ends()
    posted = datetime.combine(advert.posted, time(9, 0), tzinfo=LONDON)
    category = f"<job:category>{html.escape(advert.category or '')}</job:category>"
    closing = f"<job:closingDate>{_stamp(ends)}</job:closingDate>" if ends else ""
    return (
        f'<item><guid isPermaLink="true">{link}</guid><link>{link}</link>\n'
        f"<title>{html.escape(advert.title)}</title><description>Join us.</description>\n"
        f"<pubDate>{_stamp(posted)}</pubDate><a10:updated>{advert.updated}T09:00:00Z</a10:updated>"
        f"\n<job:refNo>{advert.id}</job:refNo>{category}{category}\n"
        f"<job:location>{html.escape(advert.location or '')}</job:location>\n"
        f"<job:workType>{html.escape(advert.contract or '')}</job:workType>{closing}\n"
        f"<job:description>{html.escape(html.escape(advert.description))}</job:description>\n"
        "</item>\n"
    )


def _row(advert: DemoAdvert) -> str:
    slug = _NOT_SLUG.sub("-", advert.title.lower()).strip("-")
    link = f"{BOARD}/job/{advert.id}/{slug}"
    ends = advert.ends()
    closing = (
        f'<time datetime="{ends.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}">soon</time>' if ends else ""
    )
    return (
        f'<tr><td><a class="job-link" href="{link}">{html.escape(advert.title)}</a></td>'
        f'<td><span class="location">{html.escape(advert.location or "")}</span></td>'
        f'<td><span class="close-date">{closing}</span></td></tr>\n'
        f'<tr class="summary"><td colspan="3">Join us. <a class="job-link" href="{link}">'
        "Read more</a></td></tr>\n"
    )


def _stamp(moment: datetime) -> str:
    """`Thu, 18 Jun 2026 20:25:00 Z`."""
    return f"{moment.astimezone(UTC):%a, %d %b %Y %H:%M:%S} Z"


def _whole(text: str | None, default: int) -> int:
    return int(text) if text and text.isdecimal() and int(text) else default


def _page(title: str, body: str) -> Reply:
    text = (
        '<!DOCTYPE html>\n<html lang="en"><head>\n'
        f"<title>{html.escape(title)}</title>\n</head>\n<body>\n{body}\n"
        '<footer>Powered by <a href="https://www.pageuppeople.com/">PageUp</a></footer>\n'
        "</body></html>\n"
    )
    return Reply(text.encode())


SITE = PageUpSite
PRINTS = MOST_PRINT | {"category", "contract", "posted"}
