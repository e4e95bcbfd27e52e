import secrets
import uuid
from urllib.parse import urlsplit

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .checklist import Checklist
from .updates import ChangeNotice


def new_key() -> str:
    """22 characters that nobody can guess: the key to one subscription, in the links of its mails."""
    return secrets.token_urlsafe(16)


def new_message_id() -> str:
    """Fixed before the first try, so that a mail that is sent twice is recognised as one."""
    return f"<{uuid.uuid4().hex}@{urlsplit(settings.SITE_URL).hostname}>"


class Subscription(models.Model):
    """An address that wants to hear of changes to one checklist. The address is kept nowhere else.

    ``agreed_at``: when the form was sent. ``confirmed_at``: when the owner of the address followed the link in the
    first mail; before that nothing else is sent. Deleting the row forgets the address and all mail that is owed to it.
    """

    checklist = models.OneToOneField(
        Checklist, on_delete=models.CASCADE, related_name="subscription", verbose_name=_("checklist")
    )
    email = models.EmailField(_("email"), db_index=True)
    key = models.CharField(_("key"), max_length=43, unique=True, default=new_key, editable=False)
    agreed_at = models.DateTimeField(_("agreed at"), default=timezone.now)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)

    class Meta:
        verbose_name = _("subscription")
        verbose_name_plural = _("subscriptions")
        constraints = [
            models.CheckConstraint(name="subscription_has_an_address", condition=~Q(email="")),
            models.CheckConstraint(name="subscription_has_a_long_key", condition=Q(key__length__gte=20)),
        ]

    def __str__(self):
        return f"{self._meta.verbose_name} {self.pk}"


class OutgoingMailQuerySet(models.QuerySet):
    def due(self):
        """What is to be sent now. A subscription gets nothing but the question whether it is wanted until it agrees."""
        agreed = Q(subscription=None) | Q(kind=OutgoingMail.CONFIRM) | Q(subscription__confirmed_at__isnull=False)
        return self.filter(agreed, sent_at=None, next_try_at__lte=timezone.now())

    def overdue(self):
        """What is owed still, without letters that wait for their time."""
        return self.filter(Q(tries__gte=1) | Q(next_try_at__lte=timezone.now()), sent_at=None)


class OutgoingMail(models.Model):
    """A mail that is to be sent. The row is there before the mail is.

    It goes to one address, ``to``, or to a ``subscription``, whose address is kept nowhere else. ``kind`` says which
    function writes it (see ``mail.letters``); ``organisation``, ``person``, ``notice`` and ``about`` say what of,
    ``about`` by the keys of rows. What has been said otherwise by then is not sent: a digest without news is dropped
    when its time comes. ``tries`` counts the beginnings, ``next_try_at`` moves away with each.
    """

    # The kinds that a subscription gets: the question whether mail is wanted, and what a notice says.
    CONFIRM, CHANGES = "confirm", "changes"

    kind = models.CharField(_("kind"), max_length=30)
    to = models.EmailField(_("to"), blank=True)
    subscription = models.ForeignKey(
        Subscription, on_delete=models.CASCADE, related_name="mails", verbose_name=_("subscription"), null=True
    )
    organisation = models.ForeignKey(
        "checklists.Organisation", on_delete=models.CASCADE, related_name="+", verbose_name=_("firm"), null=True
    )
    person = models.ForeignKey(
        "checklists.CasePerson", on_delete=models.CASCADE, related_name="letters", verbose_name=_("person"), null=True
    )
    # One to one: a notice is told by mail at most once.
    notice = models.OneToOneField(
        ChangeNotice, on_delete=models.CASCADE, related_name="mail", verbose_name=_("notice"), null=True
    )
    about = models.JSONField(_("about"), default=dict)
    message_id = models.CharField(_("message ID"), max_length=255, unique=True, default=new_message_id)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    tries = models.PositiveIntegerField(_("tries"), default=0)
    next_try_at = models.DateTimeField(_("next try at"), default=timezone.now)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)

    objects = OutgoingMailQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("email")
        verbose_name_plural = _("emails")
        constraints = [
            models.CheckConstraint(name="outgoing_mail_tried_before_sent", condition=Q(sent_at=None) | Q(tries__gte=1)),
            models.CheckConstraint(
                name="outgoing_mail_goes_to_one_place",
                condition=(Q(subscription=None) & ~Q(to="")) | Q(subscription__isnull=False, to=""),
            ),
            models.CheckConstraint(
                name="outgoing_mail_of_a_subscription",
                condition=Q(kind="confirm", subscription__isnull=False, notice=None)
                | Q(kind="changes", subscription__isnull=False, notice__isnull=False)
                | (~Q(kind__in=["confirm", "changes"]) & Q(subscription=None, notice=None)),
            ),
        ]
        indexes = [models.Index(name="outgoing_mail_that_is_owed", fields=["next_try_at"], condition=Q(sent_at=None))]

    def __str__(self):
        return f"{self._meta.verbose_name} {self.pk}"

    @property
    def address(self) -> str:
        return self.subscription.email if self.subscription else self.to
