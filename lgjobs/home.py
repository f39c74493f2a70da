"""Where the database lies unless the user says otherwise."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

from scrapers import DATA


def default_database() -> Path:
    """`$LGJOBS_DB`, else `lgjobs.db` in `data/` of a checkout, else in the user's data folder.

    The user's data folder is made if need be; the database is not.
    """
    if named := os.environ.get("LGJOBS_DB"):
        return Path(named)
    if (DATA.parent / "scrapy.cfg").is_file():
        return DATA / "lgjobs.db"
    folder = platformdirs.user_data_path("lgjobs", appauthor=False, ensure_exists=True)
    return folder / "lgjobs.db"
