"""JobPosting markup as career pages publish it: tidy, odd and broken.

Shapes and defects as public collections of real pages show them (schema.org's examples, parsers'
samples, measured career sites). An advert's quirks choose: `shape` how the markup stands on the
page, `ends` and `posted` how dates are written, `place` and `org` how those objects look,
`employment` the words for the kind of contract, `geo` coordinates, `remote` work from home.
"""

from __future__ import annotations

import html
import json
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import Any

from lgjobs.demo.adverts import LONDON, DemoAdvert, Pay

Json = Any
CONTEXT = "https://schema.org"


def posting(advert: DemoAdvert, url: str) -> dict[str, Json]:
    """The JobPosting of an advert, before any defect of the page around it."""
    quirks = advert.quirks
    found: dict[str, Json] = {
        "@context": CONTEXT,
        "@type": "JobPosting",
        "title": advert.title,
        "description": advert.description,
        "datePosted": _posted(advert.posted, quirks.get("posted", "date")),
        "hiringOrganization": _organisation(advert, quirks.get("org", "object")),
        "jobLocation": _place(advert, quirks.get("place", "object")),
        "employmentType": _employment(advert),
        "url": url,
    }
    if advert.reference:
        found["identifier"] = {
            "@type": "PropertyValue",
            "name": advert.employer,
            "value": advert.reference,
        }
    if advert.closes and quirks.get("ends") != "none":
        found["validThrough"] = _valid_through(advert, quirks.get("ends", "offset"))
    if advert.pay:
        found["baseSalary"] = base_salary(advert.pay, advert.salary or "")
        if advert.pay.shape == "string":
            found["salaryCurrency"] = "GBP"
    if advert.hours:
        found["workHours"] = advert.hours
    if advert.category:
        found["occupationalCategory"] = advert.category
    if quirks.get("remote"):
        found["jobLocationType"] = "TELECOMMUTE"
        found["applicantLocationRequirements"] = {"@type": "Country", "name": "United Kingdom"}
    return found


def base_salary(pay: Pay, text: str) -> Json:
    """`baseSalary` in one of the shapes that pages use; `text` is the pay in words."""
    low, high = _plain(pay.low), _plain(pay.high)
    values: dict[str, Json] = {
        "range": {"minValue": low, "maxValue": high, "unitText": pay.unit},
        "value": {"value": low, "unitText": pay.unit},
        "bare": low,
        "sentence": {"value": text, "unitText": pay.unit},
        "pounds": {"minValue": f"£{low:,}", "maxValue": f"£{high:,}", "unitText": pay.unit},
        "zero": {"minValue": 0, "maxValue": 0, "unitText": pay.unit},
        "list": {"minValue": low, "maxValue": high, "unitText": pay.unit},
    }
    if pay.shape == "number":
        return low
    if pay.shape == "string":
        return str(low)
    amount = {"@type": "MonetaryAmount", "currency": "GBP"}
    if pay.shape == "flat":
        return {**amount, "minValue": low, "maxValue": high}
    value = values[pay.shape]
    if isinstance(value, dict):
        value = {"@type": "QuantitativeValue", **value}
    whole = {**amount, "value": value}
    return [whole] if pay.shape == "list" else whole


def scripts(advert: DemoAdvert, url: str, others: Sequence[dict[str, Json]]) -> str:
    """What stands in the page's head: script elements with the posting, in the advert's shape.

    `others` are postings of related adverts, for a page that carries those too.
    """
    shape = advert.quirks.get("shape", "plain")
    found = posting(advert, url)
    if shape in _REWRITTEN:
        return _script(_REWRITTEN[shape](json.dumps(found, indent=2)))
    if shape in _WRAPPED:
        return _script(json.dumps(_WRAPPED[shape](found), indent=2))
    if shape == "none":
        return _script(json.dumps({"@context": CONTEXT, "@type": "WebSite", "name": "Jobs"}))
    if shape == "related":
        return "\n".join(_script(json.dumps(each)) for each in (*others, found))
    if shape == "loud_type":
        return f"<SCRIPT TYPE='Application/LD+JSON; charset=utf-8'>{json.dumps(found)}</SCRIPT>"
    if shape == "null_first":
        return "\n".join((_script("null"), _script(""), _script(json.dumps(found))))
    return _script(json.dumps(found, ensure_ascii=False))


def _script(text: str) -> str:
    safe = text.replace("</", "<\\/")
    return f'<script type="application/ld+json">{safe}</script>'


_WRAPPED: Mapping[str, Callable[[dict[str, Json]], Json]] = {
    "array": lambda found: [{"@context": CONTEXT, "@type": "BreadcrumbList"}, found],
    "graph": lambda found: {
        "@context": CONTEXT,
        "@graph": [
            {"@type": "WebPage", "name": found["title"]},
            {"@type": "Organization", "name": "Careers"},
            _without(found, "@context"),
        ],
    },
    "main_entity": lambda found: {
        "@context": CONTEXT,
        "@type": "WebPage",
        "mainEntity": _without(found, "@context"),
    },
    "item_list": lambda found: {
        "@context": CONTEXT,
        "@type": "ItemList",
        "itemListElement": [{"@type": "ListItem", "position": 1, "item": found}],
    },
    "type_list": lambda found: {**found, "@type": ["Thing", "JobPosting"]},
    "prefixed": lambda found: {**found, "@type": "schema:JobPosting"},
    "full_type": lambda found: {**found, "@type": "http://schema.org/JobPosting"},
    "escaped": lambda found: {**found, "description": html.escape(found["description"])},
    "escaped_twice": lambda found: {
        **found,
        "title": html.escape(found["title"]),
        "description": html.escape(html.escape(found["description"])),
    },
    "untitled": lambda found: _without(found, "title"),
    "template": lambda found: {
        **found,
        "hiringOrganization": {"@type": "Organization", "name": "UNAVAILABLE"},
        "jobBenefits": "Hidden (${12781}",
        "industry": "${34271}",
    },
}
_REWRITTEN: Mapping[str, Callable[[str], str]] = {
    "commented": lambda text: "<!-- job data -->\n{\n// written nightly" + text.removeprefix("{"),
    "cdata": lambda text: f"//<![CDATA[\n{text}\n//]]>",
    "trailing_comma": lambda text: text.removesuffix("\n}") + ",\n}",
    "control": lambda text: text.replace("\\n", "\n\t"),
    "escaped_whole": html.escape,
    "broken": lambda text: text.replace('"title": "', '"title": "Our "flexible" ', 1),
}


def microdata(advert: DemoAdvert) -> str:
    """The advert as microdata; as in schema.org's own sample the employer stands in the text."""
    salary = (
        '<span itemprop="baseSalary" itemscope itemtype="http://schema.org/MonetaryAmount">'
        '<meta itemprop="currency" content="GBP">'
        f'<span itemprop="value">{html.escape(advert.salary or "")}</span></span>'
    )
    ends = f"{advert.closes:%Y-%m-%d}" if advert.closes else ""
    return (
        '<div itemscope itemtype="http://schema.org/JobPosting">\n'
        f'<h1 itemprop="title">{html.escape(advert.title)}</h1>\n'
        f'<p>Posted <time itemprop="datePosted" datetime="{advert.posted}">recently</time></p>\n'
        f'<meta itemprop="validThrough" content="{ends}">\n<p>Pay: {salary}</p>\n'
        '<div itemprop="jobLocation" itemscope itemtype="http://schema.org/Place">'
        '<div itemprop="address" itemscope itemtype="http://schema.org/PostalAddress">'
        f'<span itemprop="addressLocality">{html.escape(advert.location or "")}</span>'
        '<span itemprop="addressRegion"></span>'
        f'<span itemprop="postalCode">{advert.postcode or ""}</span></div></div>\n'
        f'<span itemprop="employmentType">{html.escape(_words_of_terms(advert))}</span>\n'
        f'<span itemprop="workHours">{html.escape(advert.hours or "")}</span>\n'
        f'<div itemprop="description">\n{advert.description}\n'
        '<p itemprop="hiringOrganization" itemscope itemtype="http://schema.org/Organization">'
        f'<span itemprop="name">{html.escape(advert.employer)}</span></p>\n</div>\n</div>'
    )


def _posted(day: date, manner: str) -> str:
    return {
        "date": f"{day:%Y-%m-%d}",
        "instant": f"{day:%Y-%m-%d}T05:25:13.203Z",
        "spaced": f"{day:%Y-%m-%d} 00:00:00.0",
        "british": f"{day:%d/%m/%Y}",
    }[manner]


def _valid_through(advert: DemoAdvert, manner: str) -> str:
    ends = advert.ends()
    if ends is None:
        return ""
    return {
        "offset": ends.isoformat(timespec="seconds"),
        "zulu": f"{ends.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "naive": f"{ends:%Y-%m-%dT%H:%M}",
        "date": f"{ends:%Y-%m-%d}",
        "midnight": datetime.combine(ends.date(), time(), tzinfo=LONDON).isoformat(),
        "millis": f"{ends.astimezone(UTC):%Y-%m-%dT%H:%M:%S}.000Z",
    }[manner]


def _organisation(advert: DemoAdvert, manner: str) -> Json:
    if manner == "text":
        return advert.employer
    return {
        "@type": "Organization",
        "name": "confidential" if manner == "confidential" else advert.employer,
        "sameAs": "https://www.example.gov.uk/",
    }


def _place(advert: DemoAdvert, manner: str) -> Json:
    if manner == "text":
        return ", ".join(filter(None, (advert.location, advert.postcode)))
    address: Json = {
        "@type": "PostalAddress",
        "addressLocality": advert.location,
        "addressCountry": {"@type": "Country", "name": "United Kingdom"}
        if manner == "country"
        else "GB",
    }
    if advert.postcode:
        address["postalCode"] = advert.postcode
    if manner == "template":
        address["addressRegion"] = "Hidden (${12781}"
    if manner == "address_text":
        address = ", ".join(filter(None, (advert.location, advert.postcode)))
    place: dict[str, Json] = {"@type": "Place", "address": address}
    if "geo" in advert.quirks:
        latitude, longitude = advert.quirks["geo"].split()
        place["geo"] = {"@type": "GeoCoordinates", "latitude": latitude, "longitude": longitude}
    return [place] if manner == "list" else place


def _employment(advert: DemoAdvert) -> Json:
    if advert.quirks.get("employment") == "words":
        return _words_of_terms(advert)
    pattern, contract = (advert.pattern or "").casefold(), (advert.contract or "").casefold()
    found = [name for words, name in _GOOGLE if words in pattern]
    found += ["TEMPORARY"] if contract and "permanent" not in contract else []
    return found[0] if len(found) == 1 else found or "OTHER"


_GOOGLE = (("full", "FULL_TIME"), ("part", "PART_TIME"))


def _words_of_terms(advert: DemoAdvert) -> str:
    return ", ".join(filter(None, (advert.contract, advert.pattern)))


def _without(found: dict[str, Json], name: str) -> dict[str, Json]:
    return {key: value for key, value in found.items() if key != name}


def _plain(figure: float) -> float | int:
    return int(figure) if figure == int(figure) else figure
