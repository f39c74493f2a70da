"""CoreHR (Access) e-recruitment, the "search version 4" pages of corehr.com and of own domains.

Recognised by `/pls/<tenant>/erq_…` addresses. Facts: captured search form and results of three
universities (2026; order of labels and cells differs), four more public readers that agree on the
form, the pager and the advert's address; of an advert's own page only its body's cell is
evidenced. The source's address is the search form or a search of one category; everything after
the form is a POST, and the server keeps the search in a session. No options.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from form2request import form2request
from parsel import Selector
from scrapy import Request
from scrapy.http import TextResponse

from scrapers.detection import Detection, addresses
from scrapers.items import RawAdvert
from scrapers.labels import LONGEST_LABEL, advert_from_labels, read_labels
from scrapers.listing import Listing, ListingRow
from scrapers.pages import html_of, html_of_nodes, says_gone, says_no_vacancies, words
from scrapers.platform import PlatformSpider
from scrapers.problems import AdvertGone, Failure, PageProblem

_SEARCH_FORM = "form[name='callErecruitDoSearch']"
_FORWARD = "form[name='searchv4navigateresultsforward']"
_ROW = "td.erq_searchv4_result_row"
_SHOWN = re.compile(r"Displaying (\d+) to (\d+) of (\d+)", re.IGNORECASE)
_TOTAL = re.compile(r"search returned (?:a total of )?(\d+) results?", re.IGNORECASE)
_PREFIX = re.compile(r"\bl_url\s{0,4}=\s{0,4}[\"']([^\"'\s]{1,600}p_recruitment_id=)[\"']")
_VACANCY = re.compile(r"viewTheJobSpec\(\s?['\"](\w{1,20})['\"]")
_LABEL_END = re.compile(r"(?:\s*\([£€]\))?[\s:]*:\s*$")  # Salary (£) :
_OWN_NAMES = {
    "Pay Scale": "Grade",
    "Close Date": "Closing Date",
    "Dept": "Department",
    "Position Type": "Contract Type",
    "Faculty / Directorate / College": "Department",
}
"""Labels of tenants that the common list of labels lacks, by one of the list."""
_PAGE = re.compile(r"/pls/[^/?#]{1,60}/erq_(?:search|jobspec)[a-z_0-9]*\.\w", re.IGNORECASE)


class CoreHrSpider(PlatformSpider):
    """CoreHR: a search form that finds everything, results of up to 100 moved on by a form."""

    name = "corehr"

    def read_listing(self, response: TextResponse) -> Listing | Request:
        page = html_of(response)
        text = words(page) or ""
        shown, total = _SHOWN.search(text), _TOTAL.search(text)
        count = shown[3] if shown else total[1] if total else None
        if count is None:
            if page.css(_SEARCH_FORM):
                return _submitted(response, _SEARCH_FORM)
            if says_no_vacancies(response):
                return Listing(says_empty=True)
            raise PageProblem(Failure.LAYOUT_CHANGED, "neither search form nor search results")
        prefix = _PREFIX.search(response.text)
        rows = [_read_row(row, prefix, response.url) for row in page.css(_ROW)]
        is_last = shown is not None and int(shown[2]) >= int(count)
        onward = rows and not is_last and page.css(_FORWARD)
        return Listing(
            rows=rows,
            advertised=int(count),
            more=[_submitted(response, _FORWARD)] if onward else [],
        )

    def read_advert(self, response: TextResponse) -> RawAdvert:
        page, external_id = html_of(response), _parameter(response.url, "p_recruitment_id")
        bodies = page.css("td.erq_searchv4_jobspec_row")
        if external_id is None or words(bodies) is None:
            if says_gone(response):
                raise AdvertGone
            raise PageProblem(Failure.LAYOUT_CHANGED, "no advert is written on this page")
        facts = advert_from_labels(read_labels(bodies) | _pairs(page))
        return RawAdvert(
            external_id=external_id,
            url=response.url,
            **facts,
            description="\n".join(html_of_nodes(each.xpath("node()")) for each in bodies),
        )


def detect(page: TextResponse) -> Detection | None:
    """A page of CoreHR's, or one that points to it; the search of all categories where known."""
    for address in addresses(page):
        if not _PAGE.search(urlsplit(address).path):
            continue
        company = _parameter(address, "p_company")
        if company is None:
            continue
        query = urlencode({"p_company": company, "p_internal_external": "E"})
        form = f"erq_search_package.search_form?{query}"
        return Detection(CoreHrSpider.name, urljoin(address, form), address)
    return None


def _submitted(response: TextResponse, form: str) -> Request:
    request: Request = form2request(response.css(form)[:1]).to_scrapy(None)
    return request


def _read_row(row: Selector, prefix: re.Match[str] | None, near: str) -> ListingRow:
    anchor = row.css("a.erq_searchv4_big_anchor")[0]
    found = _VACANCY.search(anchor.attrib["href"])
    if found is None or prefix is None:
        raise ValueError("a result lacks its id, or the page the address of its adverts")
    teaser = row.css("td.erq_searchv4_heading3").xpath(".//text()[not(ancestor::a)]").getall()
    facts = {
        "location": words(row.css("td.erq_searchv4_heading2")),
        **advert_from_labels(_pairs(row)),
        "title": words(anchor),
        "summary": " ".join(" ".join(teaser).split()).removesuffix("...").strip() or None,
    }
    url = urljoin(near, prefix[1] + found[1])
    return ListingRow(advert=RawAdvert(external_id=found[1], url=url, **facts))


def _pairs(node: Selector) -> dict[str, str]:
    """Label to value of cells that stand side by side, several pairs in a row."""
    pairs: dict[str, str] = {}
    for cell in node.xpath(".//td[not(.//table)][following-sibling::td]"):
        label, value = words(cell) or "", words(cell.xpath("following-sibling::td[1]"))
        if value and len(label) <= LONGEST_LABEL and _LABEL_END.search(label):
            label = _LABEL_END.sub("", label)
            pairs.setdefault(_OWN_NAMES.get(label, label), value)
    return pairs


def _parameter(url: str, name: str) -> str | None:
    """A parameter of an address that says something."""
    return next((value for key, value in parse_qsl(urlsplit(url).query) if key == name), None)
