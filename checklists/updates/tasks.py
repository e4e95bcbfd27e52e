from django.tasks import task

from checklists.firms.cases.refreshing import refresh_cases
from checklists.mail.sending import forget_unconfirmed, send_owed

from .rollouts import tell_everybody


@task
def tell_changes() -> None:
    """Tell everybody who is owed it. Safe to run at any time, several times, and after having been killed."""
    tell_everybody()
    refresh_cases(only_marked=True)
    send_owed()
    forget_unconfirmed()
