"""Hireserve (iCAMS): career sites with a public JSON feed of every vacancy.

Recognised by `ic_job_feeds.feed_engine` and `wd_portal.…?p_web_site_id=`. Facts: a search page and
an answer of the feed captured in 2026, five more public readers of feeds, and the vendor's own
WordPress plugin, which asks it for descriptions too; the older portal's single list from a captured
front page and one author's live notes; an advert's page from one reader's words. The source's
address is the search page, the list or the feed itself. No options.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, ClassVar

from scrapy import Request
from scrapy.http import TextResponse

from scrapers.board import BoardSpider, Json, at, json_of, looks_like_json
from scrapers.detection import detector
from scrapers.items import RawAdvert
from scrapers.labels import field_of
from scrapers.listing import Listing
from scrapers.pages import decoded, says_no_vacancies, words
from scrapers.reading import Page, each_once, id_in

_PRETTY = r"/vacancy/[^/?#]{0,300}-(\d{1,12})\.html(?:[?#]|$)"
_ID = re.compile(rf"{_PRETTY}|/wd_portal\.show_job\?(?:[^#]*&)?p_web_page_id=([^&#]+)", re.I)
_SITE = r"\?(?:[^#]*&)?p_web_site_id=([^&#]+)"
_FEED = re.compile(rf"https?://[^?#]*/ic_job_feeds\.feed_engine{_SITE}", re.IGNORECASE)
_FEED_FORM = re.compile(r"[\"']([^\"'\s<>?]{0,120}/ic_job_feeds\.feed_engine)[\"']", re.IGNORECASE)
_PORTAL = re.compile(rf"https?://[^?#]*/wd_portal\.(?:list|show_page|show_job){_SITE}", re.I)
_PART = r"p_(?:web_site_id|function|title)=[^&#]*"  # none that asks for some of the vacancies
_WHOLE_LIST = re.compile(rf"https?://[^?#]*/wd_portal\.list\?{_PART}(?:&{_PART})*$", re.IGNORECASE)
_ASKED = "&p_published_to=WWW&p_language=DEFAULT&p_direct=Y&p_format=MOBILE&p_summary=Y"
_ASKED += "&p_job_description=Y"

detect = detector(
    "hireserve",
    (_FEED, rf"?p_web_site_id=\1{_ASKED}"),
    (_PORTAL, r"wd_portal.list?p_web_site_id=\1&p_function=map&p_title=Current+vacancies"),
    marks=((_FEED_FORM, ""),),
)


class HireserveSpider(BoardSpider):
    """Hireserve: a search page that names its site, and a JSON feed that holds whole adverts."""

    name = "hireserve"
    fields: ClassVar = {
        "external_id": "id",
        "url": "weblink",
        "title": "title",
        "reference": "refno",
        "posted": "publication.internet.publish_date",
        "closes": "publication.internet.closing_date",
        "summary": "summary",
        "postcode": "locations.postal_code",
    }

    def read_listing(self, response: TextResponse) -> Listing | Request:
        page = Page(response)
        if looks_like_json(response) or "/ic_job_feeds.feed_engine" in response.url:
            if not isinstance(json_of(response), dict):
                raise page.unlike("the JSON is no feed")
            return super().read_listing(response)
        site = page.css("input[name='p_web_site_id']::attr(value)").get()
        if site and (feed := id_in(_FEED_FORM, page.text)):
            return Request(page.join(f"{feed}?p_web_site_id={site}{_ASKED}"))
        links = (each for each in page.css("a[href]") if words(each) and page.link_in(each, _ID))
        rows = each_once(page.linked_row(each, _ID, {"title": words(each)}) for each in links)
        is_list = rows or says_no_vacancies(response)
        return page.listing(rows) if is_list else page.link_to(_WHOLE_LIST)

    def read_advert(self, response: TextResponse) -> RawAdvert:
        page, body = Page(response), "div.job_description"
        external_id, facts = page.own_id(_ID, page.words(body)), page.facts(body)
        return page.advert(external_id, facts, title=page.words("h1"), description=page.html(body))

    def jobs(self, answer: Any) -> list[Json]:
        """The feed holds adverts that the site does not list, and counts them: they are no part."""
        return [job for job in answer["jobs"] if job.get("display_in_list") != "N"]

    def total(self, answer: Any, response: TextResponse) -> int:
        return int(answer["total"]) - (len(answer["jobs"]) - len(self.jobs(answer)))

    def told(self, job: Json, response: TextResponse) -> dict[str, Any]:
        parts = (at(job, f"locations.{name}") for name in ("name", "address1", "address2", "city"))
        place = ", ".join(dict.fromkeys(filter(None, parts))) or None
        text = (job.get("jobdescription") or {}).get("description") or None
        return {"location": place, "description": text}

    def labelled(self, job: Json) -> Iterable[tuple[str, str]]:
        """Each employer names its own kinds: one of pay or of a department counts as such."""
        pairs: dict[str, str] = {}
        for each in (job.get("classifications") or {}).values():
            values = (decoded(one.get("class_val")) for one in each.get("values") or [])
            label, value = decoded(each.get("name")) or "", ", ".join(filter(None, values))
            kinds = (one for one in ("Salary", "Department") if one.lower() in label.lower())
            kind = label if field_of(label) or label.endswith("(CY)") else next(kinds, label)
            if value:
                pairs.setdefault(label if kind in pairs else kind, value)
        return pairs.items()
