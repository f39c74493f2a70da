"""Where a job is: the most precise place that the text names, else the employer's area."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from pipelines.advert import Advert, Basis, Evidence, Flag, WorkMode
from pipelines.areas import area, area_on, county_of, successors_today
from pipelines.employer import day_of, match_employer
from pipelines.gazetteer import kilometres
from pipelines.mentions import READ, Postcode, mentions, postcodes
from pipelines.place_context import context_of
from pipelines.placing import AROUND, Reading, read_names
from pipelines.postcodes import former_authority, is_installed, locate, locate_outward
from pipelines.work_mode import parse_work_mode

__all__ = ["Location", "LocationStage", "area_on", "parse_location"]

_LABEL = re.compile(
    r"^[ \t]*(?:job |work |main |office )?(?:location|base|place of work|work ?base|lleoliad)"
    r"[ \t]*[:–-][ \t]*([^\n]{2,200})$",
    re.IGNORECASE | re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Location:
    """Where a job is. `basis` is `inferred` where the employer's area stands in for a place.

    `authority` is the GSS code of the council of the day asked for; `authority_successor` the
    council that has the area today, where that is another.
    """

    place: str | None = None
    authority: str | None = None
    authority_successor: str | None = None
    region: str | None = None
    nation: str | None = None
    postcode: str | None = None
    country: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    work_mode: WorkMode | None = None
    multi: bool = False
    basis: Basis = Basis.NONE
    evidence: tuple[Evidence, ...] = field(default=(), compare=False)
    flags: tuple[Flag, ...] = ()

    def record(self) -> dict[str, object]:
        """The seven fields that a location is judged by."""
        return {
            "place": self.place,
            "authority": self.authority,
            "region": self.region,
            "postcode": self.postcode,
            "country": self.country,
            "work_mode": self.work_mode.value if self.work_mode else None,
            "multi": self.multi,
        }


def parse_location(
    text: str, employer: str | None = None, council: str | None = None, on: str | None = None
) -> Location:
    """Read where a job is from an advert's own words.

    `employer` is a name and `council` a GSS code: they decide between namesakes and stand in where
    the text names no place. `on` is the ISO date of posting: areas are those of that day, without
    it those of today. A place that can't be told from its namesakes is left out and flagged.
    """
    read = ", ".join(" ".join(line.split()) for line in text[:READ].splitlines() if line.strip())
    own = council or (match_employer(employer, on).council if employer else None)
    return _location(_read(read, employer, own), read, own, on)


class _Read(NamedTuple):
    """What the words of a text say, whatever the day."""

    reading: Reading
    postcode: str | None
    mode: WorkMode | None
    mode_words: tuple[Evidence, ...]


@lru_cache(maxsize=4096)
def _read(read: str, employer: str | None, own: str | None) -> _Read:
    """Kept for the next advert: those of one employer name few places, and the same ones."""
    found, rest = postcodes(read)
    full = list(dict.fromkeys(str(each) for each in found if each.inward))
    named = mentions(rest) if rest else []
    context = context_of(rest, named, found, employer, own)
    reading = read_names(rest, named, context)
    mode, mode_words = parse_work_mode(read)
    if len(full) == 1:
        reading = _at_postcode(reading, full[0])
    elif len(full) > 1:
        reading = _at_postcodes(reading, full)
    outward = None if full else _outward(found, reading, rest)
    postcode = full[0] if len(full) == 1 else str(outward) if outward else None
    if outward and not reading.multi:
        reading = _at_outward(reading, outward)
    return _Read(reading, postcode, mode, mode_words)


def _location(words: _Read, read: str, own: str | None, on: str | None) -> Location:
    reading, postcode, mode, mode_words = words
    basis = Basis.STATED if reading.authority or reading.region or reading.place else Basis.NONE
    code, successor = _of_day(reading.authority, reading.former, postcode, on)
    region, flags = reading.region, reading.flags
    if basis is Basis.NONE and own is not None and not reading.named:
        known = area(own)
        code, later = area_on(own, on)
        successor = later[0] if len(later) == 1 else None
        region = known.region or None if known else None
        basis = Basis.INFERRED if code or region else Basis.NONE
    elsewhere = reading.named or (mode is WorkMode.REMOTE and not reading.multi)
    if read and basis is not Basis.STATED and not elsewhere:
        flags = (*flags, Flag("location_unresolved", read))
    shown = area(code) or area(reading.authority)
    return Location(
        place=reading.place,
        authority=code,
        authority_successor=successor,
        region=region,
        nation=shown.nation if shown else _nation(region),
        postcode=postcode,
        country="GB" if (read or basis is not Basis.NONE) and not reading.abroad else None,
        latitude=round(reading.point.latitude, 5) if reading.point else None,
        longitude=round(reading.point.longitude, 5) if reading.point else None,
        work_mode=mode,
        multi=reading.multi,
        basis=basis,
        evidence=(*reading.evidence, *mode_words),
        flags=flags,
    )


def _nation(region: str | None) -> str | None:
    if region is None:
        return None
    return region if region in ("Wales", "Scotland", "Northern Ireland") else "England"


def _of_day(
    code: str | None, former: str | None, postcode: str | None, on: str | None
) -> tuple[str | None, str | None]:
    """The council of the day for an area of today, and today's where it is another."""
    if code is None or on is None:
        return code, None
    known = area(code)
    if known is None or known.in_force(on):
        return code, None
    by_postcode = former_authority(postcode) if postcode else None
    for each in (by_postcode, former):
        before = area(each)
        if before is not None and before.in_force(on) and code in successors_today(before.code):
            return before.code, code
    return area_on(code, on).code, code


# --- postcodes ----------------------------------------------------------------------------------


def _at_postcode(reading: Reading, postcode: str) -> Reading:
    """A full postcode decides the council, whatever the address says."""
    evidence = (*reading.evidence, Evidence(postcode, "postcode"))
    if reading.multi:
        return reading._replace(evidence=evidence)
    exact = locate(postcode)
    spot = exact or locate_outward(postcode.split()[0])
    doubts = (Flag("postcode_unknown", postcode),) if exact is None and is_installed() else ()
    if spot is None or (spot.authority is None and spot.region is None):
        return reading._replace(evidence=evidence, flags=(*reading.flags, *doubts))
    kept = tuple(each for each in reading.flags if each.name != "location_ambiguous")
    return reading._replace(
        authority=spot.authority or reading.authority,
        region=spot.region or reading.region,
        former=reading.former if spot.authority == reading.authority else None,
        point=spot.point or reading.point,
        flags=(*kept, *doubts),
        evidence=evidence,
    )


def _at_postcodes(reading: Reading, codes: list[str]) -> Reading:
    spots = [locate(code) for code in codes]
    authorities = {spot.authority if spot else None for spot in spots}
    regions = {spot.region if spot else None for spot in spots}
    return reading._replace(
        place=None,
        authority=authorities.pop() if len(authorities) == 1 else None,
        region=regions.pop() if len(regions) == 1 else None,
        former=None,
        point=None,
        multi=True,
        evidence=(*reading.evidence, *(Evidence(code, "postcode") for code in codes)),
    )


def _outward(found: list[Postcode], reading: Reading, rest: str) -> Postcode | None:
    """The one outward code of a text, where it stands beside a place near it, or alone."""
    codes = {each.outward for each in found}
    if len(codes) != 1:
        return None
    spot = locate_outward(found[0].outward)
    alone = rest.strip(" ,.") == found[0].outward
    if spot is None or spot.point is None:
        return found[0] if alone or reading.place else None
    if reading.point is not None:
        near = kilometres(reading.point, spot.point) <= AROUND
    else:
        near = reading.region is not None and reading.region == spot.region
    return found[0] if alone or near else None


def _at_outward(reading: Reading, outward: Postcode) -> Reading:
    """An outward code says more than a county, or nothing, but less than a town."""
    spot = locate_outward(outward.outward)
    county = reading.authority or ""
    if spot is None or (county and not county.startswith("E10")):
        return reading
    if county and county_of(spot.authority) != county:
        return reading
    return reading._replace(
        authority=spot.authority, region=reading.region or spot.region, point=spot.point
    )


# --- the stage ----------------------------------------------------------------------------------


class LocationStage:
    """Fills the fields of "where"."""

    def process_item(self, item: Advert) -> Advert:
        raw = item.raw
        labelled = _LABEL.search(item.description_text or "") if not raw.location else None
        text = raw.location or (labelled[1] if labelled else "")
        if raw.postcode and postcodes(raw.postcode)[0] and not _has_postcode(text):
            text = f"{text}, {raw.postcode}" if text else raw.postcode
        read = parse_location(
            text, item.employer, item.council or raw.source_employer, day_of(item)
        )
        item.place, item.postcode = read.place, read.postcode
        item.authority, item.authority_successor = read.authority, read.authority_successor
        item.region, item.nation = read.region, read.nation
        item.latitude, item.longitude = _published_point(item) or (read.latitude, read.longitude)
        item.place_basis = read.basis
        item.work_mode = parse_work_mode(raw.work_mode)[0] or read.work_mode
        for doubt in read.flags:
            item.flag(*doubt)
        return item


def _has_postcode(text: str) -> bool:
    return any(each.inward for each in postcodes(text)[0])


def _published_point(item: Advert) -> tuple[float, float] | None:
    """The point that the advert publishes, if it lies in or about the British Isles."""
    try:
        latitude, longitude = float(item.raw.latitude or ""), float(item.raw.longitude or "")
    except ValueError:
        return None
    return (latitude, longitude) if 49 <= latitude <= 61 and -11 <= longitude <= 3 else None
