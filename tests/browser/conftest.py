"""A built site, served on this machine, and a real browser to read it with."""

import os
import threading
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from lgjobs.exports.site.builder import build_site
from lgjobs.exports.site.vacancy import page_name
from lgjobs.store.database import writing
from tests.conftest import DAY_1, ROOT, Crawls, make_advert

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
AXE = Path(
    os.environ.get("AXE_JS", ROOT / ".venv" / "axe" / "node_modules" / "axe-core" / "axe.min.js")
)
PHONE, DESKTOP = {"width": 360, "height": 740}, {"width": 1200, "height": 900}
WCAG_22_AA = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
REGIONS = (("North East", "England"), ("Wales", "Wales"), ("Scotland", "Scotland"))
EVIL = "</script></title></template><img src=x onerror=window.ran=1><script>window.ran=1</script>"


class Handler(SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        """Quiet."""


def adverts() -> list[Any]:
    """Ninety ordinary adverts of three regions, and one that would run scripts if it could."""
    found = []
    for number in range(90):
        region, nation = REGIONS[number % 3]
        title = "Senior Social Worker" if number % 5 == 0 else f"Planner {number}"
        pay = 24_000.0 + 1000 * (number % 30)
        found.append(
            make_advert(
                str(number),
                title=title,
                employer="Leeds City Council",
                council="E08000035",
                sector="adult_social_care" if number % 5 == 0 else "planning",
                summary="You will work with residents and partners across the area.",
                salary=f"£{pay:,.0f}",
                salary_min=pay,
                salary_max=pay,
                salary_period="year",
                salary_annual_min=pay,
                salary_annual_max=pay,
                salary_basis="stated",
                place="Leeds",
                region=region,
                nation=nation,
                contract_type="permanent",
                closes_at="2026-03-06T23:59:00Z",
                description_html="<h4>About us</h4><p>Words.</p><ul><li>One</li></ul>",
                description_text="Words.",
            )
        )
    evil = dict.fromkeys(("title", "employer", "recruiter", "summary", "place", "grade"), EVIL)
    found.append(
        make_advert(
            "evil",
            **evil,
            url="javascript:window.ran=1",
            salary=EVIL,
            location=EVIL,
            hours=EVIL,
            reference=EVIL,
            description_html=f"<p onclick='window.ran=1'>x</p>{EVIL}",
        )
    )
    return found


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a built site."""
    folder = tmp_path_factory.mktemp("browser")
    with writing(folder / "lgjobs.db") as db:
        crawls = Crawls(db)
        crawls([make_advert("closed", title="Closed Post"), *adverts()])
        db.execute(
            "UPDATE adverts SET closed_at = ? WHERE external_id = 'closed'",
            ["2026-03-01T06:00:00Z"],
        )
        for column in ("summary", "employer", "recruiter", "location_text", "reference"):
            db.execute(f"UPDATE adverts SET {column} = ? WHERE external_id = 'evil'", [EVIL])
        db.execute(
            """UPDATE adverts SET summary = 'You will work with residents across the area.'
               WHERE external_id NOT IN ('evil', 'closed')"""
        )
        build_site(db, folder / "site", DAY_1, "http://127.0.0.1/")
    return folder / "site"


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """Where the site is served."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(site))) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """A browser for the tests of one module: Playwright holds the event loop while it is open."""
    if not CHROMIUM.exists():
        pytest.skip(f"there is no {CHROMIUM}: .ci/browser installs it")
    with playwright.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=str(CHROMIUM), args=list(FLAGS))
        yield opened
        opened.close()


@pytest.fixture
def open_page(browser: Any, address: str) -> Iterator[Callable[..., Any]]:
    """Opens a page of the site in a window of its own."""
    contexts = []

    def opened(path: str = "index.html", **context: Any) -> Any:
        contexts.append(browser.new_context(**({"viewport": DESKTOP} | context)))
        page = contexts[-1].new_page()
        page.set_default_timeout(10_000)
        page.goto(address + path)
        return page

    yield opened
    for context in contexts:
        context.close()


def violations(page: Any, rules: Iterable[str]) -> list[str]:
    """What axe finds wrong with a page that is there."""
    if not AXE.is_file():
        pytest.skip(f"there is no {AXE}: .ci/browser fetches it")
    page.wait_for_load_state("networkidle")
    page.add_script_tag(path=AXE)
    return list(
        page.evaluate(
            "rules => axe.run({runOnly: rules}).then(r => r.violations.map("
            "v => v.id + ': ' + v.nodes.map(n => n.html).join(' ').slice(0, 300)))",
            list(rules),
        )
    )


def advert_page(external_id: str) -> str:
    return f"job/{page_name({'source_id': 's', 'external_id': external_id})}.html"


@pytest.fixture
def screenshots(tmp_path: Path) -> Path:
    """Where pictures go: $SCREENSHOTS, else a folder of the test."""
    folder = Path(os.environ.get("SCREENSHOTS", tmp_path))
    folder.mkdir(parents=True, exist_ok=True)
    return folder
