"""The jobs section in a real browser: searched, read and left again; safe and accessible."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from lgjobs.exports.health_page import health_page
from lgjobs.exports.section import section_component
from lgjobs.health import SourceHealth, State
from tests.browser.conftest import DESKTOP, PHONE, WCAG_22_AA, advert_page, violations

Open = Callable[..., Any]

PAGES = {
    "home": "index.html",
    "list": "sector/planning.html",
    "second page": "jobs/all-page-2.html",
    "empty list": "sector/libraries.html",
    "council": "council/leeds-city-council.html",
    "councils": "councils.html",
    "advert": advert_page("5"),
    "closed": advert_page("closed"),
    "search": "search.html?q=worker&region=wales",
    "about": "about.html",
    "health": "health.html",
    "lost": "404.html",
}


def status_of(page: Any) -> str:
    return str(page.wait_for_selector("#status:not(:empty)").text_content())


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_search_filter_open_and_back_with_the_filters_kept(
    open_page: Open, size: dict[str, int], screenshots: Path
) -> None:
    page = open_page(viewport=size)
    page.fill("#q", "social workers")
    page.click("button")
    assert status_of(page) == "18 jobs found"
    page.select_option("select[name=region]", "wales")
    page.select_option("select[name=pay]", "40000-to-50000")
    page.click("#search button")
    page.wait_for_url("**region=wales**")
    found = status_of(page)
    assert found == "3 jobs found"
    page.screenshot(path=screenshots / f"search-{size['width']}.png")
    page.click(".job h3 a >> nth=0")
    assert page.text_content("h1") == "Senior Social Worker"
    assert page.get_by_text("Apply on the council’s site").is_visible()
    page.go_back()
    assert status_of(page) == found
    assert page.input_value("#q") == "social workers"
    assert page.input_value("select[name=region]") == "wales"
    assert page.input_value("select[name=pay]") == "40000-to-50000"
    assert page.is_enabled("select[name=sector]")


def test_the_keyboard_alone_finds_and_opens_an_advert(open_page: Open) -> None:
    page = open_page()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the jobs"
    for _ in range(10):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "q":
            break
    page.keyboard.type("planner 31")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=planner+31")
    assert status_of(page) == "1 job found"
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == "Planner 31":
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/job/**")
    assert page.text_content("h1") == "Planner 31"


def test_a_search_for_nothing_that_there_is_says_so(open_page: Open) -> None:
    page = open_page("search.html?q=zookeeper")
    assert status_of(page).startswith("No job found")
    page = open_page("search.html?q=constructor&sector=__proto__")
    assert status_of(page).startswith("No job found")


def test_results_are_paged(open_page: Open) -> None:
    page = open_page("search.html?q=planner")
    assert status_of(page) == "72 jobs found"
    page.click("#pages a")
    page.wait_for_url("**page=2**")
    status_of(page)
    assert page.locator(".job").count() == 20
    assert "Page 2 of 4" in page.text_content("#pages")


def test_links_that_need_a_script_show_where_scripts_run_and_only_there(open_page: Open) -> None:
    page = open_page("sector/planning.html")
    page.get_by_text("Contract").click()
    page.get_by_role("link", name="Permanent").click()
    assert status_of(page) == "72 jobs found"
    plain = open_page("sector/planning.html", java_script_enabled=False)
    assert not plain.get_by_text("Contract").is_visible()
    plain.get_by_role("link", name="Wales").click()
    assert plain.text_content("h1") == "Planning jobs in Wales"


def test_without_scripts_the_search_page_leads_on(open_page: Open) -> None:
    page = open_page("search.html?q=x", java_script_enabled=False)
    page.click("main a >> nth=0")
    page.get_by_role("link", name="Adult social care").click()
    page.click(".job h3 a >> nth=0")
    assert page.text_content("h1") == "Senior Social Worker"


@pytest.mark.parametrize("name", PAGES)
def test_no_page_is_wider_than_a_phone_or_asks_another_host(
    name: str, open_page: Open, address: str, screenshots: Path
) -> None:
    page = open_page(viewport=PHONE)
    asked: list[str] = []
    wrong: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("response", lambda answer: wrong.append(answer.url) if answer.status >= 400 else None)
    page.goto(address + PAGES[name], wait_until="networkidle")
    page.screenshot(path=screenshots / f"{name.replace(' ', '-')}-360.png")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert [url for url in asked if not url.startswith(address)] == []
    assert wrong == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_no_violation(name: str, scheme: str, open_page: Open) -> None:
    page = open_page(PAGES[name], color_scheme=scheme, bypass_csp=True)
    assert violations(page, [*WCAG_22_AA, "best-practice"]) == []


@pytest.mark.parametrize("bypass_csp", [False, True], ids=["policy", "escaping alone"])
@pytest.mark.parametrize(
    "path", [advert_page("evil"), "jobs/all.html", "index.html", "search.html?q=window"]
)
def test_a_hostile_advert_runs_nothing(path: str, bypass_csp: bool, open_page: Open) -> None:
    page = open_page(path, bypass_csp=bypass_csp)
    page.wait_for_load_state("networkidle")
    assert "window.ran=1" in page.text_content("main")
    assert page.evaluate("window.ran") is None
    assert page.locator("main img, main script, main svg, [onerror], [onclick]").count() == 0
    links = page.eval_on_selector_all("a", "all => all.map(each => each.href)")
    assert [link for link in links if not re.match("https?://", link)] == []


def test_the_block_for_articles_shows_without_scripts(browser: Any) -> None:
    facts = ("place", "location_text", "authority_name", "region", "salary_text", "closes_at")
    names = ("recruiter", "summary", "sector", "sector_name")
    row = dict.fromkeys((*facts, *names)) | {"source_id": "s", "external_id": "1"}
    row |= {"title": "Planner", "employer": "Leeds", "url": "https://jobs.example/1"}
    page = browser.new_page(java_script_enabled=False)
    page.set_content(section_component([row]))
    assert page.get_by_role("link", name="Planner").is_visible()
    page.close()


def test_the_health_page_sorts_by_any_column_and_is_accessible(browser: Any) -> None:
    sources = [
        SourceHealth(
            source=name, platform="itrent", url="https://jobs.example/", council=name.title(),
            region="Wales", state=State.WELL, failure=None, why="", detail="", since=None,
            last_complete_at=f"2026-03-{day:02}T06:00:00Z", adverts_open=adverts,
        )
        for name, day, adverts in (("leeds", 2, 100), ("derby", 10, 9), ("wigan", 9, 20))
    ]  # fmt: skip
    page = browser.new_page()
    page.set_content(health_page(sources, "2026-03-10T06:00:00Z"))
    table = page.locator("table", has_text="All sources")

    def order_by(column: str) -> list[str]:
        table.get_by_role("button", name=column).press("Enter")
        return list(table.locator("tbody th").all_inner_texts())

    assert order_by("Live adverts") == ["Derby", "Wigan", "Leeds"]
    assert order_by("Live adverts") == ["Leeds", "Wigan", "Derby"]
    assert order_by("Last read through") == ["Leeds", "Wigan", "Derby"]
    assert table.locator("th[aria-sort]").all_inner_texts() == ["Last read through"]
    assert order_by("Council") == ["Derby", "Leeds", "Wigan"]
    assert violations(page, [*WCAG_22_AA, "best-practice"]) == []
    page.close()
