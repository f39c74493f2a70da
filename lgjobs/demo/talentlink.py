"""TalentLink's older generation: the council's page with a widget, its list, an advert's page.

Addresses, markup and date format as a tenant captured in 2026 shows them: blank lines before the
document, bare ampersands, cells with columns and labels of the tenant's choosing, ten jobs a page
unless more are asked for. What an unknown tenant or an advert that has gone is answered with is our
guess. The newer generation's address is there only to be refused, by robots.txt.
"""

from __future__ import annotations

import html

from lgjobs.demo.adverts import MOST_PRINT, DemoAdvert
from lgjobs.demo.tenant import Tenant
from lgjobs.demo.web import Reply, Request, not_found, robots

PAGE_SIZE = 10
PAGE = "/jobs-and-careers/vacancies"
_LAY = "/syndicated/lay/"
_LIST, _ADVERT = "lay9999_lst400a", "lay9999_jdesc100a"


class TalentlinkSite(Tenant):
    """One tenant. Settings: `tenant`, its id; `mask`."""

    def start_path(self) -> str:
        return PAGE

    def respond(self, request: Request) -> Reply:
        if request.path == "/robots.txt":
            return robots("Disallow: /fo/rest/")
        if request.path == PAGE:
            return self._council_page()
        if request.path != f"{_LAY}jsoutputinitrapido.cfm":
            return not_found()
        query = request.query
        if query.get("ID") != self._tenant or query.get("MASK") != self._mask:
            return _page("<p>This page is not available.</p>")
        if query.get("COMPONENT") == _LIST:
            size = _whole(query.get("RESULTSPERPAGE"), PAGE_SIZE)
            return self._list(_whole(query.get("PAGENUM"), 1), size)
        advert = self._live.get(query.get("NPOSTINGTARGETID", ""))
        if query.get("COMPONENT") != _ADVERT or advert is None:
            return _page("<p>This job is no longer available.</p>")
        return _page(_advert_html(advert))

    @property
    def _tenant(self) -> str:
        return self.site.settings["tenant"]

    @property
    def _mask(self) -> str:
        return self.site.settings["mask"]

    def _council_page(self) -> Reply:
        """The council's own page: the list comes by script."""
        name = html.escape(self.site.name)
        script = (
            f"{_LAY}laydisplayrapido.cfm?ID={self._tenant}&component=lay9999_src350a&LG=UK"
            f"&mask={self._mask}&browserchk=no"
        )
        text = (
            f"<!doctype html>\n<html lang='en'><head><title>Vacancies - {name}</title></head>\n"
            f'<body><h1>Vacancies at {name}</h1>\n<script src="{html.escape(script)}"></script>\n'
            "</body></html>\n"
        )
        return Reply(text.encode())

    def _list(self, number: int, size: int) -> Reply:
        adverts = list(self._live.values())
        shown = adverts[(number - 1) * size : number * size]
        rows = "\n".join(self._row(advert, at % 2 + 1) for at, advert in enumerate(shown))
        heads = ("Job Number", "Job Title", "School/Department", "Closing Date")
        head = "\n".join(
            f'<th id="th{at}" class="Lst-Head{at}">\n<a class="Lst-Subheading" href="#">{each}</a>'
            "\n</th>"
            for at, each in enumerate(heads, 1)
        )
        pages = "\n".join(
            self._page_link(each, size, len(adverts), each == number)
            for each in range(1, -(-len(adverts) // size) + 1)
        )
        return _page(
            '<div id="LstContent">\n<div id="TableJobs">\n<table class="Lst-Tabel">\n'
            '<caption class="Lst-CountLabel">Number of jobs, which match your criteria: '
            f'{len(adverts)}</caption>\n<tr class="Lst-Header">\n{head}\n</tr>\n{rows}\n'
            '<tr><td class="Lst-ResNav" colspan="4">\n<span class="Lst-NavPagelabel">Search '
            f"results: </span>\n{pages}\n</td></tr>\n</table>\n</div>\n</div>"
        )

    def _page_link(self, number: int, size: int, total: int, here: bool) -> str:
        span = f"{(number - 1) * size + 1} to {min(number * size, total)}"
        if here:
            return f'<span class="Lst-NavPage">\n{span}\n</span>'
        href = (
            f"jsoutputinitrapido.cfm?component={_LIST}&amp;page=jsoutputinitrapido.cfm"
            f"&amp;ID={self._tenant}&amp;JOBADLG=UK&amp;Resultsperpage={size}&amp;lg=UK"
            f"&amp;mask={self._mask}&amp;pagenum={number}"
        )
        link = f'<a href="{href}" class="Lst-NavPage" title="Search results: {span}">{span}</a>'
        return f'<span class="Lst-NavPage">\n{link}\n</span>'

    def _row(self, advert: DemoAdvert, kind: int) -> str:
        title = _text(advert.title)
        href = (
            f"jsoutputinitrapido.cfm?component={_ADVERT}&amp;id={self._tenant}"
            f"&amp;nPostingID={int(advert.id) - 821}&amp;nPostingTargetID={advert.id}"
            f"&amp;mask={self._mask}&amp;lg=UK"
        )
        link = (
            f'<a href="{href}" target="_blank" class="lstA-desc{kind}">{title}</a>'
            '<span class="NewPopUp">(Please note: this link opens a new window.)</span>'
        )
        cells = (_text(advert.reference), link, _text(advert.department), _closing(advert))
        columns = "\n".join(
            f'<td headers="th{at}" class="Lst-Desc{kind}{at}">\n{cell}\n</td>'
            for at, cell in enumerate(cells, 1)
        )
        return f'<tr class="Lst-BG{kind}">\n{columns}\n</tr>'


def _advert_html(advert: DemoAdvert) -> str:
    pairs = (
        (2, "Job Number", _text(advert.reference)),
        (3, "School/Department", _text(advert.department)),
        (4, "Location", _text(advert.location)),
        (5, "Salary Information", _text(advert.salary)),
        (6, "Contract Duration", _text(advert.contract)),
        (7, "Working Pattern", _text(advert.pattern)),
        (9, "Closing Date", _closing(advert)),
    )
    labels = "\n".join(
        f'<div id="JD-Param{at}">\n<h4 class="JD-HDLabel" id="JDLabel-Param{at}">{label}</h4>\n'
        f'<span class="JD-HDText" id="JDText-Param{at}">{value}</span>\n</div>'
        for at, label, value in pairs
    )
    return (
        '<div id="JDescContent">\n<div style="display:none"><h1></h1><h2></h2></div>\n'
        f'<h3 class="JD-Title" id="JDText-Title">\n{_text(advert.title)}\n</h3>\n'
        f'<div id="JD-TopParams">\n{labels}\n</div>\n<div id="JD-AllFields">\n'
        f'<div id="JD-Field1">\n<span class="JD-FieldText">{advert.description}</span>\n</div>\n'
        "</div>\n</div>"
    )


def _page(body: str) -> Reply:
    text = (
        "\n\t\n"
        * 60
        + '<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01//EN" "http://www.w3.org/TR/html4/strict.dtd">'
        '<html lang="en-GB" xmlns="http://www.w3.org/1999/xhtml"><head>'
        '<meta name="GENERATOR" content="MrTed"><title>Jobs</title>\n</head>'
        f'<body class="bodyRapido">{body}\n</body>\n</html>\n\t\n\t\n'
    )
    return Reply(text.encode("ascii", "xmlcharrefreplace"))


def _text(words: str | None) -> str:
    """Escaped, but for ampersands between words: those stand bare."""
    return html.escape(words or "").replace(" &amp; ", " & ")


def _closing(advert: DemoAdvert) -> str:
    return f"{advert.closes:%d-%m-%Y}" if advert.closes else ""


def _whole(text: str | None, otherwise: int) -> int:
    return max(int(text), 1) if text and text.isdecimal() else otherwise


SITE = TalentlinkSite
PRINTS = MOST_PRINT | {"contract", "department", "pattern", "reference"}
