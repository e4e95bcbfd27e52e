"""``manage.py verify_history`` finds whatever somebody with the database in hand does to a firm's history."""

import json

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from checklists.firms.history.chain import Event, digest_of, hash_of, record
from checklists.models import HistoryEntry, Organisation

TABLE = HistoryEntry._meta.db_table


def verify(capsys, *arguments):
    """What the command prints, and whether it found everything whole."""
    try:
        call_command("verify_history", *arguments)
        whole = True
    except CommandError as error:
        assert error.returncode == 1
        whole = False
    return capsys.readouterr().out, whole


def sql(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement.format(table=TABLE, firms=Organisation._meta.db_table), values)
        assert cursor.rowcount


@pytest.fixture
def history(firm):
    """Ten entries and more, of which one names somebody."""
    case = firm.case("Ana Silva")
    person = case.people.get()
    for number in range(8):
        record(firm.organisation, Event("noted", person=person, by=firm.advisor, details={"key": f"line-{number}"}))
    firm.organisation.refresh_from_db()
    return firm.organisation


def entry_of(history, number):
    return history.history.get(number=number)


def test_a_whole_history_is_told_with_its_last_hash(history, capsys):
    out, whole = verify(capsys)
    assert whole
    assert out == f"move-well: {history.history_length} entries, whole; last hash {history.history_head}\n"


def test_a_firm_without_history_is_whole(db, capsys):
    Organisation.objects.create(name="Empty", slug="empty")
    assert verify(capsys) == ("empty: 0 entries, whole; last hash none\n", True)


def test_erased_details_leave_it_whole(history, capsys):
    history.history.filter(number__in=[3, 4]).erase_details()
    out, whole = verify(capsys)
    assert whole
    assert "whole, details of 2 erased; last hash" in out


def change_a_detail(history):
    sql("UPDATE {table} SET details = %s WHERE number = 5", json.dumps({"person": "Ana Silva", "key": "other"}))


def change_the_verb(history):
    sql("UPDATE {table} SET verb = 'ticked' WHERE number = 5")


def change_the_time(history):
    sql("UPDATE {table} SET at = '2020-01-01 10:00:00+00:00' WHERE number = 5")


def change_who_did_it(history):
    sql("UPDATE {table} SET actor_number = actor_number + 1 WHERE number = 5")


def change_the_case(history):
    sql("UPDATE {table} SET case_number = case_number + 1 WHERE number = 5")


def take_one_out(history):
    sql("DELETE FROM {table} WHERE number = 5")


def take_the_last_out(history):
    sql("DELETE FROM {table} WHERE number = %s", history.history_length)


def take_all_out(history):
    sql("DELETE FROM {table}")


def swap_two(history):
    sql("UPDATE {table} SET number = 100 WHERE number = 5")
    sql("UPDATE {table} SET number = 5 WHERE number = 6")
    sql("UPDATE {table} SET number = 6 WHERE number = 100")


def put_one_in(history):
    sql("UPDATE {table} SET number = 100 WHERE number > 5 AND number = %s", history.history_length)
    last = history.history_length
    sql(
        "INSERT INTO {table} (organisation_id, number, at, verb, case_number, details, salt, digest, hash)"
        " SELECT organisation_id, %s, at, verb, case_number, details, salt, digest, hash FROM {table} WHERE number = 5",
        last,
    )


def put_one_behind_the_end(history):
    last = entry_of(history, history.history_length)
    forged = HistoryEntry(
        organisation=history,
        number=last.number + 1,
        at=last.at,
        verb="ticked",
        details={},
        salt="x",
        digest=digest_of({}, "x"),
    )
    forged.hash = hash_of(forged, last.hash)
    HistoryEntry.objects.bulk_create([forged])


def renumber(history):
    sql("UPDATE {table} SET number = number + 1000 WHERE number >= 5")


def rehash_one_only(history):
    entry = entry_of(history, 5)
    entry.verb = "ticked"
    sql("UPDATE {table} SET verb = 'ticked', hash = %s WHERE number = 5", hash_of(entry, entry_of(history, 4).hash))


def rehash_the_last(history):
    entry = entry_of(history, history.history_length)
    entry.verb = "ticked"
    before = entry_of(history, history.history_length - 1).hash
    sql("UPDATE {table} SET verb = 'ticked', hash = %s WHERE number = %s", hash_of(entry, before), entry.number)


def change_details_and_digest(history):
    digest = digest_of({"key": "other"}, "salt")
    sql("UPDATE {table} SET details = '{{}}', salt = '', digest = %s WHERE number = 5", digest)


def blank_details_and_keep_the_salt(history):
    sql("UPDATE {table} SET details = NULL WHERE number = 5")


def give_the_firm_another_end(history):
    sql("UPDATE {firms} SET history_head = %s", "0" * 64)


def shorten_the_end(history):
    sql("UPDATE {firms} SET history_length = history_length - 1")


TAMPERING = {
    change_a_detail: 5,
    change_the_verb: 5,
    change_the_time: 5,
    change_who_did_it: 5,
    change_the_case: 5,
    take_one_out: 5,
    take_the_last_out: 10,
    take_all_out: 0,
    swap_two: 5,
    put_one_in: 11,
    put_one_behind_the_end: 11,
    renumber: 4,
    rehash_one_only: 6,
    rehash_the_last: 11,
    change_details_and_digest: 5,
    blank_details_and_keep_the_salt: 5,
    give_the_firm_another_end: 11,
    shorten_the_end: 10,
}


@pytest.mark.parametrize("tamper", TAMPERING, ids=lambda tamper: tamper.__name__)
def test_tampering_is_found_and_the_entry_named(history, capsys, tamper):
    assert history.history_length == 11
    tamper(history)
    out, whole = verify(capsys)
    assert not whole
    assert f"move-well: broken at entry {TAMPERING[tamper]}: " in out


def rewrite_everything(history):
    """What somebody with every right in the database can do: another chain that is sound in itself."""
    before = ""
    for entry in history.history.order_by("number"):
        entry.verb = "ticked" if entry.verb == "noted" else entry.verb
        entry.hash = hash_of(entry, before)
        sql("UPDATE {table} SET verb = %s, hash = %s WHERE number = %s", entry.verb, entry.hash, entry.number)
        before = entry.hash
    sql("UPDATE {firms} SET history_head = %s", before)


def test_a_chain_that_was_written_anew_is_found_with_a_hash_that_was_kept_elsewhere(history, capsys):
    kept = history.history_head
    rewrite_everything(history)
    assert verify(capsys)[1]
    out, whole = verify(capsys, "--expect", f"move-well={kept}")
    assert not whole
    assert "the hash that was kept elsewhere is not in it" in out


def test_a_kept_hash_stays_good_while_the_history_grows(history, firm, capsys):
    kept = history.history_head
    record(history, Event("case-opened", by=firm.owner))
    assert verify(capsys, "--expect", f"move-well={kept.upper()}")[1]


def test_one_firm_alone(history, other_firm, capsys):
    change_the_verb(history)
    out, whole = verify(capsys, "--firm", "far-away")
    assert whole
    assert out.startswith("far-away: 1 entries, whole")


def test_the_others_are_verified_although_one_is_broken(history, other_firm, capsys):
    take_one_out(history)
    out, whole = verify(capsys)
    assert not whole
    assert [line.partition(":")[0] for line in out.splitlines()] == ["far-away", "move-well"]


@pytest.mark.parametrize(
    "arguments", [["--firm", "nobody"], ["--expect", "nobody=abc"], ["--expect", "move-well"], ["--expect", "="]]
)
def test_a_firm_that_is_not_there_is_bad_input(history, arguments):
    with pytest.raises(CommandError) as refused:
        call_command("verify_history", *arguments)
    assert refused.value.returncode == 2
