"""The reading stages outside a crawl: the same objects, in the order of the settings."""

from __future__ import annotations

from functools import cache
from typing import Any

from scrapy.utils.misc import load_object

from pipelines.advert import Advert
from scrapers.items import RawAdvert
from scrapers.settings import ITEM_PIPELINES

STORE_STAGE = "lgjobs.store.stage.StoreStage"


@cache
def _stages() -> tuple[Any, ...]:
    names = sorted(ITEM_PIPELINES, key=lambda name: ITEM_PIPELINES[name])
    return tuple(load_object(name)() for name in names if name != STORE_STAGE)


def read_through(raw: RawAdvert) -> Advert:
    """The advert that the whole chain of stages reads in a raw advert; never raises."""
    item: Any = raw
    for stage in _stages():
        item = stage.process_item(item)
    assert isinstance(item, Advert)  # noqa: S101 - the first stage makes it one
    return item
