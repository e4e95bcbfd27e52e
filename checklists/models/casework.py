"""What advisors and clients write, ask and do in a case."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from guides.catalogue.compiled import CompiledCatalogue
from guides.models.lines import LineField

from .cases import Case, CasePerson

LONGEST_TEXT = 4000
SHOWN_OF_A_TEXT = 80
# Databases disagree where rows without a day belong.
BY_DUE = [F("due").asc(nulls_last=True), "pk"]


def author_field(related_name="+"):
    """Who wrote it; None once their account is gone, or for a client without one."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        related_name=related_name,
        verbose_name=_("written by"),
        null=True,
        blank=True,
    )


class CaseNote(models.Model):
    """What a firm writes down for itself. No client ever sees it."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="notes", verbose_name=_("case"))
    author = author_field()
    text = models.TextField(_("text"), max_length=LONGEST_TEXT)
    created_at = models.DateTimeField(_("written"), default=timezone.now)

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("internal note")
        verbose_name_plural = _("internal notes")

    def __str__(self):
        return f"{self._meta.verbose_name} {self.pk}"


class MessageQuerySet(models.QuerySet):
    def unread(self):
        return self.filter(read_at=None)


class Message(models.Model):
    """What a firm and a person of a case write to each other. ``read_at``: when the other side first saw it."""

    person = models.ForeignKey(CasePerson, on_delete=models.CASCADE, related_name="messages", verbose_name=_("person"))
    from_client = models.BooleanField(_("from the client"))
    author = author_field()
    text = models.TextField(_("text"), max_length=LONGEST_TEXT)
    created_at = models.DateTimeField(_("written"), default=timezone.now)
    read_at = models.DateTimeField(_("read"), null=True, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "pk"]
        verbose_name = _("message")
        verbose_name_plural = _("messages")

    def __str__(self):
        return f"{self._meta.verbose_name} {self.pk}"


class RequestQuerySet(models.QuerySet):
    def open(self):
        return self.filter(answered_at=None, withdrawn_at=None)

    def ended(self):
        return self.exclude(answered_at=None, withdrawn_at=None)


class Request(models.Model):
    """What a firm asks a client for: a document of the catalogue (``document`` is its key), or anything else."""

    person = models.ForeignKey(CasePerson, on_delete=models.CASCADE, related_name="requests", verbose_name=_("person"))
    author = author_field()
    document = models.CharField(_("document"), max_length=120, blank=True, default="")
    text = models.TextField(_("what is asked for"), max_length=LONGEST_TEXT)
    due = models.DateField(_("by"), null=True, blank=True)
    created_at = models.DateTimeField(_("asked"), default=timezone.now)
    answer = models.TextField(_("answer"), blank=True, default="", max_length=LONGEST_TEXT)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    objects = RequestQuerySet.as_manager()

    class Meta:
        ordering = BY_DUE
        verbose_name = _("request")
        verbose_name_plural = _("requests")
        constraints = [
            models.CheckConstraint(name="request_ends_once", condition=Q(answered_at=None) | Q(withdrawn_at=None)),
        ]

    def __str__(self):
        return f"{self._meta.verbose_name} {self.pk}"

    def name_in(self, catalogue: CompiledCatalogue) -> str:
        """What is asked for, in a few words: the document's name, or how the text begins."""
        if self.document in catalogue.documents:
            return catalogue.documents[self.document].name
        text = " ".join(self.text.split())
        return text if len(text) <= SHOWN_OF_A_TEXT else f"{text[: SHOWN_OF_A_TEXT - 1]}…"


class FirmTaskQuerySet(models.QuerySet):
    def open(self):
        return self.filter(done_at=None)

    def done(self):
        return self.exclude(done_at=None)


class FirmTask(models.Model):
    """A task of the firm's own on a client's checklist, beside those of the plan."""

    person = models.ForeignKey(CasePerson, on_delete=models.CASCADE, related_name="tasks", verbose_name=_("person"))
    author = author_field()
    text = LineField(_("task"), max_length=300)
    due = models.DateField(_("by"), null=True, blank=True)
    created_at = models.DateTimeField(_("added"), default=timezone.now)
    done_at = models.DateTimeField(_("done"), null=True, blank=True)

    objects = FirmTaskQuerySet.as_manager()

    class Meta:
        ordering = BY_DUE
        verbose_name = _("task of the firm")
        verbose_name_plural = _("tasks of the firm")

    def __str__(self):
        return self.text


class ReadMarker(models.Model):
    """Up to which entry of its history somebody has seen a case."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="read_markers", verbose_name=_("case"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="read_markers", verbose_name=_("account")
    )
    number = models.PositiveBigIntegerField(_("seen up to"), default=0)
    at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        verbose_name = _("read marker")
        verbose_name_plural = _("read markers")
        constraints = [models.UniqueConstraint(name="one_read_marker", fields=["case", "user"])]

    def __str__(self):
        return f"{self._meta.verbose_name} {self.pk}"
