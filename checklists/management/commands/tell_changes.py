from django.core.management.base import BaseCommand
from django.utils import timezone

from checklists.firms.cases.refreshing import refresh_cases
from checklists.mail.sending import forget_unconfirmed, send_owed
from checklists.models import OutgoingMail, Rollout
from checklists.updates.rollouts import tell_everybody
from guides.editions.publications import publish_due


class Command(BaseCommand):
    help = (
        "Publish what is due, tell everybody whose checklist an edition has changed, and send the emails that are owed."
        " For cron and rescue."
    )

    def handle(self, **options):
        begun = timezone.now()
        for row in publish_due():
            self.stdout.write(f"{row.edition} is current, as planned." if row.edition else row.outcome)
        told = tell_everybody()
        refresh_cases(only_marked=True)
        sent = send_owed()
        forget_unconfirmed()
        self.stdout.write(f"Told {told} checklists, sent {sent} emails.")
        given_up = OutgoingMail.objects.undelivered().filter(given_up_at__gte=begun).count()
        if given_up:
            self.stdout.write(f"{given_up} emails could not be delivered and were given up.")
        owed = OutgoingMail.objects.overdue().count()
        if owed:
            self.stdout.write(f"{owed} emails are still owed and will be tried again.")
        if Rollout.objects.filter(finished_at=None).exists():
            self.stdout.write("An edition was published in the meantime; run it again.")
