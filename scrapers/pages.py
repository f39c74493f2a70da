"""What any page says: its visible words, its public address, that there are no vacancies."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from parsel import Selector, SelectorList
from scrapy.http import TextResponse

_TRACKING = re.compile(
    r"utm_\w*|gclid|fbclid|msclkid|mc_[ce]id|_ga|_gl|trk|tracking(id)?"
    r"|usession|sessionid|session|phpsessid|aspsessionid\w*|jsessionid|sid|cfid|cftoken",
    re.IGNORECASE,
)
"""Names of address parameters that tell of the visit and not of the page."""
_PATH_SESSION = re.compile(r";jsessionid=[^/?#;]*", re.IGNORECASE)

_HIDDEN = (
    "ancestor-or-self::*[@hidden or @aria-hidden='true' or self::script or self::style"
    " or self::template or self::noscript or self::head"
    " or contains(translate(@style,' ','') , 'display:none')]"
)

_THINGS = (
    r"(?:vacanc(?:y|ies)|jobs?|job vacancies|positions?|opportunities|opportunity|roles?|posts)"
)
_STATE = r"(?:(?:current|currently|live|open|available|suitable|job|new|matching|advertised) ){0,3}"
_WHEN = r"(?:(?:currently|presently|at present|at the moment|sadly|unfortunately) ){0,2}"
_NO_VACANCIES = re.compile(
    rf"""\b(?:
      there\ (?:are|is)\ {_WHEN}no\ {_STATE}{_THINGS}        # There are currently no vacancies
    | (?:we|the\ council)\ {_WHEN}ha(?:ve|s)\ {_WHEN}no\ {_STATE}{_THINGS}  # We have no live jobs
    | (?:do|does)\ not\ {_WHEN}have\ any\ {_STATE}{_THINGS}  # do not currently have any vacancies
    | no\ {_STATE}{_THINGS}\ (?:were\ |are\ |is\ |have\ been\ )?{_WHEN}
      (?:found|available|advertised|listed|at\ (?:this|the)\ (?:time|moment)|at\ present|match)
    | no\ (?:current|live|open|suitable)\ {_THINGS}\b        # No current vacancies
    | no\ (?:suitable\ matches|results\ (?:were\ )?found)
    | 0\ (?:vacancies|jobs|results|adverts)(?:\ found)?
    | (?:nid\ oes|does)\ (?:(?:unrhyw|dim)\ )?(?:swyddi|swydd)\b  # Nid oes unrhyw swyddi gwag
    | dim\ swyddi\b                                          # Dim swyddi gwag ar hyn o bryd
    | dim\ canlyniadau\b
    )""",
    re.VERBOSE,
)
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
    if node is None:
        return None
    return plain(" ".join(node.xpath(f".//text()[not({_HIDDEN})]").getall()))


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
    return "".join(node.xpath("node()").getall()).strip() or None if words(node) else None


def public_url(url: str) -> str:
    """An address without its fragment and without session and tracking parameters."""
    parts = urlsplit(url.strip())
    query = [
        pair
        for pair in parse_qsl(parts.query, keep_blank_values=True)
        if not _TRACKING.fullmatch(pair[0])
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
    text = (words(_html(response)) or "").casefold()
    return any(
        not _SUPPOSED.search(text[max(0, found.start() - 60) : found.start()])
        for found in _NO_VACANCIES.finditer(text)
    )


def says_gone(response: TextResponse) -> bool:
    """Whether the page says that its vacancy is closed, filled or withdrawn."""
    return _GONE.search(words(_html(response)) or "") is not None


def _html(response: TextResponse) -> Selector:
    return Selector(text=response.text, type="html")
