"""What the entries of every feed say, whatever its format."""

from __future__ import annotations

from datetime import UTC, date, datetime
from email.utils import format_datetime
from html import escape
from typing import Final
from zoneinfo import ZoneInfo

from lgjobs.exports.columns import as_date, as_instant
from lgjobs.exports.published import Row

REMOVED: Final = "removed"
NOBODY: Final = "Employer not stated"
_LONDON: Final = ZoneInfo("Europe/London")


def removed(row: Row) -> bool:
    """Whether a feed gives the row as a tombstone: an advert that has closed."""
    return row["closed_at"] is not None or row.get("change") == REMOVED


def one_line(text: str | None) -> str | None:
    """The text on one line; None when nothing is left."""
    return " ".join((text or "").split()) or None


def headline(row: Row) -> str:
    """The title on one line; that of a tombstone says so."""
    title = one_line(row["title"]) or "Vacancy"
    return f"Closed: {title}" if removed(row) else title


def employer(row: Row) -> str:
    """Who employs, else who recruits."""
    return one_line(row["employer"]) or one_line(row["recruiter"]) or NOBODY


def place(row: Row) -> str | None:
    """The most precise place that there is."""
    names = (row["place"], row["location_text"], row["authority_name"], row["region"])
    return next(filter(None, map(one_line, names)), None)


def tags(row: Row) -> list[str]:
    """Sector and region, by name."""
    return [name for name in (row["sector_name"], row["region"]) if name]


def content_html(row: Row) -> str:
    """Employer, pay, place, closing date and the description; of a tombstone only that it is one.

    Needs a row of `published` with its description.
    """
    if removed(row):
        return "<p>This job has closed.</p>"
    facts = [employer(row), one_line(row["salary_text"]), place(row), closing(row)]
    lines = "<br>".join(escape(fact) for fact in facts if fact)
    return f"<p>{lines}</p>{description_html(row) or ''}"


def description_html(row: Row) -> str | None:
    """The description, else the summary; None where the advert has neither."""
    summary = one_line(row["summary"])
    return row["description_html"] or (f"<p>{escape(summary)}</p>" if summary else None)


def posted_on(row: Row) -> date:
    """The day of posting, else the day in the United Kingdom on which it was first seen."""
    seen = datetime.fromisoformat(row["first_seen"]).astimezone(_LONDON).date()
    return as_date(row["posted_on"] or "") or seen


def closing(row: Row) -> str | None:
    """When the advert closes, as people say it: "Closes Sunday 8 March 2026, 11.59pm"."""
    instant = as_instant(row["closes_at"] or "")
    if instant is None:
        return None
    local = instant.astimezone(_LONDON)
    hour, minute = local.hour % 12 or 12, f".{local.minute:02}" if local.minute else ""
    half = "am" if local.hour < 12 else "pm"
    return f"Closes {local:%A} {local.day} {local:%B %Y}, {hour}{minute}{half}"


def mail_date(iso: str) -> str:
    """An instant, or a day, as RSS and job feeds write it: "Mon, 02 Mar 2026 06:00:00 GMT"."""
    instant = datetime.fromisoformat(iso)
    return format_datetime(
        instant.replace(tzinfo=instant.tzinfo or UTC).astimezone(UTC), usegmt=True
    )
