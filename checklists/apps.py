from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ChecklistsConfig(AppConfig):
    name = "checklists"

    def ready(self):
        from .roles import make_roles
        from .telling import receivers  # noqa: F401

        post_migrate.connect(make_roles, sender=self)
