import copy

from django.shortcuts import render
from django.utils.translation import gettext as _

from checklists.firms.members.setup import fingerprint


def conflict_page(request, membership, form_class, theirs, back):
    """Two people changed the same row: both values are shown, and whoever came second decides.

    ``theirs`` is the row as it is saved now, ``back`` the address of the page that shows it. The reader's own values
    are in the request; they go along, and can be saved with one more click.
    """
    again = request.POST.copy()
    again["seen"] = fingerprint(theirs, form_class.Meta.fields)
    form = form_class(again, instance=copy.copy(theirs))
    form.is_valid()
    sides = [
        (form.fields[name].label, _in_words(getattr(theirs, name)), _in_words(form.cleaned_data[name]))
        for name in form_class.Meta.fields
    ]
    context = {"membership": membership, "form": form, "sides": sides, "back": back}
    return render(request, "firms/conflict.html", context, status=409)


def _in_words(value) -> str:
    return (_("yes") if value else _("no")) if isinstance(value, bool) else str(value)
