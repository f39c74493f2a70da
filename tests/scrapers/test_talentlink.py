"""TalentLink's older generation: from a council's page to its widget's list, and each advert."""

from __future__ import annotations

import pytest
from scrapy import Request
from scrapy.http import HtmlResponse

from scrapers.listing import Listing
from scrapers.problems import AdvertGone, Failure, PageProblem
from scrapers.spiders.talentlink import TalentlinkSpider, detect

HOST = "https://emea3.recruitmentplatform.com/syndicated/lay/"
TENANT = "QZZFK026203F3VBQB7V68TEST"
LIST_URL = f"{HOST}jsoutputinitrapido.cfm?component=lay9999_lst400a&ID={TENANT}&LG=UK&mask=ext"
ADVERT_URL = (
    f"{HOST}jsoutputinitrapido.cfm?component=lay9999_jdesc100a&id={TENANT}"
    "&nPostingID=9229&nPostingTargetID=10084&mask=ext&lg=UK"
)
WIDGET = (
    f'<script src="{HOST}laydisplayrapido.cfm?ID={TENANT}&component=x&LG=UK&mask=ext"></script>'
)
COUNCIL = "https://www.example.gov.uk/jobs"
HEADS = ("Job Number", "Job Title", "School/Department", "Closing Date")


def row(number: int, kind: int = 1, title: str = "Town Clerk &#8211; nights") -> str:
    href = ADVERT_URL.rpartition("/")[2].replace("10084", str(number)).replace("&", "&amp;")
    link = f'<a class="lstA-desc{kind}" href="{href}">{title}</a><span>(new window)</span>'
    cells = (f"BU{number}", link, "Quality & Standards", "26-08-2026")
    return (
        f"<tr class='Lst-BG{kind}'>" + "".join(f"<td>\n{cell}\n</td>" for cell in cells) + "</tr>"
    )


def table(*rows: str, count: str = "2", pager: str = "") -> str:
    heads = "".join(f"<th><a href='#'>{head}</a></th>" for head in HEADS)
    return (
        "\n\t\n" * 90 + '<!DOCTYPE HTML><html xmlns="http://www.w3.org/1999/xhtml"><body>'
        '<div id="LstContent"><table class="Lst-Tabel"><caption class="Lst-CountLabel">Number of '
        f'jobs, which match your criteria: {count}</caption><tr class="Lst-Header">{heads}</tr>'
        f'{"".join(rows)}<tr><td class="Lst-ResNav">{pager}</td></tr></table></div></body></html>'
    )


def response(body: str, url: str = LIST_URL) -> HtmlResponse:
    return HtmlResponse(url, body=body.encode(), encoding="utf-8")


def listing(body: str, url: str = LIST_URL) -> Listing:
    read = TalentlinkSpider().read_listing(response(body, url))
    assert isinstance(read, Listing)
    return read


@pytest.mark.parametrize(
    ("body", "url", "failure"),
    [
        ("<h1>Our service is down</h1>", LIST_URL, Failure.LAYOUT_CHANGED),
        ("", LIST_URL, Failure.LAYOUT_CHANGED),
        (WIDGET, LIST_URL, Failure.LAYOUT_CHANGED),
        ("<h1>Jobs</h1><p>There are no vacancies.</p>", COUNCIL, Failure.LAYOUT_CHANGED),
        ('<div data-talentlink-fo-host="emea3.x.com"></div>', COUNCIL, Failure.ROBOTS),
        ('<script data-lumesse-fo-host="emea3.x.com"></script>', COUNCIL, Failure.ROBOTS),
    ],
)
def test_what_is_no_list_is_a_problem(body: str, url: str, failure: Failure) -> None:
    with pytest.raises(PageProblem) as raised:
        TalentlinkSpider().read_listing(response(body, url))
    assert raised.value.failure is failure


def test_the_councils_page_leads_to_the_list_and_never_to_the_closed_address() -> None:
    both = WIDGET + '<div data-talentlink-fo-host="emea3.recruitmentplatform.com"></div>'
    onward = TalentlinkSpider().read_listing(response(both, COUNCIL))
    assert isinstance(onward, Request)
    assert onward.url == f"{LIST_URL}&Resultsperpage=100"
    assert onward.method == "GET"


def test_an_empty_table_is_a_zero_only_where_it_says_so() -> None:
    assert listing(table(count="0")).advertised == 0
    silent = listing(table().replace(">Number of jobs, which match your criteria: 2<", "><"))
    assert (silent.advertised, silent.says_empty) == (None, False)


@pytest.mark.parametrize(("old", "new"), [("nPostingTargetID=7", "n=7"), ("Town Clerk", "")])
def test_a_row_without_title_or_id_fails_loudly(old: str, new: str) -> None:
    with pytest.raises(ValueError, match="lacks its id or its title"):
        listing(table(row(7, title="Town Clerk").replace(old, new)))


def test_a_row_of_other_columns_than_its_head_fails_loudly() -> None:
    with pytest.raises(ValueError, match="zip"):
        listing(table(row(7).replace("<td>\nBU7\n</td>", "")))


def test_what_a_row_says() -> None:
    first, second = listing(table(row(10084), row(10085, kind=2))).rows
    assert first.advert.as_dict() == {
        "external_id": "10084",
        "url": ADVERT_URL,
        "title": "Town Clerk – nights",
        "reference": "BU10084",
        "department": "Quality & Standards",
        "closes": "26-08-2026",
    }
    assert second.advert.external_id == "10085"


def test_the_pager_leads_on_page_by_page_and_ends() -> None:
    links = "".join(
        f'<span class="Lst-NavPage"><a class="Lst-NavPage" href="jsoutputinitrapido.cfm?'
        f'ID={TENANT}&amp;pagenum={number}&amp;sort=ASC">x</a></span>'
        for number in (3, 2, 1)
    )
    body = table(row(1), count="25", pager=links)
    onward = f"jsoutputinitrapido.cfm?ID={TENANT}&pagenum={{}}&sort=ASC"
    assert list(listing(body).more) == [onward.format(2)]
    assert list(listing(body, LIST_URL + "&PageNum=2").more) == [onward.format(3)]
    assert list(listing(body, LIST_URL + "&pagenum=3").more) == []


PARAMS = """<div id="JDescContent"><div style="display:none"><h1></h1><h2></h2></div>
<h3 class="JD-Title">Adjunct &#8211; Clerk</h3><div id="JD-TopParams">
<div><h4 class="JD-HDLabel">Job Number</h4> <span class="JD-HDText">BU04089</span></div>
<div><h4 class="JD-HDLabel">School/Department</h4><span class="JD-HDText">Law</span></div>
<div><h4 class="JD-HDLabel">Grade</h4><span class="JD-HDText">Other</span></div>
<div><h4 class="JD-HDLabel">Salary Information</h4><span>Salary: &#163;18,750</span></div>
<div><h4 class="JD-HDLabel">Contract Duration</h4><span>6 weeks</span></div>
<div><h4 class="JD-HDLabel">Responsible to</h4><span>Head of Law</span></div>
<div><h4 class="JD-HDLabel">Location</h4><span></span></div>
<div><h4 class="JD-HDLabel">Closing Date</h4><span class="JD-HDText">26-08-2026</span></div></div>
<div id="JD-AllFields"><div><span class="JD-FieldText"><p>Keep the rolls.</p></span></div>
<div><h5 class="JD-FieldLabel">Overview</h5><span><p>Salary: see above</p></span></div></div>
</div>"""


def test_an_adverts_own_page() -> None:
    read = TalentlinkSpider().read_advert(response(PARAMS, ADVERT_URL)).as_dict()
    assert "Keep the rolls." in read["description"]
    assert "Overview" in read.pop("description")
    assert read == {
        "external_id": "10084",
        "url": ADVERT_URL,
        "title": "Adjunct – Clerk",
        "reference": "BU04089",
        "department": "Law",
        "grade": "Other",
        "salary": "Salary: £18,750",
        "contract": "6 weeks",
        "closes": "26-08-2026",
        "extra": {"Responsible to": "Head of Law"},
    }


def test_a_page_without_an_advert_is_gone_or_a_problem() -> None:
    with pytest.raises(AdvertGone):
        TalentlinkSpider().read_advert(response("<p>This job is no longer available.</p>"))
    for body in ("<h1>Welcome</h1>", table(row(7))):
        with pytest.raises(PageProblem):
            TalentlinkSpider().read_advert(response(body, ADVERT_URL))


def test_pages_of_the_widget_or_with_one_are_recognised() -> None:
    carried = detect(response(WIDGET, COUNCIL))
    itself = detect(response(table(row(7)), LIST_URL))
    linked = detect(response(f'<a href="{ADVERT_URL}">Clerk</a>', COUNCIL))
    for found in (carried, itself, linked):
        assert found is not None
        assert found.platform == "talentlink"
        assert TENANT in found.url
        assert "component=lay9999_lst400a" in found.url
    newer = detect(response('<div data-talentlink-fo-host="emea3.x.com"></div>', COUNCIL))
    assert newer is not None
    assert newer.url == COUNCIL
    assert "closed to robots" in newer.evidence


@pytest.mark.parametrize(
    "body",
    [
        '<a href="https://emea3.recruitmentplatform.com/apply-app/pages/form?jobId=1">Apply</a>',
        '<a href="/syndicated/lay/rapido.html">x</a>',
        "<p>TalentLink</p>",
    ],
)
def test_other_pages_are_not_talentlinks(body: str) -> None:
    assert detect(response(body, COUNCIL)) is None
