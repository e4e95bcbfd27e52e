"""Invented people for the gallery of components: a move to Madrid, seen on 24 November 2026."""

from checklists.presenters.timeline import draw
from guides.reading.markdown import fact_button, note_id

from . import plan
from .facts import DAY, PADRON_FACT, THREE_MONTHS_FACT, WHY

TODAY = DAY(2026, 11, 24)
SPAIN = {"mark": "ES", "colour": "#8a5a0a", "name": "Spain"}
PORTUGAL = {"mark": "PT", "colour": "#2f6b4f", "name": "Portugal"}


def samples():
    """One of everything."""
    return {
        "countries": [SPAIN, PORTUGAL],
        "tag_groups": _tags(),
        "boxes": plan.boxes(),
        "progress": {"done": 7, "total": 18, "label": "things done", "note": "All done by 26 February 2027 (Friday)"},
        "answers": _answers(),
        "why": WHY,
        "changed": [{"label": "Reference", "theirs": "R-17", "mine": "R-18"}],
        "typed": [("reference", "R-18")],
        "notes": [_note(number, fact) for number, fact in enumerate([PADRON_FACT, THREE_MONTHS_FACT], 1)],
        "documents": plan.documents(),
        "steps": plan.steps(),
        "procedures": plan.procedures(),
        "deadlines": plan.deadlines(),
        "timeline": draw(plan.rows(), TODAY),
        "next": plan.next_step(),
        "empty": {
            "title": "No dates yet",
            "text": "Deadlines appear here as soon as you say when you arrive.",
            "url": "#",
            "action": "Add the day you arrive",
        },
        "guides": _guides(),
        "crumbs": [
            {"text": "Start", "url": "#"},
            {"text": "Guides", "url": "#"},
            {"text": "Your first month in Spain"},
        ],
    }


def _tags():
    return [
        [{"kind": kind} for kind in ("original", "copy", "original_and_copy", "digital", "information")],
        [{"kind": "translation"}, {"kind": "apostille"}, {"kind": "age", "text": "Younger than 3 months"}],
        [{"kind": kind} for kind in ("required", "recommended", "optional", "provisional")],
        [{"kind": kind} for kind in ("ready", "waiting", "done", "maybe", "late")],
        [{"kind": kind} for kind in ("official", "secondary", "guide", "unverified")],
    ]


def _note(number, fact):
    key = f"sample-{number}"
    return {"id": note_id(key), "number": number, "fact": fact, "button": fact_button(key, number)}


def _answers():
    card = {"name": "housing", "type": "radio"}
    box = {"name": "activities", "type": "checkbox"}
    return {
        "one": [
            card
            | {
                "id": "a1",
                "value": "tenant",
                "label": "I rent, and my name is in the lease",
                "checked": True,
            },
            card
            | {
                "id": "a2",
                "value": "guest",
                "label": "I stay with somebody",
                "hint": "Family, friends, a room without a lease",
            },
            card
            | {
                "id": "a3",
                "value": "",
                "label": "I am not sure yet",
                "hint": "The list shows both possibilities",
                "quiet": True,
            },
        ],
        "many": [
            box | {"id": "b1", "value": "employee", "label": "Work for an employer there", "checked": True},
            box
            | {
                "id": "b2",
                "value": "self_employed",
                "label": "Work for myself",
                "hint": "Freelancer or sole trader (autónomo)",
                "checked": True,
            },
            box | {"id": "b3", "value": "student", "label": "Study"},
        ],
    }


def _guides():
    return [
        {
            "title": "Your first month in Spain",
            "summary": "Town hall, police, Social Security: what to do first, and what can wait.",
            "url": "#",
            "country": SPAIN,
            "verified_on": DAY(2026, 11, 21),
        },
        {
            "title": "NIF, NISS and Número de Utente",
            "summary": "Three numbers, three offices, and the one visit that can give you all of them.",
            "url": "#",
            "country": PORTUGAL,
            "verified_on": DAY(2026, 11, 21),
        },
    ]
