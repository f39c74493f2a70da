"""Feeds and postings, read by programs that know nothing of ours."""

import io
import json
import re
from calendar import timegm
from dataclasses import replace
from datetime import datetime
from typing import Any

import feedparser
import jsonschema
import pytest
from lxml import etree
from sqlite_utils import Database

from lgjobs.exports import atom
from lgjobs.exports.about import describe
from lgjobs.exports.feed import closing, mail_date
from lgjobs.exports.formats import WITH_PROSE, export_adverts
from lgjobs.store.queries import Filter
from pipelines.advert import Advert, Basis, ContractType, Period, WorkingPattern, WorkMode
from tests.conftest import DAY_1, DAY_2, Crawls, make_advert

NOON = "2026-03-02T12:00:00Z"
SITE = "https://jobs.example/"

# Written from the specifications, as far as our feeds go.
RSS = """
<element name="rss" xmlns="http://relaxng.org/ns/structure/1.0"
    datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes">
  <attribute name="version"><value>2.0</value></attribute>
  <element name="channel">
    <element name="title"><text/></element>
    <element name="link"><data type="anyURI"/></element>
    <element name="description"><text/></element>
    <element name="language"><data type="language"/></element>
    <element name="copyright"><text/></element>
    <element name="lastBuildDate">MAIL_DATE</element>
    <element name="generator"><text/></element>
    <zeroOrMore><element name="item"><interleave>
      <element name="title"><text/></element>
      <optional><element name="link"><data type="anyURI"/></element></optional>
      <element name="guid"><attribute name="isPermaLink"><value>false</value></attribute>
        <data type="anyURI"/></element>
      <element name="pubDate">MAIL_DATE</element>
      <optional><element name="description"><text/></element></optional>
      <element name="creator" ns="http://purl.org/dc/elements/1.1/"><text/></element>
      <element name="encoded" ns="http://purl.org/rss/1.0/modules/content/"><text/></element>
      <zeroOrMore><element name="category">
        <optional><attribute name="domain"/></optional><text/></element></zeroOrMore>
    </interleave></element></zeroOrMore>
  </element>
</element>
""".replace(
    "MAIL_DATE",
    """<data type="string"><param name="pattern"
       >[A-Z][a-z]{2}, [0-9]{2} [A-Z][a-z]{2} [0-9]{4} [0-9:]{8} GMT</param></data>""",
)

ATOM = """
<grammar xmlns="http://relaxng.org/ns/structure/1.0" ns="http://www.w3.org/2005/Atom"
    datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes">
  <start><element name="feed"><ref name="lang"/><interleave>
    <ref name="head"/>
    <element name="author"><element name="name"><text/></element></element>
    <element name="rights"><text/></element>
    <element name="generator"><text/></element>
    <zeroOrMore><element name="entry"><interleave>
      <ref name="head"/>
      <element name="author"><element name="name"><text/></element></element>
      <optional><element name="published"><data type="dateTime"/></element></optional>
      <optional><element name="summary"><text/></element></optional>
      <element name="content"><attribute name="type"><value>html</value></attribute>
        <text/></element>
      <zeroOrMore><element name="category"><attribute name="term"/>
        <optional><attribute name="label"/></optional>
        <optional><attribute name="scheme"><data type="anyURI"/></attribute></optional>
      </element></zeroOrMore>
    </interleave></element></zeroOrMore>
    <zeroOrMore><element name="deleted-entry" ns="http://purl.org/atompub/tombstones/1.0">
      <attribute name="ref" ns=""><data type="anyURI"/></attribute>
      <attribute name="when" ns=""><data type="dateTime"/></attribute>
    </element></zeroOrMore>
  </interleave></element></start>
  <define name="lang"><attribute name="xml:lang"/></define>
  <define name="head">
    <element name="id"><data type="anyURI"/></element>
    <element name="title"><text/></element>
    <element name="updated"><data type="dateTime"/></element>
    <optional><element name="link"><attribute name="rel"><value>alternate</value></attribute>
      <attribute name="href"><data type="anyURI"/></attribute></element></optional>
  </define>
</grammar>
"""

INSTANT = r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"
JSON_FEED: dict[str, Any] = {
    "type": "object",
    "required": ["version", "title", "items"],
    "patternProperties": {"^_": {"type": "object"}},
    "additionalProperties": False,
    "properties": {
        "version": {"const": "https://jsonfeed.org/version/1.1"},
        "title": {"type": "string"},
        "home_page_url": {"type": "string", "pattern": "^https?://"},
        "language": {"type": "string"},
        "authors": {"$ref": "#/$defs/authors"},
        "items": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["id"],
                "anyOf": [{"required": ["content_html"]}, {"required": ["content_text"]}],
                "patternProperties": {"^_": {"type": "object"}},
                "additionalProperties": False,
                "properties": {
                    "id": {"type": "string", "minLength": 1},
                    "url": {"type": "string", "pattern": "^https?://"},
                    "title": {"type": "string"},
                    "summary": {"type": "string"},
                    "content_html": {"type": "string"},
                    "date_published": {"type": "string", "pattern": INSTANT},
                    "date_modified": {"type": "string", "pattern": INSTANT},
                    "authors": {"$ref": "#/$defs/authors"},
                    "tags": {"type": "array", "items": {"type": "string"}},
                },
            },
        },
    },
    "$defs": {
        "authors": {
            "type": "array",
            "minItems": 1,
            "items": {"type": "object", "required": ["name"]},
        }
    },
}


def exported(db: Database, form: str, now: str = NOON, **wanted: Any) -> bytes:
    out = io.BytesIO()
    export_adverts(db, form, Filter(**wanted), now, out, SITE)
    return out.getvalue()


def planner(external_id: str = "1", **says: Any) -> Advert:
    """An advert with everything that a posting may say."""
    read_alone = {
        "postcode": "LS1 1UR",
        "work_mode": says.pop("work_mode", None),
        "summary": says.pop("summary", "Plan the places where people live."),
    }
    given = {
        "title": "Planner",
        "reference": "PL/7",
        "description_text": "Plan places.",
        "description_html": "<p>Plan <strong>places</strong>.</p>",
        "salary": "£30,000 to £35,000 a year",
        "salary_min": 30000.0,
        "salary_max": 35000.0,
        "salary_period": Period.YEAR,
        "salary_basis": Basis.STATED,
        "sector": "planning",
        "place": "Leeds",
        "place_basis": Basis.STATED,
        "region": "Yorkshire and The Humber",
        "contract_type": ContractType.FIXED_TERM,
        "working_pattern": (WorkingPattern.FULL_TIME, WorkingPattern.FLEXIBLE),
        "posted_on": "2026-02-27",
        "closes_at": "2026-03-08T23:59:59Z",
    }
    return replace(make_advert(external_id, **given | says), **read_alone)


def postings(db: Database, **wanted: Any) -> list[dict[str, Any]]:
    return [json.loads(line) for line in exported(db, "jobposting", **wanted).splitlines()]


# Feeds


@pytest.mark.parametrize(("form", "schema"), [("rss", RSS), ("atom", ATOM)])
def test_a_feed_follows_its_schema(crawls: Crawls, form: str, schema: str) -> None:
    crawls([planner(), make_advert("2", employer=None), make_advert("3", url="javascript:x()")])
    crawls([make_advert("4", at=DAY_2)], at=DAY_2, listed={"1", "2"})
    rules = etree.RelaxNG(etree.fromstring(schema))
    for since in (None, DAY_2):
        rules.assertValid(etree.fromstring(exported(crawls.db, form, DAY_2, changed_since=since)))


def test_a_json_feed_follows_its_schema(crawls: Crawls) -> None:
    crawls([planner(), make_advert("2", employer=None), make_advert("3", url="javascript:x()")])
    crawls([make_advert("4", at=DAY_2)], at=DAY_2, listed={"1", "2"})
    for since in (None, DAY_2):
        feed = json.loads(exported(crawls.db, "jsonfeed", DAY_2, changed_since=since))
        jsonschema.Draft202012Validator(JSON_FEED).validate(feed)


@pytest.mark.parametrize("form", ["rss", "atom"])
def test_a_feed_reader_finds_the_advert(crawls: Crawls, form: str) -> None:
    crawls([planner()])
    text = exported(crawls.db, form)
    assert b">Plan the places where people live.<" in text
    feed = feedparser.parse(text)
    assert not feed.bozo
    assert feed.feed.title == "Council jobs"
    assert feed.feed.link == SITE
    (entry,) = feed.entries
    assert entry.id == "lgjobs:s/1"
    assert entry.title == "Planner"
    assert entry.link == "https://jobs.example/1"
    assert entry.author == "Leeds City Council"
    assert {tag.label or tag.term for tag in entry.tags} == {"Planning", "Yorkshire and The Humber"}
    assert timegm(entry.published_parsed) == datetime.fromisoformat(DAY_1).timestamp()
    html = entry.content[0].value
    assert "<p>Plan <strong>places</strong>.</p>" in html
    assert "£30,000 to £35,000 a year<br />Leeds<br />Closes Sunday 8 March 2026, 11.59pm" in html


@pytest.mark.parametrize("form", ["rss", "atom", "jsonfeed", "jobposting"])
def test_an_unchanged_database_gives_the_same_bytes(crawls: Crawls, form: str) -> None:
    crawls([planner(), make_advert("2")])
    assert exported(crawls.db, form) == exported(crawls.db, form, "2026-03-02T18:00:00Z")


def test_no_two_atom_feeds_share_an_id(db: Database) -> None:
    def feed_id(link: str, **wanted: Any) -> str:
        out = io.BytesIO()
        atom.write([], out, describe(db, Filter(**wanted), DAY_1, link))
        return str(feedparser.parse(out.getvalue()).feed.id)

    feeds = [
        feed_id(SITE),
        feed_id(SITE, sector="planning"),
        feed_id(f"{SITE}sector/planning.html"),
        feed_id(f"{SITE}sector/planning.html?a b"),
    ]
    assert len(set(feeds)) == len(feeds)
    assert feeds[0] == feed_id(SITE)
    assert all(re.fullmatch(r"lgjobs:[\w%./~-]+", each) for each in feeds)


def test_an_id_is_the_same_in_every_format_and_after_a_change(crawls: Crawls) -> None:
    def ids() -> list[list[str]]:
        feed = etree.fromstring(exported(crawls.db, "atom"))
        return [
            [entry.id for entry in feedparser.parse(exported(crawls.db, "rss")).entries],
            [each.text for each in feed.findall("{*}entry/{*}id")],
            [item["id"] for item in json.loads(exported(crawls.db, "jsonfeed"))["items"]],
            [posting["@id"] for posting in postings(crawls.db)],
            re.findall("<referencenumber>(.*)</ref", exported(crawls.db, "xml").decode()),
        ]

    crawls([planner("a b/ü")])
    crawls([planner("a b/ü", title="Another", at=DAY_2)], at=DAY_2)
    assert ids() == [["lgjobs:s/a%20b%2F%C3%BC"]] * 5


def test_a_feed_says_what_it_was_narrowed_to(crawls: Crawls) -> None:
    crawls([planner()])
    feed = feedparser.parse(exported(crawls.db, "rss", sector="Planning", region="Wales"))
    assert (feed.feed.title, feed.entries) == ("Council jobs: Planning, Wales", [])


@pytest.mark.parametrize("form", WITH_PROSE)
def test_an_empty_export_parses(crawls: Crawls, form: str) -> None:
    crawls([])
    text = exported(crawls.db, form)
    if form in ("jsonl", "jobposting"):
        assert text == b""
    elif form == "jsonfeed":
        assert json.loads(text)["items"] == []
    else:
        etree.fromstring(text)


@pytest.mark.parametrize(
    ("closes_at", "said"),
    [
        (None, None),
        ("soon", None),
        ("2026-03-08T23:59:59Z", "Closes Sunday 8 March 2026, 11.59pm"),
        ("2026-07-05T22:59:59Z", "Closes Sunday 5 July 2026, 11.59pm"),
        ("2026-03-08T12:00:00Z", "Closes Sunday 8 March 2026, 12pm"),
        ("2026-03-08T09:05:00Z", "Closes Sunday 8 March 2026, 9.05am"),
        ("2026-03-08T00:00:00Z", "Closes Sunday 8 March 2026, 12am"),
    ],
)
def test_a_closing_date_is_said_as_people_do(closes_at: str | None, said: str | None) -> None:
    assert closing({"closes_at": closes_at}) == said


def test_mail_dates_are_utc_wherever_the_program_runs() -> None:
    assert mail_date("2026-03-02") == "Mon, 02 Mar 2026 00:00:00 GMT"
    assert mail_date("2026-07-05T23:59:59+01:00") == "Sun, 05 Jul 2026 22:59:59 GMT"


# JobPosting


def test_a_posting_says_what_google_asks_for(crawls: Crawls) -> None:
    crawls([planner()])
    assert postings(crawls.db) == [
        {
            "@context": "https://schema.org",
            "@type": "JobPosting",
            "@id": "lgjobs:s/1",
            "title": "Planner",
            "description": "<p>Plan <strong>places</strong>.</p>",
            "datePosted": "2026-02-27",
            "validThrough": "2026-03-08T23:59:59Z",
            "employmentType": ["FULL_TIME", "TEMPORARY"],
            "hiringOrganization": {"@type": "Organization", "name": "Leeds City Council"},
            "identifier": {
                "@type": "PropertyValue",
                "name": "Leeds City Council",
                "value": "PL/7",
            },
            "jobLocation": {
                "@type": "Place",
                "address": {
                    "@type": "PostalAddress",
                    "addressLocality": "Leeds",
                    "addressRegion": "Yorkshire and The Humber",
                    "postalCode": "LS1 1UR",
                    "addressCountry": "GB",
                },
            },
            "baseSalary": {
                "@type": "MonetaryAmount",
                "currency": "GBP",
                "value": {
                    "@type": "QuantitativeValue",
                    "unitText": "YEAR",
                    "minValue": 30000.0,
                    "maxValue": 35000.0,
                },
            },
            "url": "https://jobs.example/1",
            "directApply": False,
        }
    ]


@pytest.mark.parametrize(
    "says",
    [
        {"title": None},
        {"title": " \n"},
        {"employer": None},
        {"description_html": None, "summary": None},
    ],
)
def test_what_google_refuses_is_left_out_and_counted(crawls: Crawls, says: dict[str, Any]) -> None:
    crawls([planner("a", **says), planner("b")])
    out = io.BytesIO()
    done = export_adverts(crawls.db, "jobposting", Filter(), NOON, out)
    assert (done.adverts, done.selected) == (1, 2)
    assert json.loads(out.getvalue())["@id"] == "lgjobs:s/b"


def test_an_agency_is_never_the_hiring_organisation(crawls: Crawls) -> None:
    crawls([planner(employer=None, recruiter="Tile Hill")])
    (posting,) = postings(crawls.db)
    assert posting["hiringOrganization"]["name"] == "confidential"
    assert "Tile Hill" not in json.dumps(posting)


@pytest.mark.parametrize("period", [None, Period.SESSION, Period.FIXED])
def test_pay_without_a_unit_of_google_is_not_given(crawls: Crawls, period: Period | None) -> None:
    crawls([planner(salary_period=period)])
    (posting,) = postings(crawls.db)
    assert "baseSalary" not in posting


@pytest.mark.parametrize(
    ("low", "high", "value"),
    [
        (14.5, 14.5, {"value": 14.5}),
        (14.5, None, {"minValue": 14.5}),
        (None, 15.0, {"maxValue": 15.0}),
    ],
)
def test_pay_is_as_stated(
    crawls: Crawls, low: float | None, high: float | None, value: dict[str, float]
) -> None:
    crawls([planner(salary_min=low, salary_max=high, salary_period=Period.HOUR)])
    (posting,) = postings(crawls.db)
    unit = {"@type": "QuantitativeValue", "unitText": "HOUR"}
    assert posting["baseSalary"]["value"] == unit | value


def test_pay_looked_up_in_a_scale_is_called_an_estimate(crawls: Crawls) -> None:
    crawls([planner(salary_basis=Basis.INFERRED)])
    (posting,) = postings(crawls.db)
    assert "baseSalary" not in posting
    assert posting["estimatedSalary"]["value"]["minValue"] == 30000.0


@pytest.mark.parametrize("mode", [None, WorkMode.HYBRID, WorkMode.ON_SITE, WorkMode.MOBILE])
def test_only_remote_work_is_telecommuting(crawls: Crawls, mode: WorkMode | None) -> None:
    crawls([planner(work_mode=mode)])
    (posting,) = postings(crawls.db)
    assert "jobLocationType" not in posting


def test_remote_work_names_a_place_only_if_it_states_one(crawls: Crawls) -> None:
    remote = {"work_mode": WorkMode.REMOTE}
    crawls([planner("a", **remote), planner("b", **remote, place_basis=Basis.INFERRED)])
    found = {posting["@id"]: posting for posting in postings(crawls.db)}
    assert {posting["jobLocationType"] for posting in found.values()} == {"TELECOMMUTE"}
    assert "jobLocation" in found["lgjobs:s/a"]
    assert "jobLocation" not in found["lgjobs:s/b"]


def test_a_posting_without_a_posting_date_has_the_day_it_was_first_seen(crawls: Crawls) -> None:
    crawls([planner(posted_on=None, at="2026-06-30T23:30:00Z")], at="2026-06-30T23:30:00Z")
    (posting,) = postings(crawls.db, everything=True)
    assert posting["datePosted"] == "2026-07-01"


def test_a_closed_posting_is_valid_no_longer(crawls: Crawls) -> None:
    crawls([planner("1"), planner("2")])
    crawls([], at=DAY_2, listed={"2"})
    found = {posting["@id"]: posting for posting in postings(crawls.db, everything=True)}
    assert found["lgjobs:s/1"]["validThrough"] == DAY_2
    assert found["lgjobs:s/2"]["validThrough"] == "2026-03-08T23:59:59Z"


# The job feed


def test_a_job_board_finds_what_it_asks_for(crawls: Crawls) -> None:
    crawls([planner(work_mode=WorkMode.HYBRID, recruiter="Tile Hill")])
    feed = etree.fromstring(exported(crawls.db, "xml"))
    assert feed.tag == "source"
    assert feed.findtext("publisherurl") == SITE
    (job,) = feed.findall("job")
    assert {each.tag: each.text for each in job} == {
        "title": "Planner",
        "date": "Fri, 27 Feb 2026 00:00:00 GMT",
        "referencenumber": "lgjobs:s/1",
        "requisitionid": "PL/7",
        "url": "https://jobs.example/1",
        "company": "Leeds City Council",
        "sourcename": "Tile Hill",
        "city": "Leeds",
        "state": "Yorkshire and The Humber",
        "country": "GB",
        "postalcode": "LS1 1UR",
        "description": "<p>Plan <strong>places</strong>.</p>",
        "salary": "£30,000 to £35,000 a year",
        "jobtype": "fulltime, contract",
        "category": "Planning",
        "remotetype": "Hybrid remote",
        "expirationdate": "Sun, 08 Mar 2026 23:59:59 GMT",
    }


@pytest.mark.parametrize(
    "says", [{"title": None}, {"url": "javascript:x()"}, {"description_html": "", "summary": ""}]
)
def test_what_a_job_board_refuses_is_left_out_and_counted(
    crawls: Crawls, says: dict[str, Any]
) -> None:
    crawls([planner("a", **says), planner("b")])
    out = io.BytesIO()
    done = export_adverts(crawls.db, "xml", Filter(), NOON, out)
    assert (done.adverts, done.selected) == (1, 2)
    assert b"lgjobs:s/b" in out.getvalue()
