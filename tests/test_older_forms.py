"""Every form that changes what is there: one that was opened before somebody else's change overwrites nothing.

The addresses come from the URLconf. One that takes a form is either tried here, or stands in ``CANNOT_MATTER`` with the
reason why an older form does no harm there; a new one fails until somebody has thought about it.
"""

import pytest
from django.db import transaction

from tests.browser_forms import Forms
from tests.declared import DECLARED
from tests.older_forms import (
    Fields,
    House,
    Older,
    a_tick,
    answer,
    filtered,
    item,
    many,
    on,
    opens_the_same_case,
    renames,
    sends,
    writes_at_the_line,
)
from tests.test_nine_roles import SENT, everything, ours, tried
from tests.test_nine_roles import world as world_of_roles  # noqa: F401 (a fixture)

REST = ("document", "photo")
OLDER = {
    "checklists:question": Older(
        on("checklists:question", "nationalities"),
        {"nationalities": ["br"]},
        {"nationalities": ["us"]},
        lambda case: answer(case, "nationalities") == ["br"],
    ),
    "checklists:change-answer": Older(
        on("checklists:change-answer", "activities"),
        {"activities": ["student"], "confirm": "1"},
        {"activities": ["employee"], "confirm": "1"},
        lambda case: answer(case, "activities") == ["student"],
    ),
    "checklists:all-answers": Older(
        on("checklists:all-answers"),
        {"activities": ["student"]},
        {"activities": ["employee"]},
        lambda case: answer(case, "activities") == ["student"],
    ),
    "checklists:tick": Older(a_tick, {}, writes_at_the_line, lambda case: item(case).done),
    "checklists:item": Older(
        on("checklists:item", *REST), {"note": "Mine"}, {"note": "Hers"}, lambda case: item(case).note == "Mine"
    ),
    "sharing:shares": Older(
        on("sharing:access", action="sharing:shares", then=["person"]),
        {"shares_checklist": ["on"], "shares_documents": [], "shares_notes": []},
        {"shares_checklist": ["on"], "shares_documents": ["on"], "shares_notes": ["on"]},
        lambda case: not case.fresh("person").shares_documents,
    ),
    "sharing:answer": Older(
        on("sharing:messages", action="sharing:answer", then=["request"]),
        {"text": "IB 3170"},
        sends("casework:withdraw", "request"),
        None,
    ),
    "firms:member": Older(
        on("firms:member", "viewer"),
        {"role": "advisor"},
        {"role": "owner"},
        lambda case: case.fresh("viewer").role == "advisor",
    ),
    "firms:settings": Older(
        on("firms:settings"), {"name": "Mine"}, {"name": "Hers"}, lambda case: case.fresh("organisation").name == "Mine"
    ),
    "firms:stage": Older(
        on("firms:stages", action="firms:stage", then=["stage"]),
        {"name": "Mine"},
        {"name": "Hers"},
        lambda case: case.fresh("stage").name == "Mine",
    ),
    "firms:move-stage": Older(
        on("firms:stages", action="firms:move-stage", then=["stage"]),
        {"to": "up"},
        {"to": "up"},
        lambda case: list(case.organisation.stages.all()).index(case.stage) == len(case.stages) - 3,
    ),
    "firms:remove-stage": Older(
        on("firms:stages", action="firms:remove-stage", then=["stage"]),
        {},
        renames("firms:stages", "firms:stage", "stage", name="Hers"),
        lambda case: case.fresh("stage") is None,
    ),
    "firms:label": Older(
        on("firms:labels", action="firms:label", then=["label"]),
        {"name": "Mine"},
        {"name": "Hers"},
        lambda case: case.fresh("label").name == "Mine",
    ),
    "firms:remove-label": Older(
        on("firms:labels", action="firms:remove-label", then=["label"]),
        {},
        renames("firms:labels", "firms:label", "label", name="Hers"),
        lambda case: case.fresh("label") is None,
    ),
    "firms:template": Older(
        on("firms:template", "template"),
        {"text": "Mine"},
        {"text": "Hers"},
        lambda case: case.fresh("template").text == "Mine",
    ),
    "firms:remove-template": Older(
        on("firms:templates", action="firms:remove-template", then=["template"]),
        {},
        renames("firms:template", "firms:template", "template", text="Hers"),
        lambda case: case.fresh("template") is None,
    ),
    "board:bulk": Older(
        many,
        lambda case: {"stage": case.stages[1].pk},
        lambda case: {"stage": case.stages[2].pk},
        lambda case: case.fresh("case").stage == case.stages[1],
    ),
    "board:save-view": Older(
        filtered,
        {"name": "Ours", "query": "?waiting=client"},
        {"name": "Ours", "query": "?stuck=1"},
        lambda case: case.organisation.views.get().query == "?waiting=client",
    ),
    "cases:edit": Older(
        on("cases:edit"),
        {"target_date-day": "1", "target_date-month": "3", "target_date-year": "2099", "target_date": "2099-03-01"},
        {"name": "Hers"},
        lambda case: str(case.fresh("case").target_date) == "2099-03-01",
    ),
    "cases:documents": Older(
        on("cases:documents"),
        {"shared": ["passport"]},
        {"shared": ["photo"]},
        lambda case: [row.key for row in case.case.shared_documents.all()] == ["passport"],
    ),
    "cases:edit-person": Older(
        on("cases:edit-person", "person"),
        {"email": "mine@client.example"},
        {"email": "right@client.example"},
        lambda case: case.fresh("person").email == "mine@client.example",
    ),
    "cases:remove-person": Older(
        on("cases:remove-person", "person"),
        {},
        renames("cases:edit-person", "cases:edit-person", "person", name="Hers"),
        lambda case: case.fresh("person") is None,
    ),
    "cases:import-preview": Older(
        on("cases:import-preview", "upload"),
        {},
        opens_the_same_case,
        lambda case: case.fresh("upload") is None,
    ),
    "casework:change": Older(
        on("casework:case", action="casework:change"),
        lambda case: {"stage": case.stages[1].pk},
        lambda case: {"stage": case.stages[2].pk},
        lambda case: case.fresh("case").stage == case.stages[1],
    ),
    "casework:withdraw": Older(
        on("casework:requests", action="casework:withdraw", then=["request"]),
        {},
        sends("casework:received", "request", text="By post"),
        None,
    ),
    "casework:received": Older(
        on("casework:received", "request"), {"text": "Mine"}, sends("casework:withdraw", "request"), None
    ),
    "casework:remove-task": Older(
        on("casework:tasks", action="casework:remove-task", then=["task"]),
        {},
        sends("casework:tick-task", "task", done="1"),
        None,
    ),
    "casework:change-note": Older(
        on("casework:change-note", "note"),
        {"text": "Mine"},
        {"text": "Hers"},
        lambda case: case.fresh("note").text == "Mine",
    ),
    "casework:delete-note": Older(
        on("casework:change-note", "note", action="casework:delete-note", then=["note"]),
        {},
        renames("casework:change-note", "casework:change-note", "note", text="Hers"),
        lambda case: case.fresh("note") is None,
    ),
}

NEW = "It makes something new, beside what others made."
SAYS = "Its button says what shall be so. It is so already, or nobody has said otherwise since it was shown."
ENDS = "It ends something, whatever that holds by then, and says so before."
LOOKS = "It changes nothing."
ONLY_MORE = "It only adds to what is there: a mark moves forward, a browser remembers, a copy is made."
CANNOT_MATTER = {
    "account-end-session": ENDS,
    "account-let-go": ENDS,
    "privacy:erase": ENDS,
    "privacy:checklist-erase": ENDS,
    "checklists:start": NEW,
    "checklists:save-as-persona": NEW,
    "checklists:acknowledge": ONLY_MORE,
    "checklists:remember": ONLY_MORE,
    "checklists:forget": ENDS,
    "checklists:take-out": ENDS,
    "checklists:take-back": "It gives answers only to questions that nobody has answered by the time it is sent.",
    "checklists:mail": "A confirmed address stays; one that is not may be corrected by whoever has the link.",
    "checklists:confirm-mail": SAYS,
    "checklists:stop-mail": ENDS,
    "checklists:new-link": "The address is the old link itself, which leads nowhere once it was replaced.",
    "sharing:new-code": NEW,
    "sharing:end-code": ENDS,
    "sharing:end": ENDS,
    "sharing:read-deeds": ONLY_MORE,
    "sharing:write": NEW,
    "sharing:read": ONLY_MORE,
    "sharing:tick-task": SAYS,
    "sharing:enter": LOOKS,
    "sharing:code": NEW,
    "firms:new": NEW,
    "firms:invitation": "It can be accepted once.",
    "firms:invite-member": "An open invitation of the same address is made anew, which the history tells.",
    "firms:leave-members": ENDS,
    "firms:remove-member": ENDS,
    "firms:withdraw-member-invitation": ENDS,
    "firms:stages": NEW,
    "firms:labels": NEW,
    "firms:new-template": NEW,
    "board:export": LOOKS,
    "board:calendar-file": LOOKS,
    "board:forget-view": ENDS,
    "cases:new": NEW,
    "cases:archive": SAYS,
    "cases:restore": SAYS,
    "cases:follow": SAYS,
    "cases:add-person": NEW,
    "cases:send-questionnaire": "It goes to the address that is right by then, and says which one that is.",
    "cases:import": NEW,
    "casework:seen": ONLY_MORE,
    "casework:messages-with": NEW,
    "casework:ask": NEW,
    "casework:ask-for-papers": "What is asked for already is not asked for again.",
    "casework:add-task": NEW,
    "casework:tick-task": SAYS,
    "casework:notes": NEW,
}


@pytest.fixture
def case(firm, published):
    return House(firm)


def given(what, case) -> Fields:
    return what(case) if callable(what) else what


@pytest.mark.django_db
@pytest.mark.parametrize("name", OLDER)
def test_an_older_form_changes_nothing_until_both_were_seen(case, name):
    older = OLDER[name]
    path, fields = older.open(case)
    theirs = given(older.theirs, case)
    if theirs:
        assert case.she.post(path, fields | theirs).status_code == 302
    before = everything()
    mine = fields | given(older.mine, case)
    both = case.me.post(path, mine)
    assert both.status_code == 409
    assert everything() == before
    if older.saved:
        assert not older.saved(case)
        found = Forms(both.text).found
        action = next(action for action in (path, path.partition("?")[0], "") if action in found)
        assert case.me.post(action or path, found[action]).status_code == 302
        assert older.saved(case)


@pytest.mark.roles
def test_every_address_that_takes_a_form_is_thought_of(world_of_roles, client):  # noqa: F811
    world, takes = world_of_roles, set()
    for role in ("owner", "advisor", "client", "superuser"):
        client.force_login(world.people[role])
        for address, path, _through_door in tried(world):
            with transaction.atomic():
                if client.post(path, SENT.get(address.name)).status_code not in (403, 404, 405):
                    takes.add(address.name)
                transaction.set_rollback(True)
            client.force_login(world.people[role])
    takes &= DECLARED.keys()
    assert takes - OLDER.keys() - CANNOT_MATTER.keys() == set(), "say what an older form does there"
    assert (OLDER.keys() | CANNOT_MATTER.keys()) - {address.name for address in ours()} == set()
    assert OLDER.keys() & CANNOT_MATTER.keys() == set()
