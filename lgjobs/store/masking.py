"""Masking: no e-mail address or phone number leaves with an export or outlasts a purge."""

from __future__ import annotations

import re

_EMAIL = re.compile(r"[\w.+'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")  # a.name@example.gov.uk
_LINK = r"""
    (?:https?:(?:\\?/){2}|www\.                # https://jobs.example/; \/ is what JSON makes of /
      |\b(?:href|src|action)=\\?["'](?!\w+:))   # href="/job/12; not href="tel:
    (?:\\/|[^\s<>"'\\])*
"""
_PHONE = r"""
    (?<![\d£.,-])
    (?:\+44[ ]?\(?0?\)?[ ]?|\(?0)      # +44 (0) or 0
    (?:\d[ )-]{0,2}){8,10}\d           # nine to eleven further digits, grouped as people do
    (?!\d)
"""
_LINK_OR_PHONE = re.compile(f"(?P<link>{_LINK})|{_PHONE}", re.VERBOSE)


def mask_contacts(text: str | None) -> str | None:
    """The text with "[e-mail]" and "[phone]" where an address or a UK number stood.

    The digits of a link are an id, and no number.
    """
    if text is None:
        return None
    return _LINK_OR_PHONE.sub(
        lambda found: found["link"] or "[phone]", _EMAIL.sub("[e-mail]", text)
    )
