"""The health of the sources as a page and as badges, for people who did not write the program."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from html import escape

from lgjobs.exports.published import web_address
from lgjobs.exports.site.pages import ASSETS
from lgjobs.exports.site.words import day, moment
from lgjobs.health import ORDER, SourceHealth, State

_COLOURS = {
    State.NEEDS_A_PERSON: "#a2191f",
    State.UNSETTLED: "#8a3c00",
    State.NEVER_READ: "#525252",
    State.WELL: "#0e6027",
    State.SWITCHED_OFF: "#525252",
}
"""Dark enough for white letters: a contrast of at least 7 to 1."""
_STYLE = """
body { font: 1rem/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem; padding: 0 1rem;
  color: #161616; background: #fff }
table { border-collapse: collapse; width: 100%; margin: 1rem 0 }
caption { font-weight: bold; text-align: left; padding: .5rem 0 }
th, td { border-bottom: 1px solid #8d8d8d; padding: .4rem .6rem; text-align: left;
  vertical-align: top }
.number { text-align: right }
.small { width: auto; min-width: min(24rem, 100%) }
.table { overflow-x: auto }
th button { font: inherit; color: inherit; background: none; border: 0; padding: 0;
  text-align: inherit; text-decoration: underline dotted; cursor: pointer }
[aria-sort=ascending] button::after { content: " ▲" }
[aria-sort=descending] button::after { content: " ▼" }
a { color: #0043ce }
@media (prefers-color-scheme: dark) {
  body { color: #f4f4f4; background: #161616 } a { color: #a6c8ff } }
"""
_COLUMNS = (
    *("Council or board", "Source", "State", "Why", "Since", "Last read through", "Live adverts"),
)
_NUMBERS = ("Sources", "Well", "Live adverts")
_NUMBER = ' class="number"'
"""Set to the right."""


def health_page(found: Sequence[SourceHealth], made_at: str) -> str:
    """The whole page; `made_at` is UTC. Loads nothing; only sorting needs JavaScript."""
    sort = (ASSETS / "sort.js").read_text(encoding="utf-8")
    return (
        '<!doctype html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>Health of the sources</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n"
        f"{health_tables(found, made_at)}</main>\n<script>\n{sort}</script>\n</body>\n</html>\n"
    )


def health_tables(found: Sequence[SourceHealth], made_at: str) -> str:
    """What such a page says, as HTML: a heading, the sources by state and region, and each."""
    states = Counter(each.state for each in found)
    counts = "".join(
        f'<tr><th scope="row">{state.capitalize()}</th><td{_NUMBER}>{states[state]}</td></tr>\n'
        for state in ORDER
    )
    rows = "\n".join(map(_row, found))
    heads = _heads(_COLUMNS)
    return (
        f"<h1>Health of the sources</h1>\n<p>As of {moment(made_at)}.</p>\n"
        '<table class="small">\n<caption>Sources by state</caption>\n'
        f"<tbody>\n{counts}</tbody>\n</table>\n{_regions(found)}"
        '<div class="table" tabindex="0" role="region" aria-label="All sources">\n'
        '<table class="sortable">\n<caption>All sources, those that need a person first</caption>\n'
        f"<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table>\n</div>\n"
    )


def badge(source: SourceHealth) -> str:
    """An SVG badge: the source's name and its state."""
    name, state = escape(source.source), escape(source.state)
    left, right = 7 * len(source.source) + 16, 7 * len(source.state) + 16
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{left + right}" height="20" role="img" '
        f'aria-label="{name}: {state}"><title>{name}: {state}</title>'
        f'<rect width="{left}" height="20" fill="#393939"/>'
        f'<rect x="{left}" width="{right}" height="20" fill="{_COLOURS[source.state]}"/>'
        '<g fill="#fff" font-family="Verdana,sans-serif" font-size="11" text-anchor="middle">'
        f'<text x="{left / 2}" y="14">{name}</text>'
        f'<text x="{left + right / 2}" y="14">{state}</text></g></svg>\n'
    )


def _row(each: SourceHealth) -> str:
    name = escape(each.council or each.source)
    why = escape(each.why) + (f" <small>({escape(each.detail)})</small>" if each.detail else "")
    url = web_address(each.url)
    linked = f'<a href="{escape(url)}">{name}</a>' if url else name
    return (
        f'<tr><th scope="row">{linked}</th><td>{escape(each.source)}</td>'
        f"<td>{each.state.capitalize()}</td><td>{why}</td>{_day(each.since)}"
        f"{_day(each.last_complete_at)}<td{_NUMBER}>{each.adverts_open}</td></tr>"
    )


def _regions(found: Sequence[SourceHealth]) -> str:
    """How many of each region's sources are well: the map, as a table."""
    regions = sorted({each.region for each in found if each.region})
    rows = []
    for region in regions:
        here = [each for each in found if each.region == region]
        well = sum(each.state is State.WELL for each in here)
        live = sum(each.adverts_open for each in here)
        rows.append(
            f'<tr><th scope="row">{escape(region)}</th><td{_NUMBER}>{len(here)}</td>'
            f"<td{_NUMBER}>{well}</td><td{_NUMBER}>{live}</td></tr>\n"
        )
    heads = _heads(("Region", *_NUMBERS))
    return (
        '<table class="small sortable">\n<caption>By region</caption>\n'
        f"<thead><tr>{heads}</tr></thead>\n<tbody>\n{''.join(rows)}</tbody>\n</table>\n"
    )


def _heads(names: Sequence[str]) -> str:
    return "".join(f'<th scope="col"{_NUMBER * (name in _NUMBERS)}>{name}</th>' for name in names)


def _day(instant: str | None) -> str:
    """A cell with London's day of an instant, sorted by time; a dash for none."""
    return f'<td data-key="{instant or ""}">{day(instant) if instant else "–"}</td>'
