"""The councils' own websites: a home page that leads, in one of several ways, to the vacancies."""

from __future__ import annotations

import html
from collections.abc import Callable
from urllib.parse import urljoin

from lgjobs.demo.estate import Estate
from lgjobs.demo.sites import Site
from lgjobs.demo.web import Reply, Request, not_found, robots

_SERVICES = ("Council tax", "Bins and recycling", "Planning", "Housing", "Schools", "Parking")
_WELSH = ("Treth y cyngor", "Biniau ac ailgylchu", "Cynllunio", "Tai", "Ysgolion", "Parcio")


class CouncilWebsite:
    """A council's website; its recruiting platform is another site, found through this one.

    The way there is one of four: a link on a jobs page, a frame on a page below it, a page that
    sends the visitor on, or a link of the home page itself. Where what people see is not what is
    crawled, a link leads to the former (setting `linked`): on the vendor's own host, where that
    alone tells the platform. Nobody on this machine follows such a link.
    """

    def __init__(self, site: Site, number: int, vacancies: Callable[[], str]) -> None:
        self.site, self.vacancies = site, vacancies
        self.way = 0 if "linked" in site.settings else number % 4
        self.welsh = (site.council or "").startswith("W")

    def show(self, estate: Estate) -> None:
        """The website is the same every day."""

    def start_path(self) -> str:
        return "/"

    def respond(self, request: Request) -> Reply:
        if request.path == "/robots.txt":
            return robots()
        if request.path == "/":
            return self._home()
        if request.path == self._jobs_path():
            return self._jobs()
        if request.path == "/jobs/current-vacancies":
            return self._page("Current vacancies", f'<iframe src="{self._away()}"></iframe>')
        if request.path.removeprefix("/").replace("-", " ").capitalize() in (*_SERVICES, *_WELSH):
            return self._page("Services", "<p>What we do and how to ask for it.</p>")
        return not_found()

    def _jobs_path(self) -> str:
        return "/swyddi" if self.welsh else "/jobs"

    def _away(self) -> str:
        return html.escape(self._target())

    def _target(self) -> str:
        return urljoin(self.vacancies(), self.site.settings.get("linked", ""))

    def _home(self) -> Reply:
        services = _WELSH if self.welsh else _SERVICES
        links = [(f"/{name.lower().replace(' ', '-')}", name) for name in services]
        label = "Swyddi" if self.welsh else "Jobs and careers"
        links.append((self._away() if self.way == 3 else self._jobs_path(), label))
        items = "".join(f'<li><a href="{href}">{name}</a></li>' for href, name in links)
        return self._page("Welcome", f"<ul>{items}</ul>")

    def _jobs(self) -> Reply:
        if self.way == 2:
            return Reply(b"", status=302, headers=(("Location", self._target()),))
        if self.way == 1:
            return self._page("Jobs", '<a href="/jobs/current-vacancies">Current vacancies</a>')
        return self._page(
            "Jobs", f'<p>Why work for us?</p><a href="{self._away()}">See our vacancies</a>'
        )

    def _page(self, title: str, body: str) -> Reply:
        language = "cy" if self.welsh else "en"
        text = (
            f'<!doctype html>\n<html lang="{language}"><head><title>{title} - '
            f"{html.escape(self.site.name)}</title></head>\n<body><h1>{title}</h1>\n"
            f'{body}\n<footer><a href="/accessibility">Accessibility</a></footer></body></html>\n'
        )
        return Reply(text.encode())
