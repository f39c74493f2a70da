"""What is kept and shown: the store, the crawl, the exports, the demo and the command line."""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("lgjobs")
except PackageNotFoundError:  # a checkout that was never installed
    __version__ = "0"
