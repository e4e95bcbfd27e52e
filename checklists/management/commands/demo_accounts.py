import datetime
import json

import yaml
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand, CommandError

from checklists.models import Persona
from checklists.roles import EDITORS, PUBLISHERS

# Role, email, password.
ACCOUNTS = [
    (EDITORS, "editor@example.org", "edit-the-checklist"),
    (PUBLISHERS, "publisher@example.org", "publish-the-checklist"),
]
PERSONAS = settings.BASE_DIR / "checklists" / "content" / "personas.yaml"


def demo_personas() -> list[Persona]:
    """Invented people, not saved."""
    rows = yaml.safe_load(PERSONAS.read_text(encoding="utf-8"))
    # YAML reads days as dates; answers hold them as texts.
    plain = (json.loads(json.dumps(row["answers"], default=datetime.date.isoformat)) for row in rows)
    return [Persona(**{**row, "answers": answers}) for row, answers in zip(rows, plain, strict=True)]


class Command(BaseCommand):
    help = "Create an editor, a publisher and some personas to try the admin with, on a development machine only."

    def handle(self, **options):
        if not settings.DEBUG:
            raise CommandError("Demo accounts have known passwords: they are only made with DJANGO_DEBUG=1.")
        for role, email, password in ACCOUNTS:
            self.make(role, email, password)
            self.stdout.write(f"{role}: {email}, password {password}, at /admin/")
        if not Persona.objects.exists():
            Persona.objects.bulk_create(demo_personas())

    def make(self, role, email, password):
        User = get_user_model()
        user, created = User.objects.get_or_create(
            **{User.USERNAME_FIELD: email}, defaults={"email": email, "is_staff": True}
        )
        if created:
            user.set_password(password)
            user.save()
            user.groups.add(Group.objects.get(name=role))
