"""WebForms: what a page's form sends, and ASP.NET's links that send it again."""

from __future__ import annotations

import re
from urllib.parse import urlencode

from form2request import form2request
from parsel import Selector, SelectorList
from scrapy import Request
from scrapy.http import TextResponse

from scrapers.pages import words

_POSTBACK = re.compile(r"__doPostBack\('([^']{1,200})','(\d{1,6})'\)")


def postback(page: Selector, response: TextResponse, target: str, argument: str) -> Request:
    """What a link `__doPostBack(target, argument)` sends: every hidden field and chosen option."""
    hidden = page.css("input[type=hidden][name]")
    fields = {each.attrib["name"]: each.attrib.get("value", "") for each in hidden}
    for select in page.css("select[name]"):
        chosen = select.css("option[selected]::attr(value)").get()
        if chosen is not None:
            fields[select.attrib["name"]] = chosen
    fields |= {"__EVENTTARGET": target, "__EVENTARGUMENT": argument}
    return Request(
        response.url,
        method="POST",
        body=urlencode(fields),
        headers={"Content-Type": "application/x-www-form-urlencoded", "Referer": response.url},
    )


def next_postback(
    page: Selector, response: TextResponse, pager: str, current: str
) -> list[Request]:
    """What a numbered pager's link to the page after this one sends, if it has such a link.

    `pager` ends the name that its links post back; `current` selects this page's number.
    """
    here = int(words(page.css(current)[:1]) or 1)
    links = filter(None, map(_POSTBACK.search, page.css("a::attr(href)").getall()))
    onward = (each[1] for each in links if each[1].endswith(pager) and int(each[2]) == here + 1)
    return [postback(page, response, target, str(here + 1)) for target in onward][:1]


def sent(form: Selector | SelectorList[Selector], pressed: Selector | None = None) -> Request:
    """What a browser sends for a form when a button of it is pressed, or none.

    The form is as `response.css` or `response.xpath` finds it: that knows the page's address.
    """
    click = None if pressed is None else pressed.root
    request: Request = form2request(form, click=click).to_scrapy(callback=None)
    return request
