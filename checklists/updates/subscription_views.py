"""Mail about changes: asking for it on a checklist, and the two links in every mail."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from checklists.access.accounts.claiming import masked
from checklists.access.limits import TooOften, in_words
from checklists.access.links import by_link, find_own_checklist
from checklists.forms import posted
from checklists.models import Subscription
from guides.lines import AddressField
from guides.networks import network_of

from .subscriptions import Wanted, unsubscribe
from .subscriptions import confirm as confirm_subscription
from .subscriptions import subscribe as ask_for_mail


class MailForm(forms.Form):
    """An address that wants to hear of changes, and the consent to use it for that."""

    email = AddressField(
        label=lazy("Your email address"),
        max_length=254,
        error_messages={"required": lazy("Enter an email address.")},
        widget=forms.EmailInput(attrs={"class": "input", "autocomplete": "email"}),
    )
    agreed = forms.BooleanField(
        label=lazy("Email me when the rules change something on this checklist"),
        error_messages={"required": lazy("Tick this if you want the emails. Without it your address is not kept.")},
        widget=forms.CheckboxInput(attrs={"class": "check__box"}),
    )


@by_link
@require_http_methods(["GET", "HEAD", "POST"])
def subscribe(request, token):
    """The form on a page of its own. Sent, it answers the same whatever the address is, and tells if no mail goes."""
    checklist = find_own_checklist(request, token)
    form, refused = MailForm(posted(request)), None
    if request.method == "POST" and not checklist.preview and form.is_valid():
        try:
            ask_for_mail(checklist=checklist, email=form.cleaned_data["email"], network=network_of(request))
            messages.success(request, _("Check your email: open the link in it, and you will hear of changes."))
            return redirect(checklist)
        except Wanted:
            messages.info(request, _("No email was sent: those about this list are wanted and confirmed already."))
            return redirect(checklist)
        except TooOften as refusal:
            text = _("No email was sent: this was asked for too often. Try again in %(wait)s.")
            form.add_error(None, text % {"wait": in_words(refusal.wait)})
            refused = refusal
    context = {"checklist": checklist, "mail_form": form, "subscription": subscription_of(checklist)}
    response = render(request, "checklists/mail.html", context, status=422 if form.errors else 200)
    if refused:
        response.status_code, response.headers["Retry-After"] = 429, refused.seconds
    return response


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request, key):
    """Looking confirms nothing: programs that check mail follow every link in it.

    The key never leads to the checklist: whoever has it may not have the link, or no longer.
    """
    subscription = find_subscription(key)
    if request.method == "POST":
        confirm_subscription(subscription=subscription)
        messages.success(request, _("Thank you. You will get an email when the rules change your list."))
        return redirect("checklists:confirm-mail", key)
    return _page(request, "checklists/mail_confirm.html", {"subscription": subscription})


# Mail programs send this form by themselves (RFC 8058), without a page before it. Only who has the key gets here.
@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request, key):
    """Forget the address, with one click."""
    subscription = Subscription.objects.filter(key=key).first()
    if request.method == "POST" and subscription:
        unsubscribe(subscription=subscription)
        subscription = None
    return _page(request, "checklists/mail_stop.html", {"subscription": subscription})


def subscription_of(checklist):
    """The subscription that was found with the checklist, with its address ``masked``, or None."""
    found = getattr(checklist, "subscription", None)
    if found:
        found.masked = masked(found.email)
    return found


def find_subscription(key: str) -> Subscription:
    """The subscription behind the link of a mail. Raises Http404 with a message for the reader."""
    found = Subscription.objects.select_related("checklist").filter(key=key).first()
    if found is None:
        raise Http404(
            _("This link no longer works. Perhaps these emails were stopped, or the link is more than a week old.")
        )
    return found


def _page(request, template, context):
    response = render(request, template, context)
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Cache-Control"] = "private, no-store"
    return response
