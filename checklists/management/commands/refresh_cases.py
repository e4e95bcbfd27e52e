from django.core.management.base import BaseCommand

from checklists.firms.cases.refreshing import forget_files, refresh_cases


class Command(BaseCommand):
    help = "Bring what the boards keep of each case's plan to today, and delete forgotten files of clients. For cron."

    def handle(self, **options):
        self.stdout.write(f"Brought {refresh_cases()} cases to today.")
        if forgotten := forget_files():
            self.stdout.write(f"Deleted {forgotten} files of clients that nobody agreed to.")
