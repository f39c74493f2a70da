"""Labels: facts that a page publishes as "Label: value", in whatever markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice, takewhile
from typing import Any

from lxml import etree
from parsel import Selector, SelectorList

from scrapers.pages import plain

LONGEST_LABEL = 60
"""Characters: what is longer is a sentence."""
LONGEST_UNLISTED = 120
"""Characters of the value of a label that is not listed: facts are short."""
LONGEST_VALUE = 300
"""Characters of a value in running text: what is longer is prose under a heading."""

_FIELDS: dict[str, str] = {
    "title": "job title|post title|position title|vacancy title|role title"
    "|requisition title|teitl y swydd",
    "employer": "employer|organisation|organization|employing organisation|company|cyflogwr"
    "|sefydliad",
    "department": "department|dept|directorate|service|service area|division|business unit"
    "|business area|team|school/department|faculty / directorate / college|adran"
    "|cyfarwyddiaeth|gwasanaeth|maes gwasanaeth",
    "reference": "reference|reference number|reference no|reference code|job reference|job ref"
    "|job reference number|vacancy reference|vacancy ref|vacancy reference number|ref|ref no"
    "|vacancy id|vacancy number|vacancy no|job id|job number|job no|requisition id"
    "|requisition number|post number|post reference|cyfeirnod|rhif cyfeirnod|cyfeirnod y swydd"
    "|rhif y swydd|cyfeirnod swydd",
    "salary": "salary|salary range|salary details|salary information|salary/pay|pay|pay rate"
    "|rate of pay|hourly rate|pay range|remuneration|wage|salary (fte)|starting salary"
    "|annual salary|level / salary|cyflog|ystod cyflog|amrediad cyflog|cyfradd cyflog"
    "|manylion cyflog|tâl",
    "grade": "grade|pay grade|pay scale|job grade|salary grade|salary band|pay band|band|graddfa"
    "|gradd|graddfa gyflog",
    "location": "location|locations|job location|employment location|work location|place of work"
    "|work base|base|base location|location of post|primary location|lleoliad|lleoliadau"
    "|lleoliad gwaith|lleoliad y swydd|man gwaith",
    "postcode": "postcode|post code|cod post",
    "work_mode": "workplace type|work mode|workstyle|work style|remote working|hybrid working"
    "|home working|gweithio hybrid|gweithio o gartref|arddull gweithio",
    "hours": "hours|hours per week|working hours|weekly hours|hours of work|contractual hours"
    "|contracted hours|number of hours|total hours|oriau|oriau gwaith|oriau yr wythnos"
    "|oriau'r wythnos|oriau cytundebol",
    "contract": "contract type|contract|type of contract|employment type|job type|position type"
    "|work type|contract term|contract basis|employment basis|type of employment|contract length"
    "|length of contract|length of employment|duration|contract duration|math o gontract"
    "|math y contract|y math o gontract|hyd y contract|contract cyflogaeth",
    "pattern": "working pattern|work pattern|worktime|basis|full time/part time|full/part time"
    "|full time or part time|patrwm gwaith|patrwm gweithio|llawn amser/rhan amser",
    "category": "category|categories|job category|job function|occupational category"
    "|job sector|sector|type of role|categori|categori'r swydd|categori swydd",
    "posted": "posted|posted on|date posted|posting date|posted date|publication date|published"
    "|date published|published date|date advertised|advertised|advert start date|advert date"
    "|opening date|live date|dyddiad hysbysebu|dyddiad postio|dyddiad agor|dyddiad cyhoeddi",
    "closes": "closing date|close date|closing date and time|closing date & time|closing date/time"
    "|closing|closes|closes on|apply by|apply before|application deadline|deadline|advert end date"
    "|application closing date|closing date for applications|applications close|expiry date"
    "|expires|end date for applications|dyddiad cau|dyddiad cau ceisiadau|dyddiad ac amser cau"
    "|dyddiad cau'r swydd|yn cau|gwneud cais erbyn",
    "interview": "interview|interviews|interview date|interview dates|interview date(s)"
    "|proposed interview date|date of interview|dyddiad cyfweliad|dyddiad y cyfweliad"
    "|dyddiadau cyfweliad|cyfweliadau",
}
_FIELD_OF = {label: field for field, labels in _FIELDS.items() for label in labels.split("|")}
_JOINED = frozenset({"contract"})
"""Fields that two labels may share out between them: type and length of a contract."""
_PERSONAL = re.compile(
    r"contact|e-?mail|tele?phone|phone|mobile|cyswllt|e-?bost|ff[oô]n|recruiting manager|enquir"
)
"""Labels whose value names a person or a way to reach one: never taken."""

_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "br",
        "caption",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figure",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "legend",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
_LABEL_TAGS = _HEADINGS | {"dt", "legend", "b", "strong", "label"}
_INLINE_LABELS = frozenset(("b", "strong", "label", "span", "em"))
_CELLS = frozenset(("dd", "td"))
_SKIPPED = frozenset(
    ["script", "style", "template", "noscript", "nav", "footer", "select", "button", "svg", "head"]
)
_RELATED = re.compile(r"related|similar|recommended|other-?(?:jobs|vacancies)|latest-?jobs", re.I)
_LABEL_CLASS = re.compile(r"label|term|key|heading|title|name", re.I)


@dataclass(slots=True)
class _Line:
    """Text between two block breaks, and what its element says of it."""

    tag: str
    text: str
    marked: bool = False
    """Its element sets it apart as a label."""
    barred: bool = False
    """Its element is one of many cells in a row: no label."""
    cell: int = 0
    """Which dd or td it stands in; 0 for none."""


def field_of(label: str) -> str | None:
    """The RawAdvert field that a published label, English or Welsh, means; None if unlisted."""
    return _FIELD_OF.get(_clean(label).casefold().replace("’", "'").rstrip("."))


def read_labels(selector: Selector | SelectorList[Selector]) -> dict[str, str]:
    """Label to value, as published, of everything under an element; the first value of a label.

    Definition lists and two-cell table rows give every pair. Elsewhere a label is one of the
    listed words before a colon or set apart by its element, or any short emphasised text before
    a colon. A value is the rest of the line or the next one; a heading is never a value, nor is
    another label. Navigation, footers and lists of related jobs are left out.
    """
    nodes = [selector] if isinstance(selector, Selector) else selector
    pairs: dict[str, str] = {}
    for node in nodes:
        if isinstance(node.root, etree._Element):
            lines = list(_Reader().lines(node.root))
            for label, value in _pairs(lines):
                pairs.setdefault(_clean(label), value)
    return {label: value for label, value in pairs.items() if label and value}


def pairs_of(lines: Iterable[str]) -> dict[str, str]:
    """Label to value of lines known to say "Label: value"; one without a value is left out."""
    parted = (line.partition(":") for line in lines)
    return {label.strip(): value.strip() for label, _, value in parted if value.strip()}


def advert_from_labels(pairs: dict[str, str]) -> dict[str, Any]:
    """RawAdvert fields from label/value pairs; unlisted labels and further values go to `extra`.

    Contact details are left out.
    """
    found: dict[str, Any] = {}
    extra: dict[str, str] = {}
    for label, value in pairs.items():
        field = field_of(label)
        if _PERSONAL.search(label.casefold()):
            continue
        if field is None or (field in found and field not in _JOINED):
            extra[label] = value
        else:
            found[field] = f"{found[field]}, {value}" if field in found else value
    return {**found, "extra": extra}


def _clean(label: str) -> str:
    return (plain(label) or "").rstrip(" :*").strip()


def _pairs(lines: list[_Line]) -> Iterator[tuple[str, str]]:
    for at, line in enumerate(lines):
        label, colon, value = (part.strip() for part in line.text.partition(":"))
        if line.barred or not label or len(label) > LONGEST_LABEL:
            continue
        listed = field_of(label) is not None
        if colon and value:
            set_apart = line.marked and line.tag in _INLINE_LABELS
            if (listed or set_apart) and len(value) <= _longest(listed) and not line.cell:
                yield label, value
        elif (
            line.tag == "dt"
            or (line.tag == "td" and line.marked and (listed or colon))
            or (line.tag == "th" and line.marked)
        ):
            yield label, _cell_after(lines, at)
        elif (colon and (listed or line.marked)) or (listed and line.marked):
            yield label, _value_after(lines, at, _longest(listed))


def _longest(listed: bool) -> int:
    return LONGEST_VALUE if listed else LONGEST_UNLISTED


def _cell_after(lines: list[_Line], at: int) -> str:
    """The text of the dd or td that follows; a term's further dd count in."""
    own = lines[at].cell
    rest = takewhile(lambda line: line.cell and line.cell != own, islice(lines, at + 1, None))
    values = []
    first = None
    for line in rest:
        first = first or line.cell
        if line.tag == "td" and line.cell != first:
            break
        values.append(line.text)
    text = ", ".join(filter(None, values))
    return "" if lines[at].tag == "td" and field_of(text) else text


def _value_after(lines: list[_Line], at: int, longest: int) -> str:
    if at + 1 == len(lines):
        return ""
    after = lines[at + 1]
    label, colon, value = after.text.partition(":")
    listed = field_of(label) is not None
    is_label = (listed and (colon or after.marked)) or (colon and not value.strip())
    if after.tag in _HEADINGS or is_label or len(after.text) > longest:
        return ""
    return after.text


class _Reader:
    """Turns a tree into lines, in one pass."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._line = _Line("", "")
        self._cells: list[int] = []
        self._count = 0
        self._skipping: etree._Element | None = None

    def lines(self, root: etree._Element) -> Iterator[_Line]:
        for event, element in etree.iterwalk(root, events=("start", "end")):
            tag = element.tag if isinstance(element.tag, str) else ""
            if self._skipping is None and event == "start":
                yield from self._opened(element, tag)
            elif event == "end":
                if self._skipping is None:
                    yield from self._closed(element, tag)
                if self._skipping is element:
                    self._skipping = None
                if self._skipping is None and element is not root:
                    self._parts.append(element.tail or "")
        yield from self._flush()

    def _opened(self, element: etree._Element, tag: str) -> Iterator[_Line]:
        label = _is_inline_label(element, tag)
        if tag in _BLOCKS or label:
            yield from self._flush()
            self._line = _Line(tag, "", marked=label or _is_marked(element, tag))
            self._line.barred = tag in ("th", "td") and not _is_pair_row(element)
            if tag in _CELLS:
                self._count += 1
                self._cells.append(self._count)
        if not tag or tag in _SKIPPED or _is_aside(element, tag):
            self._skipping = element
        else:
            self._parts.append(element.text or "")

    def _closed(self, element: etree._Element, tag: str) -> Iterator[_Line]:
        empty = len(element) == 0 and not (element.text or "").strip()
        if empty and tag in ("p", "div", "dd", "td", "span"):
            yield from self._flush()
            yield _Line(tag, "", cell=self._cells[-1] if self._cells else 0)
        if tag in _BLOCKS or (tag in _INLINE_LABELS and _stands_alone(element)):
            yield from self._flush()
            self._line = _Line("", "")
        if tag in _CELLS and self._cells:
            self._cells.pop()

    def _flush(self) -> Iterator[_Line]:
        text = plain(" ".join(self._parts)) if any(map(str.strip, self._parts)) else None
        self._parts.clear()
        if text:
            self._line.text = text
            self._line.cell = self._cells[-1] if self._cells else 0
            yield self._line
            self._line = _Line("", "")


def _is_aside(element: etree._Element, tag: str) -> bool:
    """Whether an element holds other jobs, or is the caption of a form's field."""
    if tag == "label":
        return element.get("for") is not None
    return _RELATED.search(f"{element.get('class', '')} {element.get('id', '')}") is not None


def _is_marked(element: etree._Element, tag: str) -> bool:
    if tag in ("th", "td"):
        return _is_pair_row(element) and element.getprevious() is None
    return (
        tag in _LABEL_TAGS
        or _LABEL_CLASS.search(element.get("class", "")) is not None
        or _is_first_of_two(element)
    )


def _is_pair_row(element: etree._Element) -> bool:
    row = element.getparent()
    return row is not None and len(row) == 2 and row[1].tag == "td"


def _is_first_of_two(element: etree._Element) -> bool:
    parent = element.getparent()
    return (
        parent is not None
        and parent.tag not in ("body", "main", "html")
        and len(parent) == 2
        and parent[0] is element
        and not (parent.text or "").strip()
        and not (element.tail or "").strip()
        and not (parent[1].tail or "").strip()
    )


def _start_of(element: etree._Element) -> str:
    """The words of an element that holds few others, as a label does; nothing of a bigger one."""
    inner = list(islice(element.iterdescendants(), 5))
    if len(inner) > 4:
        return ""
    parts = [element.text, *(part for each in inner for part in (each.text, each.tail))]
    return plain(" ".join(filter(None, parts))) or ""


def _is_inline_label(element: etree._Element, tag: str) -> bool:
    """Whether an emphasised bit of a line is the label of what comes after it."""
    if tag not in _INLINE_LABELS:
        return False
    text = _start_of(element)
    if not text or len(text) > LONGEST_LABEL:
        return False
    return (
        text.endswith(":")
        or (element.tail or "").lstrip().startswith(":")
        or _stands_alone(element)
    )


def _stands_alone(element: etree._Element) -> bool:
    """Whether a listed label without a colon opens its line, its value following."""
    if field_of(_start_of(element)) is None or (element.tail or "").lstrip().startswith(":"):
        return False
    if _is_first_of_two(element) or _LABEL_CLASS.search(element.get("class", "")):
        return True
    parent, before = element.getparent(), element.getprevious()
    if element.tag == "span" or parent is None:
        return False
    if before is None:
        return not (parent.text or "").strip()
    return before.tag == "br" and not (before.tail or "").strip()
