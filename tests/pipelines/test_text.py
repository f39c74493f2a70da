"""Titles, descriptions and summaries: what is taken away, what must stay."""

from time import process_time

import pytest

from pipelines.text import TextStage, clean_html, html_to_text, one_line, summarise, tidy_title
from scrapers.items import RawAdvert


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        '<a href="javascript:alert(1)">x</a>',
        '<a href="data:text/html,x">x</a>',
        '<p style="position:fixed" class="c" id="i" onclick="x()">x</p>',
        "<iframe src=https://example.org></iframe>",
        "&lt;script&gt;alert(1)&lt;/script&gt;&lt;p&gt;x&lt;/p&gt;",
        "<svg><script>alert(1)</script></svg>",
        "<p title='a>b'><script>1</script>",
    ],
)
def test_nothing_active_survives(hostile):
    clean = clean_html(hostile).casefold()
    for mark in (
        "<script",
        "javascript:",
        "onerror",
        "onclick",
        "style=",
        "class=",
        "<img",
        "<ifr",
    ):
        assert mark not in clean
    assert "data:" not in clean
    assert "alert(1)" not in clean


@pytest.mark.parametrize("address", ["java\u200bscript:x", "java&#8203;script:x", "/jobs", "//x.y"])
def test_links_that_lead_nowhere_safe_lose_their_address(address):
    assert "href" not in clean_html(f'<p><a href="{address}">x</a></p>')


def test_links_to_safe_places_stay_and_are_marked():
    clean = clean_html('<p>See <a href="https://www.example.gov.uk/jobs?a=1&amp;b=2">us</a></p>')
    assert 'href="https://www.example.gov.uk/jobs?a=1&amp;b=2"' in clean
    assert 'rel="nofollow noopener"' in clean


def test_the_prose_of_an_advert_stays():
    html = "<h3>Role</h3><p>Lead <strong>one</strong> team<br>well</p><ol><li>Plan</li></ol>"
    assert clean_html(html) == html


@pytest.mark.parametrize(
    "escaped", ["&lt;p&gt;Hi&lt;/p&gt;", "&amp;lt;p&amp;gt;Hi&amp;lt;/p&amp;gt;"]
)
def test_escaped_markup_is_read_as_markup(escaped):
    assert clean_html(escaped) == "<p>Hi</p>"


def test_an_escaped_sign_inside_markup_stays_escaped():
    assert clean_html("<p>under &lt;5 years</p>") == "<p>under &lt;5 years</p>"


def test_plain_text_becomes_paragraphs():
    assert clean_html("One\ntwo\n\nThree & <4") == "<p>One<br>two</p><p>Three &amp; &lt;4</p>"


def test_layout_of_word_processors_is_taken_away():
    html = (
        '<div class="x">You will&#160;&#160;&#160;&#160;lead'
        '<SPAN class="marker" style="display: none;">hidden</SPAN> the team.</div>'
        '<div>&#160;</div><div>Next<img src="data:image/png;base64,iVBORw0KGgo="></div>'
    )
    assert clean_html(html) == "<p>You will lead the team.</p><p>Next</p>"


def test_every_kind_of_space_becomes_one_space():
    html = "<p>a\u2003\u00a0 b&#160;&#8195;c&#8203;d\te</p><p>\u2003</p>"
    assert clean_html(html) == "<p>a b cd e</p>"
    assert html_to_text(html) == "a b cd e"


def test_attributes_and_comments_of_plain_markup_go():
    html = '<p class="x" onclick="y()">One<!-- two --></p><ul type="a"><li id="i">Three</li></ul>'
    assert clean_html(html) == "<p>One</p><ul><li>Three</li></ul>"


def test_a_bullet_without_words_is_no_line():
    assert html_to_text("<ul><li></li><li><p>One</p></li><li><br></li></ul>") == "One"


def test_line_breaks_of_the_markup_are_spaces():
    assert (
        html_to_text("<p>One\ntwo</p>\n<p>three</p>\nfour\nfive") == "One two\n\nthree\n\nfour five"
    )


@pytest.mark.parametrize(
    "crossed", ["<h2><b>", "<b></p>", "</b><i>", "<td><b>x</i>", "<ul><b></ul>"]
)
def test_crossed_tags_cost_no_more_than_their_length(crossed):
    def seconds(length: int) -> float:
        html = crossed * (length // len(crossed))
        start = process_time()
        clean_html(html)
        return process_time() - start

    assert seconds(100_000) < 10 * seconds(20_000) + 0.05


def test_blocks_are_kept_apart_in_text():
    html = "<div>One</div><div>Two</div><ul><li>a</li><li>b</li></ul><table><tr><td>x</td><td>y"
    assert html_to_text(html) == "One\n\nTwo\n\n• a\n• b\n\nx y"


def test_text_reads_entities_once():
    assert html_to_text("<p>Fish &amp;amp; chips</p>") == "Fish &amp; chips"


@pytest.mark.parametrize("text", [None, "", " \n\t ", "\u200b\ufeff", "\x00"])
def test_a_line_without_words_is_none(text):
    assert one_line(text) is None


def test_a_line_has_single_spaces_and_no_control_characters():
    assert one_line(" Cook\x07\n\tin \u200b charge ") == "Cook in charge"


@pytest.mark.parametrize(
    "title",
    [
        "Senior Manager – Older Adults – Residential Care",
        "Assistant Director – Digital & Information and Communications Technology (ICT)",
        "Executive Director of Resources & Governance (S151 Officer)",
        "15+ Team - Social Worker",
        "Level 4 Social Worker",
        "Refuse Loader - 2 posts",
        "Finance Manager (30 hrs p/w, term time only)",
        "Electrical Engineer BS7671",
        "Respite Support Worker (CDC)",
        "1234",
        "£",
    ],
)
def test_a_good_title_stays_as_it_is(title):
    assert tidy_title(title) == title


@pytest.mark.parametrize(
    ("title", "tidy"),
    [
        ("JOB REF 1234 - TEAM MANAGER (SEN AND ICT)", "Team Manager (SEN and ICT)"),
        ("CHILDREN'S SOCIAL WORKER – ASYE", "Children's Social Worker – ASYE"),
        ("EHC CO-ORDINATOR", "EHC Co-ordinator"),
        ("DBS01116/26 - Admin Assistant - High School", "Admin Assistant - High School"),
        ("Residential Night Support Worker - WMF2480e", "Residential Night Support Worker"),
        ("Pre - School Deputy Manager (PAR219BC)", "Pre - School Deputy Manager"),
        ("Cook (Ref: 1234)", "Cook"),
        ("Housing Officer - £25,000 - £27,000 per annum", "Housing Officer"),
        ("Housing Officer (£25,000 pro rata)", "Housing Officer"),
        ("Children&#39;s &amp;amp; Families  Officer", "Children's & Families Officer"),
        ("trainee firefighter", "Trainee firefighter"),
    ],
)
def test_codes_capitals_and_pay_leave_the_title(title, tidy):
    assert tidy_title(title) == tidy


@pytest.mark.parametrize(
    "text",
    [
        "",
        "We are an equal opportunities employer and you will be welcome whoever you are.",
        "For an informal discussion about the role please contact the team manager.",
        "The closing date for this role is Friday 5 June, and you will hear from us soon.",
        "You will be paid a salary of £30,000 for managing our busy team of officers.",
        "You will",
        "KEY DUTIES\n• lead the team\n• manage budgets",
        "PLEASE NOTE that you will be subject to an enhanced DBS check before you start.",
    ],
)
def test_boilerplate_is_no_summary(text):
    assert summarise(text, "Housing Officer") is None


def test_the_sentence_about_the_job_is_the_summary():
    text = (
        "Housing Officer\n\nWe are committed to safeguarding the welfare of children.\n"
        "You will manage a patch of 400 homes and support tenants, e.g. with arrears. "
        "Interviews will be held in June. Parking is free."
    )
    assert summarise(text, "Housing Officer") == (
        "You will manage a patch of 400 homes and support tenants, e.g. with arrears."
    )


def _read(**fields: str):
    return TextStage().process_item(RawAdvert(external_id="1", url="https://x.example/1", **fields))


def test_an_advert_without_a_title_is_kept_and_flagged():
    advert = _read(title="  ", description="<p>Hello</p>")
    assert advert.title is None
    assert [flag.name for flag in advert.flags] == ["title_missing"]
    assert advert.description_text == "Hello"


def test_the_stage_keeps_the_raw_advert_and_fills_the_texts():
    advert = _read(
        title="COOK", description="Line one\nLine two", summary="Cook for 90 pupils daily."
    )
    assert advert.raw.title == "COOK"
    assert advert.title == "Cook"
    assert advert.description_html == "<p>Line one<br>Line two</p>"
    assert advert.description_text == "Line one\nLine two"
    assert advert.summary == "Cook for 90 pupils daily."
    assert advert.flags == []


def test_a_published_teaser_of_boilerplate_gives_way():
    advert = _read(
        title="Cook",
        summary="We are an equal opportunities employer.",
        description="<p>You will cook lunch for ninety pupils in a modern kitchen.</p>",
    )
    assert advert.summary == "You will cook lunch for ninety pupils in a modern kitchen."


@pytest.mark.parametrize(
    ("summary", "kept"),
    [
        ("Cook for ninety pupils. You will plan the men", "Cook for ninety pupils."),
        ("Cook for ninety pupils. You will plan the...", "Cook for ninety pupils."),
        ("Cook for ninety pupils in a modern kit…", None),
        (
            "Cook for ninety pupils in a modern kitchen",
            "Cook for ninety pupils in a modern kitchen",
        ),
    ],
)
def test_a_teaser_that_was_cut_off_keeps_its_whole_sentences(summary, kept):
    assert _read(title="Cook", summary=summary).summary == kept


def test_nothing_described_is_nothing():
    advert = _read(title="Cook")
    assert (advert.description_html, advert.description_text, advert.summary) == (None, None, None)
