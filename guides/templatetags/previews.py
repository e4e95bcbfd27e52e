"""The bar on top of every page of a preview."""

from django import template

from guides.previews import live_prefix, live_reverse
from guides.previews.address import ROOT
from guides.previews.forms import PreviewForm

register = template.Library()


@register.simple_tag
def preview_bar(request):
    """What ``components/preview_bar.html`` shows of the preview that the request looks at.

    ``leave`` is the same page on the site itself, or its start page where the page is one of a checklist: those that
    are made in previews open nowhere else.
    """
    page = request.path_info + (f"?{request.GET.urlencode()}" if request.GET else "")
    of_checklist = request.resolver_match and "token" in request.resolver_match.kwargs
    return {
        "form": PreviewForm(initial=PreviewForm.initial_of(request.preview), auto_id="preview-%s"),
        "page": page,
        "go": live_prefix() + ROOT,
        "leave": live_prefix() + ("" if of_checklist else page.lstrip("/")),
        "publish": live_reverse("admin:guides_edition_add") if request.user.has_perm("guides.view_edition") else "",
    }
