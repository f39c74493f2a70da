"""The charts: the same bytes each time, words for those who can not see them, colours for night."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from lxml import etree
from sqlite_utils import Database

from lgjobs.cli import cli
from lgjobs.exports import charts
from lgjobs.exports.charts import (
    coverage_chart,
    pay_chart,
    render,
    sectors_chart,
    write_charts,
)
from lgjobs.exports.optional import PackageMissing
from lgjobs.store.database import reading, writing
from pipelines.advert import Advert
from scrapers.sources import Source
from tests.conftest import DAY_1, Crawls, make_advert

SVG = {"svg": "http://www.w3.org/2000/svg"}
NAMES = ("vacancies-by-sector", "pay-by-region", "coverage")


def some_adverts() -> list[Advert]:
    """Ten in Wales at £20,000 to £29,000, two in London, one without pay or sector."""
    found = [
        make_advert(
            f"wales-{at}", sector="planning", region="Wales", nation="Wales",
            salary_annual_min=20000.0 + 1000 * at, salary_annual_max=20000.0 + 1000 * at,
        )
        for at in range(10)
    ]  # fmt: skip
    found += [
        make_advert(
            f"london-{at}", sector="housing", region="London", nation="England",
            salary_annual_min=50000.0, salary_annual_max=60000.0 + 2000 * at,
        )
        for at in range(2)
    ]  # fmt: skip
    return [*found, make_advert("bare")]


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("charts") / "lgjobs.db"
    with writing(path) as db:
        crawls = Crawls(db)
        crawls.source = Source(
            id="s", platform="itrent", url="https://jobs.example/", employer="E08000035"
        )
        crawls(some_adverts())
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path


@pytest.fixture
def filled(once: Path, database: Path) -> Iterator[Database]:
    shutil.copy(once, database)
    with writing(database) as db:
        yield db


@pytest.fixture(scope="module")
def drawn(once: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The charts of the database, by the names of their files."""
    with reading(once) as db:
        paths = write_charts(db, tmp_path_factory.mktemp("drawn") / "a" / "b")
    return {path.name: path.read_bytes() for path in paths}


def text_of(svg: bytes) -> str:
    """What is written in the drawing itself."""
    return " ".join(map(str, etree.fromstring(svg).xpath("//svg:text//text()", namespaces=SVG)))


def test_without_the_package_nothing_is_written(
    filled: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(module: str, form: str) -> None:
        raise PackageMissing(f"{form} needs {module}")

    monkeypatch.setattr(charts, "needed", missing)
    with pytest.raises(PackageMissing):
        write_charts(filled, tmp_path / "charts")
    assert not (tmp_path / "charts").exists()


def test_an_empty_database_gives_charts_that_say_so(db: Database, tmp_path: Path) -> None:
    for path in write_charts(db, tmp_path):
        svg = path.read_bytes()
        assert "nothing to show yet" in text_of(svg)
        assert b"nothing to show yet.</desc>" in svg


def test_the_same_database_gives_the_same_bytes(
    filled: Database, drawn: dict[str, bytes], tmp_path: Path
) -> None:
    again = {path.name: path.read_bytes() for path in write_charts(filled, tmp_path / "c")}
    assert list(drawn) == [f"{name}.svg" for name in NAMES]
    assert again == drawn
    for svg in drawn.values():
        assert b"<metadata" not in svg
        assert b"20%s-" % DAY_1[2:4].encode() not in svg


def test_every_chart_says_in_words_what_it_shows(drawn: dict[str, bytes]) -> None:
    for svg in drawn.values():
        root = etree.fromstring(svg)
        assert root.get("role") == "img"
        named = root.get("aria-labelledby", "").split()
        words = [root.xpath(f"string(//*[@id='{each}'])") for each in named]
        assert len(words) == 2
        assert all(words)
        assert root[0].tag == "{http://www.w3.org/2000/svg}title"


def test_every_colour_has_one_for_the_night(drawn: dict[str, bytes]) -> None:
    for file, svg in drawn.items():
        root = etree.fromstring(svg)
        rules = "".join(root.xpath("//svg:style/text()", namespaces=SVG))
        assert "prefers-color-scheme: dark" in rules
        for style in root.xpath("//@style"):
            for part in str(style).split(";"):
                name, _, value = part.strip().partition(": ")
                if name in ("fill", "stroke") and value.startswith("#"):
                    assert f'"{name}: {value}"' in rules, f"{file}: {part}"


def test_charts_load_nothing(drawn: dict[str, bytes]) -> None:
    for svg in drawn.values():
        root = etree.fromstring(svg)
        assert root.xpath("//svg:script | //svg:image | //svg:foreignObject", namespaces=SVG) == []
        links = root.xpath("//@*[local-name() = 'href']")
        assert all(str(link).startswith("#") for link in links)


def test_sectors_are_counted(filled: Database) -> None:
    chart = sectors_chart(filled)
    assert chart.words == "13 live jobs in 3 sectors. Most: Planning 10, Housing 2, Not known 1."


def test_pay_is_that_of_the_views(filled: Database) -> None:
    medians = dict(filled.execute("SELECT region, median FROM pay_by_region").fetchall())
    assert medians == {"Wales": 24000, "London": 55000}
    words = pay_chart(filled).words
    assert "London £55,000; Wales £24,000." in words


def test_the_number_of_adverts_stands_beside_the_region(drawn: dict[str, bytes]) -> None:
    text = text_of(drawn["pay-by-region.svg"])
    assert "Wales (10)" in text
    assert "London (2)" in text
    assert "£30,000" in text


def test_few_adverts_are_drawn_one_by_one(drawn: dict[str, bytes]) -> None:
    root = etree.fromstring(drawn["pay-by-region.svg"])
    assert len(root.xpath("//svg:use[contains(@style, '#2a6f9e')]", namespaces=SVG)) == 2


def test_every_council_is_counted_once(filled: Database) -> None:
    chart = coverage_chart(filled)
    assert chart.words.startswith("Of 3")
    assert "own list read: 1;" in chart.words
    assert chart.rows == 12


def test_names_are_escaped(filled: Database) -> None:
    filled.execute("UPDATE sectors SET name = '</style><script>x' WHERE sector = 'planning'")
    svg = render(sectors_chart(filled))
    assert b"<script>" not in svg
    assert "</style><script>x" in text_of(svg)


def test_a_dollar_in_a_name_is_a_dollar(filled: Database) -> None:
    filled.execute("UPDATE sectors SET name = 'A $x^2$ \\frac' WHERE sector = 'planning'")
    assert "A $x^2$ \\frac" in text_of(render(sectors_chart(filled)))


def test_the_command_writes_the_folder(once: Path, tmp_path: Path) -> None:
    asked = ["export", "charts", "-o", str(tmp_path / "made" / "here"), "--db", str(once)]
    done = CliRunner().invoke(cli, asked)
    assert done.exit_code == 0, done.output
    assert {path.stem for path in (tmp_path / "made" / "here").iterdir()} == set(NAMES)


def test_a_file_in_the_way_is_said(once: Path, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("mine", encoding="utf-8")
    asked = ["export", "charts", "-o", str(tmp_path / "taken" / "x"), "--db", str(once)]
    done = CliRunner().invoke(cli, asked)
    assert done.exit_code == 2
    assert "cannot write to" in done.output
    assert (tmp_path / "taken").read_text(encoding="utf-8") == "mine"
