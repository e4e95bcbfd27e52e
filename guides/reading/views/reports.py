"""My office did it differently: a reader reports, without an account."""

import math

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from guides.catalogue.schema import Procedure
from guides.editions.publishing import current
from guides.networks import network_of
from guides.reading.addresses import crumbs_to, procedure_url, to_country, to_guides
from guides.reading.report_form import ReportForm
from guides.reading.reporting import TooManyReports, send_report


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def report(request, country, key):
    procedure = _procedure(country, key)
    compiled = current()
    form = ReportForm(request.POST if request.method == "POST" else None, map(compiled.facts.get, procedure.facts))
    status, minutes = 200, None
    if form.is_bound:
        status = 422
        if form.is_valid():
            try:
                if not form.is_from_a_program:
                    where = {"edition": compiled.number, "country": country, "procedure": key}
                    send_report(network=network_of(request), **where, **form.values())
                return redirect("guides:report-thanks", country, key)
            except TooManyReports as refusal:
                status, minutes = 429, math.ceil(refusal.wait.total_seconds() / 60)
    page = render(
        request, "guides/report.html", {"form": form, "minutes": minutes, **_around(procedure)}, status=status
    )
    if minutes:
        page.headers["Retry-After"] = minutes * 60
    return page


@login_not_required
@require_safe
def report_thanks(request, country, key):
    return render(request, "guides/report_thanks.html", _around(_procedure(country, key)))


def _procedure(country: str, key: str) -> Procedure:
    procedure = current().procedures.get(key)
    if procedure is None or procedure.country != country:
        raise Http404(_("There is no such procedure."))
    return procedure


def _around(procedure: Procedure) -> dict[str, object]:
    back = {"text": procedure.name, "url": procedure_url(procedure)}
    crumbs = crumbs_to(to_guides(), to_country(current().countries[procedure.country]), back, _("Report"))
    return {"procedure": procedure, "back": back["url"], "crumbs": crumbs}
