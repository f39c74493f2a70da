"""North East Jobs (northeastjobs.org.uk), the shared board of the twelve North East councils.

Recognised by its feed `/RSSJobs.aspx?orgid=…`. Facts: one public reader's tests and live run of
August 2026 (feed and detail page; 696 adverts). The feed holds every open advert and states no
total. The exact tags of the detail page are not evidenced: its facts are read by their labels.
"""

from __future__ import annotations

import re
from urllib.parse import urljoin

from parsel import Selector
from scrapy import Request
from scrapy.http import TextResponse

from scrapers.detection import Detection, addresses
from scrapers.items import RawAdvert
from scrapers.labels import advert_from_labels, field_of, read_labels
from scrapers.listing import Listing, ListingRow
from scrapers.pages import html_of, html_of_nodes, inner_html, plain, says_gone, words
from scrapers.platform import PlatformSpider
from scrapers.problems import AdvertGone, Failure, PageProblem

_ID = re.compile(r"(?:[?&]jid=|/job/[^/?#]*/)(\d+)", re.IGNORECASE)
"""Both spellings: `/job/Town_Clerk/300058` and `/Default.aspx?page=jobdetail&jid=300058`."""
_SLUG = re.compile(r"/job/([^/?#]*)/\d+", re.IGNORECASE)
_FEED = re.compile(r"https?://[^/?#\s]{1,200}/rssjobs\.aspx\?(?:[^#\s]*&)?orgid=\d+", re.IGNORECASE)
_HOST = re.compile(r"https?://(?:www\.)?northeastjobs\.org\.uk(?:/|$)", re.IGNORECASE)
_NOT_WORD = re.compile(r"[^A-Za-z0-9]+")


class NorthEastJobsSpider(PlatformSpider):
    """North East Jobs: an RSS feed with everything in it, and a labelled page for each advert."""

    name = "north_east_jobs"

    def read_listing(self, response: TextResponse) -> Listing | Request:
        feed = Selector(text=response.text, type="xml")
        if not feed.xpath("/rss/channel"):
            raise PageProblem(Failure.LAYOUT_CHANGED, "the feed's address answered with no feed")
        if not response.text.rstrip().endswith("</rss>"):
            raise PageProblem(Failure.PARSE_ERROR, "the feed breaks off before its end")
        rows = [_read_item(item, response.url) for item in feed.xpath("/rss/channel/item")]
        return Listing(rows=rows, says_empty=not rows)

    def read_advert(self, response: TextResponse) -> RawAdvert:
        page = html_of(response)
        pairs = read_labels(page)
        if not {"Advert End Date", "Vacancy ID"} & set(pairs):
            if says_gone(response):
                raise AdvertGone
            raise PageProblem(Failure.LAYOUT_CHANGED, "none of an advert's labels is on the page")
        shown, asked = pairs.get("Vacancy ID"), _id_of(response.url)
        if shown and asked and shown != asked:
            raise PageProblem(Failure.LAYOUT_CHANGED, f"the page is of vacancy {shown}")
        external_id = asked or pairs["Vacancy ID"]
        title, employer = _title_and_employer(page, response.url)
        facts = advert_from_labels(pairs)
        facts["reference"] = pairs.get("Post Number") or facts.get("reference")
        return RawAdvert(
            external_id=external_id,
            url=_public_url(response.url, title, external_id),
            **{**facts, "title": title, "employer": employer},
            description=_description(page),
        )


def _read_item(item: Selector, feed_url: str) -> ListingRow:
    title = words(item.xpath("title"))
    external_id = _id_of(item.xpath("string(link)").get(""))
    if title is None or external_id is None:
        raise ValueError("an item of the feed lacks its title or its id")
    teaser, pairs = _split_description(item.xpath("string(description)").get(""))
    return ListingRow(
        advert=RawAdvert(
            external_id=external_id,
            url=_public_url(feed_url, title, external_id),
            posted=words(item.xpath("pubDate")),
            summary=teaser,
            **{**advert_from_labels(pairs), "title": title},
        )
    )


def _split_description(text: str) -> tuple[str | None, dict[str, str]]:
    """Teaser and facts: "Busy office.\\nContract Type: Permanent|Salary: £25,000|"."""
    *segments, _ = text.split("|")
    for at, segment in enumerate(segments):
        above, _, segments[at] = segment.rstrip().rpartition("\n")
        if field_of(segments[at].partition(":")[0]):
            teaser = "|".join([*text.split("|")[:at], above])
            pairs = (fact.partition(":") for fact in segments[at:])
            return plain(teaser), {
                label.strip(): value.strip() for label, _, value in pairs if value.strip()
            }
    return plain(text), {}


def _title_and_employer(page: Selector, url: str) -> tuple[str | None, str | None]:
    """From "<title>Clerk - Finance - Ely Council": the address's slug tells where to part it."""
    whole = words(page.css("title")) or ""
    cuts = [at for at in range(len(whole)) if whole.startswith(" - ", at)]
    found = _SLUG.search(url)
    slug = _slug(found[1]) if found else None
    headings = {words(each) for each in page.css("h1, h2, h3, h4")}
    for at in cuts:
        title = whole[:at]
        if _slug(title) == slug or (slug is None and title in headings):
            return title, whole[at + 3 :]
    if slug is None and len(cuts) == 1:
        return whole[: cuts[0]], whole[cuts[0] + 3 :]
    return None, None


def _description(page: Selector) -> str | None:
    """What follows the heading "Further Information"."""
    heading = "//*[self::h1 or self::h2 or self::h3 or self::h4 or self::h5 or self::h6]"
    found = page.xpath(f"({heading}[contains(., 'Further Information')])[1]")
    following = "following-sibling::node()[not(self::footer or self::nav or self::script)]"
    for start in (found, found.xpath("..")):
        html = html_of_nodes(start.xpath(following))
        if words(Selector(text=html or "<p/>", type="html")):
            return html
    return inner_html(page.css("article"))


def _id_of(url: str) -> str | None:
    found = _ID.search(url)
    return found[1] if found else None


def _slug(title: str) -> str:
    return _NOT_WORD.sub("_", title).strip("_")


def _public_url(near: str, title: str | None, external_id: str) -> str:
    return urljoin(near, f"/job/{_slug(title or '') or '_'}/{external_id}")


def detect(page: TextResponse) -> Detection | None:
    """The board's feed, a page of the board, or a page that points to either.

    Only the feed's address tells which employer's adverts are meant; else the register needs the
    whole board's, number 62.
    """
    board = None
    for address in addresses(page):
        if found := _FEED.match(address):
            return Detection("north_east_jobs", found[0], f"the board's feed {found[0]}")
        if board is None and _HOST.match(address):
            whole = urljoin(address, "/RSSJobs.aspx?orgid=62")
            board = Detection("north_east_jobs", whole, f"a link to the board: {address}")
    return board
