"""What people really type into a condition or a date, what they are told, and what they are offered instead."""

import pytest

from guides.catalogue.countries import countries_like, country_names
from guides.catalogue.schema import Option, Question, Term
from guides.conditions import ConditionError, Vocabulary


def question(key, kind, text, **values):
    options = [Option(value=value, label=label, phrase=f"you: {label}") for value, label in values.items()]
    return Question(key=key, kind=kind, text=text, why="It matters.", order=1, options=options)


def term(key, condition, phrase):
    return Term(key=key, condition=condition, phrase=phrase, negative_phrase=f"it is not so that {phrase}")


@pytest.fixture(scope="module")
def vocabulary():
    return Vocabulary(
        [
            question("destination", "choice", "Where are you moving?", es="Spain", pt="Portugal"),
            question("activities", "choices", "What will you do?", employee="Work for a firm",
                     intern="Intern", self_employed="Work for myself"),
            question("housing", "choice", "Where will you live?", owner="I own it", tenant="I rent"),
            question("nationalities", "countries", "Which citizenships do you hold?"),
            question("employer_country", "country", "Where is your employer?"),
            question("already_arrived", "yes_no", "Are you there?"),
            question("stay_months", "integer", "How long will you stay?"),
            question("arrival_date", "date", "When will you arrive?"),
            question("contract_start", "date", "When does your contract start?"),
            question("in_hand", "documents", "What do you hold?"),
        ],
        [
            term("to_spain", "destination is es", "you are moving to Spain"),
            term("eu_eea_swiss", "nationalities has any of (de, es)", "you are an EU, EEA or Swiss citizen"),
        ],
        documents={"passport": "Passport", "nie-number": "NIE", "nie-proof": "Proof of NIE"},
        countries=country_names(),
        countries_like=countries_like,
        procedures=["empadronamiento"],
    )  # fmt: skip


# Text, message, and what could stand at its place.
CONDITIONS = [
    ("to_spain AND eu_eea_swiss", "Everything is written in small letters.", ["and"]),
    ("destination Is es", "Everything is written in small letters.", ["is"]),
    ("employer_country is ES", "Everything is written in small letters.", ["es"]),
    (
        "employer_country in es, pt",
        "Several values stand in brackets, with commas between them.",
        ["employer_country in (es, pt)"],
    ),
    ("employer_country in ES, PT", "Everything is written in small letters.", ["es"]),
    ("destination is spain", "“destination” cannot be “spain”.", ["es"]),
    ("destination is España", "“destination” cannot be “España”.", ["es"]),
    ("destination is Spain", "“destination” cannot be “Spain”.", ["es"]),
    ("activities has Self-employed", "A value is written as one word, in small letters.", ["self_employed"]),
    ('activities has "self_employed"', "Values are written without quotes.", ["self_employed"]),
    ("activities has “Work for myself”", "“activities” cannot be “Work for myself”.", ["self_employed"]),
    ("activities has self-employed", "A value is written as one word, in small letters.", ["self_employed"]),
    ("activities has self employed", "A value is written as one word, in small letters.", ["self_employed"]),
    ("Where are you moving? is es", "In a condition this is called “destination”.", ["destination"]),
    ("will you do", "There is no question or term of this name. Pick one from the words beside the field.", []),
    ("nationalities is de", "“nationalities” holds several values: write “has”.", ["has"]),
    ("activities is employee", "“activities” holds several values: write “has”.", ["has"]),
    ("destination has es", "“destination” has one value: write “is”.", ["is"]),
    ("destination = es", "“=” is written “is”.", ["is"]),
    ("destination == es", "“==” is written “is”.", ["is"]),
    ("destination != es", "“!=” is written “is not”.", ["is not"]),
    ("destination <> es", "“<>” is written “is not”.", ["is not"]),
    ("destination ist es", "“ist” is written “is”.", ["is"]),
    ("destination es pt", "“es” is written “is”.", ["is"]),
    ("activities contains employee", "“contains” is written “has”.", ["has"]),
    ("activities = employee", "“=” is written “has”.", ["has"]),
    ("activities != employee", "“not” stands in front of the question.", ["not activities has employee"]),
    ("to_spain und eu_eea_swiss", "“und” is written “and”.", ["and"]),
    ("to_spain oder eu_eea_swiss", "“oder” is written “or”.", ["or"]),
    ("to_spain y eu_eea_swiss", "“y” is written “and”.", ["and"]),
    ("to_spain o eu_eea_swiss", "“o” is written “or”.", ["or"]),
    ("to_spain && eu_eea_swiss", "“&&” is written “and”.", ["and"]),
    ("to_spain || eu_eea_swiss", "“||” is written “or”.", ["or"]),
    ("! to_spain", "“!” is written “not”.", ["not"]),
    ("!to_spain", "“!” is written “not”.", ["not "]),
    ("nicht to_spain", "“nicht” is written “not”.", ["not"]),
    ("to_spain, eu_eea_swiss", "Say “and” or “or” instead.", [" and", " or"]),
    ("(to_spain and eu_eea_swiss", "Something is missing here: a closing bracket “)”.", []),
    ("to_spain and eu_eea_swiss)", "There is no “(” for this “)”. Take it away.", []),
    (
        "destination in (es, pt",
        "Several values stand in brackets, with commas between them.",
        ["destination in (es, pt)"],
    ),
    ("destination in es", "Several values stand in brackets, with commas between them.", ["destination in (es)"]),
    ("destination in ()", "There is nothing between these brackets. Name a value.", []),
    (
        "destination in (es or pt)",
        "Several values stand in brackets, with commas between them.",
        ["destination in (es, pt)"],
    ),
    (
        "destination in (es pt)",
        "Several values stand in brackets, with commas between them.",
        ["destination in (es, pt)"],
    ),
    ("destination is (es, pt)", "“destination” has one value: write “in”.", ["in"]),
    (
        "destination is es or pt",
        "Several values stand in brackets, with commas between them.",
        ["destination in (es, pt)"],
    ),
    (
        "already_arrived is yes",
        "“already_arrived” is a yes/no question: it stands alone. Write “already_arrived” or “not already_arrived”.",
        ["already_arrived"],
    ),
    (
        "already_arrived is not yes",
        "“already_arrived” is a yes/no question: it stands alone. Write “already_arrived” or “not already_arrived”.",
        ["not already_arrived"],
    ),
    (
        "already_arrived is no",
        "“already_arrived” is a yes/no question: it stands alone. Write “already_arrived” or “not already_arrived”.",
        ["not already_arrived"],
    ),
    (
        "already_arrived = true",
        "“already_arrived” is a yes/no question: it stands alone. Write “already_arrived” or “not already_arrived”.",
        ["already_arrived"],
    ),
    ("destination is not in (es, pt)", "“destination” has one value: write “not in”.", ["not in"]),
    ("destination not is es", "“destination” has one value: write “is not”.", ["is not"]),
    ("destination not es", "“destination” has one value: write “is not”.", ["is not"]),
    ("to_spain or or eu_eea_swiss", "“or” follows “or”. Take one of them away.", []),
    ("to_spain and or eu_eea_swiss", "“or” follows “and”. Take one of them away.", []),
    ("If to_spain", "A condition has no “If” in front. Begin with a question or a term.", ["to_spain"]),
    ("when to_spain", "A condition has no “when” in front. Begin with a question or a term.", ["to_spain"]),
    ("to_spain.", "Nothing stands at the end. Take “.” away.", []),
    ("to_spain;", "Nothing stands at the end. Take “;” away.", []),
    ("()", "There is nothing between these brackets. Take them away, or write a condition.", []),
    ("to_spain and ()", "There is nothing between these brackets. Take them away, or write a condition.", []),
    ("destination is narnia", "“destination” cannot be “narnia”. It can be: es (Spain), pt (Portugal).", []),
    (
        "activities has flying",
        "“activities” cannot be “flying”. It can be: employee (Work for a firm), intern (Intern), "
        "self_employed (Work for myself).",
        [],
    ),
    ("employee", "“employee” is a value of “activities”. Say the question too.", ["activities has employee"]),
    (
        "employee and to_spain",
        "“employee” is a value of “activities”. Say the question too.",
        ["activities has employee"],
    ),
    ("to_spain is yes", "“to_spain” is a term: it stands alone. Write “to_spain” or “not to_spain”.", ["to_spain"]),
    ("to_spain eu_eea_swiss", "Say “and” or “or” between the two.", ["and eu_eea_swiss", "or eu_eea_swiss"]),
    ("EU citizen and to_spain", "In a condition this is called “eu_eea_swiss”.", ["eu_eea_swiss"]),
    ("You are moving to Spain", "In a condition this is called “to_spain”.", ["to_spain"]),
    ("stay_months > = 6", "The two signs stand together.", [">="]),
    ("stay_months => 6", "“=>” is written “>=”.", [">="]),
    ("stay_months ≥ 6", "“≥” is written “>=”.", [">="]),
    ("stay_months at least 6", "“at least” is written as a sign.", [">="]),
    ("stay_months >= 6 months", "The number stands alone, without a unit.", ["6"]),
    ("stay_months >= six", "A whole number is expected here, in figures.", ["6"]),
    ("arrival_date >= 2027-02-01", "For days, “>=” is written “on or after”.", ["on or after"]),
    (
        "arrival_date is 2027-02-01",
        "A day is compared with “before” or “after”.",
        ["arrival_date on or after 2027-02-01 and arrival_date on or before 2027-02-01"],
    ),
    (
        "arrival_date before 01/02/2027",
        "“01/02/2027” may be two days: 1 February 2027 or 2 January 2027. Choose one.",
        ["2027-02-01", "2027-01-02"],
    ),
    (
        "arrival_date before 1.2.2027",
        "“1.2.2027” may be two days: 1 February 2027 or 2 January 2027. Choose one.",
        ["2027-02-01", "2027-01-02"],
    ),
    ("arrival_date before 13/02/2027", "Write a day as year-month-day, such as 2027-02-13.", ["2027-02-13"]),
    ("arrival_date until 2027-01-01", "“until” is written “on or before”.", ["on or before"]),
    ("ñandú", "There is no question or term of this name. Pick one from the words beside the field.", []),
    ("to_spain and", "Something is missing here after “and”: a term, or a question with its value.", []),
    ("activities", "“activities” has values: say which one, for example “activities has employee”.", []),
    ("arrival_date", "“arrival_date” is a day: compare it, for example “arrival_date before today”.", []),
    ("destination", "“destination” has values: say which one, for example “destination is es”.", []),
    ("housing has owner", "“housing” has one value: write “is”.", ["is"]),
    (
        "activities has any of employee, intern",
        "Several values stand in brackets, with commas between them.",
        ["activities has any of (employee, intern)"],
    ),
    (
        "activities has employee, intern",
        "Several values stand in brackets, with commas between them.",
        ["activities has any of (employee, intern)"],
    ),
    (
        "activities has employee or intern",
        "Several values stand in brackets, with commas between them.",
        ["activities has any of (employee, intern)"],
    ),
    ("activities has any (employee, intern)", "“activities” holds several values: write “has any of”.", ["has any of"]),
    ("activities has (employee, intern)", "“activities” holds several values: write “has any of”.", ["has any of"]),
    ("activities in (employee, intern)", "“activities” holds several values: write “has any of”.", ["has any of"]),
    ("activities is not employee", "“not” stands in front of the question.", ["not activities has employee"]),
    ("not activities is employee", "“activities” holds several values: write “has”.", ["has"]),
    ("activities has not employee", "“not” stands in front of the question.", ["not activities has employee"]),
    ("nationalities has Germany", "“nationalities” cannot be “Germany”.", ["de"]),
    ("nationalities has Deutschland", "“nationalities” cannot be “Deutschland”.", ["de"]),
    ("nationalities has uk", "“nationalities” cannot be “uk”.", ["gb"]),
    ("nationalities has Alemania", "“nationalities” cannot be “Alemania”.", ["de"]),
    ("in_hand has passport or", "Something is missing here after “or”: a term, or a question with its value.", []),
    ("in_hand has Passport", "Everything is written in small letters.", ["passport"]),
    ("in_hand has nie", "“in_hand” cannot be “nie”.", ["nie-number"]),
    ('"to_spain"', "Words are written without quotes.", ["to_spain"]),
    ("to_spain and not", "Something is missing here after “not”: a term, or a question with its value.", []),
    ("activities employee", "Say “has” between the question and its value.", ["has employee"]),
    ("destination iz es", "“iz” is not expected here.", ["is"]),
    ("activites has employee", "There is no question of this name.", ["activities"]),
    ("eu_eea_swis", "There is no question or term of this name.", ["eu_eea_swiss"]),
    (
        "to_spain adn eu_eea_swiss",
        "“adn” is not expected here. The condition can end here, or go on with “and” or “or”.",
        ["and"],
    ),
    ("Eu_Eea_Swiss", "Everything is written in small letters.", ["eu_eea_swiss"]),
    ("eu eea swiss", "A name is written as one word, in small letters, with “_” inside.", ["eu_eea_swiss"]),
    ("nationalities has eu", "“nationalities” cannot be “eu”. Write a country as its two letters, such as “de”.", []),
    ("destination like es", "“like” is not expected here. Write for example “destination is es”.", []),
    ("to_spain or also eu_eea_swiss", "“also” follows “or”. Take one of them away.", []),
]
DATES = [
    (
        "01/02/2027",
        "“01/02/2027” may be two days: 1 February 2027 or 2 January 2027. Choose one.",
        ["2027-02-01", "2027-01-02"],
    ),
    (
        "1.2.2027",
        "“1.2.2027” may be two days: 1 February 2027 or 2 January 2027. Choose one.",
        ["2027-02-01", "2027-01-02"],
    ),
    ("1 Feb 2027", "Write a day as year-month-day, such as 2027-02-01.", ["2027-02-01"]),
    ("1 de febrero de 2027", "Write a day as year-month-day, such as 2027-02-01.", ["2027-02-01"]),
    ("1 de fevereiro de 2027", "Write a day as year-month-day, such as 2027-02-01.", ["2027-02-01"]),
    ("Feb 1, 2027", "Write a day as year-month-day, such as 2027-02-01.", ["2027-02-01"]),
    ("2027-2-1", "Write a day as year-month-day, such as 2027-02-01.", ["2027-02-01"]),
    ("31/12/2026", "Write a day as year-month-day, such as 2026-12-31.", ["2026-12-31"]),
    ("February 2027", "Say which day of the month, as in 2027-02-01.", ["2027-02-01"]),
    ("2027-02-30", "There is no day 2027-02-30: write a year, a month and a day of it.", []),
    (
        "arrival date + 3 months",
        "A question is written as one word, in small letters, with “_” inside.",
        ["arrival_date"],
    ),
    (
        "arrival_date+90",
        "Say of what there are 90: days, weeks, months or years.",
        ["90 days", "90 weeks", "90 months", "90 years"],
    ),
    ("arrival_date + 3 Monate", "Days, weeks, months and years are written in English.", ["3 months"]),
    ("arrival_date + 3 meses", "Days, weeks, months and years are written in English.", ["3 months"]),
    ("arrival_date + 3monate", "Days, weeks, months and years are written in English.", ["3 months"]),
    ("arrival_date + three months", "Write a number in figures, and days, weeks, months or years after it.", ["3"]),
    ("arrival_date plus 3 months", "“plus” is written as a sign.", ["+"]),
    ("arrival_date 3 months", "Say whether it is added or taken away.", ["+ 3", "- 3"]),
    ("3 months after arrival_date", "Begin with the day that is counted from.", ["arrival_date + 3 months"]),
    ("90 days before arrival_date", "Begin with the day that is counted from.", ["arrival_date - 90 days"]),
    ("hoy", "The day on which somebody looks is called “today”.", ["today"]),
    ("Today", "The day on which somebody looks is called “today”.", ["today"]),
    ("arrival_date + 3 months.", "Nothing stands at the end. Take “.” away.", []),
    ("arrival_date + months", "Write a number in figures, and days, weeks, months or years after it.", []),
    (
        "arrival_date +",
        "Something is missing here after “+”: a number with days, weeks, months or years, such as “3 months”.",
        [],
    ),
    ("finish empadronamiento", "Put the procedure in brackets.", ["finish(empadronamiento)"]),
    (
        "finish(empadronamient)",
        "There is no procedure “empadronamient”. Pick it from the words beside the field.",
        ["empadronamiento"],
    ),
    (
        "empadronamiento + 3 months",
        "A procedure is no day. Say “finish” for the day on which it can be done.",
        ["finish(empadronamiento)"],
    ),
    (
        "destination",
        "The answer to “destination” is no day. Write “today”, a question for a day, or a day such as 2027-02-01.",
        [],
    ),
    ("latest(arrival_date contract_start)", "Write a comma between two days, and close the brackets at the end.", []),
    (
        "latest(arrival_date, contract_start",
        "Something is missing here after “contract_start”: a closing bracket “)”.",
        [],
    ),
    (
        "arrival_date-90",
        "Say of what there are 90: days, weeks, months or years.",
        ["90 days", "90 weeks", "90 months", "90 years"],
    ),
    (
        "Arrival_Date + 3 months",
        "A question is written as one word, in small letters, with “_” inside.",
        ["arrival_date"],
    ),
    (
        "arival_date",
        "“arival_date” is no day. Write “today”, a question for a day, or a day such as 2027-02-01.",
        ["arrival_date"],
    ),
    (
        "arrival_date + 3 moons",
        "Say of what there are 3: days, weeks, months or years.",
        ["3 days", "3 weeks", "3 months", "3 years"],
    ),
    ("arrival_date before today", "This field holds one day, not a condition. Take away what follows the day.", []),
]
# What is left is another slip.
TWO_SLIPS = {"employer_country in ES, PT"}


def mended(parse, text):
    """The message about a text, what is offered, and whether the text is read with the first of it."""
    with pytest.raises(ConditionError) as caught:
        parse(text)
    error = caught.value
    for offered in error.suggestions:
        with_it = f"{text[: error.start]}{offered}{text[error.end :]}"
        if text not in TWO_SLIPS:
            parse(with_it)
    return error.message, list(error.suggestions)


@pytest.mark.parametrize(("text", "message", "offered"), CONDITIONS)
def test_a_slip_in_a_condition_is_told_with_its_cure(vocabulary, text, message, offered):
    assert mended(vocabulary.parse, text) == (message, offered)


@pytest.mark.parametrize(("text", "message", "offered"), DATES)
def test_a_slip_in_a_date_is_told_with_its_cure(vocabulary, text, message, offered):
    assert mended(vocabulary.parse_date, text) == (message, offered)


def test_the_sentence_names_everything_that_is_offered(vocabulary):
    with pytest.raises(ConditionError, match="Did you mean “2027-02-01” or “2027-01-02”"):
        vocabulary.parse_date("01/02/2027")
