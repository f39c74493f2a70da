"""Coverage: who is served by what, and that nobody is counted twice."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lgjobs.coverage import (
    Board,
    Reach,
    board_members,
    boards,
    cover,
    platforms,
    tallies,
    whole,
    with_totals,
)
from pipelines.areas import Area, areas
from scrapers.sources import Source
from tests.conftest import ROOT

ALL = tuple(areas().values())
LEEDS, KENT, MAIDSTONE, FIFE, MENDIP = (
    "E08000035",
    "E10000016",
    "E07000110",
    "S12000047",
    "E07000187",
)


def source(name: str, employer: str | None = None, enabled: bool = True) -> Source:
    return Source(
        id=name, platform="itrent", url="https://x.example/", employer=employer, enabled=enabled
    )


def reach(sources: list[Source], members: dict[str, list[str]] | None = None) -> dict[str, Reach]:
    return {each.council.code: each.reach for each in cover(ALL, sources, members or {})}


# Who is served


def test_without_sources_nobody_is_served() -> None:
    assert set(reach([]).values()) == {Reach.NONE}


def test_a_source_that_is_switched_off_serves_nobody() -> None:
    sources = [source("leeds", LEEDS, enabled=False), source("board", enabled=False)]
    found = {each.council.code: each for each in cover(ALL, sources, {"board": [LEEDS, FIFE]})}
    assert found[LEEDS].reach is found[FIFE].reach is Reach.NONE
    assert found[LEEDS].idle == ("leeds", "board")
    assert found[FIFE].idle == ("board",)
    assert whole(tallies(found.values())).idle == 2


def test_a_council_that_is_served_is_not_told_of_as_switched_off() -> None:
    sources = [source("leeds", LEEDS), source("board", enabled=False)]
    assert whole(tallies(cover(ALL, sources, {"board": [LEEDS]}))).idle == 0


def test_a_board_serves_its_members_alone() -> None:
    found = reach([source("board")], {"board": [FIFE], "another": [KENT]})
    assert [code for code, way in found.items() if way is not Reach.NONE] == [FIFE]
    assert found[FIFE] is Reach.BOARD


def test_an_own_source_counts_before_a_board() -> None:
    assert reach([source("board"), source("fife", FIFE)], {"board": [FIFE]})[FIFE] is Reach.OWN


def test_a_source_of_one_council_is_no_board_whatever_the_table_says() -> None:
    found = reach([source("leeds", LEEDS)], {"leeds": [KENT]})
    assert (found[LEEDS], found[KENT]) == (Reach.OWN, Reach.NONE)


def test_abolished_councils_and_combined_authorities_are_not_counted() -> None:
    found = reach([source("mendip", MENDIP)], {})
    assert MENDIP not in found
    assert len(found) == 382
    assert {areas()[code].type for code in found}.isdisjoint(
        {"combined_authority", "regional_authority", "national_park_authority"}
    )


# How many


def test_a_countys_people_are_counted_with_its_districts() -> None:
    covered = cover(ALL, [source("kent", KENT)], {})
    by_type = {each.type: each for each in tallies(covered) if each.nation == "England"}
    assert by_type["county"].councils == {Reach.OWN: 1, Reach.BOARD: 0, Reach.NONE: 20}
    assert by_type["county"].people is None
    total = whole(tallies(covered))
    assert total.reached == 1
    assert total.people is not None
    assert total.people[Reach.OWN] == 0
    assert sum(total.people.values()) == pytest.approx(67_081_234, rel=0.01)


def test_an_unknown_population_is_not_nought() -> None:
    strange = Area("X1", "X", "unitary", "X", "X", (), (), 0, None, None, "", "", ())
    (tally,) = tallies(cover([strange], [], {}))
    assert tally.people is None
    assert whole([tally]).people == dict.fromkeys(Reach, 0)


def test_groups_come_by_nation_and_size() -> None:
    found = [(each.nation, each.total) for each in tallies(cover(ALL, [], {}))]
    assert [nation for nation, _ in found][-3:] == ["Scotland", "Wales", "Northern Ireland"]
    assert [count for nation, count in found if nation == "England"] == [164, 62, 36, 32, 21, 1, 1]


def test_only_a_nation_of_several_groups_has_a_total() -> None:
    found = with_totals(tallies(cover(ALL, [], {})))
    totals = [(each.nation, each.total) for each in found if each.type == "all"]
    assert totals == [("England", 317), ("United Kingdom", 382)]
    assert found[-1].nation == "United Kingdom"


def test_platforms_are_counted_switched_on_and_off() -> None:
    found = platforms([source("a"), source("b", LEEDS, enabled=False), source("c")])
    assert [(each.platform, each.enabled, each.switched_off) for each in found] == [
        ("itrent", 2, 1)
    ]


def test_a_board_tells_how_many_councils_hang_on_it_alone() -> None:
    sources = [source("board"), source("fife", FIFE), source("closed", enabled=False)]
    members = {"board": [FIFE, LEEDS], "closed": [KENT]}
    found = boards(cover(ALL, sources, members), sources, members)
    assert found == [
        Board("board", True, (FIFE, LEEDS), 1),
        Board("closed", False, (KENT,), 0),
    ]


def test_a_council_on_two_boards_hangs_on_neither_alone() -> None:
    sources = [source("one"), source("two")]
    members = {"one": [LEEDS], "two": [LEEDS, FIFE]}
    found = boards(cover(ALL, sources, members), sources, members)
    assert {each.source: each.only for each in found} == {"one": 0, "two": 1}


def test_members_are_gathered_by_board() -> None:
    rows = [{"board": b, "gss_code": c} for b, c in (("x", LEEDS), ("y", KENT), ("x", FIFE))]
    assert board_members(rows) == {"x": [LEEDS, FIFE], "y": [KENT]}


CODES = st.sampled_from([each.code for each in ALL])


@settings(deadline=None, max_examples=50)
@given(
    own=st.lists(st.tuples(CODES, st.booleans()), max_size=30), shared=st.lists(CODES, max_size=30)
)
def test_every_council_is_counted_once(own: list[tuple[str, bool]], shared: list[str]) -> None:
    sources = [source(f"s{at}", code, enabled) for at, (code, enabled) in enumerate(own)]
    covered = cover(ALL, [*sources, source("board")], {"board": shared})
    total = whole(tallies(covered))
    assert total.total == len(covered) == 382
    assert total.people is not None
    standing = {each.council.code for each in covered}
    switched_on = {code for code, enabled in own if enabled}
    assert total.councils[Reach.OWN] == len(standing & switched_on)
    assert total.reached == len(standing & (switched_on | set(shared)))


# The command


def coverage(*arguments: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("LGJOBS")}
    return subprocess.run(
        [sys.executable, "-m", "lgjobs", "sources", "coverage", *arguments],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**clean, "PYTHONPATH": str(ROOT)},
        timeout=60,
        check=False,
    )


def test_the_command_prints_totals_boards_and_platforms_and_the_missing_on_demand() -> None:
    done = coverage()
    assert done.returncode == 0, done.stderr
    assert "United Kingdom" in done.stdout
    assert "north-east-jobs" in done.stdout
    assert "itrent" in done.stdout
    assert "not reached" not in done.stdout
    assert "not reached" in coverage("--missing").stdout


def test_the_command_gives_the_same_as_json(tmp_path: Path) -> None:
    register = tmp_path / "register.csv"
    register.write_text(
        "id,employer,platform,url,enabled\n"
        f"leeds,{LEEDS},itrent,https://x.example/,yes\n"
        f"kent,{KENT},itrent,https://y.example/,no\n"
        "north-east-jobs,,north_east_jobs,https://z.example/,yes\n",
        encoding="utf-8",
    )
    told = json.loads(coverage("--json", "--missing", "--register", str(register)).stdout)
    total = told["councils"][-1]
    assert total["nation"] == "United Kingdom"
    assert (total["councils"], total["own"], total["board"], total["none"]) == (382, 1, 12, 369)
    assert total["population"] == sum(
        total[f"population_{way}"] for way in ("own", "board", "none")
    )
    missing = {each["gss_code"]: each for each in told["missing"]}
    assert len(missing) == 369
    assert missing[KENT]["idle"] == ["kent"]
    assert missing[MAIDSTONE]["idle"] == []
    assert [(each["source"], each["only"]) for each in told["boards"]] == [("north-east-jobs", 12)]
    assert told["platforms"][0] == {"platform": "itrent", "enabled": 1, "switched_off": 1}


def test_a_register_that_is_not_there_is_said_in_one_line(tmp_path: Path) -> None:
    done = coverage("--register", str(tmp_path / "none.csv"))
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1
