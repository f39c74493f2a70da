"""Greenhouse: a tenant's whole board in one JSON answer."""

from __future__ import annotations

import json
from typing import Any

import pytest
from scrapy.http import HtmlResponse, TextResponse

from scrapers.detection import Detection
from scrapers.listing import Listing
from scrapers.problems import AdvertGone, Failure, PageProblem
from scrapers.sources import Source
from scrapers.spiders.greenhouse import GreenhouseSpider, detect

API = "https://boards-api.greenhouse.io/v1/boards/acme/jobs?content=true"
PAGE = "https://job-boards.greenhouse.io/acme/jobs/123"
JOB: dict[str, Any] = {
    "id": 123,
    "title": "Cook &amp; Baker ",
    "absolute_url": PAGE,
    "updated_at": "2026-08-04T07:02:31-04:00",
    "first_published": "2026-07-30T06:59:38-04:00",
    "application_deadline": "2026-08-28T23:59:59+01:00",
    "requisition_id": "R-7",
    "company_name": "Acme",
    "location": {"name": "Ely"},
    "departments": [{"name": "Kitchen"}, {"name": "No Department"}],
    "offices": [{"name": "Ely office"}],
    "metadata": [
        {"name": "Salary", "value": "£25,000", "value_type": "short_text"},
        {"name": "Contract type", "value": ["Permanent"], "value_type": "multi_select"},
        {"name": "Recruiting manager", "value": "A. Person", "value_type": "user"},
        {"name": "Bonus", "value": None, "value_type": "short_text"},
    ],
    "content": "&lt;p&gt;Bake &amp;amp; cook.&lt;/p&gt;",
}


def board(*jobs: Any, total: int | None = None) -> bytes:
    return json.dumps(
        {"jobs": jobs, "meta": {"total": len(jobs) if total is None else total}}
    ).encode()


def listing(body: bytes, spider: GreenhouseSpider | None = None) -> Listing:
    response = TextResponse(API, body=body, encoding="utf-8")
    read = (spider or GreenhouseSpider()).read_listing(response)
    assert isinstance(read, Listing)
    return read


@pytest.mark.parametrize(
    ("body", "failure"),
    [
        (b"<!doctype html><html><body>Careers</body></html>", Failure.LAYOUT_CHANGED),
        (b"", Failure.LAYOUT_CHANGED),
        (board(JOB)[:60], Failure.PARSE_ERROR),
        (b'{"jobs": {"title": "x"}}', Failure.LAYOUT_CHANGED),
    ],
)
def test_what_is_no_board_is_no_listing(body: bytes, failure: Failure) -> None:
    with pytest.raises(PageProblem) as raised:
        listing(body)
    assert raised.value.failure is failure


@pytest.mark.parametrize("change", [{"id": None}, {"title": " "}, {"absolute_url": "javascript:x"}])
def test_a_job_without_id_title_or_address_fails_loudly(change: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="a job without"):
        listing(board({**JOB, **change}))
    with pytest.raises(TypeError):
        listing(board("a job"))


def test_an_empty_board_is_an_honest_zero_and_a_short_one_is_not_whole() -> None:
    empty = listing(board())
    assert (empty.advertised, empty.says_empty) == (0, True)
    short = listing(board(JOB, total=9))
    assert (short.advertised, short.says_empty) == (9, False)


def test_a_row_is_the_whole_advert() -> None:
    row = listing(board(JOB)).rows[0]
    assert row.complete
    assert row.advert.as_dict() == {
        "external_id": "123",
        "url": PAGE,
        "title": "Cook & Baker",
        "employer": "Acme",
        "department": "Kitchen",
        "reference": "R-7",
        "salary": "£25,000",
        "location": "Ely",
        "contract": "Permanent",
        "posted": "2026-07-30T06:59:38-04:00",
        "closes": "2026-08-28T23:59:59+01:00",
        "description": "<p>Bake &amp; cook.</p>",
    }


def test_without_text_in_the_list_the_job_itself_is_asked_for() -> None:
    bare = {name: value for name, value in JOB.items() if name != "content"}
    row = listing(board(bare)).rows[0]
    assert not row.complete
    assert row.detail == "https://boards-api.greenhouse.io/v1/boards/acme/jobs/123"


def test_the_boards_name_is_no_employer_where_the_register_names_one() -> None:
    source = Source(id="x", platform="greenhouse", url=API, employer="E06000026")
    assert listing(board(JOB), GreenhouseSpider(source=source)).rows[0].advert.employer is None


def test_pay_ranges_are_in_pence_and_text_fills_what_is_left() -> None:
    ranges = [{"min_cents": 2500000, "max_cents": 2700000, "currency_type": "GBP", "title": "FTE:"}]
    text = "&lt;p&gt;&lt;b&gt;Closing date:&lt;/b&gt; 3 May 2026&lt;/p&gt;"
    job = {
        **JOB,
        "metadata": None,
        "pay_input_ranges": ranges,
        "content": text,
        "application_deadline": None,
    }
    advert = listing(board(job)).rows[0].advert
    assert advert.salary == "FTE: £25,000 to £27,000"
    assert advert.closes == "3 May 2026"


def test_older_answers_are_dated_by_their_last_change() -> None:
    old = {name: value for name, value in JOB.items() if name != "first_published"}
    assert listing(board(old)).rows[0].advert.posted == "2026-08-04T07:02:31-04:00"


def test_an_advert_by_itself_as_json_and_as_page() -> None:
    spider = GreenhouseSpider()
    one = TextResponse(API.replace("?", "/123?"), body=json.dumps(JOB).encode(), encoding="utf-8")
    posting = {"@type": "JobPosting", "title": "Cook & Baker", "description": "<p>Bake.</p>"}
    body = f'<h1>Cook</h1><script type="application/ld+json">{json.dumps(posting)}</script>'
    shown = HtmlResponse(PAGE, body=body.encode(), encoding="utf-8")
    for advert in (spider.read_advert(one), spider.read_advert(shown)):
        assert (advert.external_id, advert.title) == ("123", "Cook & Baker")
    for text, raised in (("This job has closed.", AdvertGone), ("Log in", PageProblem)):
        with pytest.raises(raised):
            spider.read_advert(HtmlResponse(PAGE, body=f"<p>{text}</p>".encode()))


@pytest.mark.parametrize(
    ("address", "api"),
    [
        ("https://boards.greenhouse.io/acme", API),
        (PAGE, API),
        ("https://boards.greenhouse.io/embed/job_board/js?for=acme", API),
        ("https://boards.greenhouse.io/embed/job_app?token=1&for=acme", API),
        (API, API),
        ("https://job-boards.eu.greenhouse.io/acme", API.replace("api.", "api.eu.")),
    ],
)
def test_a_page_that_points_to_a_board_gives_its_api(address: str, api: str) -> None:
    link = f'<a href="{address.replace("&", "&amp;")}">Jobs</a>'
    seen = found(link)
    assert seen is not None
    assert (seen.platform, seen.url, seen.evidence) == ("greenhouse", api, address)
    assert found(f'<script src="{address.replace("&", "&amp;")}"></script>') is not None


def found(body: str) -> Detection | None:
    url = "https://www.example.gov.uk/jobs"
    return detect(HtmlResponse(url, body=body.encode(), encoding="utf-8"))


@pytest.mark.parametrize(
    "body",
    [
        "<p>boards.greenhouse.io/acme</p>",
        '<a href="https://www.greenhouse.io/uk">Greenhouse</a>',
        '<a href="https://boards.greenhouse.io.example.com/acme">x</a>',
        '<a href="https://boards.greenhouse.io/embed/job_board/js">x</a>',
    ],
)
def test_a_page_that_only_mentions_it_is_none(body: str) -> None:
    assert found(body) is None
