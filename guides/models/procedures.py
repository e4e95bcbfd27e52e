from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from . import validators
from .base import Entry, KeyedPart, Part, facts_field, matches, never_field, one_of, when_field
from .documents import Document
from .lines import LineField
from .places import Authority, Country


class Place(models.TextChoices):
    DESTINATION = "destination", _("In the destination")
    ABROAD = "abroad", _("Abroad")
    ANYWHERE = "anywhere", _("Anywhere")


class Strength(models.TextChoices):
    REQUIRED = "required", _("Required")
    CONDITIONAL = "conditional", _("Conditional")
    RECOMMENDED = "recommended", _("Recommended")


class Procedure(Entry):
    """Something to do at an office."""

    conditions = ("required_when", "recommended_when", "optional_when", "done_when")

    country = models.ForeignKey(Country, models.PROTECT, verbose_name=_("country"), related_name="procedures")
    name = LineField(_("name"))
    local_name = LineField(_("local name"))
    summary = models.TextField(_("summary"), help_text=_("What it is and what it gives, in one or two sentences."))
    reason = models.TextField(_("reason"), help_text=_("Why somebody needs it, in one sentence to the reader."))
    authority = models.ForeignKey(Authority, models.PROTECT, verbose_name=_("authority"), related_name="procedures")
    order = models.IntegerField(_("order"), help_text=_("The place among equals; lower comes first."))
    required_when = never_field(_("required when"))
    recommended_when = never_field(_("recommended when"))
    optional_when = never_field(_("optional when"))
    done_when = never_field(_("done when"))
    place = models.CharField(_("place"), max_length=20, choices=Place, default=Place.DESTINATION)
    by_employer = models.BooleanField(
        _("by the employer"), default=False, help_text=_("Somebody else files it; the person only checks.")
    )
    ongoing = models.BooleanField(
        _("ongoing"), default=False, help_text=_("A duty without an end, which nobody can tick as finished.")
    )
    outputs = models.ManyToManyField(Document, verbose_name=_("outputs"), blank=True, related_name="given_by")
    facts = facts_field()

    class Meta(Entry.Meta):
        ordering = ["country", "order", "key"]
        verbose_name = _("procedure")
        verbose_name_plural = _("procedures")
        constraints = [*Entry.Meta.constraints, one_of("place", Place)]

    def __str__(self):
        return f"{self.name} ({self.key})"


class Dependency(Part):
    """Another procedure that comes first."""

    parents = ("dependent",)
    conditions = ("when",)

    dependent = models.ForeignKey(
        Procedure, models.CASCADE, verbose_name=_("dependent procedure"), related_name="requires"
    )
    procedure = models.ForeignKey(
        Procedure, models.RESTRICT, verbose_name=_("procedure that comes first"), related_name="required_by"
    )
    strength = models.CharField(_("strength"), max_length=20, choices=Strength, default=Strength.REQUIRED)
    when = when_field()
    why = models.TextField(_("why"), blank=True, default="")
    facts = facts_field()

    class Meta(Part.Meta):
        verbose_name = _("dependency")
        verbose_name_plural = _("dependencies")
        constraints = [
            one_of("strength", Strength),
            models.CheckConstraint(
                condition=~Q(procedure=F("dependent")),
                name="guides_%(class)s_not_on_itself",
                violation_error_message=_("A procedure cannot come before itself."),
            ),
        ]

    def __str__(self):
        return str(self.procedure) if self.procedure_id else ""


class Requirement(KeyedPart):
    """Something that must be shown; one of its alternatives is enough."""

    said_in = "name"
    conditions = ("when",)

    procedure = models.ForeignKey(Procedure, models.CASCADE, verbose_name=_("procedure"), related_name="requirements")
    name = LineField(_("name"))
    when = when_field()
    discretion = models.TextField(
        _("discretion"),
        blank=True,
        default="",
        help_text=_("What only some offices ask for, in words. It never blocks."),
    )
    why = models.TextField(_("why"), blank=True, default="")
    facts = facts_field()

    class Meta(KeyedPart.Meta):
        verbose_name = _("requirement")
        verbose_name_plural = _("requirements")


class Alternative(Part):
    """One way to meet a requirement: all its documents together."""

    parents = ("requirement",)
    conditions = ("when",)

    requirement = models.ForeignKey(
        Requirement, models.CASCADE, verbose_name=_("requirement"), related_name="alternatives"
    )
    documents = models.ManyToManyField(Document, verbose_name=_("documents"), related_name="alternatives")
    when = when_field()
    why = models.TextField(_("why"), blank=True, default="", help_text=_("Why it is recommended over the next one."))
    max_age = LineField(
        _("greatest age"),
        max_length=40,
        blank=True,
        default="",
        validators=[validators.span],
        help_text=_("How old the documents may be when they are handed in, for example “3 months”."),
    )
    facts = facts_field()

    class Meta(Part.Meta):
        verbose_name = _("alternative")
        verbose_name_plural = _("alternatives")
        constraints = [matches("max_age", validators.SPAN, or_empty=True)]

    def __str__(self):
        return " + ".join(document.name for document in self.documents.all()) if self.pk else ""
