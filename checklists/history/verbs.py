"""The words for what can happen to a firm and its cases. Every verb that ``chain.record`` is given stands here.

Each is a sentence without its subject, for "Adam Advisor …"; the names in it are the keys of an entry's details.
"""

from django.utils.translation import gettext_lazy as _

VERBS = {
    "answered": _("answered questions: %(keys)s"),
    "asked": _("asked for: %(what)s"),
    "case-opened": _("opened the case"),
    "firm-started": _("started the firm"),
    "message-from-client": _("wrote a message"),
    "message-to-client": _("wrote a message to %(person)s"),
    "note-changed": _("changed an internal note"),
    "note-deleted": _("deleted an internal note"),
    "note-written": _("wrote an internal note"),
    "noted": _("wrote a note or a date at %(key)s"),
    "person-added": _("added %(person)s"),
    "request-answered": _("answered the request: %(what)s"),
    "request-received": _("marked as received: %(what)s"),
    "request-withdrawn": _("withdrew the request: %(what)s"),
    "task-added": _("added the task: %(task)s"),
    "task-done": _("finished the task: %(task)s"),
    "task-removed": _("removed the task: %(task)s"),
    "task-reopened": _("reopened the task: %(task)s"),
    "ticked": _("ticked %(key)s"),
    "unticked": _("took the tick from %(key)s"),
}
