"""The lists of the site: which adverts stand in each, and what each list leads on to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Final

from lgjobs.exports.site.facets import EVERY_FEED, UNTIL_FILLED, Facet
from lgjobs.exports.site.vacancy import Vacancy

PER_PAGE: Final = 50
MOST_PAGES: Final = 20
"""Of one list: who has read so far is better served by a narrower list, or by a search."""
ALL: Final = "jobs/all"
_BESIDE: Final = 2
"""Pages before and after the present one that a list links."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A link to a list, with the number of its jobs."""

    name: str
    page: str
    count: int


@dataclass(frozen=True, slots=True)
class Group:
    """Links of one kind."""

    key: str
    name: str
    choices: list[Choice]
    needs_script: bool = False
    """Whether they lead to searches, which a browser without JavaScript can not make."""


@dataclass(slots=True)
class JobList:
    """One list of the site, of any number of pages."""

    name: str
    """Its address without the ending: sector/housing."""
    title: str
    filters: dict[str, str] = field(default_factory=dict)
    """The same list as a search: values by facet."""
    feeds: tuple[str, ...] = ()
    """Endings of its feeds' files."""
    closing_first: bool = False
    jobs: list[int] = field(default_factory=list)
    """Positions among all jobs, in the order shown."""

    def page(self, number: int) -> str:
        """The file of a page, counted from 1."""
        return f"{self.name}.html" if number == 1 else f"{self.name}-page-{number}.html"

    @property
    def pages(self) -> int:
        return min(MOST_PAGES, max(1, -(-len(self.jobs) // PER_PAGE)))

    @property
    def shown(self) -> int:
        """How many of its jobs its pages show."""
        return min(len(self.jobs), MOST_PAGES * PER_PAGE)

    def on_page(self, number: int) -> list[int]:
        return self.jobs[(number - 1) * PER_PAGE : number * PER_PAGE]

    def steps(self, number: int) -> list[int]:
        """The pages that a page links: the first, the last, and those beside it."""
        near = range(max(1, number - _BESIDE), min(self.pages, number + _BESIDE) + 1)
        return sorted({1, *near, self.pages})


class Lists:
    """Every list: of all jobs, of each value of each facet, of each sector in each region."""

    def __init__(self, facets: Sequence[Facet], jobs: Sequence[Vacancy]) -> None:
        self.facets = {facet.key: facet for facet in facets}
        self.all = JobList(ALL, "All jobs", feeds=EVERY_FEED, jobs=list(range(len(jobs))))
        self.of: dict[tuple[str, str], JobList] = {
            (facet.key, value): _list_of(facet, value) for facet in facets for value in facet.values
        }
        self.pairs: dict[tuple[str, str], JobList] = {}
        numbers = {pair: number for number, pair in enumerate(self.of)}
        self._numbers = numbers
        self._values = [tuple(numbers[pair] for pair in job.pairs) for job in jobs]
        """The values of each job by number: counting numbers is quick."""
        for at, job in enumerate(jobs):
            for pair in job.pairs:
                self.of[pair].jobs.append(at)
            for sector in job.values["sector"]:
                for region in job.values["region"]:
                    self._pair(sector, region).jobs.append(at)
        for (facet, value), here in self.of.items():
            if facet == "closing" and value != UNTIL_FILLED:
                here.jobs.sort(key=lambda at: jobs[at].closes_at or "")
                here.closing_first = True

    def __iter__(self) -> Iterator[JobList]:
        yield self.all
        yield from self.of.values()
        yield from self.pairs.values()

    def group(self, facet: str) -> Group:
        """Links to the lists of a facet that have jobs."""
        links = [self.choice(facet, value) for value in self.facets[facet].values]
        return Group(facet, self.facets[facet].name, [link for link in links if link.count])

    def choice(self, facet: str, value: str) -> Choice:
        """The link to the list of a value."""
        here = self.of[facet, value]
        return Choice(_capital(self.facets[facet].values[value]), here.page(1), len(here.jobs))

    def narrower(self, here: JobList) -> list[Group]:
        """How many jobs of a list have each value of the other facets, and where those stand."""
        if not here.filters:
            return [self.group(key) for key in self.facets if key != "council"]
        counts = Counter(chain.from_iterable(self._values[at] for at in here.jobs))
        found = [
            self._narrower(here, facet, counts)
            for key, facet in self.facets.items()
            if key not in here.filters and key != "council"
        ]
        return sorted(found, key=lambda group: group.needs_script)

    def _narrower(self, here: JobList, facet: Facet, counts: Mapping[int, int]) -> Group:
        """Lists of a sector in a region have pages of their own; all others are searches."""
        listed = {facet.key, *here.filters} == {"sector", "region"}
        choices = []
        for value, name in facet.values.items():
            if number := counts.get(self._numbers[facet.key, value]):
                filters = here.filters | {facet.key: value}
                page = (
                    self.pairs[filters["sector"], filters["region"]].page(1)
                    if listed
                    else "search.html?" + "&".join(f"{key}={each}" for key, each in filters.items())
                )
                choices.append(Choice(_capital(name), page, number))
        return Group(facet.key, facet.name, choices, needs_script=not listed)

    def _pair(self, sector: str, region: str) -> JobList:
        if (sector, region) not in self.pairs:
            jobs_in = self.facets["region"].title(region).removeprefix("Jobs ")
            self.pairs[sector, region] = JobList(
                f"sector/{sector}-in-{region}",
                f"{self.facets['sector'].title(sector)} {jobs_in}",
                {"sector": sector, "region": region},
            )
        return self.pairs[sector, region]


def _capital(name: str) -> str:
    return name[0].upper() + name[1:]


def _list_of(facet: Facet, value: str) -> JobList:
    return JobList(
        f"{facet.key}/{value}", facet.title(value), {facet.key: value}, feeds=facet.feeds
    )
