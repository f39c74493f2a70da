"""Hireserve (iCAMS): career sites with a public JSON feed of every vacancy.

Recognised by `ic_job_feeds.feed_engine`, `wd_portal.…?p_web_site_id=`, `/icamsbase/` and
hireserve.com. Facts: one search page and one answer of the feed captured in 2026, five more public
readers of feeds of other employers, and the vendor's own WordPress plugin, which asks the same
feed for descriptions too; the older portal's single list and its links from a captured front page
and one author's live notes; an advert's page from one reader's words. The source's address is the
search page, the list or the feed itself. No options.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from parsel import Selector
from scrapy import Request
from scrapy.http import TextResponse

from scrapers.board import json_of
from scrapers.detection import Detection, addresses
from scrapers.items import RawAdvert
from scrapers.labels import advert_from_labels, field_of, read_labels
from scrapers.listing import Listing, ListingRow
from scrapers.pages import decoded, html_of, inner_html, says_gone, says_no_vacancies, words
from scrapers.platform import PlatformSpider
from scrapers.problems import AdvertGone, Failure, PageProblem

FEED = "/ic_job_feeds.feed_engine"

_PRETTY = re.compile(r"/vacancy/[^/]{0,300}-(\d{1,12})\.html$", re.IGNORECASE)
_PORTAL = re.compile(r"/wd_portal\.(?:list|show_page|show_job)$", re.IGNORECASE)
_FEED_ADDRESS = re.compile(r"[\"']([^\"'\s<>?]{0,120}/ic_job_feeds\.feed_engine)\b", re.IGNORECASE)
_SCRIPT = re.compile(r"/icamsbase/js/|\btype=\"HIRESERVE/", re.IGNORECASE)


class HireserveSpider(PlatformSpider):
    """Hireserve: a search page that names its site, and a JSON feed that holds whole adverts."""

    name = "hireserve"

    def read_listing(self, response: TextResponse) -> Listing | Request:
        if urlsplit(response.url).path.endswith(FEED):
            return _read_feed(_feed_in(response), response)
        page = html_of(response)
        site = page.xpath("//input[@name='p_web_site_id']/@value").get()
        if site and (feed := _FEED_ADDRESS.search(response.text)):
            return Request(_feed_url(response.urljoin(feed[1]), site))
        links = {
            _id_of(response.urljoin(link.attrib["href"])): link
            for link in page.css("a[href]")
            if words(link)
        }
        rows = [_linked(number, link, response) for number, link in links.items() if number]
        if rows or says_no_vacancies(response):
            return Listing(rows=rows, says_empty=not rows)
        for link in page.css("a[href*='wd_portal.list']"):
            if _parameters(link.attrib["href"]).keys() <= {
                "p_web_site_id",
                "p_function",
                "p_title",
            }:
                return Request(response.urljoin(link.attrib["href"]))
        raise PageProblem(Failure.LAYOUT_CHANGED, "neither the feed's form nor a list of jobs")

    def read_advert(self, response: TextResponse) -> RawAdvert:
        page, external_id = html_of(response), _id_of(response.url)
        body = page.css("div.job_description")
        if external_id is None or words(body) is None:
            if says_gone(response):
                raise AdvertGone
            raise PageProblem(Failure.LAYOUT_CHANGED, "no advert is written on this page")
        facts = advert_from_labels(read_labels(body))
        return RawAdvert(
            external_id=external_id,
            url=response.url,
            **{**facts, "title": words(page.css("h1")[:1])},
            description=inner_html(body[:1]),
        )


def detect(page: TextResponse) -> Detection | None:
    """A page of Hireserve's, or one that points to it."""
    for address in addresses(page):
        parts, query = urlsplit(address), _parameters(address)
        site = query.get("p_web_site_id")
        if site and parts.path.endswith(FEED):
            return Detection(HireserveSpider.name, _feed_url(address, site), address)
        if site and _PORTAL.search(parts.path):
            wanted = {"p_web_site_id": site, "p_function": "map", "p_title": "Current vacancies"}
            listing = urljoin(address, "wd_portal.list?" + urlencode(wanted))
            return Detection(HireserveSpider.name, listing, address)
    found = _SCRIPT.search(page.text)
    if found and _FEED_ADDRESS.search(page.text):
        return Detection(HireserveSpider.name, page.url, found[0])
    return None


def _feed_url(near: str, site: str) -> str:
    query = {"p_web_site_id": site, "p_published_to": "WWW", "p_language": "DEFAULT"}
    asked = {"p_direct": "Y", "p_format": "MOBILE", "p_summary": "Y", "p_job_description": "Y"}
    return urljoin(near, urlsplit(near).path + "?" + urlencode({**query, **asked}))


def _feed_in(response: TextResponse) -> dict[str, Any]:
    answer = json_of(response)
    if not isinstance(answer, dict):
        raise PageProblem(Failure.LAYOUT_CHANGED, "the JSON is no feed")
    return answer


def _read_feed(answer: dict[str, Any], response: TextResponse) -> Listing:
    """The feed counts adverts that the site does not list: they are no part of it."""
    shown = [job for job in answer["jobs"] if job.get("display_in_list") != "N"]
    return Listing(
        rows=[_read_job(job, response) for job in shown],
        advertised=int(answer["total"]) - (len(answer["jobs"]) - len(shown)),
    )


def _read_job(job: dict[str, Any], response: TextResponse) -> ListingRow:
    published = (job.get("publication") or {}).get("internet") or {}
    place = next(iter(job.get("locations") or []), None) or {}
    parts = [decoded(place.get(name)) for name in ("name", "address1", "address2", "city")]
    description = (job.get("jobdescription") or {}).get("description")
    facts = advert_from_labels(_classifications(job.get("classifications") or {}))
    told = {
        "title": decoded(job["title"]),
        "reference": decoded(job.get("refno")),
        "location": ", ".join(dict.fromkeys(filter(None, parts))) or None,
        "postcode": decoded(place.get("postal_code")),
        "posted": decoded(published.get("publish_date")),
        "closes": decoded(published.get("closing_date")),
        "summary": decoded(job.get("summary")),
        "description": description or None,
    }
    advert = RawAdvert(
        external_id=str(int(job["id"])),
        url=response.urljoin(job["weblink"]),
        **{**facts, **{name: value for name, value in told.items() if value}},
    )
    return ListingRow(advert=advert, complete=advert.description is not None)


def _classifications(published: dict[str, Any]) -> dict[str, str]:
    """Label to value. Each employer names its own: a kind of pay or department counts as such."""
    pairs: dict[str, str] = {}
    for each in published.values():
        value = ", ".join(
            filter(None, (decoded(one.get("class_val")) for one in each.get("values") or []))
        )
        label = decoded(each.get("name")) or ""
        if field_of(label) is None and not label.endswith("(CY)"):
            kinds = ("Salary", "Department")
            kind = next((one for one in kinds if one.lower() in label.lower()), label)
            label = label if kind in pairs else kind
        if value:
            pairs.setdefault(label, value)
    return pairs


def _linked(number: str, link: Selector, response: TextResponse) -> ListingRow:
    url = response.urljoin(link.attrib["href"].strip())
    return ListingRow(advert=RawAdvert(external_id=number, url=url, title=words(link)))


def _id_of(url: str) -> str | None:
    path = urlsplit(url).path
    if found := _PRETTY.search(path):
        return found[1]
    return _parameters(url).get("p_web_page_id") if path.endswith("/wd_portal.show_job") else None


def _parameters(url: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(url).query))
