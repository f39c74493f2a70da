"""XML by the piece: elements as text, so that a feed of any length is written as it comes."""

from __future__ import annotations

from html import escape


def leaf(name: str, text: str | None, **attributes: str) -> str:
    """An element with text in it, on a line of its own; nothing for None."""
    if text is None:
        return ""
    return f"<{name}{_written(attributes)}>{escape(text)}</{name}>\n"


def empty(name: str, **attributes: str) -> str:
    """An element with attributes alone."""
    return f"<{name}{_written(attributes)}/>\n"


def group(name: str, *children: str, **attributes: str) -> str:
    """An element with elements in it."""
    return f"<{name}{_written(attributes)}>\n{''.join(children)}</{name}>\n"


def _written(attributes: dict[str, str]) -> str:
    return "".join(f' {name}="{escape(value)}"' for name, value in attributes.items())
