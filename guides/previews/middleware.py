from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponseNotAllowed

from guides.catalogue.problems import CatalogueError
from guides.models import Edition

from . import looking_at
from .address import ROOT, read_address
from .views import broken

PERMISSION = "guides.preview_draft"
SAFE = ("GET", "HEAD")
# What readers see. The admin, the API, the links of mails and whatever only programs read are no part of a preview.
SHOWN = {"guides", "checklists"}
# What a page asks for while somebody types, and the file that it gives to take along.
PART_OF_A_PAGE = {"checklists:countries", "checklists:appointment-file"}
LEFT_OUT = (
    *("guides:feed", "guides:sitemap", "guides:robots", "guides:open-data", "guides:edition-"),
    *("checklists:confirm-mail", "checklists:stop-mail"),
)


class PreviewMiddleware:
    """Serves every page of the public site once more under an address that says of what and of which day.

    Whoever may not see drafts learns nothing from any such address, not even whether it is one.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not request.path_info.startswith(f"/{ROOT}"):
            return self.get_response(request)
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not request.user.has_perm(PERMISSION):
            raise Http404
        response = self.get_response(request) if request.path_info == f"/{ROOT}" else self._preview(request)
        response.headers["X-Robots-Tag"] = "noindex"
        response.headers["Cache-Control"] = "private, no-store"
        return response

    def process_view(self, request, view, args, kwargs):
        match = request.resolver_match
        if not hasattr(request, "preview"):
            return None
        if match.namespace not in SHOWN or match.view_name.startswith(LEFT_OUT):
            raise Http404
        # A preview has checklists of its own to change. What else readers send goes to the site's real tables.
        if match.namespace != "checklists" and request.method not in SAFE:
            return HttpResponseNotAllowed(SAFE)
        return None

    def _preview(self, request):
        found = read_address(request.path_info)
        if found is None:
            raise Http404
        request.preview, request.path_info = found
        try:
            with looking_at(request.preview):
                response = self.get_response(request)
        except Edition.DoesNotExist:
            raise Http404 from None
        except CatalogueError as error:
            return broken(request, error)
        is_page = response.headers["Content-Type"].startswith("text/html")
        if response.status_code == 200 and not is_page and request.resolver_match.view_name not in PART_OF_A_PAGE:
            raise Http404
        return response
