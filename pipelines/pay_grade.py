"""Reads the grade, the scale points and the pay scale that a text about pay names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from string import ascii_letters

HIGHEST_POINT = 100
"""Spines longer than this do not exist: a larger number is no point."""

LONGEST_RANGE = 10
"""Grades that one advert spans at most, first to last."""

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Grading:
    """What a text says of grade and points; the spans, in order, are the words it says it with."""

    grade: str | None = None
    scp_min: int | None = None
    scp_max: int | None = None
    pay_scale: str | None = None
    grade_spans: tuple[Span, ...] = ()
    point_spans: tuple[Span, ...] = ()

    @property
    def spans(self) -> tuple[Span, ...]:
        return tuple(sorted(self.grade_spans + self.point_spans))


NOTHING_NAMED = Grading()

_UNIT = r"(?! ?(?i:%|(?:hours?|hrs?|weeks?|wks?|days?|months?|years?|yrs?|posts?|am|pm|k)\b))"
_POINT = rf"[0-9]{{1,3}}(?![0-9%]|[.,:][0-9]){_UNIT}"
_TO = r" ?(?:-|(?i:to)|/|&|>|(?i:and|or)) ?"
_POINT_WORD = (
    r"(?i:scp(?:'?s)?|s[./]c[./]p\.?"
    r"|(?:spinal (?:column )?|spine |scale |salary |pay |column )?points?"
    r"|pts?(?=[ .:0-9])\.?|sp(?=[ 0-9])|pwynt(?:iau)?)"
)
_RANGE_WORD = r"(?: (?i:range|no|number|from|points?|pts?))?"
_SIGN = r"(?:[ .:]{0,2}|(?<=[Pp])[ #=(-]{1,3}|(?<=[se])[ :(]{1,2})"  # "SCP (5", "SCP - 5"
# "SCP 5 - 6", "Points 4 to 6", "pts 9 - 14", "spinal point 19 to spinal point 23", "SCP6 - SCP 11"
_POINTS = re.compile(
    rf"(?<![A-Za-z]){_POINT_WORD}{_RANGE_WORD}{_SIGN}(?:NJC )?(?P<low>{_POINT})"
    rf"(?:{_TO}(?:{_POINT_WORD}[ .:]{{0,2}})?(?P<high>{_POINT}))?"
)
# "NJC 11-15", "NJC07", "NJC Scale 4-6", "NJC salary scale 26-29"; "NJC Scale 3" is a grade
_NJC = re.compile(
    r"\b(?:(?i:n\.?j\.?c\b\.?|njc)|GLPC|JNC"
    r"|Soulbury(?: (?:EPs?|EIPs?|Educational Psychologists?|Scale|[AB])\b){0,3})[ :(]{0,2}"
    rf"(?P<scale>(?i:(?:pay |salary )?(?:scale|spine|spinal column|range)s?) )?(?P<low>{_POINT})"
    rf"(?P<range>{_TO}(?:NJC ?)?(?P<high>{_POINT}))?"
)
# "spine 3-4", "spinal column 23 to 27": only a range
_SPINE = re.compile(
    rf"\b(?i:spin(?:e|al)(?: column)?(?: range)?):? ?(?P<low>{_POINT}){_TO}(?P<high>{_POINT})"
)
# "H8/25 - H9/29": grades and points in pairs
_PAIRS = re.compile(
    r"\b(?P<first>[A-Z]{1,3}[0-9]{1,2})/(?P<low>[0-9]{2})"
    r" ?(?:-|(?i:to)) ?(?P<last>[A-Z]{1,3}[0-9]{1,2})/(?P<high>[0-9]{2})\b"
)
# "G5.12-15", "H7 19 to 23", "G3.6", "5.12 Support Scale": a grade and its points
_DOTTED = re.compile(
    r"\b(?P<grade>[A-Z]{1,2}[0-9]{1,2}|(?<=Grade )[0-9]{1,2})\.(?P<low>[0-9]{1,2})"
    r"(?: ?(?:-|(?i:to)) ?(?P<high>[0-9]{1,2}))?"
    r"(?![0-9A-Za-z.])"
)
_SPACED = re.compile(
    r"\b(?P<grade>[A-Z]{1,2}[0-9]{1,2}) (?P<low>[0-9]{1,2}) ?(?:-|(?i:to)) ?(?P<high>[0-9]{1,2})\b"
    r"(?![,.:%][0-9])" + _UNIT
)
_BARE_DOTTED = re.compile(
    r"(?<![0-9A-Za-z.,£])(?P<grade>[0-9]{1,2})\.(?P<low>[0-9]{1,2})(?P<high>)"
    r"(?= (?:[A-Z][a-z]{1,20} )?(?:Scale|Grade)\b)"
)
# after a grade in words: "Grade D. Range 8 to 12", "Band 6 - S25 to S28", "SO1 P23-25"
_AFTER_GRADE = re.compile(
    rf"\b(?:Range |S|P)(?P<low>{_POINT}) ?(?:-|(?i:to)) ?[SP]?(?P<high>{_POINT})\b"
)
# right after a grade: "Grade 4 (5-7)", "Scale 3: 5 to 6", "Band B, 3-4 pro rata"
_RIGHT_AFTER = re.compile(
    rf"(?:[ ,:(]{{1,2}}| - )(?P<low>{_POINT}) ?(?:-|(?i:to)) ?(?P<high>{_POINT})"
    r"(?=\)?(?: ?(?:$|[,;|(£)])| -|\. | (?i:pro|actual|fte|per|njc|tto|term|pay)\b))"
)

_NO_CODE = r"(?!(?:SCP|NJC|SP|PT|PTS|POINT|IS|OF|TO|AT|IN|ON|OR|AS|BY|UP|NO|PA)(?![A-Za-z]))"
_CODE = (
    rf"{_NO_CODE}(?:[A-Z]{{1,4}}|[A-Z]{{2,4}} )?[0-9]{{1,2}}(?:[A-Za-z](?![A-Za-z0-9]))?"
    rf"(?![0-9]|[.,:][0-9]|%|/[0-9]{{2}}/){_UNIT}|{_NO_CODE}[A-Z]{{1,2}}(?![A-Za-z0-9'])"
)
_GRADE_WORD = (
    r"(?:(?i:grades?|garde|gradd|graddfa|bands?|(?:pay)?scales?|ranges?|gr(?=[ .] ?[0-9]))"
    r"|[Gg]r(?=[0-9]))"
)
# "Grade 5", "Grade: 3", "Band E", "Scale 4a", "Grade E4 to E5", "Grade 7 or Grade 8", "Grade 5/6"
_WORDED = re.compile(
    rf"\b(?P<word>{_GRADE_WORD})(?:[ :.-]{{1,3}}|(?=[0-9]))(?P<low>{_CODE})"
    rf"(?:(?P<to> ?(?:-|/|&|(?i:to|or|and)) ?)(?:(?P<again>{_GRADE_WORD}) )?(?P<high>{_CODE})"
    r"(?: ?/ ?[0-9]{1,2}(?![0-9])){0,2})?"
)
_OFFICER = re.compile(r"[SP]O ?[0-9]")  # "Range SO3" is SO3
_WHOLE_CODE = re.compile(r"(?:L|LP|LC)[0-9]")  # "Range L18-24" is L18-24, "Scale LC2" is LC2
_STUDY = r"(?:apprentice(?:ship)?|nvq|diploma|qualifications?|qualified|certificate|study|a|rqf|at)"
_LEVEL = re.compile(
    rf"(?<!\w)(?P<study>{_STUDY} )?"
    r"(?P<grade>level [0-9]{1,2}(?: ?(?:-|(?i:to)|/) ?[0-9]{1,2})?)(?![0-9])"
    rf"(?P<after>[ -]{{1,3}}{_STUDY}\b)?",
    re.I,
)
# "6, SCP 14-19" and "4 (SCP 12 - 17)" begin with the number of a grade
_LEADING = re.compile(
    r"(?:(?i:salary|pay)[: ]{1,2})?(?P<grade>[0-9]{1,2})"
    r"(?=[ ,(-]{1,3}(?i:scps?|points?)[ .:]{0,2}[0-9])"
)

_LEADERSHIP = re.compile(
    r"\b(?i:leadership)(?: (?i:pay|group(?: [1-8](?= L))?|scale|spine|range|points?)){0,3}"
    r"[ :,-]{0,3}(?P<points>L?[0-9]{1,2}(?: ?(?:-|(?i:to)) ?L?[0-9]{1,2})?)(?![0-9]|[,.][0-9])"
)
_TEACHER = (
    r"(?:(?:MPS|MPR|TMS|UPS|UPR|UQT|UPT)(?: ?[1-6])?|(?:M|U|UP|MS|UQ)[1-6]|MS(?= ?[/&-] ?UP))"
    r"(?![A-Za-z0-9])"
)
# "MPS 3-6", "M3 to UPS3", "MPR / UPR"
_TEACHERS = re.compile(
    rf"\b(?:(?:MPS|MPR|UPS|UPR|TMS) (?=[MU]))?{_TEACHER}"
    rf"(?: ?(?:-|(?i:to)|/|&) ?(?:{_TEACHER}|[1-6](?![0-9]|[,.][0-9]))){{0,3}}"
)
_TEACHERS_LONG = re.compile(
    r"\b(?:main|upper|unqualified)(?: ?/ ?upper)?(?: teachers?)? pay (?:range|scale)(?: [1-6])?"
    r"(?: ?(?:to|-|/|and) ?(?:main|upper) pay (?:range|scale)(?: [1-6])?)?"
    r"|\b(?:teachers? )?main ?grade(?: scale)?\b",
    re.I,
)
_HEADS = re.compile(r"\bDHT ?/ ?HT Scale\b", re.I)

_NOT_A_GRADE = (
    r"(?!(?:SCP|NJC|SP|PTS?|FTE|WTE|PAYE|KS|NVQ|QCF|RQF|TLR|SEN|GCSES?|DBS|EHCP|REF|JOB|POST|AGE"
    r"|AGED|ROOM|UNIT|YEAR|YEARS?|YR|HRS|COVID|MON|TUE|WED|THU|FRI|SAT|SUN|JAN|FEB|MAR|APR|MAY"
    r"|JUN|JUL|AUG|SEP|SEPT|OCT|NOV|DEC|AM|PM|PER|UP|TO|AT|OR|AND|FOR|FROM|PLUS|LEVEL|POINTS?"
    r"|TEL|NO|ID|GBP|PLEASE|NMW|NLW|TERM|MPS|UPS|TTO|DAY|WEEK|EYFS|INSET|IR|PA|PH)"
    r"(?![A-Za-z]))"
)
_LABEL = rf"{_NOT_A_GRADE}(?:[A-Z]{{1,5}}|[A-Z][a-z]{{1,3}}(?=[0-9]))"
# "SO1", "PO2/3", "BR10-11", "Bex18 to Bex20", "CSET 10", "N14 - N17", "AS 29-34", "P7/P8", "TSPT 6"
_BARE = re.compile(
    rf"(?<![A-Za-z0-9£/.-])(?P<label>{_LABEL})(?P<gap> ?)[0-9]{{1,2}}[a-z]?"
    rf"(?![A-Za-z0-9]|[.,:][0-9]|%)"
    rf"(?! [0-9][A-Z]{{2}}\b){_UNIT}"
    rf"(?:(?: ?(?:-|(?i:to)|/) ?)(?:{_LABEL})? ?[0-9]{{1,2}}(?![A-Za-z0-9]|[.,:][0-9]|%){_UNIT})?"
)

_SCALES = (
    (re.compile(r"\bn\.?j\.?c(?![a-z])", re.I), "NJC"),
    (re.compile(r"\bGLPC\b", re.I), "GLPC"),
    (re.compile(r"\bJNC\b", re.I), "JNC"),
    (re.compile(r"\bSoulbury\b", re.I), "Soulbury"),
    (
        re.compile(r"\bleadership (?:pay |group |scale |spine |range )?[a-z]{0,6} ?L?[0-9]", re.I),
        "Leadership",
    ),
    (re.compile(r"\b(?:a4c|afc|agenda for change)\b", re.I), "NHS AfC"),
    (re.compile(r"\bpolice (?:staff )?(?:pay|council|scale)", re.I), "Police"),
    (re.compile(r"\b(?:grey book|fire ?fighters?'? pay scale)", re.I), "Fire"),
    (re.compile(r"\bteachers'? (?:main |upper )?(?:pay|scale)", re.I), "Teachers"),
)


_MENDED = {"garde": "Grade", "gr": "Grade", "payscale": "Scale"}

# cheap signs that a closer look is worth it, most texts have none of them; searched in case-folded
# text, which is quicker than to mind no letter case
_MAY_GRADE = re.compile(
    r"grad|gard|band|scale|range|mps|mpr|ups|upr|upt|tms|uq|main|upper|unqual"
    r"|dht|njc|n\.j|glpc|jnc|soulbury|leadership|afc|a4c|agenda|police|grey|fire|teach"
)
_MAY_NUMBER = re.compile(r"[a-z][ :.#(='/-]{0,4}[0-9]")
_MAY_NAME_A_SCALE = re.compile(
    r"nj|n\.j|glpc|jnc|soulbury|leadership|a4c|afc|agenda|police|grey book|fire|teachers"
)
_MAY_POINT = re.compile(r"scp|s\.c|s/c|point|pt|sp|pwynt")
_MAY_NJC = re.compile(r"nj|n\.j|glpc|jnc|soulbury")
_MAY_WORD = re.compile(r"grad|gard|gr[ .]?[0-9 ]|band|scale|range")
_MAY_LEAD_OR_TEACH = re.compile(r"leadership|main|upper|unqualified|dht")
# the same for codes, whose letter case counts
_MAY_TEACH = re.compile(r"\b(?:MP[SR]|UP|TMS|MS|M[1-6]|U[1-3]|UQ)")
_MAY_BARE = re.compile(r"[A-Z][A-Za-z]{0,4} ?[0-9]")
_MAY_PAIR = re.compile(r"[A-Z][0-9]{1,2}[/. ][0-9]|(?<![0-9,.£])[0-9]{1,2}\.[0-9]{1,2}(?![0-9])")

Named = list[tuple[str, Span]]


def read_grade(text: str) -> Grading:
    """The grade, points and pay scale of a text that `pay_words.plain` has made plain."""
    folded = text.casefold()
    if not _MAY_GRADE.search(folded) and not _MAY_NUMBER.search(folded):
        return NOTHING_NAMED
    points = [m for m in _POINTS.finditer(text) if _valid(m)] if _MAY_POINT.search(folded) else []
    if _MAY_NJC.search(folded):
        points += [m for m in _NJC.finditer(text) if _valid(m) and (m["range"] or not m["scale"])]
    if not points and "spin" in folded:
        points = [each for each in _SPINE.finditer(text) if _valid(each)]
    paired, paired_points = _paired(text)
    points += paired_points
    taught = _MAY_LEAD_OR_TEACH.search(folded) or _MAY_TEACH.search(text)
    teachers = _teachers(text) if taught else []
    points = [each for each in points if _free(each.span(), [span for _, span in teachers])]
    taken = [each.span() for each in points]
    grades = teachers or (_worded(text, taken) if _MAY_WORD.search(folded) else [])
    grades = grades or paired or _numbered(text, folded) or _bare(text, taken)
    if grades:
        first = grades[0][1]
        after = [m for m in _AFTER_GRADE.finditer(text, first[1]) if _valid(m)]
        right = None if points or teachers else _RIGHT_AFTER.match(text, first[1])
        after += [right] if right and _valid(right) else []
        points += [each for each in after if _free(each.span(), taken)]
        taken = [each.span() for each in after]
        grades = [each for each in grades if each[1] == first or _free(each[1], taken)]
    ends = [int(each[name]) for each in points for name in ("low", "high") if each[name]]
    return Grading(
        grade=_joined([words for words, _ in grades]),
        scp_min=min(ends, default=None),
        scp_max=max(ends, default=None),
        pay_scale=_pay_scale(text, folded, bool(teachers)),
        grade_spans=tuple(span for _, span in grades),
        point_spans=tuple(each.span() for each in points),
    )


def _valid(match: re.Match[str]) -> bool:
    """Whether a match holds points of a spine, low to high."""
    low, high = int(match["low"]), int(match["high"] or match["low"])
    return 0 < low <= high <= HIGHEST_POINT


def _free(span: Span, taken: list[Span]) -> bool:
    return not any(start < span[1] and span[0] < end for start, end in taken)


def _teachers(text: str) -> Named:
    """Teachers' and leadership points, which are a grade as they stand."""
    if match := _LEADERSHIP.search(text):
        points = match["points"]
        return [(points if points[0] == "L" else f"Leadership {points}", match.span())]
    for pattern in (_TEACHERS, _TEACHERS_LONG, _HEADS):
        if match := pattern.search(text):
            return [(match.group(), match.span())]
    return []


def _paired(text: str) -> tuple[Named, list[re.Match[str]]]:
    """Grades that carry their points: "G5.12-15", "H7 19 to 23", "H8/25 - H9/29"."""
    if not _MAY_PAIR.search(text):
        return [], []
    if match := _PAIRS.search(text):
        return [(f"{match['first']} - {match['last']}", match.span())], [match]
    for pattern in (_DOTTED, _SPACED, _BARE_DOTTED):
        if (match := pattern.search(text)) and _valid(match):
            grade = match["grade"]
            return [(f"Grade {grade}" if grade.isdigit() else grade, match.span())], [match]
    return [], []


def _worded(text: str, taken: list[Span]) -> Named:
    """Grades after a word for grade; of several, those after the same word as the first."""
    found: Named = []
    first = ""
    for match in _WORDED.finditer(text):
        span = match.span() if _same_sort(match) else (match.start(), match.end("low"))
        word = match["word"].lower().removesuffix("s")
        if (first and word != first) or not _free(span, taken) or _of_study(text, *span):
            continue
        first = word
        found.append((_grade_words(match, text[span[0] : span[1]]), span))
    return found


_STUDY_BEFORE = re.compile(r"\b(?:gcses?|a[- ]levels?|o[- ]levels?|english|maths)\b", re.I)
_STUDY_AFTER = re.compile(r"(?:/[A-G9]| ?\([A-G9]\))? or (?:above|equivalent|higher|better)", re.I)
_NEAR = 40
"""Characters before a grade in which "GCSE" makes it a grade of an examination."""


def _of_study(text: str, start: int, end: int) -> bool:
    """Whether a grade is one of an examination: "5 GCSEs grade 4 or above"."""
    return bool(
        _STUDY_AFTER.match(text, end) or _STUDY_BEFORE.search(text, max(0, start - _NEAR), start)
    )


def _same_sort(match: re.Match[str]) -> bool:
    """Whether what follows the first code is the other end of a range of the same sort."""
    low, high = match["low"], match["high"]
    if not high:
        return True
    if low.isdigit() and high.isdigit():
        return 0 < int(high) - int(low) <= LONGEST_RANGE
    if low.isalpha() or high.isalpha():
        return low.isalpha() and high.isalpha() and len(low) == len(high)
    if low[0].isalpha() and high.isdigit():  # "L18-24"
        return (
            0
            < int(high) - int(low.lstrip(ascii_letters + " ").rstrip(ascii_letters))
            <= (LONGEST_RANGE)
        )
    return low[0].isdigit() == high[0].isdigit() or bool(_OFFICER.match(high))


def _grade_words(match: re.Match[str], words: str) -> str:
    """ "Grade 7/Grade 8" for alternatives; else the words as written, their spelling mended."""
    word = _MENDED.get(match["word"].lower(), match["word"].capitalize())
    if len(words) == match.end() - match.start() and (match["to"] or "").strip().lower() == "or":
        again = f"{word} " if match["again"] else ""
        return f"{word} {match['low']}/{again}{match['high']}"
    codes = words[match.start("low") - match.start() :]
    return codes if _OFFICER.match(codes) or _WHOLE_CODE.match(codes) else f"{word} {codes}"


def _numbered(text: str, folded: str) -> Named:
    """A text that begins with the number of a grade, or that names a level which is no study."""
    if match := _LEADING.match(text):
        return [(f"Grade {match['grade']}", match.span())]
    for match in _LEVEL.finditer(text) if "level" in folded else ():
        if not match["study"] and not match["after"]:
            return [(match["grade"].capitalize(), match.span("grade"))]
    return []


_ZERO = re.compile(r"\b([PS])0(?=[1-9])")  # a zero typed for the letter


def _bare(text: str, taken: list[Span]) -> Named:
    """A code that is the whole grade: "BR10-11", "CSET 10", "SO1"."""
    for match in _BARE.finditer(text) if _MAY_BARE.search(text) else ():
        if (match["gap"] and len(match["label"]) == 1) or not _free(match.span(), taken):
            continue
        words = match.group()
        return [(_ZERO.sub(r"\1O", words), match.span())]
    return []


def _joined(grades: list[str]) -> str | None:
    """Grades as one string, each once, "/" between them."""
    return "/".join(dict.fromkeys(grades)) or None


def _pay_scale(text: str, folded: str, teachers: bool) -> str | None:
    if _MAY_NAME_A_SCALE.search(folded):
        for pattern, name in _SCALES:
            if pattern.search(text):
                return name
    return "Teachers" if teachers else None
