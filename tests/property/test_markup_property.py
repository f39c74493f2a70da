"""Markup that is let through as it stands is what the sanitiser would have made of it."""

from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.text import _CLEANER, _SOUND, _text_of, clean_html, html_to_text, tidy_title

WORDS = st.sampled_from(
    ("Words", " ", "\n", "&amp;", "&lt;b&gt;", "&nbsp;", "&bull;", "£5", "é", '"', "'", "&", ">")
)
TAGS = st.sampled_from(
    (
        *("<p>", "</p>", "<b>", "</b>", "<strong>", "</strong>", "<br>", "<ul>", "</ul>", "<li>"),
        *(
            "</li>",
            "<h2>",
            "</h2>",
            "<div>",
            "</div>",
            "<a href='javascript:x'>",
            "</a>",
            "<table>",
        ),
        *("<script>", "</script>", "<p onclick=x>", "<!--", "-->", "<", "<b", "</p"),
    )
)
BOLD = st.builds("<{0}>{1}</{0}>".format, st.sampled_from(("b", "strong", "i")), WORDS)
LINE = st.lists(st.one_of(WORDS, BOLD, st.just("<br>")), max_size=5).map("".join)
BLOCK = st.one_of(
    st.builds("<{0}>{1}</{0}>".format, st.sampled_from(("p", "h2", "h3")), LINE),
    st.lists(LINE.map("<li>{}</li>".format), max_size=4).map(
        lambda all_of: f"<ul>{''.join(all_of)}</ul>"
    ),
)
TIDY = st.lists(st.one_of(BLOCK, st.just("\n")), max_size=8).map("".join)
WILD = st.lists(st.one_of(WORDS, TAGS, BLOCK), max_size=25).map("".join)


@settings(max_examples=400, deadline=None)
@given(html=st.one_of(TIDY, WILD))
def test_what_is_let_through_is_what_the_sanitiser_gives(html: str) -> None:
    if _SOUND.fullmatch(html):
        assert _CLEANER.clean(html) == html


@settings(max_examples=300, deadline=None)
@given(html=st.one_of(TIDY, WILD))
def test_clean_markup_is_clean(html: str) -> None:
    clean = clean_html(html)
    assert _CLEANER.clean(clean).replace("&nbsp;", " ") == clean


@settings(max_examples=300, deadline=None)
@given(html=st.one_of(TIDY, WILD))
def test_the_text_is_that_of_the_clean_markup(html: str) -> None:
    assert html_to_text(html) == _text_of(clean_html(html))


def test_a_tag_that_appears_when_another_goes_is_no_word_of_the_text() -> None:
    html = "<p><<span>b>bold<<span>/b></p>"
    assert (clean_html(html), html_to_text(html)) == ("<p><b>bold</b></p>", "bold")


def test_half_a_surrogate_pair_is_left_out() -> None:
    for html in ("<p>a\ud800b", "<p>a\ud800b</p>", "a\ud800b"):
        assert clean_html(html) == "<p>ab</p>"
    assert tidy_title("Cook\udfff") == "Cook"


def test_what_is_not_sound_goes_to_the_sanitiser() -> None:
    for html in (
        "<p onclick=x>a</p>",
        "<p>a<script>b</script></p>",
        "<p>a",
        "<P>a</P>",
        "<ul><p>a</p></ul>",
        "<b>a<p>b</b></p>",
        "a<p>b</p>",
        "<p>&#60;</p>",
        "<p><b>a</b</p>",
        "<a href='https://x.example'>a</a>",
    ):
        assert _SOUND.fullmatch(html) is None, html
    assert _SOUND.fullmatch("<p>a <b>b</b><br>&amp;</p>\n<ul><li>c</li>\n</ul>")
