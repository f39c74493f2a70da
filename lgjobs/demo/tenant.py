"""Tenant: what most sites of the estate are: the adverts of one site, live and gone."""

from __future__ import annotations

from lgjobs.demo.adverts import DemoAdvert
from lgjobs.demo.estate import Estate
from lgjobs.demo.sites import Site


class Tenant:
    """One site's adverts on the day that is shown."""

    def __init__(self, site: Site, estate: Estate) -> None:
        self.site = site
        self._live: dict[str, DemoAdvert] = {}
        """By id, newest first."""
        self._gone: frozenset[str] = frozenset()
        """Ids of what was live once."""
        self.show(estate)

    def show(self, estate: Estate) -> None:
        self._live = {advert.id: advert for advert in estate.on(self.site.id)}
        self._gone = frozenset(advert.id for advert in estate.gone if advert.site == self.site.id)
