from django.core.management.base import BaseCommand
from django.utils import timezone

from checklists.privacy.keeping import STEPS


class Command(BaseCommand):
    help = "Delete what is no longer needed, and announce the deletion of archived cases. For cron, once a day."

    def handle(self, **options):
        now = timezone.now()
        for what, step in STEPS.items():
            count = step(now)
            if count or options["verbosity"] > 1:
                self.stdout.write(f"{count} {what}")
        self.stdout.write("The house is kept.")
