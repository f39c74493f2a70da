"""What leaves the store: nothing expired, nothing unsafe, nobody's telephone number."""

import csv
import io
import json
from html.parser import HTMLParser
from typing import Any

import pytest
from sqlite_utils import Database

from lgjobs.exports.csv_file import write_csv
from lgjobs.exports.json_lines import write_jsonl
from lgjobs.exports.published import with_description
from lgjobs.exports.section import section_html, section_json
from lgjobs.store.masking import mask_contacts
from lgjobs.store.queries import Filter, FilterError, select_adverts
from tests.conftest import DAY_1, DAY_2, Crawls, make_advert

NEXT_WEEK = "2026-03-09T23:59:59Z"


@pytest.mark.parametrize(
    "text",
    [
        "£28,598 - £31,022",
        "27,254.00 to 28,142.00 a year",
        "SCP 12 - 17",
        "reference 0123456",
        "in 2026/27",
        "M1 £31,650 to UPS3 £49,084",
        "see https://jobs.example/vacancy/0123456789 now",
        "www.jobs.example/vacancy/01234567890",
        '<a href="/vacancy/0123456789?page=2">',
        '{"url":"https:\\/\\/jobs.example\\/0123456789"}',
    ],
)
def test_figures_that_are_no_phone_number_stay(text: str) -> None:
    assert mask_contacts(text) == text


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Call 01632 960123 now", "Call [phone] now"),
        ("(01632) 960 123", "[phone]"),
        ("+44 1632 960123", "[phone]"),
        ("+44 (0)1632 960123", "[phone]"),
        ("020 7946 0000 or 07700 900123", "[phone] or [phone]"),
        ("write to a.person@example.gov.uk.", "write to [e-mail]."),
        ("<a href='mailto:jobs@example.org'>", "<a href='mailto:[e-mail]'>"),
        ('<a href="tel:01632960123">', '<a href="tel:[phone]">'),
        ("https://jobs.example/1 01632 960123", "https://jobs.example/1 [phone]"),
        ('<a href="/1">01632 960123</a>', '<a href="/1">[phone]</a>'),
        ("https://jobs.example/?to=a@example.org", "https://jobs.example/?to=[e-mail]"),
        (
            '"https:\\/\\/jobs.example\\/1\\n01632 960123"',
            '"https:\\/\\/jobs.example\\/1\\n[phone]"',
        ),
    ],
)
def test_contacts_are_masked(text: str, masked: str) -> None:
    assert mask_contacts(text) == masked


def select(db: Database, now: str = DAY_1, **wanted: Any) -> list[str]:
    return [row["external_id"] for row in select_adverts(db, Filter(**wanted), now)]


def test_closed_and_expired_adverts_are_left_out(db: Database, crawls: Crawls) -> None:
    crawls([make_advert("a"), make_advert("b", closes_at=NEXT_WEEK), make_advert("c")])
    crawls([], at=DAY_2, listed={"a", "b"})
    assert select(db) == ["b", "a"]
    assert select(db, now="2026-03-09T23:59:59Z") == ["a"]
    assert select(db, everything=True) == ["c", "b", "a"]


def test_filters_narrow(db: Database, crawls: Crawls) -> None:
    crawls(
        [
            make_advert("a", region="North East", nation="England", council="E08000037"),
            make_advert("b", region="Wales", nation="Wales", salary_annual_max=40000.0),
            make_advert("c", sector="planning", closes_at="2026-03-05T12:00:00Z"),
        ]
    )
    assert select(db, region="north east") == ["a"]
    assert select(db, region="wales") == ["b"]
    assert select(db, region="England") == ["a"]
    assert select(db, council="Gateshead Metropolitan Borough Council") == ["a"]
    assert select(db, council="e08000037") == ["a"]
    assert select(db, min_salary=40000) == ["b"]
    assert select(db, min_salary=40001) == []
    assert select(db, closing_within=4) == ["c"]
    assert select(db, closing_within=2) == []
    assert select(db, limit=2) == ["c", "b"]


@pytest.mark.parametrize(
    ("wanted", "hint"),
    [
        ({"region": "Nort East"}, "did you mean 'North East'"),
        ({"council": "Leeds City Counsel"}, "did you mean 'Leeds City Council'"),
        ({"sector": "planing"}, "did you mean 'planning'"),
        ({"changed_since": "77"}, "there is no run 77"),
        ({"changed_since": "yesterday"}, "neither a run's number nor a date"),
    ],
)
def test_a_filter_that_names_nothing_says_so(
    db: Database, crawls: Crawls, wanted: dict[str, Any], hint: str
) -> None:
    crawls([make_advert("a")])
    with pytest.raises(FilterError, match=hint):
        select(db, **wanted)


def test_words_are_searched_best_match_first(db: Database, crawls: Crawls) -> None:
    crawls(
        [
            make_advert("a", title="Cook", description_text="works with a social worker"),
            make_advert("b", title="Social Worker"),
            make_advert("c", title="Worker"),
        ]
    )
    assert select(db, words="social workers") == ["b", "a"]


@pytest.mark.parametrize("words", ['"', "AND", "a OR", "title:x", "NEAR(", "*", "-", "(("])
def test_no_words_break_the_search(db: Database, crawls: Crawls, words: str) -> None:
    crawls([make_advert("a")])
    select(db, words=words)


def test_changes_since_a_run_come_with_what_happened(db: Database, crawls: Crawls) -> None:
    crawls([make_advert("a"), make_advert("b"), make_advert("c")])
    news = [make_advert("b", at=DAY_2, title="B2"), make_advert("d", at=DAY_2)]
    second = crawls(news, at=DAY_2, listed={"a"})
    changes = {
        row["external_id"]: row["change"]
        for row in select_adverts(db, Filter(changed_since=str(second["run"])), DAY_2)
    }
    assert changes == {"b": "changed", "c": "removed", "d": "added"}


def test_csv_neutralises_formulas_and_reads_back(db: Database, crawls: Crawls) -> None:
    crawls([make_advert("a", title='=HYPERLINK("x")'), make_advert("b", title='A "b", c\nd')])
    out = io.StringIO()
    columns = [column.name for column in db.view("advert_list").columns]
    assert write_csv(select_adverts(db, Filter(), DAY_1), columns, out) == 2
    rows = list(csv.DictReader(io.StringIO(out.getvalue(), newline="")))
    assert [row["title"] for row in rows] == ['A "b", c\nd', '\'=HYPERLINK("x")']


def test_json_lines_carry_the_description_without_contacts(db: Database, crawls: Crawls) -> None:
    text = "Ask on 01632 960123 or at jobs@example.org"
    crawls([make_advert("a", description_text=text, description_html=f"<p>{text}</p>")])
    out = io.BytesIO()
    write_jsonl(with_description(db, select_adverts(db, Filter(), DAY_1)), out)
    row = json.loads(out.getvalue())
    assert row["description_text"] == "Ask on [phone] or at [e-mail]"
    assert row["description_html"] == "<p>Ask on [phone] or at [e-mail]</p>"
    assert row["external_id"] == "a"


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)
        self.links += [value or "" for name, value in attrs if name == "href"]


def test_nothing_in_an_advert_becomes_markup(db: Database, crawls: Crawls) -> None:
    crawls(
        [
            make_advert(
                "a",
                url="javascript:alert(1)",
                title="<script>alert(1)</script>",
                employer='"><img src=x onerror=alert(1)>',
                salary="<svg onload=alert(1)>",
                summary="</section><iframe>",
            )
        ]
    )
    tags = Tags()
    tags.feed(section_html(select_adverts(db, Filter(), DAY_1)))
    assert set(tags.seen) == {"section", "h2", "ul", "li", "h3", "a", "p"}
    assert tags.links == ["#"]


def test_the_section_groups_by_sector(db: Database, crawls: Crawls) -> None:
    crawls(
        [
            make_advert("a", title="One", sector="housing", salary="£1 - £2", place="Leeds"),
            make_advert("b", title="Two"),
            make_advert("c", title="Three", sector="housing", recruiter="Tile Hill"),
        ]
    )
    rows = list(select_adverts(db, Filter(), DAY_1))
    groups = json.loads(section_json(rows))
    assert [[job["title"] for job in group["jobs"]] for group in groups] == [
        ["Three", "One"],
        ["Two"],
    ]
    html = section_html(rows)
    assert html.index("Housing jobs") < html.index("One") < html.index("Other jobs")
    assert "£1 - £2" in html
    assert "Leeds" in html
    assert "Recruiter: Tile Hill" in html
