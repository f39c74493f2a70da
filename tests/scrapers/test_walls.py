"""Walls are told from pages; the pages that look a little like walls come first."""

from __future__ import annotations

import time

import pytest
from scrapy.http import HtmlResponse, TextResponse

from scrapers.walls import find_wall

PROSE = "<p>" + "The council looks for a planner who likes rivers and old bridges. " * 40 + "</p>"
LOGIN_FORM = '<form><input name="user"><input type="password" name="p"><button>Go</button></form>'


def page(html: str) -> HtmlResponse:
    return HtmlResponse("https://jobs.example.gov.uk/x", body=html.encode(), encoding="utf-8")


def titled(title: str, body: str) -> HtmlResponse:
    return page(f"<html><head><title>{title}</title></head><body>{body}</body></html>")


PAGES = {
    "an advert about security": titled(
        "Security Officer - Ely Council",
        "<h1>Security Officer</h1><p>Access denied is your daily bread: you do security checks,"
        " answer robot alarms and report every security breach.</p>",
    ),
    "a short advert whose title speaks of access": titled(
        "Access and Inclusion Officer", "<h1>Access and Inclusion Officer</h1><p>Apply by May.</p>"
    ),
    "a page with a login link": titled(
        "Vacancies", '<a href="/login">Log in</a><h1>Vacancies</h1><ul><li>Clerk</li></ul>'
    ),
    "a listing with a login box": titled(
        "Vacancies", LOGIN_FORM + "<h1>Current vacancies</h1><ul><li>Clerk</li></ul>"
    ),
    "a cookie banner": titled(
        "Clerk", '<div id="cookie">Verify your choice of cookies</div><h1>Clerk</h1><p>Hi</p>'
    ),
    "an apply form with a puzzle": titled(
        "Clerk",
        '<h1>Clerk</h1><script src="https://www.google.com/recaptcha/api.js"></script>'
        '<form><input name="name"><input type="email" name="mail">'
        '<div class="g-recaptcha" data-sitekey="x"></div></form>',
    ),
    "an apply button with a puzzle": titled(
        "Clerk",
        "<h1>Clerk</h1><p>Write letters.</p><form><input type='hidden' name='id'>"
        '<button class="g-recaptcha">Apply</button></form>',
    ),
    "a short advert with a puzzle in a corner": titled(
        "Clerk", '<h1>Clerk</h1><p>Salary: £25,000</p><div class="grecaptcha-badge"></div>'
    ),
    "a puzzle script on a listing": titled(
        "Vacancies", '<script src="/altcha.js"></script><h1>Vacancies</h1>' + PROSE
    ),
    "a maintenance banner over an empty shell": page(
        '<?xml version="1.0"?><!doctype html><HTML><head><title></title></head><body>'
        "<div>Jobs Website Maintenance: unavailable on Wednesday</div>"
        '<form id="ETREC179GF" action="ETREC179GF?USESSION=ABCD"></form></body></HTML>'
    ),
    "statistics of a network that also builds walls": titled(
        "Clerk",
        "<h1>Clerk</h1><script src='/cdn-cgi/challenge-platform/scripts/jsd/main.js'></script>"
        + PROSE,
    ),
    "a login page's words in long prose": titled("Log in", LOGIN_FORM + PROSE * 2),
    "an advert that mentions a session": titled(
        "Youth worker", "<h1>Youth worker</h1><p>When the session ended we had tea.</p>" + PROSE * 2
    ),
    "a listing with a hidden notice about sessions": titled(
        "Vacancies",
        '<h1>Vacancies</h1><a href="/jobs/1">Clerk</a>'
        '<div class="modal" aria-hidden="true">Your session has expired.</div>',
    ),
    "a listing that warns of sessions": titled(
        "Vacancies",
        "<h1>Vacancies</h1><p>When your session has expired, log in again.</p>"
        + "<p>Clerk in Ely, closing in May, full time.</p>" * 10,
    ),
    "an empty page": page(""),
    "JSON": TextResponse("https://x.gov.uk/a.json", body=b'{"title": "Access Denied"}'),
    "a feed": TextResponse(
        "https://x.gov.uk/rss",
        body=b"<?xml version='1.0'?><rss><channel><title>Access Denied</title></channel></rss>",
    ),
}

WALLS = {
    "Cloudflare challenge": titled("Just a moment...", "<script>window._cf_chl_opt={}</script>"),
    "Cloudflare refusal": titled(
        "Attention Required! | Cloudflare", '<div id="cf-error-details">Sorry, blocked</div>'
    ),
    "Imperva": page(
        '<html><body><iframe src="/_Incapsula_Resource?x=1">Request unsuccessful.'
        " Incapsula incident ID: 877</iframe></body></html>"
    ),
    "Imperva without words": page(
        "<html><head></head><body><script src='/_Incapsula_Resource?SWJ=1'></script></body></html>"
    ),
    "Akamai": titled(
        "Access Denied",
        "<h1>Access Denied</h1>You don't have permission to access this on this server.<p>"
        "Reference #18.2 https://errors.edgesuite.net/18.2",
    ),
    "F5": titled(
        "Request Rejected",
        "The requested URL was rejected. Please consult with your administrator.<br>"
        "Your support ID is: 123",
    ),
    "F5 without JavaScript": page(
        "<html><body>Please enable JavaScript to view the page content.<br/>"
        "Your support ID is: 123.</body></html>"
    ),
    "ALTCHA": titled(
        "Civil Service Jobs - GOV.UK",
        "<h1>Before you continue</h1><p>We need to check that you are a person.</p>"
        '<form method="post"><altcha-widget challengeurl="/c"></altcha-widget>'
        '<input type="hidden" name="a"><input type="submit" value="Continue"></form>',
    ),
    "hCaptcha": titled(
        "One more step",
        '<p>Please complete the check.</p><form><div class="h-captcha"></div></form>',
    ),
    "a named check": titled("Quick check needed - Civil Service Jobs - GOV.UK", "<p>Wait</p>"),
    "a bot check": titled("Pardon Our Interruption...", "<p>Something made us think</p>"),
    "login": titled("Log in - Ely Council", "<h1>Log in</h1>" + LOGIN_FORM),
    "login in Welsh": titled("Mewngofnodi", "<h1>Mewngofnodi</h1>" + LOGIN_FORM),
    "session expired": titled("Jobs", "<h1>Jobs</h1><p>Your session has expired.</p>"),
    "security violation": page("<html><body>Security violation</body></html>"),
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_that_is_what_it_looks_like(name: str) -> None:
    assert find_wall(PAGES[name]) is None


@pytest.mark.parametrize("name", WALLS)
def test_a_wall_is_seen_and_named(name: str) -> None:
    wall = find_wall(WALLS[name])
    assert wall is not None
    assert len(wall) > 4


@pytest.mark.parametrize(
    "body",
    ["<" * 100_000, "<title>" * 20_000, "session " * 15_000, "captcha<div>" * 8_000, " " * 100_000],
)
def test_a_hundred_kilobytes_of_anything_take_no_time(body: str) -> None:
    start = time.perf_counter()
    find_wall(page(f"<html><body>{body}</body></html>"))
    assert time.perf_counter() - start < 0.5
