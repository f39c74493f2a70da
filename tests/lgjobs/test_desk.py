"""The analysts' desk, asked over HTTP as a browser would."""

import json
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from sqlite_utils import Database

from lgjobs.chain import read_through
from lgjobs.demo.estate import Estate
from lgjobs.desk import app
from lgjobs.desk.dashboards import DASHBOARDS
from lgjobs.desk.metadata import desk_metadata
from lgjobs.desk.plugin import TILE, draw_tile, kilometres_from, title_terms
from lgjobs.desk.questions import QUESTIONS, Question
from lgjobs.errors import NotNow
from lgjobs.store.database import StoreError, reading, writing
from lgjobs.store.schema import COLUMNS, TABLES
from lgjobs.store.words import VIEW_COLUMNS, described
from pipelines.advert import Advert
from scrapers.items import RawAdvert
from scrapers.sources import Source
from tests.conftest import Crawls, make_advert
from tests.serving import served

LEEDS = "E08000035"
HOSTILE = '<script>alert(1)</script><img src=x onerror="alert(2)">'
AT = "2099-03-02T06:00:00Z"
"""In the future, so that adverts are live whenever the tests run."""
CHOSEN = {"region": "Wales", "sector": "Planning"}

by_question = pytest.mark.parametrize("question", QUESTIONS, ids=lambda each: each.name)
charts = [(slug, name) for slug, board in DASHBOARDS.items() for name in board["charts"]]


def demo_adverts() -> list[Advert]:
    """An eighth of the demo's adverts as the reading stages see them."""
    return [
        read_through(
            RawAdvert(
                external_id=f"{each.site}/{each.id}", url=f"https://jobs.example/{each.id}",
                source_id="s", fetched_at=AT, title=each.title, employer=each.employer,
                salary=each.salary, location=each.location, closes=str(each.closes),
                contract=each.contract, description=each.description,
            )
        )
        for each in Estate(date(2099, 3, 2)).adverts[::8]
    ]  # fmt: skip


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("desk") / "some name.db"
    planner = make_advert(
        "planner", AT, title="Coastal Planner", employer="Newport City Council",
        council="W06000022", region="Wales", nation="Wales",
        salary_annual_min=40000.0, salary_annual_max=42000.0,
    )  # fmt: skip
    planner.latitude, planner.longitude = 51.59, -3.0
    hostile = make_advert(
        "hostile", AT, title=HOSTILE, employer=HOSTILE, place=HOSTILE, salary=HOSTILE,
        salary_annual_min=1.0, salary_annual_max=2.0,
    )  # fmt: skip
    hostile.latitude, hostile.longitude = 51.0, -1.0
    with writing(path) as db:
        crawls = Crawls(db)
        crawls.source = Source(
            id="s", platform="itrent", url="https://jobs.example/", employer=LEEDS
        )
        crawls([*demo_adverts(), planner, hostile], at=AT)
    return path


@pytest.fixture(scope="module")
def desk(demo: Path) -> Iterator[httpx.Client]:
    """A client of the desk, which is served on this machine for as long as the tests run."""
    with served(demo) as address, httpx.Client(base_url=address, timeout=60) as client:
        yield client


def rows(client: httpx.Client, path: str, **params: str) -> list[dict[str, Any]]:
    """The rows that a page answers with as JSON."""
    answer = client.get(path, params={**params, "_shape": "objects"})
    assert answer.status_code == 200, answer.text
    return list(answer.json()["rows"])


def sql(client: httpx.Client, query: str, **params: str) -> list[dict[str, Any]]:
    return rows(client, "/lgjobs.json", sql=query, **params)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM adverts",
        "DROP TABLE adverts",
        "INSERT INTO sectors VALUES ('x', 'y')",
        "WITH x AS (SELECT 1) UPDATE adverts SET title = ''",
        "PRAGMA writable_schema = 1",
        "ATTACH 'other.db' AS other",
        "VACUUM INTO 'copy.db'",
        "SELECT load_extension('x')",
    ],
)
def test_no_statement_can_write(desk: httpx.Client, demo: Path, statement: str) -> None:
    before = demo.read_bytes()
    answer = desk.get("/lgjobs.json", params={"sql": statement})
    assert answer.status_code == 400
    assert demo.read_bytes() == before


@pytest.mark.parametrize("path", ["/lgjobs", "/lgjobs/adverts", "/lgjobs/who_is_hiring"])
def test_nothing_can_be_posted(desk: httpx.Client, demo: Path, path: str) -> None:
    before = demo.read_bytes()
    answer = desk.post(path, data={"title": "x", "sql": "DELETE FROM adverts"})
    assert answer.status_code >= 400
    assert demo.read_bytes() == before


def test_the_database_itself_is_not_handed_out(desk: httpx.Client) -> None:
    assert desk.get("/lgjobs.db").status_code in (403, 404)


def test_what_adverts_say_runs_nowhere(desk: httpx.Client) -> None:
    asked = {"words": "script", "region": ""}
    for path in ("/lgjobs/live_jobs?_search=script", "/lgjobs/adverts"):
        assert "&lt;script&gt;alert(1)" in desk.get(path).text
        assert "<script>alert" not in desk.get(path).text
    for question in ("what_councils_pay", "who_is_hiring", "map_of_jobs"):
        text = desk.get(f"/lgjobs/{question}", params=asked).text
        assert "alert(1)" in text
        assert "<script>alert" not in text
        assert "<img src=x" not in text
    for slug in DASHBOARDS:
        assert "<script>alert" not in desk.get(f"/-/dashboards/{slug}").text


def test_charts_that_would_write_words_into_the_page_are_not_used() -> None:
    """Tables, maps and Markdown of the plugin do; metrics do too, so they are numbers."""
    used = {(slug, name): DASHBOARDS[slug]["charts"][name]["library"] for slug, name in charts}
    assert set(used.values()) == {"vega-lite", "metric"}


@pytest.mark.parametrize(("slug", "name"), charts)
def test_metrics_are_numbers(desk: httpx.Client, slug: str, name: str) -> None:
    chart = DASHBOARDS[slug]["charts"][name]
    if chart["library"] == "metric":
        query = re.sub(r"\[\[.*?\]\]", "", chart["query"])
        assert re.fullmatch(r"[\d,]+|–", str(sql(desk, query)[0]["value"]))


@pytest.mark.parametrize(
    "path", ["/", "/lgjobs", "/lgjobs/councils", "/lgjobs/map_of_jobs", "/-/dashboards/vacancies"]
)
def test_no_page_loads_anything_from_another_host(desk: httpx.Client, path: str) -> None:
    text = desk.get(path).text.replace(str(desk.base_url).rstrip("/"), "")
    assert re.findall(r"""(?:\ssrc=|<link[^>]*href=|url\()["']?(?:https?:)?//[^"']+""", text) == []
    assert "tile.openstreetmap" not in text


def test_a_missing_extra_is_said_in_one_line(demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app, "_PACKAGES", ("lgjobs_without_a_desk",))
    with pytest.raises(app.DeskMissing, match=r"pip install 'lgjobs\[desk\]'"):
        app.open_desk(demo)


def test_no_database_is_said_before_anything_is_served(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="there is no database"):
        app.serve_desk(tmp_path / "x.db", 0, print)


def test_the_command_says_where_it_serves_and_ends_quietly(demo: Path) -> None:
    command = [sys.executable, "-m", "lgjobs", "serve", "--port", "0", "--db", str(demo)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr is not None
        address = re.search(r"http://127\.0\.0\.1:\d+/", server.stderr.readline())
        assert address
        assert httpx.get(address.group(), timeout=60).status_code == 200
        server.send_signal(signal.SIGINT)
        assert server.stderr.read() == ""
        assert server.wait(timeout=60) == 0


def test_a_port_in_use_is_said(demo: Path) -> None:
    opened: list[str] = []
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(NotNow, match=f"port {port} "):
            app.serve_desk(demo, port, opened.append)
    assert opened == []


def test_what_the_program_keeps_for_itself_is_not_listed(desk: httpx.Client) -> None:
    text = desk.get("/lgjobs").text
    assert "/lgjobs/councils" in text
    for name in ("raw_adverts", "kept_pages", "advert_search_idx", "_sqlite_migrations"):
        assert f"/lgjobs/{name}" not in text


def test_every_table_view_and_column_is_described(demo: Path) -> None:
    with reading(demo) as db:
        tables = desk_metadata(db)["databases"]["lgjobs"]["tables"]
        for name in TABLES:
            columns = {
                row[0] for row in db.execute(f"SELECT name FROM pragma_table_info('{name}')")
            }
            assert set(tables[name]["columns"]) == columns, name
            assert tables[name]["description"]


def test_descriptions_are_those_of_the_data_dictionary(demo: Path) -> None:
    with reading(demo) as db:
        tables = desk_metadata(db)["databases"]["lgjobs"]["tables"]
    for name, columns in COLUMNS.items():
        assert tables[name]["columns"] == columns


def test_no_words_are_kept_for_columns_that_are_not_there(demo: Path) -> None:
    with reading(demo) as db:
        for name, columns in VIEW_COLUMNS.items():
            there = {row[0] for row in db.execute(f"SELECT name FROM pragma_table_info('{name}')")}
            assert set(columns) <= there, name


def test_a_column_that_nothing_describes_gets_no_words() -> None:
    assert described("live_jobs", ["title", "shoe_size"]) == {"title": "Title, tidied for reading."}
    assert described("sectors", ["sector", "title"]) == {"sector": "Key of the sector."}


def test_facets_and_sorting_name_columns_that_are_there(demo: Path) -> None:
    with reading(demo) as db:
        tables = desk_metadata(db)["databases"]["lgjobs"]["tables"]
    for name, each in tables.items():
        named = {*each.get("facets", []), each.get("sort"), each.get("sort_desc")}
        named |= {each.get("label_column"), each.get("fts_pk")}
        assert named - {None} <= set(each["columns"]), name


@pytest.mark.parametrize("name", [name for name in TABLES if name != "advert_search"])
def test_every_table_has_a_page_with_its_description(desk: httpx.Client, name: str) -> None:
    answer = desk.get(f"/lgjobs/{name}", params={"_size": "1"})
    assert answer.status_code == 200
    assert "column-descriptions" in answer.text
    assert "These facets timed out" not in answer.text


@by_question
@pytest.mark.parametrize("filled", [True, False])
def test_every_question_is_answered(desk: httpx.Client, question: Question, filled: bool) -> None:
    path = question.path if filled else f"/lgjobs/{question.name}"
    answer = desk.get(path)
    assert answer.status_code == 200
    assert question.title in answer.text.replace("&#39;", "'")
    assert "message-error" not in answer.text


@by_question
@pytest.mark.parametrize("given", ['a* OR ("', "';-- 😀", "\x00", "1e999", "x" * 3000])
def test_no_words_break_a_question(desk: httpx.Client, question: Question, given: str) -> None:
    answer = desk.get(
        f"/lgjobs/{question.name}.json", params=dict.fromkeys(question.example, given)
    )
    assert answer.status_code == 200, answer.text


@by_question
def test_a_question_asks_for_what_its_sql_needs(question: Question) -> None:
    needs = set(re.findall(r"(?<![\w:']):([a-z_]+)", question.sql))
    assert needs == set(question.example)
    assert question.name not in TABLES


def test_the_first_page_leads_to_everything(desk: httpx.Client) -> None:
    links = set(re.findall(r'href="([^"]+)"', desk.get("/").text.replace("&amp;", "&")))
    questions = {each.path for each in QUESTIONS}
    assert questions | {f"/-/dashboards/{slug}" for slug in DASHBOARDS} <= links
    for link in links - questions:
        if not urlsplit(link).netloc:
            assert desk.get(link).status_code == 200, link


def test_who_is_hiring_planners_in_wales(desk: httpx.Client) -> None:
    found = rows(desk, "/lgjobs/who_is_hiring.json", words="coastal planners", region="wales")
    assert [row["employer"] for row in found] == ["Newport City Council"]
    assert (found[0]["pay_from"], found[0]["pay_to"]) == (40000, 42000)
    assert rows(desk, "/lgjobs/who_is_hiring.json", words="coastal planners", region="London") == []
    assert rows(desk, "/lgjobs/who_is_hiring.json", words="astronauts", region="Wales") == []


def test_the_median_is_of_the_region_and_the_words(desk: httpx.Client) -> None:
    found = rows(desk, "/lgjobs/pay_of_a_role.json", words="coastal planner")
    wales = [row for row in found if row["region"] == "Wales"]
    assert wales == [
        {
            "region": "Wales", "jobs": 1,
            "lower_quartile": 41000, "median": 41000, "upper_quartile": 41000,
        }
    ]  # fmt: skip


def test_what_closes_near_a_place_is_near(desk: httpx.Client) -> None:
    far_off = {"days": "40000", "kilometres": "10"}
    found = rows(desk, "/lgjobs/closing_near.json", place="Leeds", **far_off)
    assert found
    assert all(row["kilometres"] <= 10 for row in found)
    everywhere = rows(desk, "/lgjobs/closing_near.json", place="", **far_off)
    assert len(everywhere) > len(found)


def test_a_place_that_is_not_known_is_near_nothing(desk: httpx.Client) -> None:
    for place in ("Newport", "Nowhere at all"):
        assert rows(desk, "/lgjobs/closing_near.json", place=place, days="40000") == []
    assert kilometres_from("Newport", 51.6, -3.0) is None
    assert kilometres_from("Leeds", None, None) is None
    assert kilometres_from(None, 51.6, -3.0) is None


def test_a_question_counts_every_council_once(desk: httpx.Client) -> None:
    found = rows(desk, "/lgjobs/councils_by_reach.json")
    assert len(found) == len({row["council"] for row in found}) > 300
    leeds = [row["reach"] for row in found if row["council"] == "Leeds City Council"]
    assert leeds == ["Own list read"]


def test_no_words_are_no_condition() -> None:
    assert title_terms(None) is None
    assert title_terms(' "*" - ') is None
    assert title_terms('social "worker') == 'title : ("social" "worker")'


@pytest.mark.parametrize("name", ["live_jobs", "adverts", "advert_list", "jobs_section"])
def test_search_finds_a_word_of_the_description(desk: httpx.Client, name: str) -> None:
    words = sql(desk, "SELECT title FROM live_jobs WHERE title LIKE '%Social Worker%'")
    found = rows(desk, f"/lgjobs/{name}.json", _search="social worker", _size="max")
    assert words
    assert {row["title"] for row in words} <= {row["title"] for row in found}
    assert rows(desk, f"/lgjobs/{name}.json", _search="zyzzyva") == []


@pytest.mark.parametrize("slug", DASHBOARDS)
def test_a_dashboard_and_each_of_its_charts_have_a_page(desk: httpx.Client, slug: str) -> None:
    assert desk.get(f"/-/dashboards/{slug}").status_code == 200
    for name in DASHBOARDS[slug]["charts"]:
        assert desk.get(f"/-/dashboards/{slug}/{name}").status_code == 200


@pytest.mark.parametrize("slug", DASHBOARDS)
def test_a_dashboard_shows_every_chart_once_in_one_block(slug: str) -> None:
    board = DASHBOARDS[slug]
    assert {name for row in board["layout"] for name in row} == set(board["charts"])
    assert {len(row) for row in board["layout"]} == {4}


@pytest.mark.parametrize(("slug", "name"), charts)
def test_every_chart_is_drawn_from_columns_that_its_query_gives(
    desk: httpx.Client, slug: str, name: str
) -> None:
    chart = DASHBOARDS[slug]["charts"][name]
    answer = desk.get(
        "/lgjobs.json", params={"sql": re.sub(r"\[\[.*?\]\]", "", chart["query"])}
    ).json()
    fields = set(re.findall(r'"field": "(\w+)"', json.dumps(chart["display"])))
    assert fields
    assert fields <= set(answer["columns"])


@pytest.mark.parametrize("slug", DASHBOARDS)
def test_filters_hold_each_time_they_are_used(desk: httpx.Client, slug: str) -> None:
    for _ in range(2):
        desk.get(f"/-/dashboards/{slug}")
        text = desk.get(f"/-/dashboards/{slug}", params=CHOSEN).text
        for chart in DASHBOARDS[slug]["charts"].values():
            assert text.count(":region") >= (chart["query"].count(":region") > 0)


@pytest.mark.parametrize(("slug", "name"), charts)
def test_a_filter_leaves_no_more_rows_than_there_are(
    desk: httpx.Client, slug: str, name: str
) -> None:
    query = DASHBOARDS[slug]["charts"][name]["query"]
    everything = sql(desk, re.sub(r"\[\[.*?\]\]", "", query))
    filtered = query.replace("[[", "").replace("]]", "")
    assert len(sql(desk, filtered, **CHOSEN)) <= len(everything)


def test_a_region_that_is_chosen_is_counted_alone(desk: httpx.Client) -> None:
    chart = DASHBOARDS["vacancies"]["charts"]["live"]["query"]
    wales = chart.replace("[[AND region", "AND region", 1).replace(":region]]", ":region", 1)
    counted = sql(desk, re.sub(r"\[\[.*?\]\]", "", wales), region="Wales")[0]["value"]
    listed = sql(desk, "SELECT count(*) AS value FROM live_jobs WHERE region = 'Wales'")
    assert counted == listed[0]["value"] > 0


def test_a_crawl_may_write_while_the_desk_is_open(database: Path, crawls: Crawls) -> None:
    crawls([make_advert("1", AT, title="First")], at=AT)
    served = app.open_desk(database)
    titles = "SELECT title FROM adverts ORDER BY id"
    with served.get_database("lgjobs").connect() as connection:
        assert connection.execute(titles).fetchall() == [("First",)]
        crawls([make_advert("2", AT, title="Second")], at="2099-03-03T06:00:00Z", listed={"1"})
        assert connection.execute(titles).fetchall() == [("First",), ("Second",)]


def test_a_tile_has_the_dots_that_lie_in_it() -> None:
    greenwich = [("Greenwich & Co <b>", 51.4779, 0.0)]
    inside = draw_tile(greenwich, 6, 32, 21)
    assert 'cx="0.0"' in inside
    assert "<text" not in inside
    assert "<circle" not in draw_tile(greenwich, 6, 31, 20)
    named = draw_tile(greenwich, 8, 128, 85)
    assert "Greenwich &amp; Co &lt;b&gt;" in named
    down = float(re.findall(r'cy="([\d.]+)"', named)[0])
    assert 0 < down < TILE


def test_a_name_goes_on_across_the_edge_of_a_tile() -> None:
    council = [("Somewhere with a long name", 51.4779, -0.1)]
    left, right = draw_tile(council, 10, 511, 340), draw_tile(council, 10, 512, 340)
    assert "Somewhere" in left
    assert "Somewhere" in right


def test_the_background_of_the_map_is_served(desk: httpx.Client) -> None:
    tile = desk.get("/-/council-tiles/5/15/10.svg")
    assert tile.status_code == 200
    assert tile.headers["content-type"].startswith("image/svg+xml")
    assert tile.text.count("<circle") > 50
    assert desk.get("/-/council-tiles/5/x/10.svg").status_code >= 400


def test_the_map_lists_places_and_their_adverts(desk: httpx.Client) -> None:
    found = rows(desk, "/lgjobs/map_of_jobs.json", words="coastal", region="Wales")
    assert json.loads(found[0]["popup"])["link"].startswith("/lgjobs/adverts/")
    assert "window.DATASETTE_CLUSTER_MAP_TILE_LAYER" in desk.get("/lgjobs/map_of_jobs").text


def test_a_table_of_adverts_begins_with_them_and_not_with_a_map(desk: httpx.Client) -> None:
    assert "CLUSTER_MAP_TILE_LAYER" not in desk.get("/lgjobs/live_jobs").text
    assert "CLUSTER_MAP_TILE_LAYER" in desk.get("/lgjobs/councils").text


def test_opening_the_desk_changes_nothing(db: Database, database: Path) -> None:
    before = list(db.execute("SELECT * FROM sqlite_master"))
    app.open_desk(database)
    assert list(db.execute("SELECT * FROM sqlite_master")) == before
