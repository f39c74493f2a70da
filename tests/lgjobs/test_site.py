"""The built site: what is in it, what is not, and what a second build leaves alone."""

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import html5lib
import pytest
from lxml import etree
from sqlite_utils import Database

from lgjobs.errors import UsedWrongly
from lgjobs.exports.site import builder
from lgjobs.exports.site.builder import Built, build_site
from lgjobs.exports.site.folder import MANIFEST
from lgjobs.exports.site.vacancy import page_name
from lgjobs.store.database import writing
from tests.conftest import DAY_1, DAY_2, Crawls, make_advert

BASE = "https://news.example/jobs/"
LEEDS = "E08000035"
LIMIT = 30_000
EVIL = "</script></title><script>alert(1)</script><svg onload=alert(1)>\"'&\u202e\x00"


def advert(external_id: str = "a", **says: Any) -> Any:
    given: dict[str, Any] = {
        "title": "Housing Officer",
        "council": LEEDS,
        "recruiter": "Leeds City Council",
        "sector": "housing",
        "region": "Yorkshire and The Humber",
        "nation": "England",
        "place": "Leeds",
        "salary": "£30,874 - £37,188",
        "salary_min": 30874.0,
        "salary_max": 37188.0,
        "salary_period": "year",
        "salary_annual_min": 30874.0,
        "salary_annual_max": 37188.0,
        "salary_basis": "stated",
        "contract_type": "permanent",
        "closes_at": "2026-03-08T23:59:00Z",
        "posted_on": "2026-02-28",
        "summary": "You will look after the homes of a patch.",
        "description_html": "<h2>The job</h2><p>You will look after homes.</p>",
        "description_text": "The job\n\nYou will look after homes.",
    }
    return make_advert(external_id, **(given | says))


def build(db: Database, out: Path, now: str = DAY_1, **more: Any) -> Built:
    return build_site(db, out, now, BASE, **more)


def page_of(out: Path, external_id: str = "a") -> Path:
    return out / "job" / f"{page_name({'source_id': 's', 'external_id': external_id})}.html"


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def posting(path: Path) -> Any:
    (found,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', read(path), re.S)
    return json.loads(found)


class Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.tags: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.found += [value or "" for name, value in attrs if name in ("href", "src", "action")]


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "site"


# --- what must not happen ---


def test_closed_and_expired_adverts_stand_in_no_list(
    db: Database, crawls: Crawls, out: Path
) -> None:
    crawls([advert("open"), advert("gone", title="Withdrawn Post"), advert("late", title="Late")])
    db.execute("UPDATE adverts SET closes_at = ? WHERE external_id = 'late'", [DAY_1])
    crawls([], at=DAY_2, listed={"open"})
    assert build(db, out, DAY_2).jobs == 1
    for path in [*out.rglob("*.html"), *(out / "search").iterdir(), *out.rglob("*.rss")]:
        if path.parent.name != "job":
            assert "Withdrawn Post" not in read(path), path
            assert ">Late<" not in read(path), path


def test_a_closed_advert_says_so_for_sixty_days_and_then_is_gone(
    db: Database, crawls: Crawls, out: Path
) -> None:
    crawls([advert("a"), advert("b")])
    crawls([], at=DAY_2, listed={"b"})
    db.execute("UPDATE adverts SET closes_at = '2027-01-01T00:00:00Z' WHERE external_id = 'b'")
    build(db, out, DAY_2)
    page = read(page_of(out))
    assert "This job has closed" in page
    assert '<meta name="robots" content="noindex">' in page
    assert "Apply on" not in page
    assert "ld+json" not in page
    build(db, out, "2026-05-02T05:00:00Z")
    assert page_of(out).exists()
    assert build(db, out, "2026-05-02T07:00:00Z").removed >= 1
    assert not page_of(out).exists()


def test_a_folder_with_other_files_is_refused_and_left_alone(
    db: Database, crawls: Crawls, out: Path
) -> None:
    crawls([advert()])
    out.mkdir()
    (out / "thesis.txt").write_text("mine")
    with pytest.raises(UsedWrongly, match="holds other files"):
        build(db, out)
    assert [path.name for path in out.iterdir()] == ["thesis.txt"]


def test_an_advert_that_gives_way_to_another_of_its_job_leads_on_to_it(
    db: Database, crawls: Crawls, out: Path
) -> None:
    crawls([advert("a"), advert("b", title="Housing Officer (Lettings)")])
    build(db, out)
    db.execute(
        "UPDATE adverts SET job_id = 1, lead_changed_at = ? WHERE external_id = 'b'", [DAY_2]
    )
    assert build(db, out, DAY_2).jobs == 1
    page = read(page_of(out, "b"))
    assert "This job has another page now" in page
    assert f'href="../job/{page_of(out).name}">The same job is still advertised here' in page
    assert '<meta name="robots" content="noindex">' in page
    assert "closed" not in page.lower()
    assert "Lettings" not in read(out / "jobs/all.html")
    assert page_of(out, "b").name not in read(out / "sitemap-1.xml")


def test_only_what_a_build_made_is_ever_removed(db: Database, crawls: Crawls, out: Path) -> None:
    crawls([advert()])
    build(db, out)
    (out / "CNAME").write_text("news.example")
    outside = out.parent / "outside.txt"
    outside.write_text("mine")
    made = json.loads((out / MANIFEST).read_text())
    (out / MANIFEST).write_text(json.dumps(made | {"../outside.txt": "", str(outside): ""}))
    build(db, out, "2027-01-01T00:00:00Z")
    assert (out / "CNAME").exists()
    assert outside.exists()


def test_nothing_of_an_advert_becomes_markup(db: Database, crawls: Crawls, out: Path) -> None:
    evil = advert(
        title=EVIL,
        employer=EVIL,
        recruiter=EVIL + "2",
        url="javascript:alert(1)",
        summary=EVIL,
        salary=EVIL,
        salary_basis="none",
        place=EVIL,
        grade=EVIL,
        description_html='<p onclick="alert(1)">x</p><script>alert(1)</script>',
    )
    crawls([evil])
    for column in ("summary", "employer", "recruiter", "grade", "reference", "location_text"):
        db.execute(f"UPDATE adverts SET {column} = ?", [EVIL])
    build(db, out)
    assert "alert(1)" in read(page_of(out))
    for path in out.rglob("*.html"):
        text = read(path)
        assert "javascript:" not in text, path
        assert "\u202e" not in text, path
        found = Links()
        found.feed(text)
        assert not found.tags & {"svg", "img", "iframe", "style"}
        assert not {name for name in found.attributes if name.startswith("on")}, path
        assert "<script>" not in text, path


def test_a_value_that_no_list_knows_breaks_nothing(db: Database, crawls: Crawls, out: Path) -> None:
    crawls([advert(region="Atlantis", nation="Atlantis", council="X99999999", sector="magic")])
    assert build(db, out).jobs == 1
    assert "atlantis.html" not in read(page_of(out))


def test_a_megabyte_of_title_stays_a_light_page(db: Database, crawls: Crawls, out: Path) -> None:
    long = advert(title="W" * 1_000_000, description_html=f"<p>{'word ' * 200_000}</p>")
    crawls([long])
    build(db, out)
    page, css = page_of(out), out / "site.css"
    assert page.stat().st_size + css.stat().st_size <= LIMIT
    assert "read the whole advert" in read(page)


# --- what must be there ---


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built")
    with writing(folder / "lgjobs.db") as db:
        Crawls(db)(
            [
                advert("a"),
                advert("b", title="Planner", sector="planning"),
                advert(
                    "c", employer="Tile Hill", council=None, recruiter="Tile Hill", region="Wales"
                ),
                *(advert(f"n{n}", title=f"Post {n}") for n in range(60)),
            ]
        )
        db.execute("UPDATE adverts SET work_mode = 'hybrid' WHERE external_id = 'b'")
        build(db, folder / "site", contact="jobs@example.org")
    return folder / "site"


def test_every_link_leads_somewhere(site: Path) -> None:
    base = urlsplit(BASE)
    checked = 0
    for path in site.rglob("*.html"):
        links = Links()
        links.feed(read(path))
        for link in links.found:
            target = urlsplit(urljoin(urljoin(BASE, path.relative_to(site).as_posix()), link))
            if target.netloc != base.netloc:
                continue
            name = target.path.removeprefix(base.path) or "index.html"
            assert (site / name).is_file(), f"{path}: {link}"
            checked += 1
    assert checked > 1000


def test_every_page_is_valid_html_and_asks_no_other_host(site: Path) -> None:
    pages = list(site.rglob("*.html"))
    kinds = {page.parent.name: page for page in pages} | {page.name: page for page in pages[:400]}
    for page in kinds.values():
        text = read(page)
        html5lib.HTMLParser(strict=True).parse(text)
        loaded = re.findall(r'<(?:script|img|iframe|link rel="[^c]\w+")[^>]*"(https?:[^"]+)"', text)
        assert loaded == [], page
        assert len(re.findall(r"<h1", text)) == 1, page
        assert '<html lang="en-GB">' in text, page


def test_an_advert_page_tells_all_and_leads_to_the_council(site: Path) -> None:
    text = read(page_of(site))
    for expected in (
        "<h1>Housing Officer</h1>",
        "£30,874 to £37,188 a year",
        "£30,874 - £37,188",
        "Sunday 8 March 2026, 11.59pm",
        "Apply on the council’s site",
        '<link rel="canonical" href="https://jobs.example/a">',
        'Last seen on the council’s site on <time datetime="2026-03-02">Monday 2 March 2026</time>',
        "<h3>The job</h3>",
        '<a href="../council/leeds-city-council.html">Leeds City Council</a>',
    ):
        assert expected in text
    assert page_of(site).stat().st_size + (site / "site.css").stat().st_size <= LIMIT


def test_the_posting_keeps_googles_rules(site: Path) -> None:
    found = posting(page_of(site))
    assert found["@type"] == "JobPosting"
    assert found["title"] == "Housing Officer"
    assert found["validThrough"] == "2026-03-08T23:59:00Z"
    assert found["datePosted"] == "2026-02-28"
    assert found["hiringOrganization"]["name"] == "Leeds City Council"
    assert found["jobLocation"]["address"]["addressCountry"] == "GB"
    assert found["baseSalary"]["value"]["unitText"] == "YEAR"
    assert found["directApply"] is False
    assert found["identifier"]["value"]


def test_lists_hold_what_they_say_newest_first(site: Path) -> None:
    def titles(name: str) -> list[str]:
        return re.findall(r'<h3><a href="[^"]+">([^<]+)</a>', read(site / name))

    assert titles("sector/planning.html") == ["Planner"]
    assert titles("mode/hybrid.html") == ["Planner"]
    assert titles("region/wales.html") == ["Housing Officer"]
    assert titles("sector/housing-in-wales.html") == ["Housing Officer"]
    assert titles("jobs/all.html")[:2] == ["Post 59", "Post 58"]
    assert len(titles("jobs/all.html")) == 50
    assert len(titles("jobs/all-page-2.html")) == 13
    assert titles("pay/30000-to-40000.html") == titles("jobs/all.html")
    assert titles("pay/under-25000.html") == []
    assert "There are none today" in read(site / "sector/libraries.html")
    assert len(titles("closing/within-7-days.html")) == 50
    assert titles("closing/within-3-days.html") == []


def test_every_atom_feed_of_the_site_has_an_id_of_its_own(site: Path) -> None:
    feeds = list(site.rglob("*.atom"))
    assert len({etree.parse(feed).findtext("{*}id") for feed in feeds}) == len(feeds) > 10


def test_every_feed_says_where_it_stands(site: Path) -> None:
    for feed in [*site.rglob("*.atom"), *site.rglob("*.rss")]:
        (itself,) = etree.parse(feed).iterfind(".//{http://www.w3.org/2005/Atom}link[@rel='self']")
        assert itself.get("href") == BASE + feed.relative_to(site).as_posix()
    feed_url = json.loads(read(site / "sector/housing.json"))["feed_url"]
    assert feed_url == f"{BASE}sector/housing.json"


def test_feeds_sitemap_and_robots(site: Path) -> None:
    for name in ("jobs/all", "sector/housing", "region/wales"):
        for ending in ("rss", "atom"):
            etree.parse(site / f"{name}.{ending}")
        assert json.loads(read(site / f"{name}.json"))["items"]
        assert f'href="../{name}.rss"' in read(site / f"{name}.html")
    assert f"{BASE}job/" in read(site / "council/leeds-city-council.rss")
    index = etree.parse(site / "sitemap.xml")
    (first,) = index.findall(".//{*}loc")
    assert first.text == f"{BASE}sitemap-1.xml"
    urls = [each.text or "" for each in etree.parse(site / "sitemap-1.xml").findall(".//{*}loc")]
    assert sum("/job/" in url for url in urls) == 63
    assert all(url.startswith(BASE) for url in urls)
    assert f"Sitemap: {BASE}sitemap.xml" in read(site / "robots.txt")
    assert 'href="/jobs/site.css"' in read(site / "404.html")


def test_the_data_page_says_whom_to_write_to(site: Path) -> None:
    text = read(site / "about.html")
    for expected in ("jobs@example.org", "Open Government Licence", "once a day", "complain"):
        assert expected in text


# --- the next build ---


def test_a_build_with_nothing_changed_writes_nothing(
    db: Database, crawls: Crawls, out: Path
) -> None:
    crawls([advert("a"), advert("b")])
    first = build(db, out)
    times = {path: path.stat().st_mtime_ns for path in out.rglob("*")}
    again = build(db, out)
    assert (again.written, again.removed, again.files) == (0, 0, first.files)
    assert {path: path.stat().st_mtime_ns for path in out.rglob("*")} | {
        out / MANIFEST: 0,
        out: 0,
    } == times | {out / MANIFEST: 0, out: 0}


def test_one_changed_advert_changes_its_own_page_and_no_other_adverts(
    db: Database, crawls: Crawls, out: Path
) -> None:
    crawls([advert("a"), advert("b")])
    build(db, out)
    other = page_of(out, "b").stat().st_mtime_ns
    db.execute("UPDATE adverts SET title = 'Rent Officer' WHERE external_id = 'a'")
    assert build(db, out).written > 0
    assert "Rent Officer" in read(page_of(out, "a"))
    assert page_of(out, "b").stat().st_mtime_ns == other


def test_a_changed_description_is_noticed(db: Database, crawls: Crawls, out: Path) -> None:
    crawls([advert("a")])
    build(db, out)
    db.execute("UPDATE advert_texts SET description_html = '<p>New words.</p>'")
    assert build(db, out).written == 1
    assert "New words." in read(page_of(out))


def test_a_page_that_vanished_is_made_again(db: Database, crawls: Crawls, out: Path) -> None:
    crawls([advert("a")])
    build(db, out)
    page_of(out).unlink()
    assert build(db, out).written == 1
    assert page_of(out).exists()


def test_the_day_last_seen_is_never_more_than_a_week_behind(
    db: Database, crawls: Crawls, out: Path
) -> None:
    crawls([advert(str(n), closes_at=None) for n in range(20)])
    build(db, out)
    stale = {}
    for now in ("2026-03-04T06:00:00Z", "2026-03-09T06:00:00Z"):
        db.execute("UPDATE adverts SET last_seen = ?", [now])
        build(db, out, now)
        pages = (read(page_of(out, str(n))) for n in range(20))
        stale[now[:10]] = sum('datetime="2026-03-02"' in page for page in pages)
    assert 0 < stale["2026-03-04"] < 20
    assert stale["2026-03-09"] == 0


def test_a_vacancy_on_two_sites_has_one_page_and_one_entry(
    db: Database, crawls: Crawls, out: Path
) -> None:
    crawls([advert("a"), advert("b")])
    db.execute("UPDATE adverts SET job_id = (SELECT min(id) FROM jobs)")
    assert build(db, out).jobs == 1
    assert page_of(out, "a").exists()
    assert not page_of(out, "b").exists()


def test_a_process_for_the_adverts_makes_the_same_site(
    db: Database, crawls: Crawls, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    crawls([advert("a"), advert("b")])
    alone = build(db, out)
    monkeypatch.setattr(builder, "WORTH_A_PROCESS", 0)
    assert build(db, out) == replace(alone, written=0)
    assert build(db, out.with_name("other")) == alone


def test_an_empty_database_makes_an_honest_site(db: Database, crawls: Crawls, out: Path) -> None:
    crawls([])
    assert build(db, out).jobs == 0
    assert "0 jobs" in read(out / "index.html")
    assert json.loads(read(out / "search/index.json")) == {"jobs": 0, "words": []}
