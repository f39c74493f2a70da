"""What of an advert may leave: cleaned of what breaks or deceives a reader, without contacts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final
from urllib.parse import quote, urlsplit

from sqlite_utils import Database

from lgjobs.store.masking import mask_contacts
from pipelines.text import clean_html

Row = dict[str, Any]

LONGEST = 2_000
"""Characters of any one value, the prose apart: a spreadsheet's cell takes 32,767."""

_UNSAFE: Final = re.compile(
    "["
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # control characters: no XML has them
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # turn the direction of writing round
    "\u2028\u2029"  # line breaks to some readers, not to others
    "\ud800-\udfff\ufffe\uffff"  # no characters at all
    "]"
)
_CLEAN_TAG: Final = re.compile(
    r"</?(?:strong|em|b|i|a|p|ul|ol|li|h[2-6]|table|thead|tbody|tr|th|td)>|<br>"  # <p>
    r'|<a (?:href="(?:https?|mailto):[^"<>]*" )?rel="nofollow noopener">'  # a link as sanitised
)
"""The tags that sanitised prose consists of: prose with no other needs no second cleaning."""
_MAIL_LINK: Final = re.compile(r'<a href="mailto:[^"<>]*" rel="nofollow noopener">([^<]*)</a>')
_NINE_DIGITS: Final = re.compile(r"\d(?:[ )-]{0,2}\d){8}")  # the least of a number: 0 1632 96012
_URL_SAFE: Final = ":/?#[]@!$&'()*+,;=%~"


def with_description(db: Database, rows: Iterable[Row]) -> Iterator[Row]:
    """The rows, each with `description_text` and `description_html` as stored."""
    sql = "SELECT description_text, description_html FROM advert_texts WHERE advert = ?"
    for row in rows:
        text, html = db.execute(sql, [row["id"]]).fetchone() or (None, None)
        yield row | {"description_text": text, "description_html": html}


def published(rows: Iterable[Row]) -> Iterator[Row]:
    """The rows as anybody may see them; every writer of an export takes its rows through here.

    Contacts are masked, addresses that are not of the web are None, prose is sanitised again where
    it does not look so, and of no value does a reader see more than LONGEST characters.
    """
    for row in rows:
        yield {
            name: _CLEANING.get(name, safe_text)(value) if isinstance(value, str) else value
            for name, value in row.items()
        }


def stable_id(row: Row) -> str:
    """The advert's id in every export: a URI of its source and the source's own id for it."""
    return f"lgjobs:{quote(row['source_id'], safe='')}/{quote(row['external_id'], safe='')}"


def safe_text(text: str) -> str:
    """The text without characters that break a file or deceive the eye, cut to LONGEST."""
    if not text.isprintable():
        text = _UNSAFE.sub("", text)
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def web_address(url: str) -> str | None:
    """The address in ASCII if it is one of the web, else None: `javascript:` leads nowhere."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.netloc or len(url) > LONGEST:
        return None
    return quote(_UNSAFE.sub("", url).strip(), safe=_URL_SAFE)


def _masked(text: str) -> str:
    """As `mask_contacts`, which is asked only where a contact can be: most prose has none."""
    if "@" in text or _NINE_DIGITS.search(text):
        return mask_contacts(text) or ""
    return text


def _masked_line(text: str) -> str:
    return _masked(safe_text(text))


def _masked_prose(text: str) -> str:
    return _masked(_UNSAFE.sub("", text))


def _safe_html(html: str) -> str:
    """Sanitised HTML without contacts; links to a mailbox go."""
    html = _UNSAFE.sub("", html)
    if "<" in _CLEAN_TAG.sub("", html):
        html = clean_html(html)
    return _masked(_MAIL_LINK.sub(r"\1", html))


_CLEANING: Final[Mapping[str, Callable[[str], str | None]]] = {
    **dict.fromkeys(
        ("title", "summary", "employer", "recruiter", "department", "grade"), _masked_line
    ),
    **dict.fromkeys(("salary_text", "location_text", "hours_text"), _masked_line),
    **dict.fromkeys(("url", "apply_url"), web_address),
    "description_text": _masked_prose,
    "description_html": _safe_html,
}
"""How each column is cleaned; the others are as `safe_text` leaves them."""
