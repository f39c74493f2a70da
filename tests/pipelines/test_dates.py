"""Days and clock times: what is read, what is left unread, and the instants that follow."""

import json
from pathlib import Path

import pytest

from pipelines.advert import Advert
from pipelines.dates import DatesStage, When, closing_instant, parse_when
from scrapers.items import RawAdvert

REFERENCE = "2026-08-01"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "TBC",
        "Friday",
        "24/7 rota",
        "37 hours",
        "31/02/2026",
        "30th February 2026",
        "late March 2027",
        "in January 2027",
        "1st or 2nd week of December",
        "within 7 days from date of application",
        "in 14 days of the advert",
        "12 marketing posts",
        "you may 2 of 3",
        "Salary £12.10.26",
        "This vacancy may close early if we receive enough applications",
        "2026-W34",
        "99999999999999999999",
        "Midnight on Sunday",
        "next Friday",
        "First Monday in October",
        "1st academic week",
        "on the 17th",
        "October 2026",
        "31 December 9999",
        "31/12/9999",
        "0001-01-01T00:00:00",
        "10/15/2026",
        "Grade 5/6",
        "Key stage 1/2",
        "30+ days ago",
        "Tel 01234 567890",
        "Ref 12/2026",
        "8 marks",
        "Open",
        "N/A",
        "Closing soon",
        "Permanent recruitment campaign",
        "We may close the advert early once we have received enough applications",
        "Early closing may occur if sufficient applications are received",
    ],
)
def test_no_date_is_invented(text):
    assert parse_when(text, REFERENCE) == When()


def test_a_day_without_a_year_stays_unread_without_a_reference():
    when = parse_when("Closing date: 5 October")
    assert when.date is None
    assert [flag.name for flag in when.flags] == ["year_missing"]


@pytest.mark.parametrize(
    ("text", "day", "clock"),
    [
        ("05/10/2026", "2026-10-05", None),
        ("05/10/26", "2026-10-05", None),
        ("5.10.26", "2026-10-05", None),
        ("03-02-2027", "2027-02-03", None),
        ("19/11 2026", "2026-11-19", None),
        ("20260726", "2026-07-26", None),
        ("Closing on 14/10/2026", "2026-10-14", None),
        ("04/09/2026 14:50", "2026-09-04", "14:50"),
        ("27/08/2026 00:00", "2026-08-27", "00:00"),
        ("21/08/2026 11:59:00 PM", "2026-08-21", "23:59"),
        ("2026-08-31T23:59:00+01:00", "2026-08-31", "23:59"),
        ("2026-08-31T22:59:00Z", "2026-08-31", "23:59"),
        ("2026-12-31T09:00:59+00:00", "2026-12-31", "09:00"),
        ("2021-03-12T12:00:00", "2021-03-12", "12:00"),
        ("Thu, 18 Jun 2026 20:25:00 Z", "2026-06-18", "21:25"),
        ("1785456000000", "2026-07-31", "01:00"),
        ("Closes : 10:00 pm on Sunday 2nd July 2023", "2023-07-02", "22:00"),
        ("Apply by 25 September, 2026", "2026-09-25", None),
        ("Wednesday, September 2, 2026 - 12:00", "2026-09-02", "12:00"),
        ("noon on 5 October", "2026-10-05", "12:00"),
        ("Midnight on the 12 November 2026", "2026-11-12", "23:59"),
        ("31 August 2026 at 23.59", "2026-08-31", "23:59"),
        ("31/12/2026 at 1200 hours", "2026-12-31", "12:00"),
        ("4th December at 5.00PM", "2026-12-04", "17:00"),
        ("17th November (pm)", "2026-11-17", None),
        ("3 rd November 2026", "2026-11-03", None),
        ("21stAugust 2026", "2026-08-21", None),
        ("16 Novemeber 2026", "2026-11-16", None),
        ("November 23, 2026", "2026-11-23", None),
        ("17th, 18th and 19th November 2026", "2026-11-17", None),
        ("Monday 16th, Tuesday 17th November 2026", "2026-11-16", None),
        ("8 Chwefror – 3 Mawrth 2027", "2027-02-08", None),
        ("30 December - 3 January 2027", "2026-12-30", None),
        ("Gwener 4ydd Medi 2026 am 5yp", "2026-09-04", "17:00"),
        ("30 Hydref 2026 am hanner nos", "2026-10-30", "23:59"),
        ("hanner dydd, 4 Medi 2026", "2026-09-04", "12:00"),
        ("Wednesday 2nd November 2026", "2026-11-02", None),
        ("Posted 3 days ago", "2026-07-29", None),
        ("closes tomorrow at noon", "2026-08-02", "12:00"),
        ("29 February", "2028-02-29", None),
        ("Interviews 5 October. Closing date 20 September 2026 at noon", "2026-09-20", "12:00"),
        ("Closing date 5 October 2026. Interviews 12 October 2026 at 9am", "2026-10-05", None),
        (
            "Closing: noon on Monday, 5 October 2026. Interviews: 9am, 9 October",
            "2026-10-05",
            "12:00",
        ),
        ("12 noon 5 October 2026", "2026-10-05", "12:00"),
        ("12noon on 5th October 2026", "2026-10-05", "12:00"),
        ("12:00 (noon) 5 October 2026", "2026-10-05", "12:00"),
        ("5 October 2026 at 1200 noon", "2026-10-05", "12:00"),
        ("12 midnight 5 October 2026", "2026-10-05", "23:59"),
        ("5 October 2026, canol nos", "2026-10-05", "23:59"),
        ("5 posts 15 October 2026", "2026-10-15", None),
        ("2359 15 October 2026", "2026-10-15", None),
        ("Closes 1159pm on 5 October 2026", "2026-10-05", "23:59"),
        ("5 October 2026 at 23.59pm", "2026-10-05", "23:59"),
        ("Closing date: 23.59 5th October 2026", "2026-10-05", "23:59"),
        ("05.10.26 9.30", "2026-10-05", "09:30"),
        ("5 October 2026, 9.30 per hour", "2026-10-05", None),
        ("5 Hydref 2026 am 11:59 yr hwyr", "2026-10-05", "23:59"),
        ("5 Hydref 2026 am 5.00 y prynhawn", "2026-10-05", "17:00"),
        ("9.00 y bore, 5 Hydref 2026", "2026-10-05", "09:00"),
        ("5 October 2026 at 2 in the afternoon", "2026-10-05", "14:00"),
        ("5/October/2026", "2026-10-05", None),
        ("5 / Oct / 26", "2026-10-05", None),
        ("5-Oct-26", "2026-10-05", None),
        ("05-OCT-2026 17:00", "2026-10-05", "17:00"),
        ("5 October '26", "2026-10-05", None),
        ("may 5, 2027", "2027-05-05", None),
        ("17th Marhc 2027", "2027-03-17", None),
        ("17 Arpil 2027", "2027-04-17", None),
        ("17 Augst 2026", "2026-08-17", None),
        ("17 Febuary 2027", "2027-02-17", None),
        ("Interview: 18th + 19th October 2026", "2026-10-18", None),
        ("Closing date extended to Friday 9th October at 12 noon", "2026-10-09", "12:00"),
        ("Closing date: 1 October 2026 (extended to 8 October 2026)", "2026-10-08", None),
        ("Closing date 1 October 2026, now closes noon on 9 October 2026", "2026-10-09", "12:00"),
        ("Closing date 1 October 2026. Apply now. Interviews 9 October", "2026-10-01", None),
        ("Posted 01/09/2026 Closes 15/09/2026", "2026-09-15", None),
        ("Shortlisting 18 September. Closing 15 September.", "2026-09-15", None),
        ("w/c 14th September", "2026-09-14", None),
        ("closes in 5 days", "2026-08-06", None),
        ("2 days left to apply", "2026-08-03", None),
        ("Posted: yesterday", "2026-07-31", None),
        ("Dyddiad cau / Closing date: 15/09/2026", "2026-09-15", None),
        ("Closing Date & Time: 09/10/2026 17:00", "2026-10-09", "17:00"),
        ("Closing date and time: Friday 9 October 2026 (12 pm)", "2026-10-09", "12:00"),
        ("Apply by 11:59 p.m., 9 October 2026", "2026-10-09", "23:59"),
        ("no later than 17.00hrs on Friday 9 October 2026", "2026-10-09", "17:00"),
        ("9 Oct 2026 - 23:59 pm", "2026-10-09", "23:59"),
        ("Oct 9, 2026, 11:59:00 PM", "2026-10-09", "23:59"),
        ("Fri Oct 09 17:00:00 BST 2026", "2026-10-09", "17:00"),
        ("2026-10-09T17:00+0100", "2026-10-09", "17:00"),
        ("09/10/2026 25:00", "2026-10-09", None),
        ("09/10/2026 (midnight)", "2026-10-09", "23:59"),
        ("Mid-night on 9 October", "2026-10-09", "23:59"),
        ("12.00pm (noon) 9 October", "2026-10-09", "12:00"),
        ("10:00am GMT 9 October", "2026-10-09", "10:00"),
        ("closes at 11:55pm on 9/10/26 – early applications help", "2026-10-09", "23:55"),
        ("Interviews on 9 October between 9am and 1pm", "2026-10-09", "09:00"),
        ("Interviews: 9/10 October", "2026-10-09", None),
        ("Assessment centre: 5-9 October 2026", "2026-10-05", None),
        ("Dydd Gwener, 9 Hydref, 2026, 12:00yp", "2026-10-09", "12:00"),
        ("Hanner dydd, ddydd Gwener 9fed o Hydref 2026", "2026-10-09", "12:00"),
        ("Wythnos yn cychwyn 5 Hydref 2026", "2026-10-05", None),
        ("31ain Awst 2026", "2026-08-31", None),
    ],
)
def test_a_date_is_read_day_first(text, day, clock):
    when = parse_when(text, REFERENCE)
    assert (when.date, when.time) == (day, clock)
    assert when.evidence


@pytest.mark.parametrize("text", ["12am on 5 September 2026", "2026-09-05 12:00 AM"])
def test_twelve_am_is_no_time(text):
    assert parse_when(text).time is None


@pytest.mark.parametrize(
    "text", ["Friday 2 October 2026", "Dydd Gwener, 2 Hydref 2026", "Fri 2 Oct"]
)
def test_a_weekday_that_fits_raises_no_doubt(text):
    assert [
        flag.name for flag in parse_when(text, REFERENCE).flags if "year" not in flag.name
    ] == []


@pytest.mark.parametrize(
    "text", ["Monday 2nd October 2026", "closes Dydd Llun 2 Hydref 2026", "Mon 2 Oct 2026, noon"]
)
def test_a_weekday_that_does_not_fit_is_doubted_and_the_day_stands(text):
    when = parse_when(text, REFERENCE)
    assert when.date == "2026-10-02"
    assert [flag.name for flag in when.flags] == ["closing_weekday_wrong"]


@pytest.mark.parametrize(
    "text", ["27/08/2026 00:00", "00:00 on 27 August 2026", "Thursday, August 27, 2026 - 00:00"]
)
def test_a_printed_clock_at_nought_is_kept_and_doubted(text):
    when = parse_when(text)
    assert (when.date, when.time) == ("2026-08-27", "00:00")
    assert [flag.name for flag in when.flags] == ["closing_time_ambiguous"]


@pytest.mark.parametrize(
    "text",
    ["2026-09-01T00:00:00+01:00", "2025-07-28 00:00:00.0", "Mon Aug 17 00:00:00 UTC 2026"],
)
def test_a_machines_midnight_is_the_day_itself_and_doubted(text):
    when = parse_when(text)
    assert when.time is None
    assert [flag.name for flag in when.flags] == ["closing_time_ambiguous"]


def test_an_end_of_day_marked_as_utc_in_summer_is_local():
    when = parse_when("2026-07-16T23:59:59+0000")
    assert (when.date, when.time) == ("2026-07-16", "23:59")
    assert [flag.name for flag in when.flags] == ["closing_zone_ignored"]


@pytest.mark.parametrize(
    "text",
    [
        "Ongoing",
        "Open until filled",
        "Apply by No expiry date",
        "This is a rolling advert",
        "The post will close once suitable applications are received",
        "Please apply early as the advert will close once sufficient applications are received",
        "Until further notice",
        "Applications accepted all year round",
        "Open until we have appointed",
        "Rolling",
    ],
)
def test_an_advert_without_an_end_is_open_ended(text):
    assert parse_when(text, REFERENCE).record() == {"date": None, "time": None, "open_ended": True}


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("17/08/2026 12:00", "2026-08-17T11:00:00Z"),
        ("17/08/2026", "2026-08-17T22:59:59Z"),
        ("17/12/2026", "2026-12-17T23:59:59Z"),
        ("27/08/2026 00:00", "2026-08-26T23:00:00Z"),
        ("midnight on 27 August 2026", "2026-08-27T22:59:00Z"),
        ("TBC", None),
    ],
)
def test_the_closing_instant_is_in_utc(text, instant):
    assert closing_instant(parse_when(text)) == instant


def _stage(description: str | None = None, **fields: str) -> Advert:
    raw = RawAdvert(external_id="1", url="", fetched_at="2026-08-05T06:00:00Z", **fields)
    return DatesStage().process_item(Advert(raw=raw, description_text=description))


def _flags(advert: Advert) -> list[str]:
    return [flag.name for flag in advert.flags]


def test_the_stage_fills_the_dates():
    advert = _stage(posted="3 August", closes="20 August, noon", interview="w/c 1 September")
    assert advert.posted_on == "2026-08-03"
    assert advert.closes_at == "2026-08-20T11:00:00Z"
    assert advert.interview_on == "2026-09-01"
    assert _flags(advert) == []


def test_a_posting_day_without_a_year_is_past():
    assert _stage(posted="20 December").posted_on == "2025-12-20"


def test_unread_dates_are_flagged_not_guessed():
    advert = _stage(posted="soon", closes="late summer")
    assert (advert.posted_on, advert.closes_at) == (None, None)
    assert _flags(advert) == ["posted_unread", "closing_unread"]


def test_a_closing_day_just_past_is_not_put_off_by_a_year():
    advert = _stage(closes="1 August")
    assert advert.closes_at is None
    assert _flags(advert) == ["closing_unread"]


def test_closing_before_posting_is_flagged():
    assert _flags(_stage(posted="03/08/2026", closes="01/08/2026")) == ["closing_before_posting"]


def test_nothing_said_is_nothing_flagged():
    advert = _stage("An advert about a closed road, 5 May 2026.")
    assert (advert.closes_at, advert.open_ended, advert.flags) == (None, False, [])


def test_a_clear_line_of_the_description_stands_in():
    advert = _stage("Apply soon, before the closing date.\nClosing date: Sunday 9 August at 5pm.")
    assert advert.closes_at == "2026-08-09T16:00:00Z"


def test_an_open_ended_advert_says_so():
    advert = _stage(closes="No expiry date")
    assert advert.open_ended
    assert advert.closes_at is None
    assert advert.flags == []


def test_labelled_dates_are_read(shared: Path):
    rows = [json.loads(line) for line in (shared / "gold" / "date.jsonl").open(encoding="utf-8")]
    right = wrong = 0
    for row in rows:
        read = parse_when(row["raw"], row["reference"]).record()
        gold = {name: row[name] for name in read}
        right += read == gold
        wrong += read["date"] is not None and read["date"] != gold["date"]
    assert right / len(rows) >= 0.98
    assert wrong / len(rows) <= 0.005


def test_few_dates_need_the_general_parser(shared: Path, monkeypatch: pytest.MonkeyPatch):
    asked: list[str] = []
    monkeypatch.setattr("dateparser.parse", lambda text, **options: asked.append(text))
    gold = (shared / "gold" / "date.jsonl").read_text(encoding="utf-8").splitlines()
    more = (shared / "gold" / "unlabelled.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in gold + more]
    texts = [row["raw"] for row in rows if row.get("kind", "closing") == "closing"]
    assert len(texts) > 300
    for text in texts:
        parse_when(text, REFERENCE)
    assert len(asked) / len(texts) <= 0.02


def test_the_general_parser_is_asked_only_for_a_day_and_a_month(monkeypatch: pytest.MonkeyPatch):
    asked: list[str] = []
    monkeypatch.setattr("dateparser.parse", lambda text, **options: asked.append(text))
    for text in ["October 2026", "Tel 01234 567890", "3 posts", "2026-Oct-05"]:
        parse_when(text, REFERENCE)
    assert asked == ["2026-Oct-05"]


@pytest.mark.parametrize("closes", ["Midnight, 17 March 2026", "17/03/2026, 12 noon"])
def test_a_closing_day_with_its_year_is_the_same_whenever_the_advert_was_read(closes):
    days = {_stage(closes=closes, posted=day).closes_at for day in ("2026-03-01", "2019-05-01")}
    assert len(days) == 1
    assert _stage(closes=closes).closes_at in days


def test_a_closing_day_without_its_year_depends_on_the_posting_day():
    posted = ("2026-03-01", "2019-05-01")
    read = [_stage(closes="17 March, 12 noon", posted=day).closes_at for day in posted]
    assert read == ["2026-03-17T12:00:00Z", "2020-03-17T12:00:00Z"]
