"""iTrent: from the launch page through the session to the JSON list."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from scrapy import Request
from scrapy.http import HtmlResponse, TextResponse

from scrapers.listing import Listing
from scrapers.problems import Failure, PageProblem
from scrapers.spiders.itrent import ItrentSpider
from scrapers.walls import find_wall

PAGES = Path(__file__).parent / "pages"
RUN = "https://ce0000li.webitrent.com/ce0000li_webrecruitment/wrd/run/"
SESSION = "0123456789ABCDEF0123456789ABCDEF"
RESULTS_URL = f"{RUN}etrec106gf.json?WVID=1234567AbC&USESSION={SESSION}&LANG=USA&RESULTS_PP=200"


def html(name: str, url: str) -> HtmlResponse:
    return HtmlResponse(url, body=(PAGES / name).read_bytes(), encoding="utf-8")


def results(**changed: Any) -> TextResponse:
    answer = json.loads((PAGES / "itrent_results.json").read_text())
    return TextResponse(RESULTS_URL, body=json.dumps({**answer, **changed}).encode())


def door(response: TextResponse) -> Request:
    request = ItrentSpider().read_listing(response)
    assert isinstance(request, Request)
    return request


def listing(response: TextResponse) -> Listing:
    read = ItrentSpider().read_listing(response)
    assert isinstance(read, Listing)
    return read


def problem(response: TextResponse) -> Failure:
    with pytest.raises(PageProblem) as raised:
        ItrentSpider().read_listing(response)
    return raised.value.failure


def page(body: str, url: str = RUN + "ETREC179GF.open?WVID=1") -> HtmlResponse:
    return HtmlResponse(url, body=body.encode(), encoding="utf-8")


def test_html_where_json_is_due_is_no_empty_list() -> None:
    shell = (PAGES / "itrent_shell.html").read_text()
    assert problem(page(shell, RESULTS_URL)) is Failure.LAYOUT_CHANGED


def test_a_security_violation_is_a_wall_on_either_address() -> None:
    body = "<html><body>Security violation</body></html>"
    assert problem(page(body)) is Failure.BLOCKED
    assert problem(page(body, RESULTS_URL)) is Failure.BLOCKED


def test_a_page_without_a_session_leads_nowhere() -> None:
    assert problem(page("<html><body>Hello</body></html>")) is Failure.LAYOUT_CHANGED


def test_json_of_another_shape_fails_loudly() -> None:
    with pytest.raises(KeyError):
        listing(TextResponse(RESULTS_URL, body=b'{"error": "no"}'))
    with pytest.raises(ValueError, match="invalid literal"):
        listing(results(search={"total_rec": "", "wvid": "1"}))
    with pytest.raises(KeyError):
        listing(results(results=[{"job_title": "Clerk"}]))


def test_the_root_leads_to_the_launch_page_and_not_to_a_session_of_its_own() -> None:
    onward = door(html("itrent_root.html", RUN + "etrec002gf.open"))
    assert onward.url == RUN + "etrec179gf.open?wvid=7654321XyZ"


@pytest.mark.parametrize("screen", ["ETREC179GF.open?WVID=", "etrec179gf.open?wvid="])
def test_the_shell_leads_to_the_list_with_all_that_the_server_asks_for(screen: str) -> None:
    shell = html("itrent_shell.html", RUN + screen + "1234567AbC")
    assert find_wall(shell) is None
    onward = door(shell)
    query = parse_qs(urlsplit(onward.url).query)
    assert onward.url.startswith(RUN + "etrec106gf.json?")
    assert query["USESSION"] == [SESSION], "the hidden field counts first"
    assert query["WVID"] == ["1234567AbC"]
    assert query["RESULTS_PP"] == ["200"]
    headers = onward.headers.to_unicode_dict()
    assert headers["X-Requested-With"] == "XMLHttpRequest"
    assert f"USESSION={SESSION}" in headers["Referer"]
    assert "ETREC179GF.open" in headers["Referer"]
    assert f"USESSION={SESSION}&LANG=USA&JOB_TITLE=&" in headers["mhrParams"]


@pytest.mark.parametrize(
    "body",
    [
        f'<form action="ETREC179GF?USESSION={SESSION}&WVID=1234567AbC"></form>',
        f"<script>var u = 'x.open?wvid=1234567AbC&USESSION={SESSION}';</script>",
        f'<a href="ETREC109DF.open?usession={SESSION}&amp;WVID=1">Log in</a>',
    ],
)
def test_the_session_is_found_wherever_it_stands(body: str) -> None:
    onward = door(page(f"<html><body>{body}</body></html>"))
    assert f"USESSION={SESSION}" in onward.url


def test_the_session_of_the_final_address_is_the_last_resort() -> None:
    url = f"{RUN}ETREC179GF.open?USESSION={SESSION}&WVID=9aB"
    assert f"WVID=9aB&USESSION={SESSION}" in door(page("<html></html>", url)).url


def test_a_row_holds_the_whole_advert_as_published() -> None:
    read = listing(results())
    row = read.rows[0]
    assert row.complete
    assert row.advert.as_dict() == {
        "external_id": "1238574aBi",
        "url": RUN + "ETREC179GF.open?WVID=1234567AbC&VACANCY_ID=1238574aBi",
        "title": "Parks & Rivers Manager",
        "reference": "REQ0007",
        "salary": "£31,236 - £37,694 (pro rata)",
        "location": "Town Hall",
        "hours": "35",
        "pattern": "Full Time",
        "closes": "20260726",
        "description": '<p>Mind the <SPAN class="jobDetsMarker" style="display:none;"></SPAN>'
        "rivers.</p>",
        "extra": {"Area": "Place Directorate", "Package": "Excellent Benefits Package"},
    }


def test_ids_differ_by_letter_case_and_unsaid_facts_are_none() -> None:
    first, second = listing(results()).rows
    assert first.advert.external_id != second.advert.external_id
    assert second.advert.as_dict().keys() == {"external_id", "url", "title"}


def test_the_session_leaves_no_trace_in_a_row() -> None:
    other = results().replace(url=RESULTS_URL.replace(SESSION, "F" * 32))
    assert [row.fingerprint() for row in listing(other).rows] == [
        row.fingerprint() for row in listing(results()).rows
    ]
    assert SESSION not in repr([row.advert for row in listing(results()).rows])


def test_the_rest_of_a_long_list_is_asked_for_from_where_it_stopped() -> None:
    read = listing(results())
    assert read.advertised == 3
    [more] = read.more
    assert isinstance(more, Request)
    assert "REC_FROM=3" in more.url
    assert f"USESSION={SESSION}" in more.url
    assert b"REC_FROM=3" in (more.headers["mhrParams"] or b"")


def test_the_end_of_the_list_asks_for_nothing_more() -> None:
    assert not listing(results(search={"total_rec": "2", "rec_to": 2, "wvid": "1"})).more
    short = listing(results(search={"total_rec": 3, "wvid": "1"}, results=[]))
    assert (short.advertised, len(short.more)) == (3, 0)


def test_nought_of_nought_is_an_honest_zero() -> None:
    read = listing(results(search={"total_rec": 0, "rec_from": 0, "rec_to": 0}, results=[]))
    assert (read.advertised, list(read.rows), list(read.more)) == (0, [], [])


def test_a_profile_page_is_read_by_its_labels() -> None:
    url = RUN + "ETREC107GF.open?VACANCY_ID%3d5952566yaq%1BU&WVID=5282505Pqd&LANG=USA"
    advert = ItrentSpider().read_advert(html("itrent_profile.html", url))
    assert advert.as_dict() == {
        "external_id": "5952566yaq",
        "url": RUN + "ETREC179GF.open?WVID=5282505Pqd&VACANCY_ID=5952566yaq",
        "title": "Gardener based at Ely Depot",
        "salary": "£24,000 - £25,000",
        "location": "Ely Depot",
        "closes": "26/07/2026",
    }


def test_a_shell_is_no_profile() -> None:
    url = RUN + "ETREC179GF.open?WVID=1&VACANCY_ID=5952566yaq"
    with pytest.raises(PageProblem):
        ItrentSpider().read_advert(html("itrent_shell.html", url))
