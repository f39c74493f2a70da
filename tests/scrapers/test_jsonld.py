"""JobPosting as pages really publish it: malformations, shapes of pay and place, other jobs."""

from __future__ import annotations

import json
from typing import Any

import pytest
from parsel import Selector
from scrapy.http import HtmlResponse

from scrapers.jsonld import (
    advert_from_posting,
    job_postings,
    microdata_postings,
    posting_of_page,
)

URL = "https://jobs.example.gov.uk/jobs/123-clerk"


def script(body: str, kind: str = "application/ld+json") -> str:
    return f"<html><body><script type='{kind}'>{body}</script></body></html>"


def titles(text: str) -> list[Any]:
    return [each.get("title") for each in job_postings(text)]


CLERK = '{"@context": "https://schema.org", "@type": "JobPosting", "title": "Clerk"}'


@pytest.mark.parametrize(
    "text",
    [
        "",
        script(""),
        script("null"),
        script("{"),
        script("[" * 60_000),
        script('{"@type": "Organization", "name": "JobPosting"}'),
        script('{"@type": "JobPostingList"}'),
        script(CLERK, kind="application/json"),
        f"<p>{CLERK}</p>",
        "<script type='application/ld+json'>",
        script('{"@type": "JobPosting", "title": ' + "9" * 6000 + "}"),
    ],
)
def test_nothing_is_made_of_what_holds_no_posting(text: str) -> None:
    assert job_postings(text) == []


@pytest.mark.parametrize(
    "text",
    [
        script(CLERK),
        script(CLERK, kind="application/ld+json; charset=utf-8"),
        script(CLERK, kind="APPLICATION/LD+JSON"),
        script(f"[{CLERK}]"),
        script('{"@graph": [{"@type": "WebSite"}, ' + CLERK + "]}"),
        script('{"@type": "WebPage", "mainEntity": ' + CLERK + "}"),
        script('{"@type": "ItemList", "itemListElement": [{"item": ' + CLERK + "}]}"),
        script(CLERK.replace('"JobPosting"', '["Thing", "JobPosting"]')),
        script(CLERK.replace("JobPosting", "schema:JobPosting")),
        script(CLERK.replace("JobPosting", "http://schema.org/JobPosting")),
        script(CLERK.replace("}", ",}")),
        script("// the job\n" + CLERK),
        script("/* the job */" + CLERK + ";"),
        script("<!-- the job\n" + CLERK + "\n-->"),
        script("//<![CDATA[\n" + CLERK + "\n//]]>"),
        script("\ufeff" + CLERK),
        script(CLERK.replace('"', "&quot;")),
        script(CLERK.replace("}", ', "x": "a\nb\tc\x01"}')),
        script("null") + script(CLERK),
        script("{broken") + script(CLERK),
        script(CLERK.replace("}", ', "description": "say "hello" to all", "url": "/1"}')),
        script(CLERK.replace("}", ', "description": "ends with "hello""}')),
        script(CLERK.replace("}", ', "description": "<script>x()</script> and on"}')),
    ],
)
def test_a_posting_is_found_however_it_is_wrapped(text: str) -> None:
    assert titles(text) == ["Clerk"]


def test_what_is_within_strings_is_no_noise() -> None:
    text = script(CLERK.replace("}", ', "description": "see https://a.uk, /* so */ ,}",}'))
    assert job_postings(text)[0]["description"] == "see https://a.uk, /* so */ ,}"


def test_a_broken_posting_takes_nothing_from_the_next_one() -> None:
    cut = '{"@type": "JobPosting", "title": "Cook", "description": "cut '
    assert job_postings(script(cut) + script(CLERK)) == [json.loads(CLERK)]


def test_two_postings_keep_the_order_of_the_page() -> None:
    assert titles(script(CLERK) + script(CLERK.replace("Clerk", "Cook"))) == ["Clerk", "Cook"]


# Which posting is the page's own


def page(*postings: dict[str, Any], head: str = "Clerk") -> HtmlResponse:
    scripts = "".join(script(json.dumps({"@type": "JobPosting", **each})) for each in postings)
    html = f"<html><head><title>{head} | Ely</title></head><body>{scripts}<h1>{head}</h1></body>"
    return HtmlResponse(URL + "?utm_source=x", body=html.encode(), encoding="utf-8")


def chosen(response: HtmlResponse) -> Any:
    posting = posting_of_page(job_postings(response), response)
    return posting and posting["title"]


def test_another_jobs_posting_is_not_taken_for_the_pages() -> None:
    other = {"title": "Cook", "url": "https://jobs.example.gov.uk/jobs/9-cook"}
    assert chosen(page(other)) is None
    assert chosen(page(other, {"title": "Dean"})) is None


def test_the_address_decides_then_the_title() -> None:
    cook = {"title": "Cook", "url": "/jobs/9-cook"}
    assert chosen(page(cook, {"title": "Town clerk", "url": URL})) == "Town clerk"
    assert chosen(page(cook, {"title": "Clerk"})) == "Clerk"


def test_a_lone_posting_without_an_address_is_the_pages_own() -> None:
    assert chosen(page({"title": "Clerk (Ely)"}, head="Vacancy")) == "Clerk (Ely)"


# From a posting to an advert


def advert(**posting: Any) -> dict[str, Any]:
    read = advert_from_posting({"@type": "JobPosting", **posting}, URL).as_dict()
    return {name: value for name, value in read.items() if name not in ("external_id", "url")}


def test_a_full_posting() -> None:
    read = advert_from_posting(
        {
            "title": "Planner &amp; Surveyor",
            "description": "&lt;p&gt;Plan.&lt;/p&gt;",
            "identifier": {"@type": "PropertyValue", "name": "Ely", "value": "REQ7a"},
            "datePosted": "2026-08-13",
            "validThrough": "2026-09-03T09:00:59+01:00",
            "employmentType": ["FULL_TIME", "PART_TIME", "TEMPORARY"],
            "hiringOrganization": {"@type": "Organization", "name": "Ely Council"},
            "jobLocation": {
                "@type": "Place",
                "address": {
                    "streetAddress": "1 High St, Ely",
                    "addressLocality": "Ely",
                    "addressRegion": "Cambridgeshire",
                    "postalCode": "CB7 4EE",
                    "addressCountry": {"@type": "Country", "name": "GB"},
                },
                "geo": {"latitude": 52.4, "longitude": "0.26"},
            },
            "workHours": "37 hours per week",
            "baseSalary": {"currency": "GBP", "value": {"value": 12.6, "unitText": "HOUR"}},
            "occupationalCategory": "Planning",
            "jobLocationType": "TELECOMMUTE",
            "directApply": True,
        },
        URL + "?utm_source=x",
    )
    assert read.as_dict() == {
        "external_id": "REQ7a",
        "url": URL,
        "title": "Planner & Surveyor",
        "employer": "Ely Council",
        "reference": "REQ7a",
        "salary": "£12.60 per hour",
        "location": "1 High St, Ely, Cambridgeshire, CB7 4EE",
        "postcode": "CB7 4EE",
        "latitude": "52.4",
        "longitude": "0.26",
        "work_mode": "Remote",
        "hours": "37 hours per week",
        "contract": "Temporary",
        "pattern": "Full time, Part time",
        "category": "Planning",
        "posted": "2026-08-13",
        "closes": "2026-09-03T09:00:59+01:00",
        "description": "<p>Plan.</p>",
    }


def test_an_empty_posting_says_nothing_and_its_id_comes_from_the_address() -> None:
    read = advert_from_posting({}, URL + "?utm_source=x")
    assert read.as_dict() == {"external_id": "/jobs/123-clerk", "url": URL}
    same = advert_from_posting({"identifier": URL}, URL)
    assert same.external_id == "/jobs/123-clerk"


@pytest.mark.parametrize(
    "value",
    [
        "UNAVAILABLE",
        "${12781}",
        "Hidden (${12781}",
        "{{ company }}",
        "confidential",
        "",
        None,
        "n/a",
    ],
)
def test_what_a_template_left_behind_is_nothing(value: Any) -> None:
    assert advert(hiringOrganization={"name": value}, jobLocation=value, baseSalary=value) == {}


MONEY = {"@type": "MonetaryAmount", "currency": "GBP"}


@pytest.mark.parametrize(
    ("pay", "words"),
    [
        (None, None),
        (0, None),
        ("0", None),
        ([], None),
        ({}, None),
        (True, None),
        (float("inf"), None),
        (-5, None),
        ({**MONEY, "value": {"minValue": 0, "maxValue": 0, "unitText": "YEAR"}}, None),
        (
            {**MONEY, "value": {"minValue": 25000, "maxValue": "27000", "unitText": "YEAR"}},
            "£25,000 to £27,000 per year",
        ),
        (
            {**MONEY, "value": {"minValue": "£25,000", "maxValue": "£27,000", "unitText": "Annum"}},
            "£25,000 to £27,000 per year",
        ),
        ({**MONEY, "value": {"value": 12.6, "unitText": "hour"}}, "£12.60 per hour"),
        ({**MONEY, "value": 30000}, "£30,000"),
        ({**MONEY, "minValue": 25000, "maxValue": 27000}, "£25,000 to £27,000"),
        ({**MONEY, "minValue": 25000, "maxValue": 25000.0, "unitText": "YEAR"}, "£25,000 per year"),
        ({**MONEY, "value": {"minValue": 25000, "unitText": "per annum"}}, "From £25,000 per year"),
        ({**MONEY, "value": {"maxValue": 25000, "minValue": 0}}, "Up to £25,000"),
        ({"value": {"value": 90, "unitText": "SESSION"}}, "90 (SESSION)"),
        ({"currency": "EUR", "value": 30000}, "EUR 30,000"),
        (
            {**MONEY, "value": {"value": "Main pay range 1, £23,719 per year", "unitText": "HOUR"}},
            "Main pay range 1, £23,719 per year",
        ),
        ({**MONEY, "value": {"value": "MPS/UPS", "unitText": "YEAR"}}, "MPS/UPS"),
        ({**MONEY, "value": {"value": "£10 - £12", "unitText": "HOUR"}}, "£10 - £12 per hour"),
        ("£25,000 p.a. pro rata", "£25,000 p.a. pro rata"),
        ("£25", "£25"),
        ([{**MONEY, "value": 30000}, {**MONEY, "value": 30000}], "£30,000"),
        ({**MONEY, "value": [{"x": 1}, 30000]}, "£30,000"),
        ({"@type": "PriceSpecification", "price": "30000"}, "30,000"),
    ],
)
def test_pay_in_words(pay: Any, words: str | None) -> None:
    assert advert(baseSalary=pay).get("salary") == words


def test_a_bare_sum_takes_the_currency_beside_it() -> None:
    assert advert(baseSalary="100000", salaryCurrency="GBP")["salary"] == "£100,000"


def test_an_estimate_is_never_an_offer() -> None:
    assert advert(estimatedSalary={**MONEY, "value": 30000}) == {}


@pytest.mark.parametrize(
    ("kinds", "contract", "pattern"),
    [
        ("OTHER", None, None),
        ("FULL_TIME", None, "Full time"),
        ("Full-time", None, "Full-time"),
        ("Fixed Term, Part time", "Fixed Term", "Part time"),
        (["CONTRACTOR", "PER_DIEM"], "Contractor, Per diem", None),
        ("Permanent", "Permanent", None),
        (["Zero hours", None, 7], "Zero hours, 7", None),
    ],
)
def test_contract_and_pattern(kinds: Any, contract: str | None, pattern: str | None) -> None:
    read = advert(employmentType=kinds)
    assert (read.get("contract"), read.get("pattern")) == (contract, pattern)


@pytest.mark.parametrize(
    ("location", "words"),
    [
        ("Town Hall, Ely", "Town Hall, Ely"),
        ({"address": "Town Hall, Ely"}, "Town Hall, Ely"),
        ({"address": [{"addressLocality": "Ely"}]}, "Ely"),
        ({"name": "Depot", "address": {"addressLocality": "Ely"}}, "Depot, Ely"),
        ({"address": {"addressCountry": "GB"}}, "GB"),
        ({"address": {"addressLocality": "Cork", "addressCountry": "IE"}}, "Cork, IE"),
        ([{"address": {"addressLocality": "Ely"}}, {"address": "March"}], "Ely; March"),
        ({"address": {"addressLocality": "${34271}-Remote)"}}, None),
        ([{}, 7.5, None], "7.5"),
    ],
)
def test_places_in_words(location: Any, words: str | None) -> None:
    assert advert(jobLocation=location).get("location") == words


def test_several_places_have_no_single_postcode() -> None:
    ely = {"address": {"addressLocality": "Ely", "postalCode": "CB7 4EE"}}
    march = {"address": {"addressLocality": "March", "postalCode": "PE15 8NP"}}
    read = advert(jobLocation=[ely, march])
    assert "postcode" not in read
    assert read["location"] == "Ely, CB7 4EE; March, PE15 8NP"


@pytest.mark.parametrize(
    ("published", "html"),
    [
        ("<p>a &amp; b</p>", "<p>a &amp; b</p>"),
        ("&lt;p&gt;a&lt;/p&gt;", "<p>a</p>"),
        ("&amp;lt;p&amp;gt;a&amp;lt;/p&amp;gt;", "<p>a</p>"),
        ("a\nb", "a\nb"),
        (["a", "b"], "a\nb"),
        ({"x": 1}, None),
    ],
)
def test_an_escaped_description_is_unescaped(published: Any, html: str | None) -> None:
    assert advert(description=published).get("description") == html


# Microdata and RDFa


def test_microdata_nested_oddly() -> None:
    html = """<div itemscope itemtype="https://schema.org/JobPosting">
      <h1 itemprop="title">Clerk</h1>
      <div itemprop="description"><p>Write.</p>
        <span itemprop="hiringOrganization" itemscope itemtype="https://schema.org/Organization">
          <b itemprop="name">Ely Council</b></span></div>
      <span itemprop="jobLocation" itemscope><span itemprop="address" itemscope>
        <i itemprop="addressLocality">Ely</i><i itemprop="addressRegion"></i></span></span>
      <meta itemprop="datePosted" content="2026-08-13"><time itemprop="validThrough"
        datetime="2026-09-03">3 Sept</time><a itemprop="url" href="/jobs/123-clerk">x</a></div>"""
    [posting] = microdata_postings(Selector(text=html))
    read = advert_from_posting(posting, URL)
    assert (read.title, read.employer, read.location) == ("Clerk", "Ely Council", "Ely")
    assert (read.posted, read.closes) == ("2026-08-13", "2026-09-03")
    assert "<p>Write.</p>" in (read.description or "")
    assert posting["url"] == "/jobs/123-clerk"


def test_rdfa() -> None:
    html = (
        '<div vocab="https://schema.org/" typeof="JobPosting"><b property="title">Clerk</b>'
        '<i property="schema:workHours">37</i></div>'
    )
    [posting] = microdata_postings(Selector(text=html))
    assert posting == {"title": "Clerk", "workHours": "37"}


def test_other_microdata_is_no_posting() -> None:
    assert (
        microdata_postings(Selector(text='<p itemscope itemtype="https://schema.org/Event">')) == []
    )
