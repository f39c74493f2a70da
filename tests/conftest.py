"""What tests share: a database of their own, adverts made to order, and where ../shared lies."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from lgjobs.store.database import writing
from lgjobs.store.runs import Traffic, finish_source, start_run, start_source
from lgjobs.store.writer import Counts, write_adverts
from pipelines.advert import Advert
from scrapers.items import RawAdvert
from scrapers.sources import Source
from scrapers.verdict import Outcome, Proof, Verdict

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"

DAY_1 = "2026-03-02T06:00:00Z"
DAY_2 = "2026-03-03T06:00:00Z"


@pytest.fixture
def shared() -> Path:
    """The folder of gold sets and real pages that lies beside a maintainer's checkout."""
    if not SHARED.is_dir():
        pytest.skip("the folder ../shared with gold sets and real pages is not here")
    return SHARED


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "lgjobs.db"


@pytest.fixture
def db(database: Path) -> Iterator[Database]:
    with writing(database) as opened:
        yield opened


def make_advert(external_id: str = "1", at: str = DAY_1, **says: Any) -> Advert:
    """An advert as the pipelines hand it to the store; `says` sets fields of either schema."""
    raw_names = set(RawAdvert.__dataclass_fields__)
    raw = {name: value for name, value in says.items() if name in raw_names and name != "title"}
    title = says.get("title", "Planner")
    read = {name: value for name, value in says.items() if name not in raw_names}
    return Advert(
        raw=RawAdvert(
            **{
                "external_id": external_id,
                "url": f"https://jobs.example/{external_id}",
                "title": title,
                "source_id": "s",
                "fetched_at": at,
                "fingerprint": f"row of {external_id}",
                **raw,
            }
        ),
        title=title,
        **{"employer": raw.get("employer", "Leeds City Council"), **read},
    )


class Crawls:
    """Writes to a database what crawls of one source would: the store without the network."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self.source = Source(id="s", platform="itrent", url="https://jobs.example/")

    def __call__(
        self,
        adverts: list[Advert],
        *,
        at: str = DAY_1,
        listed: set[str] | None = None,
        outcome: Outcome = Outcome.COMPLETE,
    ) -> dict[str, Any]:
        """One run: what was read, what was listed besides, how it ended. Its row of source_runs."""
        run = start_run(self.db, at, "test", [self.source])
        start_source(self.db, run, "s", at)
        counts = Counts()
        if adverts:
            write_adverts(self.db, adverts, run, counts)
        ids = {advert.raw.external_id for advert in adverts} | (listed or set())
        finish_source(
            self.db,
            run,
            "s",
            verdict=Verdict(outcome),
            proof=Proof(ids_listed=len(ids), pages_walked=1, end_reached=True),
            listed=ids,
            counts=counts,
            traffic=Traffic(1, 1000, 0.1),
            now=at,
        )
        return next(self.db.query("SELECT * FROM source_runs WHERE run = ?", [run]))


@pytest.fixture
def crawls(db: Database) -> Crawls:
    return Crawls(db)
