"""Masking: no e-mail address or phone number leaves with an export or outlasts a purge."""

from __future__ import annotations

import re

_EMAIL = re.compile(r"[\w.+'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")  # a.name@example.gov.uk
_PHONE = re.compile(
    r"""(?<![\d£.,-])
        (?:\+44[ ]?\(?0?\)?[ ]?|\(?0)      # +44 (0) or 0
        (?:\d[ )-]{0,2}){8,10}\d           # nine to eleven further digits, grouped as people do
        (?!\d)""",
    re.VERBOSE,
)


def mask_contacts(text: str | None) -> str | None:
    """The text with "[e-mail]" and "[phone]" where an address or a UK number stood."""
    if text is None:
        return None
    return _PHONE.sub("[phone]", _EMAIL.sub("[e-mail]", text))
