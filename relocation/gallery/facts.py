"""What the invented people of the gallery rest on: facts of the shipped catalogue, shortened."""

import datetime

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
WHY = {
    "reasons": ["because you are moving to Spain", "because you rent a home and are named in the lease"],
    "facts": [PADRON_FACT, THREE_MONTHS_FACT],
}
