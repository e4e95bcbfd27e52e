"""What the site holds before anybody comes: the shipped catalogue, people with checklists, a firm with forty cases."""

import json
from pathlib import Path
from typing import NamedTuple

import yaml
from django.conf import settings
from django.core.management import call_command
from django.test import Client

PERSONAS = Path(__file__).parent.parent / "personas"


class Content(NamedTuple):
    """``people``: raw answers; ``board``: the address of a firm's board; ``session``: the cookie of its advisor."""

    people: list[dict]
    board: str
    session: dict[str, str]


def fill() -> Content:
    """Publish what is shipped, and make a firm. Needs an empty database and settings as in production."""
    from checklists.firms.cases.demo import make_demo_firm
    from checklists.management.commands.demo_accounts import demo_personas
    from guides.models import Edition
    from tests.people import somebody
    from tests.shipped import shipped_edition

    for command in ("migrate", "createcachetable"):
        call_command(command, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    Edition.objects.create(**shipped_edition())
    owner, advisor, client = (somebody(f"{who}@load.example", first_name=who) for who in ("owner", "advisor", "client"))
    firm = make_demo_firm(owner=owner, advisor=advisor, client=client, personas=demo_personas())
    browser = Client()
    browser.force_login(advisor, backend=settings.AUTHENTICATION_BACKENDS[0])
    session = {settings.SESSION_COOKIE_NAME: browser.cookies[settings.SESSION_COOKIE_NAME].value}
    return Content(personas(), f"/firms/{firm.slug}/", session)


def personas() -> list[dict]:
    """The answers of all invented people whose home is asked for, as JSON holds them."""
    rows = (yaml.safe_load(path.read_text(encoding="utf-8"))["answers"] for path in sorted(PERSONAS.glob("*.yaml")))
    return [json.loads(json.dumps(answers, default=str)) for answers in rows if "housing" in answers]


def new_checklist(answers: dict):
    """A checklist of somebody who has just answered all this."""
    from checklists.models import Checklist
    from guides.models import Edition

    return Checklist.objects.start(answers=answers, edition=Edition.objects.newest())
