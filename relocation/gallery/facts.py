"""What the invented people of the gallery rest on: facts of the shipped catalogue, shortened."""

import datetime

from guides.reading.doubts import Otherwise

DAY = datetime.date
PADRON_FACT = {
    "statement": "Anyone living in Spain must register in the padrón of the town where they usually live.",
    "confidence": "official",
    "verified_on": DAY(2026, 11, 21),
    "sources": [
        {
            "title": "Padrón Municipal. Alta y cambio de domicilio en Padrón",
            "publisher": "Ayuntamiento de Madrid",
            "url": "https://sede.madrid.es/portal/site/tramites/",
        }
    ],
}
THREE_MONTHS_FACT = {
    "statement": "Health-card offices in Madrid and Catalonia ask for a padrón document no older than three months.",
    "confidence": "secondary",
    "verified_on": DAY(2026, 11, 21),
    "sources": [
        {
            "title": "Tarjeta sanitaria (Madrid)",
            "publisher": "tramitex.es",
            "url": "https://tramitex.es/tarjeta-sanitaria/",
        }
    ],
}
CERTIFICATE_FACT = {
    "statement": "Bring a padrón certificate issued within the last three months.",
    "confidence": "guide",
    "verified_on": DAY(2025, 11, 21),
    "review_due": DAY(2026, 5, 21),
    "overdue": True,
    "others": [
        Otherwise(
            "The official list is TA.1 signed by the person plus DNI, or foreigner card or passport.",
            "official",
            "Seguridad Social",
            "other",
            "official",
        )
    ],
    "sources": [{"title": "How to get a NUSS", "publisher": "A relocation guide", "url": ""}],
}
WHY = {
    "reasons": ["because you are moving to Spain", "because you rent a home and are named in the lease"],
    "facts": [PADRON_FACT, THREE_MONTHS_FACT, CERTIFICATE_FACT],
}
