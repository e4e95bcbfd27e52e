"""How emails look. What each of them promises is asked of all that a test sends, in tests/checklists/conftest.py."""

import re

import pytest
from django.conf import settings
from django.core import mail

from checklists.mail.frame import COLOURS
from tests.checklists.access.conftest import code_in

TOKENS = (settings.BASE_DIR / "relocation/static/css/tokens.css").read_text()


@pytest.mark.parametrize(("theme", "place"), [("light", 0), ("dark", 1)])
def test_emails_have_the_colours_of_the_site(theme, place):
    tokens = {name: pair for name, *pair in re.findall(r"--([a-z-]+): light-dark\((#\w+), (#\w+)\)", TOKENS)}
    assert COLOURS[theme] == {name: tokens[name.replace("_", "-")][place] for name in COLOURS[theme]}


@pytest.mark.django_db
class TestCode:
    @pytest.fixture
    def message(self, client, somebody):
        somebody("ana@example.org", second_factor=False)
        client.post("/account/login/code/", {"email": "ana@example.org"})
        return mail.outbox[0]

    def test_stands_by_itself_above_all_words(self, message):
        code = code_in(message)
        assert message.body.splitlines()[3] == code
        assert re.search(rf'</h1>\s*<p class="code">{code}</p>', message.alternatives[0].content)

    def test_is_big_and_spaced(self, message):
        rule = re.search(r"\.code \{(.+?)\}", message.alternatives[0].content)[1]
        for wanted in ("font-size: 28px", "tabular-nums", "letter-spacing: 4px"):
            assert wanted in rule
