"""The parts of a procedure's page: how to reach the office, what to do, what it costs, what to mind."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from . import validators
from .base import KeyedPart, Part, facts_field, in_order, links_field, matches, one_of, plausible_year, when_field
from .guides import Guide
from .lines import LineField, LinkField
from .procedures import Place, Procedure


class ChannelKind(models.TextChoices):
    ONLINE = "online", _("Online")
    IN_PERSON = "in_person", _("In person")
    POST = "post", _("By post")
    PHONE = "phone", _("By phone")
    EMPLOYER = "employer", _("Through the employer")
    REPRESENTATIVE = "representative", _("Through a representative")
    AUTOMATIC = "automatic", _("Automatic")


class DeadlineKind(models.TextChoices):
    EARLIEST = "earliest", _("Earliest day")
    WINDOW_OPENS = "window_opens", _("Window opens")
    LATEST = "latest", _("Latest day")
    DEADLINE = "deadline", _("Deadline")
    WINDOW_CLOSES = "window_closes", _("Window closes")
    RECOMMENDED = "recommended", _("Recommended day")
    EFFECT = "effect", _("Takes effect")
    VALIDITY = "validity", _("Validity")
    LIMIT = "limit", _("Limit")
    RENEWAL = "renewal", _("Renewal")
    PENSION_AGE = "pension_age", _("Pension age")
    LATEST_IF_COUNTED_FROM_ALTA = "latest_if_counted_from_alta", _("Latest day if counted from the alta")


class Channel(KeyedPart):
    """A way to reach the office."""

    said_in = "name"
    conditions = ("when",)

    procedure = models.ForeignKey(Procedure, models.CASCADE, verbose_name=_("procedure"), related_name="channels")
    kind = models.CharField(_("kind"), max_length=20, choices=ChannelKind)
    name = LineField(_("name"))
    how = models.TextField(_("how"), blank=True, default="")
    url = LinkField(_("URL"), max_length=2000, blank=True, default="")
    place = LineField(
        _("place"),
        max_length=20,
        choices=Place,
        blank=True,
        default="",
        help_text=_("Where the person must be. Empty: where the procedure is, or in the destination if in person."),
    )
    credentials = models.JSONField(
        _("credentials"),
        default=list,
        blank=True,
        validators=[validators.list_of_words],
        help_text=_("Keys of documents, or plain credentials, with commas between: nif-document, clave."),
    )
    file_limits = LineField(_("file limits"), blank=True, default="")
    processing_min_days = models.PositiveSmallIntegerField(_("shortest processing, days"), null=True, blank=True)
    processing_max_days = models.PositiveSmallIntegerField(_("longest processing, days"), null=True, blank=True)
    processing_assumed_days = models.PositiveSmallIntegerField(
        _("assumed processing, days"),
        null=True,
        blank=True,
        help_text=_("A cautious length where nobody tells the usual one, such as the legal maximum. It needs a fact."),
    )
    processing_text = LineField(_("processing, as the source says it"), blank=True, default="")
    when = when_field()
    available = models.BooleanField(
        _("available"), default=True, help_text=_("Not available: still described in old guides, but closed.")
    )
    facts = facts_field()

    class Meta(KeyedPart.Meta):
        verbose_name = _("channel")
        verbose_name_plural = _("channels")
        constraints = [
            *KeyedPart.Meta.constraints,
            one_of("kind", ChannelKind),
            models.CheckConstraint(condition=Q(place__in=["", *Place.values]), name="guides_%(class)s_place_known"),
            in_order("processing_min_days", "processing_max_days"),
        ]


class Step(KeyedPart):
    """One thing to do, in the imperative."""

    conditions = ("when",)

    procedure = models.ForeignKey(Procedure, models.CASCADE, verbose_name=_("procedure"), related_name="steps")
    text = models.TextField(_("text"))
    when = when_field()
    links = links_field()
    facts = facts_field()

    class Meta(KeyedPart.Meta):
        verbose_name = _("step")
        verbose_name_plural = _("steps")


class Fee(KeyedPart):
    """What it costs."""

    conditions = ("when",)

    procedure = models.ForeignKey(Procedure, models.CASCADE, verbose_name=_("procedure"), related_name="fees")
    text = models.TextField(_("text"))
    amount = models.DecimalField(_("amount"), max_digits=10, decimal_places=2, null=True, blank=True)
    amount_to = models.DecimalField(_("amount, at most"), max_digits=10, decimal_places=2, null=True, blank=True)
    currency = LineField(_("currency"), max_length=3, default="EUR", validators=[validators.currency])
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    when = when_field()
    facts = facts_field()

    class Meta(KeyedPart.Meta):
        verbose_name = _("fee")
        verbose_name_plural = _("fees")
        constraints = [
            *KeyedPart.Meta.constraints,
            matches("currency", validators.CURRENCY),
            plausible_year(),
            in_order("amount", "amount_to"),
            models.CheckConstraint(
                condition=(Q(amount=None) | Q(amount__gte=0)) & (Q(amount_to=None) | Q(amount__isnull=False)),
                name="guides_%(class)s_amount_positive",
                violation_error_message=_("An amount is not negative, and a highest amount needs a lowest one."),
            ),
        ]


class Deadline(KeyedPart):
    """A date that matters."""

    conditions = ("when",)
    dates = ("date",)

    procedure = models.ForeignKey(Procedure, models.CASCADE, verbose_name=_("procedure"), related_name="deadlines")
    kind = models.CharField(_("kind"), max_length=40, choices=DeadlineKind)
    text = models.TextField(_("text"))
    date = LineField(
        _("date"),
        max_length=200,
        blank=True,
        default="",
        help_text=_("A date expression such as “arrival_date + 3 months”; empty where nothing can be counted."),
    )
    binding = models.BooleanField(
        _("binding"), default=False, help_text=_("It must be finished by then, not only asked for.")
    )
    assumed = models.BooleanField(
        _("assumed"),
        default=False,
        help_text=_("Counted from a day that is only taken for granted: it raises no alarm."),
    )
    cost = models.TextField(_("cost of being late"), blank=True, default="")
    when = when_field()
    facts = facts_field()

    class Meta(KeyedPart.Meta):
        verbose_name = _("deadline")
        verbose_name_plural = _("deadlines")
        constraints = [*KeyedPart.Meta.constraints, one_of("kind", DeadlineKind)]


class Recurring(KeyedPart):
    """A duty that comes again."""

    conditions = ("when",)
    dates = ("first",)

    procedure = models.ForeignKey(Procedure, models.CASCADE, verbose_name=_("procedure"), related_name="recurring")
    text = models.TextField(_("text"))
    first = LineField(
        _("first day"), max_length=200, help_text=_("A date expression such as “activity_start + 12 months”.")
    )
    every = LineField(
        _("every"),
        max_length=40,
        blank=True,
        default="",
        validators=[validators.span],
        help_text=_("How long after each time it comes again, for example “2 years”."),
    )
    months = models.JSONField(
        _("months"),
        default=list,
        blank=True,
        validators=[validators.list_of_months],
        help_text=_("With a day of the month: only in these, for example 1, 4, 7, 10. Empty means in every month."),
    )
    day = models.PositiveSmallIntegerField(
        _("day of the month"), null=True, blank=True, help_text=_("31 means the last day of each month.")
    )
    when = when_field()
    facts = facts_field()

    class Meta(KeyedPart.Meta):
        verbose_name = _("recurring duty")
        verbose_name_plural = _("recurring duties")
        constraints = [
            *KeyedPart.Meta.constraints,
            matches("every", validators.SPAN, or_empty=True),
            models.CheckConstraint(
                condition=Q(day=None) | Q(day__range=(1, 31)),
                name="guides_%(class)s_day_of_month",
                violation_error_message=_("Write a day from 1 to 31."),
            ),
        ]


class Pitfall(KeyedPart):
    """A trap and its way out."""

    conditions = ("when",)

    procedure = models.ForeignKey(Procedure, models.CASCADE, verbose_name=_("procedure"), related_name="pitfalls")
    text = models.TextField(_("text"))
    fix = models.TextField(_("way out"), blank=True, default="")
    when = when_field()
    facts = facts_field()

    class Meta(KeyedPart.Meta):
        verbose_name = _("pitfall")
        verbose_name_plural = _("pitfalls")


class Faq(Part):
    """A question that people ask, and the answer, on the page of a procedure or in a guide."""

    parents = ("procedure", "guide")
    said_in = "question"

    procedure = models.ForeignKey(
        Procedure, models.CASCADE, verbose_name=_("procedure"), related_name="faqs", null=True, blank=True
    )
    guide = models.ForeignKey(
        Guide, models.CASCADE, verbose_name=_("guide"), related_name="faqs", null=True, blank=True
    )
    question = models.TextField(_("question"))
    answer = models.TextField(_("answer"))
    facts = facts_field()

    class Meta(Part.Meta):
        verbose_name = _("frequent question")
        verbose_name_plural = _("frequent questions")
        constraints = [
            models.CheckConstraint(
                condition=Q(procedure__isnull=False, guide=None) | Q(procedure=None, guide__isnull=False),
                name="guides_%(class)s_one_parent",
                violation_error_message=_("It belongs to a procedure or to a guide, not to both."),
            )
        ]
