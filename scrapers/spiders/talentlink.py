"""TalentLink (MrTed, Lumesse, Saba, Cornerstone), the older generation: pages of a widget.

Recognised by `/syndicated/lay/…rapido.cfm` addresses. Facts: one tenant's list and advert captured
in August 2026, five readers of such lists. The newer generation (`data-talentlink-fo-host`) is read
through `/fo/rest/`, which robots.txt refuses to everybody: its pages are told apart, and not read.
The source's address is the list's, or that of the council's page that carries the widget's script.
"""

from __future__ import annotations

import re
from urllib.parse import unquote

from scrapy import Request
from scrapy.http import TextResponse

from scrapers.detection import Detection, detector
from scrapers.items import RawAdvert
from scrapers.listing import Listing
from scrapers.platform import PlatformSpider
from scrapers.problems import Failure, PageProblem
from scrapers.reading import Page, id_in, next_to, shown
from scrapers.tables import under_headings

_ID = re.compile(r"\bnPostingTargetID=(\d+)", re.IGNORECASE)
_PAGE = re.compile(r"\bpagenum=(\d+)", re.IGNORECASE)
_COUNT = re.compile(r"(\d{1,6})\W{0,9}$")  # Number of jobs, which match your criteria: 12
_TENANT = r"(?=\?)(?=.*?[?&](ID=\w+))(?=.*?[?&](LG=\w+)|)(?=.*?[?&](mask=\w+)|)"
_WIDGET = re.compile(rf"https?://[^?#]*/syndicated/lay/\w*rapido\.cfm{_TENANT}", re.IGNORECASE)
_LIST = r"jsoutputinitrapido.cfm?component=lay9999_lst400a&\1&\2&\3&Resultsperpage=100"
_TITLE = {"title": "a[class^=lstA-desc]"}
_NEWER = re.compile(r"\bdata-(?:talentlink|lumesse)-fo-host\b", re.IGNORECASE)

_carried = detector("talentlink", (_WIDGET, _LIST))


def detect(page: TextResponse) -> Detection | None:
    """A page of a TalentLink widget, or one that carries or links to such a widget."""
    newer = "data-…-fo-host: the newer generation, closed to robots"
    told = Detection("talentlink", page.url, newer) if _NEWER.search(page.text) else None
    return _carried(page) or told


class TalentlinkSpider(PlatformSpider):
    """TalentLink: a table of jobs with the tenant's own columns, a page of labels for each."""

    name = "talentlink"

    def read_listing(self, response: TextResponse) -> Listing | Request:
        page = Page(response)
        if not page.css("#LstContent, table.Lst-Tabel"):
            return _through_widget(page)
        lines = page.css("tr.Lst-BG1, tr.Lst-BG2")
        rows = [page.linked_row(it, _ID, under_headings(it) | shown(_TITLE, it)) for it in lines]
        hrefs = page.css("a.Lst-NavPage::attr(href)").getall()
        pages = {int(number): href for href in hrefs if (number := id_in(_PAGE, href))}
        here = int(id_in(_PAGE, response.url) or 1)
        more = [pages[each] for each in sorted(pages) if each > here][:1]
        total = page.count(_COUNT, ".Lst-CountLabel")
        return page.listing(rows, total, more, of="#LstContent, table.Lst-Tabel")

    def read_advert(self, response: TextResponse) -> RawAdvert:
        page = Page(response)
        title, text = page.words(".JD-Title"), page.html("#JD-AllFields")
        facts = next_to(page.css(".JD-HDLabel"))
        external_id = id_in(_ID, unquote(f"{response.url} {response.text}"))
        if external_id is None or title is None:
            raise page.no_advert()
        return page.advert(external_id, facts, title=title, description=text)


def _through_widget(page: Page) -> Request:
    """From the council's page, by its widget's script, to the list."""
    found = detect(page.response)
    if found is None or _WIDGET.match(page.url):
        raise page.unlike("neither a list of jobs nor its widget is here")
    if found.url == page.url:
        raise PageProblem(Failure.ROBOTS, found.evidence)
    return Request(found.url)
