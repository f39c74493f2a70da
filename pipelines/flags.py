"""Every doubt that a stage may record about an advert: its stable name and what it means."""

from __future__ import annotations

from typing import Final

FLAGS: Final[dict[str, str]] = {
    "closing_before_posting": "The closing date lies before the posting date.",
    "closing_far_off": "The closing date lies more than 400 days after the posting date.",
    "closing_time_ambiguous": "A clock of 00:00: in a machine's form it means the end of that day.",
    "closing_unread": "There is a closing date, and it was not understood.",
    "closing_weekday_wrong": "The weekday named is not that of the closing day: the day stands.",
    "closing_zone_ignored": "23:59 with a time zone that would move it: taken as local time.",
    "contract_mixed": "Several contract types are offered side by side: none is given.",
    "detail_unread": "The advert's own page did not come: what is here is from the listing.",
    "employer_abolished": "The employer named had been abolished when the advert was published.",
    "employer_missing": "No employer is named.",
    "employer_not_yet_in_force": "The employer named did not exist yet.",
    "employer_unnamed": "The employer is described but not named.",
    "location_ambiguous": "The place has namesakes, and nothing decides between them.",
    "location_unresolved": "There is a location, and no council area or region was found in it.",
    "no_description": "The advert has no description.",
    "postcode_unknown": "The postcode is not in the directory.",
    "posted_unread": "There is a posting date, and it was not understood.",
    "salary_alternatives": "Several sums, and nothing tells which of them is the pay.",
    "salary_below_wage_floor": "The pay lies below the National Living Wage of the posting date.",
    "salary_contradicts_points": "The pay lies more than 15 % off what its scale points are worth.",
    "salary_figure_unplaced": "A figure of the salary text that is neither used nor explained.",
    "salary_from_scale": "No pay is stated: it was worked out from a national pay scale.",
    "salary_implausible": "The pay is too high or too low for its period.",
    "salary_period_assumed": "No period is stated: the size of the sum decides.",
    "salary_period_unknown": "No period is stated, and the sum does not tell.",
    "salary_range_inverted": "The upper end of the pay lies below the lower.",
    "salary_text_cut": "The salary text is very long: only its beginning was read.",
    "salary_unread": "There are figures in the salary text, and no pay was read from them.",
    "title_missing": "The advert has no title.",
    "year_inferred": "A date has no year: the next such date after posting was taken.",
    "year_missing": "A date has no year, and no posting date to count from.",
}
