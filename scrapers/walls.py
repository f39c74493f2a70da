"""Walls: pages that stand where another page was asked for."""

from __future__ import annotations

import re

from parsel import Selector
from scrapy.http import TextResponse

from scrapers.pages import words

_LOOKED_AT = 200_000
"""Characters of a page that are looked at: a wall is a short page, and says so early."""
_FEW_WORDS = 250
"""A wall says little. A page with more words than this is content, whatever scripts it carries."""
_VERY_FEW_WORDS = 60

# Markers that only a wall carries.
_SURE = {
    "window._cf_chl_opt": "a Cloudflare challenge",
    "cf-error-details": "a Cloudflare refusal",
    "the requested url was rejected. please consult with your administrator": "a firewall (F5)",
    "incapsula incident id": "a firewall (Imperva)",
    "errors.edgesuite.net": "a firewall (Akamai)",
    "captcha-delivery.com/captcha": "a bot check (DataDome)",
    "px-captcha": "a bot check (PerimeterX)",
    "window.gokuprops": "a bot check (AWS)",
    "check.ddos-guard.net": "a bot check (DDoS-Guard)",
}
# Markers that content pages carry too: a wall only where hardly a word stands beside them.
_UNSURE = {
    "/_incapsula_resource": "a firewall (Imperva)",
    "/cdn-cgi/challenge-platform/": "a Cloudflare challenge",
    "/akam/": "a firewall (Akamai)",
    "your support id is": "a firewall (F5)",
}
_ADVERT_WORDS = ("jobposting", "salary", "closing date", "cyflog", "dyddiad cau")
_PUZZLES = ("altcha", "h-captcha", "hcaptcha", "g-recaptcha", "cf-turnstile", "captcha")

_WALL_TITLE = re.compile(
    r"just a moment\W*|attention required\W.*|access (?:to this page )?(?:has been )?denied\W*"
    r"|request rejected|pardon our interruption\W*|checking your browser\W.*"
    r"|human verification|(?:please )?verify (?:that )?you are (?:a )?human\W*"
    r"|(?:are you a|not a) robot\W*|robot check|security check(?: required)?"
    r"|bot verification|403 forbidden|forbidden|quick check needed"
)
_LOGIN_TITLE = re.compile(
    r"(?:please )?(?:log ?in|login|log ?on|sign ?in|mewngofnodi)\b"
    r"(?: (?:to|or|i|neu|required|page|form|your|existing|user)\b)?[\w ,']*"
)
_LOGIN_PATH = re.compile(r"/(?:log-?[io]n|sign-?in|account/login)\b", re.IGNORECASE)
_SESSION_OVER = re.compile(
    r"\bsession\s+(?:has\s+|is\s+)?(?:now\s+)?(?:expired|timed\s+out|ended|invalid|no\s+longer\s+valid)"
    r"|\bsession\s+time-?out\b|\bsecurity\s+violation\b",
)
_SITE_NAME = re.compile(r"\s+[-–—|:]\s+")
_TO_FILL_IN = (
    ".//input[not(@type) or not(contains(' hidden submit button checkbox image reset ',"
    " concat(' ', translate(@type, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz'),"
    " ' ')))] | .//textarea | .//select"
)


def find_wall(response: TextResponse) -> str | None:
    """What kind of wall the page is; None for a page that is what it looks like.

    The bias is towards None: a page is a wall by what only walls carry, or by hardly saying
    anything beside a puzzle, a password field or the news that the session is over.
    """
    text = response.text[:_LOOKED_AT]
    if not _is_html(text):
        return None
    page = text.lower()
    for marker, wall in _SURE.items():
        if marker in page:
            return wall
    if not _is_suspect(page):
        return None
    return _inspect(Selector(text=text, type="html"), page, response.url)


def _is_html(text: str) -> bool:
    start = text.lstrip("\ufeff \t\r\n")[:2000].lower()
    return start.startswith("<") and ("<html" in start or not start.startswith("<?xml"))


def _is_suspect(page: str) -> bool:
    """Whether a second look is worth its time."""
    hints = (*_UNSURE, *_PUZZLES, "password", "session", "security", "denied", "rejected", "robot")
    return "<title" not in page or any(hint in page for hint in hints) or _title_hit(page)


def _title_hit(page: str) -> bool:
    start = page.find(">", page.find("<title")) + 1
    return _is_wall_title(page[start : page.find("<", start)])


def _is_wall_title(title: str) -> bool:
    return any(_WALL_TITLE.fullmatch(part) for part in _heads(title))


def _heads(title: str) -> tuple[str, str]:
    """A title as it stands, and without the site's name at its end."""
    whole = " ".join(title.lower().split())[:200]
    return whole, _SITE_NAME.split(whole)[0]


def _inspect(document: Selector, page: str, url: str) -> str | None:
    text = (words(document.xpath("//body")) or "").lower()
    count = text.count(" ") + 1 if text else 0
    if count > _FEW_WORDS:
        return None
    titles = [
        head
        for title in document.xpath("//title | //h1")[:4]
        for head in _heads(title.xpath("string()").get(""))
    ]
    if any(_WALL_TITLE.fullmatch(title) for title in titles):
        return "a page that refuses or checks visitors"
    if _SESSION_OVER.search(text if count <= _VERY_FEW_WORDS else " | ".join(titles)):
        return "a page that says the session is over"
    asks_to_log_in = _LOGIN_PATH.search(url) or any(map(_LOGIN_TITLE.fullmatch, titles))
    if asks_to_log_in and document.xpath("//input[@type='password']"):
        return "a login page"
    is_advert = any(word in page for word in _ADVERT_WORDS)
    if not is_advert and any(map(page.__contains__, _PUZZLES)) and _is_mere_puzzle(document):
        return "a puzzle for visitors"
    if count <= _VERY_FEW_WORDS:
        return next((wall for marker, wall in _UNSURE.items() if marker in page), None)
    return None


def _is_mere_puzzle(document: Selector) -> bool:
    """Whether a puzzle stands on the page by itself, with nothing to fill in beside it."""
    puzzles = "|".join(
        f"//*[not(self::button or self::input)]"
        f"[contains(@class, '{name}') or contains(@id, '{name}') or contains(name(), '{name}')]"
        for name in ("captcha", "altcha", "turnstile")
    )
    return bool(document.xpath(puzzles)) and not document.xpath(f"//form[{_TO_FILL_IN}]")
