"""What a firm writes often: answer templates, filled in for one person of a case, and words that ask for a paper."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from checklists.firms.members.merging import fill
from checklists.forms import number_in
from checklists.models import CasePerson, Membership
from checklists.presenters.phrases import long_date
from guides.catalogue.compiled import DESTINATION
from guides.editions.publishing import current
from guides.reading.papers import local_name


def chosen_text(request: HttpRequest, membership: Membership, person: CasePerson) -> str:
    """The text of the template that the address names, filled in, or a reminder; else empty. Raises Http404."""
    number = request.GET.get("template", "")
    if not number:
        return reminder(person) if "remind" in request.GET else ""
    template = get_object_or_404(membership.organisation.templates, pk=number_in(number))
    return fill(template.text, values_for(membership, person))


def reminder(person: CasePerson) -> str:
    """Names what is open with its day, the first first; empty if nothing has a day."""
    compiled = current()
    lines = [
        _("- %(what)s, by %(day)s") % {"what": asked.name_in(compiled), "day": long_date(asked.due)}
        for asked in person.requests.open().filter(due__isnull=False)
    ]
    text = _(
        "Hello %(name)s,\n\nwe still need from you:\n%(list)s\n\nPlease answer on your checklist when you have it."
    )
    return text % {"name": person.name, "list": "\n".join(lines)} if lines else ""


def values_for(membership: Membership, person: CasePerson) -> dict[str, str]:
    """What stands in the place of each merge field; empty where nothing is known."""
    case = person.case
    country = current().countries.get(case.destination)
    return {
        "client": person.name,
        "firm": membership.organisation.name,
        "advisor": str(membership.user),
        "next_step": case.next_step,
        "deadline": long_date(case.next_deadline) if case.next_deadline else "",
        "destination": country.name if country else case.destination,
    }


def usual_words(person: CasePerson, document: str) -> str:
    """What a client is asked for a document of the catalogue, by its key, unless somebody writes it anew."""
    compiled = current()
    found = compiled.documents[document]
    local, _language = local_name(compiled, found, person.checklist.answers.get(DESTINATION, ""))
    name = f"{found.name} ({local})" if local else found.name
    return _("Please get this document: %(name)s. Tell us here as soon as you have it.") % {"name": name}
