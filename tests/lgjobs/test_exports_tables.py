"""Tables of adverts: typed, whole, and nothing in them that a spreadsheet would run."""

import csv
import io
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from sqlite_utils import Database

from lgjobs.exports import parquet, xlsx
from lgjobs.exports.columns import Kind, advert_columns, as_date, as_instant
from lgjobs.exports.formats import export_adverts
from lgjobs.store.queries import Filter
from pipelines.advert import Advert, Basis, Period
from tests.conftest import DAY_1, Crawls, make_advert

NOON = "2026-03-02T12:00:00Z"


def exported(db: Database, form: str, now: str = NOON) -> io.BytesIO:
    out = io.BytesIO()
    export_adverts(db, form, Filter(), now, out)
    return io.BytesIO(out.getvalue())


def full_advert(external_id: str = "1") -> Advert:
    return make_advert(
        external_id,
        title="Planner",
        salary="£14.50 an hour",
        salary_min=14.5,
        salary_period=Period.HOUR,
        salary_annual_min=27977.0,
        salary_basis=Basis.STATED,
        pro_rata=False,
        scp_min=12,
        latitude=53.8,
        longitude=-1.55,
        posted_on="2026-06-01",
        closes_at="2026-07-05T22:59:59Z",
    )


@pytest.mark.parametrize(
    "title",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\n=1", " =1", "\xa0=1", "＝1", "＠x"],
)
def test_a_cell_that_would_run_is_neutralised(crawls: Crawls, title: str) -> None:
    crawls([make_advert("a", title=title)])
    text = exported(crawls.db, "csv").getvalue().decode()
    (row,) = csv.DictReader(io.StringIO(text, newline=""))
    assert row["title"] == f"'{title}"


@pytest.mark.parametrize("title", ["Planner - Leeds", "C++ = fun", "a@b", "Officer (+1)", "'x"])
def test_a_cell_that_would_not_run_stays(crawls: Crawls, title: str) -> None:
    crawls([make_advert("a", title=title, salary_min=-1.55)])
    text = exported(crawls.db, "csv").getvalue().decode()
    (row,) = csv.DictReader(io.StringIO(text, newline=""))
    assert row["title"] == title
    assert row["salary_min"] == "-1.55"


def test_csv_ends_its_lines_as_the_standard_says(crawls: Crawls) -> None:
    crawls([make_advert("a", title='A "quoted", title')])
    text = exported(crawls.db, "csv").getvalue()
    assert text.count(b"\r\n") == 2
    assert b'"A ""quoted"", title"' in text


def test_every_column_has_the_kind_that_its_name_promises(db: Database) -> None:
    kinds = advert_columns(db)
    assert {name for name, kind in kinds.items() if kind is Kind.TRUTH} == {
        "pro_rata",
        "open_ended",
    }
    assert {name for name, kind in kinds.items() if kind is Kind.DATE} == {
        "posted_on",
        "interview_on",
    }
    assert {name for name, kind in kinds.items() if kind is Kind.INSTANT} == {
        "closes_at",
        "first_seen",
        "last_seen",
        "last_changed",
        "closed_at",
    }
    assert kinds["salary_min"] is kinds["salary_annual_max"] is Kind.MONEY
    assert kinds["latitude"] is kinds["term_months"] is Kind.NUMBER
    assert kinds["scp_min"] is Kind.WHOLE
    assert kinds["title"] is Kind.TEXT


@pytest.mark.parametrize("text", ["", "soon", "2026-13-01", "2026-02-30"])
def test_what_is_no_date_is_none(text: str) -> None:
    assert as_date(text) is None
    assert as_instant(text) is None


def test_an_instant_without_a_zone_is_none() -> None:
    assert as_instant("2026-03-02T06:00:00") is None
    assert as_instant("2026-03-02T06:00:00Z") == datetime(2026, 3, 2, 6, tzinfo=UTC)


def test_parquet_is_typed_and_described(crawls: Crawls) -> None:
    crawls([full_advert(), make_advert("2", posted_on="not a date")])
    table = pq.read_table(exported(crawls.db, "parquet"))
    newest, row = table.to_pylist()
    assert row["posted_on"] == date(2026, 6, 1)
    assert row["closes_at"] == datetime(2026, 7, 5, 22, 59, 59, tzinfo=UTC)
    assert row["pro_rata"] is False
    assert row["open_ended"] is False
    assert (row["salary_min"], row["scp_min"], row["salary_max"]) == (14.5, 12, None)
    assert newest["posted_on"] is None
    assert table.schema.field("first_seen").type == pa.timestamp("ms", tz="UTC")
    assert b"GSS" in table.schema.field("council").metadata[b"description"]
    assert b"Open Government Licence" in table.schema.metadata[b"licence"]


def test_duckdb_reads_the_parquet(crawls: Crawls, tmp_path: Path) -> None:
    crawls([full_advert(str(number)) for number in range(3)])
    path = tmp_path / "jobs.parquet"
    path.write_bytes(exported(crawls.db, "parquet").getvalue())
    with duckdb.connect() as duck:
        found = duck.execute(
            "SELECT count(*), sum(salary_min), max(posted_on) FROM read_parquet(?)", [str(path)]
        ).fetchone()
    assert found == (3, 43.5, date(2026, 6, 1))


def test_parquet_comes_in_row_groups_of_one_size(
    crawls: Crawls, monkeypatch: pytest.MonkeyPatch
) -> None:
    crawls([make_advert(str(number)) for number in range(5)])
    monkeypatch.setattr(parquet, "GROUP", 2)
    monkeypatch.setattr(parquet, "_BATCH", 1)
    metadata = pq.ParquetFile(exported(crawls.db, "parquet")).metadata
    sizes = [metadata.row_group(at).num_rows for at in range(metadata.num_row_groups)]
    assert sizes == [2, 2, 1]


def test_an_empty_export_is_a_file_that_opens(crawls: Crawls) -> None:
    crawls([])
    assert pq.read_table(exported(crawls.db, "parquet")).num_rows == 0
    book = openpyxl.load_workbook(exported(crawls.db, "xlsx"))
    assert book["Adverts"].max_row == 1


def test_a_workbook_has_dates_money_and_a_header_that_stays(crawls: Crawls) -> None:
    crawls([full_advert()])
    sheet = openpyxl.load_workbook(exported(crawls.db, "xlsx"))["Adverts"]
    cells = {head.value: cell for head, cell in zip(sheet[1], sheet[2], strict=True)}
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref
    assert cells["posted_on"].value == datetime(2026, 6, 1)
    assert cells["posted_on"].is_date
    assert cells["salary_min"].value == 14.5
    assert cells["salary_min"].number_format == "£#,##0.00"
    assert cells["pro_rata"].value is False
    assert cells["scp_min"].value == 12


def test_a_workbook_gives_instants_in_uk_time(crawls: Crawls) -> None:
    crawls([full_advert()])
    sheet = openpyxl.load_workbook(exported(crawls.db, "xlsx"))["Adverts"]
    cells = {head.value: cell for head, cell in zip(sheet[1], sheet[2], strict=True)}
    assert cells["closes_at"].value == datetime(2026, 7, 5, 23, 59, 59)
    assert cells["first_seen"].value == datetime(2026, 3, 2, 6)


def test_no_cell_of_a_workbook_is_a_formula_or_a_link(crawls: Crawls) -> None:
    crawls([make_advert("a", title="=1+1", url="https://jobs.example/a", reference="{=1}")])
    sheet = openpyxl.load_workbook(exported(crawls.db, "xlsx"))["Adverts"]
    assert {cell.data_type for cell in sheet[2]} <= {"s", "n", "d", "b"}
    assert all(cell.hyperlink is None for cell in sheet[2])
    assert "=1+1" in [cell.value for cell in sheet[2]]


def test_a_date_that_spreadsheets_misread_stays_text(crawls: Crawls) -> None:
    crawls([make_advert("a", posted_on="0026-03-01", interview_on="soon")])
    sheet = openpyxl.load_workbook(exported(crawls.db, "xlsx"))["Adverts"]
    values = {head.value: cell.value for head, cell in zip(sheet[1], sheet[2], strict=True)}
    assert (values["posted_on"], values["interview_on"]) == ("0026-03-01", "soon")


def test_what_a_sheet_has_no_room_for_is_counted(
    crawls: Crawls, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(xlsx, "MOST", 2)
    crawls([make_advert(str(number)) for number in range(5)])
    done = export_adverts(crawls.db, "xlsx", Filter(), NOON, io.BytesIO())
    assert (done.adverts, done.selected) == (2, 5)


def test_the_columns_sheet_explains_every_column(crawls: Crawls) -> None:
    crawls([make_advert("a")], at=DAY_1)
    book = openpyxl.load_workbook(exported(crawls.db, "xlsx"))
    explained = {row[0].value for row in book["Columns"].rows}
    assert {cell.value for cell in book["Adverts"][1]} <= explained
