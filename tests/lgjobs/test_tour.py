"""The demo from end to end, apart from what the command line's tests show."""

from datetime import date
from pathlib import Path

import pytest

from lgjobs.demo.estate import Estate
from lgjobs.demo.sites import EVERY
from lgjobs.demo.tour import estate_for, open_estate
from lgjobs.store.database import StoreError, writing
from lgjobs.store.runs import start_run

TODAY = date(2026, 3, 2)


def test_two_estates_can_be_open_at_once() -> None:
    with open_estate(Estate(TODAY)) as one, open_estate(Estate(TODAY)) as other:
        urls = [source.url for server in (one, other) for source in server.register]
    assert len(set(urls)) == len(urls) == 2 * len(EVERY)


def test_what_goes_wrong_inside_is_not_taken_for_a_port_in_use() -> None:
    with pytest.raises(OSError, match="disk"), open_estate(Estate(TODAY)):
        raise OSError("the disk is full")


def test_the_first_day_is_that_of_the_database(database: Path) -> None:
    assert estate_for(database, 1, 1, TODAY).today == TODAY
    with writing(database) as db:
        start_run(db, "2026-02-20T06:00:00Z", "test", [])
    assert estate_for(database, 2, 1, TODAY).date == date(2026, 2, 21)
    with writing(database) as db:
        start_run(db, "2026-02-21T06:00:00Z", "test", [])
    with pytest.raises(StoreError, match="--day 2"):
        estate_for(database, 1, 1, TODAY)
