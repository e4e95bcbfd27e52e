from importlib import import_module
from pathlib import Path

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ChecklistsConfig(AppConfig):
    name = "checklists"

    def ready(self):
        # Models, and what speaks of them, are there only once all apps are loaded; the modules listen to signals.
        from checklists.access.accounts import events as _events  # noqa: F401
        from checklists.access.accounts import factors as _factors  # noqa: F401
        from checklists.access.accounts import proving as _proving  # noqa: F401
        from checklists.admin.roles import make_roles
        from checklists.updates import tasks as _tasks  # noqa: F401

        post_migrate.connect(make_roles, sender=self)
        self._load_letters()

    def _load_letters(self):
        """The module ``letters`` of every room, in which the mails of the room register who writes them."""
        here = Path(self.path)
        for path in sorted(here.rglob("letters.py")):
            import_module(".".join([self.name, *path.relative_to(here).with_suffix("").parts]))
