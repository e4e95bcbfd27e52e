"""The gallery of components: an invented person, out of ``gallery.yaml``."""

import datetime
from pathlib import Path
from typing import Any

import yaml

from checklists.presenters.timeline import Band, Mark, Row, draw
from guides.reading.markdown import fact_button, note_id

TODAY = datetime.date(2026, 11, 24)


def samples() -> dict[str, Any]:
    """One of everything."""
    found = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"))
    found["timeline"] = draw([_row(**row) for row in found["timeline"]], TODAY)
    found["notes"] = [_note(number, fact) for number, fact in enumerate(found["notes"], 1)]
    return found


def _row(bands=(), marks=(), **row) -> Row:
    return Row(**row, bands=[Band(**band) for band in bands], marks=[Mark(**mark) for mark in marks])


def _note(number: int, fact: dict) -> dict[str, Any]:
    key = f"sample-{number}"
    return {"id": note_id(key), "facts": [{"number": number, "fact": fact}], "button": fact_button((key, number))}
