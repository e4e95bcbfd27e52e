from urllib.parse import urlencode

from django.urls import reverse


class PreviewedMixin:
    """Pages of entries that readers have a page for: the admin's "view on site" leads to it in the draft."""

    def view_on_site(self, entry) -> str:
        kind = {"kind": self.opts.model_name, "key": entry.key}
        return f"{reverse('preview')}?{urlencode(kind)}"
