import logging
import time

from django.db import InterfaceError, OperationalError, connections
from django_tasks_db.management.commands import db_worker

from checklists.updates.tasks import tell_changes

logger = logging.getLogger(__name__)
PAUSE = 5  # seconds


class Command(db_worker.Command):
    """The worker of django-tasks ends when the database is away. This one waits and goes on.

    A task that was running is not run again by itself: ``tell_changes`` takes up whatever it owed.
    """

    # Some of them ask the database.
    requires_system_checks = []

    def handle(self, **options):
        was_away = False
        while True:
            try:
                if was_away:
                    tell_changes.enqueue()
                return super().handle(**options)
            except (OperationalError, InterfaceError) as fault:
                logger.error("The database is away (%s). Trying again in %d seconds.", str(fault).strip(), PAUSE)
                connections.close_all()
                time.sleep(PAUSE)
                was_away = True
