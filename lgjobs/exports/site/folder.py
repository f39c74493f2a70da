"""The folder of a built site: files are written only where their bytes change, and then whole."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import orjson

from lgjobs.errors import UsedWrongly

MANIFEST: Final = ".lgjobs-site.json"


@dataclass(slots=True)
class Made:
    """Files of a build: what each was made from, and how many had to be written."""

    keys: dict[str, str] = field(default_factory=dict)
    written: int = 0

    def take_in(self, other: Made) -> None:
        """Add what another process made."""
        self.keys |= other.keys
        self.written += other.written


class SiteFolder:
    """Writes a site's files, and removes those of an earlier build that are no part of it now.

    `.lgjobs-site.json` names every file of the last build, so that nothing else is ever removed,
    and for some the key of what they were made from, so that an unchanged page is not made again.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.made = Made()
        try:
            root.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UsedWrongly(f"cannot make the folder {root}: {error.strerror}") from error
        if not (root / MANIFEST).exists():
            if any(root.iterdir()):
                raise UsedWrongly(f"{root} holds other files: give an empty folder or a site's")
            self._replace(root / MANIFEST, b"{}")
        self.before = self._manifest()
        self._folders: set[Path] = set()

    def has(self, name: str, key: str) -> bool:
        """Whether the file stands as made from this key; it is then part of this build too."""
        if self.before.get(name) != key or not os.path.isfile(f"{self.root}/{name}"):  # noqa: PTH113 - Path is slow for 40,000
            return False
        self.made.keys[name] = key
        return True

    def write(self, name: str, content: bytes, key: str = "") -> None:
        """Make a file part of the build; one that has these bytes already is left alone."""
        self.made.keys[name] = key
        path = self.root / name
        try:
            if path.stat().st_size == len(content) and path.read_bytes() == content:
                return
        except FileNotFoundError:
            if path.parent not in self._folders:
                path.parent.mkdir(parents=True, exist_ok=True)
                self._folders.add(path.parent)
        self._replace(path, content)
        self.made.written += 1

    def finish(self) -> int:
        """Remove what the build before made and this one did not; the number of files removed."""
        stale = self.before.keys() - self.made.keys.keys()
        for name in stale:
            (self.root / name).unlink(missing_ok=True)
        self._replace(self.root / MANIFEST, orjson.dumps(self.made.keys))
        return len(stale)

    def _manifest(self) -> dict[str, str]:
        path = self.root / MANIFEST
        try:
            found = orjson.loads(path.read_bytes())
        except orjson.JSONDecodeError as error:
            raise UsedWrongly(
                f"{path} can not be read: remove the folder and build anew"
            ) from error
        return {
            str(name): str(key)
            for name, key in found.items()
            if not Path(name).is_absolute() and ".." not in Path(name).parts
        }

    @staticmethod
    def _replace(path: Path, content: bytes) -> None:
        part = path.with_name(f".{path.name}.part")
        part.write_bytes(content)
        part.replace(path)
