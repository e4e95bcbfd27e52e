"""What is said twice, in words and as a value, and does not agree: fees, deadlines, how long a paper is good.

Words are read carefully: a text may name other figures beside its own, or none. It is blamed where it names figures of
the same kind and its own is not among them.
"""

import re
from collections.abc import Iterator

from guides.conditions.dates import days_in, read_span, spans_in
from guides.conditions.tree import Span

from ..problems import Problem
from ..schema import Catalogue, Deadline, Fee
from .everyone import Everyone

NUMBER = r"\d{1,3}(?:[ ,.]\d{3})+(?:[.,]\d{1,2})?(?!\d)|\d+(?:[.,]\d{1,2})?(?!\d)"
CURRENCIES = {
    "EUR": r"EUR\b|euros?\b|€",
    "USD": r"USD\b|(?:US )?dollars?\b|US\$|\$",
    "GBP": r"GBP\b|pounds?\b|£",
}
ANY_CURRENCY = "|".join(CURRENCIES.values())
# "9.45 to 12 euros", "€ 12"; a number with cents is money without a currency as well.
BEFORE = re.compile(
    rf"(?P<figures>(?:(?:{NUMBER})\s*(?:to|or|and|–|-)\s*)*(?:{NUMBER}))\s*(?P<currency>{ANY_CURRENCY})", re.I
)
BEHIND = re.compile(rf"(?P<currency>{ANY_CURRENCY})\s*(?P<figures>{NUMBER})", re.I)
CENTS = re.compile(r"(?<![\d.,])(?P<figures>\d+[.,]\d\d)(?![\d%]|[.,]\d|\s*(?:%|per ?cent))")
CENTS_AT_END = re.compile(r"[.,](\d{1,2})$")
FREE = re.compile(r"\s*(?:It is |It's )?(?:free|no fee|nothing)\b", re.I)
COSTS_NOTHING = re.compile(r"\b(?:free|no fee|nothing)\b", re.I)

WORDS = (
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"),
)
NUMBERS = {word: number for number, word in enumerate(WORDS, 1)} | {"thirty": 30, "sixty": 60, "ninety": 90}
ONE_NUMBER = rf"\d+|{'|'.join(NUMBERS)}"
# "three to six months". Working days are another measure: how many days they come to depends on the calendar.
LENGTH = re.compile(
    rf"\b(?:({ONE_NUMBER})(?: (?:to|or|and) |–))?({ONE_NUMBER})"
    r"(?:[ -](?:calendar|full|whole))?[ -](day|week|month|year)s?\b",
    re.I,
)
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
DAY_NAMED = re.compile(rf"\b(\d{{1,2}}) ({MONTHS})(?: (\d{{4}}))?")
NO_DEADLINE = re.compile(r"There is no (?:deadline|last day|time limit)\b", re.I)
THIS_DAY = "this day"
A_DAY = Span(days=1)


def truths(everyone: Everyone) -> Iterator[Problem]:
    """Fees, deadlines and documents whose words say something else than their values."""
    for procedure in everyone.catalogue.procedures:
        for fee in procedure.fees:
            if text := _fee(fee):
                yield Problem("warning", f"procedures {procedure.key} › fees {fee.key}", text, "two_truths")
        for deadline in procedure.deadlines:
            if text := _deadline(deadline, everyone):
                yield Problem("warning", f"procedures {procedure.key} › deadlines {deadline.key}", text, "two_truths")
    yield from _ages(everyone.catalogue)


def _fee(fee: Fee) -> str:
    if fee.amount is None:
        return ""
    said = [(amount, match) for match in _money(fee.text) for amount in _amounts(match["figures"])]
    wanted = {fee.amount, fee.amount if fee.amount_to is None else fee.amount_to}
    figures = dict.fromkeys(amount for amount, _ in said)
    meant = " to ".join(f"{amount:g}" for amount in sorted(wanted))
    if fee.amount and FREE.match(fee.text):
        return f"Its amount is {meant} {fee.currency}, and its text says that it costs nothing. Change one of the two."
    free = fee.amount == 0 and COSTS_NOTHING.search(fee.text)
    if figures and not free and not wanted <= figures.keys():
        named = ", ".join(f"{amount:g}" for amount in figures)
        return f"Its amount is {meant}, and its text names {named}. Change one of the two."
    currencies = {
        code
        for amount, match in said
        for code, words in CURRENCIES.items()
        if amount in wanted and re.fullmatch(words, match.groupdict().get("currency") or "", re.I)
    }
    if currencies and fee.currency not in currencies:
        return (
            f"Its currency is {fee.currency}, and its text says {', '.join(sorted(currencies))}. Change one of the two."
        )
    return ""


def _money(text: str) -> list[re.Match[str]]:
    """Where a text names amounts of money: with a currency, or with cents."""
    return [match for pattern in (BEFORE, BEHIND, CENTS) for match in pattern.finditer(text)]


def _amounts(text: str) -> list[float]:
    """The figures as numbers, whether a point or a comma stands before the cents."""
    found = []
    for figure in re.findall(NUMBER, text):
        cents = CENTS_AT_END.search(figure)
        whole = figure[: cents.start()] if cents else figure
        found.append(float(re.sub(r"[ ,.]", "", whole) + "." + (cents[1] if cents else "0")))
    return found


def _deadline(deadline: Deadline, everyone: Everyone) -> str:
    if not deadline.date:
        return ""
    if NO_DEADLINE.match(deadline.text):
        return "Its text says that there is no deadline, and it has a date. Take out the date, or say when."
    date = everyone.vocabulary.parse_date(deadline.date)
    counted = spans_in(date) - {A_DAY}
    said = lengths(deadline.text)
    if counted and said and not any(_alike(one, other) for one in counted for other, _ in said):
        words = ", ".join(dict.fromkeys(words for _, words in said))
        return f"Its date counts “{deadline.date}”, and its text says {words}. Change one of the two."
    named = {(int(day), month.lower(), year) for day, month, year in DAY_NAMED.findall(deadline.text)}
    days = days_in(date)
    right = {(day.day, f"{day:%B}".lower(), year) for day in days for year in ("", str(day.year))}
    if days and named and named.isdisjoint(right) and THIS_DAY not in deadline.text:
        return f"Its date is {deadline.date}, and its text names another day. Change one of the two."
    return ""


def lengths(text: str) -> list[tuple[Span, str]]:
    """The lengths of time that a text names, each with its words: "three months", "90 days"."""
    return [
        (read_span(f"{NUMBERS.get(number.lower(), number)} {match[3].lower()}"), match[0])
        for match in LENGTH.finditer(text)
        for number in match.group(1, 2)
        if number
    ]


def _alike(one: Span, other: Span) -> bool:
    """Whether two lengths can be the same: 30 days are a month here, and the 90th day is 89 days later."""
    (low, high), (lowest, highest) = _days(one), _days(other)
    return low - 1 <= highest and lowest <= high + 1


def _days(span: Span) -> tuple[int, int]:
    """The fewest and the most days that people mean by this length."""
    months = span.years * 12 + span.months
    return months * 30 + span.days, months * 31 + span.days


def _ages(catalogue: Catalogue) -> Iterator[Problem]:
    """Papers that must not be older than so long, of which the document says another length."""
    said = {document.key: lengths(document.validity) for document in catalogue.documents}
    for procedure in catalogue.procedures:
        for need in procedure.requirements:
            for way in need.alternatives:
                for key in way.documents if way.max_age else ():
                    if said.get(key) and not any(_alike(read_span(way.max_age or ""), span) for span, _ in said[key]):
                        where = f"procedures {procedure.key} › requirements {need.key}"
                        words = ", ".join(dict.fromkeys(words for _, words in said[key]))
                        text = f"It takes “{key}” up to {way.max_age} old, and that document says {words}. Change one."
                        yield Problem("warning", where, text, "two_truths")
