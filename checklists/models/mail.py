import secrets
import uuid
from collections.abc import Iterable
from urllib.parse import urlsplit

from django.conf import settings
from django.db import models
from django.db.models import Max, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from guides.models.lines import AddressField

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
    email = AddressField(_("email"), db_index=True)
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

    @cached_property
    def last_mail(self) -> "OutgoingMail | None":
        return self.mails.order_by("-pk").first()


class OutgoingMailQuerySet(models.QuerySet):
    def due(self):
        """What is to be sent now. A subscription gets nothing but the question whether it is wanted until it agrees."""
        agreed = Q(subscription=None) | Q(kind=OutgoingMail.CONFIRM) | Q(subscription__confirmed_at__isnull=False)
        return self.owed().filter(agreed, next_try_at__lte=timezone.now())

    def owed(self):
        """What was neither sent nor given up."""
        return self.filter(sent_at=None, given_up_at=None)

    def overdue(self):
        """What is owed still, without letters that wait for their time."""
        return self.owed().filter(Q(tries__gte=1) | Q(next_try_at__lte=timezone.now()))

    def undelivered(self):
        """What never reached anybody, though there was something to say."""
        return self.filter(given_up_for__in=OutgoingMail.UNDELIVERED)

    def last_to(self, addresses: Iterable[str]) -> dict[str, "OutgoingMail"]:
        """The last of these mails to each of these addresses, by the address in lower case."""
        wanted = {address.lower() for address in addresses}
        lower = self.annotate(address_in_lower_case=Lower("to")).filter(address_in_lower_case__in=wanted)
        last = lower.order_by().values("address_in_lower_case").annotate(last=Max("pk")).values("last")
        return {mail.to.lower(): mail for mail in OutgoingMail.objects.filter(pk__in=last)}


class OutgoingMail(models.Model):
    """A mail that is to be sent. The row is there before the mail is.

    It goes to one address, ``to``, or to a ``subscription``, whose address is kept nowhere else. ``kind`` says which
    function writes it (see ``mail.letters``); ``organisation``, ``person``, ``notice`` and ``about`` say what of,
    ``about`` by the keys of rows. What has been said otherwise by then is not sent: a digest without news is dropped
    when its time comes. ``tries`` counts the beginnings, ``next_try_at`` moves away with each.

    It is owed until it was sent (``sent_at``) or given up (``given_up_at``, and ``given_up_for`` what).
    """

    class GivenUpFor(models.TextChoices):
        REFUSED = "refused", _("the address takes no email")
        UNREACHED = "unreached", _("it could not be delivered for days")
        NEEDLESS = "needless", _("nothing was left to say")

    # The kinds that a subscription gets: the question whether mail is wanted, and what a notice says.
    CONFIRM, CHANGES = "confirm", "changes"
    UNDELIVERED = (GivenUpFor.REFUSED, GivenUpFor.UNREACHED)

    kind = models.CharField(_("kind"), max_length=30)
    to = AddressField(_("to"), blank=True)
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
    given_up_at = models.DateTimeField(_("given up at"), null=True, blank=True)
    given_up_for = models.CharField(_("given up because"), max_length=10, choices=GivenUpFor, blank=True, default="")

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
            models.CheckConstraint(
                name="outgoing_mail_given_up_for_a_reason",
                condition=Q(given_up_at=None, given_up_for="")
                | Q(sent_at=None, given_up_at__isnull=False, given_up_for__in=["refused", "unreached", "needless"]),
            ),
        ]
        indexes = [
            models.Index(
                name="outgoing_mail_that_is_owed",
                fields=["next_try_at"],
                condition=Q(sent_at=None, given_up_at=None),
            )
        ]

    def __str__(self):
        return f"{self._meta.verbose_name} {self.pk}"

    @property
    def address(self) -> str:
        return self.subscription.email if self.subscription else self.to

    @property
    def is_owed(self) -> bool:
        return self.sent_at is None and self.given_up_at is None

    @property
    def is_undelivered(self) -> bool:
        """Whether it never reached anybody, though there was something to say."""
        return self.given_up_for in self.UNDELIVERED
