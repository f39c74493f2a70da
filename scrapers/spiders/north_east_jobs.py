"""North East Jobs (northeastjobs.org.uk), the shared board of the twelve North East councils.

Recognised by its feed `/RSSJobs.aspx?orgid=…`: whose adverts are meant, 62 for the whole board's.
Facts: one public reader's tests and live run of August 2026 (feed and detail page; 696 adverts). It
holds every open advert and states no total. The detail page's tags are not evidenced: labels tell.
"""

from __future__ import annotations

import re

from parsel import Selector
from scrapy.http import TextResponse

from scrapers.detection import detector
from scrapers.feeds import elements_of, rss_items
from scrapers.headings import html_below
from scrapers.items import RawAdvert
from scrapers.labels import advert_from_labels, pairs_of, read_labels
from scrapers.listing import Listing, ListingRow
from scrapers.pages import plain, words
from scrapers.platform import PlatformSpider
from scrapers.reading import Page, id_in, row

_ID = re.compile(r"(?:[?&]jid=|/job/[^/?#]*/)(\d+)", re.I)  # /job/Town_Clerk/300058, ?…&jid=300058
_NOT_WORD = re.compile(r"[^A-Za-z0-9]+")
_SLUG = re.compile(r"/job/([^/?#]*)/\d+", re.IGNORECASE)
_FEED = re.compile(r"https?://[^/?#\s]{1,200}/rssjobs\.aspx\?(?:[^#\s]*&)?orgid=\d+", re.IGNORECASE)
_HOST = re.compile(r"https?://(?:www\.)?northeastjobs\.org\.uk(?:/|$)", re.IGNORECASE)

detect = detector("north_east_jobs", (_FEED, r"\g<0>"), (_HOST, "/RSSJobs.aspx?orgid=62"))


class NorthEastJobsSpider(PlatformSpider):
    """North East Jobs: an RSS feed with everything in it, and a labelled page for each advert."""

    name = "north_east_jobs"

    def read_listing(self, response: TextResponse) -> Listing:
        rows = [_row(each, response) for each in rss_items(response)]
        return Listing(rows=rows, says_empty=not rows)

    def read_advert(self, response: TextResponse) -> RawAdvert:
        page = Page(response)
        pairs = read_labels(page.document)
        external_id = page.own_id(_ID, {"Vacancy ID", "Advert End Date"} & pairs.keys())
        if pairs.get("Vacancy ID", external_id) != external_id:
            raise page.unlike(f"the page is of vacancy {pairs['Vacancy ID']}")
        title, employer = _parted(page)
        return page.advert(
            external_id,
            {**advert_from_labels(pairs), "title": title, "employer": employer},
            url=page.join(f"/job/{_slug(title)}/{external_id}"),
            reference=pairs.get("Post Number"),
            description=html_below(page.document, "Further Information") or page.html("article"),
        )


def _row(item: Selector, response: TextResponse) -> ListingRow:
    """Title, id and a text: "Busy office.\\nContract Type: Permanent|Salary: £25,000|"."""
    told = elements_of(item, {"title": "title", "posted": "pubDate"})
    external_id = id_in(_ID, item.xpath("string(link)").get(""))
    teaser, label, facts = item.xpath("string(description)").get("").partition("Contract Type:")
    told |= advert_from_labels(pairs_of(f"{label}{facts}".split("|")))
    url = response.urljoin(f"/job/{_slug(told.get('title'))}/{external_id}")
    return row(external_id, url, told, summary=plain(teaser))


def _parted(page: Page) -> tuple[str | None, str | None]:
    """From "<title>Clerk - Finance - Ely Council": the address's slug tells where to part it."""
    parts, slug = (page.words("title") or "")[:500].split(" - "), id_in(_SLUG, page.url)
    ways = [(" - ".join(parts[:at]), " - ".join(parts[at:])) for at in range(1, len(parts))]
    heads = {_slug(slug)} if slug else {_slug(words(each)) for each in page.css("h1, h2, h3, h4")}
    sure = (way for way in ways if _slug(way[0]) in heads or (not slug and len(ways) == 1))
    return next(sure, (None, None))


def _slug(title: str | None) -> str:
    return _NOT_WORD.sub("_", title or "").strip("_") or "_"
