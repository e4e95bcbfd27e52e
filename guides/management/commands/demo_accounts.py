from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from guides.editors import editors_group

EMAIL = "editor@example.org"
PASSWORD = "edit-the-checklist"


class Command(BaseCommand):
    help = "Create an editor to try the admin with, on a development machine only."

    def handle(self, **options):
        if not settings.DEBUG:
            raise CommandError("Demo accounts have known passwords: they are only made with DJANGO_DEBUG=1.")
        User = get_user_model()
        editor, created = User.objects.get_or_create(
            **{User.USERNAME_FIELD: EMAIL}, defaults={"email": EMAIL, "is_staff": True}
        )
        if created:
            editor.set_password(PASSWORD)
            editor.save()
            editor.groups.add(editors_group())
        self.stdout.write(f"Editor of the catalogue: {EMAIL}, password {PASSWORD}, at /admin/")
