"""A move to Madrid, seen on 24 November 2026: documents, procedures, dates and the calendar."""

from checklists.presenters.timeline import Band, Mark, Row

from .facts import DAY, PADRON_FACT, THREE_MONTHS_FACT, WHY


def boxes():
    return [
        {"kind": "info", "text": "Your checklist has a link of its own. Keep it: whoever has it can open the list."},
        {
            "kind": "case",
            "title": "In your case",
            "text": "You hold a residence visa, so you ask for the TIE card and not for the white NIE paper.",
        },
        {
            "kind": "pitfall",
            "title": "A volante is not a certificate",
            "text": "Town halls give two papers that look alike. Offices refuse the volante.",
            "fix": "Say “certificado de empadronamiento” at the counter.",
            "why": {"facts": [THREE_MONTHS_FACT]},
        },
        {
            "kind": "deadline",
            "title": "12 days left",
            "text": "Ask for the fingerprint appointment before 6 December 2026 (Sunday).",
        },
        {"kind": "success", "text": "Done: town-hall registration. You can now ask for the health card."},
        {
            "kind": "error",
            "title": "The file was not stored",
            "text": "It is protected with a password, so nobody could read it. Save it without one and send it again.",
        },
    ]


def documents():
    return [
        {
            "id": "passport",
            "name": "Passport",
            "local_name": "Pasaporte",
            "lang": "es",
            "tags": [{"kind": "original_and_copy"}],
            "done": True,
            "tick": {"id": "tick-1", "url": "/components/", "done": True, "label": "I have it: Passport"},
            "for": ["Town-hall registration", "Foreigner identity card (TIE)"],
        },
        {
            "id": "padron",
            "name": "Certificate of registration at the town hall",
            "local_name": "Certificado de empadronamiento",
            "lang": "es",
            "tags": [{"kind": "original"}, {"kind": "age", "text": "Younger than 3 months"}],
            "window": "Get it between 7 December 2026 (Monday) and 14 January 2027 (Thursday)",
            "from": {"text": "Town-hall registration, step 1", "url": "#registration"},
            "for": ["Foreigner identity card (TIE)", "Health card"],
            "tick": {
                "id": "tick-2",
                "url": "/components/",
                "done": False,
                "label": "I have it: Certificate of registration",
            },
            "why": WHY,
        },
        {
            "id": "marriage",
            "name": "Marriage certificate",
            "local_name": "Certificado de matrimonio",
            "lang": "es",
            "tags": [{"kind": "original"}, {"kind": "apostille"}, {"kind": "translation"}],
            "from": {"text": "The registry office where you married"},
            "provisional": True,
            "question": {"text": "Who moves with you?", "url": "#"},
            "tick": {
                "id": "tick-3",
                "url": "/components/",
                "done": False,
                "label": "I have it: Marriage certificate",
            },
            "instead": {"names": "Certificate of a registered partnership", "groups": []},
        },
    ]


def steps():
    tick = {"id": "tick-4", "url": "/components/", "done": False, "label": "Done: look up the list"}
    return [
        {"id": "s1", "state": "done", "text": "Look up the list of papers on the website of your town hall."},
        {
            "id": "s2",
            "state": "ready",
            "text": "Book the appointment.",
            "tick": tick,
            "why": {"facts": [PADRON_FACT]},
        },
        {"id": "s3", "state": "ready", "text": "Gather your passport and the lease, each with a copy."},
        {"id": "s4", "state": "waiting", "text": "Register at the town hall."},
        {
            "id": "s5",
            "state": "maybe",
            "text": "Register your children together with you.",
            "question": {"text": "Who moves with you?", "url": "#"},
        },
    ]


def registration():
    return {
        "id": "registration",
        "name": "Town-hall registration",
        "local_name": "Empadronamiento",
        "lang": "es",
        "state": "ready",
        "tags": [{"kind": "ready"}],
        "reason": "Everybody registers in the town where they live. Other offices ask for it.",
        "office": "Town hall of Madrid",
        "office_local": "Ayuntamiento",
        "window": "Now, and not later than 7 December 2026 (Monday)",
        "steps": steps()[:4],
        "papers": [
            {"name": "Passport", "url": "#passport", "done": True},
            {"name": "Marriage certificate", "url": "#marriage", "maybe": True},
        ],
        "ways": ways(),
        "fees": [{"amount": "", "text": "Free"}],
        "finish": {
            "id": "tick-5",
            "url": "/components/",
            "done": False,
            "name": "Town-hall registration",
            "gives": "Certificate of registration",
        },
        "why": WHY,
        "open": True,
    }


def identity_card():
    return {
        "id": "tie",
        "name": "Foreigner identity card (TIE)",
        "local_name": "Tarjeta de Identidad de Extranjero",
        "lang": "es",
        "state": "waiting",
        "tags": [{"kind": "waiting"}],
        "reason": "With a visa of more than six months you ask for the card in the first month after you enter.",
        "office": "Policía Nacional",
        "window": "Between 7 December 2026 (Monday) and 6 January 2027 (Wednesday)",
        "waits_for": ["Town-hall registration"],
        "fees": [{"amount": "16.08 to 21.87 €", "text": "Form 790, code 012"}],
        "pitfalls": [{"text": boxes()[2]["text"], "fix": boxes()[2]["fix"]}],
        "deadlines": deadlines()[:1],
        "note": {"url": "/components/", "slot": "note-tie", "text": "Ask for a morning appointment", "date": None},
    }


def procedures():
    return [
        registration(),
        identity_card(),
        {
            "id": "health",
            "name": "Health card",
            "local_name": "Tarjeta sanitaria individual",
            "lang": "es",
            "state": "maybe",
            "tags": [{"kind": "maybe"}],
            "question": {"text": "What covers you when you are ill?", "url": "#"},
        },
        {
            "id": "number",
            "name": "Social Security number",
            "local_name": "Número de la Seguridad Social",
            "lang": "es",
            "state": "done",
            "tags": [{"kind": "done"}],
            "window": "Done on 20 November 2026 (Friday)",
            "finish": {"id": "tick-6", "url": "/components/", "done": True, "name": "Social Security number"},
        },
    ]


def ways():
    return [
        {
            "name": "Línea Madrid office",
            "kind": "In person",
            "url": "https://www.madrid.es",
            "how": "Book on madrid.es or call 010.",
            "time": "On the spot",
            "recommended": True,
            "why": "You need nothing more for it",
        },
        {"name": "Madrid online", "kind": "Online", "missing": "Cl@ve registration", "files": "Up to 10 MB"},
    ]


def deadlines():
    return [
        {
            "date": DAY(2026, 12, 6),
            "text": "Ask for the TIE card by this day",
            "left": "in 12 days",
            "binding": True,
            "procedure": {"name": "Foreigner identity card (TIE)", "url": "#"},
            "why": {"facts": [PADRON_FACT]},
        },
        {
            "date": DAY(2027, 2, 26),
            "text": "Your registration certificate becomes too old for the health card",
            "left": "in 94 days",
            "procedure": {"name": "Health card"},
        },
        {"date": None, "text": "Renew the permit, from two months before it expires"},
    ]


def rows():
    return [
        Row(
            "Town-hall registration",
            DAY(2026, 11, 24),
            DAY(2026, 12, 7),
            "ready",
            critical=True,
            latest=DAY(2026, 12, 2),
        ),
        Row(
            "Foreigner identity card (TIE)",
            DAY(2026, 12, 7),
            DAY(2027, 1, 22),
            critical=True,
            latest=DAY(2026, 12, 7),
            bands=[Band(DAY(2026, 12, 7), DAY(2027, 3, 7), "Town-hall certificate is young enough")],
            marks=[Mark(DAY(2027, 1, 4), "Ask for the card by this day")],
        ),
        Row("Social Security number", DAY(2026, 12, 1), DAY(2026, 12, 4), latest=DAY(2027, 1, 11)),
        Row("Digital identity (Cl@ve)", DAY(2027, 1, 23), DAY(2027, 1, 25), critical=True),
        Row(
            "Health card",
            DAY(2027, 1, 26),
            DAY(2027, 2, 26),
            "maybe",
            bands=[Band(DAY(2027, 1, 10), DAY(2027, 2, 20), "Town-hall certificate is young enough")],
        ),
    ]


def next_step():
    return {
        "title": "Book your town-hall registration",
        "local_name": "Empadronamiento",
        "lang": "es",
        "why": "The police want the certificate before they take your fingerprints, and appointments are scarce.",
        "when": "By 2 December 2026 (Wednesday), in 8 days",
        "office": "Town hall of Madrid, any Línea Madrid office",
        "unlocks": ["Foreigner identity card (TIE)", "Health card"],
        "url": "#",
        "action": "Open the steps",
    }
