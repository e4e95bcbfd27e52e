"""How a client lets a firm in, and what is written down of every look."""

import datetime
import secrets

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from guides.models.lines import LineField

from .cases import CasePerson
from .checklist import Checklist

# Without letters and digits that look alike: somebody reads the code out on the phone.
ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
CODE_LENGTH = 12
CODE_LASTS = datetime.timedelta(days=7)


def new_code() -> str:
    """12 signs that nobody can guess (59 bits), good once and for a week."""
    return "".join(secrets.choice(ALPHABET) for _place in range(CODE_LENGTH))


def code_expires() -> datetime.datetime:
    return timezone.now() + CODE_LASTS


class ShareCodeQuerySet(models.QuerySet):
    def open(self):
        return self.filter(used_at=None, expires_at__gt=timezone.now())


class ShareCode(models.Model):
    """What a client hands to a firm so that it may see a checklist. Withdrawing it deletes the row."""

    checklist = models.ForeignKey(
        Checklist, on_delete=models.CASCADE, related_name="codes", verbose_name=_("checklist")
    )
    code = models.CharField(_("code"), max_length=20, unique=True, default=new_code, editable=False)
    shares_checklist = models.BooleanField(_("shares the checklist"), default=True)
    shares_documents = models.BooleanField(_("shares the documents"), default=True)
    shares_notes = models.BooleanField(_("shares own notes"), default=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    expires_at = models.DateTimeField(_("expires"), default=code_expires)
    used_at = models.DateTimeField(_("used"), null=True, blank=True)

    objects = ShareCodeQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("share code")
        verbose_name_plural = _("share codes")

    def __str__(self):
        return f"{self._meta.verbose_name} {self.pk}"


class Visit(models.Model):
    """One look of a firm's member at a client's checklist, for the client to read. Names as they were then."""

    class What(models.TextChoices):
        CHECKLIST = "checklist", _("looked at the checklist")
        ANSWERS = "answers", _("looked at the answers")
        CHANGED = "changed", _("changed something")
        EXPORT = "export", _("exported it")

    person = models.ForeignKey(CasePerson, on_delete=models.CASCADE, related_name="visits", verbose_name=_("person"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", verbose_name=_("account"), null=True, blank=True
    )
    name = LineField(_("name"), max_length=320)
    what = models.CharField(_("what"), max_length=10, choices=What)
    at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("visit")
        verbose_name_plural = _("visits")

    def __str__(self):
        return f"{self._meta.verbose_name} {self.pk}"
