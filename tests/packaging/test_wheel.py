"""One wheel carries the program and its tables, and works outside the checkout."""

import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from tests.conftest import ROOT


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    subprocess.run([*build, "--wheel-dir", out, ROOT], check=True, capture_output=True)
    return next(out.glob("*.whl"))


def test_the_wheel_holds_the_packages_and_the_tables(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    tops = {name.split("/")[0] for name in names if ".dist-info/" not in name}
    assert tops == {"lgjobs", "scrapers", "pipelines"}
    assert {name for name in names if name.startswith("lgjobs/data/")} == {
        f"lgjobs/data/{table.name}" for table in (ROOT / "data").glob("*.csv")
    }


CHECK = """
from scrapers import DATA
from scrapers.sources import read_register
from pipelines.reference import table
from pipelines.location import parse_location
from lgjobs.demo.estate import Estate
from lgjobs.home import default_database
import datetime
print(len(read_register()), len(table("councils.csv")), DATA)
print(parse_location("Newport (Casnewydd)").authority)
print(len(Estate(datetime.date(2026, 3, 2)).adverts), default_database())
"""


def test_an_installed_wheel_reads_its_tables(wheel: Path, tmp_path: Path) -> None:
    """Installed beside the dependencies of this environment, run far from the checkout."""
    home = tmp_path / "venv"
    venv.create(home, with_pip=False, symlinks=True)
    python = home / "bin" / "python"
    site = next(home.glob("lib/python*/site-packages"))
    zipfile.ZipFile(wheel).extractall(site)
    for folder in {Path(each) for each in sys.path if each.endswith("site-packages")}:
        (site / "others.pth").write_text(str(folder) + "\n", encoding="utf-8")
    done = subprocess.run(
        [python, "-c", CHECK],
        cwd=tmp_path,
        env={"HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    first, place, last = done.stdout.strip().splitlines()
    sources, councils, data = first.split(" ", 2)
    assert Path(data) == site / "lgjobs" / "data"
    assert int(sources) >= 6
    assert int(councils) >= 382
    assert place == "W06000022"
    assert last.endswith("/.local/share/lgjobs/lgjobs.db")
