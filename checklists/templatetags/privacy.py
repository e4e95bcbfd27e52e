from django import template

from checklists.privacy.keeping import deletion_day

register = template.Library()
register.filter("deletion_day", deletion_day)
