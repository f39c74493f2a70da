"""Points of the British and Irish national grids as latitude and longitude (WGS84).

Formulas and constants: Ordnance Survey, A guide to coordinate systems in Great Britain; for the
Irish grid the datum shift of Ireland 1975. Good to about five metres.
"""

from __future__ import annotations

import math
from functools import cache
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
_WGS84_E2 = 1 - (_WGS84_B / _WGS84_A) ** 2
_NEAR_ENOUGH = 1e-5
"""Metres."""


class _Terms(NamedTuple):
    """What the formulas take from the grid alone: worked out once."""

    lat0: float
    lon0: float
    """Radians."""
    along: float
    across: float
    """Scaled axes, in metres: b for the meridian, a for the parallels."""
    arc: tuple[float, float, float, float]
    """Factors of the meridian's length and of its first three sines."""
    e2: float
    turn: tuple[float, float, float]
    """Radians."""
    k: float


@cache
def _terms(grid: _Grid) -> _Terms:
    n = (grid.a - grid.b) / (grid.a + grid.b)
    rx, ry, rz = (math.radians(each / 3600) for each in grid.turn)
    return _Terms(
        lat0=math.radians(grid.lat0),
        lon0=math.radians(grid.lon0),
        along=grid.b * grid.scale,
        across=grid.a * grid.scale,
        arc=(
            1 + n + 5 / 4 * n**2 + 5 / 4 * n**3,
            3 * n + 3 * n**2 + 21 / 8 * n**3,
            15 / 8 * n**2 + 15 / 8 * n**3,
            35 / 24 * n**3,
        ),
        e2=1 - (grid.b / grid.a) ** 2,
        turn=(rx, ry, rz),
        k=1 + grid.ppm / 1e6,
    )


def _meridian(terms: _Terms, lat: float) -> float:
    """The arc of the meridian from the grid's origin to a latitude in radians, in metres."""
    d, s = lat - terms.lat0, lat + terms.lat0
    whole, first, second, third = terms.arc
    return terms.along * (
        whole * d
        - first * math.sin(d) * math.cos(s)
        + second * math.sin(2 * d) * math.cos(2 * s)
        - third * math.sin(3 * d) * math.cos(3 * s)
    )


def _on_ellipsoid(grid: _Grid, terms: _Terms, east: float, north: float) -> tuple[float, float]:
    """Latitude and longitude in radians on the grid's own ellipsoid."""
    lat, height = terms.lat0, north - grid.north0
    for _ in range(8):
        off = height - _meridian(terms, lat)
        lat += off / terms.across
        if abs(off) < _NEAR_ENOUGH:
            break
    e2, sine = terms.e2, math.sin(lat)
    bulge = 1 - e2 * sine**2
    nu = terms.across / math.sqrt(bulge)
    rho = terms.across * (1 - e2) / bulge**1.5
    eta2, t, sec = nu / rho - 1, math.tan(lat), 1 / math.cos(lat)
    x = (east - grid.east0) / nu
    latitude = lat - t * nu / rho * (
        x**2 / 2
        - x**4 / 24 * (5 + 3 * t**2 + eta2 - 9 * t**2 * eta2)
        + x**6 / 720 * (61 + 90 * t**2 + 45 * t**4)
    )
    longitude = terms.lon0 + sec * (
        x - x**3 / 6 * (nu / rho + 2 * t**2) + x**5 / 120 * (5 + 28 * t**2 + 24 * t**4)
    )
    return latitude, longitude


def to_point(grid: _Grid, east: float, north: float) -> Point:
    """Metres east and north on a grid as WGS84 degrees."""
    terms = _terms(grid)
    lat, lon = _on_ellipsoid(grid, terms, east, north)
    sine, cosine = math.sin(lat), math.cos(lat)
    nu = grid.a / math.sqrt(1 - terms.e2 * sine**2)
    x, y = nu * cosine * math.cos(lon), nu * cosine * math.sin(lon)
    z = (1 - terms.e2) * nu * sine
    (rx, ry, rz), k = terms.turn, terms.k
    x, y, z = (
        grid.shift[0] + k * x - rz * y + ry * z,
        grid.shift[1] + rz * x + k * y - rx * z,
        grid.shift[2] - ry * x + rx * y + k * z,
    )
    p = math.hypot(x, y)
    lat = math.atan2(z, p * (1 - _WGS84_E2))
    for _ in range(4):
        sine = math.sin(lat)
        nu = _WGS84_A / math.sqrt(1 - _WGS84_E2 * sine**2)
        lat = math.atan2(z + _WGS84_E2 * nu * sine, p)
    return Point(math.degrees(lat), math.degrees(math.atan2(y, x)))
