from django.contrib.auth.models import AbstractUser
from django.utils.translation import gettext_lazy as _

from guides.models.lines import AddressField, LineField


class User(AbstractUser):
    """Somebody who signs in, by email. The username is only a number that nobody sees."""

    first_name = LineField(_("first name"), max_length=150, blank=True)
    last_name = LineField(_("last name"), max_length=150, blank=True)
    email = AddressField(_("email address"), blank=True)

    class Meta(AbstractUser.Meta):
        verbose_name = _("account")
        verbose_name_plural = _("accounts")

    def __str__(self):
        return self.get_full_name() or self.email or self.username
