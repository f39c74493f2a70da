"""From a council's website to its platform: what a page is or leads to, and where to look next."""

from __future__ import annotations

import pkgutil
import re
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from urllib.parse import unquote, urlsplit

from parsel import Selector
from scrapy.http import HtmlResponse, TextResponse

from scrapers import spiders
from scrapers.detection import Detection, Detector
from scrapers.pages import html_of, public_url, words

GENERAL = ("jobposting", "feed", "council_site")
"""Platforms that read any site, the surest first: asked only where no other one is found."""
BOARDS = frozenset(
    {
        *("civil_service_jobs", "jobsgopublic", "myjobscotland", "north_east_jobs"),
        *("teaching_vacancies", "dwp_find_a_job"),
    }
)
"""Boards with many employers: a council that links to one may have a platform of its own."""

_LONGEST_TEXT = 80
"""Characters of a link's words: what is longer is a teaser."""
_SAYS_SO = re.compile(
    r"(?:(?:view|see|search|find|browse|apply for|our|all|current|latest|council|job|the|a|new)\s)*"
    r"(?:jobs?|vacanc(?:y|ies)|careers?|job (?:vacancies|opportunities)|recruitment"
    r"|work(?:ing)? (?:for|with) us|swyddi|swyddi gwag|gyrfaoedd|gweithio i ni"
    r"|(?:jobs|careers|vacancies|swyddi) (?:and|&|a) "
    r"(?:jobs|careers|vacancies|recruitment|training|employment|gyrfaoedd|hyfforddiant))",
    re.IGNORECASE,
)
"""Words of a link that say nothing else: "Jobs", "View current vacancies", "Swyddi gwag"."""
_SPEAKS_OF_IT = (
    (re.compile(r"\b(?:vacanc(?:y|ies)|swyddi gwag)\b", re.IGNORECASE), 40),
    (re.compile(r"\b(?:jobs?|swyddi|swydd)\b", re.IGNORECASE), 30),
    (re.compile(r"\b(?:careers?|recruitment|gyrfa(?:oedd)?|recriwtio)\b", re.IGNORECASE), 20),
    (re.compile(r"\bwork(?:ing)? (?:for|with|at) (?:us|the council)\b", re.IGNORECASE), 20),
    (re.compile(r"\bgweithio (?:i|gyda) (?:ni|'r cyngor)", re.IGNORECASE), 20),
)
"""What a link's words are worth: the first that is found counts."""
_ADDRESS_WORD = re.compile(
    r"(?:^|[./_-])(?:jobs?|vacanc(?:y|ies)|careers?|recruitment|swyddi|webrecruitment)(?:[./_?-]|$)",
    re.IGNORECASE,
)
_SOMETHING_ELSE = re.compile(
    r"\b(?:volunteer\w*|gwirfoddol\w*|foster\w*|maethu|councillors?|cynghor\w*|elections?|governors?"
    r"|casual vacanc(?:y|ies)|jobseekers?|job ?centre|fairs?|news|newyddion|events?|benefits?"
    r"|housing|garages?|allotments?|log ?in|sign ?in|register|alerts?|scams?|redundanc\w*"
    r"|privacy|equality|gender pay|complaints?|skills|support|business(?:es)?|funding)\b",
    re.IGNORECASE,
)
"""Words beside which a job is no job to apply for, or not the council's."""
_ELSEWHERE = re.compile(
    r"(?:^|\.)(?:facebook|twitter|x|linkedin|instagram|youtube|tiktok|google|threads)\.com$"
)
_FILE = re.compile(r"\.(?:pdf|docx?|xlsx?|jpe?g|png|gif|zip|ics|mp4)$", re.IGNORECASE)


@cache
def detectors() -> Mapping[str, Detector]:
    """The function `detect` of each spider's module, by the module's name."""
    names = [each.name for each in pkgutil.iter_modules(spiders.__path__)]
    modules = {name: import_module(f"{spiders.__name__}.{name}") for name in names}
    return {name: module.detect for name, module in modules.items() if hasattr(module, "detect")}


def detect(page: TextResponse) -> list[Detection]:
    """The platforms that a page is of or, if it is of none, leads to: the likeliest first.

    Whatever its content type, it is handed to the detectors as HTML. Boards with many employers
    come last. Only where nothing else is found a general platform is
    named, and one alone.
    """
    if not isinstance(page, HtmlResponse):
        page = HtmlResponse(page.url, body=page.body, encoding=page.encoding)
    asked = detectors()
    special = (find(page) for name, find in asked.items() if name not in GENERAL)
    found = [each for each in special if each is not None]
    site = urlsplit(page.url).netloc
    if own := [each for each in found if urlsplit(each.url).netloc == site]:
        return own
    if found:
        return sorted(found, key=lambda each: each.platform in BOARDS)
    general = (asked[name](page) for name in GENERAL if name in asked)
    return [each for each in general if each is not None][:1]


def vacancy_links(page: TextResponse) -> list[str]:
    """The addresses, on a council's home page or below it, that lead to vacancies: best first.

    In English and Welsh. Links to documents, social media and the page itself are left out, and
    those that speak of volunteering, elections and the like.
    """
    worth: dict[str, int] = {}
    for anchor in html_of(page).xpath("//a[@href]"):
        try:
            url = public_url(page.urljoin(anchor.attrib["href"].strip()))
            parts = urlsplit(url)
        except ValueError:
            continue
        if parts.scheme not in ("http", "https") or url == public_url(page.url):
            continue
        if _ELSEWHERE.search(parts.hostname or "") or _FILE.search(parts.path):
            continue
        if (score := _score(anchor, url)) > 0:
            worth[url] = max(score, worth.get(url, 0))
    return sorted(worth, key=lambda url: -worth[url])


def _score(anchor: Selector, url: str) -> int:
    """How surely a link leads to vacancies, by its words and its address; 0: it does not."""
    said = words(anchor) or anchor.attrib.get("aria-label") or anchor.attrib.get("title") or ""
    address = unquote(url.partition("//")[2])
    if len(said) > _LONGEST_TEXT or _SOMETHING_ELSE.search(f"{said} {address.replace('_', ' ')}"):
        return 0
    score = 20 if _ADDRESS_WORD.search(address) else 0
    if _SAYS_SO.fullmatch(said.strip(" .›»>→:")):
        return score + 100
    return score + next((worth for word, worth in _SPEAKS_OF_IT if word.search(said)), 0)
