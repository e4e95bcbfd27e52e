from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import render
from django.views import defaults


def csrf_failure(request, reason=""):
    """Refuse a form whose token does not match with the same page as any other 403."""
    return defaults.permission_denied(request, PermissionError(reason))


def page_not_found(request, exception):
    """Say that there is no such page; ``message`` is what a view wants to tell its reader, if anything."""
    message = next((argument for argument in exception.args if isinstance(argument, str)), "")
    return render(request, "404.html", {"message": message}, status=404)


@login_not_required
def components(request):
    """Show every shared component with an invented person. Only routed on a developer's machine."""
    from .gallery import samples

    theme = "dark" if request.GET.get("theme") == "dark" else "light"
    return render(request, "components/gallery.html", {"theme": theme, "sample": samples()})


def nothing_here(request, rest):
    """In place of the admin's way from any row to its page: a checklist's address is its key, also for staff."""
    raise Http404
