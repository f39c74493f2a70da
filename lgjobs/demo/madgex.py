"""A board on the Madgex software, as WMJobs is: lists of 20, a feed, and a labelled page an advert.

Cards, addresses, labels, the feed's items and the 404 for a search without results as public
readers of such boards show them; order of labels, pager and the page of a closed advert are our
guess. The real board refuses its pages, not its feed, to some networks: that depends on where one
stands, so it is not imitated. How many items the feed shows is not known: here the newest 20.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from datetime import date, datetime, time
from email.utils import format_datetime

from lgjobs.demo.adverts import LONDON, MOST_PRINT, DemoAdvert
from lgjobs.demo.estate import Estate
from lgjobs.demo.sites import Site
from lgjobs.demo.web import Reply, Request, not_found, robots

PAGE_SIZE = 20

_NOT_SLUG = re.compile(r"[^a-z0-9]+")
_TAG = re.compile(r"<[^<>]*>")
_JOB = re.compile(r"/job/(\d+)/(?:[^/]+/)?")
_EMPLOYER = re.compile(r"/employer/(\d+)/([^/]+)/(?:(\d+)/?)?")


class MadgexSite:
    """The whole board."""

    def __init__(self, site: Site, estate: Estate) -> None:
        self.site = site
        self.estate = estate
        self._live: dict[str, DemoAdvert] = {}
        self._gone: frozenset[str] = frozenset()
        self.show(estate)

    def show(self, estate: Estate) -> None:
        self.estate = estate
        self._live = {advert.id: advert for advert in estate.on(self.site.id)}
        self._gone = frozenset(advert.id for advert in estate.gone if advert.site == self.site.id)

    def start_path(self) -> str:
        return "/jobs/?sort=Date"

    def respond(self, request: Request) -> Reply:
        path, query = request.path, request.query
        if path == "/robots.txt":
            return robots("Disallow: /logon/", "Disallow: /your-jobs/")
        if path == "/jobs/":
            return self._list(self._found(query), query.get("PAGE", "1"), f"{path}?sort=Date&page=")
        if found := _EMPLOYER.fullmatch(path):
            theirs = [each for each in self._live.values() if _slug(each.employer) == found[2]]
            return self._list(theirs, found[3] or "1", f"/employer/{found[1]}/{found[2]}/")
        if path == "/jobsrss/":
            return self._feed(self._found(query), request.base)
        if found := _JOB.fullmatch(path):
            return self._detail(found[1])
        return not_found()

    def _found(self, query: dict[str, str]) -> list[DemoAdvert]:
        wanted = query.get("KEYWORDS", "").casefold().split()
        place = query.get("LOCATIONS", "").casefold()
        return [
            advert
            for advert in self._live.values()
            if all(word in advert.title.casefold() for word in wanted)
            and place in (advert.location or "").casefold()
        ]

    def _list(self, adverts: list[DemoAdvert], page: str, path: str) -> Reply:
        number = int(page) if page.isdecimal() else 1
        shown = adverts[(number - 1) * PAGE_SIZE : number * PAGE_SIZE] if number else []
        if not shown:
            return not_found("Sorry, we couldn't find any jobs that match your search.")
        cards = "\n".join(_card(advert, self.estate.date) for advert in shown)
        onward = ""
        if number * PAGE_SIZE < len(adverts):
            onward = (
                f'<li class="paginator__item"><a href="{path}{number + 1}" title="Next page">'
                "<span>Next</span></a></li>"
            )
        return _page(
            "Jobs",
            f"<h1>Found {len(adverts)} jobs</h1>\n"
            f'<ul class="lister" id="listing">\n{cards}\n</ul>\n'
            f'<ul class="paginator__items">{onward}</ul>',
        )

    def _feed(self, adverts: list[DemoAdvert], base: str) -> Reply:
        if not adverts:
            return not_found()
        items = "".join(_item(advert, base) for advert in adverts[:PAGE_SIZE])
        text = (
            '<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0">\n<channel>\n'
            f"<title>{html.escape(self.site.name)}</title>\n<link>{base}/</link>\n"
            f"<description>Jobs</description>\n{items}</channel>\n</rss>\n"
        )
        return Reply(text.encode(), content_type="application/rss+xml; charset=utf-8")

    def _detail(self, number: str) -> Reply:
        advert = self._live.get(number)
        if advert is not None:
            return _page(advert.title, _advert_html(advert))
        if number in self._gone:
            return _page("Expired", "<h1>Sorry</h1>\n<p>This job is no longer available.</p>")
        return not_found()


def _slug(text: str) -> str:
    return _NOT_SLUG.sub("-", text.lower()).strip("-")


def _path(advert: DemoAdvert) -> str:
    return f"/job/{advert.id}/{_slug(advert.title)}/"


def _card(advert: DemoAdvert, today: date) -> str:
    metas = "".join(
        f'<li class="lister__meta-item lister__meta-item--{kind}">{html.escape(value)}</li>\n'
        for kind, value in (
            ("location", advert.location),
            ("salary", advert.salary),
            ("recruiter", advert.employer),
        )
        if value
    )
    return (
        f'<li class="lister__item cf" id="item-{advert.id}">\n<div class="lister__details cf">\n'
        f'<h3 class="lister__header"><a href="\n {_path(advert)}?TrackID=12 \n"'
        f' class="js-clickable-area-link"><span>{html.escape(advert.title)}</span></a></h3>\n'
        f'<ul class="lister__meta">\n{metas}</ul>\n'
        f'<p class="lister__description">{html.escape(_teaser(advert))}</p>\n</div>\n'
        f"{_countdown(advert, today)}</li>"
    )


def _countdown(advert: DemoAdvert, today: date) -> str:
    ends = advert.ends()
    left = (ends.date() - today).days if ends else 99
    if left > 5:
        return ""
    said = "Expiring today" if left < 1 else f"{left} day{'s' if left > 1 else ''} left"
    return f'<span class="text-error">{said}</span>'


def _teaser(advert: DemoAdvert) -> str:
    return " ".join(html.unescape(_TAG.sub(" ", advert.description)).split()[:15]) + "..."


def _item(advert: DemoAdvert, base: str) -> str:
    head = f"{advert.employer}: {advert.title}"
    posted = datetime.combine(advert.posted, time(9), tzinfo=LONDON)
    lines = (f"{advert.salary}:", f"{advert.employer}:", _teaser(advert), advert.location or "")
    return (
        f"<item>\n<title>{html.escape(head)}</title>\n"
        f"<link>{base}{_path(advert)}?TrackID=8</link>\n"
        f"<description>{html.escape(chr(10).join(lines))}</description>\n"
        f"<pubDate>{format_datetime(posted)}</pubDate>\n</item>\n"
    )


def _advert_html(advert: DemoAdvert) -> str:
    pairs: Iterable[tuple[str, str | None]] = (
        ("Employer", advert.employer),
        ("Location", advert.location),
        ("Salary", advert.salary),
        ("Closing date", f"{advert.closes:%-d %b %Y}" if advert.closes else None),
        ("Ref", advert.reference),
        ("Sector:", advert.category),
        ("Contract Type", advert.contract),
        ("Hours", advert.pattern),
    )
    listed = "".join(
        f'<div class="mds-list__item"><dt class="mds-list__key">{label}</dt>\n'
        f'<dd class="mds-list__value">{html.escape(value)}</dd></div>\n'
        for label, value in pairs
        if value
    )
    return (
        f'<h1 class="mds-font-trafalgar">{html.escape(advert.title)}</h1>\n'
        f'<dl class="mds-list mds-list--definition">\n{listed}</dl>\n'
        '<div class="mds-tabs"><div class="mds-tabs__panel" id="job-description">'
        f'<div class="mds-tabs__panel__content">\n{advert.description}\n</div></div></div>\n'
        f'<a class="mds-button" href="/apply/{advert.id}/">Apply</a>'
    )


def _page(title: str, body: str) -> Reply:
    text = (
        '<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{html.escape(title)} | WMJobs</title>\n</head>\n<body>\n"
        '<nav><a href="/jobs/">Search jobs</a> <a href="/employers/">Employers</a></nav>\n'
        f"<main>\n{body}\n</main>\n</body>\n</html>\n"
    )
    return Reply(text.encode())


SITE = MadgexSite
PRINTS = MOST_PRINT | {"category", "contract", "employer", "pattern", "reference"}
