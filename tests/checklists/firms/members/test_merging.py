"""Merge fields of answer templates."""

import pytest
from django.core.exceptions import ValidationError

from checklists.firms.members.merging import FIELDS, check, fill

VALUES = {"client": "Ana Silva", "firm": "Move {Well}", "deadline": ""}


def test_fields_are_filled_in_once():
    assert fill("Dear {client}, { firm } asks {client}.", VALUES) == "Dear Ana Silva, Move {Well} asks Ana Silva."


def test_a_field_without_a_value_stays_to_be_seen():
    assert fill("By {deadline}: {next_step}", VALUES) == "By {deadline}: {next_step}"


def test_whatever_is_no_field_stays():
    assert fill("{client.__class__} {0} {} {", VALUES) == "{client.__class__} {0} {} {"


@pytest.mark.parametrize("text", ["Hello", "Hello {client}", "".join(f"{{{name}}}" for name in FIELDS), "a { b", "}{"])
def test_sound_texts(text):
    check(text)


def test_each_unknown_field_is_named():
    with pytest.raises(ValidationError) as refused:
        check("Dear {klient} {klient}, {client.password} {}")
    found = [message.partition(".")[0] for message in refused.value.messages[::2]]
    assert found == ["There is no field {klient}", "There is no field {}"]
    assert "{client.password}" in refused.value.messages[1]
    assert "{next_step}" in refused.value.messages[0]
