"""The small catalogue with more in it: together they use every field of the schema, and are sound."""

from guides.catalogue.schema import Catalogue

from .small import COUNTRY, DOCUMENTS, NIF, QUESTIONS, small_catalogue

COVER = {"document": "identity-document", "when": "stay_months >= 3", "facts": ["nif.what"]}
PAPERS = [
    {
        "key": "identity-document",
        "name": "Identity document",
        "origin": "home_country",
        "issuer": "Your country",
    },
    {"key": "photo", "name": "Photo", "origin": "yourself", "issuer": "A photographer", "kind": "photo"},
]
CONTRIBUTIONS = {
    "key": "contributions",
    "country": "pt",
    "name": "Pay the contributions",
    "local_name": "Pagar as contribuições",
    "summary": "Keeps you insured.",
    "reason": "You must pay them while you live there.",
    "authority": "financas",
    "order": 30,
    "required_when": "to_portugal and stay_months >= 24",
    "ongoing": True,
    "requirements": [
        {
            "key": "identity",
            "name": "Who you are",
            "alternatives": [{"documents": ["identity-document", "photo"]}],
            "facts": ["nif.what"],
        }
    ],
    "recurring": [
        {
            "key": "declare",
            "text": "Declare what you earned.",
            "first": "arrival_date + 1 month",
            "months": [1, 4, 7, 10],
            "day": 31,
            "facts": ["nif.what"],
        },
        {
            "key": "renew",
            "text": "Renew the mandate.",
            "first": "arrival_date + 2 years",
            "every": "2 years",
            "when": "here",
            "facts": ["nif.what"],
        },
    ],
}
TASK = {
    "key": "tax-number",
    "country": "pt",
    "name": "A tax number",
    "local_name": "Número de Identificação Fiscal",
    "ways": ["nif"],
}
ALERTS = [
    {
        "key": "too-long",
        "country": "pt",
        "kind": "danger",
        "order": 5,
        "when": "to_portugal and here and arrival_date before today - 90 days",
        "about": ["arrival_date", "nif", "passport"],
        "text": "You came on {arrival_date}.",
        "cost": "You may have to leave.",
        "action": "Ask at the office before {date}.",
        "date": "arrival_date + 120 days",
        "stops": ["nif"],
        "facts": ["nif.what"],
    },
    {
        "key": "not-yet-there",
        "kind": "conflict",
        "when": "here and arrival_date after today",
        "about": ["here", "arrival_date"],
        "text": "You are there, and you arrive on {arrival_date}.",
        "impossible": True,
    },
]


def full_catalogue() -> Catalogue:
    raw = small_catalogue().model_dump()
    where, here = QUESTIONS[0], QUESTIONS[1]
    hints = [{"text": "For two months or more.", "when": "not here"}]
    portugal = {**where["options"][0], "calendar": "PT", "group": "In Europe", "hints": hints}
    raw["countries"] = [{**COUNTRY, "calendar": "PT-11"}]
    raw["questions"] = [
        {**where, "options": [portugal, *where["options"][1:]]},
        {
            **here,
            "title": "Where you are now",
            "stale_when": "not here and arrival_date before today",
            "stale_text": "Have you arrived?",
        },
        *raw["questions"][2:],
    ]
    raw["documents"] = [DOCUMENTS[0], {**DOCUMENTS[1], "held_when": "here", "covers": [COVER]}, *PAPERS]
    channel, deadline = NIF["channels"][0], NIF["deadlines"][0]
    processing = {**channel["processing"], "assumed_days": 5}
    nif = {
        **NIF,
        "channels": [{**channel, "place": "abroad", "processing": processing}],
        "deadlines": [{**deadline, "assumed": True, "cost": "A fine."}],
        "fees": [{**fee, "facts": ["nif.fee", "nif.what"]} for fee in NIF["fees"]],
    }
    what, free = raw["facts"]
    raw["facts"] = [{**what, "replaces": ["nif.fee"]}, free]
    raw["procedures"] = [nif, *raw["procedures"][1:], CONTRIBUTIONS]
    raw["tasks"], raw["alerts"] = [TASK], ALERTS
    return Catalogue.model_validate(raw)
