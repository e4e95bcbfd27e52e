"""The forms of allauth in the words of this site, each field under a label."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django.forms import PasswordInput
from django.utils.translation import gettext_lazy as _

from checklists.access.codes import TakenOnce
from guides.lines import visible

ADDRESS = _("Email address")
CODE = _("Code")
PASSWORD = _("Password")


class Plain:
    """Takes the placeholders away, which repeat the labels, and gives fields the labels and hints of the form.

    What was typed, but for passwords, comes without signs that nobody sees.
    """

    data: Any
    labels: dict[str, str] = {}
    hints: dict[str, str] = {}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        secret = {name for name, field in self.fields.items() if isinstance(field.widget, PasswordInput)}
        self.data = {name: text if name in secret else visible(text) for name, text in self.data.items()}
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name, field.label)
            field.help_text = self.hints.get(name, "")


class SignInForm(Plain, account.LoginForm):
    labels = {"login": ADDRESS, "password": PASSWORD, "remember": _("Stay signed in on this device")}


class SignUpForm(Plain, account.SignupForm):
    """Asks for an address alone: a password is only chosen once the address is proven, and by whoever proved it."""

    labels = {"email": ADDRESS}
    hints = {"email": _("We send you a code to see that the address is yours.")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields.pop("password1", None)


class CodeForm(Plain, account.RequestLoginCodeForm):
    labels = {"email": ADDRESS}


class SentCodeForm(Plain, account.ConfirmLoginCodeForm):
    labels = {"code": _("Code from the email")}


class AddressCodeForm(Plain, account.ConfirmEmailVerificationCodeForm):
    labels = {"code": _("Code from the email")}


class ResetCodeForm(Plain, account.ConfirmPasswordResetCodeForm):
    labels = {"code": _("Code from the email")}


class ResetForm(Plain, account.ResetPasswordForm):
    labels = {"email": ADDRESS}


NEW_PASSWORD = {"password1": _("At least 8 characters, and none that everybody uses.")}


class NewPasswordForm(Plain, account.ResetPasswordKeyForm):
    labels = {"password1": _("New password"), "password2": _("New password, once more")}
    hints = NEW_PASSWORD


class ChangePasswordForm(Plain, account.ChangePasswordForm):
    labels = {"oldpassword": _("Current password"), **NewPasswordForm.labels}
    hints = NEW_PASSWORD


class SetPasswordForm(Plain, account.SetPasswordForm):
    labels = NewPasswordForm.labels
    hints = NEW_PASSWORD


class AddressForm(Plain, account.AddEmailForm):
    labels = {"email": _("New email address")}
    hints = {"email": _("We send a code there. Until you have typed it, everything stays as it is.")}


class PasswordAgainForm(Plain, account.ReauthenticateForm):
    labels = {"password": PASSWORD}


class FactorForm(TakenOnce, Plain, mfa.AuthenticateForm):
    labels = {"code": CODE}


class FactorAgainForm(TakenOnce, Plain, mfa.ReauthenticateForm):
    labels = {"code": CODE}


class AppForm(Plain, totp.ActivateTOTPForm):
    labels = {"code": _("Code that the app shows now")}


class PasskeyForm(Plain, webauthn.AddWebAuthnForm):
    labels = {"name": _("Name of the passkey"), "passwordless": _("Let me sign in with this passkey alone")}
    hints = {
        "name": _("So that you can tell your passkeys apart."),
        "passwordless": _("Your device then asks for your fingerprint, your face or its PIN."),
    }


class FirstPasskeyForm(Plain, webauthn.SignupWebAuthnForm):
    labels = {"name": PasskeyForm.labels["name"]}
    hints = {"name": PasskeyForm.hints["name"]}


class PasskeyNameForm(Plain, webauthn.EditWebAuthnForm):
    labels = {"name": PasskeyForm.labels["name"]}
