"""Nobody is asked for the list of public suffixes."""

from scrapy.downloadermiddlewares import cookies
from scrapy.settings import Settings

from scrapers.offline import BundledSuffixes
from scrapers.settings import ADDONS


def test_the_list_of_public_suffixes_is_the_bundled_one() -> None:
    assert BundledSuffixes in [*ADDONS]
    BundledSuffixes().update_settings(Settings())
    assert cookies._split_domain.suffix_list_urls == ()
    assert cookies._split_domain("jobs.example.gov.uk").suffix == "gov.uk"
