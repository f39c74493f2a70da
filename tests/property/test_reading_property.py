"""Whatever the text: no reading raises, each value is well formed, and time grows with length."""

import re
from collections.abc import Callable
from datetime import date, datetime
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.advert import Advert
from pipelines.dates import DatesStage, closing_instant, parse_when
from pipelines.quality import QualityStage
from pipelines.sector import SectorStage, read_sector, sector_names
from pipelines.terms import TermsStage, parse_terms
from pipelines.text import TextStage, clean_html, html_to_text, one_line, summarise, tidy_title
from scrapers.items import RawAdvert

VOCABULARY = """
12 31st 2026 2026-10-05 05/10/26 00:00 5pm midnight noon October Medi closing interview until for
permanent temporary fixed term 37 hours per week 0.6 FTE months years part time full £12.50 to
<p> </p> <ul> <li> &lt; &amp; &nbsp; <script> <b <!-- <a href=x> JOB REF 1234 - SEN school director
social worker . , ; ( ) / – Z T +01:00 Date( 1785456000000 %s ½ ８ \u00a0 \u200b \x00
"""
WORDS = st.sampled_from(VOCABULARY.split(" "))
TEXTS = st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=40).map(" ".join))
DAYS = st.dates(date(2000, 1, 1), date(2090, 1, 1)).map(date.isoformat)
quick = settings(deadline=None, max_examples=100)


@quick
@given(TEXTS, st.one_of(st.none(), DAYS, st.text(max_size=12)))
def test_any_text_gives_a_real_day_or_none(text, reference):
    when = parse_when(text, reference)
    if when.date is not None:
        assert date.fromisoformat(when.date).isoformat() == when.date
        assert when.evidence
        assert not when.open_ended
    else:
        assert when.time is None
    assert when.time is None or re.fullmatch(r"[0-2]\d:[0-5]\d", when.time)
    instant = closing_instant(when)
    assert (instant is None) == (when.date is None)
    if instant is not None:
        assert datetime.fromisoformat(instant).utcoffset() is not None


@quick
@given(st.dates(date(2001, 1, 1), date(2089, 12, 31)), st.times(), st.integers(0, 3))
def test_a_day_written_in_any_form_is_read_back(day, clock, form):
    written = f"{day:%d/%m/%Y}|{day:%d %B %Y}|{day:%A, %B %d, %Y}|{day:%Y-%m-%d}".split("|")[form]
    when = parse_when(f"Closing date: {written} {clock:%H:%M}")
    of_a_machine = form == 3 and (clock.hour, clock.minute) == (0, 0)
    assert when.date == day.isoformat()
    assert when.time == (None if of_a_machine else f"{clock:%H:%M}")


@quick
@given(TEXTS)
def test_any_text_gives_terms_within_bounds(text):
    terms = parse_terms(text)
    assert terms.hours_per_week is None or 0 < terms.hours_per_week <= 60
    assert terms.hours_min is None or 0 < terms.hours_min <= 60
    assert terms.fte is None or 0 < terms.fte <= 1
    assert terms.term_months is None or 0 < terms.term_months <= 120
    assert terms.ends_on is None or date.fromisoformat(terms.ends_on)
    assert len(set(terms.working_pattern)) == len(terms.working_pattern)


@quick
@given(TEXTS, st.one_of(st.none(), TEXTS), st.one_of(st.none(), TEXTS))
def test_any_title_gives_a_known_sector_with_evidence_or_none(title, context, employer):
    reading = read_sector(title, context, employer)
    assert reading.sector is None or reading.sector in sector_names()
    assert (reading.sector is None) == (not reading.evidence)


@quick
@given(TEXTS)
def test_cleaning_twice_changes_nothing_and_leaves_nothing_active(html):
    clean = clean_html(f"<p>x</p>{html}")
    assert clean_html(clean) == clean
    assert re.search(r"<(?!/?(?:p|br|strong|em|b|i|a|h[2-6]|ul|ol|li|t\w+)\b)", clean) is None


@quick
@given(TEXTS)
def test_lines_and_titles_are_single_lines(text):
    line, title = one_line(text), tidy_title(text)
    assert line is None or (line == line.strip() and len(line.splitlines()) == 1)
    assert len(title.splitlines()) <= 1
    assert "<" not in html_to_text(f"<p>{title.replace('<', ' ').replace('&', ' ')}</p>")


@quick
@given(TEXTS)
def test_a_summary_is_taken_from_the_text(text):
    summary = summarise(text, None)
    assert summary is None or (40 <= len(summary) <= 220 and summary[-1] in ".!?")


@quick
@given(
    st.fixed_dictionaries(
        {},
        optional=dict.fromkeys(
            [
                "title",
                "description",
                "summary",
                "posted",
                "closes",
                "interview",
                "contract",
                "pattern",
                "hours",
                "category",
                "department",
                "fetched_at",
            ],
            TEXTS,
        ),
    )
)
def test_no_stage_raises_or_drops(fields):
    raw = RawAdvert(external_id="1", url="https://x.example/1", **fields)
    before = raw.as_dict()
    advert: Advert = TextStage().process_item(raw)
    for stage in (DatesStage(), TermsStage(), SectorStage(), QualityStage()):
        assert stage.process_item(advert) is advert
    assert advert.raw.as_dict() == before


READERS: dict[str, Callable[[str], object]] = {
    "when": lambda text: parse_when(text, "2026-08-01"),
    "terms": parse_terms,
    "sector": lambda text: read_sector(text, text, text),
    "html": clean_html,
    "text": html_to_text,
    "title": tidy_title,
    "line": one_line,
    "summary": lambda text: summarise(text, text),
    "stages": lambda text: DatesStage().process_item(
        TermsStage().process_item(
            Advert(raw=RawAdvert(external_id="1", url="", contract=text), description_text=text)
        )
    ),
}
HARD = [
    "a", " ", "1 ", "12 November ", "1/", "5pm ", "closing date ", "until 1 ", "37 hours ", "37-",
    "permanent ", "the post ", "<div>", "<ul><li>", "<b>", "<", "<p><b>x", "<!--", "&lt;", "£1 ",
    "<span display:none", "A. ", "REF ", "(", "<p>&nbsp;", "<table><tr><td>", "social worker ",
    "<h2><b>", "</b><i>", "this post ", "extended to ", "12 noon 15 ", "fte: ", "37 hours or ",
]  # fmt: skip


@pytest.mark.parametrize("reader", READERS)
def test_a_long_text_is_read_in_linear_time(reader):
    for piece in HARD:
        text = piece * (100_000 // len(piece))
        start = process_time()
        READERS[reader](text)
        assert process_time() - start < 1, piece
