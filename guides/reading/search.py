"""Search over the edition: an index in memory, with and without accents, by the beginnings of words.

Decided in docs/decisions: what readers search is a few hundred entries that are in memory anyway.
"""

import math
from array import array
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from rapidfuzz import process
from rapidfuzz.distance import OSA

from guides.catalogue.compiled import CompiledCatalogue
from guides.folding import fold, matches, query_terms, words

from .entries import SearchEntry, entries_of
from .guide_page import GuidePage

FIELD_WEIGHTS = {"names": 8.0, "headings": 4.0, "summary": 3.0}
PASSAGE_WEIGHT = 1.0
KIND_WEIGHTS = {"guide": 1.2, "procedure": 1.2, "document": 0.8, "pointer": 1.0, "fact": 0.5}
REPEATED = 0.2  # for each further passage with the word, up to five
BEGINNING = 0.6  # a word that only begins like the term
INSIDE = 0.5  # a word that holds the term somewhere
SINGULAR = 0.8  # "permit" for "permits"
MOST_TERMS = 12
SHORTEST_SLIP = 4  # letters; a shorter word is near to too many others
MOST_SLIPS = 2  # letters wrong, missing, too many or swapped in a word; one in a word of up to seven letters
STOP_WORDS = frozenset(
    """
    a an and are as at be by can do does for from how i if in into is it me my need of on or the this to what when
    where which who will with you your
    de del el la las los y un una da das do dos e o os um uma
    """.split()  # noqa: SIM905
)

Scores = dict[int, float]
# The numbers of the entries that have a word, and how much it counts in each: there are some 100,000 of both.
Posting = tuple["array[int]", "array[float]"]


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found, best first. Without ``complete`` no entry has all the words, and these have some.

    ``meant`` is the query with the nearest words of the index in place of those that nothing has; empty if all are
    there, or nothing is near. ``instead``: nothing has any of the typed words, and the entries are those for ``meant``.
    """

    entries: list[SearchEntry]
    terms: tuple[str, ...]
    complete: bool
    meant: str = ""
    instead: bool = False


class SearchIndex:
    def __init__(self, compiled: CompiledCatalogue, guides: Iterable[GuidePage]):
        self.entries = entries_of(compiled, guides)
        self._names = [{word for word, *_ in words(entry.names)} for entry in self.entries]
        postings: dict[str, Posting] = defaultdict(lambda: (array("L"), array("d")))
        for number, entry in enumerate(self.entries):
            for word, weight in _weights(entry).items():
                numbers, weights = postings[word]
                numbers.append(number)
                weights.append(weight)
        self._postings = dict(postings)
        self._called: dict[str, set[int]] = defaultdict(set)
        for number, entry in enumerate(self.entries):
            for name in (entry.key, entry.title, entry.local_name):
                # Also without the short form behind it: "Health card (TSI)".
                self._called[fold(name)].add(number)
                self._called[fold(name.partition(" (")[0])].add(number)

    def search(self, query: str) -> Found:
        terms = query_terms(query)[:MOST_TERMS]
        telling = [term for term in terms if term[0] not in STOP_WORDS] or terms
        scored = [(term, scores) for term in telling if (scores := self._scores_of(term))]
        meant = self._meant([term[0] for term in terms], {term[0] for term, _ in scored})
        if not scored:
            return replace(self.search(meant), meant=meant, instead=True) if meant else Found([], (), complete=True)
        every = set.intersection(*(set(scores) for _, scores in scored)) if len(scored) == len(telling) else set()
        numbers = every or {number for _, scores in scored for number in scores}
        totals = {number: self._total(number, scored) for number in numbers}
        exact = self._called.get(fold(query), ())
        best = sorted(totals, key=lambda n: (n not in exact, -totals[n], self.entries[n].title, n))
        shown = tuple(dict.fromkeys(form for term in telling for word in term for form in _forms(word)))
        return Found([self.entries[number] for number in best], shown, bool(every), meant)

    def _meant(self, typed: list[str], known: Collection[str]) -> str:
        """The typed words, each unknown one corrected; empty where there is nothing to correct, or no way to."""
        better = [word if word in known or word in STOP_WORDS else self._nearest(word) for word in typed]
        return " ".join(better) if better != typed and all(better) else ""

    def _nearest(self, word: str) -> str:
        """The word of the index with the fewest letters to change, of those the one in most entries; or nothing."""
        if len(word) < SHORTEST_SLIP:
            return ""
        most = MOST_SLIPS if len(word) > 7 else 1
        near = process.extract(word, list(self._postings), scorer=OSA.distance, score_cutoff=most, limit=50)
        return min(near, key=lambda found: (found[1], -len(self._postings[found[0]][0])), default=("",))[0]

    def _total(self, number: int, scored: list[tuple[tuple[str, ...], Scores]]) -> float:
        """The sum over the terms, up to doubled where the terms make up the whole name."""
        total = sum(scores.get(number, 0) for _, scores in scored)
        names = self._names[number]
        named = sum(any(matches(word, term[0]) for word in names) for term, _ in scored)
        return total * KIND_WEIGHTS[self.entries[number].kind] * (1 + named / max(len(names), len(scored)))

    def _scores_of(self, term: tuple[str, ...]) -> Scores:
        """The entries that hold a term, as one word or, if it has parts, with all of them; rare terms weigh more."""
        scores = self._scores_of_word(term[0])
        if parts := [self._scores_of_word(part) for part in term[1:]]:
            for number in set.intersection(*(set(part) for part in parts)):
                scores[number] = max(scores.get(number, 0), min(part[number] for part in parts))
        rarity = math.log(1 + len(self.entries) / len(scores)) if scores else 0
        return {number: score * rarity for number, score in scores.items()}

    def _scores_of_word(self, typed: str) -> Scores:
        scores: Scores = {}
        for form, quality in _forms(typed).items():
            for word in self._postings:
                if matches(word, form):
                    factor = quality * (1 if word == form else BEGINNING if word.startswith(form) else INSIDE)
                    for number, weight in zip(*self._postings[word], strict=True):
                        scores[number] = max(scores.get(number, 0), weight * factor)
        return scores


def _weights(entry: SearchEntry) -> dict[str, float]:
    """How much each word of an entry counts in it."""
    weights = {word: PASSAGE_WEIGHT for passage in entry.passages for word in passage.words}
    for field, weight in FIELD_WEIGHTS.items():
        for word, *_ in words(getattr(entry, field)):
            weights[word] = max(weights.get(word, 0), weight)
    times = Counter(word for passage in entry.passages for word in passage.words)
    return {word: weight + REPEATED * min(times[word], 5) for word, weight in weights.items()}


def _forms(word: str) -> dict[str, float]:
    """The word, and the word without a plural "s", with how well each stands for it."""
    return {word: 1.0, word[:-1]: SINGULAR} if len(word) > 3 and word.endswith("s") else {word: 1.0}
