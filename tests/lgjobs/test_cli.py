"""The command line as others run it: what it prints, where, and how it exits."""

import csv
import io
import json
import os
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from lgjobs.demo.estate import Estate
from lgjobs.demo.server import EstateServer, Fault
from lgjobs.demo.tour import estate_for
from lgjobs.exports.section import end_of_day
from lgjobs.store.database import reading
from scrapers.sources import write_register
from tests.conftest import ROOT

Finished = subprocess.CompletedProcess[str]


def lgjobs(*arguments: str | Path, stdin: str | None = None, **environment: str) -> Finished:
    """Run the program as a user does, in a process of its own."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("LGJOBS")}
    return subprocess.run(
        [sys.executable, "-m", "lgjobs", *map(str, arguments)],
        input=stdin,
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**clean, "PYTHONPATH": str(ROOT), "COLUMNS": "160", **environment},
        timeout=120,
        check=False,
    )


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a finished demo."""
    out = tmp_path_factory.mktemp("demo") / "out"
    done = lgjobs("demo", "--out", out)
    assert done.returncode == 0, done.stderr
    (out / "printed.txt").write_text(done.stdout, encoding="utf-8")
    return out


def estate_of(demo: Path) -> Estate:
    """The estate that a demo crawled: its first day is that of the first run."""
    return estate_for(demo / "lgjobs.db", 1, 1, date(1999, 1, 1))


# Used wrongly: one line, exit 2, nothing made


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["serch"], "did you mean search"),
        (["crawl", "--prallel"], "No such option"),
        (["crawl", "ashfeild"], "did you mean ashfield"),
        (["crawl", "--platform", "itrant"], "no source is on 'itrant'"),
        (["crawl", "--limit", "0"], "--limit"),
        (["crawl", "ashfield"], "LGJOBS_CONTACT"),
        (["crawl", "--register", "nowhere.csv"], "cannot read the register"),
        (["sources", "show", "nowhere"], "no source is called nowhere"),
        (["runs", "list"], "there is no database"),
        (["search", "cook"], "there is no database"),
        (["export", "csv"], "there is no database"),
        (["normalise", "height"], "'height' is not one of"),
        (["normalise", "salary", "nowhere.jsonl"], "No such file"),
        (["explain", "salary"], "Missing argument"),
        (["demo", "--day", "3"], "--day"),
        (["demo", "--out", "pyproject.toml"], "pyproject.toml"),
    ],
)
def test_bad_arguments_are_said_in_one_line(
    arguments: list[str], said: str, tmp_path: Path
) -> None:
    done = lgjobs(*arguments, LGJOBS_DB=str(tmp_path / "none.db"))
    assert done.returncode == 2
    assert done.stdout == ""
    assert said in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", [["search", "x"], ["runs", "list"], ["crawl", "demo"]])
def test_a_foreign_file_is_refused_and_left_alone(command: list[str], tmp_path: Path) -> None:
    foreign = tmp_path / "notes.db"
    foreign.write_text("not a database at all\n" * 9)
    register = tmp_path / "register.csv"
    register.write_text("id,platform,url\ndemo,itrent,http://127.0.0.1:9/\n")
    done = lgjobs(*command, "--db", foreign, LGJOBS_REGISTER=str(register))
    assert done.returncode == 2
    assert "not an SQLite database" in done.stderr
    assert foreign.read_text() == "not a database at all\n" * 9
    assert {path.name for path in tmp_path.iterdir()} == {"notes.db", "register.csv"}


@pytest.mark.parametrize("line", ["not json", "[1]", '{"raw": "£5"}'])
def test_a_line_that_is_no_input_is_named(line: str) -> None:
    done = lgjobs("normalise", "salary", stdin='{"id": 1, "raw": ""}\n' + line + "\n")
    assert done.returncode == 2
    assert "line 2" in done.stderr


# The demo


def test_the_demo_prints_a_report_and_where_things_are(demo: Path) -> None:
    printed = (demo / "printed.txt").read_text(encoding="utf-8")
    estate = estate_of(demo)
    for site in {advert.site for advert in estate.adverts}:
        assert site in printed
    assert str(demo / "lgjobs.db") in printed
    assert f"Site:     {demo / 'site' / 'index.html'}\n" in printed
    assert "Try next:" in printed
    assert "\x1b[" not in printed
    assert {path.name for path in demo.iterdir()} >= {
        "lgjobs.db",
        "section.html",
        "section.json",
        "jobs.csv",
        "jobs.jsonl",
        "site",
    }


def test_the_demos_exports_agree(demo: Path) -> None:
    with (demo / "jobs.csv").open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    lines = (demo / "jobs.jsonl").read_text(encoding="utf-8").splitlines()
    vacancies = {advert.vacancy or (advert.site, advert.id) for advert in estate_of(demo).adverts}
    assert len(rows) == len(lines) == len(vacancies)


def test_the_demos_section_has_every_vacancy_that_does_not_close_today(demo: Path) -> None:
    groups = json.loads((demo / "section.json").read_text(encoding="utf-8"))
    shown = {job["id"] for each in groups for job in each["jobs"]}
    with (demo / "jobs.csv").open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    until = end_of_day(estate_of(demo).instant.isoformat())
    later = [row for row in rows if not row["closes_at"] or row["closes_at"] >= until]
    listed = [row for row in rows if f"{row['source_id']}/{row['external_id']}" in shown]
    assert len(listed) == len(shown) == len({row["job_id"] for row in listed})
    assert {row["job_id"] for row in listed} == {row["job_id"] for row in later}


def test_the_demos_site_has_a_page_for_every_vacancy(demo: Path) -> None:
    with (demo / "jobs.csv").open(encoding="utf-8", newline="") as handle:
        vacancies = {row["job_id"] for row in csv.DictReader(handle)}
    site = demo / "site"
    assert len(list((site / "job").iterdir())) >= len(vacancies)
    home = (site / "index.html").read_text(encoding="utf-8")
    assert f"{len(vacancies)} jobs" in home


def test_serve_only_prints_a_register_and_ends_at_ctrl_c(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "lgjobs", "demo", "--serve-only", "--out", tmp_path / "out"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    assert process.stdout is not None
    assert process.stderr is not None
    assert process.stdout.readline().startswith("id,employer,platform,url")
    assert "Ctrl-C ends it" in process.stderr.readline()
    process.send_signal(signal.SIGINT)
    assert process.wait(30) == 0
    process.stdout.close()
    process.stderr.close()
    assert not (tmp_path / "out").exists()


def test_the_demo_twice_and_then_the_next_day(tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert lgjobs("demo", "--out", out).returncode == 0
    again = lgjobs("demo", "--out", out)
    assert again.returncode == 0
    with reading(out / "lgjobs.db") as db:
        assert db.execute(
            "SELECT sum(new + changed) FROM source_runs WHERE run = 2"
        ).fetchone() == (0,)
        read = "SELECT sum(adverts_read + adverts_gone) FROM source_runs WHERE run = 2"
        assert db.execute(read).fetchone() == (0,)
    assert lgjobs("demo", "--out", out, "--day", "2").returncode == 0
    back = lgjobs("demo", "--out", out, "--day", "1")
    assert back.returncode == 2
    assert "--day 2" in back.stderr


# Reading the store


def test_search_finds_and_prints(demo: Path) -> None:
    done = lgjobs("search", "social", "worker", "--db", demo / "lgjobs.db")
    assert done.returncode == 0
    assert "Social Worker" in done.stdout
    rows = json.loads(lgjobs("search", "cook", "--json", "--db", demo / "lgjobs.db").stdout)
    assert rows
    assert {"title", "employer", "salary_min", "closes_at"} <= set(rows[0])
    none = lgjobs("search", "zeppelin", "--db", demo / "lgjobs.db")
    assert (none.returncode, none.stdout) == (0, "")


def test_an_unknown_council_is_named(demo: Path) -> None:
    done = lgjobs("search", "--council", "Leds City Council", "--db", demo / "lgjobs.db")
    assert done.returncode == 2
    assert "did you mean 'Leeds City Council'" in done.stderr


def test_runs_and_sources(demo: Path) -> None:
    db = demo / "lgjobs.db"
    assert json.loads(lgjobs("runs", "list", "--json", "--db", db).stdout)[0]["run"] == 1
    shown = json.loads(lgjobs("runs", "show", "latest", "--json", "--db", db).stdout)
    assert {row["outcome"] for row in shown["sources"]} == {"complete"}
    assert lgjobs("runs", "show", "7", "--db", db).returncode == 2
    listed = json.loads(lgjobs("sources", "list", "--json", "--platform", "itrent").stdout)
    assert {row["platform"] for row in listed} == {"itrent"}
    shown_source = lgjobs("sources", "show", "ashfield").stdout
    assert "E07000170" in shown_source


def test_export_to_a_file_and_to_standard_output_agree(demo: Path, tmp_path: Path) -> None:
    db = demo / "lgjobs.db"
    out = tmp_path / "jobs.csv"
    done = lgjobs("export", "csv", "--db", db, "-o", out)
    assert done.returncode == 0
    assert done.stdout == ""
    printed = lgjobs("export", "csv", "--db", db).stdout
    kept = list(csv.DictReader(io.StringIO(out.read_text(encoding="utf-8"), newline="")))
    assert list(csv.DictReader(io.StringIO(printed, newline=""))) == kept
    assert sorted(path.name for path in tmp_path.iterdir()) == ["jobs.csv", "manifest.json"]


def test_an_export_that_fails_leaves_the_old_file(demo: Path, tmp_path: Path) -> None:
    out = tmp_path / "jobs.csv"
    out.write_text("yesterday's")
    done = lgjobs("export", "csv", "--region", "Atlantis", "--db", demo / "lgjobs.db", "-o", out)
    assert done.returncode == 2
    assert out.read_text() == "yesterday's"
    assert [path.name for path in tmp_path.iterdir()] == ["jobs.csv"]
    gone = lgjobs("export", "csv", "--db", demo / "lgjobs.db", "-o", tmp_path / "no" / "x.csv")
    assert gone.returncode == 2


def test_section_in_both_forms(demo: Path) -> None:
    db = demo / "lgjobs.db"
    html = lgjobs("export", "section", "--limit", "3", "--db", db).stdout
    assert html.startswith('<section class="lgjobs">')
    assert html.count("<li") == 3
    groups = json.loads(lgjobs("export", "section", "--format", "json", "--db", db).stdout)
    assert {"sector", "jobs"} == set(groups[0])


# Reading texts


def test_normalise_keeps_order_and_count() -> None:
    texts = ["£30,874 - £37,188 per annum", "", "Competitive", "\u0000£", "x" * 5000]
    lines = "".join(json.dumps({"id": n, "raw": text}) + "\n" for n, text in enumerate(texts))
    done = lgjobs("normalise", "salary", stdin=lines)
    assert done.returncode == 0
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [row["id"] for row in rows] == [0, 1, 2, 3, 4]
    assert (rows[0]["min"], rows[0]["max"], rows[0]["period"]) == (30874, 37188, "year")
    assert rows[2]["negotiable"] is True


@pytest.mark.parametrize(
    ("kind", "row", "expected"),
    [
        ("location", {"raw": "Leamington Spa CV31"}, {"postcode": "CV31"}),
        ("date", {"raw": "Closing date - 16/11/2020"}, {"date": "2020-11-16", "time": None}),
        ("terms", {"raw": "30 Hours per week (Term time only)"}, {"hours_per_week": 30.0}),
        ("sector", {"title": "Librarian"}, {"sector": "libraries"}),
    ],
)
def test_normalise_of_every_kind(
    kind: str, row: dict[str, str], expected: dict[str, object]
) -> None:
    done = lgjobs("normalise", kind, stdin=json.dumps({"id": "x", **row}) + "\n")
    given = json.loads(done.stdout)
    assert given.pop("id") == "x"
    assert expected.items() <= given.items()


@pytest.mark.parametrize(
    ("kind", "text", "words"),
    [
        ("salary", "£30,874 plus £500 bonus, 37 hours", "37"),
        ("location", "Newport (Casnewydd)", "Newport"),
        ("date", "noon on 3 March 2026", "3 March 2026"),
    ],
)
def test_explain_shows_what_was_taken_for_what(kind: str, text: str, words: str) -> None:
    done = lgjobs("explain", kind, text)
    assert done.returncode == 0
    assert words in done.stdout


# Crawling


def test_a_source_that_fails_is_named_and_exits_3(tmp_path: Path) -> None:
    db = tmp_path / "x.db"
    estate = Estate(date(2099, 3, 2))
    register = tmp_path / "register.csv"
    fault = Fault("derby", "page=2", status=503)
    with EstateServer(estate, faults=[fault]) as server:
        with register.open("w", encoding="utf-8") as handle:
            write_register(server.register, handle)
        done = lgjobs("crawl", "derby", "fife", "--register", register, "--db", db)
    assert done.returncode == 3, done.stderr
    assert "derby partial" in done.stderr
    assert "fife" not in done.stderr
    with reading(db) as opened:
        outcomes = dict(opened.execute("SELECT source_id, outcome FROM source_runs").fetchall())
        closed = opened.execute("SELECT count(*) FROM adverts WHERE closed_at IS NOT NULL")
        assert closed.fetchone() == (0,)
    assert outcomes == {"derby": "partial", "fife": "complete"}


def test_a_row_that_its_spider_refuses_fails_alone(tmp_path: Path) -> None:
    db, register = tmp_path / "x.db", tmp_path / "register.csv"
    with EstateServer(Estate(date(2099, 3, 2))) as server:
        sources = {each.id: each for each in server.register}
        wrong = replace(sources["derby"], options={"job_pattern": "("})
        with register.open("w", encoding="utf-8") as handle:
            write_register([wrong, sources["fife"], sources["leeds"]], handle)
        done = lgjobs("crawl", "--register", register, "--db", db)
    assert done.returncode == 3, done.stderr
    assert "derby failed: source derby: job_pattern" in done.stderr
    with reading(db) as opened:
        outcomes = dict(opened.execute("SELECT source_id, outcome FROM source_runs").fetchall())
        assert opened.execute("SELECT finished_at FROM runs").fetchone() != (None,)
    assert outcomes == {"derby": "failed", "fife": "complete", "leeds": "complete"}


@pytest.mark.parametrize("extra", [[], ["--processes", "2"]])
def test_crawl_over_twisted_in_one_process_and_in_two(tmp_path: Path, extra: list[str]) -> None:
    db, register = tmp_path / "x.db", tmp_path / "register.csv"
    with EstateServer(Estate(date(2099, 3, 2))) as server:
        with register.open("w", encoding="utf-8") as handle:
            write_register(server.register, handle)
        done = lgjobs("crawl", "--register", register, "--db", db, "--json", *extra)
        listings = len(server.requests)
        due = lgjobs("crawl", "--due", "--register", register, "--db", db)
        assert len(server.requests) == listings
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert {row["outcome"] for row in report["sources"]} == {"complete"}
    count = len(Estate(date(2099, 3, 2)).adverts)
    assert sum(row["new"] for row in report["sources"]) == count
    assert (due.returncode, due.stdout) == (0, "")
    assert "nothing to do" in due.stderr


def test_a_dry_run_keeps_nothing(tmp_path: Path) -> None:
    db, register = tmp_path / "x.db", tmp_path / "register.csv"
    with EstateServer(Estate(date(2099, 3, 2))) as server:
        with register.open("w", encoding="utf-8") as handle:
            write_register(server.register, handle)
        done = lgjobs("crawl", "leeds", "--dry-run", "--register", register, "--db", db)
    assert done.returncode == 0, done.stderr
    assert "Data Engineer" in done.stdout
    assert not db.exists()


def test_a_look_at_a_source_shows_its_fields(tmp_path: Path) -> None:
    register = tmp_path / "register.csv"
    with EstateServer(Estate(date(2099, 3, 2))) as server:
        with register.open("w", encoding="utf-8") as handle:
            write_register(server.register, handle)
        done = lgjobs("sources", "check", "derby", "--register", register, "--json")
        asked = len([each for each in server.requests if each.site == "derby"])
        pages = tmp_path / "pages"
        kept = lgjobs("sources", "record", "leeds", "--register", register, "-o", pages)
    assert done.returncode == 0, done.stderr
    fields = {each["field"]: each for each in json.loads(done.stdout)["fields"]}
    assert (fields["title"]["published"], fields["title"]["read"], fields["title"]["of"]) == (
        3,
        3,
        3,
    )
    assert asked == len(["robots.txt", "listing", *"abc"])
    assert kept.returncode == 0, kept.stderr
    assert len(json.loads((pages / "expected.json").read_text(encoding="utf-8"))) == 3


def test_a_look_at_a_source_that_fails_names_why(tmp_path: Path) -> None:
    register = tmp_path / "register.csv"
    faults = [Fault("derby", "/vacancies", status=404)]
    with EstateServer(Estate(date(2099, 3, 2)), faults=faults) as server:
        with register.open("w", encoding="utf-8") as handle:
            write_register(server.register, handle)
        done = lgjobs("sources", "check", "derby", "--register", register)
    assert done.returncode == 3
    assert "not_found" in done.stdout


def test_discovery_proposes_a_row_and_writes_it_only_when_told(tmp_path: Path) -> None:
    register = tmp_path / "register.csv"
    register.write_text("id,platform,url\nx,feed,http://127.0.0.1:9/\n")
    before = register.read_text()
    with EstateServer(Estate(date(2099, 3, 2))) as server:
        home = server.url("www.leeds")
        done = lgjobs("sources", "discover", home, "--register", register)
        assert register.read_text() == before
    assert done.returncode == 0, done.stderr
    (row,) = csv.DictReader(io.StringIO(done.stdout))
    assert row["platform"] == "itrent"
    assert "WVID=8150213Qfa" in row["url"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "one of them"),
        (["--all", "--council", "Leeds City Council"], "one of them"),
        (["--council", "Atlantis"], "no council is called"),
    ],
)
def test_discovery_says_what_it_wants(arguments: list[str], said: str) -> None:
    done = lgjobs("sources", "discover", *arguments)
    assert done.returncode == 2
    assert said in done.stderr


def test_coverage_counts_councils() -> None:
    told = json.loads(lgjobs("sources", "coverage", "--json").stdout)
    assert max(row["councils"] for row in told["councils"]) == 382


def scrapy(*arguments: str, **environment: str) -> Finished:
    return subprocess.run(
        [sys.executable, "-m", "scrapy", *arguments],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        timeout=120,
        check=False,
    )


def test_scrapy_list_names_the_platforms() -> None:
    names = scrapy("list").stdout.split()
    assert {"civil_service_jobs", "itrent", "jobposting", "north_east_jobs"} <= set(names)


def test_scrapy_crawl_works_as_in_any_project(tmp_path: Path) -> None:
    db, register = tmp_path / "x.db", tmp_path / "register.csv"
    with EstateServer(Estate(date(2099, 3, 2))) as server:
        with register.open("w", encoding="utf-8") as handle:
            write_register(server.register, handle)
        done = scrapy(
            *("crawl", "itrent", "-a", "source=leeds", "-s", "DOWNLOAD_DELAY=0"),
            LGJOBS_REGISTER=str(register),
            LGJOBS_DB=str(db),
        )
    assert done.returncode == 0, done.stderr
    with reading(db) as opened:
        assert opened.execute("SELECT outcome, new FROM source_runs").fetchall() == [
            ("complete", 14)
        ]
