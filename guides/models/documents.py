from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from . import validators
from .base import Entry, Part, facts_field, never_field, one_of, plausible_year, when_field
from .evidence import Confidence
from .lines import LineField, LinkField
from .places import Country


class Origin(models.TextChoices):
    HOME_COUNTRY = "home_country", _("Home country")
    CONSULATE = "consulate", _("Consulate")
    AUTHORITY = "authority", _("Authority")
    TOWN_HALL = "town_hall", _("Town hall")
    EMPLOYER = "employer", _("Employer")
    BANK_OR_FEE = "bank_or_fee", _("Bank or fee")
    LANDLORD = "landlord", _("Landlord")
    SCHOOL = "school", _("School")
    INSURER = "insurer", _("Insurer")
    PROFESSIONAL = "professional", _("Professional")
    YOURSELF = "yourself", _("Yourself")


class DocumentKind(models.TextChoices):
    PAPER = "paper", _("Paper")
    FORM = "form", _("Form to fill in")
    PHOTO = "photo", _("Photo")
    PAYMENT = "payment", _("Payment")


class Form(models.TextChoices):
    ORIGINAL = "original", _("Original")
    COPY = "copy", _("Copy")
    ORIGINAL_AND_COPY = "original_and_copy", _("Original and copy")
    DIGITAL = "digital", _("Digital")
    INFORMATION = "information", _("Information")


class Need(models.TextChoices):
    NO = "no", _("No")
    IF_FOREIGN = "if_foreign", _("If foreign")
    YES = "yes", _("Yes")


class Document(Entry):
    """A paper, number or piece of data that somebody asks for."""

    conditions = ("held_when",)

    country = models.ForeignKey(
        Country, models.PROTECT, verbose_name=_("country"), related_name="documents", null=True, blank=True
    )
    name = LineField(_("name"))
    local_name = LineField(_("local name"), blank=True, default="")
    origin = models.CharField(_("origin"), max_length=20, choices=Origin)
    issuer = LineField(_("issuer"), help_text=_("Who issues it, in words."))
    how = models.TextField(_("how to get it"), blank=True, default="")
    kind = models.CharField(_("kind"), max_length=20, choices=DocumentKind, default=DocumentKind.PAPER)
    form = models.CharField(_("form"), max_length=20, choices=Form, default=Form.ORIGINAL)
    translation = models.CharField(_("translation"), max_length=20, choices=Need, default=Need.NO)
    apostille = models.CharField(_("apostille"), max_length=20, choices=Need, default=Need.NO)
    validity = LineField(_("validity"), blank=True, default="", help_text=_("How long it is good, in words."))
    url = LinkField(_("URL"), max_length=2000, blank=True, default="")
    held_when = never_field(_("held when"))
    facts = facts_field()

    class Meta(Entry.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        constraints = [
            *Entry.Meta.constraints,
            one_of("origin", Origin),
            one_of("kind", DocumentKind),
            one_of("form", Form),
            one_of("translation", Need),
            one_of("apostille", Need),
        ]

    def __str__(self):
        return f"{self.name} ({self.key})"


class Cover(Part):
    """Another document in whose place this one is good."""

    parents = ("holder",)
    conditions = ("when",)

    holder = models.ForeignKey(
        Document, models.CASCADE, verbose_name=_("document that is good for it"), related_name="covers"
    )
    document = models.ForeignKey(
        Document, models.RESTRICT, verbose_name=_("document that it stands for"), related_name="covered_by"
    )
    when = when_field()
    facts = facts_field()

    class Meta(Part.Meta):
        verbose_name = _("document that it is good for")
        verbose_name_plural = _("documents that it is good for")
        constraints = [
            models.CheckConstraint(
                condition=~Q(document=F("holder")),
                name="guides_%(class)s_not_itself",
                violation_error_message=_("A document cannot stand for itself."),
            ),
        ]

    def __str__(self):
        return str(self.document) if self.document_id else ""


class Parameter(Entry):
    """Figures that change by year."""

    country = models.ForeignKey(Country, models.PROTECT, verbose_name=_("country"), related_name="parameters")
    name = LineField(_("name"))
    unit = LineField(_("unit"), blank=True, default="")

    class Meta(Entry.Meta):
        verbose_name = _("parameter")
        verbose_name_plural = _("parameters")


class ParameterRow(Part):
    """One dated line of a parameter."""

    parents = ("parameter",)

    parameter = models.ForeignKey(Parameter, models.CASCADE, verbose_name=_("parameter"), related_name="rows")
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    values = models.JSONField(_("values"), validators=[validators.row_of_values])
    confidence = models.CharField(_("confidence"), max_length=20, choices=Confidence, default=Confidence.OFFICIAL)
    facts = facts_field()

    class Meta(Part.Meta):
        verbose_name = _("row")
        verbose_name_plural = _("rows")
        constraints = [one_of("confidence", Confidence), plausible_year()]

    def __str__(self):
        return str(self.year or self.position)
