"""What the demo's JSON boards share: a tenant's live adverts, answers, and text with labels."""

from __future__ import annotations

import html
import json
from collections.abc import Mapping
from typing import Any

from lgjobs.demo.adverts import DemoAdvert
from lgjobs.demo.web import Reply

JSON = "application/json; charset=utf-8"
_LABELS: Mapping[str, str] = {
    "salary": "Salary",
    "hours": "Hours per week",
    "contract": "Contract type",
    "pattern": "Working pattern",
    "reference": "Reference",
    "location": "Location",
}


def answer(tree: Any, status: int = 200, headers: tuple[tuple[str, str], ...] = ()) -> Reply:
    """A JSON answer."""
    return Reply(json.dumps(tree).encode(), status=status, content_type=JSON, headers=headers)


def labelled_text(advert: DemoAdvert, *names: str) -> str:
    """The description, and under it labelled lines for what the platform has no field for; the
    name "closes" stands for the closing date in words."""
    lines = []
    for name in names:
        value = spoken_closing(advert) if name == "closes" else getattr(advert, name)
        label = "Closing date" if name == "closes" else _LABELS[name]
        if value:
            lines.append(f"<p><strong>{label}:</strong> {html.escape(value)}</p>")
    return "\n".join((advert.description, *lines))


def spoken_closing(advert: DemoAdvert) -> str | None:
    """`14 March 2026 at 12:00`; without the hour where it is the day's end."""
    ends = advert.ends()
    if ends is None:
        return None
    day = f"{ends.day} {ends:%B %Y}"
    return day if f"{ends:%H:%M}" == "23:59" else f"{day} at {ends:%H:%M}"


def ends_iso(advert: DemoAdvert) -> str | None:
    """The closing instant with its offset: `2026-03-14T23:59:59+00:00`."""
    ends = advert.ends()
    return ends.isoformat(timespec="seconds") if ends else None


def is_remote(advert: DemoAdvert) -> bool:
    return (advert.location or "").casefold().startswith(("remote", "home"))


def page(title: str, body: str, head: str = "") -> Reply:
    """A small page for people."""
    text = (
        '<!doctype html>\n<html lang="en"><head>'
        f"<title>{html.escape(title)}</title>\n{head}</head>\n"
        f"<body><main>\n<h1>{html.escape(title)}</h1>\n{body}\n</main></body></html>\n"
    )
    return Reply(text.encode())
