"""Passwords that whoever knows the site would try first."""

import re

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from checklists.models import Organisation
from guides.folding import fold

NO_LETTER = re.compile(r"[\W\d_]+")
# What must be left of a password without such words. The same as the shortest one.
LEAST = 8
OWN_WORDS = ("relocation", "relocate", "checklist", "moving")


class KnownWordsValidator:
    """Refuses a password that is little more than the name of the site, or of a firm that its owner belongs to."""

    def validate(self, password, user=None):
        rest = NO_LETTER.sub("", fold(password))
        known = [word for word in self._words(user) if word in rest]
        for word in sorted(known, key=len, reverse=True):
            rest = rest.replace(word, "")
        if known and len(rest) < LEAST:
            raise ValidationError(self.get_help_text(), code="password_known_words")

    def get_help_text(self):
        return _("Your password can’t be made of the name of this site or of your firm.")

    def _words(self, user):
        names = [*OWN_WORDS, *settings.SITE_URL.partition("://")[2].split(".")]
        if user is not None and user.pk:
            names += Organisation.objects.filter(memberships__user=user).values_list("name", flat=True)
        words = {NO_LETTER.sub("", fold(word)) for name in names for word in (name, *name.split())}
        return {word for word in words if len(word) > 3}
