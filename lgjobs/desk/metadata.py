"""Datasette's metadata, made from the words of the data dictionary and our questions."""

from __future__ import annotations

from html import escape
from typing import Any, Final
from urllib.parse import urlencode

from sqlite_utils import Database

from lgjobs.desk.dashboards import DASHBOARDS
from lgjobs.desk.plugin import TILE_ADDRESS
from lgjobs.desk.questions import DATABASE, QUESTIONS
from lgjobs.store.schema import TABLES
from lgjobs.store.words import described

Metadata = dict[str, Any]

STYLE: Final = "/desk/desk.css"
_SCRIPT: Final = "/desk/desk.js"

_HIDDEN: Final = frozenset(
    {
        "raw_adverts",
        "kept_pages",
        "gone_pages",
        "adverts_to_match",
        "advert_search",
        "advert_documents",
        "_sqlite_migrations",
    }
)
"""What the program keeps for itself; raw adverts may hold the contacts that adverts print."""

_SEARCHED: Final = ("adverts", "advert_list", "live_jobs", "closing_soon", "jobs_section")
"""With the advert's number as `id`."""

_NO_MAP: Final = {"latitude_column": "none", "longitude_column": "none"}
"""Where a map would stand before the adverts: the question `map_of_jobs` is there for that."""

_SHOWN: Final = [
    ("_col", name)
    for name in ("title", "employer", "sector_name", "region", "salary_text", "closes_at", "url")
]
"""Columns that the first look at the live jobs shows; the page offers the rest."""

_FACETS: Final[dict[str, list[str]]] = {
    "adverts": ["region", "sector", "contract_type", "closed_reason"],
    "advert_list": ["region", "sector_name", "contract_type"],
    "live_jobs": ["region", "sector_name", "contract_type", "work_mode"],
    "closing_soon": ["region", "sector_name"],
    "jobs_section": ["sector", "region"],
    "councils": ["nation", "region", "type"],
    "sources": ["platform", "status"],
    "source_runs": ["outcome", "failure"],
    "source_health": ["last_outcome", "platform"],
    "advert_flags": ["flag"],
    "advert_versions": ["field"],
    "vacancies_by_month": ["month", "region", "sector"],
    "council_scorecard": ["nation", "region"],
    "job_matches": ["decision"],
}

_SORTED: Final = {"councils": "name", "sectors": "name", "sources": "id"}
_NEWEST_FIRST: Final = {"adverts": "first_seen", "runs": "id", "source_runs": "run"}
_LABELS: Final = {"councils": "name", "sectors": "name", "adverts": "title", "sources": "id"}


def desk_metadata(db: Database) -> Metadata:
    """The metadata of the desk on this database: every table, view and column described."""
    names = {*db.table_names(), *db.view_names()}
    tables = {name: _table(name, _columns(db, name)) for name in sorted(names)}
    return {
        "title": "Council jobs: the desk",
        "description_html": _welcome(),
        "extra_css_urls": [STYLE],
        "extra_js_urls": [_SCRIPT],
        "databases": {
            DATABASE: {
                "title": "Council jobs",
                "description": "Instants are UTC, dates Europe/London, money is pounds, areas are"
                " GSS codes. Empty means unknown.",
                "tables": tables,
                "queries": {
                    each.name: {
                        "title": each.title,
                        "description": each.help,
                        "sql": each.sql,
                        "params": list(each.example),
                        "hide_sql": True,
                    }
                    for each in QUESTIONS
                },
            }
        },
        "plugins": {
            "datasette-dashboards": DASHBOARDS,
            "datasette-cluster-map": {
                "tile_layer": TILE_ADDRESS,
                "tile_layer_options": {"maxZoom": 14, "attribution": "Dots: centres of councils"},
            },
        },
    }


def _columns(db: Database, name: str) -> list[str]:
    return [row[0] for row in db.execute("SELECT name FROM pragma_table_info(?)", [name])]


def _table(name: str, columns: list[str]) -> Metadata:
    """What Datasette is told of one table or view."""
    found: Metadata = {"columns": described(name, columns)}
    if name in TABLES:
        words = TABLES[name].removeprefix("View: ")
        found["description"] = words[0].upper() + words[1:]
    if name in _HIDDEN or name.startswith("advert_search_"):
        found["hidden"] = True
    if name in _SEARCHED:
        found |= {"fts_table": "advert_search", "fts_pk": "id"}
        found["plugins"] = {"datasette-cluster-map": _NO_MAP}
    for key, chosen in (
        ("facets", _FACETS),
        ("sort", _SORTED),
        ("sort_desc", _NEWEST_FIRST),
        ("label_column", _LABELS),
    ):
        if name in chosen:
            found[key] = chosen[name]
    return found


def _welcome() -> str:
    """The first page: the questions, their blanks filled in, and the dashboards."""
    boards = "".join(
        f'<li><a href="/-/dashboards/{slug}">{escape(board["title"])}</a>:'
        f" {escape(board['description'])}</li>"
        for slug, board in DASHBOARDS.items()
    )
    asked = "".join(
        f'<li><a href="{escape(each.path)}">{escape(each.title)}</a></li>' for each in QUESTIONS
    )
    live = f"/{DATABASE}/live_jobs?{urlencode(_SHOWN)}"
    return (
        "<p>Every advert that was found, as it was read: search the"
        f' <a href="{escape(live)}">live jobs</a>, start from a question, or write SQL.'
        " Nothing here can change the database.</p>"
        f'<h2>Dashboards</h2><ul class="bullets">{boards}</ul>'
        f'<h2>Questions</h2><ul class="bullets questions">{asked}</ul>'
    )
