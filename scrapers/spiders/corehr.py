"""CoreHR (Access) e-recruitment, the "search version 4" pages of corehr.com and of own domains.

Recognised by `/pls/<tenant>/erq_…` addresses. Facts: captured search form and results of three
universities (2026; order of labels and cells differs), four more public readers that agree on the
form, the pager and the advert's address; of an advert's page only its body's cell. The source's
address is the form or a search of one category; all else is a POST, in a session. No options.
"""

from __future__ import annotations

import re

from parsel import Selector
from scrapy import Request
from scrapy.http import TextResponse

from scrapers.detection import detector
from scrapers.items import RawAdvert
from scrapers.labels import advert_from_labels, read_labels
from scrapers.listing import Listing, ListingRow
from scrapers.pages import html_of_nodes, plain, words
from scrapers.platform import PlatformSpider
from scrapers.reading import Page, id_in, row
from scrapers.tables import paired_cells
from scrapers.webforms import sent

_TOTAL = re.compile(r"(?:search returned(?: a total of)?|Displaying \d+ to \d+ of) (\d+)\b", re.I)
_LAST = re.compile(r"Displaying \d+ to (\d+) of \d", re.IGNORECASE)
_PREFIX = re.compile(r"\bl_url\s{0,4}=\s{0,4}[\"']([^\"'\s]{1,600}p_recruitment_id=)[\"']")
_VACANCY = re.compile(r"viewTheJobSpec\(\s?['\"](\w{1,20})['\"]")
_ID = re.compile(r"[?&]p_recruitment_id=([^&#]+)")
_PAGE = re.compile(
    r"https?://[^?#]{1,200}/pls/[^/?#]{1,60}/erq_(?:search|jobspec)[a-z_0-9]*\.\w[^?#]*"
    r"\?(?:[^#]*&)?p_company=([^&#]+)",
    re.IGNORECASE,
)

_SCRIPT = re.compile(r"[\"']/pls/[\w-]{1,60}/erq_jobspec[\w.]{1,60}\?p_company=(\w+)")
_FORM = r"erq_search_package.search_form?p_company=\1&p_internal_external=E"

detect = detector("corehr", (_PAGE, _FORM), marks=((_SCRIPT, _FORM),))


class CoreHrSpider(PlatformSpider):
    """CoreHR: a search form that finds everything, results of up to 100 moved on by a form."""

    name = "corehr"

    def read_listing(self, response: TextResponse) -> Listing | Request:
        page = Page(response)
        total, last = page.count(_TOTAL), page.count(_LAST)
        form = response.css("form[name='callErecruitDoSearch']")[:1]
        forward = response.css("form[name='searchv4navigateresultsforward']")[:1]
        if total is None:
            return sent(form) if form else page.listing([])
        rows = [_row(each, page) for each in page.css("td.erq_searchv4_result_row")]
        onward = rows and forward and (last is None or last < total)
        return page.listing(rows, total, [sent(forward)] if onward else [])

    def read_advert(self, response: TextResponse) -> RawAdvert:
        page = Page(response)
        bodies = page.css("td.erq_searchv4_jobspec_row")
        external_id = page.own_id(_ID, words(bodies))
        facts = advert_from_labels(read_labels(bodies) | paired_cells(page.document))
        text = "\n".join(html_of_nodes(each.xpath("node()")) for each in bodies)
        return page.advert(external_id, facts, description=text)


def _row(card: Selector, page: Page) -> ListingRow:
    anchor = card.css("a.erq_searchv4_big_anchor")[0]
    external_id, start = id_in(_VACANCY, anchor.attrib["href"]), id_in(_PREFIX, page.text)
    teaser = card.css("td.erq_searchv4_heading3").xpath(".//text()[not(ancestor::a)]").getall()
    return row(
        external_id if start else None,
        page.join(f"{start}{external_id}"),
        {"location": words(card.css("td.erq_searchv4_heading2"))}
        | advert_from_labels(paired_cells(card)),
        title=words(anchor),
        summary=plain((plain(" ".join(teaser)) or "").removesuffix("...")),
    )
