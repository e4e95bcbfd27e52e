"""Words as people type them: without accents, capitals and signs, in Spanish, Portuguese and English."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

# Letters and digits with "@" inside, as in Cl@ve; joined words are EX-15, n.º, d'entrada.
WORD = re.compile(r"[^\W_@]+(?:@[^\W_@]+)*")
JOINED = re.compile(rf"{WORD.pattern}(?:[-–/.’'·]{WORD.pattern})*")
INSIDE_FROM = 5  # letters of a term that is also found inside words, as "padron" in "empadronamiento"


@lru_cache(maxsize=10_000)
def fold(word: str) -> str:
    """One word without accents, capitals and signs: "Segurança" is "seguranca", "Cl@ve" is "clave"."""
    decomposed = unicodedata.normalize("NFKD", word.replace("@", "a").casefold())
    return "".join(char for char in decomposed if char.isalnum())


def words(text: str) -> Iterator[tuple[str, int, int]]:
    """The folded words of a text, with start and end; joined words also as one: "ex", "15", "ex15"."""
    for joined in JOINED.finditer(text):
        whole, start, end = joined[0], *joined.span()
        if not whole.isalnum():
            parts = [(fold(word[0]), start + word.start(), start + word.end()) for word in WORD.finditer(whole)]
            if len(parts) > 1:
                yield from parts
        yield fold(whole), start, end


def matches(word: str, term: str) -> bool:
    """Does a folded word stand for what was typed? It may begin with it, and holds it inside if the term is long."""
    if len(term) < INSIDE_FROM:
        return word == term if len(term) == 1 else word.startswith(term)
    return term in word


def query_terms(query: str) -> list[tuple[str, ...]]:
    """What somebody typed, each term once: the joined word first, then its parts if it has several."""
    found = []
    for joined in JOINED.finditer(unicodedata.normalize("NFC", query)):
        parts = tuple(fold(word) for word in WORD.findall(joined[0]))
        found.append((fold(joined[0]), *parts) if len(parts) > 1 else parts)
    return list(dict.fromkeys(term for term in found if term[0]))
