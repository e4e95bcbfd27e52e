"""A mail server that can be away, refuse addresses and break."""

import smtplib
from dataclasses import dataclass, field

from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone

from checklists.mail.sending import send_owed
from checklists.models import OutgoingMail


@dataclass
class MailServer:
    """``faults``: what is raised for mail to an address. ``asked`` counts connections, ``tried`` has the messages."""

    faults: dict[str, Exception] = field(default_factory=dict)
    is_away: bool = False
    asked: int = 0
    tried: list = field(default_factory=list)

    def refuse(self, address, code=550):
        self.faults[address] = smtplib.SMTPRecipientsRefused({address: (code, b"5.1.1 User unknown")})

    def install(self, monkeypatch):
        accept = EmailBackend.send_messages

        def open_connection(backend):
            self.asked += 1
            if self.is_away:
                raise ConnectionRefusedError

        def send_messages(backend, messages):
            self.tried += messages
            for message in messages:
                if fault := self.faults.get(message.to[0]):
                    raise fault
            return accept(backend, messages)

        monkeypatch.setattr(EmailBackend, "open", open_connection)
        monkeypatch.setattr(EmailBackend, "send_messages", send_messages)


def send_now():
    """Send whatever is owed, as if all pauses were over. How many were sent."""
    OutgoingMail.objects.owed().update(next_try_at=timezone.now())
    return send_owed()


def send_until_given_up():
    """Try what is owed again and again, until nothing is owed."""
    for _try in range(20):
        send_now()
    assert not OutgoingMail.objects.owed().exists()
