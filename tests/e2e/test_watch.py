"""The watch itself: a page that does what ours must not do is noticed."""

import pytest

from .watch import Watch

pytestmark = pytest.mark.browser


@pytest.fixture
def watched(browser, site):
    context = browser.new_context(base_url=site.address)
    watch = Watch(context, site.address)
    page = context.new_page()
    page.goto("/")
    assert watch.complaints == []
    yield page, watch
    context.close()


def test_it_notices_what_the_security_policy_stops(watched):
    page, watch = watched
    with page.expect_console_message(lambda message: message.text.startswith("CSP:")):
        page.evaluate("() => { document.body.innerHTML = '<p style=\"color: red\">rot</p>'; }")
    assert any("CSP: style-src" in one for one in watch.complaints)


def test_it_notices_errors_of_scripts_and_the_console(watched):
    page, watch = watched
    with page.expect_event("pageerror"):
        page.evaluate("() => { setTimeout(() => { throw new Error('Fehltritt'); }); }")
    page.evaluate("() => console.error('Murren')")
    assert any("Fehltritt" in one for one in watch.complaints)
    assert any("Murren" in one for one in watch.complaints)


def test_it_notices_a_missing_file_unless_expected(watched):
    page, watch = watched
    page.goto("/gibt-es-nicht")
    assert any("404" in one for one in watch.complaints)


def test_it_notices_requests_to_other_places(watched):
    page, watch = watched
    # Nothing leaves the machine: the address is one that never exists, and the request is answered here.
    page.context.route("http://anderswo.invalid/**", lambda route: route.fulfill(body=""))
    page.goto("http://anderswo.invalid/")
    assert any("elsewhere" in one for one in watch.complaints)
