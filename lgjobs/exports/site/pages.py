"""Templates into pages."""

from __future__ import annotations

from hashlib import blake2b
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

_HERE: Final = Path(__file__).parent
TEMPLATES: Final = _HERE / "templates"
ASSETS: Final = _HERE / "assets"


class Pages:
    """Renders the templates; everything that a template prints is escaped unless it is Markup."""

    def __init__(self) -> None:
        self._templates = Environment(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )

    def page(self, template: str, root: str, **says: Any) -> bytes:
        """A page of the site; `root` leads from it to the site's folder: "", "../"."""
        found = self._templates.get_template(f"{template}.html")
        return found.render(root=root, **says).encode("utf-8", "replace")

    def part(self, template: str, **says: Any) -> Markup:
        """A part of a page."""
        return Markup(self._templates.get_template(f"{template}.html").render(**says))  # noqa: S704


def version_of_pages() -> str:
    """A key that changes when a template or the code beside it does."""
    files = sorted([*TEMPLATES.iterdir(), *_HERE.glob("*.py"), *_HERE.parent.glob("*.py")])
    return blake2b(b"\0".join(each.read_bytes() for each in files), digest_size=8).hexdigest()
