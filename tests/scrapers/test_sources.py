"""The register: what it gives, and how it says that a row is wrong."""

import io
from pathlib import Path

import pytest

from scrapers.problems import RegisterError
from scrapers.sources import (
    Source,
    append_sources,
    default_register,
    find_source,
    read_register,
    write_register,
)

HEADER = "id,employer,platform,url,options,min_expected,enabled,checked_on,evidence\n"


def register(tmp_path: Path, *rows: str) -> Path:
    path = tmp_path / "sources.csv"
    path.write_text("# a remark\n" + HEADER + "\n".join(rows) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        ("a,,itrent,ftp://x.example/,,,,,", "not a web address"),
        ("a,,itrent,jobs.example,,,,,", "not a web address"),
        ("a,,,https://x.example/,,,,,", "id and platform must be given"),
        (",,itrent,https://x.example/,,,,,", "id and platform must be given"),
        ("a,,itrent,https://x.example/,tenant,,,,", "has no value"),
        ("a,,itrent,https://x.example/,,many,,,", "not a whole number"),
        ("a,,itrent,https://x.example/,,,maybe,,", "neither yes nor no"),
        ("a,,itrent,https://x.example/\na,,itrent,https://y.example/", "used twice"),
    ],
)
def test_a_wrong_row_is_named(tmp_path: Path, row: str, complaint: str) -> None:
    with pytest.raises(RegisterError, match=complaint) as error:
        read_register(register(tmp_path, row))
    assert str(tmp_path) in str(error.value)


@pytest.mark.parametrize("content", [b"", HEADER.encode(), b"id;url\na;b\n", b"\xff\xfe\x00"])
def test_what_is_no_register_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "sources.csv"
    path.write_bytes(content)
    with pytest.raises(RegisterError):
        read_register(path)


def test_a_missing_register_is_named(tmp_path: Path) -> None:
    with pytest.raises(RegisterError, match="cannot read the register"):
        read_register(tmp_path / "nowhere.csv")


def test_a_row_is_read(tmp_path: Path) -> None:
    row = "leeds,E08000035,itrent,https://jobs.example/x?WVID=1,lang=USA|tenant=t,5,no,2026-01-02,seen"
    source = read_register(register(tmp_path, row))["leeds"]
    assert source == Source(
        id="leeds",
        platform="itrent",
        url="https://jobs.example/x?WVID=1",
        employer="E08000035",
        options={"lang": "USA", "tenant": "t"},
        min_expected=5,
        enabled=False,
        checked_on="2026-01-02",
        evidence="seen",
    )
    assert source.host == "jobs.example"


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    sources = [
        Source(id="a", platform="itrent", url="http://127.0.0.1:1/", options={"k": "v,w"}),
        Source(id="b", platform="jobposting", url="http://127.0.0.1:2/", min_expected=3),
    ]
    text = io.StringIO()
    write_register(sources, text)
    path = tmp_path / "register.csv"
    path.write_text(text.getvalue(), encoding="utf-8")
    assert list(read_register(path).values()) == sources


def test_rows_are_added_at_the_end_and_nothing_else_changes(tmp_path: Path) -> None:
    path = register(tmp_path, "a,,itrent,https://x.example/,,,,,")
    before = path.read_text(encoding="utf-8")
    new = Source(id="b", platform="feed", url="https://y.example/", evidence='said "here", twice')
    append_sources([new], path)
    assert path.read_text(encoding="utf-8").startswith(before)
    assert list(read_register(path).values())[-1] == new
    with pytest.raises(RegisterError, match="called b already"):
        append_sources([new], path)


def test_a_typing_error_names_the_nearest_source() -> None:
    with pytest.raises(RegisterError, match="did you mean ashfield"):
        find_source(read_register(), "ashfeild")


def test_our_own_register_is_sound() -> None:
    register = read_register(default_register())
    assert len(register) >= 6
    for source in register.values():
        assert source.evidence, source.id
        assert source.checked_on, source.id
