"""The words for what can happen to a firm and its cases. Every verb that ``chain.record`` is given stands here.

Each is a sentence without its subject, for "Adam Advisor …"; the names in it are the keys of an entry's details.
"""

from django.utils.translation import gettext_lazy as _

VERBS = {
    "answered": _("answered questions: %(keys)s"),
    "case-opened": _("opened the case"),
    "firm-started": _("started the firm"),
    "noted": _("wrote a note or a date at %(key)s"),
    "person-added": _("added %(person)s"),
    "ticked": _("ticked %(key)s"),
    "unticked": _("took the tick from %(key)s"),
}
