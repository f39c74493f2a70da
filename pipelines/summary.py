"""Summaries: the sentence or two of an advert that say what the job is."""

from __future__ import annotations

import re
from collections.abc import Iterator

_SHORTEST, _LONGEST = 40, 220
_SENTENCE_END = re.compile(r"[.!?][\"'”’)]?\s(?=[\"'“‘(]?[A-Z0-9])")
_NOT_AN_END = re.compile(r"(?:\b(?:e\.g|i\.e|etc|approx|no|St|Mr|Mrs|Ms|Dr|vs|c)|\b[A-Z])\.$")


def _any_of(phrases: str) -> re.Pattern[str]:
    """A pattern for any of the phrases, one a line, each beginning a word of a lower-case text.

    Lower case throughout: a search that minds no letter case takes four times as long.
    """
    return re.compile(rf"\b(?:{'|'.join(phrases.split(chr(10))[1:-1])})")


_BOILERPLATE = _any_of(r"""
equal(?:ity|ities|\s+opportunit)|diversity|inclusive employer|protected characteristic
disability confident|mindful employer|armed forces
committed to (?:safeguarding|promoting)|safeguarding and promoting
dbs|disclosure|barring|rehabilitation of offenders|references
right to work|sponsor|visa|driving licence
reserve the right|clos(?:e|es|ing) (?:date|this|early)
interview|informal (?:chat|discussion|conversation)
further (?:information|details)|more information|find out more|about (?:us|the council)
please (?:contact|note|call|visit|click|see|refer|apply|email|read)|click
apply (?:now|online|here|by|via)|how to apply|to apply|application form|your application
cvs?\b|recruitment agenc|guaranteed
(?:accept|consider|encourag|invit|welcom)(?:e|es|ed|ing)? applications
applications from (?:a(?:ll|ny|pplicants)|both|candidates|every|individuals|internal|people|those)
applications from (?:suitabl|qualified|experienced|women|men|members|under|disabled|ethnic|agenc)
redeploy|at risk|cookie|privacy|cofnodwyd|welsh speak
job description|person specification
pension|annual leave|benefits|discount|salary|pay award|pro[- ]?rata|per annum|parking
fixed[- ]term|maternity|hours (?:per|a) week
www\.|https?:|0\d{2,4}[ )]\s?\d{3}
""")
_ABOUT_THE_JOB = _any_of(r"""
you(?:['’]ll| will)\b|responsible\b|th(?:e|is) (?:role|post)\b|post ?holder\b
looking for\b|seeking\b|opportunit(?:y|ies)\b|wish to appoint\b|recruit(?:ing)?\b|required\b
join (?:our|the|us)\b|lead(?:ing)?\b|manag(?:e|ing)\b|deliver(?:ing)?\b
support(?:ing)?\b|provid(?:e|ing)\b|work(?:ing)? (?:with|as|in|within|closely|alongside)\b
we (?:need|require) an? .*? to (?:deliver|help|join|lead|manage|run|support|teach|work)\b
""")
_DUTY_VERBS = """
administer advise analyse answer arrange assess assist audit book bring build calculate
care carry catalogue chair champion check clean clear clerk coach collect commission compile
conduct contact contribute control cook co-ordinate coordinate create deal decide
deputise design determine develop dig direct drive edit educate empty encourage
enforce engage ensure establish evaluate examine find foster gather get give greet
grow guide handle help host identify implement improve influence inform inspect install
interpret investigate issue keep lay learn liaise listen look maintain make
market mend mentor monitor motivate negotiate observe operate order organise
oversee paint participate patrol pay perform plan plant prepare present preserve prevent process
procure produce promote prosecute protect put recommend reconcile record recover
reduce refuse register repair represent research respond review run safeguard schedule
secure see sell serve service set shape shelve speak strengthen supervise
survey sweep tackle take teach tell test track train translate transport treat turn
undertake update use visit walk watch welcome write
"""
_DUTIES = frozenset(_DUTY_VERBS.split())
"""Bare verbs that a duty begins with: "Keep swimmers safe at our two pools"."""
_FEW_WORDS = r"[a-z-]+ (?:(?!who\b|that\b|which\b|what\b|where\b|when\b|how\b)[a-z'’-]+ ){0,5}?"
_NO_DUTY = re.compile(
    "|".join(
        (
            r"[a-z-]+ (?:sure )?(?:that )?you(?:r|rself)?\b",  # Develop your career
            r"[a-z-]+ (?:us|me|more|part|place|pride|note|advantage|the next)\b",  # Tell us
            r"[a-z-]+ (?:a look|care|forward|in touch|started|no further|out|up to date)\b",
            r"[a-z-]+ an? (?:[a-z]+ )?(?:difference|impact|change)\b",  # Make a real difference
            r"(?:contact|see|use|visit|look at) (?:the|our|this)\b",  # Contact the headteacher
            r"(?:speak|talk|write) (?:to|with) (?:us|our|the)\b",  # Speak to the manager
            _FEW_WORDS + r"(?:web ?sites?|web ?pages?|links?|videos?|adverts?|attached|below)\b",
            _FEW_WORDS + r"(?:is|are|was|were|has|must|may|can|would)\b",  # Care homes are warm
            _FEW_WORDS + r"will (?:be|have|need|receive)\b",  # Train fares will be paid
            _FEW_WORDS + r"(?:on|at) \(?\d",  # Contact Human Resources on 01632
        )
    )
)
"""What such a word begins as well: a noun with its verb, or advice to the reader."""


def summarise(text: str, title: str | None) -> str | None:
    """One or two whole sentences of the text that say what the job is, 220 characters at most.

    None when no sentence is good enough: an editor's empty line is better than boilerplate.
    """
    sentences = _sentences(text[:6000])
    same = (title or "").casefold()
    first = next((each for each in sentences if _is_good(each, same)), None)
    second = next(sentences, "")
    if first is None or not _is_good(second, same):
        return first
    both = f"{first} {second}"
    return both if len(both) <= _LONGEST else first


def _is_good(sentence: str, same: str) -> bool:
    """Whether a sentence says what the job is, and more than the title in small letters does."""
    return (
        _SHORTEST <= len(sentence) <= _LONGEST
        and sentence[0] not in "•-–*"
        and sentence[-1] in ".!?"
        and not sentence.isupper()
        and sentence.casefold().rstrip(".") != same
        and _is_about_the_job(sentence)
        and not _is_boilerplate(sentence)
    )


def _is_about_the_job(sentence: str) -> bool:
    lower = sentence.lower()
    return _ABOUT_THE_JOB.search(lower) is not None or _is_duty(sentence, lower)


def _is_duty(sentence: str, lower: str) -> bool:
    """Whether it begins with a verb of duty; a name in capitals has none ("Care Homes Team")."""
    first = lower.partition(" ")[0]
    return (
        first in _DUTIES
        and not sentence[len(first) + 1 :][:1].isupper()
        and _NO_DUTY.match(lower) is None
    )


def _is_boilerplate(sentence: str) -> bool:
    return "£" in sentence or "@" in sentence or _BOILERPLATE.search(sentence.lower()) is not None


def _sentences(text: str) -> Iterator[str]:
    """The sentences of a text, line by line; an abbreviation's full stop ends none."""
    for line in map(str.strip, text.split("\n")):
        start = 0
        for end in _SENTENCE_END.finditer(line) if len(line) > _SHORTEST else ():
            sentence = line[start : end.start() + 1]
            if sentence[-1] != "." or _NOT_AN_END.search(sentence[-12:]) is None:
                yield sentence
                start = end.end()
        if start < len(line):
            yield line[start:]


def teaser(line: str | None) -> str | None:
    """The whole sentences of a summary as published, on one line; None when none is about the job.

    An ellipsis ends no sentence.
    """
    if line is None or not 20 <= len(line) <= _LONGEST or " " not in line:
        return None
    if _is_boilerplate(line) or line.isupper():
        return None
    if line.endswith((".", "!", "?")) and not line.endswith(".."):
        return line
    whole = line.rstrip(".…")
    end = max(whole.rfind(mark) for mark in (". ", "! ", "? "))
    if end >= 0:
        return whole[: end + 1]
    return line if whole == line else None
