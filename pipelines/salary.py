"""Reads pay: what an advert says of its salary, every figure used or explained.

A text is cut into tokens (`pay_words`), its grade and points are read (`pay_grade`), figures are
joined to ranges (`pay_figures`), each sum gets the words that belong to it (`pay_sums`), and the
sums are weighed against each other (`pay_weigh`): full-time pay, actual pay, or extra pay.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from pipelines.advert import Advert, Basis, Evidence, Flag, Period
from pipelines.pay_grade import Grading, read_grade
from pipelines.pay_sums import Sum, read_sums
from pipelines.pay_weigh import ends, weigh
from pipelines.pay_words import NO_NUMBER, Kind, Token, plain, tokens

WEEKS_A_YEAR = 52.143
TIMES_A_YEAR = {Period.YEAR: 1.0, Period.MONTH: 12.0, Period.WEEK: WEEKS_A_YEAR}
FULL_TIME_HOURS = 37.0
LONDON_FULL_TIME_HOURS = 36.0
FULL_TIME_WEEKS = (35.0, 40.0)
"""Stated weekly hours that are taken for the full-time week, first and last."""
LOWEST_DOUBTED = 8_000
"""From here a number without a pound sign may be a year's pay: worth a flag if none is read."""
LONGEST_TEXT = 3_000
"""Characters of a text that are read: a salary takes fewer than 500."""


@dataclass(frozen=True, slots=True)
class Supplement:
    """Extra pay stated apart from the salary, in pounds a `period`."""

    minimum: float | None
    maximum: float | None
    period: Period | None


@dataclass(frozen=True, slots=True)
class Salary:
    """What a text says about pay. Pounds as written, per `period`; nothing is converted."""

    minimum: float | None = None
    maximum: float | None = None
    currency: str | None = None
    period: Period | None = None
    actual_minimum: float | None = None
    """Pay for the hours and weeks of the post, where stated: `minimum` is then full-time pay."""
    actual_maximum: float | None = None
    pro_rata: bool = False
    grade: str | None = None
    scp_min: int | None = None
    scp_max: int | None = None
    pay_scale: str | None = None
    negotiable: bool = False
    supplement: Supplement | None = None
    evidence: tuple[Evidence, ...] = field(default=(), compare=False)
    flags: tuple[Flag, ...] = ()

    def record(self) -> dict[str, object]:
        """The reading as plain values: the fields that the labelled salaries have."""
        extra = self.supplement
        return {
            "min": self.minimum,
            "max": self.maximum,
            "currency": self.currency,
            "period": self.period and self.period.value,
            "actual_min": self.actual_minimum,
            "actual_max": self.actual_maximum,
            "pro_rata": self.pro_rata,
            "grade": self.grade,
            "scp_min": self.scp_min,
            "scp_max": self.scp_max,
            "pay_scale": self.pay_scale,
            "negotiable": self.negotiable,
            "supplement": extra
            and {
                "min": extra.minimum,
                "max": extra.maximum,
                "period": extra.period and extra.period.value,
            },
        }


_CURRENCY = "GBP"


def parse_salary(text: str) -> Salary:
    """Read what the text says about pay, and nothing that it does not say; never raises."""
    return _kept(text) if len(text) <= LONGEST_TEXT else _read(text)


def _read(text: str) -> Salary:
    """The reading of a text, worked out anew."""
    words = plain(text)
    cut, words = len(words) > LONGEST_TEXT, words[:LONGEST_TEXT]
    grading = read_grade(words)
    found = list(tokens(words, grading.spans))
    sums = read_sums(found)
    pay = [each for each in sums if not each.left_out and not each.extra]
    chosen, full, actual = weigh(pay)
    low, high = ends(full)
    actual_low, actual_high = ends(actual)
    supplement = _supplement(sums)
    evidence = _evidence(words, found, sums, grading, full, actual)
    return Salary(
        minimum=low,
        maximum=high,
        currency=_CURRENCY if full or supplement else None,
        period=chosen if full else None,
        actual_minimum=actual_low,
        actual_maximum=actual_high,
        pro_rata=_is_pro_rata(found, full, actual),
        grade=grading.grade,
        scp_min=grading.scp_min,
        scp_max=grading.scp_max,
        pay_scale=grading.pay_scale,
        negotiable=not full and _is_negotiable(words, grading),
        supplement=supplement,
        evidence=evidence,
        flags=_flags(words, evidence, full, chosen, cut),
    )


_kept = lru_cache(maxsize=2048)(_read)
"""A council pays many posts alike, in the same words."""


def _supplement(sums: list[Sum]) -> Supplement | None:
    """The first sum that is paid on top."""
    extra = next((each for each in sums if each.extra and not each.left_out), None)
    if extra is None:
        return None
    low, high = ends([extra])
    return Supplement(low, high, extra.period)


_CONSIDERED = frozenset(
    ("considered", "considering", "consider", "available", "welcome", "possible", "option")
)


_PART_KINDS = frozenset((Kind.PRO_RATA, Kind.TERM_TIME, Kind.PORTAL, Kind.ANNUALISED, Kind.ACTUAL))


def _is_pro_rata(found: list[Token], full: list[Sum], actual: list[Sum]) -> bool:
    """Whether the text says that pay is, or will be, in proportion to hours or weeks."""
    if actual and actual is not full:
        return True
    places = [at for at, token in enumerate(found) if token.kind in _PART_KINDS]
    if not places:
        return False
    full_year = any(token.kind == Kind.FULL_YEAR for token in found)
    return any(_says_part(found, at, full_year) for at in places)


def _says_part(found: list[Token], at: int, full_year: bool) -> bool:
    """Whether the token at a place says that pay is in proportion."""
    token = found[at]
    before = [each.words.lower() for each in found[max(0, at - 2) : at]]
    if token.kind == Kind.PRO_RATA:
        return not {"not", "non", "no"} & set(before)
    if token.kind == Kind.TERM_TIME:
        return not _only_offered(found, at, before)
    if token.kind == Kind.PORTAL:
        return "actual" in token.words.lower() and not full_year
    return token.kind == Kind.ANNUALISED or (token.kind == Kind.ACTUAL and not full_year)


def _only_offered(found: list[Token], at: int, before: list[str]) -> bool:
    """Whether term time is one of several patterns that the employer would accept."""
    following = []
    for each in found[at + 1 : at + 8]:
        if each.kind == Kind.STOP:
            break
        following.append(each.words.lower())
    near = "or" in before[-1:] or following[:1] == ["or"] or following[1:2] == ["or"]
    return near or bool(_CONSIDERED & set(following))


# a salary left open, in words: "Competitive", "See job description", "To be confirmed"
_OPEN = re.compile(
    r"\b(?:competitive|negotiable|neg\b|attractive|commensurate|on application|upon application"
    r"|to be (?:agreed|confirmed|discussed|determined|negotiated)|tb[ac]|market rate"
    r"|see (?:the )?(?:full )?(?:job|advert|vacancy|further|attached|below|description|details)"
    r"|refer to (?:the )?(?:job|advert)|not (?:specified|disclosed|stated)|cystadleuol"
    r"|i'w (?:drafod|gadarnhau|gytuno)|gweler)",
    re.I,
)
_DEPENDS = re.compile(
    r"\b(?:depend(?:s|ant|ent|ing)|subject to|according to)\b(?: (?:up)?on)?[a-z ,/]{0,30}"
    r"\b(?:experience|qualifications?|skills)|\bd\.?o\.?e\b|\byn dibynnu ar",
    re.I,
)


def _is_negotiable(text: str, grading: Grading) -> bool:
    """Whether a text without a figure leaves pay open; a grade or points alone do not."""
    if _OPEN.search(text):
        return True
    stated = grading.grade or grading.scp_min is not None
    return not stated and bool(_DEPENDS.search(text))


def _evidence(
    text: str,
    found: list[Token],
    sums: list[Sum],
    grading: Grading,
    full: list[Sum],
    actual: list[Sum],
) -> tuple[Evidence, ...]:
    """What every figure of the text was taken for, in its order."""
    means = [(each.start, each.end, _meaning(each, full, actual)) for each in sums]
    means += [(start, end, "scale points") for start, end in grading.point_spans]
    points = set(grading.point_spans)
    means += [(*span, "grade") for span in grading.grade_spans if span not in points]
    taken = iter(sorted((each.start, each.end) for each in sums))
    start, end = next(taken, (len(text), len(text)))
    for token in found:
        while token.start >= end:
            start, end = next(taken, (len(text) + 1, len(text) + 1))
        if start <= token.start or token.kind in _EXPLAINED:
            continue
        if _DIGIT.search(token.words):
            means.append((token.start, token.end, f"left out: {_no_pay(token)}"))
    return tuple(Evidence(text[first:last], why) for first, last, why in sorted(means))


_DIGIT = re.compile(r"[0-9]")
_EXPLAINED = frozenset(
    (
        *(Kind.GRADE, Kind.WORD, Kind.TO, Kind.OPEN, Kind.CLOSE, Kind.STOP, Kind.COMMA),
        *(Kind.SLASH, Kind.COLON, Kind.DASH),
    )
)
"""Tokens that need no reason: grades are told of elsewhere, words and signs have no digits."""


def _no_pay(token: Token) -> str:
    """Why a token with digits is no sum of pay."""
    if token.kind == Kind.LEFT_OUT:
        return token.reason
    if token.kind == Kind.MONEY:
        return "no sum" if token.amount == 0 else UNREADABLE
    if token.kind == Kind.NUMBER:
        return NO_POUNDS if (token.amount or 0) >= LOWEST_DOUBTED else SMALL
    return token.kind.value


NO_POUNDS = "no pound sign and no word of pay"
UNREADABLE = "not a number as one writes it"
SMALL = "a small number that nothing explains"
NOT_CHOSEN = "one of several sums, and nothing says which is the pay"
SAID_AGAIN = "said again, or for another period"
UNPLACED = (NO_POUNDS, UNREADABLE, SMALL, NO_NUMBER)
"""What is said of a figure that is neither used nor explained: it is flagged."""


def _meaning(each: Sum, full: list[Sum], actual: list[Sum]) -> str:
    if each.left_out:
        return f"left out: {each.left_out}"
    if each.extra:
        return "supplement"
    if each in full and each in actual:
        return "salary and actual salary"
    if each in full or each in actual:
        return "salary" if each in full else "actual salary"
    return f"left out: {SAID_AGAIN if full else NOT_CHOSEN}"


LOWEST_RATE = dict.fromkeys(Period, 3) | {Period.YEAR: 1_000, Period.MONTH: 50, Period.WEEK: 30}
HIGHEST_RATE = {
    Period.YEAR: 300_000,
    Period.MONTH: 30_000,
    Period.WEEK: 10_000,
    Period.DAY: 3_000,
    Period.HOUR: 200,
    Period.SESSION: 3_000,
    Period.FIXED: 100_000,
}
"""Pounds beyond which a stated rate is kept as said but doubted."""


def _flags(
    text: str, evidence: tuple[Evidence, ...], full: list[Sum], period: Period | None, cut: bool
) -> tuple[Flag, ...]:
    flags = [Flag("salary_text_cut", text)] if cut else []
    left = [each for each in evidence if each.means.startswith("left out")]
    unread = any(means.endswith((UNREADABLE, NOT_CHOSEN, NO_POUNDS)) for _, means in left)
    unplaced = [words for words, means in left if means.endswith(UNPLACED)]
    if not full and unread:
        flags.append(Flag("salary_unread", text))
    elif unplaced:
        flags.append(Flag("salary_figure_unplaced", ", ".join(unplaced)))
    if any(each.assumed for each in full):
        flags.append(Flag("salary_period_assumed" if period else "salary_period_unknown", text))
    if len(full) > 1:
        flags.append(Flag("salary_alternatives", text))
    for each in full:
        if period and not LOWEST_RATE[period] <= each.low <= each.high <= HIGHEST_RATE[period]:
            flags.append(Flag("salary_implausible", text[each.start : each.end]))
    return tuple(dict.fromkeys(flags)) if flags else ()


def annual_equivalent(
    salary: Salary, hours_per_week: float | None, london: bool = False
) -> tuple[float | None, float | None]:
    """Full-time pay in pounds a year, from and to, rounded to pence.

    Only pay by the year, month, week or hour has one: nobody says how many days or sessions make
    a year. Stated hours count where they can be the full-time week; a part-time post's cannot.
    """
    hours = LONDON_FULL_TIME_HOURS if london else FULL_TIME_HOURS
    if hours_per_week and FULL_TIME_WEEKS[0] <= hours_per_week <= FULL_TIME_WEEKS[1]:
        hours = hours_per_week
    rate = TIMES_A_YEAR.get(salary.period) if salary.period else None
    if salary.period is Period.HOUR:
        rate = WEEKS_A_YEAR * hours
    if rate is None:
        return None, None
    low, high = salary.minimum, salary.maximum
    return (
        None if low is None else round(low * rate, 2),
        None if high is None else round(high * rate, 2),
    )


_LONDON = "E09"
"""How the GSS codes of the London boroughs begin."""
# "Salary: £24,796 per annum", as a line of an advert's text
_SALARY_LINE = re.compile(r"^ ?(?:salary|pay|cyflog)(?: range)? ?: ?([^\n]{1,300})", re.I | re.M)


class SalaryStage:
    """Fills the pay fields of an advert from its salary, its grade, or a "Salary:" line."""

    def process_item(self, item: Advert) -> Advert:
        text = item.raw.salary or _salary_line(item.description_text or "")
        salary = parse_salary(text)
        item.salary_min, item.salary_max = salary.minimum, salary.maximum
        item.salary_period, item.salary_currency = salary.period, salary.currency
        item.salary_actual_min = salary.actual_minimum
        item.salary_actual_max = salary.actual_maximum
        item.salary_annual_min, item.salary_annual_max = annual_equivalent(
            salary, item.hours_per_week, (item.council or "").startswith(_LONDON)
        )
        item.pro_rata = salary.pro_rata if text else None
        item.salary_negotiable = salary.negotiable if text else None
        item.grade, item.pay_scale = salary.grade, salary.pay_scale
        item.scp_min, item.scp_max = salary.scp_min, salary.scp_max
        _fill_grade(item)
        stated = salary.minimum is not None or salary.maximum is not None
        item.salary_basis = Basis.STATED if stated else Basis.NONE
        for flag in salary.flags:
            item.flag(*flag)
        return item


def _salary_line(description: str) -> str:
    """The first line of a description that states pay in pounds, without its label."""
    for match in _SALARY_LINE.finditer(description):
        if "£" in match[1]:
            return match[1]
    return ""


LONGEST_GRADE = 30


def _fill_grade(item: Advert) -> None:
    """Take grade and points from the advert's own grade field where the salary gives none."""
    if not item.raw.grade:
        return
    words = plain(item.raw.grade)[:LONGEST_TEXT]
    if not words:
        return
    grading = read_grade(words)
    if item.grade is None:
        plain_code = words if len(words) <= LONGEST_GRADE and "£" not in words else None
        item.grade = grading.grade or (f"Grade {words}" if words.isdigit() else plain_code)
    if item.scp_min is None:
        item.scp_min, item.scp_max = grading.scp_min, grading.scp_max
    item.pay_scale = item.pay_scale or grading.pay_scale
