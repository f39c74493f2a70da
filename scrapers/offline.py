"""BundledSuffixes: a crawl asks nobody but its sources, not even for public suffixes."""

from __future__ import annotations

from scrapy.downloadermiddlewares import cookies
from scrapy.settings import BaseSettings
from tldextract import TLDExtract


class BundledSuffixes:
    """Scrapy add-on: tells cookie domains apart by the list that tldextract ships.

    Left alone, Scrapy's cookie middleware downloads that list at the first crawl on a machine:
    a request to a host that is no source of ours, and an error where there is no internet.
    """

    def update_settings(self, settings: BaseSettings) -> None:
        cookies._split_domain = TLDExtract(suffix_list_urls=(), include_psl_private_domains=True)
