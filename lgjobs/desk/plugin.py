"""What the desk adds to Datasette: two SQL functions, and a map's background made of councils."""

from __future__ import annotations

import math
import re
import sqlite3
from functools import lru_cache
from html import escape
from typing import Any, Final

from pluggy import HookimplMarker

from lgjobs.desk.questions import DATABASE
from pipelines.gazetteer import kilometres
from pipelines.grid import Point
from pipelines.location import parse_location

hookimpl = HookimplMarker("datasette")

TILE_ADDRESS: Final = "/-/council-tiles/{z}/{x}/{y}.svg"
TILE: Final = 256
"""Pixels to a side."""
NAMED_FROM: Final = 8
"""From this zoom on the councils' names are written beside their dots."""
_MARGIN: Final = 160
"""Pixels: a name that begins on one tile is also drawn on the next that it reaches."""

_WORDS = re.compile(r"[^\W_]+")


def title_terms(words: str | None) -> str | None:
    """The FTS5 query for all the words in a title; None where there are none."""
    found = _WORDS.findall(words or "")
    return "title : (" + " ".join(f'"{word}"' for word in found) + ")" if found else None


def kilometres_from(place: str | None, latitude: float | None, longitude: float | None) -> Any:
    """Distance of a point from a place named in words; None if either is not known."""
    here = _point(place or "")
    if here is None or latitude is None or longitude is None:
        return None
    return kilometres(here, Point(latitude, longitude))


@lru_cache(maxsize=256)
def _point(place: str) -> Point | None:
    found = parse_location(place)
    if found.latitude is None or found.longitude is None:
        return None
    return Point(found.latitude, found.longitude)


@hookimpl
def prepare_connection(conn: sqlite3.Connection) -> None:
    """Make our SQL functions known."""
    conn.create_function("title_terms", 1, title_terms, deterministic=True)
    conn.create_function("kilometres_from", 3, kilometres_from, deterministic=True)


@hookimpl
def register_routes() -> list[tuple[str, Any]]:
    """Where the map fetches its background: nothing comes from another host."""
    return [(r"^/-/council-tiles/(?P<z>\d{1,2})/(?P<x>\d+)/(?P<y>\d+)\.svg$", _tile)]


async def _tile(request: Any, datasette: Any) -> Any:
    from datasette.utils.asgi import Response

    zoom, column, row = (int(request.url_vars[name]) for name in ("z", "x", "y"))
    found = await datasette.get_database(DATABASE).execute(
        """SELECT name, latitude, longitude FROM councils
           WHERE valid_to IS NULL AND latitude IS NOT NULL ORDER BY gss_code"""
    )
    return Response(
        draw_tile([tuple(each) for each in found.rows], zoom, column, row),
        content_type="image/svg+xml",
        headers={"Cache-Control": "max-age=3600"},
    )


def draw_tile(councils: list[tuple[str, float, float]], zoom: int, column: int, row: int) -> str:
    """A square of the web's usual map grid with a dot for each council in it, as SVG.

    `councils` are name, latitude and longitude (WGS 84).
    """
    marks = []
    for name, latitude, longitude in councils:
        across, down = _pixels(latitude, longitude, zoom)
        left, top = across - column * TILE, down - row * TILE
        if not (-_MARGIN < left < TILE + 8 and -8 < top < TILE + 8):
            continue
        marks.append(f'<circle cx="{left:.1f}" cy="{top:.1f}" r="3"/>')
        if zoom >= NAMED_FROM:
            marks.append(f'<text x="{left + 6:.1f}" y="{top + 4:.1f}">{escape(name)}</text>')
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{TILE}" height="{TILE}">'
        f'<rect width="{TILE}" height="{TILE}" fill="#f2f4f5"/>'
        f'<g fill="#6f777b" font-family="sans-serif" font-size="11">{"".join(marks)}</g></svg>'
    )


def _pixels(latitude: float, longitude: float, zoom: int) -> tuple[float, float]:
    """Where a point lies on the world map at a zoom, in web Mercator: pixels right and down."""
    world = TILE * 2.0**zoom
    north = math.asinh(math.tan(math.radians(latitude)))
    return world * (longitude + 180) / 360, world * (1 - north / math.pi) / 2
