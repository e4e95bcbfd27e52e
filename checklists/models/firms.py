"""A firm of advisors, who belongs to it, and what it has set up for its work."""

import datetime
import zoneinfo
from collections.abc import Iterable

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from guides.models.lines import AddressField, LineField

from .checklist import new_token


def no_such_time_zone(name: str) -> None:
    """Raises ValidationError for a name that is no time zone."""
    if name not in zoneinfo.available_timezones():
        raise ValidationError(_("There is no time zone of this name. Write it like Europe/Madrid."))


KEPT_BY_CHAIN = ("id", "history_length", "history_head", "cases_changed")


class OrganisationQuerySet(models.QuerySet):
    def of(self, user):
        """The firms that this person belongs to, in whatever role."""
        return self.filter(memberships__user=user)

    def lock(self, keys: Iterable[int]) -> None:
        """Lock the firms with these primary keys until the transaction ends.

        In one order, so that no two writers wait for each other in a ring.
        """
        list(self.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk"))


class Organisation(models.Model):
    """A firm of relocation advisors. Nothing crosses from one to another.

    ``history_length`` and ``history_head`` are the end of the firm's chain of history entries; ``cases_changed``
    grows with every change of its cases, and what the board caches is of one such state. ``keep_months``: how long an
    archived case is kept.
    """

    name = LineField(_("name"), max_length=120)
    slug = models.SlugField(_("address"), max_length=60, unique=True)
    time_zone = LineField(_("time zone"), max_length=60, default="Europe/Madrid", validators=[no_such_time_zone])
    keep_months = models.PositiveSmallIntegerField(_("months for which archived cases are kept"), default=24)
    stuck_after_days = models.PositiveSmallIntegerField(_("days without progress until a case is stuck"), default=14)
    mail_shows_content = models.BooleanField(_("emails show what messages say"), default=False)
    history_length = models.PositiveBigIntegerField(default=0, editable=False)
    history_head = models.CharField(max_length=64, default="", blank=True, editable=False)
    cases_changed = models.PositiveBigIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("firm")
        verbose_name_plural = _("firms")
        constraints = [
            models.CheckConstraint(name="firm_has_a_name", condition=~Q(name="")),
            models.CheckConstraint(name="firm_keeps_cases_a_while", condition=Q(keep_months__range=(1, 120))),
            models.CheckConstraint(name="firm_has_patience", condition=Q(stuck_after_days__range=(1, 365))),
        ]

    def __str__(self):
        return self.name

    def save(self, *, update_fields=None, **kwargs):
        """Without a list of fields, all but the ends that ``history.chain`` keeps: a row that was read a while ago
        must not set them back."""
        if update_fields is None and not self._state.adding:
            names = (field.name for field in self._meta.local_concrete_fields)
            update_fields = [name for name in names if name not in KEPT_BY_CHAIN]
        super().save(update_fields=update_fields, **kwargs)

    def lock(self) -> "Organisation":
        """The firm as it is now, locked until the transaction ends. Whoever changes several rows locks it first."""
        # Without the key: rows that only point to the firm can be made at the same time, and no two writers wait in a
        # ring.
        return Organisation.objects.select_for_update(no_key=True).get(pk=self.pk)

    def outdate_board(self) -> None:
        """Have everything made anew that is cached for this state of the firm; its history does so with each entry."""
        Organisation.objects.filter(pk=self.pk).update(cases_changed=F("cases_changed") + 1)

    def today(self) -> datetime.date:
        """The day that it is where the firm works."""
        return timezone.localdate(timezone=zoneinfo.ZoneInfo(self.time_zone))


class Role(models.TextChoices):
    OWNER = "owner", _("owner")
    ADVISOR = "advisor", _("advisor")
    VIEWER = "viewer", _("viewer")


# Who may change cases; viewers only look.
WORKING = (Role.OWNER, Role.ADVISOR)


class Membership(models.Model):
    """Somebody's place in a firm. Without this row they see nothing of it, from the next request on."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="memberships", verbose_name=_("firm")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships", verbose_name=_("account")
    )
    role = models.CharField(_("role"), max_length=10, choices=Role)
    joined_at = models.DateTimeField(_("joined"), auto_now_add=True)

    class Meta:
        ordering = ["joined_at", "pk"]
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(name="one_membership_in_a_firm", fields=["organisation", "user"]),
            models.CheckConstraint(
                name="membership_role_is_known", condition=Q(role__in=["owner", "advisor", "viewer"])
            ),
        ]

    def __str__(self):
        return f"{self.user}, {self.get_role_display()}"

    @property
    def leads(self) -> bool:
        return self.role == Role.OWNER

    @property
    def works(self) -> bool:
        """Whether this person may change cases."""
        return self.role in WORKING

    @cached_property
    def other_firms(self) -> list[tuple[str, str]]:
        """The addresses and names of the further firms of the same person."""
        return list(Organisation.objects.of(self.user).exclude(pk=self.organisation_id).values_list("slug", "name"))


INVITATION_LASTS = datetime.timedelta(days=7)


def in_a_week() -> datetime.datetime:
    return timezone.now() + INVITATION_LASTS


class InvitationQuerySet(models.QuerySet):
    def open(self):
        return self.filter(used_at=None, expires_at__gt=timezone.now())


class Invitation(models.Model):
    """An invitation into a firm, sent to one address, good once and for a week. Withdrawing it deletes the row."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="invitations", verbose_name=_("firm")
    )
    email = AddressField(_("email"))
    role = models.CharField(_("role"), max_length=10, choices=Role, default=Role.ADVISOR)
    key = models.CharField(_("key"), max_length=43, unique=True, default=new_token, editable=False)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", verbose_name=_("invited by"), null=True
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    expires_at = models.DateTimeField(_("expires"), default=in_a_week)
    used_at = models.DateTimeField(_("used"), null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.UniqueConstraint(
                name="one_open_invitation", fields=["organisation", "email"], condition=Q(used_at=None)
            ),
            models.CheckConstraint(
                name="invitation_role_is_known", condition=Q(role__in=["owner", "advisor", "viewer"])
            ),
        ]

    def __str__(self):
        return f"{self._meta.verbose_name} {self.pk}"

    @property
    def is_open(self) -> bool:
        """Whether it can be accepted now."""
        return self.used_at is None and self.expires_at > timezone.now()


class Stage(models.Model):
    """How far a case is, in the firm's own words and order."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="stages", verbose_name=_("firm")
    )
    name = LineField(_("name"), max_length=40)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("stage")
        verbose_name_plural = _("stages")
        constraints = [models.UniqueConstraint(name="one_stage_of_a_name", fields=["organisation", "name"])]

    def __str__(self):
        return self.name


class Label(models.Model):
    """A word by which a firm finds cases again."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="labels", verbose_name=_("firm")
    )
    name = LineField(_("name"), max_length=40)

    class Meta:
        ordering = ["name"]
        verbose_name = _("label")
        verbose_name_plural = _("labels")
        constraints = [models.UniqueConstraint(name="one_label_of_a_name", fields=["organisation", "name"])]

    def __str__(self):
        return self.name


class AnswerTemplate(models.Model):
    """A text that a firm sends often. ``text`` may hold merge fields like ``{client}`` (see ``members.merging``)."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="templates", verbose_name=_("firm")
    )
    name = LineField(_("name"), max_length=80)
    text = models.TextField(_("text"), max_length=4000)

    class Meta:
        ordering = ["name"]
        verbose_name = _("answer template")
        verbose_name_plural = _("answer templates")
        constraints = [models.UniqueConstraint(name="one_template_of_a_name", fields=["organisation", "name"])]

    def __str__(self):
        return self.name


class SavedView(models.Model):
    """Filters of the board under a name, for one person. ``query`` is the query string of the address."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="views", verbose_name=_("firm")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_views", verbose_name=_("account")
    )
    name = LineField(_("name"), max_length=60)
    query = LineField(_("filters"), max_length=1000)

    class Meta:
        ordering = ["name"]
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        constraints = [models.UniqueConstraint(name="one_view_of_a_name", fields=["organisation", "user", "name"])]

    def __str__(self):
        return self.name
