"""Packages that only some exports need."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from lgjobs.errors import UsedWrongly


class PackageMissing(UsedWrongly):
    """An export needs a package that is not installed; the message says how to get it."""


def needed(module: str, form: str) -> Any:
    """The module, which a format can not be written without. Raises PackageMissing."""
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        raise PackageMissing(
            f"{form} needs the package {module.partition('.')[0]}: pip install lgjobs[export]"
        ) from error
