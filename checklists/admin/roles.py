"""The roles of those who keep the catalogue. A superuser puts accounts into these groups; no role needs a superuser."""

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.db.models import Q

EDITORS = "Editors"
PUBLISHERS = "Publishers"
# Editions are written by publishing alone, and nobody changes them afterwards.
FROZEN = Q(codename__in=["add_edition", "change_edition", "delete_edition"])
PUBLISHERS_ONLY = Q(codename__in=["publish_edition", "delete_report"])


def make_roles(**_kwargs) -> None:
    """Make both groups, or bring their permissions to what they are today.

    Editors change the working copy, see drafts as a site and keep personas. Publishers may also publish,
    and delete reports of readers.
    """
    for label in ("guides", "checklists"):
        create_permissions(apps.get_app_config(label), verbosity=0)
    catalogue = Permission.objects.filter(content_type__app_label="guides").exclude(FROZEN)
    personas = Permission.objects.filter(content_type__app_label="checklists", content_type__model="persona")
    _group(EDITORS).permissions.set([*catalogue.exclude(PUBLISHERS_ONLY), *personas])
    _group(PUBLISHERS).permissions.set([*catalogue, *personas])


def _group(name: str) -> Group:
    return Group.objects.get_or_create(name=name)[0]
