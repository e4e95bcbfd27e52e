"""What a field of the working copy may hold, beyond its type."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

KEY = r"^[a-z0-9][a-z0-9._-]*\Z"
ANSWER_KEY = r"^[a-z][a-z0-9_]*\Z"
COLOUR = r"^#[0-9a-f]{6}\Z"
CURRENCY = r"^[A-Z]{3}\Z"
MARK = r"^[A-Z]{2}\Z"
CALENDAR = r"^[A-Z]{2}(-[A-Z0-9]{1,3})?\Z"
URL = r"^(https?://|tel:[+])[^ ]+\Z"
SPAN = r"^[0-9]+ (day|week|month|year)s?\Z"

key = RegexValidator(KEY, _("Use lower-case letters, digits, dots, hyphens and underscores."))
answer_key = RegexValidator(ANSWER_KEY, _("Use lower-case letters, digits and underscores; start with a letter."))
colour = RegexValidator(COLOUR, _("Write the colour as # and six hexadecimal digits in lower case."))
currency = RegexValidator(CURRENCY, _("Use the three capital letters of the currency."))
mark = RegexValidator(MARK, _("Use two capital letters."))
calendar = RegexValidator(CALENDAR, _("Use the code of a country or of a part of one, for example PT or PT-11."))
span = RegexValidator(SPAN, _("Write a number and days, weeks, months or years, for example “3 months”."))
url = RegexValidator(URL, _("Begin with https:// or, for a telephone, with tel:+ and the number of the country."))


def list_of_words(value) -> None:
    """A JSON list of texts."""
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise ValidationError(_('Write a list of texts, for example ["nif-document"].'))


def list_of_months(value) -> None:
    """A JSON list of months by number."""
    if not isinstance(value, list) or not all(type(item) is int and 1 <= item <= 12 for item in value):
        raise ValidationError(_("Write months by number, for example 1, 4, 7, 10."))


def row_of_values(value) -> None:
    """A JSON object of texts and numbers."""
    good = isinstance(value, dict) and all(type(item) in (str, int, float) for item in value.values())
    if not good or not value:
        raise ValidationError(_('Write an object of names and values, for example {"age": "66 years"}.'))
