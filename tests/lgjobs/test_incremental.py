"""A nightly run asks for little: for the listing, and for what is new or changed."""

from datetime import date
from pathlib import Path

from lgjobs.demo.estate import Estate
from lgjobs.demo.server import EstateServer, Fault
from lgjobs.demo.web import Reply, Request
from lgjobs.store.database import reading
from tests.conftest import EstateCrawls

TODAY = date(2026, 3, 2)
TAGGED = "cornwall"
"""A site whose listing is a feed with an ETag."""


class Answers(EstateServer):
    """An estate that remembers the status of each answer."""

    def __init__(self, estate: Estate, faults: tuple[Fault, ...] = ()) -> None:
        super().__init__(estate, faults)
        self.statuses: list[tuple[str, int]] = []

    def answer(self, site: str, request: Request, body: bytes = b"") -> Reply:
        reply = super().answer(site, request, body)
        if request.path != "/robots.txt":
            self.statuses.append((request.path, reply.status))
        return reply


def test_an_error_is_never_answered_from_what_was_kept(database: Path) -> None:
    down = (Fault(TAGGED, "/vacancies/rss.xml", status=503, after=1),)
    with Answers(Estate(TODAY), down) as server:
        crawl = EstateCrawls(server, database)
        assert crawl(TAGGED)[TAGGED]["outcome"] == "complete"
        row = crawl(TAGGED)[TAGGED]
    assert (row["outcome"], row["failure"]) == ("failed", "server_error")


def test_a_listing_that_has_not_changed_is_not_sent_again(database: Path) -> None:
    with Answers(Estate(TODAY)) as server:
        crawl = EstateCrawls(server, database)
        first = crawl(TAGGED)[TAGGED]
        server.statuses.clear()
        again = crawl(TAGGED)[TAGGED]
        assert server.statuses == [("/vacancies/rss.xml", 304)]
    assert again["outcome"] == "complete"
    assert again["ids_listed"] == again["unchanged"] == first["new"] > 0
    assert again["bytes"] < first["bytes"] / 10


def test_a_listing_that_has_changed_comes_whole(database: Path) -> None:
    estate = Estate(TODAY)
    with Answers(estate) as server:
        crawl = EstateCrawls(server, database)
        crawl(TAGGED)
        server.show(estate.next_day())
        server.statuses.clear()
        row = crawl(TAGGED)[TAGGED]
        assert server.statuses[0] == ("/vacancies/rss.xml", 200)
    assert row["new"] > 0


def test_a_full_crawl_takes_nobodys_word_for_it(database: Path) -> None:
    with Answers(Estate(TODAY)) as server:
        crawl = EstateCrawls(server, database)
        crawl(TAGGED)
        server.statuses.clear()
        crawl(TAGGED, full=True)
        assert {status for _, status in server.statuses} == {200}


def test_a_week_later_the_listing_is_asked_for_whole(database: Path) -> None:
    estate = Estate(TODAY)
    with Answers(estate) as server:
        crawl = EstateCrawls(server, database)
        crawl(TAGGED)
        with reading(database) as db:
            kept = db.table("kept_pages").count
        crawl(TAGGED)
        server.statuses.clear()
        server.show(Estate(date(2026, 3, 12)))
        crawl(TAGGED)
        assert server.statuses[0][1] == 200
    assert kept == 1


def test_the_next_day_asks_for_the_listings_and_the_news_alone(database: Path) -> None:
    estate = Estate(TODAY)
    with EstateServer(estate) as server:
        crawl = EstateCrawls(server, database)
        crawl()
        unchanged = sum(row["requests"] for row in crawl().values())
        server.show(estate.next_day())
        rows = crawl().values()
    news = sum(row["adverts_read"] + row["adverts_gone"] for row in rows)
    assert sum(row["requests"] for row in rows) <= 1.05 * (unchanged + news)
