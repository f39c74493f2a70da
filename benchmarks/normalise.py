"""How many adverts a second the whole chain of stages reads, and what each stage takes of it.

`python benchmarks/normalise.py [N]`: N adverts (3,000 unless said) with descriptions of 4 kB, in
one process, in CPU seconds. The share of strings said before is printed too: caches live on it.
"""

from __future__ import annotations

import gc
import sys
import time
from collections import Counter
from typing import Any

from adverts import raw_adverts, repeated
from scrapy.utils.misc import load_object

from lgjobs.chain import STORE_STAGE
from scrapers.settings import ITEM_PIPELINES

SAID_AGAIN = ("salary", "location", "closes", "employer", "title", "description")
WARM = 200
"""Adverts read beforehand, so that no table is loaded within the measured time."""
BATCH = 50
"""Adverts that are in memory at a time: a crawl keeps no more."""


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 3000
    names = sorted(ITEM_PIPELINES, key=lambda each: ITEM_PIPELINES[each])
    stages = [(name.split(".")[1], load_object(name)()) for name in names if name != STORE_STAGE]
    made = list(raw_adverts(count + WARM))
    read(made[:WARM], stages)
    made = made[WARM:]
    gc.collect()
    gc.freeze()
    spent: Counter[str] = Counter()
    for start in range(0, count, BATCH):
        spent.update(read(made[start : start + BATCH], stages))
    total = sum(spent.values())
    size = sum(len(each.description or "") for each in made) / count
    print(f"{count} adverts with {size:,.0f} characters of description each")
    print(f"{count / total:,.0f} adverts a CPU second")
    for name, seconds in spent.items():
        print(f"  {name:<12} {seconds / total:6.1%}   {seconds / count * 1e6:6.0f} µs an advert")
    shares = ", ".join(f"{name} {repeated(made, name):.0%}" for name in SAID_AGAIN)
    print(f"said before by another advert: {shares}")


def read(items: Any, stages: list[tuple[str, Any]]) -> dict[str, float]:
    """CPU seconds that each stage takes for these adverts."""
    spent = {}
    for name, stage in stages:
        start = time.process_time()
        items = [stage.process_item(item) for item in items]
        spent[name] = time.process_time() - start
    return spent


if __name__ == "__main__":
    main()
