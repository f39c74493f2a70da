"""WebForms: pages of ASP.NET whose links send the page's own form again."""

from __future__ import annotations

from urllib.parse import urlencode

from parsel import Selector
from scrapy import Request
from scrapy.http import TextResponse


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
