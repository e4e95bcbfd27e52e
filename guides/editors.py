"""Who may edit the catalogue."""

from django.contrib.auth.models import Group, Permission
from django.db.models import Q


def editors_group() -> Group:
    """The group whose members edit the working copy and publish editions, which they cannot change afterwards."""
    group, _ = Group.objects.get_or_create(name="Editors")
    frozen = Q(codename__in=["change_edition", "delete_edition"])
    group.permissions.set(Permission.objects.filter(content_type__app_label="guides").exclude(frozen))
    return group
