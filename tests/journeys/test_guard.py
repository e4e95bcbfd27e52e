"""The guard of a visitor sees what it is there for."""

import pytest

pytestmark = pytest.mark.browser

POLICY = "default-src 'none'; script-src 'self' 'nonce-known'; style-src 'self'; img-src * data:"
PAGE = "<!doctype html><html lang='en'><title>A page</title><main><h1>A page</h1>{}</main></html>"


@pytest.fixture
def problems_of(visitor):
    """Opens a page with this inside, and takes away what the guard notes of it."""

    def look(inside, status=200):
        person = visitor()
        person.page.route("https://**", lambda route: route.abort())
        person.page.route(
            "**/page/",
            lambda route: route.fulfill(
                status=status,
                body=PAGE.format(inside),
                headers={"Content-Type": "text/html", "Content-Security-Policy": POLICY},
            ),
        )
        person.open("/page/")
        person.note_violations()
        person.note_sideways_scrolling()
        found, person.problems = " ".join(person.problems), []
        return found

    return look


@pytest.mark.parametrize(
    ("inside", "noted"),
    [
        ("<p style='color: red'>Red</p>", "Content Security Policy"),
        ("<script>alert(1)</script>", "Content Security Policy"),
        ("<script nonce='known'>console.error('Oh no')</script>", "console: Oh no"),
        ("<script nonce='known'>missing()</script>", "script error: missing is not defined"),
        ("<img src='https://example.com/pixel.png' alt=''>", "request to another host: https://example.com/"),
        ("<img src='/static/gone.png' alt=''>", "404: GET"),
        ("<input>", "axe label"),
        (f"<pre>{'x' * 400}</pre>", "scrolls sideways"),
    ],
)
def test_it_notes_what_no_page_may_do(problems_of, inside, noted):
    assert noted in problems_of(inside)


def test_it_notes_answers_that_nobody_expected(problems_of):
    assert "500: GET" in problems_of("", status=500)
    assert "403: GET" in problems_of("", status=403)


def test_it_notes_nothing_on_a_good_page(problems_of):
    assert problems_of("<p>All is well.</p>") == ""
