"""Stonefish: a feed, a list of everything, and a labelled page for each vacancy.

Routes, references, the mixed letter case of links and the feed's redirecting addresses are those of
live notes. Guessed: the tags of an advert's page and its labels, an empty list, a closed vacancy.
"""

from __future__ import annotations

import html
from datetime import date, datetime
from email.utils import format_datetime

from lgjobs.demo.adverts import MOST_PRINT, DemoAdvert
from lgjobs.demo.tenant import Tenant
from lgjobs.demo.web import Reply, Request, not_found, robots


class StonefishSite(Tenant):
    """One council's career site."""

    def start_path(self) -> str:
        return "/vacancies.aspx?cat=-1"

    def respond(self, request: Request) -> Reply:
        path = request.path.casefold()
        if path == "/robots.txt":
            return robots("Disallow: /Logon/", "Disallow: /Registration/")
        if path == "/rss.aspx":
            return self._feed(request.base)
        if path == "/vacancies.aspx":
            return self._list(request.query.get("CAT", ""))
        if path == "/rss/click.aspx":
            place = f"/Vacancy.aspx?ref={request.query.get('REF', '')}"
            return Reply(b"", status=302, headers=(("Location", place),))
        if path == "/vacancy.aspx":
            return self._detail(request.query.get("REF", ""))
        if path == "/":
            return _page("Welcome", f'<a href="{self.start_path()}">All vacancies</a>')
        return not_found()

    def _feed(self, base: str) -> Reply:
        items = "".join(_item(advert, base) for advert in self._live.values())
        text = (
            '<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"><channel>\n'
            f"<title>Vacancies</title><link>{base}/</link>\n{items}</channel></rss>\n"
        )
        return Reply(text.encode(), content_type="text/xml; charset=utf-8")

    def _list(self, category: str) -> Reply:
        """Without a category the search waits for a postback."""
        live = list(self._live.values()) if category == "-1" else []
        rows = "\n".join(
            f'<li><a href="vacancy.aspx?ref={advert.id}">{html.escape(advert.title)}</a></li>'
            for advert in live
        )
        latest = "".join(
            f'<a href="Vacancy.aspx?ref={advert.id}">{html.escape(advert.title)}</a>'
            for advert in live[:3]
        )
        empty = "" if live or category != "-1" else "<p>There are currently no vacancies.</p>"
        return _page("Vacancies", f"<ul>{rows}</ul>\n{empty}\n<h2>Latest</h2>{latest}")

    def _detail(self, reference: str) -> Reply:
        advert = self._live.get(reference)
        if advert is None:
            sorry = "<p>Sorry, this vacancy has now closed.</p>"
            return _page("Vacancy closed", sorry) if reference in self._gone else not_found()
        facts = (
            ("Location", advert.location),
            ("Salary", advert.salary),
            ("Contract type", advert.contract),
            ("Hours", advert.hours),
            ("Closing date", _spoken(advert.closes)),
            ("Reference", advert.id),
        )
        rows = "".join(f"<p><b>{k}:</b> {html.escape(v)}</p>\n" for k, v in facts if v)
        return _page(
            advert.title,
            f"<h1>{html.escape(advert.title)}</h1>\n"
            f'<div id="ctl00_mainContentPlaceHolder_vacDetails">\n{rows}{advert.description}\n'
            "<a href=\"javascript:__doPostBack('ctl00$mainContentPlaceHolder$vacDetails"
            "$btnApplyLink$btnLink','')\">Apply Online</a></div>",
        )


def _item(advert: DemoAdvert, base: str) -> str:
    posted = datetime(advert.posted.year, advert.posted.month, advert.posted.day, 9)
    return (
        f"<item><title>{html.escape(advert.title)}</title>\n"
        f"<link>{base}/rss/click.aspx?ref={advert.id}</link>\n"
        f"<description>{html.escape(advert.salary or '')}</description>\n"
        f"<category>{html.escape(advert.category or '')}</category>\n"
        f"<pubDate>{format_datetime(posted).replace('-0000', 'GMT')}</pubDate></item>\n"
    )


def _spoken(closes: datetime | date | None) -> str:
    """`Friday 11 September 2026`, and the hour where there is one: ` at 17:00`."""
    if closes is None:
        return ""
    clock = f" at {closes:%H:%M}" if isinstance(closes, datetime) else ""
    return f"{closes:%A} {closes.day} {closes:%B %Y}{clock}"


def _page(title: str, body: str) -> Reply:
    text = (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n'
        '<meta name="Generator" content="Stonefish Software Web Builder" />\n'
        f"<title>{html.escape(title)}</title>\n</head>\n<body>\n"
        '<form method="post" action="./" id="aspnetForm">\n'
        '<input type="hidden" name="__VIEWSTATE" value="/wEPDwUKLTE2" />\n'
        f"{body}\n</form>\n</body>\n</html>\n"
    )
    return Reply(text.encode())


SITE = StonefishSite
PRINTS = MOST_PRINT | {"contract", "hours"}
