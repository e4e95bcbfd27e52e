import datetime
import json

import yaml
from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from checklists.admin.roles import EDITORS, PUBLISHERS
from checklists.firms.cases.demo import make_demo_firm
from checklists.models import Persona

# Role, email, password.
ACCOUNTS = [
    (EDITORS, "editor@example.org", "edit-the-checklist"),
    (PUBLISHERS, "publisher@example.org", "publish-the-checklist"),
]
# The same for those who work on cases, with a name.
PEOPLE = [
    ("Client", "client@example.org", "move-to-portugal", "Luzia Domingos"),
    ("Advisor", "advisor@example.org", "advise-the-clients", "Adam Advisor"),
    ("Owner of a firm", "owner@example.org", "own-the-firm-alone", "Olga Owner"),
]
PERSONAS = settings.BASE_DIR / "checklists" / "content" / "personas.yaml"


def demo_personas() -> list[Persona]:
    """Invented people, not saved."""
    rows = yaml.safe_load(PERSONAS.read_text(encoding="utf-8"))
    # YAML reads days as dates; answers hold them as texts.
    plain = (json.loads(json.dumps(row["answers"], default=datetime.date.isoformat)) for row in rows)
    return [Persona(**{**row, "answers": answers}) for row, answers in zip(rows, plain, strict=True)]


class Command(BaseCommand):
    help = "Create accounts, personas and a firm with cases to try everything with, on a development machine only."

    def handle(self, **options):
        if not settings.DEBUG:
            raise CommandError("Demo accounts have known passwords: they are only made with DJANGO_DEBUG=1.")
        for role, email, password in ACCOUNTS:
            self.make(email, password, group=role)
            self.stdout.write(f"{role}: {email}, password {password}, at /admin/")
        if not Persona.objects.exists():
            Persona.objects.bulk_create(demo_personas())
        client, advisor, owner = [self.make(email, password, name) for _role, email, password, name in PEOPLE]
        firm = make_demo_firm(owner=owner, advisor=advisor, client=client, personas=demo_personas())
        board = reverse("board:cases", args=[firm.slug])
        for (role, email, password, _name), place in zip(PEOPLE, [reverse("account"), board, board], strict=True):
            self.stdout.write(f"{role}: {email}, password {password}, at {place}")

    def make(self, email, password, name="", group=""):
        """The account, or the one that was made before, left as it is."""
        User = get_user_model()
        first, _space, last = name.partition(" ")
        defaults = {"email": email, "is_staff": bool(group), "first_name": first, "last_name": last}
        user, created = User.objects.get_or_create(**{User.USERNAME_FIELD: email}, defaults=defaults)
        if created:
            user.set_password(password)
            user.save()
            EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
            if group:
                user.groups.add(Group.objects.get(name=group))
        return user
