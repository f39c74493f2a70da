"""What any page says: words, public address, no vacancies, gone."""

from __future__ import annotations

import pytest
from parsel import Selector
from scrapy.http import HtmlResponse

from scrapers.pages import (
    decoded,
    id_of_url,
    inner_html,
    public_url,
    says_gone,
    says_no_vacancies,
    words,
)


def page(body: str) -> HtmlResponse:
    return HtmlResponse("https://jobs.example.gov.uk/", body=body.encode(), encoding="utf-8")


@pytest.mark.parametrize(
    "sentence",
    [
        "If there are no vacancies that suit you, sign up for our alerts.",
        "When there are no vacancies listed, please try again.",
        "10 jobs found",
        "120 vacancies",
        "There is no job too small for us.",
        "There are no opportunities for progression in this post.",
        "We have no jobs for life to offer.",
        "No experience is needed for most of our jobs.",
        "Loading…",
        "",
        '<p style="display: none">No vacancies found</p>',
        "<template>There are no vacancies</template>",
        "<script>var text = 'There are no vacancies.'</script>",
        "<p hidden>There are no vacancies</p>",
        '<p class="alert d-none">No vacancies found</p>',
        '<div v-if="!jobs.length">No vacancies found</div>',
    ],
)
def test_a_page_that_does_not_say_so_is_no_honest_zero(sentence: str) -> None:
    assert not says_no_vacancies(page(f"<h1>Jobs</h1><p>{sentence}</p>"))


@pytest.mark.parametrize(
    "sentence",
    [
        "There are currently no vacancies.",
        "There are no vacancies at this time",
        "There are no vacancies matching your search",
        "We currently have no vacancies.",
        "We have no current vacancies",
        "The council does not currently have any vacancies.",
        "We do not have any live jobs at the moment",
        "No jobs found",
        "No vacancies at present",
        "No current vacancies",
        "Sorry, there are no jobs available at this time",
        "0 results",
        "No suitable matches",
        "There are<br>no <b>vacancies</b>.",
        "Sorry, no vacancies.",
        "<b>No jobs</b>",
        "No vacancies to display",
        "Nid oes unrhyw swyddi gwag ar hyn o bryd",
        "Nid oes gennym unrhyw swyddi gwag",
        "Does gennym ni ddim swyddi gwag ar hyn o bryd",
        "Does dim swyddi gwag",
        "Dim swyddi",
        "Dim canlyniadau",
    ],
)
def test_a_page_that_says_in_words_that_there_are_none(sentence: str) -> None:
    assert says_no_vacancies(page(f"<h1>Jobs</h1><p>{sentence}</p>"))


@pytest.mark.parametrize(
    ("sentence", "gone"),
    [
        ("This vacancy is no longer available.", True),
        ("Sorry, this job has expired", True),
        ("The position has been filled.", True),
        ("This post closes on 3 May. The closed cells are cleaned daily.", False),
        ("The job you are looking for is no longer advertised", True),
        ("You will know when a job is done.", False),
        ("If the vacancy has closed, please search again.", False),
    ],
)
def test_a_page_that_says_the_vacancy_is_over(sentence: str, gone: bool) -> None:
    assert says_gone(page(sentence)) is gone


@pytest.mark.parametrize(
    ("address", "public"),
    [
        (
            "https://a.gov.uk/job/7?utm_source=x&utm_campaign=y#apply",
            "https://a.gov.uk/job/7",
        ),
        ("https://a.gov.uk/job;jsessionid=AB12?id=7&gclid=1", "https://a.gov.uk/job?id=7"),
        ("https://a.gov.uk/job?sid=77", "https://a.gov.uk/job?sid=77"),
        ("https://a.gov.uk/job?id=7&sid=0123456789abcdef01", "https://a.gov.uk/job?id=7"),
        ("https://a.gov.uk/open?WVID=12aB&USESSION=FF", "https://a.gov.uk/open?WVID=12aB"),
        ("https://a.gov.uk/job?ref=REQ%2F7&id=", "https://a.gov.uk/job?ref=REQ%2F7&id="),
        ("https://a.gov.uk/job?VACANCY%3d5%1BU", "https://a.gov.uk/job?VACANCY%3d5%1BU"),
    ],
)
def test_session_and_tracking_leave_the_address_and_nothing_else(address: str, public: str) -> None:
    assert public_url(address) == public


def test_an_id_drawn_from_an_address_keeps_its_case_and_forgets_the_visit() -> None:
    plain = id_of_url("https://a.gov.uk/Jobs/aB1/")
    assert plain == "/Jobs/aB1"
    assert id_of_url("https://www.a.gov.uk/Jobs/aB1?utm_medium=rss") == plain
    assert id_of_url("https://a.gov.uk/Jobs/ab1") != plain


def test_words_are_what_a_reader_sees() -> None:
    document = Selector(
        text="<div>A<script>x</script> <i>b</i>\n c<!-- d --><b hidden>e</b> f</div>"
    )
    assert words(document.css("div")) == "A b c f"
    assert words(document.css("p")) is None
    assert words(None) is None
    assert inner_html(Selector(text="<p><br> </p>").css("p")) is None


@pytest.mark.parametrize(
    ("value", "text"),
    [("a &amp;  b", "a & b"), (7, "7"), (None, None), (True, None), (" ", None), ({}, None)],
)
def test_a_json_value_in_words(value: object, text: str | None) -> None:
    assert decoded(value) == text


def test_words_that_look_like_markup_stay_words() -> None:
    page = Selector(text="<div>Use of &lt;b&gt; &amp; <i>care</i></div>")
    assert inner_html(page.css("div")) == "Use of &lt;b&gt; &amp; <i>care</i>"
