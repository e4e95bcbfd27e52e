import datetime
import secrets
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Length
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from guides.models import Edition
from guides.models.lines import LineField

PREVIEWS_LAST = datetime.timedelta(days=1)

models.CharField.register_lookup(Length)
models.TextField.register_lookup(Length)


def new_token() -> str:
    """22 characters that nobody can guess (128 bits): the key to a checklist."""
    return secrets.token_urlsafe(16)


class ChecklistQuerySet(models.QuerySet):
    def live(self):
        """The checklists of readers, without those that editors made to look at a draft."""
        return self.filter(preview=False)

    def previews(self):
        """Those that editors made to look at a draft."""
        return self.filter(preview=True)

    def owned_by(self, user):
        return self.live().filter(owner=user)

    def start(self, *, answers: dict[str, Any], edition: int = 0, owner=None):
        """A new checklist with a link of its own; whoever is signed in owns it. ``edition``: what they have seen."""
        claimed_at = timezone.now() if owner else None
        return self.create(answers=answers, edition=Edition.objects.newest(edition), owner=owner, claimed_at=claimed_at)

    @transaction.atomic
    def start_preview(self, *, answers: dict[str, Any], edition: int):
        """A checklist that only opens in previews. Those of yesterday and before go, whoever made them."""
        self.previews().filter(created_at__lt=timezone.now() - PREVIEWS_LAST).delete()
        return self.create(answers=answers, edition=edition, preview=True)

    def lock(self, wanted: Q) -> dict[int, "Checklist"]:
        """These checklists as they are now, by primary key, locked until the transaction ends."""
        # In the order of their keys, so that two ticks in one household never wait for each other in a ring.
        return {row.pk: row for row in self.filter(wanted).order_by("pk").select_for_update(no_key=True)}


class Checklist(models.Model):
    """One person's answers. Whoever has the link may read and change it; no account is needed.

    ``owner`` is the account that claimed it, at ``claimed_at``. ``link_replaced_at``: when the link was replaced last.
    Who looks at it is no matter of the row: see ``access.access.Access``.

    The plan is computed from the answers and the current edition and is not stored. ``answers`` holds JSON values
    by answer key; null means "not sure". ``put_aside`` are answers that fell away because nothing asked for them any
    more: no plan knows them, and they come back if their question does and the reader says so. ``confirmed`` are
    conflicts of which the reader said that it is so, by the alert's key, each with the answers that it was about.
    ``version`` grows with every change of the answers and refuses a save that
    is based on an older one; ``updated_at`` moves with every change of the answers or of an item. A ``preview`` was
    made by an editor and is only seen in previews.
    """

    token = models.CharField(_("link"), max_length=43, unique=True, default=new_token, editable=False)
    answers = models.JSONField(_("answers"), default=dict, blank=True)
    put_aside = models.JSONField(_("answers put aside"), default=dict, blank=True, editable=False)
    confirmed = models.JSONField(_("confirmed in spite of a conflict"), default=dict, blank=True, editable=False)
    edition = models.PositiveIntegerField(_("edition last seen"), default=0)
    version = models.PositiveIntegerField(_("version"), default=1)
    preview = models.BooleanField(_("preview"), default=False, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="checklists",
        verbose_name=_("owner"),
        null=True,
        blank=True,
        editable=False,
    )
    claimed_at = models.DateTimeField(_("in the account since"), null=True, blank=True, editable=False)
    link_replaced_at = models.DateTimeField(_("link replaced"), null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("last changed"), auto_now=True)

    objects = ChecklistQuerySet.as_manager()

    class Meta:
        verbose_name = _("checklist")
        verbose_name_plural = _("checklists")
        constraints = [
            models.CheckConstraint(name="checklist_version_is_positive", condition=Q(version__gte=1)),
            models.CheckConstraint(name="checklist_has_a_long_token", condition=Q(token__length__gte=20)),
            models.CheckConstraint(
                name="checklist_is_claimed_by_an_account", condition=Q(claimed_at=None) | Q(owner__isnull=False)
            ),
        ]

    def __str__(self):
        return f"{self._meta.verbose_name} {self.pk}"

    def get_absolute_url(self):
        """The client's own secret link: for their pages and mails, never for a firm, which has an Access."""
        return reverse("checklists:checklist", args=[self.token])

    def replace_link(self) -> None:
        """Give the checklist a new link; the old one leads nowhere from now on."""
        self.token, self.link_replaced_at = new_token(), timezone.now()
        self.save(update_fields=["token", "link_replaced_at", "updated_at"])

    @property
    def is_theirs_alone(self) -> bool:
        """Whether the link is known to the client only, so that no firm may have it mailed to an address it typed.

        Who claimed the checklist has the link in their account; who let a firm in by a code began without it; who
        replaced the link wanted nobody else to have it.
        """
        if self.owner_id is not None or self.link_replaced_at is not None:
            return True
        return self.codes.exclude(used_at=None).exists()


class ChecklistItem(models.Model):
    """What a person has ticked or noted at one line of the plan. Lines without either have no row.

    ``key`` is the key of the procedure or document, ``procedure/step`` for a step, and ``procedure/duty/day`` for one
    day of a duty that comes again. A row whose line is no longer in the plan is kept: it is shown as no longer needed,
    and comes back with its line. At a procedure that is not done, ``date`` is the day of the appointment for it, of
    which ``time``, ``office`` and ``address`` tell the rest; later it is the day on which it was done.
    """

    class Kind(models.TextChoices):
        PROCEDURE = "procedure", _("procedure")
        STEP = "step", _("step")
        DOCUMENT = "document", _("document")
        RECURRING = "recurring", _("duty that comes again")

    NOTE_LENGTH = 2000
    PLACE_LENGTH = 200

    checklist = models.ForeignKey(
        Checklist, on_delete=models.CASCADE, related_name="items", verbose_name=_("checklist")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    key = models.CharField(_("key"), max_length=245)
    done = models.BooleanField(_("done"), default=False)
    date = models.DateField(_("date"), null=True, blank=True)
    time = models.TimeField(_("time"), null=True, blank=True)
    office = LineField(_("office"), max_length=PLACE_LENGTH, blank=True, default="")
    address = LineField(_("address"), max_length=PLACE_LENGTH, blank=True, default="")
    note = models.TextField(_("note"), blank=True, default="", max_length=NOTE_LENGTH)
    version = models.PositiveIntegerField(_("version"), default=1)
    updated_at = models.DateTimeField(_("last changed"), auto_now=True)

    class Meta:
        verbose_name = _("checklist item")
        verbose_name_plural = _("checklist items")
        constraints = [
            models.UniqueConstraint(name="one_item_for_each_line", fields=["checklist", "kind", "key"]),
            models.CheckConstraint(
                name="item_kind_is_known", condition=Q(kind__in=["procedure", "step", "document", "recurring"])
            ),
            models.CheckConstraint(name="item_has_a_key", condition=~Q(key="")),
            models.CheckConstraint(name="item_note_is_short", condition=Q(note__length__lte=2000)),
        ]

    def __str__(self):
        return f"{self.kind} {self.key}"
