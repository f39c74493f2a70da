"""Points of the British and Irish national grids as latitude and longitude (WGS84).

Formulas and constants: Ordnance Survey, A guide to coordinate systems in Great Britain; for the
Irish grid the datum shift of Ireland 1975. Good to about five metres.
"""

from __future__ import annotations

import math
from typing import NamedTuple


class Point(NamedTuple):
    latitude: float
    longitude: float


class _Grid(NamedTuple):
    """An ellipsoid (a, b in metres), a transverse Mercator projection, a shift to WGS84."""

    a: float
    b: float
    scale: float
    lat0: float
    lon0: float
    east0: float
    north0: float
    shift: tuple[float, float, float]
    """Metres."""
    ppm: float
    turn: tuple[float, float, float]
    """Seconds of arc."""


BRITISH = _Grid(
    a=6377563.396,
    b=6356256.909,
    scale=0.9996012717,
    lat0=49.0,
    lon0=-2.0,
    east0=400000.0,
    north0=-100000.0,
    shift=(446.448, -125.157, 542.060),
    ppm=-20.4894,
    turn=(0.1502, 0.2470, 0.8421),
)
IRISH = _Grid(
    a=6377340.189,
    b=6356034.448,
    scale=1.000035,
    lat0=53.5,
    lon0=-8.0,
    east0=200000.0,
    north0=250000.0,
    shift=(482.530, -130.596, 564.557),
    ppm=8.150,
    turn=(-1.042, -0.214, -0.631),
)
_WGS84_A = 6378137.0
_WGS84_B = 6356752.314245
_NEAR_ENOUGH = 1e-5
"""Metres."""


def _meridian(grid: _Grid, lat: float) -> float:
    """The arc of the meridian from the grid's origin to a latitude in radians, in metres."""
    n = (grid.a - grid.b) / (grid.a + grid.b)
    d, s = lat - math.radians(grid.lat0), lat + math.radians(grid.lat0)
    return (
        grid.b
        * grid.scale
        * (
            (1 + n + 5 / 4 * n**2 + 5 / 4 * n**3) * d
            - (3 * n + 3 * n**2 + 21 / 8 * n**3) * math.sin(d) * math.cos(s)
            + (15 / 8 * n**2 + 15 / 8 * n**3) * math.sin(2 * d) * math.cos(2 * s)
            - 35 / 24 * n**3 * math.sin(3 * d) * math.cos(3 * s)
        )
    )


def _on_ellipsoid(grid: _Grid, east: float, north: float) -> tuple[float, float]:
    """Latitude and longitude in radians on the grid's own ellipsoid."""
    lat = math.radians(grid.lat0)
    for _ in range(8):
        off = north - grid.north0 - _meridian(grid, lat)
        lat += off / (grid.a * grid.scale)
        if abs(off) < _NEAR_ENOUGH:
            break
    e2 = 1 - (grid.b / grid.a) ** 2
    nu = grid.a * grid.scale / math.sqrt(1 - e2 * math.sin(lat) ** 2)
    rho = grid.a * grid.scale * (1 - e2) / (1 - e2 * math.sin(lat) ** 2) ** 1.5
    eta2, t, sec = nu / rho - 1, math.tan(lat), 1 / math.cos(lat)
    x = (east - grid.east0) / nu
    latitude = lat - t * nu / rho * (
        x**2 / 2
        - x**4 / 24 * (5 + 3 * t**2 + eta2 - 9 * t**2 * eta2)
        + x**6 / 720 * (61 + 90 * t**2 + 45 * t**4)
    )
    longitude = math.radians(grid.lon0) + sec * (
        x - x**3 / 6 * (nu / rho + 2 * t**2) + x**5 / 120 * (5 + 28 * t**2 + 24 * t**4)
    )
    return latitude, longitude


def to_point(grid: _Grid, east: float, north: float) -> Point:
    """Metres east and north on a grid as WGS84 degrees."""
    lat, lon = _on_ellipsoid(grid, east, north)
    e2 = 1 - (grid.b / grid.a) ** 2
    nu = grid.a / math.sqrt(1 - e2 * math.sin(lat) ** 2)
    x, y = nu * math.cos(lat) * math.cos(lon), nu * math.cos(lat) * math.sin(lon)
    z = (1 - e2) * nu * math.sin(lat)
    rx, ry, rz = (math.radians(each / 3600) for each in grid.turn)
    k = 1 + grid.ppm / 1e6
    x, y, z = (
        grid.shift[0] + k * x - rz * y + ry * z,
        grid.shift[1] + rz * x + k * y - rx * z,
        grid.shift[2] - ry * x + rx * y + k * z,
    )
    e2 = 1 - (_WGS84_B / _WGS84_A) ** 2
    p = math.hypot(x, y)
    lat = math.atan2(z, p * (1 - e2))
    for _ in range(4):
        nu = _WGS84_A / math.sqrt(1 - e2 * math.sin(lat) ** 2)
        lat = math.atan2(z + e2 * nu * math.sin(lat), p)
    return Point(math.degrees(lat), math.degrees(math.atan2(y, x)))
