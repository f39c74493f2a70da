"""`lgjobs export site` and `lgjobs export section`."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlite_utils import Database

from lgjobs.cli.export import export
from lgjobs.errors import UsedWrongly
from tests.conftest import Crawls, make_advert


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(export, [str(each) for each in arguments])


@pytest.fixture
def filled(db: Database, database: Path, crawls: Crawls) -> Path:
    crawls([make_advert(str(n), employer="Kent", closes_at="2099-01-01T12:00:00Z") for n in "123"])
    crawls([make_advert("4", employer="Hull")], listed={"1", "2", "3"})
    return database


@pytest.mark.parametrize("url", ["jobs.example", "javascript:alert(1)", "ftp://jobs.example/"])
def test_an_address_that_is_none_is_refused(filled: Path, tmp_path: Path, url: str) -> None:
    result = run("site", "-o", tmp_path / "site", "--db", filled, "--base-url", url)
    assert result.exit_code == 2
    assert "--base-url must begin with" in result.output
    assert not (tmp_path / "site").exists()


def test_a_folder_of_something_else_is_refused(filled: Path, tmp_path: Path) -> None:
    assert isinstance(run("site", "-o", tmp_path, "--db", filled).exception, UsedWrongly)


def test_the_site_is_built_and_says_where(filled: Path, tmp_path: Path) -> None:
    result = run("site", "-o", tmp_path / "site", "--db", filled)
    assert result.exit_code == 0
    assert "4 jobs" in result.output
    assert "http.server" in result.output
    assert (tmp_path / "site" / "index.html").is_file()


def test_the_limit_of_the_section_is_shared_out(filled: Path) -> None:
    result = run("section", "--limit", "2", "--format", "json", "--db", filled)
    (group,) = json.loads(result.output)
    assert [job["employer"] for job in group["jobs"]] == ["Hull", "Kent"]
