"""Figures beside the pay that are something else: hours, dates, phone numbers, ages, shares.

Each entry of the two tables is a reason, as `explain` shows it, and the expression that finds it.
"""

from __future__ import annotations

RUN = r"[0-9]{1,12}(?:[.,][0-9]{1,12}){0,4}"
"""Digits as one writes a number: "25,989.00", "24796", "13.5000", "24.313"."""
_ALONE = r"(?<![0-9.,£])"
_UNIT = (
    r"(?:hours?|hrs?|hpw|weeks?|wks?|days?|months?|mths?|years?|yrs?|minutes?|mins?|nights?|shifts?"
    r"|sessions?|miles?|gcses?|a[- ]levels?|posts?|positions?|vacanc(?:y|ies)|people|persons?"
    r"|pupils?|students?|children|residents?|homes?|properties|households?|staff|employees"
    r"|sites?|schools?|customers?|beds?|bank holidays?|inset|additional|spas?|spinal|monthly"
    r"|awr|wythnos(?:au)?|diwrnod|mlynedd)"
)
_NO_UNIT = rf"(?! ?{_UNIT}(?![a-z]))"
_EACH = r"(?: ?(?:a|an|per|each|every|p|/|p/|yr|y) ?(?:week|wk|w|day|month|year|annum|a|wythnos))?"
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\b"
_TIMES = r"(?:hours?|hrs?|weeks?|wks?|days?)"
_TO = r" ?(?:-|to|/|&|and|or) ?"

AT_A_DIGIT = {
    # "37 hours per week", "39 weeks a year", "2 posts", "5 GCSEs"
    "a duration or a count": rf"{_ALONE}{RUN}(?: ?(?:-|to|/|or) ?{RUN})?[ -]?{_UNIT}"
    rf"(?![a-z]){_EACH}(?![a-z])(?: week\b| basis\b)?",
    # "0.6 FTE"
    "a share of full time": rf"{_ALONE}0?\.[0-9]{{1,4}} ?"
    r"(?:f\.?t\.?e|w\.?t\.?e|full[- ]time equ)[a-z]{0,8}",
    # "12/05/2026", "2026-05-12", "1 April 2026", "2025/26"
    "a date": rf"{_ALONE}(?:[0-9]{{1,2}}[/.-][0-9]{{1,2}}[/.-][0-9]{{2,4}}"
    r"|[0-9]{4}-[0-9]{2}-[0-9]{2}"
    rf"|[0-9]{{1,2}}(?:st|nd|rd|th)?(?: of)? {_MONTH}(?:,? 20[0-9]{{2}})?"
    r"|20[0-9]{2} ?[-/] ?(?:20)?[0-9]{2}(?![0-9]|[,.][0-9]))",
    # "01632 960123", "+44 20 7946 0000"
    "a phone number": rf"{_ALONE}(?:\+44 ?(?:\(0\) ?)?|0)[0-9]{{2,4}}[ -]?[0-9]{{3,4}}[ -]?"
    r"[0-9]{3,4}(?![0-9])",
    # "2026 pay award"
    "a year": rf"{_ALONE}(?:19|20)[0-9]{{2}}(?![0-9.,k]|[ -]{{1,3}}£?[0-9]| ?(?:p\.?a\b|per|gbp))",
    # "7.30am", "16:30", "24/7"
    "a time of day": rf"{_ALONE}[0-9]{{1,2}}(?:[.:][0-9]{{2}})? ?[ap]\.?m\b\.?"
    rf"|{_ALONE}[0-9]{{1,2}}:[0-9]{{2}}|\b24 ?/ ?7\b",
    # "1:30", "2 x"
    "a ratio": rf"{_ALONE}[0-9]{{1,3}}:[0-9]{{1,3}}(?![0-9]|[,.][0-9])|\b[0-9]{{1,3}} ?x(?= )",
    # "(21+)"
    "an age": r"(?<![0-9.,£-])(?:1[6-9]|2[0-9])\+(?=[ )]|$)",
    # "14%"
    "a percentage": rf"{_ALONE}{RUN} ?(?:%|per ?cent\b)",
    # "€45,000"
    "another currency": rf"[$€] ?{RUN}(?:k\b)?",
}

AT_A_LETTER = {
    # "hours per week - 31", "weekly hours: 37", "hours a week"
    "hours or weeks": rf"\b{_TIMES} ?(?:a|per|each|/|p/?) ?(?:week|wk|w|year|annum|month|a)\b"
    r"(?: ?[:=-] ?[0-9]{1,2}(?:\.[0-9]{1,2})?(?![0-9]|[,.][0-9]))?"
    rf"|\b{_TIMES} ?[:=-] ?[0-9]{{1,2}}(?:\.[0-9]{{1,2}})?(?![0-9]|[,.][0-9]){_NO_UNIT}",
    # "FTE 0.92"
    "a share of full time": r"\b(?:[fw]\.?t\.?e\.?|full[- ]time equivalent):? ?(?:of )?"
    r"0?\.[0-9]{1,4}",
    # "April 2026"
    "a date": rf"\b{_MONTH} 20[0-9]{{2}}(?![0-9]|[,.][0-9])",
    # "B12 6QT"
    "a post code": r"(?-i:\b[A-Z]{1,2}[0-9][0-9A-Z]? [0-9][A-Z]{2}\b)",
    # "aged 16-18", "under 21s", "over 18"
    "an age": rf"\b(?:ages?|aged|under|over)[ -][0-9]{{1,2}}(?:{_TO}[0-9]{{1,2}})?s?"
    rf"(?![0-9,.a-z%]){_NO_UNIT}",
    # "Ref: ABC/123", "job no 98765"
    "a reference": r"\b(?:ref|reference|requisition"
    r"|(?:job|post|vacancy|advert) (?:no|id|ref|number)"
    r"|no|id)\b\.?(?: (?:no|number|id)\b\.?)?[ :#]{0,3}"
    r"[a-z]{0,6}[-/_ ]?[0-9]{1,10}(?:[-/_][a-z]{0,4}[0-9]{1,8}){0,2}(?![0-9]|[,.][0-9])",
    # "IR35"
    "a tax rule": r"\bir ?35\b",
    # "KS2", "Year 1", "Level 3" where it is no grade
    "a step of school, study or time": r"\b(?:ks|key stages?|nvq|rqf|qcf|years?|phases?|tiers?"
    r"|stages?|rooms?|levels?|steps?|groups?|covid)"
    rf"[ -]?[0-9]{{1,2}}(?:{_TO}[0-9]{{1,2}})?(?![0-9,.k]){_NO_UNIT}",
}
