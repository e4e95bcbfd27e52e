"""A small catalogue that is sound. What it leaves out of the schema is in ``full``."""

import datetime

from guides.catalogue.schema import Catalogue

DAY = datetime.date(2026, 11, 1)

COUNTRY = {
    "key": "pt",
    "name": "Portugal",
    "local_name": "Portugal",
    "language": "pt",
    "mark": "PT",
    "colour": "#2f6b4f",
    "summary": "First the NIF,\nthen the rest.",
}
AUTHORITY = {
    "key": "financas",
    "country": "pt",
    "name": "Tax authority",
    "local_name": "Finanças",
    "abbreviation": "AT",
    "about": "Gives the tax number.",
    "url": "https://example.org/at",
}
SOURCES = [
    {
        "key": "portal",
        "title": "Portal",
        "publisher": "The state",
        "url": "https://example.org/",
        "date": "2024-07",
        "kind": "law",
    },
    {"key": "blog", "title": "No, really", "publisher": "Somebody"},
]
FACTS = [
    {
        "key": "nif.what",
        "country": "pt",
        "statement": "The NIF is the tax number.",
        "kind": "eligibility",
        "confidence": "official",
        "sources": ["portal", "blog"],
        "source_date": "2024-07-19",
        "effective": "2024",
        "note": "Old leaflets call it the taxpayer number.",
        "verified_on": DAY,
        "review_due": DAY.replace(year=2027),
        "disagrees_with": ["nif.fee"],
        "second_reading": "agreed",
    },
    {"key": "nif.fee", "country": "pt", "statement": "It is free.", "confidence": "guide", "sources": ["blog"]},
]
LINK = {
    "key": "portal-page",
    "country": "pt",
    "name": "The portal's page",
    "local_name": "Portal",
    "kind": "form",
    "url": "https://example.org/nif",
    "home_page": True,
    "hours": "Monday to Friday",
    "opened_on": DAY,
    "facts": ["nif.what"],
}
POINTER = {
    "key": "bank",
    "country": "pt",
    "name": "Bank account",
    "local_name": "Conta bancária",
    "text": "A bank asks for the number.",
    "phase": "first_weeks",
    "order": 3,
    "when": "here",
    "links": ["portal-page"],
    "facts": ["nif.what"],
}
PARAMETER = {
    "key": "pension-age",
    "country": "pt",
    "name": "Pension age",
    "unit": "years",
    "rows": [
        {"year": 2026, "values": {"age": "66 years"}, "confidence": "secondary", "facts": ["nif.what"]},
        {"values": {"age": 66, "rate": 34.75}},
    ],
}
QUESTIONS = [
    {
        "key": "destination",
        "kind": "choice",
        "text": "Where to?",
        "hint": "One country.",
        "why": "Everything depends on it.",
        "order": 20,
        "screen": "start",
        "options": [
            {
                "value": "pt",
                "label": "Portugal",
                "hint": "Lisbon",
                "phrase": "you move to Portugal",
                "when": "not here or stay_months >= 2",
                "kept_because": "More may come.",
            },
            {"value": "es", "label": "Spain", "phrase": "you move to Spain"},
        ],
        "phrase": "you move to {value}",
        "kept_because": "Nobody can do without.",
    },
    {
        "key": "here",
        "kind": "yes_no",
        "text": "Are you there?",
        "why": "Offices differ.",
        "order": 10,
        "phrase": "you are there",
        "negative_phrase": "you are not there",
    },
    {"key": "arrival_date", "kind": "date", "text": "When?", "why": "Deadlines count from it.", "order": 30},
    {
        "key": "stay_months",
        "kind": "integer",
        "text": "How long?",
        "why": "Short stays differ.",
        "order": 40,
        "minimum": 1,
        "maximum": 120,
        "unit": "months",
    },
    {"key": "in_hand", "kind": "documents", "text": "What do you hold?", "why": "It may do.", "order": 50},
]
TERM = {
    "key": "to_portugal",
    "condition": "destination is pt",
    "phrase": "you move to Portugal",
    "negative_phrase": "you do not move to Portugal",
}
DOCUMENTS = [
    {
        "key": "nif-document",
        "country": "pt",
        "name": "Tax number",
        "local_name": "NIF",
        "origin": "authority",
        "issuer": "The tax authority",
        "how": "Ask at an office.",
        "validity": "for ever",
        "url": "https://example.org/nif",
        "facts": ["nif.what"],
    },
    {
        "key": "passport",
        "name": "Passport",
        "origin": "home_country",
        "issuer": "Your country",
        "form": "original_and_copy",
        "translation": "if_foreign",
        "apostille": "yes",
    },
]
NIF = {
    "key": "nif",
    "country": "pt",
    "name": "Get a tax number",
    "local_name": "Pedir o NIF",
    "summary": "Gives you the NIF.",
    "reason": "You need it for a lease.",
    "authority": "financas",
    "order": 10,
    "required_when": "to_portugal and stay_months >= 24",
    "recommended_when": "stay_months >= 6",
    "optional_when": "here",
    "done_when": "in_hand has nif-document",
    "place": "anywhere",
    "by_employer": True,
    "outputs": ["nif-document"],
    "requirements": [
        {
            "key": "identity",
            "name": "Who you are",
            "alternatives": [
                {
                    "documents": ["passport", "nif-document"],
                    "when": "here",
                    "why": "It is quickest.",
                    "max_age": "3 months",
                    "facts": ["nif.what"],
                },
                {"documents": ["passport"]},
            ],
            "when": "stay_months >= 3",
            "discretion": "Some offices ask for it.",
            "why": "They must know you.",
            "facts": ["nif.what", "nif.fee"],
        }
    ],
    "channels": [
        {
            "key": "desk",
            "kind": "in_person",
            "name": "Tax office",
            "how": "Book a day.",
            "url": "https://example.org/desk",
            "credentials": ["passport", "patience"],
            "file_limits": "5 MB",
            "processing": {"min_days": 0, "max_days": 3, "text": "at once"},
            "when": "here",
            "available": False,
            "facts": ["nif.what"],
        }
    ],
    "steps": [
        {"key": "go", "text": "Go there.", "when": "here", "links": ["portal-page"], "facts": ["nif.what"]},
        {"key": "ask", "text": "Ask.", "facts": ["nif.fee"]},
    ],
    "fees": [
        {
            "key": "none",
            "text": "From 7.50 to 15 dollars.",
            "amount": 7.5,
            "amount_to": 15.0,
            "currency": "USD",
            "year": 2026,
            "when": "here",
            "facts": ["nif.fee"],
        }
    ],
    "deadlines": [
        {
            "key": "soon",
            "kind": "latest",
            "text": "Within three months.",
            "date": "arrival_date + 3 months",
            "binding": True,
            "when": "here",
            "facts": ["nif.what"],
        }
    ],
    "pitfalls": [
        {"key": "nif.fee", "text": "Agents charge.", "fix": "Go yourself.", "when": "here", "facts": ["nif.fee"]}
    ],
    "faqs": [{"question": "Is it free?", "answer": "Yes.", "facts": ["nif.fee"]}],
    "facts": ["nif.what", "nif.fee"],
}
NISS = {
    "key": "niss",
    "country": "pt",
    "name": "Get a Social Security number",
    "local_name": "Pedir o NISS",
    "summary": "Gives you the NISS.",
    "reason": "You need it to work.",
    "authority": "financas",
    "order": 20,
    "requires": [
        {
            "procedure": "nif",
            "strength": "recommended",
            "when": "here",
            "why": "The form asks for the NIF.",
            "facts": ["nif.what"],
        }
    ],
}
GUIDES = [
    {"key": "live-in-portugal", "country": "pt", "title": "Live there", "summary": "Later.", "body": "Enjoy it."},
    {
        "key": "work-in-portugal",
        "country": "pt",
        "title": "Work in Portugal",
        "summary": "What to do first.",
        "body": "## The tax number {procedure=nif}\n\nIt is free.[^nif.fee]",
        "order": 2,
        "procedures": ["nif", "niss"],
        "related": ["live-in-portugal"],
        "faqs": [{"question": "Where?", "answer": "At an office."}],
    },
]


def small_catalogue() -> Catalogue:
    return Catalogue.model_validate(
        {
            "countries": [COUNTRY],
            "authorities": [AUTHORITY],
            "sources": SOURCES,
            "facts": FACTS,
            "links": [LINK],
            "parameters": [PARAMETER],
            "questions": QUESTIONS,
            "terms": [TERM],
            "documents": DOCUMENTS,
            "procedures": [NIF, NISS],
            "pointers": [POINTER],
            "guides": GUIDES,
        }
    )


def changed(catalogue: Catalogue, section: str, key: str, **fields) -> Catalogue:
    """The catalogue with other values in one of its entries."""
    entries = [
        type(entry).model_validate({**entry.model_dump(), **fields}) if entry.key == key else entry
        for entry in getattr(catalogue, section)
    ]
    return catalogue.model_copy(update={section: tuple(entries)})


def without(catalogue: Catalogue, section: str, *keys: str) -> Catalogue:
    """The catalogue without some of its entries."""
    entries = [entry for entry in getattr(catalogue, section) if entry.key not in keys]
    return catalogue.model_copy(update={section: tuple(entries)})
