"""FTL: the page framework of Oracle Taleo, whose script fills rows of fields into the page."""

from __future__ import annotations

from dataclasses import dataclass

from scrapers.pages import words, words_of
from scrapers.reading import Page
from scrapers.scripts import argument, member, percent_decoded, strings_at

_RICH = "!*!"
"""Before a value that is the tenant's own HTML."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a row, as its script fills it in."""

    name: str
    """What the framework calls it: `title`, `contestnumber`; the tenant's own are numbered."""
    html: str
    caption: str | None
    """The words before its place; None where the page has no place for it."""
    rich: bool = False
    """It is the tenant's own HTML, else words."""

    @property
    def text(self) -> str | None:
        return words_of(self.html)


def filled_rows(page: Page, panel: str, name: str) -> list[list[Field]]:
    """The rows that a page's script fills into a list of a panel; none for a page without.

    Raises ValueError where values, names and places do not go together.
    """
    values = strings_at(page.text, argument("api.fillList", panel, name))
    names, places = (strings_at(page.text, member(name, each)) for each in ("_hlid", "_hles"))
    if values and (not names or len(values) % len(names)):
        raise ValueError(f"{len(values)} values for {len(names)} fields of {name}")
    captions = _captions(page, panel) if values else {}
    rows = (values[at : at + len(names)] for at in range(0, len(values), len(names) or 1))
    return [
        [
            Field(
                name=meaning.rpartition(".")[2],
                html=percent_decoded(value.removeprefix(_RICH)),
                caption=captions.get(place),
                rich=value.startswith(_RICH),
            )
            for meaning, place, value in zip(names, places, row, strict=True)
        ]
        for row in rows
    ]


def _captions(page: Page, panel: str) -> dict[str, str]:
    """The places in a panel, each with the caption before it in its line."""
    keys = strings_at(page.text, member(panel, "_hles"))
    told = strings_at(page.text, argument("api.fillInterface", panel))
    texts = dict(zip(keys, told, strict=False))
    found: dict[str, str] = {}
    caption = ""
    for node in page.css(f".contentlinepanel, [id^='{panel}.']:not(input)"):
        place = node.attrib.get("id", "").removeprefix(f"{panel}.").removesuffix(".row1")
        if "contentlinepanel" in (kind := node.attrib.get("class", "")):
            caption = ""
        elif "subtitle" in kind:
            caption = percent_decoded(texts.get(place, "")) or words(node) or ""
        else:
            found.setdefault(place, caption)
    return found
