"""Answering the questionnaire by clicking what is on the page."""

import re
from pathlib import Path

import yaml
from playwright.sync_api import Locator, Page

from guides.catalogue.countries import country_names
from guides.catalogue.schema import Question
from tests.shipped import shipped_catalogue

PERSONAS = Path(__file__).parent.parent / "personas"
MOST_SCREENS = 14


def answers_of(persona: str) -> dict:
    """The raw answers of a persona by key."""
    return yaml.safe_load((PERSONAS / f"{persona}.yaml").read_text(encoding="utf-8"))["answers"]


def press(page: Page, name: str) -> None:
    """Press the button that begins with this, and wait for the page it leads to."""
    with page.expect_navigation():
        page.get_by_role("button", name=re.compile(f"^{re.escape(name)}")).click()


def start_with(page: Page, country: str) -> None:
    """Begin on the home page, on the card of a country."""
    page.goto("/")
    with page.expect_navigation():
        page.get_by_role("button", name=country).click()


def answer_all(page: Page, answers: dict) -> int:
    """Answer page after page until the summary comes. Returns the number of pages, the home page being the first."""
    screens = 1
    while page.get_by_role("heading", name="Your answers", exact=True).count() == 0:
        assert screens < 30, f"no end of questions at {page.url}"
        answer_page(page, answers)
        screens += 1
    return screens


def answer_page(page: Page, answers: dict) -> None:
    """Answer the questions of one page and go on; where ``answers`` has none, say "I am not sure"."""
    asked = questions_on(page)
    assert asked, f"no known question at {page.url}"
    if len(asked) == 1 and answers.get(asked[0].key) is None:
        press(page, "I am not sure")
        return
    for question in asked:
        if question.key in answers:
            give_answer(page, question, answers[question.key])
    press(page, "Continue")


def questions_on(page: Page) -> list[Question]:
    """The questions that this page asks."""
    text = page.get_by_role("main").inner_text()
    questions = shipped_catalogue().vocabulary.questions.values()
    return [question for question in questions if question.text in text and place_of(page, question).count()]


def place_of(page: Page, question: Question) -> Locator:
    """The group or the input of a question."""
    if question.kind in ("country", "date", "integer"):
        return page.get_by_label(question.text, exact=True)
    return page.get_by_role("group", name=question.text, exact=True)


def give_answer(page: Page, question: Question, value) -> None:
    place = place_of(page, question)
    match question.kind:
        case "country":
            place.fill(country_names()[value])
        case "countries":
            for number, code in enumerate(value, 1):
                if number > 1:
                    press(place.page, "Add another country")
                place.get_by_label(f"Country {number}", exact=True).fill(country_names()[code])
        case "date" | "integer":
            place.fill(str(value))
        case "choices" | "documents":
            for label in labels_of(question, value):
                place.get_by_role("checkbox", name=label, exact=True).check()
        case _:
            place.get_by_role("radio", name=labels_of(question, [value])[0], exact=True).check()


def labels_of(question: Question, values: list) -> list[str]:
    """What stands on the cards of these values, hints included."""
    if question.kind == "yes_no":
        return ["Yes" if value else "No" for value in values]
    if question.kind == "documents":
        documents = [shipped_catalogue().documents[key] for key in values]
        return [f"{document.name} {document.local_name}".strip() for document in documents]
    options = {option.value: option for option in question.options}
    return [f"{options[value].label} {options[value].hint}".strip() for value in values]
