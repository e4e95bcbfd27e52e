"""The words for what can happen to a firm and its cases. Every verb that ``chain.record`` is given stands here.

Each is a sentence without its subject, for "Adam Advisor …"; the names in it are the keys of an entry's details.
"""

from django.utils.translation import gettext_lazy as _

VERBS = {
    "answered": _("answered questions: %(keys)s"),
    "archived": _("archived the case"),
    "asked": _("asked for: %(what)s"),
    "assigned": _("gave the case to %(assignee)s"),
    "case-changed": _("changed the case: %(fields)s"),
    "case-imported": _("opened the case from the file %(file)s"),
    "case-opened": _("opened the case"),
    "document-shared": _("shares the document %(key)s between the people of the case"),
    "document-unshared": _("no longer shares the document %(key)s between the people of the case"),
    "firm-started": _("started the firm"),
    "followed": _("follows the case: %(follower)s"),
    "labelled": _("put the label %(label)s on the case"),
    "message-from-client": _("wrote a message"),
    "message-to-client": _("wrote a message to %(person)s"),
    "moved": _("moved the case to %(stage)s"),
    "note-changed": _("changed an internal note"),
    "note-deleted": _("deleted an internal note"),
    "note-written": _("wrote an internal note"),
    "noted": _("wrote a note or a date at %(key)s"),
    "person-added": _("added %(person)s"),
    "person-address-changed": _("changed the address of %(person)s"),
    "person-removed": _("took %(person)s out of the case"),
    "person-renamed": _("renamed %(before)s to %(person)s"),
    "prioritised": _("set the priority to %(priority)s"),
    "questionnaire-sent": _("sent the questionnaire to %(person)s"),
    "request-answered": _("answered the request: %(what)s"),
    "request-received": _("marked as received: %(what)s"),
    "request-withdrawn": _("withdrew the request: %(what)s"),
    "restored": _("brought the case back from the archive"),
    "task-added": _("added the task: %(task)s"),
    "task-done": _("finished the task: %(task)s"),
    "task-removed": _("removed the task: %(task)s"),
    "task-reopened": _("reopened the task: %(task)s"),
    "ticked": _("ticked %(key)s"),
    "unassigned": _("gave the case to nobody"),
    "unfollowed": _("no longer follows the case: %(follower)s"),
    "unlabelled": _("took the label %(label)s off the case"),
    "unticked": _("took the tick from %(key)s"),
    "waits": _("noted that the case waits for %(waiting_for)s"),
}
