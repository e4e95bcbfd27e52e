"""Pages that only programs read."""

from django.contrib.auth.decorators import login_not_required
from django.contrib.sitemaps import views as sitemap_views
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from guides.reading.feeds import GuideFeed
from guides.reading.sitemaps import SITEMAPS

# Without what stands behind a key: only who may look there reads that it is not to be listed.
LEFT_ALONE = ("/admin/", "/api/", "/preview/")

feed = login_not_required(require_safe(GuideFeed()))


@login_not_required
@require_safe
def sitemap(request):
    return sitemap_views.sitemap(request, SITEMAPS)


@login_not_required
@require_safe
def robots(request):
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in LEFT_ALONE)]
    lines += ["", f"Sitemap: {request.build_absolute_uri(reverse('guides:sitemap'))}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
