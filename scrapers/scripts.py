"""Scripts: the JSON and the strings that a page's own script holds, read without running it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote_to_bytes

from parsel import Selector

from scrapers.problems import Failure, PageProblem

_ITEM = re.compile(
    r"\s*(?:'((?:[^'\\]|\\.)*+)'"  # 'it\'s'
    r'|"((?:[^"\\]|\\.)*+)")'  # "it's"
    r"\s*([,\]])",
    re.DOTALL,
)
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))", re.DOTALL)  # \u00a3 \xa3 \'
_CONTROLS = {"n": "\n", "r": "\r", "t": "\t"}
_ENCODED = re.compile(r"%u([0-9a-fA-F]{4})|((?:%[0-9a-fA-F]{2})++)")  # %u2019 %C2%A3 %A3


def json_in(page: Selector, css: str) -> Any:
    """The JSON in the script that a selector finds. Raises PageProblem where there is none, or
    what there is breaks off."""
    text = page.css(f"{css}::text").get()
    if text is None:
        raise PageProblem(Failure.LAYOUT_CHANGED, "no data stand in the page")
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise PageProblem(Failure.PARSE_ERROR, f"the page's data: {error}") from error


def objects_in(tree: Any) -> Iterator[dict[str, Any]]:
    """Every object in a tree of JSON, outer ones first."""
    waiting: list[Any] = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            yield node
            waiting.extend(reversed(list(node.values())))
        elif isinstance(node, list):
            waiting.extend(reversed(node))


def member(owner: str, key: str) -> re.Pattern[str]:
    """Finds where an array is a member of a script's object: `owner: {size: 1, key: [`."""
    return re.compile(rf"\b{owner}\s?:\s?\{{[^{{}}]*?\b{key}\s?:\s?(?=\[)")


def argument(function: str, *before: str) -> re.Pattern[str]:
    """Finds where an array is a function's argument, after the strings before it: `f('a', [`."""
    strings = "".join(rf"\s?['\"]{re.escape(each)}['\"]\s?," for each in before)
    return re.compile(rf"\b{re.escape(function)}\({strings}\s?(?=\[)")


def strings_at(text: str, start: re.Pattern[str]) -> list[str]:
    """The strings of the array that follows a pattern: `['a', 'it\\'s']`.

    None at all where the pattern is not in the text, or what follows is no array of strings alone.
    """
    opening = start.search(text)
    if opening is None:
        return []
    at = opening.end() + 1
    found: list[str] = []
    while item := _ITEM.match(text, at):
        found.append(_ESCAPE.sub(_meant, item[1] if item[1] is not None else item[2]))
        if item[3] == "]":
            return found
        at = item.end()
    return []


def percent_decoded(text: str) -> str:
    """Text whose letters a script has escaped: `%26`, `%C2%A3`, `%A3`, `%u2019`."""
    decoded = _ENCODED.sub(_letters, text)
    return decoded.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _letters(encoded: re.Match[str]) -> str:
    if encoded[1]:
        return chr(int(encoded[1], 16))
    octets = unquote_to_bytes(encoded[2])
    try:
        return octets.decode()
    except UnicodeDecodeError:
        return octets.decode("cp1252", "replace")


def _meant(escape: re.Match[str]) -> str:
    if code := escape[1] or escape[2]:
        return chr(int(code, 16))
    return _CONTROLS.get(escape[3], escape[3])
