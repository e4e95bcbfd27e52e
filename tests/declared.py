"""The outcome of every address outside the admin and the public pages: who may look there, and who may send a form.

The addresses of a checklist are declared for whoever has its link. Through the door of a firm's case the same hold for
members (looking) and for owners and advisors (sending), except at those that are the client's alone.
"""

OWNER = frozenset({"owner"})
WORKING = OWNER | {"advisor"}
MEMBERS = WORKING | {"viewer"}
SIGNED_IN = MEMBERS | {"client", "other client", "other advisor", "staff editor", "superuser"}
EVERYBODY = SIGNED_IN | {"anonymous"}
NOBODY = frozenset()
# Those who belong to a firm and may change its cases, whichever firm it is.
ADVISORS = WORKING | {"other advisor"}
STAFF = frozenset({"staff editor", "superuser"})

CLIENT = frozenset({"client"})

ALL = (EVERYBODY, EVERYBODY)
ACCOUNT = (SIGNED_IN, SIGNED_IN)
BY_MEMBERS = (MEMBERS, NOBODY)
BY_WORKING = (WORKING, WORKING)
BY_OWNER = (OWNER, OWNER)
# What is one person's own among colleagues.
BY_ADVISOR = (frozenset({"advisor"}), frozenset({"advisor"}))

DECLARED = {
    # For probes: these come from the machine itself (``tests/test_health.py`` tries others)
    "health:alive": ALL,
    "health:ready": ALL,
    "health:work": ALL,
    "health:metrics": ALL,
    "security-txt": ALL,
    # Their own account
    "account": ACCOUNT,
    "account-go-on": ACCOUNT,
    "account-end-session": (NOBODY, NOBODY),
    "account-let-go": (NOBODY, CLIENT),
    # What is held about somebody
    "privacy:policy": ALL,
    "privacy:data": ACCOUNT,
    "privacy:json": ACCOUNT,
    "privacy:zip": ACCOUNT,
    "privacy:erase": ACCOUNT,
    "privacy:checklist-data": (CLIENT, CLIENT),
    "privacy:checklist-json": (CLIENT, CLIENT),
    "privacy:checklist-zip": (CLIENT, CLIENT),
    "privacy:checklist-erase": (CLIENT, CLIENT),
    # A checklist
    "checklists:start": ALL,
    "checklists:resume": ALL,
    "checklists:countries": ALL,
    "checklists:checklist": ALL,
    "checklists:task": ALL,
    "checklists:calendar": ALL,
    "checklists:appointment-file": ALL,
    "checklists:paper": ALL,
    "checklists:keep": ALL,
    "checklists:next-question": ALL,
    "checklists:question": ALL,
    "checklists:answers": ALL,
    "checklists:all-answers": ALL,
    "checklists:save-as-persona": (NOBODY, STAFF),
    "checklists:change-answer": ALL,
    "checklists:changes": ALL,
    "checklists:acknowledge": ALL,
    "checklists:take-back": ALL,
    "checklists:mail": ALL,
    "checklists:confirm-mail": ALL,
    "checklists:stop-mail": ALL,
    "checklists:new-link": ALL,
    "checklists:remember": ALL,
    "checklists:forget": ALL,
    # Only for a browser that has held the checklist for longer than the account.
    "checklists:take-out": (NOBODY, NOBODY),
    "checklists:pasted": (EVERYBODY, NOBODY),
    "checklists:tick": ALL,
    "checklists:item": ALL,
    # Who else may see it
    "sharing:access": ALL,
    "sharing:new-code": ALL,
    "sharing:end-code": ALL,
    "sharing:shares": ALL,
    "sharing:end": ALL,
    "sharing:read-deeds": ALL,
    "sharing:messages": ALL,
    "sharing:write": ALL,
    "sharing:read": ALL,
    "sharing:answer": ALL,
    "sharing:tick-task": ALL,
    "sharing:enter": ALL,
    "sharing:code": (ADVISORS | {"anonymous"}, ADVISORS | {"anonymous"}),
    # A firm
    "firms:mine": ACCOUNT,
    "firms:new": ACCOUNT,
    "firms:invitation": (MEMBERS | {"anonymous"}, MEMBERS),
    "firms:members": BY_MEMBERS,
    "firms:invite-member": BY_OWNER,
    "firms:leave-members": (MEMBERS, MEMBERS),
    "firms:member": BY_OWNER,
    "firms:remove-member": BY_OWNER,
    "firms:withdraw-member-invitation": BY_OWNER,
    "firms:settings": BY_OWNER,
    "firms:stages": BY_OWNER,
    "firms:stage": BY_OWNER,
    "firms:move-stage": BY_OWNER,
    "firms:remove-stage": BY_OWNER,
    "firms:labels": BY_WORKING,
    "firms:label": BY_WORKING,
    "firms:remove-label": BY_WORKING,
    "firms:templates": BY_WORKING,
    "firms:new-template": BY_WORKING,
    "firms:template": BY_WORKING,
    "firms:remove-template": BY_WORKING,
    # Its cases
    "board:cases": BY_MEMBERS,
    "board:bulk": (NOBODY, WORKING),
    "board:export": (NOBODY, WORKING),
    "board:calendar": BY_MEMBERS,
    "board:calendar-file": (NOBODY, WORKING),
    "board:workload": BY_MEMBERS,
    "board:save-view": (MEMBERS, MEMBERS),
    "board:forget-view": BY_ADVISOR,
    "cases:new": BY_WORKING,
    "cases:edit": BY_WORKING,
    "cases:archive": BY_WORKING,
    "cases:restore": BY_WORKING,
    "cases:follow": BY_WORKING,
    "cases:documents": (MEMBERS, WORKING),
    "cases:add-person": BY_WORKING,
    "cases:edit-person": BY_WORKING,
    "cases:remove-person": BY_WORKING,
    "cases:send-questionnaire": BY_WORKING,
    "cases:import": BY_WORKING,
    "cases:import-template": (WORKING, NOBODY),
    "cases:import-preview": BY_ADVISOR,
    "casework:case": BY_MEMBERS,
    "casework:seen": (NOBODY, MEMBERS),
    "casework:change": BY_WORKING,
    "casework:messages": BY_MEMBERS,
    "casework:messages-with": (MEMBERS, WORKING),
    "casework:requests": BY_MEMBERS,
    "casework:ask": BY_WORKING,
    "casework:ask-for-papers": (NOBODY, WORKING),
    "casework:withdraw": BY_WORKING,
    "casework:received": BY_WORKING,
    "casework:tasks": BY_MEMBERS,
    "casework:add-task": BY_WORKING,
    "casework:tick-task": BY_WORKING,
    "casework:remove-task": BY_WORKING,
    "casework:notes": (MEMBERS, WORKING),
    "casework:change-note": BY_ADVISOR,
    "casework:delete-note": BY_ADVISOR,
    "casework:timeline": BY_MEMBERS,
    "history:history": (WORKING, NOBODY),
    "history:csv": (WORKING, NOBODY),
    "history:json": (WORKING, NOBODY),
    "history:case": (WORKING, NOBODY),
}
# The pages of django-allauth speak of whoever is signed in, and of nobody else.
OF_THEIR_OWN = ("account_", "mfa_", "usersessions_")
# Pages of a checklist that hold nothing but a form: viewers do not get in through the door.
FORMS = {
    "checklists:all-answers",
    "checklists:change-answer",
    "checklists:item",
    "checklists:next-question",
    "checklists:question",
}
# What a firm never does for a client.
ONLY_BY_LINK = {
    "checklists:acknowledge",
    "checklists:keep",
    "checklists:mail",
    "checklists:new-link",
    "checklists:remember",
    "checklists:forget",
    "checklists:take-out",
    "checklists:save-as-persona",
    "sharing:access",
    "sharing:new-code",
    "sharing:end-code",
    "sharing:shares",
    "sharing:end",
    "sharing:read-deeds",
    "sharing:messages",
    "sharing:write",
    "sharing:read",
    "sharing:answer",
    "sharing:tick-task",
    "privacy:checklist-data",
    "privacy:checklist-json",
    "privacy:checklist-zip",
    "privacy:checklist-erase",
}
