"""The demo estate: it refuses what the platforms refuse, and its answer key is right."""

from __future__ import annotations

import gzip
import html
import http.client
import json
import re
import threading
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from lgjobs.demo.adverts import DemoAdvert
from lgjobs.demo.estate import Estate
from lgjobs.demo.itrent import ITrentSite
from lgjobs.demo.server import EstateServer, Fault
from lgjobs.demo.sites import EVERY, SITES
from scrapers.sources import read_register, write_register

TODAY = date(2026, 9, 14)
ITRENT = [site.id for site in SITES.values() if site.platform == "itrent"]


@dataclass
class Answer:
    status: int
    headers: list[tuple[str, str]]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    def header(self, name: str) -> str | None:
        return next((v for k, v in self.headers if k.lower() == name.lower()), None)


def fetch(url: str, headers: dict[str, str] | None = None, method: str = "GET") -> Answer:
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.netloc, timeout=5)
    try:
        connection.request(method, f"{parts.path}?{parts.query}".rstrip("?"), headers=headers or {})
        response = connection.getresponse()
        return Answer(response.status, response.getheaders(), response.read())
    finally:
        connection.close()


@pytest.fixture(scope="module")
def server() -> Iterator[EstateServer]:
    """Day 1, for tests that only read it."""
    with EstateServer(Estate(TODAY)) as running:
        yield running


@pytest.fixture
def fresh() -> Iterator[EstateServer]:
    with EstateServer(Estate(TODAY)) as running:
        yield running


@dataclass
class Call:
    """A JSON call to an iTrent tenant as its page's script makes it; parts may be taken out."""

    url: str
    query: dict[str, str]
    params: dict[str, str]
    headers: dict[str, str]

    def send(self) -> Answer:
        headers = dict(self.headers)
        if self.params:
            headers["mhrParams"] = urlencode(self.params)
        return fetch(f"{self.url}?{urlencode(self.query)}", headers)


def launch(server: EstateServer, site: str) -> Call:
    """Open the tenant's search page and make ready what its script would send next."""
    launched = server.base(site) + server.sites[site]._root + "ETREC179GF.open"  # type: ignore[attr-defined]
    wvid = SITES[site].settings["wvid"]
    page = fetch(f"{launched}?WVID={wvid}")
    found = re.search(
        r'name="SESSION\.STD_HID_FLDS\.ET_BASE\.1-1" value="([0-9A-F]{32})"', page.text
    )
    assert found is not None
    cookies = [v.partition(";")[0] for k, v in page.headers if k == "Set-Cookie"]
    query = {"WVID": wvid, "USESSION": found.group(1), "LANG": "USA"}
    return Call(
        url=launched.replace("ETREC179GF.open", "etrec106gf.json"),
        query=query,
        params={**query, "JOB_TITLE": "", "ORDER_BY": "VACANCY_D"},
        headers={
            "Cookie": "; ".join(cookies),
            "Referer": f"{launched}?WVID={wvid}&USESSION={query['USESSION']}",
            "X-Requested-With": "XMLHttpRequest",
        },
    )


# iTrent refuses


def without_header(name: str) -> Callable[[Call], None]:
    def change(call: Call) -> None:
        del call.headers[name]

    return change


def without_params(call: Call) -> None:
    call.params = {}


def with_other_session(call: Call) -> None:
    call.query["USESSION"] = call.params["USESSION"] = "0" * 32


def with_session_in_query_only(call: Call) -> None:
    call.params["USESSION"] = "0" * 32


def with_one_cookie(call: Call) -> None:
    call.headers["Cookie"] = call.headers["Cookie"].partition("; ")[0]


def with_the_other_cookie(call: Call) -> None:
    call.headers["Cookie"] = call.headers["Cookie"].partition("; ")[2]


def with_foreign_referer(call: Call) -> None:
    call.headers["Referer"] = "http://127.0.0.1/"


REFUSALS = {
    "no mhrParams": without_params,
    "no Referer": without_header("Referer"),
    "no X-Requested-With": without_header("X-Requested-With"),
    "no cookies": without_header("Cookie"),
    "no TS cookie": with_one_cookie,
    "no BIGipServer cookie": with_the_other_cookie,
    "unknown session": with_other_session,
    "session not in mhrParams": with_session_in_query_only,
    "Referer of another page": with_foreign_referer,
}


@pytest.mark.parametrize("reason", REFUSALS)
def test_itrent_answers_html_with_200_to_a_call_its_script_would_not_make(
    server: EstateServer, reason: str
) -> None:
    call = launch(server, "leeds")
    assert call.send().header("Content-Type") == "application/json;charset=UTF-8"
    REFUSALS[reason](call)
    answer = call.send()
    assert answer.status == 200
    assert answer.header("Content-Type") == "text/html; charset=utf-8"
    assert "UNIFACE" in answer.text
    assert "vacancy_id" not in answer.text


def test_an_itrent_session_does_not_outlive_its_expiry_or_serve_another_visitor(
    fresh: EstateServer,
) -> None:
    mine, other = launch(fresh, "leeds"), launch(fresh, "leeds")
    other.headers["Cookie"], kept = mine.headers["Cookie"], other.headers["Cookie"]
    assert "results" not in other.send().text
    other.headers["Cookie"] = kept
    assert "results" in other.send().text
    site = fresh.sites["leeds"]
    assert isinstance(site, ITrentSite)
    site.expire_sessions()
    assert "results" not in mine.send().text
    tomorrow = launch(fresh, "leeds")
    fresh.show(fresh.estate.next_day())
    assert "results" not in tomorrow.send().text


@pytest.mark.parametrize("query", ["WVID=9999999ZZZ", "WVID=8150213qfa", ""])
def test_itrent_refuses_a_web_view_it_does_not_have(server: EstateServer, query: str) -> None:
    call = launch(server, "leeds")
    shell = call.url.replace("etrec106gf.json", "ETREC179GF.open")
    answer = fetch(f"{shell}?{query}")
    assert answer.status == 200
    assert "security violation" in answer.text.casefold()
    assert "USESSION" not in answer.text
    assert fetch(f"{shell}?{query}", call.headers).header("Set-Cookie") is None
    assert "security violation" in fetch(f"{call.url}?{query}", call.headers).text.casefold()


def test_itrent_does_not_know_other_screens_or_folders(server: EstateServer) -> None:
    call = launch(server, "leeds")
    assert fetch(call.url.replace("etrec106gf.json", "etrec999gf.open")).status == 404
    assert fetch(call.url.replace("ce9101li", "ce9102li")).status == 404


# iTrent answers


@pytest.mark.parametrize("site", ITRENT)
def test_itrent_pages_add_up_to_what_is_live(server: EstateServer, site: str) -> None:
    call = launch(server, site)
    seen: list[str] = []
    while True:
        call.query["REC_FROM"] = str(len(seen) + 1)
        found = json.loads(call.send().body)
        assert set(found) == {"text", "search", "web_view", "results"}
        assert found["search"]["results_pp"] == "10"
        if not found["results"]:
            break
        assert len(found["results"]) <= 10
        assert int(found["search"]["rec_from"]) == len(seen) + 1
        seen += [row["vacancy_id"] for row in found["results"]]
        assert int(found["search"]["rec_to"]) == len(seen)
    live = {advert.id for advert in server.estate.on(site)}
    assert len(seen) == len(set(seen)) == int(found["search"]["total_rec"])
    assert set(seen) == live


def test_itrent_gives_all_at_once_when_asked_in_query_or_params(server: EstateServer) -> None:
    for place in ("query", "params"):
        call = launch(server, "leeds")
        getattr(call, place)["RESULTS_PP"] = "200"
        assert len(json.loads(call.send().body)["results"]) == len(server.estate.on("leeds")) > 10


def rows(server: EstateServer, site: str) -> list[dict[str, object]]:
    call = launch(server, site)
    call.query["RESULTS_PP"] = "200"
    found = json.loads(call.send().body)["results"]
    assert isinstance(found, list)
    return found


def test_itrent_rows_are_printed_as_the_platform_prints_them(server: EstateServer) -> None:
    everything = {str(row["vacancy_id"]): row for site in ITRENT for row in rows(server, site)}
    for advert in (each for site in ITRENT for each in server.estate.on(site)):
        row = everything[advert.id]
        assert html.unescape(str(row["job_title"])) == advert.title
        assert row["salary"] or advert.salary is None
        assert row["app_close_d"] == (f"{advert.closes:%Y%m%d}" if advert.closes else "")
        assert "USESSION=" in str(row["bu_send"])
        text = str(row["job_description"])
        assert text.isascii()
        assert '<SPAN class="jobDetsMarker" style="display:none;"></SPAN>' in text
        assert "&#160;&#160;" in text
    assert any("<script" in each.title for each in server.estate.on("wiltshire"))
    assert not any("<script" in str(row["job_title"]) for row in everything.values())
    assert any(
        "data:image/png;base64," in str(row["job_description"]) for row in everything.values()
    )
    assert any(row["salary"] is None for row in rows(server, "gwynedd"))
    assert not any(row["salary"] is None for row in rows(server, "leeds"))
    assert any(row["region_id"] == "Adult Social Care" for row in rows(server, "gateshead"))
    assert any(row["app_close_d"] == "" for row in everything.values())


def test_itrent_ids_may_differ_in_case_alone(server: EstateServer) -> None:
    ids = [advert.id for advert in server.estate.on("gwynedd")]
    assert len({each.casefold() for each in ids}) == len(ids) - 1


def test_itrent_counts_are_numbers_here_and_strings_there(server: EstateServer) -> None:
    kinds = {
        site: type(json.loads(launch(server, site).send().body)["search"]["total_rec"])
        for site in ("leeds", "gateshead")
    }
    assert kinds == {"leeds": int, "gateshead": str}


def test_the_itrent_landing_page_leads_to_the_web_view(server: EstateServer) -> None:
    landing = server.url("wiltshire")
    assert landing.endswith("/wrd/run/etrec002gf.open")
    link = re.search(r'href="([^"]+)"', fetch(landing).text)
    assert link is not None
    shell = fetch(f"{landing.rpartition('/')[0]}/{link.group(1)}").text
    assert "SESSION.STD_HID_FLDS" in shell
    assert "maintenance" in shell
    assert fetch(landing.replace("etrec002gf", "ETREC002GF")).status == 200


# North East Jobs


def feed_items(server: EstateServer) -> list[ET.Element]:
    return list(ET.fromstring(fetch(server.url("north-east-jobs")).body).iter("item"))  # noqa: S314


def test_the_board_has_no_feed_for_another_organisation(server: EstateServer) -> None:
    address = server.url("north-east-jobs")
    assert b"<item>" not in fetch(address.replace("=62", "=63")).body
    assert fetch(address.partition("?")[0]).header("Content-Type") == "text/html; charset=utf-8"


def test_the_board_shows_every_advert_in_one_feed(server: EstateServer) -> None:
    live = {advert.id: advert for advert in server.estate.on("north-east-jobs")}
    items = feed_items(server)
    assert len(items) == len(live)
    for item in items:
        link, text = item.findtext("link") or "", item.findtext("description") or ""
        advert = live[parse_qs(urlsplit(link).query)["jid"][0]]
        line = text.splitlines()[-1]
        assert f"Salary: {advert.salary or ''}|Advert End Date: " in line
        assert line.endswith("|")
        assert item.findtext("title") == advert.title
        assert advert.employer not in text.splitlines()[0] or advert.employer in advert.description
        assert (item.findtext("pubDate") or "").endswith("00:00:00 GMT")


def test_both_spellings_of_a_board_address_give_the_same_advert(server: EstateServer) -> None:
    base = server.base("north-east-jobs")
    for advert in server.estate.on("north-east-jobs"):
        one = fetch(f"{base}/job/Whatever_Title_/{advert.id}").text
        assert one == fetch(f"{base}/Default.aspx?page=jobdetail&jid={advert.id}").text
        assert f"<title>{html.escape(f'{advert.title} - {advert.employer}')}</title>" in one
        labels = [
            "Contract Type:",
            "Working Pattern:",
            "Advert Start Date:",
            "Advert End Date:",
            "Salary:",
            "Job Category:",
            "Vacancy ID:",
            "Employment Location:",
        ]
        places = [one.index(f">{label}<") for label in labels]
        assert places == sorted(places)
        assert one.index("<h5>Job Summary</h5>") < places[0]
        assert one.index("<h5>Further Information</h5>") > places[-1]
    assert fetch(f"{base}/job/Nothing/1").status == 404


def test_the_board_prints_closing_dates_in_all_its_manners(server: EstateServer) -> None:
    feed = fetch(server.url("north-east-jobs")).text
    ends = re.findall(r"Advert End Date: ([^|]*)\|", feed)
    assert any(re.fullmatch(r"\d\d/\d\d/\d{4}", each) for each in ends)
    for clock in ("00:00", "12:00", "14:50", "22:59", "23:59"):
        assert any(each.endswith(f" {clock}") for each in ends)


# Sites with JobPosting


def test_the_list_pages_add_up_and_end(server: EstateServer) -> None:
    address: str | None = server.url("derby")
    seen: list[str] = []
    while address:
        page = fetch(address).text
        seen += re.findall(r'href="(/vacancy/[^"]+)"', page)
        assert f"of {len(server.estate.on('derby'))} vacancies" in page
        following = re.search(r'rel="next" href="([^"]+)"', page)
        address = server.base("derby") + following.group(1) if following else None
    assert len(seen) == len(set(seen)) > 20
    assert set(seen) == {advert.id for advert in server.estate.on("derby")}
    for beyond in ("0", "99", "x"):
        assert fetch(f"{server.url('derby')}?page={beyond}").status == 404


def sitemap_entries(server: EstateServer) -> dict[str, str]:
    base, space = server.base("hackney"), "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    entries: dict[str, str] = {}
    for part in ET.fromstring(fetch(server.url("hackney")).body).iter(f"{space}loc"):  # noqa: S314
        assert part.text is not None
        body = fetch(part.text).body
        unpacked = gzip.decompress(body) if part.text.endswith(".gz") else body
        for url in ET.fromstring(unpacked).iter(f"{space}url"):  # noqa: S314
            place = (url.findtext(f"{space}loc") or "").removeprefix(base)
            entries[place] = url.findtext(f"{space}lastmod") or ""
    return entries


def test_the_sitemap_holds_every_advert_landing_pages_and_one_that_has_gone(
    server: EstateServer,
) -> None:
    entries = sitemap_entries(server)
    jobs = {place for place in entries if place.startswith("/jobs/role/")}
    live = {advert.id for advert in server.estate.on("hackney")}
    lingering = jobs - live
    assert live < jobs
    assert len(lingering) == 1
    assert fetch(server.base("hackney") + lingering.pop()).status == 410
    assert "/jobs/search" in entries
    assert "Sitemap: http://" in fetch(f"{server.base('hackney')}/robots.txt").text


def test_the_feed_links_carry_tracking_and_lead_to_the_adverts(server: EstateServer) -> None:
    items = list(ET.fromstring(fetch(server.url("fife")).body).iter("item"))  # noqa: S314
    assert len(items) == len(server.estate.on("fife"))
    for item in items:
        link = item.findtext("link") or ""
        assert link.endswith("?utm_source=feed&utm_medium=rss")
        assert fetch(link).status == 200


SCRIPT = re.compile(
    r"<script type=.application/ld\+json.>(.*?)</script>", re.IGNORECASE | re.DOTALL
)


def advert_page(server: EstateServer, advert: DemoAdvert) -> str:
    answer = fetch(f"{server.base(advert.site)}{advert.id}")
    assert answer.status == 200
    return answer.text


def shaped(server: EstateServer, shape: str) -> tuple[DemoAdvert, list[str]]:
    """An advert with that shape of markup, and the scripts of its page."""
    advert = next(each for each in server.estate.adverts if each.quirks.get("shape") == shape)
    return advert, SCRIPT.findall(advert_page(server, advert))


def test_tidy_postings_say_what_the_advert_says(server: EstateServer) -> None:
    for advert in server.estate.on("derby") + server.estate.on("hackney"):
        if "shape" in advert.quirks:
            continue
        found = json.loads(SCRIPT.findall(advert_page(server, advert))[0])
        assert found["@type"] == "JobPosting"
        assert found["title"] == advert.title
        assert found["description"] == advert.description
        assert found["identifier"]["value"] == advert.reference


@pytest.mark.parametrize(
    "shape", ["commented", "cdata", "trailing_comma", "escaped_whole", "broken"]
)
def test_broken_markup_is_not_json(server: EstateServer, shape: str) -> None:
    _, scripts = shaped(server, shape)
    with pytest.raises(ValueError, match="char"):
        json.loads(scripts[0])
    if shape == "escaped_whole":
        assert json.loads(html.unescape(scripts[0]))["@type"] == "JobPosting"


def test_control_characters_stand_in_strings(server: EstateServer) -> None:
    _, scripts = shaped(server, "control")
    with pytest.raises(json.JSONDecodeError, match="control character"):
        json.loads(scripts[0])
    assert json.loads(scripts[0], strict=False)["@type"] == "JobPosting"


def test_a_page_with_related_jobs_carries_their_postings_first(server: EstateServer) -> None:
    advert, scripts = shaped(server, "related")
    titles = [json.loads(each)["title"] for each in scripts]
    assert len(titles) == 3
    assert titles[-1] == advert.title
    assert advert.title not in titles[:-1]


def test_markup_may_be_missing_untitled_or_microdata_alone(server: EstateServer) -> None:
    assert "JobPosting" not in "".join(shaped(server, "none")[1])
    advert, scripts = shaped(server, "untitled")
    assert "title" not in json.loads(scripts[0])
    assert advert.title in advert_page(server, advert)
    advert, scripts = shaped(server, "microdata")
    assert not scripts
    assert 'itemtype="http://schema.org/JobPosting"' in advert_page(server, advert)


def test_every_shape_of_pay_that_the_survey_names_is_somewhere() -> None:
    shapes = {advert.pay.shape for advert in Estate(TODAY).adverts if advert.pay}
    assert shapes == {
        *("range", "value", "bare", "number", "string", "flat"),
        *("sentence", "pounds", "list", "zero"),
    }


@pytest.mark.parametrize("site", ["derby", "hackney", "fife"])
def test_unchanged_pages_are_not_sent_again(server: EstateServer, site: str) -> None:
    advert = server.estate.on(site)[0]
    url = f"{server.base(site)}{advert.id}"
    tag = fetch(url).header("ETag")
    assert tag is not None
    again = fetch(url, {"If-None-Match": tag})
    assert (again.status, again.body) == (304, b"")
    assert fetch(url, {"If-None-Match": '"other"'}).status == 200


# The two days


def test_day_one_is_all_new() -> None:
    estate = Estate(TODAY)
    changes = estate.changes()
    assert changes.new == {advert.key for advert in estate.adverts}
    assert not (changes.changed | changes.withdrawn | changes.expired | changes.unchanged)


@pytest.mark.parametrize("scale", [1, 3])
@pytest.mark.parametrize(
    "today", [TODAY, date(2026, 12, 30), date(2027, 3, 27), date(2026, 10, 24)]
)
def test_the_answer_key_accounts_for_every_advert(today: date, scale: int) -> None:
    one, two = Estate(today, 1, scale), Estate(today, 2, scale)
    before = {advert.key: advert for advert in one.adverts}
    after = {advert.key: advert for advert in two.adverts}
    changes = two.changes()
    assert len(changes.new) >= 5
    assert len(changes.changed) >= 5
    assert len(changes.withdrawn) >= 4
    assert len(changes.expired) >= 4
    assert changes.new == after.keys() - before.keys()
    assert changes.changed | changes.unchanged == before.keys() & after.keys()
    assert changes.withdrawn | changes.expired == before.keys() - after.keys()
    assert not changes.withdrawn & changes.expired
    assert not changes.changed & changes.unchanged
    assert all(before[key] == after[key] for key in changes.unchanged)
    assert all(before[key] != after[key] for key in changes.changed)
    for key in changes.expired:
        ends = before[key].ends()
        assert ends is not None
        assert one.instant < ends <= two.instant
    for key in changes.withdrawn:
        ends = before[key].ends()
        assert ends is None or ends > two.instant
    assert not {advert.key for advert in two.gone} & after.keys()


def test_nothing_live_has_ended_and_the_day_is_taken_at_six_in_the_morning() -> None:
    for estate in (Estate(TODAY), Estate(TODAY, 2)):
        assert estate.instant == datetime(2026, 9, 13 + estate.day, 6, tzinfo=UTC)
        assert all(
            (each.ends() or estate.instant + timedelta(1)) > estate.instant
            for each in estate.adverts
        )
        assert all(each.posted <= estate.date for each in estate.adverts)


def test_what_changes_is_of_many_kinds() -> None:
    one, two = Estate(TODAY), Estate(TODAY, 2)
    before = {advert.key: advert for advert in one.adverts}
    kinds = set()
    for advert in two.adverts:
        if advert.key in two.changes().changed:
            old = before[advert.key]
            assert advert.updated == two.date
            kinds |= {
                name
                for name in ("title", "salary", "closes", "location", "description")
                if getattr(old, name) != getattr(advert, name)
            }
    assert kinds == {"title", "salary", "closes", "location", "description"}


WITH_KNOWN_LISTINGS = {*ITRENT, "derby", "hackney", "fife", "north-east-jobs"}
"""Sites whose listings are read here; the crawl's answer key covers all of them."""


def listing_text(server: EstateServer, advert: DemoAdvert) -> str:
    """What the listing of its site says of one advert, without sessions."""
    if advert.site in ITRENT:
        found = [row for row in rows(server, advert.site) if row["vacancy_id"] == advert.id]
        return re.sub(r"USESSION=[0-9A-F]+", "", json.dumps(found))
    if advert.site == "hackney":
        return sitemap_entries(server).get(advert.id, "")
    address = server.url(advert.site)
    pages = [fetch(address).text]
    if advert.site == "derby":
        pages += [fetch(f"{address}?page={number}").text for number in (2, 3)]
    parts = re.findall(r"<item>.*?</item>|<li class.*?</li>", "".join(pages), re.DOTALL)
    return "".join(part for part in parts if advert.id in part)


def test_a_change_shows_in_the_listing_and_nothing_else_does(fresh: EstateServer) -> None:
    two = fresh.estate.next_day()
    changes = two.changes()
    known = [each for each in fresh.estate.adverts if each.site in WITH_KNOWN_LISTINGS]
    watched = [each for each in known if each.key in changes.changed]
    watched += [each for each in known if each.key in changes.unchanged][::8]
    before = {advert.key: listing_text(fresh, advert) for advert in watched}
    ports = [source.url for source in fresh.register]
    fresh.show(two)
    assert [source.url for source in fresh.register] == ports
    for advert in watched:
        assert before[advert.key]
        changed = listing_text(fresh, advert) != before[advert.key]
        assert changed == (advert.key in changes.changed), advert.key


def test_an_advert_that_has_gone_answers_as_its_platform_does(fresh: EstateServer) -> None:
    changes = fresh.estate.next_day().changes()
    gone = dict(changes.withdrawn)
    fresh.show(fresh.estate.next_day())
    page = fetch(fresh.base("derby") + gone["derby"])
    assert page.status == 200
    assert "no longer available" in page.text
    assert "JobPosting" not in page.text
    assert fetch(fresh.base("hackney") + gone["hackney"]).status == 410
    assert fetch(fresh.base("fife") + gone["fife"]).status == 404
    board = fetch(f"{fresh.base('north-east-jobs')}/job/x/{gone['north-east-jobs']}")
    assert board.status == 200
    assert "no longer available" in board.text
    assert gone["leeds"] not in json.dumps(rows(fresh, "leeds"))


# The estate as a whole


def test_the_estate_is_as_large_and_varied_as_promised() -> None:
    estate = Estate(TODAY)
    assert len(estate.adverts) >= 100
    assert len({advert.employer for advert in estate.adverts}) >= 9
    assert len({advert.sector for advert in estate.adverts}) >= 15
    board = [advert for advert in estate.adverts if advert.site == "north-east-jobs"]
    assert len({advert.employer for advert in board}) >= 6
    assert any(advert.location is None for advert in board)
    assert sum(advert.title == "School Administrator" for advert in board) == 3
    assert any(advert.title.isupper() for advert in estate.adverts)
    shared = [advert.vacancy for advert in estate.adverts if advert.vacancy]
    assert len(shared) == 2 * len(set(shared)) > 0


@pytest.mark.parametrize("scale", [1, 2, 12])
def test_ids_are_unique_and_copies_differ(scale: int) -> None:
    estate = Estate(TODAY, 2, scale)
    everything = [*estate.adverts, *estate.gone]
    assert len({advert.key for advert in everything}) == len(everything)
    assert len(estate.adverts) == scale * len(Estate(TODAY, 2).adverts)
    first = Estate(TODAY, 2).adverts[0]
    copies = [each for each in estate.adverts if each.title.startswith(first.title)]
    assert len({(each.title, each.salary) for each in copies}) == len(copies) == scale


def test_the_same_arguments_give_the_same_estate_and_a_later_date_the_same_ids() -> None:
    assert Estate(TODAY, 2, 2).adverts == Estate(TODAY, 2, 2).adverts
    later = Estate(TODAY + timedelta(days=90))
    assert [each.key for each in later.adverts] == [each.key for each in Estate(TODAY).adverts]
    moved = replace(later.adverts[0], posted=TODAY, updated=TODAY, closes=None, interview=None)
    first = replace(
        Estate(TODAY).adverts[0], posted=TODAY, updated=TODAY, closes=None, interview=None
    )
    assert moved == first


@pytest.mark.parametrize(("day", "scale"), [(0, 1), (3, 1), (1, 0)])
def test_an_estate_has_two_days_and_at_least_one_of_each(day: int, scale: int) -> None:
    with pytest.raises(ValueError, match="day 1 and a day 2"):
        Estate(TODAY, day, scale)


def test_only_invented_contacts_are_printed() -> None:
    text = " ".join(advert.description for advert in Estate(TODAY).adverts)
    mails = set(re.findall(r"[\w.]+@[\w.]*\w", text))
    assert mails
    assert all(each.rpartition("@")[2] in ("example.org", "example.gov.uk") for each in mails)
    phones = re.findall(r"\b0[\d ]{9,}\d", text)
    drama = ("01632 960", "0113 496 0", "0191 498 0", "029 2018 0", "020 7946 0", "0131 496 0")
    assert phones
    assert all(each.startswith(drama) for each in phones)


# The server


def test_robots_txt_allows_what_is_crawled_and_not_the_forms(server: EstateServer) -> None:
    for source in (each for each in server.register if each.enabled):
        text = fetch(f"{server.base(source.id)}/robots.txt").text
        refused = re.findall(r"^Disallow: (\S+)$", text, re.MULTILINE)
        assert "/apply" in refused
        assert not any(urlsplit(source.url).path.startswith(path) for path in refused)


def test_the_register_is_one_that_the_crawler_reads(server: EstateServer, tmp_path: Path) -> None:
    path = tmp_path / "sources.csv"
    with path.open("w", encoding="utf-8") as out:
        write_register(server.register, out)
    assert list(read_register(path).values()) == server.register


def test_requests_are_noted_in_order(fresh: EstateServer) -> None:
    fetch(f"{fresh.base('derby')}/vacancies?page=2")
    fetch(f"{fresh.base('fife')}/nothing", method="HEAD")
    noted = [(each.site, each.method, each.path) for each in fresh.requests]
    assert noted == [("derby", "GET", "/vacancies?page=2"), ("fife", "HEAD", "/nothing")]


def test_a_head_request_brings_no_body_and_a_post_is_refused(server: EstateServer) -> None:
    url = server.url("derby")
    assert fetch(url, method="HEAD").body == b""
    assert fetch(url, method="POST").status == 405


def test_a_fault_strikes_its_pages_from_its_turn_on() -> None:
    faults = [
        Fault("derby", "page=2", status=503, body=b"down", after=1),
        Fault("fife", "jobs.rss", status=200, body=b"<html>sign in</html>"),
    ]
    with EstateServer(Estate(TODAY), faults) as server:
        second = f"{server.url('derby')}?page=2"
        assert [fetch(second).status for _ in range(3)] == [200, 503, 503]
        assert fetch(second).body == b"down"
        assert fetch(server.url("derby")).status == 200
        assert fetch(server.url("fife")).body == b"<html>sign in</html>"


def test_connections_are_kept_open_and_leaving_ends_every_thread() -> None:
    before = threading.active_count()
    with EstateServer(Estate(TODAY)) as server:
        connection = http.client.HTTPConnection(urlsplit(server.url("derby")).netloc, timeout=5)
        for _ in range(2):
            connection.request("GET", "/vacancies")
            assert connection.getresponse().read()
        port = server.base("derby")
        assert threading.active_count() > before
    assert threading.active_count() == before
    with pytest.raises(ConnectionError):
        fetch(f"{port}/vacancies")
    connection.close()


def free_ports() -> EstateServer:
    """An estate not yet started, on a run of ports that is free."""
    for port in range(21000, 22000, len(EVERY)):
        try:
            with EstateServer(Estate(TODAY), port=port):
                return EstateServer(Estate(TODAY), port=port)
        except OSError:
            continue
    pytest.skip("no run of free ports between 21000 and 22000")


def test_ports_may_be_fixed_and_a_taken_one_is_reported() -> None:
    with free_ports() as server:
        ports = [urlsplit(source.url).port or 0 for source in server.register]
        assert ports == list(range(ports[0], ports[0] + len(EVERY)))
        before = threading.active_count()
        with pytest.raises(OSError, match="in use"), EstateServer(Estate(TODAY), port=ports[0]):
            pass
        assert threading.active_count() == before
    with EstateServer(Estate(TODAY), port=ports[0]) as server:
        assert urlsplit(server.url("leeds")).port == ports[0]
