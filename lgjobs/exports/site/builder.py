"""Builds the site: `build_site` writes it whole, or brings a folder that holds it up to date."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from markupsafe import Markup, escape
from sqlite_utils import Database

from lgjobs.exports.about import describe
from lgjobs.exports.health_page import badge, health_tables
from lgjobs.exports.published import web_address
from lgjobs.exports.section import take_turns
from lgjobs.exports.site import words
from lgjobs.exports.site.advert_pages import write_advert_pages
from lgjobs.exports.site.facets import CLOSING_DAYS, all_facets, council_slugs
from lgjobs.exports.site.feeds import NEWEST, feed_files
from lgjobs.exports.site.folder import SiteFolder
from lgjobs.exports.site.lists import ALL, Group, JobList, Lists
from lgjobs.exports.site.pages import ASSETS, Pages
from lgjobs.exports.site.search_index import search_files
from lgjobs.exports.site.vacancy import CLOSED_DAYS, Row, Vacancy, live_rows, vacancy
from lgjobs.health import health
from lgjobs.store.queries import Filter

LOCAL: Final = "http://127.0.0.1:8000/"
"""Where `python -m http.server` serves a folder."""
AT_HOME: Final = 10
"""Jobs under each heading of the home page."""
AT_HOME_OF: Final = 200
"""The first of the list that they are chosen from."""
ON_A_SITEMAP: Final = 40_000
WORTH_A_PROCESS: Final = 2_000
"""Adverts from which on their pages are written by a process of its own."""


@dataclass(frozen=True, slots=True)
class Built:
    """What a build came to."""

    jobs: int
    files: int
    written: int
    removed: int


def build_site(db: Database, out: Path, now: str, base: str, contact: str | None = None) -> Built:
    """Write the site of the jobs that are open at `now` into `out`.

    `base`: the address that the site will have, for its sitemap, its feeds and the links of its
    404 page. `contact`: to whom complaints go. Raises UsedWrongly for a folder that holds
    something else.
    """
    folder = SiteFolder(out)
    builder = _Builder(db, folder, now, base.rstrip("/") + "/", contact)
    advert_pages = (_file_of(db), out, now)
    if db.table("adverts").count < WORTH_A_PROCESS:
        builder.build()
        folder.made.take_in(write_advert_pages(*advert_pages))
    else:
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as beside:
            made = beside.submit(write_advert_pages, *advert_pages)
            builder.build()
            folder.made.take_in(made.result())
    removed = folder.finish()
    return Built(len(builder.jobs), len(folder.made.keys), folder.made.written, removed)


def _file_of(db: Database) -> Path:
    """Where the database lies."""
    return Path(db.execute("PRAGMA database_list").fetchone()[2])


class _Builder:
    def __init__(
        self, db: Database, folder: SiteFolder, now: str, base: str, contact: str | None
    ) -> None:
        self.db, self.folder, self.now, self.base, self.contact = db, folder, now, base, contact
        self.pages = Pages()
        self.facets = all_facets(db, now)
        self.jobs: list[Vacancy] = []
        self.items: list[Markup] = []
        self.newest: dict[str, list[Row]] = {}
        """Rows of the newest jobs of each list that has feeds, by the list's name."""

    def build(self) -> None:
        for file in sorted(ASSETS.iterdir()):
            self.folder.write(file.name, file.read_bytes())
        self._read()
        lists = Lists(self.facets, self.jobs)
        self._lists(lists)
        self._feeds(lists)
        self._home(lists)
        self._councils(lists)
        self._about()
        self._page("search", facets=self.facets)
        for name, content in search_files(self.facets, self.jobs, lists):
            self.folder.write(f"search/{name}", content)
        self._sitemaps(lists)

    def _read(self) -> None:
        """Read the open adverts, and make the entry of each."""
        for row in live_rows(self.db, self.now):
            job = vacancy(row, self.facets)
            self.jobs.append(job)
            self.items.append(self.pages.part("item", root="../", job=job))
            self._remember_for_feeds(row, job)

    def _remember_for_feeds(self, row: Row, job: Vacancy) -> None:
        names = [ALL]
        names += [
            f"{facet.key}/{value}"
            for facet in self.facets
            if facet.feeds
            for value in job.values[facet.key]
        ]
        for name in names:
            rows = self.newest.setdefault(name, [])
            if len(rows) < NEWEST:
                rows.append(row)

    def _lists(self, lists: Lists) -> None:
        councils = self._council_facts()
        for here in lists:
            narrower = self.pages.part("narrower", groups=lists.narrower(here))
            council = councils.get(here.name)
            for number in range(1, here.pages + 1):
                self._list_page(here, number, narrower, council)

    def _list_page(self, here: JobList, number: int, narrower: Markup, council: Row | None) -> None:
        content = self.pages.page(
            "list",
            "../",
            title=here.title,
            total=words.count(len(here.jobs), "job", "jobs"),
            total_number=len(here.jobs),
            shown=f"{here.shown:,}" if here.shown < len(here.jobs) else None,
            closing_first=here.closing_first,
            items=Markup("".join(self.items[at] for at in here.on_page(number))),  # noqa: S704 - each is
            number=number,
            pages=here.pages,
            previous=here.page(number - 1) if number > 1 else None,
            next=here.page(number + 1) if number < here.pages else None,
            steps=[{"number": each, "page": here.page(each)} for each in here.steps(number)],
            filters=here.filters,
            narrower=narrower,
            feed=here.name,
            feeds=here.feeds,
            council=council,
        )
        self.folder.write(here.page(number), content)

    def _council_facts(self) -> dict[str, Row]:
        """What a council's list says of the council, by the list's name."""
        slugs = council_slugs(self.db)
        found = {}
        for row in self.db.query("SELECT gss_code, type, region, website, valid_to FROM councils"):
            if row["gss_code"] in slugs:
                kind = words.COUNCIL_TYPES.get(row["type"], "Council")
                found[f"council/{slugs[row['gss_code']]}"] = {
                    "kind": f"{kind}, abolished" if row["valid_to"] else kind,
                    "region": row["region"],
                    "region_page": words.slug(row["region"]) if row["region"] else None,
                    "website": web_address(row["website"] or ""),
                }
        return found

    def _feeds(self, lists: Lists) -> None:
        about = describe(self.db, Filter(), self.now, self.base)
        for here in lists:
            title = "Council jobs" if here is lists.all else here.title
            its = replace(about, title=title, link=f"{self.base}{here.page(1)}")
            rows = self.newest.get(here.name, [])
            for file, content in feed_files(rows, here.name, here.feeds, its, self.base):
                self.folder.write(file, content)

    def _home(self, lists: Lists) -> None:
        soon = lists.of["closing", f"within-{CLOSING_DAYS[1]}-days"]
        groups = [lists.group(key) for key in lists.facets if key != "council"]
        councils = lists.group("council")
        largest = sorted(councils.choices, key=lambda choice: (-choice.count, choice.name))[
            :AT_HOME
        ]
        self._page(
            "home",
            "index",
            total=words.count(len(self.jobs), "job", "jobs"),
            employers=words.count(len(councils.choices), "council", "councils"),
            updated=self._updated(),
            newest=self._some(lists.all.jobs),
            closing=self._some(soon.jobs),
            closing_page=soon.page(1),
            groups=[*groups, replace(councils, choices=largest)],
        )

    def _some(self, jobs: list[int]) -> list[Markup]:
        """The first of a list for the home page, of as many employers as there are."""
        first = jobs[:AT_HOME_OF]
        chosen = take_turns((self.jobs[at].employer or "" for at in first), AT_HOME)
        return [self.pages.part("item", root="", job=self.jobs[first[at]]) for at in chosen]

    def _councils(self, lists: Lists) -> None:
        """Every council's list, by region."""
        facts = self._council_facts()
        regions = []
        for region, name in lists.facets["region"].values.items():
            choices = [
                lists.choice("council", key)
                for key in lists.facets["council"].values
                if facts[f"council/{key}"]["region"] == name
            ]
            if choices:
                regions.append(Group(region, name, choices))
        self._page("councils", regions=regions)

    def _about(self) -> None:
        found = sorted(health(self.db), key=lambda each: (each.council or each.source).casefold())
        sources = [
            {
                "name": each.council or each.source,
                "url": web_address(each.url),
                "read": words.day(each.last_complete_at) if each.last_complete_at else None,
                "adverts": each.adverts_open,
            }
            for each in found
        ]
        total = words.count(len(self.jobs), "job", "jobs")
        self._page(
            "about",
            total=total,
            sources=sources,
            updated=self._updated(),
            days=CLOSED_DAYS,
            contact=self.contact,
        )
        tables = health_tables(health(self.db), self._last_run() or self.now)
        self._page("health", tables=Markup(tables))  # noqa: S704 - it escapes what it prints
        for each in found:
            self.folder.write(f"badge/{words.slug(each.source)}.svg", badge(each).encode())

    def _page(self, template: str, name: str | None = None, **says: Any) -> None:
        """A page at the root of the site."""
        self.folder.write(f"{name or template}.html", self.pages.page(template, "", **says))

    def _last_run(self) -> str | None:
        (at,) = self.db.execute(
            "SELECT max(coalesce(finished_at, started_at)) FROM runs"
        ).fetchone()
        return None if at is None else str(at)

    def _updated(self) -> str | None:
        return words.moment(at) if (at := self._last_run()) else None

    def _sitemaps(self, lists: Lists) -> None:
        """Sitemaps of every page that a search engine should know, their index, and robots.txt."""
        path = urlsplit(self.base).path
        lost = self.pages.page("lost", path, days=CLOSED_DAYS)
        self.folder.write("404.html", lost)
        urls = [f"<url><loc>{escape(self.base)}</loc></url>"]
        urls += [self._url(each.page(1)) for each in lists if each.jobs]
        urls += [self._url(name) for name in ("about.html", "councils.html")]
        urls += [self._url(f"job/{job.page}.html", job.changed_on) for job in self.jobs]
        names = []
        for number, start in enumerate(range(0, len(urls), ON_A_SITEMAP), start=1):
            names.append(f"sitemap-{number}.xml")
            part = "\n".join(urls[start : start + ON_A_SITEMAP])
            self.folder.write(names[-1], _sitemap("urlset", part))
        index = "\n".join(
            f"<sitemap><loc>{escape(self.base)}{name}</loc></sitemap>" for name in names
        )
        self.folder.write("sitemap.xml", _sitemap("sitemapindex", index))
        robots = f"User-agent: *\nDisallow:\n\nSitemap: {self.base}sitemap.xml\n"
        self.folder.write("robots.txt", robots.encode())

    def _url(self, page: str, changed_on: str | None = None) -> str:
        changed = f"<lastmod>{changed_on}</lastmod>" if changed_on else ""
        return f"<url><loc>{escape(self.base)}{page}</loc>{changed}</url>"


def _sitemap(element: str, content: str) -> bytes:
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<{element} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{content}\n</{element}>\n'
    ).encode()
