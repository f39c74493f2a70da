"""How adverts are fetched: from a council's recruiting platform to strings as published."""

from pathlib import Path

_ROOT = Path(__file__).resolve().parent.parent

DATA = _ROOT / "data" if (_ROOT / "data" / "sources.csv").is_file() else _ROOT / "lgjobs" / "data"
"""The folder of our tables: `data/` of a checkout, `lgjobs/data/` of an installed wheel."""
