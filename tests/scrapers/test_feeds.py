"""Feeds: an item's elements of a namespace of its own."""

from __future__ import annotations

from parsel import Selector

from scrapers.feeds import own_elements

ITEM = """<item xmlns:job="urn:job" xmlns:other="urn:other"><description>Teaser</description>
<job:description> &lt;p&gt;Whole&lt;/p&gt; </job:description><other:place>March</other:place>
<job:place>Ely</job:place><job:place>Ely</job:place><job:place>Soham</job:place><job:pay/></item>"""


def test_only_the_namespaces_own_elements_count_and_each_text_once() -> None:
    item = Selector(text=ITEM, type="xml").xpath("/item")[0]
    assert own_elements(item, "urn:job") == {"description": "<p>Whole</p>", "place": "Ely, Soham"}
    assert own_elements(item, "urn:none") == {}
