"""Tools for the register: a look at a source, its pages as a fixture, a new platform begun."""

import ast
import json
from pathlib import Path

import pytest
from scrapy.http import HtmlResponse, Response

from lgjobs import scaffold
from lgjobs.checkup import field_table
from lgjobs.errors import UsedWrongly
from lgjobs.recording import Recorder
from tests.conftest import make_advert


def test_the_field_table_tells_published_from_read() -> None:
    adverts = [
        make_advert("1", salary="£30,000", salary_min=30000.0, closes="soon"),
        make_advert("2", salary="Competitive"),
        make_advert("3", title=None),
    ]
    counts = {each.field: (each.published, each.read, each.of) for each in field_table(adverts)}
    assert counts["title"] == (2, 2, 3)
    assert counts["salary"] == (2, 1, 3)
    assert counts["closing"] == (1, 0, 3)
    assert counts["reference"] == (0, None, 3)


def test_pages_are_recorded_without_contacts(tmp_path: Path) -> None:
    recorder = Recorder(tmp_path / "pages")
    recorder.save(Response("https://jobs.example/robots.txt"))
    body = "<p>Ask jobs@example.org or 01632 960123 about £25,000</p>"
    recorder.save(
        HtmlResponse(
            "https://jobs.example/list",
            body=body,
            encoding="utf-8",
            headers={"Content-Type": "text/html"},
        )
    )
    recorder.finish([make_advert("1", salary="£25,000", description="Ring 01632 960123")])
    assert {path.name for path in (tmp_path / "pages").iterdir()} == {
        "01.html",
        "pages.json",
        "expected.json",
    }
    saved = (tmp_path / "pages" / "01.html").read_text(encoding="utf-8")
    assert saved == "<p>Ask [e-mail] or [phone] about £25,000</p>"
    index = json.loads((tmp_path / "pages" / "pages.json").read_text(encoding="utf-8"))
    assert index[0]["url"] == "https://jobs.example/list"
    expected = json.loads((tmp_path / "pages" / "expected.json").read_text(encoding="utf-8"))
    assert expected[0]["salary"] == "£25,000"
    assert "960123" not in json.dumps(expected)


def test_a_folder_with_something_in_it_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(UsedWrongly, match="not empty"):
        Recorder(tmp_path)


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for folder in ("data", "scrapers/spiders", "lgjobs/demo", "tests/scrapers"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "scrapy.cfg").touch()
    monkeypatch.setattr(scaffold, "DATA", tmp_path / "data")
    return tmp_path


def test_a_new_platform_has_three_files_with_its_name(checkout: Path) -> None:
    paths = scaffold.new_platform("acme_jobs")
    assert [str(path.relative_to(checkout)) for path in paths] == [
        "scrapers/spiders/acme_jobs.py",
        "lgjobs/demo/acme_jobs.py",
        "tests/scrapers/test_acme_jobs.py",
    ]
    for path in paths:
        text = path.read_text(encoding="utf-8")
        ast.parse(text)
        assert "AcmeJobs" in text
        assert "$" not in text
        assert max(map(len, text.splitlines())) <= 100


def test_a_platform_is_not_begun_twice(checkout: Path) -> None:
    scaffold.new_platform("acme")
    with pytest.raises(UsedWrongly, match="there already"):
        scaffold.new_platform("acme")


@pytest.mark.parametrize("name", ["", "Acme", "acme-jobs", "1acme", "../acme", "acme__jobs"])
def test_a_name_that_is_none_is_refused(checkout: Path, name: str) -> None:
    with pytest.raises(UsedWrongly, match="no platform's name"):
        scaffold.new_platform(name)
    assert not list((checkout / "scrapers" / "spiders").iterdir())
