"""StoreStage: the last stage of a crawl. It writes adverts in batches and settles the end."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
import time
from pathlib import Path

from scrapy import Spider, signals
from scrapy.crawler import Crawler

from lgjobs import __version__
from lgjobs.home import default_database
from lgjobs.store.database import open_for_writing
from lgjobs.store.runs import Traffic, finish_run, finish_source, start_run, start_source
from lgjobs.store.writer import Counts, write_adverts
from pipelines.advert import Advert
from scrapers.platform import PlatformSpider

BATCH = 50
"""Adverts a transaction: a killed crawl loses at most so many, which the next run reads again."""

logger = logging.getLogger(__name__)


class StoreStage:
    """Keeps the adverts of one source's crawl in the database that the setting LGJOBS_DB names.

    The runner sets LGJOBS_RUN to the number of its run; under `scrapy crawl` the stage makes a
    run of its own. When the store refuses (a full disk, say) the crawl is stopped and `refused`
    says why; what was written before stays.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.refused: str | None = None
        self.counts = Counts()
        self._batch: list[Advert] = []
        self._given_run = crawler.settings.get("LGJOBS_RUN")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> StoreStage:
        stage = cls(crawler)
        crawler.signals.connect(stage.finish, signal=signals.spider_closed)
        return stage

    @property
    def spider(self) -> PlatformSpider:
        if not isinstance(self.crawler.spider, PlatformSpider):
            raise TypeError("the store keeps what a PlatformSpider reads, and nothing else")
        return self.crawler.spider

    def open_spider(self) -> None:
        self.db = open_for_writing(
            Path(self.crawler.settings.get("LGJOBS_DB") or default_database())
        )
        self._started = time.monotonic()
        now = self.spider.now()
        source = self.spider.source
        self.run: int = self._given_run or start_run(self.db, now, __version__, [source])
        start_source(self.db, self.run, source.id, now)

    def process_item(self, item: Advert) -> Advert:
        self._batch.append(item)
        if len(self._batch) >= BATCH:
            self._write()
            if self.refused:
                self._stop()
        return item

    def finish(self, spider: Spider, reason: str) -> None:
        """Write what is left, judge the walk and settle the adverts' lives."""
        self._write()
        verdict = self.spider.verdict("store_refused" if self.refused else reason)
        if not self.refused:
            try:
                finish_source(
                    self.db,
                    self.run,
                    self.spider.source.id,
                    verdict=verdict,
                    proof=self.spider.proof,
                    listed=self.spider.listed,
                    gone=self.spider.gone,
                    pages=self.spider.pages,
                    counts=self.counts,
                    traffic=self._traffic(),
                    now=self.spider.now(),
                )
                if not self._given_run:
                    finish_run(self.db, self.run, self.spider.now())
            except sqlite3.Error as error:
                self._refuse(error)
        self.db.conn.close()

    def _write(self) -> None:
        if self._batch and not self.refused:
            try:
                write_adverts(self.db, self._batch, self.run, self.counts)
            except sqlite3.Error as error:
                self._refuse(error)
        self._batch = []

    def _refuse(self, error: sqlite3.Error) -> None:
        self.refused = f"the database could not be written: {error}"
        logger.error(self.refused)

    def _stop(self) -> None:
        engine = self.crawler.engine
        if engine is not None and engine.running:
            closing = engine.close_spider_async(reason="store_refused")
            self._closing = asyncio.get_running_loop().create_task(closing)

    def _traffic(self) -> Traffic:
        stats = self.crawler.stats
        requests, received = (
            stats.get_value(name, 0) if stats is not None else 0
            for name in ("downloader/request_count", "downloader/response_bytes")
        )
        seconds = round(time.monotonic() - self._started, 2)
        return Traffic(requests=requests, bytes=received, seconds=seconds)
