"""What the visitors saw, as a table."""

import statistics
from collections import Counter, defaultdict
from threading import Lock

from .browser import Answer

RIGHT = {"tick": {302}, "answer": {302}}
HEAD = f"{'page':<14}{'number':>8}{'p50 ms':>9}{'p95 ms':>9}{'CPU p50':>9}{'CPU p95':>9}{'most':>8}"


class Figures:
    """Takes answers from many threads. ``errors``: how often each page failed, and how."""

    def __init__(self):
        self.answers: dict[str, list[Answer]] = defaultdict(list)
        self.errors: Counter[str] = Counter()
        self._lock = Lock()

    def record(self, page: str, answer: Answer) -> None:
        with self._lock:
            if answer.status in RIGHT.get(page, {200}):
                self.answers[page].append(answer._replace(text=""))
            else:
                self.errors[f"{page}: {answer.status or answer.text}"] += 1

    @property
    def count(self) -> int:
        return sum(map(len, self.answers.values())) + self.errors.total()

    def table(self) -> str:
        """Wall times are those of a machine that does nothing but this; processor times hold on any of its kind."""
        rows = [HEAD]
        for page, answers in sorted(self.answers.items()):
            wall, cpu = (sorted(getattr(answer, of) for answer in answers) for of in ("ms", "cpu"))
            figures = (f"{value:9.1f}" for times in (wall, cpu) for value in (_part(times, 50), _part(times, 95)))
            rows.append(f"{page:<14}{len(answers):>8}{''.join(figures)}{cpu[-1]:8.1f}")
        return "\n".join(rows)


def _part(times: list[float], percent: int) -> float:
    return statistics.quantiles(times, n=100, method="inclusive")[percent - 1] if len(times) > 1 else times[0]
