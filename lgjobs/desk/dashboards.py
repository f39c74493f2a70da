"""The dashboards: each chart is a question in SQL and how to draw its answer (Vega-Lite).

Only numbers are shown as metrics, and nothing as a table or a map of the plugin's own: these write
what they get into the page unescaped, or fetch from other hosts.
"""

from __future__ import annotations

from typing import Any, Final

from lgjobs.desk.questions import DATABASE, quartiles
from lgjobs.exports.figures import COUNCIL_REACH, REACHES

Chart = dict[str, Any]

BLUE: Final = "#1d5b8a"
REACH_COLOURS: Final = ("#1d5b8a", "#4aa3a2", "#e0a13a", "#b9bfc4")
"""Of `REACHES`, in its order."""

_CHOSEN = "[[AND region = :region]] [[AND sector_name = :sector]]"
_PAY = "CAST(round((salary_annual_min + salary_annual_max) / 2) AS INTEGER)"
_PLAIN: Final = {"embedOptions": {"actions": {"export": True, "source": False, "editor": False}}}
_WELL = "last_complete_at >= strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '-2 days')"


def _chart(title: str, query: str, **display: Any) -> Chart:
    return {
        "title": title,
        "db": DATABASE,
        "query": query,
        "library": "vega-lite",
        "display": {"usermeta": _PLAIN, **display},
    }


def _metric(title: str, query: str, prefix: str = "") -> Chart:
    """`query` gives one number under the name `value`."""
    display = {"field": "value", "prefix": prefix, "suffix": ""}
    return {"title": title, "db": DATABASE, "query": query, "library": "metric", "display": display}


def _axis(field: str, **more: Any) -> Chart:
    return {"field": field, "type": "quantitative", **more}


def _names(field: str, **more: Any) -> Chart:
    """Names down the side, in the order of the rows, none cut short."""
    axis = {"title": None, "labelLimit": 260}
    return {"field": field, "type": "nominal", "sort": None, "axis": axis, **more}


def _bars(title: str, query: str, name: str, number: str = "jobs") -> Chart:
    return _chart(
        title,
        query,
        mark={"type": "bar", "color": BLUE, "tooltip": True},
        encoding={"y": _names(name), "x": _axis(number, axis={"tickMinStep": 1})},
    )


def _quartiles(title: str, part: str) -> Chart:
    """Pay by a column of `live_jobs`: half of the jobs lie within the bar, half of them below
    its mark."""
    query = quartiles(part, "part", f" {_CHOSEN}")
    scale = {"zero": False, "nice": True}
    money = {"format": "~s", "labelExpr": "'£' + datum.label"}
    unit = "pounds a year, full time"
    low = _axis("lower_quartile", title=unit, scale=scale, axis=money)
    return _chart(
        title,
        query,
        encoding={"y": _names("part")},
        layer=[
            {
                "mark": {"type": "bar", "color": "#a9cbe3", "height": 10, "tooltip": True},
                "encoding": {"x": low, "x2": {"field": "upper_quartile"}},
            },
            {
                "mark": {"type": "tick", "color": BLUE, "thickness": 3, "tooltip": True},
                "encoding": {"x": _axis("median", title=unit, scale=scale)},
            },
        ],
    )


def _map(title: str, query: str, colour: Chart, size: Any, height: int) -> Chart:
    """Points at latitude and longitude; together they show the country's outline well enough."""
    return _chart(
        title,
        query,
        height=height,
        projection={"type": "mercator"},
        mark={"type": "circle", "opacity": 0.85, "tooltip": {"content": "data"}},
        encoding={
            "longitude": {"field": "longitude", "type": "quantitative"},
            "latitude": {"field": "latitude", "type": "quantitative"},
            "color": colour,
            "size": size,
        },
    )


def _options(name: str, column: str) -> Chart:
    query = f"SELECT DISTINCT {column} FROM live_jobs WHERE {column} IS NOT NULL ORDER BY 1"  # noqa: S608
    return {"name": name, "type": "select", "db": DATABASE, "query": query}


def _live(columns: str, more: str = "", closing: str = "") -> str:
    """A query of the live jobs that the filters leave."""
    return f"SELECT {columns} FROM live_jobs WHERE TRUE {closing} {_CHOSEN} {more}"  # noqa: S608


_WEEK_ON = "strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '+7 days')"
_CAME_OUT = "coalesce(posted_on, first_seen)"

_VACANCIES: Final[dict[str, Chart]] = {
    "live": _metric("Live jobs", _live("count(*) AS value")),
    "hiring": _metric("Councils hiring", _live("count(DISTINCT council) AS value")),
    "closing": _metric(
        "Closing within seven days",
        _live("count(*) AS value", closing=f"AND closes_at <= {_WEEK_ON}"),
    ),
    "median": _metric(
        "Median pay, full time",
        f"""WITH pay AS (
  SELECT {_PAY} AS pounds FROM live_jobs WHERE salary_annual_min IS NOT NULL {_CHOSEN}
)
SELECT coalesce(printf('%,d', (SELECT pounds FROM pay ORDER BY pounds
    LIMIT 1 OFFSET (SELECT (count(*) - 1) / 2 FROM pay))), '–') AS value""",  # noqa: S608
        "£",
    ),
    "over_time": _chart(
        "Adverts by the week in which they came out, past year",
        f"""SELECT date({_CAME_OUT}, '-6 days', 'weekday 0') AS week, count(*) AS adverts
FROM advert_list
WHERE {_CAME_OUT} >= date('now', '-365 days') {_CHOSEN}
GROUP BY week ORDER BY week""",  # noqa: S608
        height=180,
        mark={"type": "bar", "color": BLUE, "tooltip": True},
        encoding={
            "x": {
                "field": "week",
                "type": "temporal",
                "timeUnit": "utcyearweek",
                "axis": {"title": None, "format": "%-d %b", "labelOverlap": True},
            },
            "y": _axis("adverts"),
        },
    ),
    "by_sector": _bars(
        "Live jobs by sector",
        _live(
            "coalesce(sector_name, 'Not known') AS sector, count(*) AS jobs",
            "GROUP BY 1 ORDER BY 2 DESC, 1",
        ),
        "sector",
    ),
    "pay_region": _quartiles("Pay by region: middle half, and median", "region"),
    "pay_sector": _quartiles("Pay by sector: middle half, and median", "sector_name"),
    "closing_days": _bars(
        "Closing in the next seven days",
        _live(
            "date(closes_at) AS day, count(*) AS jobs",
            "GROUP BY 1 ORDER BY 1",
            f"AND closes_at <= {_WEEK_ON}",
        ),
        "day",
    ),
    "modes": _bars(
        "Where the work is done",
        _live(
            "coalesce(replace(work_mode, '_', ' '), 'not said') AS place, count(*) AS jobs",
            "GROUP BY 1 ORDER BY 2 DESC, 1",
        ),
        "place",
    ),
    "places": _map(
        "Where the jobs are, by their stated place; small dots are councils",
        f"""SELECT latitude, longitude, name AS place, 0 AS jobs FROM councils
WHERE valid_to IS NULL AND latitude IS NOT NULL
UNION ALL
SELECT latitude, longitude, min(place) AS place, count(*) AS jobs FROM live_jobs
WHERE latitude IS NOT NULL {_CHOSEN} GROUP BY latitude, longitude""",  # noqa: S608
        {"condition": {"test": "datum.jobs > 0", "value": BLUE}, "value": "#c9ced2"},
        _axis("jobs", legend=None, scale={"range": [12, 400]}),
        520,
    ),
}

_COVERAGE: Final[dict[str, Chart]] = {
    "councils": _metric("Principal councils", f"SELECT count(*) AS value FROM ({COUNCIL_REACH})"),  # noqa: S608
    "own": _metric(
        "Own list read",
        f"SELECT count(*) AS value FROM ({COUNCIL_REACH}) WHERE reach = '{REACHES[0]}'",  # noqa: S608
    ),
    "well": _metric(
        "Sources read to the end within two days",
        f"SELECT count(*) AS value FROM source_health WHERE {_WELL}",  # noqa: S608
    ),
    "ill": _metric(
        "Sources not read in that time",
        f"SELECT count(*) AS value FROM source_health WHERE enabled AND ({_WELL}) IS NOT TRUE",  # noqa: S608
    ),
    "reach_by_region": _chart(
        "How councils are reached, by region",
        f"""SELECT region, reach, count(*) AS councils
FROM ({COUNCIL_REACH}) GROUP BY region, reach ORDER BY region""",  # noqa: S608
        mark={"type": "bar", "tooltip": True},
        encoding={
            "y": _names("region"),
            "x": _axis("councils"),
            "color": {
                "field": "reach",
                "type": "nominal",
                "title": None,
                "scale": {"domain": list(REACHES), "range": list(REACH_COLOURS)},
                "legend": {"orient": "bottom", "columns": 2},
            },
        },
    ),
    "outcomes": _bars(
        "Sources by the outcome of their last run",
        """SELECT coalesce(last_outcome, 'never read') AS outcome, count(*) AS sources
FROM source_health GROUP BY 1 ORDER BY 2 DESC, 1""",
        "outcome",
        "sources",
    ),
    "reach_map": _map(
        "Councils at the centre of their area",
        f"SELECT * FROM ({COUNCIL_REACH}) WHERE latitude IS NOT NULL",  # noqa: S608
        {
            "field": "reach",
            "type": "nominal",
            "scale": {"domain": list(REACHES), "range": list(REACH_COLOURS)},
            "legend": None,
        },
        {"value": 60},
        620,
    ),
}

DASHBOARDS: Final[dict[str, Chart]] = {
    "vacancies": {
        "title": "Vacancies",
        "description": "What councils advertise now, what they pay, and what closes soon.",
        "settings": {"allow_fullscreen": True},
        "filters": {
            "region": _options("Region", "region"),
            "sector": _options("Sector", "sector_name"),
        },
        "layout": [
            ["live", "hiring", "closing", "median"],
            ["over_time", "over_time", "over_time", "over_time"],
            ["by_sector", "by_sector", "pay_sector", "pay_sector"],
            ["pay_region", "pay_region", "places", "places"],
            ["closing_days", "closing_days", "places", "places"],
            ["modes", "modes", "places", "places"],
        ],
        "charts": _VACANCIES,
    },
    "coverage": {
        "title": "Coverage",
        "description": "Which councils' vacancies are in here, and how fresh they are.",
        "settings": {"allow_fullscreen": True},
        "layout": [
            ["councils", "own", "well", "ill"],
            ["reach_by_region", "reach_by_region", "reach_map", "reach_map"],
            ["outcomes", "outcomes", "reach_map", "reach_map"],
        ],
        "charts": _COVERAGE,
    },
}
