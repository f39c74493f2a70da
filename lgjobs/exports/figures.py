"""The figures behind the charts and the desk's dashboards, as SQL."""

from __future__ import annotations

from typing import Final

from pipelines.areas import PRINCIPAL

_TYPES: Final = ", ".join(f"'{each}'" for each in sorted(PRINCIPAL))

LIVE_BY_SECTOR: Final = """SELECT coalesce(sector_name, 'Not known') AS sector, count(*) AS jobs
FROM live_jobs GROUP BY sector ORDER BY jobs DESC, sector"""

LIVE_PAY: Final = """SELECT region, (salary_annual_min + salary_annual_max) / 2 AS pounds
FROM live_jobs WHERE salary_annual_min IS NOT NULL AND region IS NOT NULL"""
"""Pounds a year, full time: the middle of each live advert's range."""

REACHES: Final = ("Own list read", "Seen on shared boards", "Not read yet", "Not reached")
"""How a council's adverts are come by: what its column `reach` may say."""

COUNCIL_REACH: Final = f"""SELECT gss_code, name, nation, coalesce(region, nation) AS region,
       latitude, longitude,
       CASE WHEN EXISTS (SELECT 1 FROM sources
                         WHERE employer = gss_code AND last_complete_run IS NOT NULL)
                THEN '{REACHES[0]}'
            WHEN EXISTS (SELECT 1 FROM adverts WHERE council = gss_code) THEN '{REACHES[1]}'
            WHEN EXISTS (SELECT 1 FROM sources WHERE employer = gss_code) THEN '{REACHES[2]}'
            ELSE '{REACHES[3]}' END AS reach
FROM councils WHERE valid_to IS NULL AND type IN ({_TYPES})"""  # noqa: S608 - the words are ours
"""Every principal council in force, once."""
