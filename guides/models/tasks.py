from django.db import models
from django.utils.translation import gettext_lazy as _

from . import validators
from .base import Entry, facts_field, links_field, one_of, when_field
from .lines import LineField
from .places import Country
from .procedures import Procedure


class Task(Entry):
    """One thing to reach, whichever way is taken."""

    country = models.ForeignKey(Country, models.PROTECT, verbose_name=_("country"), related_name="tasks")
    name = LineField(_("name"))
    local_name = LineField(_("local name"), blank=True, default="")
    ways = models.ManyToManyField(
        Procedure,
        verbose_name=_("ways"),
        related_name="tasks",
        help_text=_("Procedures of which one is enough. The task reaches what all of them give."),
    )

    class Meta(Entry.Meta):
        verbose_name = _("task")
        verbose_name_plural = _("tasks")

    def __str__(self):
        return f"{self.name} ({self.key})"


class Phase(models.TextChoices):
    BEFORE_YOU_MOVE = "before_you_move", _("Before you move")
    FIRST_WEEKS = "first_weeks", _("First weeks")
    FIRST_MONTHS = "first_months", _("First months")
    LATER = "later", _("Later")


class Pointer(Entry):
    """What people should also think of; no task."""

    conditions = ("when",)

    country = models.ForeignKey(Country, models.PROTECT, verbose_name=_("country"), related_name="pointers")
    name = LineField(_("name"))
    local_name = LineField(_("local name"), blank=True, default="")
    text = models.TextField(_("text"))
    phase = models.CharField(_("phase"), max_length=20, choices=Phase)
    order = models.IntegerField(_("order"), default=0, help_text=_("The place among equals; lower comes first."))
    when = when_field()
    links = links_field()
    facts = facts_field()

    class Meta(Entry.Meta):
        ordering = ["order", "key"]
        verbose_name = _("pointer")
        verbose_name_plural = _("pointers")
        constraints = [*Entry.Meta.constraints, one_of("phase", Phase)]

    def __str__(self):
        return f"{self.name} ({self.key})"


class AlertKind(models.TextChoices):
    DANGER = "danger", _("Danger: the right to stay or to work is lost or about to be")
    LATE = "late", _("Late: a day has passed, the right still stands")
    CONFLICT = "conflict", _("Conflict: answers that cannot all be true")
    NOT_COVERED = "not_covered", _("Not covered: the catalogue does not describe this case")
    NOTICE = "notice", _("Notice: something dated that everybody in this case should know")


class Alert(Entry):
    """Something that must be read first."""

    conditions = ("when",)
    dates = ("date",)

    country = models.ForeignKey(
        Country, models.PROTECT, verbose_name=_("country"), related_name="alerts", null=True, blank=True
    )
    kind = models.CharField(_("kind"), max_length=20, choices=AlertKind)
    order = models.IntegerField(_("order"), default=0, help_text=_("The place among equals; lower comes first."))
    when = LineField(_("when"), max_length=2000, help_text=_("A condition: who reads it."))
    about = models.JSONField(
        _("about"),
        default=list,
        blank=True,
        validators=[validators.list_of_words],
        help_text=_("Keys of questions, procedures or documents, with commas between: residence_basis, nie."),
    )
    text = models.TextField(
        _("text"), help_text=_("What is so. Here and below, {date} is the date, and {arrival_date} such an answer.")
    )
    cost = models.TextField(_("cost"), blank=True, default="", help_text=_("What it can cost."))
    action = models.TextField(_("action"), blank=True, default="", help_text=_("What to do now."))
    date = LineField(
        _("date"), max_length=200, blank=True, default="", help_text=_("A date expression; empty where none counts.")
    )
    impossible = models.BooleanField(
        _("impossible"), default=False, help_text=_("Of a conflict: such answers are refused.")
    )
    stops = models.ManyToManyField(
        Procedure,
        verbose_name=_("stops"),
        blank=True,
        related_name="stopped_by",
        help_text=_("Procedures that cannot be started, and for which no day is counted, while it holds."),
    )
    facts = facts_field()

    class Meta(Entry.Meta):
        ordering = ["order", "key"]
        verbose_name = _("alert")
        verbose_name_plural = _("alerts")
        constraints = [
            *Entry.Meta.constraints,
            one_of("kind", AlertKind),
            models.CheckConstraint(condition=~models.Q(when=""), name="guides_%(class)s_when_given"),
        ]

    def __str__(self):
        return self.text
