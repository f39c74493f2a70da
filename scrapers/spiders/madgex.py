"""Boards on the Madgex software: WMJobs (wmjobs.co.uk) of the West Midlands councils and its kin.

Recognised by cards `li.lister__item#item-<id>`. Facts: three public readers of WMJobs (2026) and
some of other Madgex boards, which agree on cards, on labels and text panel of the advert's page and
on its JobPosting; the link "Next page" is from an older one. Two were refused the HTML pages from
data centres and read the feed; no way round such a refusal is tried. The source's address is a list
(`/jobs/`, `/employer/1303/<slug>/`), read to its end, or the feed (`/jobsrss/`), of which nobody
says that it is whole: its run is partial. A search that finds nothing answers 404. No options.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from parsel import Selector
from scrapy.http import TextResponse

from scrapers.detection import detector
from scrapers.feeds import Entry, entries_of, is_feed, read_xml
from scrapers.items import RawAdvert
from scrapers.links import next_page
from scrapers.listing import Listing, ListingRow
from scrapers.pages import inner_html, plain
from scrapers.platform import PlatformSpider
from scrapers.reading import Page, id_in, row, shown

PAGE_SIZE = 20

_JOB = re.compile(r"/job/(\d+)(?:[/?#]|$)")
_FOUND = re.compile(r"Found ([\d,]+) jobs?\b", re.IGNORECASE)
_LINK = ".lister__header a[href*='/job/']"
_METAS = {"employer": "recruiter", "salary": "salary", "location": "location"}
_SHOWN = {name: f".lister__meta-item--{kind}" for name, kind in _METAS.items()}
_SHOWN |= {"title": _LINK, "summary": ".lister__description"}
_TEXT = "div.mds-tabs__panel__content, div.mds-edited-text, div.job-description"
_PLACE = re.compile(r".{0,79}[^.!?:…]")  # what is longer, or ends like a sentence, is no place
_BOARD = r"https?://(?:www\.)?wmjobs\.co\.uk"
_CARD = r"<li\b(?=[^<>]{0,300}\blister__item\b)[^<>]{0,300}\bid=[\"']item-\d[^<>]{0,300}>"

detect = detector(
    "madgex",
    (re.compile(_BOARD + r"(/employer/\d+/[^/]+/)"), r"https://www.wmjobs.co.uk\1"),
    (re.compile(_BOARD + r"(?:[/?#]|$)"), "https://www.wmjobs.co.uk/jobs/"),
    marks=((re.compile(_CARD), "."),),
)


class MadgexSpider(PlatformSpider):
    """Madgex boards: cards of 20 and labelled pages, or a feed of the newest."""

    name = "madgex"

    def read_listing(self, response: TextResponse) -> Listing:
        page, document = Page(response), read_xml(response)
        if document is not None and is_feed(document):
            self.proof.cap_hit = True
            return Listing(rows=[_item(each, page) for each in entries_of(document)])
        cards = [each for each in page.css("li.lister__item[id^='item-']") if each.css(_LINK)]
        onward = page.css("a[title='Next page']::attr(href)").get() or next_page(response)
        if not onward and len(cards) >= PAGE_SIZE and not page.css("[class*='paginator']"):
            raise page.unlike("a full page of jobs without a pager")
        rows = [_row(each.css(_LINK).attrib["href"], page, shown(_SHOWN, each)) for each in cards]
        total = page.count(_FOUND, "h1") if rows else None
        return page.listing(rows, total, [onward.strip()] if onward else [])

    def read_advert(self, response: TextResponse) -> RawAdvert:
        page = Page(response)
        facts = page.facts()
        external_id = page.own_id(_JOB, page.posting or {"employer", "closes"} & facts.keys())
        if not any(map(str.isdigit, facts.get("hours", "1"))):
            facts.setdefault("pattern", facts.pop("hours"))
        url = response.url.partition("?")[0]
        text = next(filter(None, map(inner_html, page.css(_TEXT))), None)
        return page.advert(external_id, facts, url, title=page.words("h1"), description=text)


def _row(href: str, page: Page, facts: Mapping[str, str | None]) -> ListingRow:
    url = page.join("".join(href.split())).partition("?")[0]
    return row(id_in(_JOB, url), url, facts)


def _item(entry: Entry, page: Page) -> ListingRow:
    """Title "Employer: Job"; in the text lines for pay, employer, blurb and place."""
    *named, title = (entry.title or "").split(": ", 1)
    html = entry.body.replace("<br", "\n<br") or "<p/>"
    text = Selector(text=html, type="html").xpath("string()").get("")
    above, employer, below = text.partition(f"{named[0]}:") if named else ("", "", "")
    pay = plain(above.strip().rpartition("\n")[2]) or ""
    lines = [line for each in (below if employer else text).splitlines() if (line := plain(each))]
    place = lines.pop() if len(lines) > 1 and _PLACE.fullmatch(lines[-1]) else None
    facts = {"title": plain(title), "employer": plain("".join(named)), "posted": entry.posted}
    facts["salary"] = pay.removesuffix(":") if employer and pay.endswith(":") else None
    return _row(entry.url, page, {**facts, "location": place, "summary": plain(" ".join(lines))})
