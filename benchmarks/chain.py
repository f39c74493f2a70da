"""How long each reading stage takes of the whole chain, on the demo estate's adverts.

Prints shares and ratios of one run: compare shapes, not seconds. `python benchmarks/chain.py [N]`
"""

from __future__ import annotations

import sys
import time
from datetime import date
from typing import Any

from scrapy.utils.misc import load_object

from lgjobs.chain import STORE_STAGE
from lgjobs.demo.estate import Estate
from scrapers.items import RawAdvert
from scrapers.settings import ITEM_PIPELINES


def raw_adverts(count: int) -> list[RawAdvert]:
    """Raw adverts of the estate, as many as asked for."""
    estate = Estate(date(2026, 3, 2), scale=1 + count // 100)
    return [
        RawAdvert(
            external_id=advert.id,
            url=f"https://jobs.example{advert.id}",
            title=advert.title,
            employer=advert.employer,
            salary=advert.salary,
            location=advert.location,
            hours=advert.hours,
            contract=advert.contract,
            pattern=advert.pattern,
            posted=advert.posted.isoformat(),
            closes=str(advert.closes) if advert.closes else None,
            description=advert.description,
            source_id=advert.site,
            source_employer=advert.council,
            fetched_at="2026-03-02T06:00:00Z",
        )
        for advert in estate.adverts[:count]
    ]


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    names = sorted(ITEM_PIPELINES, key=lambda each: ITEM_PIPELINES[each])
    stages = [(name.split(".")[1], load_object(name)()) for name in names if name != STORE_STAGE]
    warm: Any = raw_adverts(50)
    for _, stage in stages:
        warm = [stage.process_item(item) for item in warm]
    items: Any = raw_adverts(count)
    spent: dict[str, float] = {}
    for name, stage in stages:
        start = time.process_time()
        items = [stage.process_item(item) for item in items]
        spent[name] = time.process_time() - start
    total = sum(spent.values())
    print(f"{count} adverts, {count / total:,.0f} adverts per CPU second")
    for name, seconds in spent.items():
        print(f"  {name:<10} {seconds / total:6.1%}   {seconds / count * 1e6:8.0f} µs an advert")


if __name__ == "__main__":
    main()
