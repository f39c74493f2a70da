"""The estate on a day: what is live on which site, and what has changed since the day before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from lgjobs.demo.adverts import MORNING, DemoAdvert, ever_published
from lgjobs.demo.sites import SHUT

Keys = frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Changes:
    """What a day brought, as (site, id): the answer key for a crawl of it."""

    new: Keys
    changed: Keys
    withdrawn: Keys
    """Taken down before their closing instant."""
    expired: Keys
    """Gone because their closing instant has passed."""
    unchanged: Keys


class Estate:
    """What all the sites show at 06:00 UTC of a day; the same arguments give the same estate."""

    def __init__(self, today: date, day: int = 1, scale: int = 1) -> None:
        if day not in (1, 2) or scale < 1:
            raise ValueError("the estate has a day 1 and a day 2, at a scale of 1 or more")
        self.today, self.day, self.scale = today, day, scale
        self.adverts: list[DemoAdvert] = []
        """What is live on sites that a crawl reads, in their order."""
        self.unread: list[DemoAdvert] = []
        """What is live on the sites that let nobody like us in."""
        self.gone: list[DemoAdvert] = []
        """What was live once: its old address may still be asked for."""
        for advert, up in ever_published(today, day, scale):
            live = self.unread if advert.site in SHUT else self.adverts
            (live if up else self.gone).append(advert)

    @property
    def date(self) -> date:
        """The day that is shown."""
        return self.today + timedelta(days=self.day - 1)

    @property
    def instant(self) -> datetime:
        """When the state was taken, UTC."""
        return datetime.combine(self.date, MORNING).astimezone(UTC)

    def on(self, site: str) -> list[DemoAdvert]:
        """What is live on one site, newest first."""
        live = self.unread if site in SHUT else self.adverts
        found = [advert for advert in live if advert.site == site]
        return sorted(found, key=lambda advert: (advert.posted, advert.id), reverse=True)

    def next_day(self) -> Estate:
        """Day 2 of this estate."""
        return Estate(self.today, 2, self.scale)

    def changes(self) -> Changes:
        """Day 2 against day 1; on day 1 everything is new."""
        now = {advert.key: advert for advert in self.adverts}
        earlier = Estate(self.today, 1, self.scale).adverts if self.day == 2 else []
        before = {advert.key: advert for advert in earlier}
        missing = before.keys() - now.keys()
        expired = {key for key in missing if _over(before[key], self.instant)}
        same = {key for key in before.keys() & now.keys() if before[key] == now[key]}
        return Changes(
            new=frozenset(now.keys() - before.keys()),
            changed=frozenset((before.keys() & now.keys()) - same),
            withdrawn=frozenset(missing - expired),
            expired=frozenset(expired),
            unchanged=frozenset(same),
        )


def _over(advert: DemoAdvert, instant: datetime) -> bool:
    ends = advert.ends()
    return ends is not None and ends <= instant
