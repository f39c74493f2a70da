"""manifest.json: what the export files of a folder hold, and how to tell that they are whole."""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any, Final

import orjson

from lgjobs.errors import UsedWrongly
from lgjobs.exports.about import LICENCE, PROGRAM
from lgjobs.exports.formats import Exported
from lgjobs.store.queries import Filter

NAME: Final = "manifest.json"
_MARK: Final = "lgjobs_manifest"
"""Key that only a manifest of ours has; its value is the version of the layout."""


class ManifestError(UsedWrongly):
    """An export may not be written there; the message says why."""


def check_place(output: Path) -> None:
    """Raise ManifestError if the manifest beside `output` would overwrite something of others."""
    if output.name == NAME:
        raise ManifestError(f"{NAME} is the name of the list of exports: give another with -o")
    _read(output.with_name(NAME))


def note_export(output: Path, exported: Exported, wanted: Filter, now: str) -> None:
    """Enter a finished export file into the manifest beside it; files that are gone leave it."""
    entry = _entry(output, exported, wanted, now)
    path = output.with_name(NAME)
    with _locked(path.parent):
        files = _read(path)
        files = {name: each for name, each in files.items() if path.with_name(name).exists()}
        files[output.name] = entry
        manifest = {
            _MARK: 1,
            "program": PROGRAM,
            "licence": LICENCE,
            "files": dict(sorted(files.items())),
        }
        part = path.with_name(f".{NAME}.part")
        part.write_bytes(
            orjson.dumps(manifest, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
        )
        part.replace(path)


def _entry(output: Path, exported: Exported, wanted: Filter, now: str) -> dict[str, Any]:
    with output.open("rb") as handle:
        digest = hashlib.file_digest(handle, "sha256").hexdigest()
        size = handle.tell()
    defaults = {each.name: each.default for each in fields(Filter)}
    return {
        "format": exported.form,
        "adverts": exported.adverts,
        "left_out": exported.selected - exported.adverts,
        **({"changes": dict(exported.changes)} if wanted.changed_since else {}),
        "filters": {
            name: value for name, value in asdict(wanted).items() if value != defaults[name]
        },
        "bytes": size,
        "sha256": digest,
        "schema": exported.about.schema,
        "run": exported.about.run,
        "made_at": now,
    }


def _read(path: Path) -> dict[str, Any]:
    """The entries of a manifest by file name; none where there is no manifest."""
    try:
        manifest = orjson.loads(path.read_bytes())
    except FileNotFoundError:
        return {}
    except (OSError, orjson.JSONDecodeError):
        manifest = None
    files = manifest.get("files") if isinstance(manifest, dict) and _MARK in manifest else None
    if not isinstance(files, dict):
        raise ManifestError(
            f"{path} is no manifest of lgjobs and would be overwritten: export to another folder"
        )
    return files


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Keep other exports into the folder from the manifest while the block runs."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
