from django.tasks import task

from .sending import send_owed


@task
def send_mail() -> None:
    """Send the mail that is owed."""
    send_owed()
