"""The gallery of components: an invented person, out of ``gallery.yaml``."""

import datetime
from pathlib import Path
from typing import Any

import yaml
from django import forms

from checklists.presenters.timeline import Band, Mark, Row, draw
from guides.days import DateInput
from guides.reading.markdown import fact_button, note_id

TODAY = datetime.date(2026, 11, 24)
# The facts of each note: one is opened alone, the others together.
NOTES = ((1,), (2, 3))


class DayForm(forms.Form):
    arrival = forms.DateField(label="When do you arrive?", widget=DateInput)


def samples() -> dict[str, Any]:
    """One of everything."""
    found = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"))
    found["timeline"] = draw([_row(**row) for row in found["timeline"]], TODAY)
    found["notes"] = [_note(found["facts"], numbers) for numbers in NOTES]
    found["day"] = DayForm(initial={"arrival": TODAY}, auto_id="sample-%s")["arrival"]
    return found


def _row(bands=(), marks=(), **row) -> Row:
    return Row(**row, bands=[Band(**band) for band in bands], marks=[Mark(**mark) for mark in marks])


def _note(facts: list[dict], numbers: tuple[int, ...]) -> dict[str, Any]:
    numbered = [(f"sample-{number}", number) for number in numbers]
    return {
        "id": note_id(*(key for key, _number in numbered)),
        "facts": [{"number": number, "fact": facts[number - 1]} for number in numbers],
        "button": fact_button(*numbered),
    }
