"""What any page says: its visible words, its public address, that there are no vacancies."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from html import escape, unescape
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from lxml import etree
from parsel import Selector, SelectorList
from scrapy.http import TextResponse

_TRACKING = re.compile(
    r"utm_\w*|gclid|fbclid|msclkid|mc_[ce]id|_ga|_gl|trk|tracking(id)?"
    r"|usession|sessionid|phpsessid|aspsessionid\w*|jsessionid|cftoken",
    re.IGNORECASE,
)
"""Names of address parameters that tell of the visit and not of the page."""
_SESSION = re.compile(r"(?:session|sid|cfid)=[\w%+/=.-]{16,}", re.IGNORECASE)
"""A parameter that may be a session: it is, when its value is long."""
_PATH_SESSION = re.compile(r";jsessionid=[^/?#;]*", re.IGNORECASE)

_UNSEEN = frozenset(("script", "style", "template", "noscript"))
_ICONS = frozenset(("material-icons", "material-symbols-outlined"))
"""Classes of elements whose words are the name of a picture that a font draws in their place."""
_HIDING_CLASSES = _ICONS | {"hidden", "hide", "d-none", "is-hidden", "ng-hide"}
_BINDINGS = frozenset(("v-if", "v-show", "v-else", "v-cloak", "ng-if", "ng-show", "x-show", "x-if"))
"""Attributes by which a script decides whether an element is shown."""
_NOT_DISPLAYED = re.compile(r"display\s{0,9}:\s{0,9}none", re.IGNORECASE)

_THINGS = r"(?:vacanc(?:y|ies)|jobs|positions|opportunities|roles|posts)"
_STATE = r"(?:(?:current|currently|live|open|available|suitable|job|new|advertised) ){0,3}"
_NOW = r"(?:(?:currently|presently|unfortunately|at present|at the moment|at this time) ){0,2}"
_ENDS = (
    r"(?= ?(?:[.,!;:)]|$|at\b|currently|available|advertised|match|found|right now|in\b|that\b"
    r"|listed|open\b|to (?:display|show)|with us|here\b|but\b|please|just now|on our|were|are\b"
    r"|is\b))"
)
_NO_VACANCIES = re.compile(
    r"\b(?:"
    rf"there (?:are|is) {_NOW}no {_STATE}{_THINGS}{_ENDS}"  # There are currently no vacancies
    rf"|(?:we|council) {_NOW}ha(?:ve|s) {_NOW}no {_STATE}{_THINGS}{_ENDS}"  # We have no live jobs
    rf"|(?:do|does) not {_NOW}have any {_STATE}{_THINGS}{_ENDS}"  # do not have any vacancies
    rf"|no (?:current|live|open|suitable|matching) {_THINGS}{_ENDS}"  # No current vacancies
    rf"|no {_STATE}{_THINGS} (?:were |are |have been )?{_NOW}"  # No vacancies at present
    r"(?:found|available|advertised|listed|match|at (?:this|the) (?:time|moment)|at present)"
    r"|no (?:suitable matches|results (?:were )?found)"
    r"|0 (?:vacancies|jobs|results|adverts)"
    r"|(?:nid oes|does)(?: gennym)?(?: ni)?(?: unrhyw| dim| ddim)? (?:swyddi|swydd)\b"
    r"|dim (?:swyddi|canlyniadau)\b"  # Dim swyddi gwag ar hyn o bryd
    r")"
)
_ONLY_SAYS_NONE = re.compile(
    rf"(?:(?:sorry|currently|unfortunately),? )?no {_STATE}{_THINGS}(?: to (?:display|show))?[.!]?"
)
"""A piece of text that says so and nothing else: "Sorry, no vacancies."."""
_SUPPOSED = re.compile(r"\b(?:if|when|whenever|where|should|unless|even|os|pan)\b[^.!?]*$")

_GONE = re.compile(
    r"\b(?:job|vacancy|advert|advertisement|position|role|post)\s+(?:you\s+\w+\s+looking\s+for\s+)?"
    r"(?:is\s+(?:now\s+)?(?:no\s+longer|closed|expired)"
    r"|has\s+(?:now\s+)?(?:closed|expired|ended|been\s+(?:filled|removed|withdrawn|closed))"
    r"|(?:is\s+)?no\s+longer\s+(?:available|exists))"
    r"|\bswydd\s+(?:hon|yma)?\s*wedi\s+cau\b",
    re.IGNORECASE,
)


def words(node: Selector | SelectorList[Selector] | None) -> str | None:
    """The visible words of an element, blanks collapsed; None where there are none."""
    nodes = [] if node is None else [node] if isinstance(node, Selector) else node
    return plain(" ".join(text for each in nodes for text in _visible(each.root)))


def words_of(html: str | None) -> str | None:
    """The visible words of a piece of HTML; None where there are none."""
    return words(Selector(text=html, type="html")) if html else None


def _visible(root: Any) -> Iterator[str]:
    """The pieces of text under an element, but for what a browser does not show."""
    if not isinstance(root, etree._Element):
        yield str(root)
        return
    hidden: etree._Element | None = None
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            if hidden is None and _is_hidden(element):
                hidden = element
            if hidden is None:
                yield element.text or ""
        else:
            hidden = None if hidden is element else hidden
            if hidden is None and element is not root:
                yield element.tail or ""


def _is_hidden(element: etree._Element) -> bool:
    if not isinstance(element.tag, str) or element.tag in _UNSEEN:
        return True
    return (
        "hidden" in element.attrib
        or element.get("aria-hidden") == "true"
        or not _HIDING_CLASSES.isdisjoint(element.get("class", "").lower().split())
        or not _BINDINGS.isdisjoint(element.attrib)
        or _NOT_DISPLAYED.search(element.get("style", "")) is not None
    )


def plain(text: str | None) -> str | None:
    """A published string with its blanks collapsed; None for one that holds nothing."""
    return " ".join(text.split()) or None if text else None


def decoded(value: object) -> str | None:
    """A string or number out of JSON, HTML entities decoded and blanks collapsed."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    return plain(unescape(str(value)))


def inner_html(node: Selector | SelectorList[Selector]) -> str | None:
    """What stands inside an element, as HTML; None where there are no words in it."""
    return html_of_nodes(node.xpath("node()")) or None if words(node) else None


def html_of_nodes(nodes: SelectorList[Selector]) -> str:
    """Nodes as HTML; words that look like markup stay words."""
    parts = (
        escape(each.root, quote=False) if isinstance(each.root, str) else each.get()
        for each in nodes
    )
    return "".join(parts).strip()


def public_url(url: str) -> str:
    """An address without its fragment and without session and tracking parameters."""
    parts = urlsplit(url.strip())
    query = [
        pair
        for pair in parse_qsl(parts.query, keep_blank_values=True)
        if not _TRACKING.fullmatch(pair[0]) and not _SESSION.fullmatch("=".join(pair))
    ]
    kept = parts.query if len(query) == parts.query.count("&") + 1 else urlencode(query)
    path = _PATH_SESSION.sub("", parts.path)
    return urlunsplit((parts.scheme, parts.netloc, path, kept if query else "", ""))


def id_of_url(url: str) -> str:
    """An id drawn from an address: path and query, without host, session and closing slash."""
    parts = urlsplit(public_url(url))
    return parts.path.rstrip("/") + (f"?{parts.query}" if parts.query else "") or "/"


def says_no_vacancies(response: TextResponse) -> bool:
    """Whether the page says in English or Welsh, to be seen, that there are no vacancies.

    A sentence that only supposes it ("If there are no vacancies that suit you") does not.
    """
    pieces = (" ".join(text.casefold().split()) for text in _visible(html_of(response).root))
    return any(map(_ONLY_SAYS_NONE.fullmatch, pieces)) or _says(_NO_VACANCIES, response)


def says_gone(response: TextResponse) -> bool:
    """Whether the page says that its vacancy is closed, filled or withdrawn.

    To be asked of a page that holds no advert: adverts speak of closed posts too.
    """
    return _says(_GONE, response)


def _says(statement: re.Pattern[str], response: TextResponse) -> bool:
    text = (words(html_of(response)) or "").casefold()
    return any(
        not _SUPPOSED.search(text[max(0, found.start() - 60) : found.start()])
        for found in statement.finditer(text)
    )


@lru_cache(maxsize=2)
def html_of(response: TextResponse) -> Selector:
    """The page as HTML, whatever its content type says; parsed once however often it is asked."""
    return Selector(text=response.text or "<p/>", type="html")
