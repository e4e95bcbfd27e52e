import uuid

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from checklists.mail.frame import frame
from checklists.mail.outbox import queue_letter
from checklists.models import Membership
from guides.networks import address_of

from . import factor_secrets
from .browsers import browser_in_words, is_known, make_known
from .claiming import claim_remembered
from .factors import factors_of, must_have_factor
from .middleware import BEGAN, NOTED


class AccountAdapter(DefaultAccountAdapter):
    """What differs here from allauth's own ways."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("This address and this password do not belong together. Check both."),
        "incorrect_code": _("This is not the code. Check it and try once more."),
        "incorrect_password": _("This is not your password."),
        "enter_current_password": _("This is not your current password."),
        "duplicate_email": _("Your account has this address already."),
        "too_many_login_attempts": _(
            "That was wrong too often. Wait some minutes, then ask for a new code or try again. After very many tries "
            "it takes a day; a passkey opens your account all the same."
        ),
        "rate_limited": _("That was a little fast. Wait half a minute and try again."),
        "same_as_current": _("This is the address that you gave before."),
    }

    def populate_username(self, request, user):
        """A username that says nothing: people sign in with their email, and may change it."""
        user.username = uuid.uuid4().hex

    def get_client_ip(self, request):
        return str(address_of(request))

    def get_login_redirect_url(self, request):
        """To the cases of the one firm that somebody belongs to, or to their account."""
        slugs = Membership.objects.filter(user=request.user).values_list("organisation__slug", flat=True)[:2]
        return reverse("board:cases", args=slugs) if len(slugs) == 1 else reverse("account")

    def get_signup_redirect_url(self, request):
        """Whoever has just proven their address can choose a password; with a passkey they need none."""
        return reverse("account" if factors_of(request.user).exists() else "account_set_password")

    def get_password_change_redirect_url(self, request):
        return reverse("account")

    def login(self, request, user):
        """With the row as it is now: the proof of the address, a step of signing in, may have taken the password."""
        user.refresh_from_db(fields=["password"])
        super().login(request, user)

    def post_login(self, request, user, *, signup, redirect_url, **kwargs):
        """Whoever signs in with a browser for the first time is told by mail, and so is whoever did not."""
        if signup and redirect_url == reverse("account"):  # The head of every page leads there.
            redirect_url = self.get_signup_redirect_url(request)
        claim_remembered(request, user)
        request.session[NOTED] = request.session[BEGAN] = timezone.now().timestamp()
        response = super().post_login(request, user, signup=signup, redirect_url=redirect_url, **kwargs)
        if not signup and not is_known(request, user):
            name = browser_in_words(self.get_http_user_agent(request))
            address, at = self.get_client_ip(request), timezone.now().isoformat()
            queue_letter(kind="new-browser", to=user.email, browser=name, address=address, at=at)
        make_known(request, response, user)
        return response

    def render_mail(self, template_prefix, email, context, headers=None):
        """What an email of an account says is drawn twice: in a frame for text, and in its like for HTML."""
        title = render_to_string(f"{template_prefix}_subject.txt", context).strip()
        headers = {"Auto-Submitted": "auto-generated", **(headers or {})}
        context = {**frame(title), **context}
        message = super().render_mail(template_prefix, email, {**context, "frames": _frames("txt")}, headers)
        html = render_to_string(f"{template_prefix}_message.txt", {**context, "frames": _frames("html")})
        message.attach_alternative(html, "text/html")
        return message


def _frames(kind: str) -> dict[str, str]:
    return {name: f"account/email/{name}.{kind}" for name in ("code", "link", "notice")}


class FactorAdapter(DefaultMFAAdapter):
    """Second factors, as this site wants them."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This is not the code of the moment. Wait for the next one and type it."),
        "cannot_delete_authenticator": _(
            "Your account can see other people's data, so it needs a second factor. Set up another one first."
        ),
        "unverified_email": _("Confirm your email address first. A second factor can be set up after that."),
    }

    def encrypt(self, text):
        """What an app or the recovery codes are made of, as the database keeps it."""
        return factor_secrets.encrypt(text)

    def decrypt(self, encrypted_text):
        return factor_secrets.decrypt(encrypted_text)

    def can_delete_authenticator(self, authenticator):
        """Whoever must have a second factor keeps the last one."""
        user = authenticator.user
        return not must_have_factor(user) or factors_of(user).exclude(pk=authenticator.pk).exists()

    def generate_authenticator_name(self, user, type):
        number = user.authenticator_set.filter(type=type).count() + 1
        return str(_("Passkey %(number)d")) % {"number": number}
