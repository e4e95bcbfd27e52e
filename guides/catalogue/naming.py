"""Questions with the name of the country that they ask about in place of ``{country}``."""

from .schema import Option, Question

PLACE = "{country}"
# What is said while nobody knows where somebody moves to.
NOWHERE = ((f"in {PLACE}", "there"), (f"to {PLACE}", "there"), (PLACE, "that country"))


def named(text: str, country: str) -> str:
    """The text with the country's name; while that is empty, "there"."""
    for words, instead in ((PLACE, country),) if country else NOWHERE:
        text = text.replace(words, instead)
    return text


def about(question: Question, country: str) -> Question:
    """The question as it is asked of somebody who moves to the country of this name."""
    texts = {
        field: named(getattr(question, field), country) for field in ("title", "text", "hint", "why", "stale_text")
    }
    options = tuple(_option(option, country) for option in question.options)
    return question.model_copy(update={**texts, "options": options})


def _option(option: Option, country: str) -> Option:
    hints = tuple(hint.model_copy(update={"text": named(hint.text, country)}) for hint in option.hints)
    return option.model_copy(
        update={"label": named(option.label, country), "hint": named(option.hint, country), "hints": hints}
    )
