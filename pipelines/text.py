"""The first stage: an advert's title, description and summary as safe, tidy text."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from html import escape, unescape
from typing import NamedTuple

import nh3

from pipelines.advert import Advert
from pipelines.summary import summarise, teaser
from scrapers.items import RawAdvert

_INLINE = frozenset({"strong", "em", "b", "i", "a", "br"})
_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
_TABLE = frozenset({"table", "thead", "tbody", "tr", "th", "td"})
_NESTING = frozenset({"ul", "ol", "table"})
_ALLOWED = _INLINE | _HEADINGS | _TABLE | {"p", "ul", "ol", "li"}
_DROPPED_WITH_CONTENT = frozenset({"script", "style"})
_BLOCKS = frozenset({"div", "section", "article", "header", "footer", "main", "aside"}) | frozenset(
    {"blockquote", "pre", "dl", "dt", "dd", "center", "address"}
)
_NESTS = dict.fromkeys(_NESTING, "block") | {name: name for name in _INLINE - {"br"}}
_DEEPEST = 12
"""Tags nested deeper, lists and tables together, lie flat: no advert needs more, and parsing stays
linear."""
_LONGEST_TRUSTED = 20_000
"""Characters of HTML that parse fast enough however its tags are crossed."""

_CLEANER = nh3.Cleaner(
    tags=set(_ALLOWED),
    clean_content_tags=set(_DROPPED_WITH_CONTENT),
    attributes={"a": {"href"}},
    url_schemes={"http", "https", "mailto"},
    url_relative="deny",
    link_rel="nofollow noopener",
)
_INLINE_TEXT = (  # words, perhaps in bold: what nh3 gives back as it is
    r"(?:[^<>&\xa0]++|&(?:amp|lt|gt);|<br>|<(?:strong|em|b|i)>[^<>&\xa0]*+</(?:strong|em|b|i)>)*+"
)
_LIST_ITEMS = rf"(?:\n|<li>{_INLINE_TEXT}</li>)*+"  # <li>Words</li>
_SOUND = re.compile(
    r"(?:\n|"
    + "|".join(f"<{tag}>{_INLINE_TEXT}</{tag}>" for tag in ("p", *sorted(_HEADINGS)))
    + f"|<ul>{_LIST_ITEMS}</ul>|<ol>{_LIST_ITEMS}</ol>)*+"
)
"""Markup that is clean as it stands: plain tags without attributes, closed in their order."""
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,20})((?:\s|/)[^<>]{0,4000})?>")
_ANY_TAG = re.compile(
    r"</?(?:p|br|div|ul|ol|li|strong|em|b|i|u|span|font|h[1-6]|a|table|pre|section|dl|img"
    r"|script|style|svg|iframe|html|body)\b",
    re.I,
)
_ESCAPED_TAG = re.compile(
    r"&(?:amp;)?lt;/?(?:p|br|div|ul|ol|li|strong|em|b|i|u|span|font|h[1-6]|a|table)\b", re.I
)
_HIDDEN = re.compile(
    r"<span\b[^<>]{0,300}?display:\s{0,5}none[^<>]{0,300}>[^<]{0,2000}</span>", re.I
)
_PICTURE = re.compile(r"data:image/[a-zA-Z+.-]{1,20};base64,[A-Za-z0-9+/=]*")
_SPACES = re.compile(r"[^\S\n]{2,}|[^\S\n ]")
_EMPTY_BLOCK = re.compile(r"<(p|li|h[2-6]|strong|em|b|i)>(?:\s|<br>)*</\1>")
_EMPTY_IN_EMPTY = 4
_NOTHING_SEEN = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u00ad\u200b-\u200f\u2028-\u202e\ud800-\udfff\ufeff]"
)


def one_line(text: str | None) -> str | None:
    """The text on one line: control characters gone, white space collapsed; None when empty."""
    if text is None:
        return None
    if not text.isprintable():
        text = _NOTHING_SEEN.sub(" ", text)
    return " ".join(text.split()) or None


_PLAIN_SIGNS = bytes(range(0x20, 0x7F)) + b"\n"


def _all_seen(text: str) -> bool:
    """Whether the text has nothing odd: line breaks, spaces and visible signs alone."""
    odd = text.encode(errors="surrogatepass").translate(None, _PLAIN_SIGNS)
    return odd.decode(errors="surrogatepass").isprintable()


_ENTITY_NAMES = (
    *("nbsp", "bull", "middot", "pound", "hellip", "lsquo", "rsquo", "ldquo", "rdquo"),
    *("ndash", "mdash", "eacute"),
)
_ENTITY = re.compile(f"&(?:{'|'.join(_ENTITY_NAMES)});")
"""The entities that adverts are full of; none stands for a sign of markup."""
_SIGNS = {f"&{name};": unescape(f"&{name};").replace("\xa0", " ") for name in _ENTITY_NAMES}


def _single_spaced(text: str) -> str:
    """The text with each run of spaces as one."""
    while "  " in text:
        text = text.replace("  ", " ")
    return text


def clean_html(html: str) -> str:
    """HTML, escaped HTML or plain text in; HTML out that is safe to publish as it is.

    Only the tags of an advert's prose survive, without style, class, id, picture or script; links
    go to http, https and mailto alone. Plain text becomes paragraphs.
    """
    return _prose(html)[0]


def html_to_text(html: str) -> str:
    """The words of an advert's HTML (or plain text), a line a block, list items behind a bullet."""
    return _prose(html)[1]


def _prose(html: str) -> tuple[str, str]:
    """Clean HTML and its text; markup that is sound is taken to pieces only once for both."""
    seen = _all_seen(html)
    markup = _markup_of(html if seen else _NOTHING_SEEN.sub("", html))
    if len(markup) >= _LONGEST_TRUSTED:
        clean = _tidied(_sanitised(markup))
        return clean, _text_of(clean)
    pieces = _RUN_OF_TAGS.split(markup)
    runs = list(map(_plain_run, pieces[1::2]))
    stray = "<" in "".join(pieces[0::2])  # <<i>b> makes a tag once <i> is gone
    pieces[1::2] = [each.tags for each in runs]
    simple = "".join(pieces)
    tidy = (seen and "&" not in html) or _all_seen(simple)
    if stray or not tidy or not _SOUND.fullmatch(simple):
        clean = _tidied(_sanitised(simple))
        return clean, _text_of(clean)
    pieces[1::2] = [each.filled for each in runs]
    clean = _single_spaced("".join(pieces)).strip()
    pieces[1::2] = [each.text for each in runs]
    return clean, _lines("".join(pieces))


def _markup_of(html: str) -> str:
    """Markup of anything that is published as a description, its common entities read."""
    if "&" in html:  # markup that was escaped once or twice
        for _ in range(2):
            if _ANY_TAG.search(html) is None and _ESCAPED_TAG.search(html):
                html = unescape(html)
    if "data:image" in html:
        html = _PICTURE.sub("", html)
    if _ANY_TAG.search(html) is None:
        html = _paragraphs(unescape(html))
    if "=" in html and ("isplay" in html or "ISPLAY" in html):  # style="display:none"
        html = _HIDDEN.sub("", html)
    if "&" in html:
        for entity in set(_ENTITY.findall(html)):
            html = html.replace(entity, _SIGNS[entity])
    return html


def _sanitised(html: str) -> str:
    """Any markup as clean HTML; when long, or with many lists and tables, laid flat first."""
    if len(html) >= _LONGEST_TRUSTED or sum(map(html.count, _NESTING_TAGS)) > _DEEPEST:
        html = _flattened(html)
    if _SOUND.fullmatch(html):
        return html
    return _CLEANER.clean(html).replace("&nbsp;", " ")


def _tidied(clean: str) -> str:
    """Clean HTML without signs that can't be seen, empty elements and needless spaces."""
    return _SPACES.sub(" ", _without_empty(_NOTHING_SEEN.sub("", clean))).strip()


def _without_empty(html: str) -> str:
    for _ in range(_EMPTY_IN_EMPTY):
        html, emptied = _EMPTY_BLOCK.subn("", html)
        if not emptied:
            break
    return html


def _paragraphs(text: str) -> str:
    """Plain text as HTML: a blank line parts paragraphs, a line break breaks the line."""
    blocks: list[list[str]] = [[]]
    for line in map(str.strip, escape(text, quote=False).splitlines()):
        if line:
            blocks[-1].append(line)
        elif blocks[-1]:
            blocks.append([])
    return "".join(f"<p>{'<br>'.join(lines)}</p>" for lines in blocks if lines)


_MAYBE_TAG = re.compile(r"<[^<>]+>")
_RUN_OF_TAGS = re.compile(r"(<[^<>]++>\s*+(?:<[^<>]++>\s*+)*+)")  # </li>\n</ul>\n<p>
_NESTING_TAGS = tuple(f"<{name}>" for name in _NESTING)
_PLAINER = {name: name for name in _ALLOWED} | dict.fromkeys(_BLOCKS, "p") | {"h1": "h2"}


class _Run(NamedTuple):
    """Tags that follow each other, with the white space between and behind them."""

    tags: str
    """The tags an advert needs: h1 as h2, div and its like as p, others gone.

    Not a safety measure (nh3 is): it keeps blocks apart whose tags nh3 would only strip.
    """
    filled: str
    """The same without elements that hold nothing."""
    text: str
    """What stands for them in text, as `_gap` gives it."""


@lru_cache(maxsize=2048)
def _plain_run(run: str) -> _Run:
    tags = _MAYBE_TAG.sub(_plain_tag, run)
    filled = _without_empty(tags)
    return _Run(tags, filled, _gap(filled))


def _plain_tag(tag: re.Match[str]) -> str:
    parts = _TAG.fullmatch(tag[0])
    name = parts[2].lower() if parts else ""
    plain = _PLAINER.get(name)
    if parts is None or plain == "a" or name in _DROPPED_WITH_CONTENT:
        return tag[0]
    return f"<{parts[1]}{plain}>" if plain else ""


def _flattened(html: str) -> str:
    """Simplified markup of which no part is nested deeper than `_DEEPEST`."""
    depth: Counter[str] = Counter()

    def keep(tag: re.Match[str]) -> str:
        closing, name = tag[1], tag[2].lower()
        if name in _DROPPED_WITH_CONTENT:
            return tag[0]
        plain = _PLAINER.get(name)
        if plain is None:
            return ""
        if (group := _NESTS.get(plain)) is not None:
            if not closing and depth[group] == _DEEPEST:
                return ""
            if closing and depth[group] == 0 and group == name:
                return ""
            depth[group] = max(0, depth[group] - 1) if closing else depth[group] + 1
        return tag[0] if name == "a" else f"<{closing}{plain}>"

    return _TAG.sub(keep, html)


_CLEAN_TAG = re.compile(r"<(/?[a-z0-9]+)[^<>]*>")
_BREAKS = (  # what a tag is in text, if not a blank line: a line break, a bullet, a space, nothing
    {"br": "\r", "/br": "\r", "tr": "\r", "/tr": "\r", "li": "\r• ", "/li": ""}
    | dict.fromkeys(("td", "/td", "th", "/th"), " ")
    | {f"{closing}{name}": "" for name in _INLINE - {"br"} for closing in ("", "/")}
)
_EMPTY_BULLET = re.compile(r"^•(?:\n|\Z)", re.M)
_BLANK_LINES = re.compile(r"\n\n\n+")


@lru_cache(maxsize=2048)
def _gap(run: str) -> str:
    """What stands for a run of clean tags in text; a line break is a carriage return."""
    gap = _CLEAN_TAG.sub(lambda tag: _BREAKS.get(tag[1], "\r\r"), run.replace("\n", " "))
    gap = _single_spaced(gap).replace(" \r", "\r").replace("\r ", "\r")
    while "\r\r\r" in gap:
        gap = gap.replace("\r\r\r", "\r\r")
    return gap


def _text_of(clean: str) -> str:
    """Text of clean HTML. Paragraphs and headings are parted by a blank line."""
    pieces = _RUN_OF_TAGS.split(clean)
    pieces[1::2] = map(_gap, pieces[1::2])
    return _lines("".join(pieces))


def _lines(text: str) -> str:
    """The text with its entities read and its line breaks, marked by `_gap`, as line breaks."""
    if "&" in text:
        text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    text = _single_spaced(text.replace("\n", " ")).replace(" \r", "\r").replace("\r", "\n").strip()
    if "•\n" in text or text.endswith("•"):
        text = _BLANK_LINES.sub("\n\n", _EMPTY_BULLET.sub("", text)).strip()
    return text


# --- titles ---------------------------------------------------------------------------------------

_REFERENCE_WORD = (  # Job Ref No:
    r"(?:(?:job|post|vacancy|advert)\s)?ref(?:erence)?\b\.?(?:\s(?:no|number)\b\.?)?[:.]?\s?"
)
_CODE = r"[A-Z]{2,6}[-/]?\d{3,}[A-Za-z0-9/-]{0,12}"  # WMF2480e, DBS01116/26
_LEADING_REFERENCE = re.compile(
    rf"^(?:(?i:{_REFERENCE_WORD})[A-Za-z0-9/-]{{2,20}}|{_CODE})\s?[-–—:|]\s"
)
_TRAILING_REFERENCE = re.compile(
    rf"(?:\s?[-–—|,]\s|\s?[(\[]|\s)(?i:{_REFERENCE_WORD})"  # (Ref: 1234)
    r"[A-Za-z0-9/-]{0,3}\d[A-Za-z0-9/-]{0,20}[)\]]?$"
    rf"|(?:\s[-–—|]\s|\s?[(\[]){_CODE}[)\]]?$"  # - WMF2480e, (PAR219BC)
    r"|\s[A-Z]{2,6}\d{5,}$"  # HCC623673
)
_FIGURE = re.compile(r"\d")
_PAY_WORD = r"(?i:k|pa|p\.a|per|an|a|annum|hour(?:ly)?|day|week|month|year|to|up|pro|rata|fte)\b"
_TRAILING_SALARY = re.compile(  # - £25,000 - £27,000 per annum
    r"(?:\s?[-–—|:,(]\s?|\s)(?i:salary:?\s|up to\s|from\s|circa\s){0,2}£\d[^A-Za-z]{0,40}"
    rf"(?:{_PAY_WORD}[^A-Za-z]{{0,40}}){{0,12}}$"
)
_WORD = re.compile(r"(?:CO-)?[^\W\d_]+(?:['’][^\W\d_]+)?|\d\w*")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_SMALL_WORDS = _words("a an and at by for from in of on or the to with within y yr a'r")
_ACRONYMS = _words("""
    ALN AMHP ASB ASC ASD ASYE BACS BIA BIM BSL CAMHS CCTV CEO CFO CIN CLA CP CWD CYP DBS DFG
    DOLS DT DWP EAL ECT EDT EHC EHCP EHO ESOL EWO EY EYFS FE FM FTC FTE GCSE GIS HGV HLTA HMO HR
    ICT IDVA II III IRO IT IV KS LAC LADO LGR LGV LSA MASH MFL MOT MTFS NEET NHS NQT NVQ OT PA
    PE PMO PPA PR PSHE QA RE RSL SEMH SEN SENCO SEND SGO SLT SRP TA TTO UASC UK VAT VI YJS YOS
    YOT
""")


def tidy_title(title: str) -> str:
    """A title fit to print: entities read, capitals calmed, reference codes and pay taken away.

    Dashes and every other word stay. A title that is nothing but a code stays as it is.
    """
    line = one_line(unescape(unescape(title))) or ""
    tidy = _LEADING_REFERENCE.sub("", line[:400])
    if "£" in tidy:
        tidy = _TRAILING_SALARY.sub("", tidy)
    if _FIGURE.search(tidy):  # every reference at the end has one
        tidy = _TRAILING_REFERENCE.sub("", tidy)
    tidy = tidy.strip(" -–—|:,") or line
    if tidy.isupper() and sum(each.isalpha() for each in tidy) >= 4:
        tidy = _calmed(tidy)
    elif tidy.islower():
        tidy = tidy[0].upper() + tidy[1:]
    return tidy


def _calmed(capitals: str) -> str:
    """Title case of words in capitals; acronyms and codes keep theirs."""

    def calm(word: re.Match[str]) -> str:
        text = word[0]
        if text in _ACRONYMS or any(each.isdigit() for each in text):
            return text
        if word.start() and text.lower() in _SMALL_WORDS:
            return text.lower()
        return text[0] + text[1:].lower()

    return _WORD.sub(calm, capitals)


class TextStage:
    """Makes the Advert of a RawAdvert, and fills title, description and summary."""

    def process_item(self, item: RawAdvert) -> Advert:
        advert = Advert(raw=item)
        title = one_line(item.title)
        if title is None:
            advert.flag("title_missing")
        else:
            advert.title = tidy_title(title)
        if item.description:
            clean, text = _prose(item.description)
            advert.description_html, advert.description_text = clean or None, text or None
        published = one_line(html_to_text(item.summary)) if item.summary else None
        advert.summary = teaser(published) or summarise(advert.description_text or "", advert.title)
        return advert
