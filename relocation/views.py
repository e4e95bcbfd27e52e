from django.views import defaults


def csrf_failure(request, reason=""):
    """Refuse a form whose token does not match with the same page as any other 403."""
    return defaults.permission_denied(request, PermissionError(reason))
