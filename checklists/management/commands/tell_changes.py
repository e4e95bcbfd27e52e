from django.core.management.base import BaseCommand

from checklists.firms.cases.refreshing import refresh_cases
from checklists.mail.sending import forget_unconfirmed, send_owed
from checklists.models import OutgoingMail, Rollout
from checklists.updates.rollouts import tell_everybody


class Command(BaseCommand):
    help = (
        "Tell everybody whose checklist an edition has changed, and send the emails that are owed. For cron and rescue."
    )

    def handle(self, **options):
        told = tell_everybody()
        refresh_cases(only_marked=True)
        sent = send_owed()
        forget_unconfirmed()
        self.stdout.write(f"Told {told} checklists, sent {sent} emails.")
        owed = OutgoingMail.objects.overdue().count()
        if owed:
            self.stdout.write(f"{owed} emails are still owed and will be tried again.")
        if Rollout.objects.filter(finished_at=None).exists():
            self.stdout.write("An edition was published in the meantime; run it again.")
