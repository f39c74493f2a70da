"""North East Jobs: one feed with every open advert of the board, and a labelled page for each.

Feed items, label order and value formats as the public evidence shows them; the tags around label
and value, and the page of an advert that has gone, are not evidenced: those are our guess.
An advert's quirk `posts` is the number of posts.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from datetime import date, datetime
from email.utils import format_datetime

from lgjobs.demo.adverts import MOST_PRINT, DemoAdvert
from lgjobs.demo.tenant import Tenant
from lgjobs.demo.web import Reply, Request, not_found, robots

WHOLE_BOARD = "62"
ADVICE = "/advicecentre/howtousethiswebsite"

_NOT_SLUG = re.compile(r"[^A-Za-z0-9]+")
_TAG = re.compile(r"<[^<>]*>")


class NorthEastJobsSite(Tenant):
    """The whole board."""

    def start_path(self) -> str:
        return f"/RSSJobs.aspx?orgid={WHOLE_BOARD}"

    def respond(self, request: Request) -> Reply:
        path = request.path.casefold()
        if path == "/robots.txt":
            return robots("Disallow: /account/")
        if path == "/rssjobs.aspx":
            return self._feed(request)
        if path.startswith("/job/"):
            return self._detail(request.path.rpartition("/")[2])
        if path in ("/", "/default.aspx"):
            if request.query.get("PAGE", "").casefold() == "jobdetail":
                return self._detail(request.query.get("JID", ""))
            return _page("North East Jobs", f'<a href="{ADVICE}">How to use this website</a>')
        return not_found()

    def _feed(self, request: Request) -> Reply:
        """Only the board's own number brings items; another organisation has none here."""
        if "ORGID" not in request.query:
            return _page("North East Jobs", "<p>Choose an organisation.</p>")
        shown = self._live.values() if request.query["ORGID"] == WHOLE_BOARD else ()
        items = "".join(_item(advert, request.base) for advert in shown)
        text = (
            '<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0">\n<channel>\n'
            f"<title>North East Jobs</title>\n<link>{request.base}/</link>\n"
            f"<description>Latest vacancies</description>\n{items}</channel>\n</rss>\n"
        )
        return Reply(text.encode(), content_type="text/xml; charset=utf-8")

    def _detail(self, number: str) -> Reply:
        advert = self._live.get(number)
        if advert is not None:
            return _page(f"{advert.title} - {advert.employer}", _advert_html(advert))
        if number in self._gone:
            return _page(
                "Vacancy closed - North East Jobs",
                "<h5>Vacancy closed</h5>\n<p>Sorry, this vacancy is no longer available.</p>",
            )
        return not_found()


def slug(title: str) -> str:
    """`Care Worker (Nights)` as it stands in the address: `Care_Worker_Nights_`."""
    return _NOT_SLUG.sub("_", title)


def _item(advert: DemoAdvert, base: str) -> str:
    link = html.escape(f"{base}/Default.aspx?page=jobdetail&jid={advert.id}")
    posted = datetime(advert.posted.year, advert.posted.month, advert.posted.day)
    pairs = (
        ("Contract Type", advert.contract),
        ("Working Pattern", advert.pattern),
        ("Salary", advert.salary),
        ("Advert End Date", _ending(advert)),
    )
    line = "".join(f"{label}: {value or ''}|" for label, value in pairs)
    return (
        f"<item>\n<title>{html.escape(advert.title)}</title>\n<link>{link}</link>\n"
        f"<description><![CDATA[{_teaser(advert)}\n{line}]]></description>\n"
        f"<pubDate>{format_datetime(posted).replace('-0000', 'GMT')}</pubDate>\n</item>\n"
    )


def _teaser(advert: DemoAdvert) -> str:
    words = html.unescape(_TAG.sub(" ", advert.description)).split()
    return " ".join(words[:30]).replace("|", "/").replace("]]>", "")


def _ending(advert: DemoAdvert) -> str:
    """`26/08/2026`, with the hour where the advert has one: `26/08/2026 12:00`."""
    closes = advert.closes
    if closes is None:
        return ""
    return f"{closes:%d/%m/%Y %H:%M}" if isinstance(closes, datetime) else _day(closes)


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def _advert_html(advert: DemoAdvert) -> str:
    pairs: Iterable[tuple[str, str | None]] = (
        ("Contract Type:", advert.contract),
        ("Working Pattern:", advert.pattern),
        ("Advert Start Date:", _day(advert.posted)),
        ("Advert End Date:", _ending(advert)),
        ("Salary:", advert.salary),
        ("Job Category:", advert.category),
        ("Vacancy ID:", advert.id),
        ("Employment Location:", advert.location),
    )
    if advert.reference:
        pairs = (*pairs, ("Post Number:", advert.reference))
    if advert.quirks.get("posts"):
        pairs = (*pairs, ("Number of posts:", advert.quirks["posts"]))
    rows = "\n".join(
        f'<div class="jobrow"><div class="joblabel">{label}</div>'
        f'<div class="jobvalue">{html.escape(value or "")}</div></div>'
        for label, value in pairs
    )
    return (
        f"<h1>{html.escape(advert.title)}</h1>\n<h5>Job Summary</h5>\n{rows}\n"
        f'<h5>Further Information</h5>\n<div class="jobtext">\n{advert.description}\n</div>\n'
        f'<a class="button" href="/apply/{advert.id}">Apply for this job</a>'
    )


def _page(title: str, body: str) -> Reply:
    text = (
        "<!DOCTYPE html>\n<html>\n<head>\n"
        f"<title>{html.escape(title)}</title>\n</head>\n<body>\n"
        '<form method="post" action="./Default.aspx" id="form1">\n'
        '<input type="hidden" name="__VIEWSTATE" value="/wEPDwUKMTY1NDU2MTA1" />\n'
        f'<div id="header"><a href="/">View all Jobs</a> <a href="{ADVICE}">Advice</a></div>\n'
        f'<div id="content">\n{body}\n</div>\n</form>\n</body>\n</html>\n'
    )
    return Reply(text.encode())


SITE = NorthEastJobsSite
PRINTS = MOST_PRINT | {"category", "contract", "pattern", "posted"}
