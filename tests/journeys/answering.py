"""Answering the questionnaire by clicking what is on the page."""

import re
from pathlib import Path

import yaml
from playwright.sync_api import Locator, Page

from checklists.client.forms.screen import chosen_from_list
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
        if answers.get(question.key) is None:
            page.locator(f"#id_{question.key}_unsure").check()
        else:
            give_answer(page, question, answers[question.key])
    press(page, "Continue")


def questions_on(page: Page) -> list[Question]:
    """The questions that this page asks."""
    text = page.get_by_role("main").inner_text()
    asked = [shipped_catalogue().questions_for(country).values() for country in ("es", "pt")]
    found = {question.key: question for questions in asked for question in questions if question.text in text}
    return [question for question in found.values() if place_of(page, question).count()]


def place_of(page: Page, question: Question) -> Locator:
    """The group or the input of a question."""
    if question.kind in ("country", "integer") or chosen_from_list(question):
        return page.get_by_label(question.text, exact=True)
    return page.get_by_role("group", name=question.text, exact=True)


def give_answer(page: Page, question: Question, value) -> None:
    place = place_of(page, question)
    match question.kind:
        case "choice" if chosen_from_list(question):
            place.select_option(value)
        case "country":
            place.fill(country_names()[value])
        case "countries":
            for number, code in enumerate(value, 1):
                if number > 1:
                    press(place.page, "Add another country")
                place.get_by_label(f"Country {number}", exact=True).fill(country_names()[code])
        case "date":
            for label, part in zip(("Year", "Month", "Day"), value.split("-"), strict=True):
                place.get_by_label(label, exact=True).fill(part)
        case "integer":
            place.fill(str(value))
        case "yes_no":
            place.get_by_role("radio", name="Yes" if value else "No", exact=True).check()
        case _:
            cards = [place.locator(f'input[value="{one}"]') for one in (value if isinstance(value, list) else [value])]
            # Papers of which another answer tells are not asked for.
            offered = [card for card in cards if question.kind != "documents" or card.count()]
            for card in offered or [place.locator('input[value="none"]')]:
                card.check()
