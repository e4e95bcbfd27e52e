from django.contrib import messages
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from checklists.access.firms import for_members, for_owners
from checklists.firms.members import members as verbs
from checklists.firms.members.forms import InviteForm, RoleForm
from checklists.firms.members.invitations import invite, withdraw
from checklists.firms.members.letters import last_day
from checklists.firms.members.services import Refused
from checklists.forms import posted
from checklists.models import Case, Membership, OutgoingMail
from checklists.seen import Changed, seen_of

GONE = gettext_lazy("This person does not belong to the firm any more.")


@for_members
@require_http_methods(["GET", "HEAD"])
def members(request, membership):
    """Who belongs to the firm, and who is invited."""
    return _members_page(request, membership, InviteForm(), status=200)


@for_owners
@require_POST
def invite_member(request, membership):
    """Invite somebody by email."""
    form = InviteForm(request.POST)
    if form.is_valid():
        try:
            invitation = invite(organisation=membership.organisation, by=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error("email", str(refused))
        else:
            invited = {"email": invitation.email, "day": last_day(invitation)}
            messages.success(
                request, _("The invitation to %(email)s is on its way. It is good until %(day)s.") % invited
            )
            return redirect("firms:members", membership.organisation.slug)
    return _members_page(request, membership, form, status=422)


@for_owners
@require_POST
def withdraw_invitation(request, membership, pk):
    """Make the link of an invitation lead nowhere."""
    invitation = membership.organisation.invitations.filter(pk=pk, used_at=None).first()
    if invitation is None:
        raise Http404(_("This invitation was accepted or withdrawn in the meantime."))
    try:
        withdraw(invitation=invitation, by=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The invitation of %(email)s is withdrawn.") % {"email": invitation.email})
    return redirect("firms:members", membership.organisation.slug)


@for_owners
@require_http_methods(["GET", "HEAD", "POST"])
def member(request, membership, pk):
    """One member: their role, and the way to remove them."""
    found = _member(membership, pk)
    form = RoleForm(posted(request), member=found)
    status = 422 if request.method == "POST" else 200
    if form.is_valid():
        try:
            freed = verbs.change_role(membership=found, by=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error("role", str(refused))
        except Changed as changed:
            found, status = changed.theirs, 409
            form.renew(seen_of(found, ["role"]))
        except Membership.DoesNotExist as gone:
            raise Http404(str(GONE)) from gone
        else:
            found.role = form.cleaned_data["role"]
            text = _("%(name)s has the role %(role)s now.") % {"name": found.user, "role": found.get_role_display()}
            messages.success(request, f"{text} {_unassigned(freed)}".strip())
            return redirect("firms:members", membership.organisation.slug)
    context = {"membership": membership, "member": found, "form": form, "conflict": status == 409}
    return render(request, "firms/member.html", context, status=status)


@for_owners
@require_http_methods(["GET", "HEAD", "POST"])
def remove_member(request, membership, pk):
    """Ask once more, telling what follows; then end the membership."""
    found = _member(membership, pk)
    if found.pk == membership.pk:
        return redirect("firms:leave-members", membership.organisation.slug)
    return _end(request, membership, found, lambda: verbs.remove_member(membership=found, by=request.user))


@for_members
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request, membership):
    """Ask once more, telling what follows; then end one's own membership."""
    return _end(request, membership, membership, lambda: verbs.leave(membership=membership))


def _end(request, membership, found, end):
    refused, myself, firm = "", found.pk == membership.pk, membership.organisation
    if request.method == "POST":
        try:
            freed = end()
        except Refused as refusal:
            refused = str(refusal)
        except Membership.DoesNotExist as gone:
            raise Http404(str(GONE)) from gone
        else:
            text = _("You have left %(firm)s.") if myself else _("%(name)s does not belong to the firm any more.")
            messages.success(request, f"{text % {'firm': firm, 'name': found.user}} {_unassigned(freed)}".strip())
            return redirect("firms:mine") if myself else redirect("firms:members", firm.slug)
    theirs = firm.cases.filter(assignee=found.user)
    context = {"membership": membership, "member": found, "refused": refused, "myself": myself}
    context |= {"open_cases": theirs.active().count(), "archived_cases": theirs.archived().count()}
    return render(request, "firms/member_remove.html", context, status=422 if refused else 200)


def _member(membership, pk) -> Membership:
    found = membership.organisation.memberships.select_related("organisation", "user").filter(pk=pk).first()
    if found is None:
        raise Http404(str(GONE))
    return found


def _invitations(firm) -> list[tuple]:
    """Each open invitation with its last day, and the last email about it."""
    invitations = list(firm.invitations.filter(used_at=None).select_related("invited_by", "organisation"))
    letters = OutgoingMail.objects.filter(organisation=firm, kind="invitation")
    last = letters.last_to(invitation.email for invitation in invitations)
    return [(invitation, last_day(invitation), last.get(invitation.email.lower())) for invitation in invitations]


def _unreached(firm, people) -> list[str]:
    """The addresses of members whose last email from the firm reached nobody."""
    letters = OutgoingMail.objects.filter(Q(person=None) | Q(kind="digest-firm"), organisation=firm)
    last = letters.last_to(member.user.email for member in people)
    return [address for address, letter in last.items() if letter.is_undelivered]


def _unassigned(count: int) -> str:
    text = ngettext("%(count)d case is assigned to nobody now.", "%(count)d cases are assigned to nobody now.", count)
    return text % {"count": count} if count else ""


def _members_page(request, membership, form, status):
    firm = membership.organisation
    # Counted for each person in the firm's own cases, through the index by assignee.
    assigned = Case.objects.filter(organisation=firm, archived_at=None, assignee=OuterRef("user")).order_by()
    counted = assigned.values("assignee").annotate(count=Count("pk")).values("count")
    people = firm.memberships.select_related("user").annotate(assigned=Coalesce(Subquery(counted), 0))
    context = {"membership": membership, "members": people, "form": form}
    if membership.leads:
        context |= {"invitations": _invitations(firm), "unreached": _unreached(firm, people)}
    return render(request, "firms/members.html", context, status=status)
