import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from guides.catalogue.compiled import vocabulary_of
from guides.catalogue.writing import write_catalogue
from guides.conditions import read_answers
from guides.editions.publishing import edition_number
from guides.editions.working_copy import snapshot
from guides.models import Country, Fact, Step

pytestmark = pytest.mark.django_db


@pytest.fixture
def content(tmp_path, small):
    (tmp_path / "nothing").mkdir()
    write_catalogue(small, tmp_path / "content", layout=tmp_path / "nothing")
    return tmp_path / "content"


def run(*arguments, **options):
    output = StringIO()
    call_command(*map(str, arguments), stdout=output, **options)
    return output.getvalue()


def test_load_content_is_idempotent(content):
    assert "21 created" in run("load_content", content)
    assert run("load_content", content) == "0 created, 0 updated, 0 removed, 0 kept as edited here, 21 unchanged.\n"


def test_load_content_tells_what_it_keeps(content):
    run("load_content", content)
    Country.objects.update(name="Lusitania")
    assert run("load_content", content).startswith("kept: countries pt\n")
    assert "updated: countries pt\n" in run("load_content", content, "--overwrite", verbosity=2)


def test_load_content_refuses_a_bad_file(content):
    (content / "bad.yaml").write_text("terms: [{key: x}]")
    with pytest.raises(CommandError, match=r"Nothing was loaded\.\nbad\.yaml: terms x › condition: It is missing"):
        run("load_content", content)


def test_load_content_refuses_a_missing_folder(tmp_path):
    with pytest.raises(CommandError, match="is not a folder"):
        run("load_content", tmp_path / "missing")


def test_publish(working_copy):
    assert run("publish", "--note", "New") == "Edition 1 is current.\n"
    assert run("publish", "--if-changed") == "Edition 1 is current and says the same.\n"
    assert run("publish") == "Edition 2 is current.\n"


def test_publish_refuses_errors(working_copy):
    Fact.objects.get(key="nif.fee").delete()
    with pytest.raises(CommandError, match=r"There is no fact “nif\.fee”"):
        run("publish")
    assert edition_number() == 0


def test_publish_wants_a_word_on_warnings(working_copy):
    Step.objects.get(key="ask").facts.clear()
    with pytest.raises(CommandError, match=r"Nothing was published\.\nprocedures nif › steps ask: It cites no fact"):
        run("publish")
    assert run("publish", "--word", "The page is down.") == "Edition 1 is current.\n"


def test_dump_content_writes_what_load_content_reads(content, tmp_path):
    run("load_content", content)
    before = {path: path.read_bytes() for path in content.rglob("*.*")}
    assert run("dump_content", content) == "0 files written.\n"
    Country.objects.update(name="Lusitania")
    assert "pt/country.yaml\n1 files written." in run("dump_content", content)
    assert {path for path, text in before.items() if path.read_bytes() != text} == {content / "pt/country.yaml"}
    assert "0 kept" in run("load_content", content)
    assert snapshot().countries[0].name == "Lusitania"


def test_check_catalogue(working_copy, content):
    assert run("check_catalogue") == run("check_catalogue", content) == "No errors, 0 warnings.\n"
    Fact.objects.get(key="nif.fee").delete()
    output = StringIO()
    with pytest.raises(CommandError, match="1 errors, "):
        call_command("check_catalogue", stdout=output)
    assert "error: guides work-in-portugal › body: There is no fact “nif.fee”." in output.getvalue()


def test_check_catalogue_shows_whom_it_concerns(working_copy):
    Step.objects.filter(key="go").update(when="here and not here")
    output = StringIO()
    with pytest.raises(CommandError, match="1 errors, 0 warnings"):
        call_command("check_catalogue", "--today", "2026-11-22", stdout=output)
    problem, example = output.getvalue().splitlines()
    assert problem.startswith("error: procedures nif › steps go › when: It is never true here")
    answers, problems = read_answers(
        json.loads(example.removeprefix("  for example: ")), vocabulary_of(snapshot()), today=date(2026, 11, 22)
    )
    assert problems == []
    assert answers["destination"] == "pt"


def test_check_catalogue_on_another_day(working_copy):
    assert "Its review was due on 2027-11-01" in run("check_catalogue", "--today", "2027-11-02")
