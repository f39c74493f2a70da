"""Charts of the live jobs as SVG: the same database gives the same bytes.

Each is readable on light and dark pages, and says in words what it shows.
"""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from lxml import etree
from sqlite_utils import Database

from lgjobs.exports.figures import COUNCIL_REACH, LIVE_BY_SECTOR, LIVE_PAY, REACHES
from lgjobs.exports.optional import needed

WIDTH: Final = 8.0
"""Inches, of 72 points each."""
ENOUGH: Final = 5
"""Jobs of a region from which quartiles say something."""

PAPER, INK, GRID = "#fdfdfd", "#1f2429", "#d5d9dc"
BAR, MARK = "#2a6f9e", "#8a3c00"
_REACH_COLOURS: Final = ("#2a6f9e", "#54a5a3", "#dca140", "#b7bdc2")
_DARK: Final = {
    PAPER: "#15181b",
    INK: "#e6e9eb",
    GRID: "#3a4046",
    BAR: "#6bb0dd",
    MARK: "#f0a35e",
    _REACH_COLOURS[1]: "#6cc5c2",
    _REACH_COLOURS[2]: "#e8b764",
    _REACH_COLOURS[3]: "#5d656b",
}
"""What each colour becomes where the reader prefers dark pages."""

_SVG: Final = "http://www.w3.org/2000/svg"
_RC: Final[dict[str, Any]] = {
    "svg.fonttype": "none",
    "text.parse_math": False,
    "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans"],  # comes with matplotlib: measured alike everywhere
    "font.size": 10,
    "text.color": INK,
    "axes.edgecolor": GRID,
    "axes.facecolor": "none",
    "axes.labelcolor": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "grid.color": GRID,
    "figure.facecolor": PAPER,
    "savefig.facecolor": PAPER,
}


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture by its file's name, with what it shows in words."""

    name: str
    title: str
    words: str
    rows: int
    """Lines that it has, which make its height."""
    draw: Callable[[Any], None]
    """Puts it on matplotlib's axes."""


def write_charts(db: Database, folder: Path) -> list[Path]:
    """Write every chart into the folder, which is made if need be. Raises PackageMissing."""
    charts = [sectors_chart(db), pay_chart(db), coverage_chart(db)]
    drawn = {f"{chart.name}.svg": render(chart) for chart in charts}
    folder.mkdir(parents=True, exist_ok=True)
    for name, svg in drawn.items():
        (folder / name).write_bytes(svg)
    return [folder / name for name in drawn]


def sectors_chart(db: Database) -> Chart:
    """Live vacancies by sector, the most first."""
    rows = [(str(name), int(jobs)) for name, jobs in db.execute(LIVE_BY_SECTOR)]
    total = sum(jobs for _, jobs in rows)
    most = ", ".join(f"{name} {jobs}" for name, jobs in rows[:3])

    def draw(axes: Any) -> None:
        bars = axes.barh([name for name, _ in rows], [jobs for _, jobs in rows], color=BAR)
        axes.bar_label(bars, padding=3)
        axes.set_xlabel("live jobs")

    words = f"{total} live jobs in {len(rows)} sectors. Most: {most}." if rows else _NOTHING
    return Chart("vacancies-by-sector", "Vacancies by sector", words, len(rows), draw)


def pay_chart(db: Database) -> Chart:
    """Yearly pay of live jobs by region: the middle half, the median, all but the outer tenths.

    A region with fewer than `ENOUGH` jobs is named, and its jobs are drawn one by one.
    """
    pay: dict[str, list[float]] = defaultdict(list)
    for region, pounds in db.execute(LIVE_PAY):
        pay[region].append(pounds)
    ranked = sorted(pay.items(), key=lambda each: (-_share(each[1], 50), each[0]))
    names = [f"{region} ({len(pounds)})" for region, pounds in ranked]

    def draw(axes: Any) -> None:
        axes.set_yticks(range(len(names)), names)
        for at, (_, pounds) in enumerate(ranked):
            if len(pounds) < ENOUGH:
                axes.plot(pounds, [at] * len(pounds), "o", color=BAR, markersize=4)
                continue
            least, low, median, high, most = (_share(pounds, part) for part in (10, 25, 50, 75, 90))
            axes.hlines(at, least, most, color=BAR, linewidth=2)
            axes.barh(at, high - low, left=low, height=0.6, color=BAR)
            axes.vlines(median, at - 0.38, at + 0.38, color=MARK, linewidth=3)
        axes.xaxis.set_major_formatter(lambda pounds, _: f"£{pounds:,.0f}")
        axes.set_xlabel("pounds a year, full time; in brackets: jobs that state pay")

    medians = "; ".join(f"{region} £{_share(pounds, 50):,.0f}" for region, pounds in ranked)
    words = (
        "Bars hold the middle half of the jobs, lines all but the highest and lowest tenth,"
        f" marks are medians: {medians}."
    )
    title = "Pay of live vacancies by region"
    return Chart("pay-by-region", title, words if ranked else _NOTHING, len(ranked), draw)


def coverage_chart(db: Database) -> Chart:
    """Principal councils by region and by how their adverts are come by."""
    counts: dict[str, dict[str, int]] = defaultdict(lambda: dict.fromkeys(REACHES, 0))
    query = f"SELECT region, reach FROM ({COUNCIL_REACH}) ORDER BY region"  # noqa: S608 - ours
    for region, reach in db.execute(query):
        counts[region][reach] += 1
    totals = {reach: sum(each[reach] for each in counts.values()) for reach in REACHES}

    def draw(axes: Any) -> None:
        left = dict.fromkeys(counts, 0)
        for reach, colour in zip(REACHES, _REACH_COLOURS, strict=True):
            widths = [each[reach] for each in counts.values()]
            axes.barh(list(counts), widths, left=list(left.values()), color=colour, label=reach)
            left = {name: left[name] + counts[name][reach] for name in counts}
        axes.set_xlabel("councils")
        axes.legend(loc="lower center", bbox_to_anchor=(0.4, 1.0), ncols=4, frameon=False)

    words = "; ".join(f"{reach.lower()}: {number}" for reach, number in totals.items())
    words = f"Of {sum(totals.values())} principal councils, {words}." if counts else _NOTHING
    return Chart("coverage", "How councils are reached", words, len(counts), draw)


def render(chart: Chart) -> bytes:
    """The chart as an SVG file, the same bytes each time. Raises PackageMissing."""
    matplotlib = needed("matplotlib", "charts")
    figures = needed("matplotlib.figure", "charts")
    with matplotlib.rc_context({**_RC, "svg.hashsalt": chart.name}):
        figure = figures.Figure(figsize=(WIDTH, 1.2 + 0.28 * max(chart.rows, 2)))
        axes = figure.add_subplot()
        chart.draw(axes)
        if not chart.rows:
            axes.text(0.5, 0.5, chart.words, ha="center", transform=axes.transAxes)
        axes.set_title(chart.title, loc="left", weight="bold", pad=26 if axes.get_legend() else 8)
        axes.spines[["top", "right", "left"]].set_visible(False)
        axes.tick_params(length=0)
        axes.grid(axis="x")
        axes.set_axisbelow(True)
        axes.margins(y=0.02)
        axes.invert_yaxis()
        out = io.BytesIO()
        blank = dict.fromkeys(("Creator", "Date", "Format", "Type"))
        figure.savefig(out, format="svg", bbox_inches="tight", metadata=blank)
    return _finished(out.getvalue(), chart)


def _finished(svg: bytes, chart: Chart) -> bytes:
    """The drawing with its words for those who can not see it, and its colours for dark pages."""
    root = etree.fromstring(svg, etree.XMLParser(resolve_entities=False, no_network=True))
    title, words = f"{chart.name}-title", f"{chart.name}-words"
    root.set("role", "img")
    root.set("aria-labelledby", f"{title} {words}")
    parts: tuple[tuple[str, dict[str, str], str], ...] = (
        ("title", {"id": title}, chart.title),
        ("desc", {"id": words}, chart.words),
        ("style", {}, _dark_style()),
    )
    for at, (tag, attributes, text) in enumerate(parts):
        part = etree.Element(f"{{{_SVG}}}{tag}", attributes)
        part.text = text
        root.insert(at, part)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"


def _dark_style() -> str:
    """Rules that swap each colour wherever matplotlib wrote it into an element's own style."""
    rules = "".join(
        f'[style*="fill: {light}"]{{fill:{dark}!important}}'
        f'[style*="stroke: {light}"]{{stroke:{dark}!important}}'
        for light, dark in _DARK.items()
    )
    return f"@media (prefers-color-scheme: dark){{{rules}}}"


def _share(pounds: Sequence[float], percent: int) -> float:
    """The least of the pounds that so many percent of them do not exceed, as the views have it."""
    return sorted(pounds)[-(-len(pounds) * percent // 100) - 1]


_NOTHING: Final = "There is nothing to show yet."
