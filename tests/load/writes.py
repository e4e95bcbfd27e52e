"""Looks for everything that visitors were told is saved."""

from collections.abc import Iterable

from .visitor import Saved


def lost(everybody: Iterable[Saved]) -> list[str]:
    """One line for each thing that was said to be saved and is not there."""
    return [line for saved in everybody for line in _lost(saved)]


def count(everybody: Iterable[Saved]) -> int:
    """How often "saved" was said."""
    return sum(saved.answers + sum(times for times, _done in saved.ticks.values()) for saved in everybody)


def _lost(saved: Saved):
    """Each save adds one to a version, so that the last value does not hide one that is missing before it."""
    from checklists.models import Checklist

    checklist = Checklist.objects.get(pk=saved.checklist)
    rows = {f"{item.kind}/{item.key}/": item for item in checklist.items.all()}
    for line, (times, done) in saved.ticks.items():
        row, unsure = rows.get(line), saved.open.count(line)
        if row is None or not times <= row.version <= times + unsure or (not unsure and row.done != done):
            yield f"checklist {saved.checklist}, {line}: told {times} times, now {row and (row.version, row.done)}"
    unsure = saved.open.count("housing")
    saves, home = checklist.version - 1, checklist.answers.get("housing")
    if not saved.answers <= saves <= saved.answers + unsure or (saved.home and not unsure and home != saved.home):
        yield f"checklist {saved.checklist}, answers: told {saved.answers} times, now {saves}, {home}"
