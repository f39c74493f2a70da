"""What every platform's module keeps to, whoever wrote it."""

import ast
import inspect
import pkgutil
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

import pytest
from scrapy.http import HtmlResponse, TextResponse

from lgjobs.demo.sites import EVERY
from scrapers import spiders
from scrapers.listing import Listing
from scrapers.platform import PlatformSpider
from scrapers.problems import AdvertGone, PageProblem
from scrapers.sources import read_register
from tests.conftest import ROOT

PLATFORMS = [each.name for each in pkgutil.iter_modules(spiders.__path__)]

PROVEN_ZEROS = {("lever", "[]")}
"""An answer that is the platform's whole board, with nothing on it."""


def module_of(platform: str) -> ModuleType:
    return import_module(f"scrapers.spiders.{platform}")


def spider_of(platform: str) -> type[PlatformSpider]:
    (found,) = [
        each
        for _, each in inspect.getmembers(module_of(platform), inspect.isclass)
        if issubclass(each, PlatformSpider) and each.__module__ == f"scrapers.spiders.{platform}"
    ]
    return found


@pytest.mark.parametrize("platform", PLATFORMS)
def test_a_module_is_one_spider_of_its_own_name(platform: str) -> None:
    assert spider_of(platform).name == platform


@pytest.mark.parametrize("platform", PLATFORMS)
def test_a_module_says_where_its_facts_come_from(platform: str) -> None:
    words = inspect.getdoc(module_of(platform)) or ""
    assert "ecognised" in words
    assert "acts" in words
    assert inspect.getdoc(spider_of(platform)) != inspect.getdoc(PlatformSpider)


@pytest.mark.parametrize("platform", PLATFORMS)
def test_a_spider_only_reads(platform: str) -> None:
    """It defines no walk of its own: no start, no callbacks, no verdict."""
    own = vars(spider_of(platform))
    walking = {"start", "parse", "parse_listing", "parse_advert", "verdict", "start_requests"}
    assert walking & own.keys() == set()
    assert {"read_listing", "read_advert"} <= set(dir(spider_of(platform)))


@pytest.mark.parametrize("platform", PLATFORMS)
def test_a_spider_interprets_nothing(platform: str) -> None:
    tree = ast.parse(inspect.getsource(module_of(platform)))
    imported = {
        name.split(".")[0]
        for node in ast.walk(tree)
        for name in (
            [each.name for each in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert imported & {"dateparser", "dateutil", "price_parser", "pipelines", "lgjobs"} == set()


@pytest.mark.parametrize("platform", PLATFORMS)
@pytest.mark.parametrize("body", ["", "<p>Hello</p>", "{}", "[]", "<rss></rss>"])
def test_a_page_that_is_none_of_its_own_never_proves_an_empty_listing(
    platform: str, body: str
) -> None:
    if (platform, body) in PROVEN_ZEROS:
        return
    response = HtmlResponse("https://jobs.example/x", body=body, encoding="utf-8")
    try:
        read = spider_of(platform)().read_listing(response)
    except (PageProblem, LookupError, ValueError, TypeError, AttributeError):
        return
    if isinstance(read, Listing) and not read.rows:
        assert not read.says_empty
        assert read.advertised is None


@pytest.mark.parametrize("platform", PLATFORMS)
def test_a_page_that_is_no_advert_is_never_an_advert(platform: str) -> None:
    response: TextResponse = HtmlResponse("https://jobs.example/x", body=b"<p>Hello</p>")
    errors = (AdvertGone, PageProblem, LookupError, ValueError, TypeError, AttributeError)
    with pytest.raises(errors):
        spider_of(platform)().read_advert(response)


@pytest.mark.parametrize("platform", PLATFORMS)
def test_a_platform_is_detected_and_takes_no_strange_page_for_itself(platform: str) -> None:
    strange = HtmlResponse(
        "https://www.example.gov.uk/bins",
        body=b"<html><body><a href='/council-tax'>Council tax</a></body></html>",
    )
    assert module_of(platform).detect(strange) is None


@pytest.mark.parametrize("platform", PLATFORMS)
def test_a_platform_has_tests_and_a_place_in_the_estate(platform: str) -> None:
    assert (ROOT / "tests" / "scrapers" / f"test_{platform}.py").is_file()
    assert find_spec(f"lgjobs.demo.{platform}") is not None
    assert platform in {site.platform for site in EVERY.values()}


def test_every_enabled_source_has_a_spider() -> None:
    for source in read_register().values():
        if source.enabled:
            assert source.platform in PLATFORMS, source.id
