"""The analysts' desk in a real browser: its pages can be read and worked by everybody."""

from collections.abc import Iterator
from typing import Any

import pytest

from lgjobs.desk.dashboards import DASHBOARDS
from lgjobs.desk.questions import QUESTIONS
from lgjobs.store.database import writing
from tests.browser.conftest import DESKTOP, WCAG_22_AA, adverts, violations
from tests.conftest import Crawls
from tests.serving import served

PAGES = {
    "home": "",
    "database": "lgjobs",
    "table": "lgjobs/live_jobs",
    "row": "lgjobs/adverts/1",
    "query": "lgjobs?sql=select+1",
    "missing": "lgjobs/nothing",
    "dashboards": "-/dashboards",
    **{f"dashboard {slug}": f"-/dashboards/{slug}" for slug in DASHBOARDS},
    **{each.name: each.path.lstrip("/") for each in QUESTIONS},
}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the desk on a database of live jobs is served."""
    path = tmp_path_factory.mktemp("desk") / "lgjobs.db"
    with writing(path) as db:
        Crawls(db)(adverts())
        db.execute("UPDATE adverts SET closes_at = '2099-03-06T23:59:00Z'")
    with served(path) as address:
        yield address


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_no_violation(name: str, desk: str, browser: Any) -> None:
    page = browser.new_page(viewport=DESKTOP)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(desk + PAGES[name])
    assert violations(page, WCAG_22_AA) == []
    assert [url for url in asked if not url.startswith((desk, "data:", "blob:"))] == []
    page.close()


def test_a_dashboard_says_what_each_control_is_for(desk: str, browser: Any) -> None:
    page = browser.new_page(viewport=DESKTOP)
    page.goto(desk + "-/dashboards/vacancies")
    page.get_by_label("Region", exact=True).select_option("Wales")
    page.get_by_role("button", name="Apply").click()
    page.wait_for_url("**region=Wales**")
    assert page.get_by_label("Region", exact=True).input_value() == "Wales"
    page.close()
