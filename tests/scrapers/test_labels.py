"""Facts published as "Label: value", in the markups that sites use for it."""

from __future__ import annotations

import pytest
from parsel import Selector

from scrapers.items import RawAdvert
from scrapers.labels import advert_from_labels, field_of, read_labels


def labels(html: str) -> dict[str, str]:
    return read_labels(Selector(text=f"<html><body>{html}</body></html>"))


@pytest.mark.parametrize(
    "html",
    [
        "<p>The <span>salary</span> is not a secret.</p>",
        "<p>Please note: the office is closed on Friday.</p>",
        "<ul><li>Location</li><li>Salary</li><li>Apply now</li></ul>",
        "<nav><b>Location:</b> <a>Ely</a></nav><footer><b>Reference:</b> 7</footer>",
        "<table><tr><th>Job</th><th>Salary</th></tr><tr><td>Clerk</td><td>£3</td></tr></table>",
        "<table><tr><th>Job:</th><th>Salary:</th></tr><tr><td>Clerk</td><td>£3</td></tr></table>",
        "<table><tr><td>Salary</td><td>Location</td></tr></table>",
        "<h3>Location</h3><h3>Benefits</h3><p>Pension</p>",
        "<div>Employment Location:</div><div></div><h5>Further Information</h5><p>Hello</p>",
        "<p>Employment Location:</p><h5>Further Information</h5><p>Hello</p>",
        "<dl><dt>Location</dt><dd></dd></dl><p>Hello</p>",
        "<div><label>Hours:</label><span></span></div><p>Hello</p>",
        '<label for="q">Location:</label><input id="q"><p>Find jobs near you</p>',
        "<select><option>Salary: high</option></select>",
        "<script>var x = 'Salary: £3'</script>",
        '<div class="related-jobs"><b>Salary:</b> £99,000</div>',
        "<h2>Location</h2><p>" + "A long tale of the town. " * 20 + "</p>",
        "<h3>Support Engineer (Ref: 76109)</h3>",
        "<p><strong>What you will do:</strong> " + "You will walk the river. " * 9 + "</p>",
        "",
    ],
)
def test_what_is_no_fact_is_not_taken(html: str) -> None:
    assert labels(html) == {}


@pytest.mark.parametrize(
    "html",
    [
        "<dl><dt>Salary</dt><dd>£25,000</dd><dt>Closing date:</dt><dd>3 May</dd></dl>",
        "<dl><div><dt>Salary</dt><dd>£25,000</dd></div>"
        "<div><dt>Closing date</dt><dd><p>3 May</p></dd></div></dl>",
        "<table><tr><th>Salary</th><td>£25,000</td></tr>"
        "<tr><th>Closing date</th><td>3 May</td></tr></table>",
        "<table><tr><td>Salary</td><td>£25,000</td></tr>"
        "<tr><td>Closing date:</td><td>3 May</td></tr></table>",
        "<p><strong>Salary:</strong> £25,000<br><strong>Closing date:</strong> 3 May</p>",
        "<p><b>Salary</b>: £25,000 <b>Closing date</b>: 3 May</p>",
        "<p><b>Salary</b> £25,000<br/><b>Closing date</b> 3 May</p>",
        "<p>Salary: £25,000<br>Closing date: 3 May</p>",
        "<ul><li>Salary: £25,000</li><li>Closing date: 3 May</li></ul>",
        "<ul><li><span>Salary</span><span>£25,000</span></li>"
        "<li><span>Closing date</span> <span>3 May</span></li></ul>",
        "<div><span>Salary:</span> £25,000</div><div><span>Closing date:</span> 3 May</div>",
        "<div>Salary:</div><div>£25,000</div><div>Closing date:</div><div>3 May</div>",
        '<div class="label">Salary</div><div>£25,000</div>'
        '<div class="label">Closing date</div><div>3 May</div>',
        "<div><div>Salary</div><div>£25,000</div></div>"
        "<div><div>Closing date</div><div>3 May</div></div>",
        "<h3>Salary</h3><p>£25,000</p><h4>Closing date:</h4><p>3 May</p>",
        "<p>Salary:</p><p>£25,000</p><p>Closing date:</p><p>3 May</p><h5>More</h5>",
    ],
)
def test_every_usual_markup_gives_the_same_pairs(html: str) -> None:
    assert labels(html) == {"Salary": "£25,000", "Closing date": "3 May"}


def test_unlisted_labels_are_pairs_where_the_markup_says_so() -> None:
    html = "<dl><dt>Car allowance</dt><dd>Yes</dd></dl><p><b>Team size:</b> 4</p>"
    assert labels(html) == {"Car allowance": "Yes", "Team size": "4"}


def test_the_first_value_of_a_label_stays() -> None:
    assert labels("<p><b>Salary:</b> £1</p><p><b>Salary:</b> £2</p>") == {"Salary": "£1"}


def test_a_value_of_several_blocks_is_joined() -> None:
    html = "<dl><dt>Salary</dt><dd><p>£25,000</p><p>pro rata</p></dd><dd>plus car</dd></dl>"
    assert labels(html) == {"Salary": "£25,000, pro rata, plus car"}


def test_a_colon_in_the_value_belongs_to_it() -> None:
    assert labels("<p><b>Closing date:</b> 3 May at 12:30</p>") == {
        "Closing date": "3 May at 12:30"
    }


@pytest.mark.parametrize(
    ("label", "field"),
    [
        ("Salary", "salary"),
        ("CYFLOG:", "salary"),
        ("Dyddiad cau", "closes"),
        ("Advert End Date", "closes"),
        ("Lleoliad", "location"),
        ("Oriau’r wythnos", "hours"),
        ("Math o gontract", "contract"),
        ("Cyfeirnod", "reference"),
        ("Patrwm gwaith", "pattern"),
        ("Job  ref.", "reference"),
        ("Adran", "department"),
        ("Star sign", None),
        ("", None),
    ],
)
def test_labels_in_english_and_welsh(label: str, field: str | None) -> None:
    assert field_of(label) == field


def test_every_listed_label_fills_a_field_that_a_raw_advert_has() -> None:
    facts = advert_from_labels({"Salary": "£1", "Gradd": "7", "Dyddiad cyfweliad": "3 Mai"})
    advert = RawAdvert(external_id="1", url="https://a.gov.uk/1", **facts)
    assert (advert.salary, advert.grade, advert.interview) == ("£1", "7", "3 Mai")


def test_unlisted_and_further_values_go_to_extra_and_contacts_nowhere() -> None:
    facts = advert_from_labels(
        {
            "Vacancy ID": "7",
            "Post Number": "P9",
            "Number of posts": "2",
            "Contact name": "a person",
            "E-mail": "someone@example.org",
            "Rhif ffôn": "01000",
        }
    )
    assert facts == {"reference": "7", "extra": {"Post Number": "P9", "Number of posts": "2"}}


def test_type_and_length_of_a_contract_are_both_said() -> None:
    facts = advert_from_labels({"Contract type": "Fixed term", "Contract length": "12 months"})
    assert facts["contract"] == "Fixed term, 12 months"


def test_a_value_that_reads_like_a_label_is_a_value() -> None:
    page = Selector(text="<p><b>Working pattern:</b> Full Time or Part Time</p>")
    assert read_labels(page) == {"Working pattern": "Full Time or Part Time"}
