"""Scrapy's settings for every crawl: polite, honest about who asks, quiet about itself."""

import os
from importlib.metadata import PackageNotFoundError, version

from scrapers.offline import BundledSuffixes

BOT_NAME = "lgjobs"
SPIDER_MODULES = ["scrapers.spiders"]
NEWSPIDER_MODULE = "scrapers.spiders"

try:
    _VERSION = version("lgjobs")
except PackageNotFoundError:
    _VERSION = "0"
LGJOBS_CONTACT = os.environ.get("LGJOBS_CONTACT", "")
USER_AGENT = f"lgjobs/{_VERSION} (council jobs; contact: {LGJOBS_CONTACT or 'not given'})"

ROBOTSTXT_OBEY = True
ROBOTSTXT_USER_AGENT = "lgjobs"
CONCURRENT_REQUESTS_PER_DOMAIN = 1
DOWNLOAD_DELAY = 1.0
DOWNLOAD_TIMEOUT = 60
DOWNLOAD_MAXSIZE = 16 * 1024 * 1024
DOWNLOAD_WARNSIZE = 4 * 1024 * 1024
DOWNLOAD_VERIFY_CERTIFICATES = True
REDIRECT_MAX_TIMES = 8
RETRY_TIMES = 2
RETRY_GIVE_UP_LOG_LEVEL = "INFO"  # the verdict names what failed, once
ADDONS = {BundledSuffixes: 0}
EXTENSIONS = {"scrapers.politeness.CrawlDelay": 100}
DOWNLOADER_MIDDLEWARES = {"scrapers.guard.PublicHostsOnly": 590}

ITEM_PIPELINES = {
    "pipelines.text.TextStage": 100,
    "pipelines.dates.DatesStage": 200,
    "pipelines.employer.EmployerStage": 300,
    "pipelines.terms.TermsStage": 400,
    "pipelines.salary.SalaryStage": 500,
    "pipelines.location.LocationStage": 600,
    "pipelines.pay_inferred.PayScalesStage": 650,
    "pipelines.sector.SectorStage": 700,
    "pipelines.quality.QualityStage": 800,
    "lgjobs.store.stage.StoreStage": 900,
}
CONCURRENT_ITEMS = 4  # Scrapy's 100 costs a fifth of all CPU time: a task each, per response

TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False
LOG_LEVEL = "INFO"
