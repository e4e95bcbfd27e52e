import pytest
from django.db import transaction

from guides.catalogue import editions
from guides.catalogue.editions import catalogue_of, current, edition_number, publish
from guides.catalogue.problems import CatalogueError
from guides.models import Edition, Fact, Procedure, Step
from guides.models.editions import FrozenEditionError
from guides.signals import edition_published

pytestmark = pytest.mark.django_db


def test_before_the_first_publication_the_catalogue_is_empty():
    assert edition_number() == 0
    assert current().catalogue.procedures == ()


def test_publication_freezes_the_working_copy(working_copy, small, editor):
    edition = publish(actor=editor, note="The first")
    assert (edition.number, edition.publisher, edition.note) == (1, editor, "The first")
    Procedure.objects.update(name="Changed")
    assert catalogue_of(1) == current().catalogue == small


def test_current_follows_a_publication_at_once(edition):
    assert current().number == 1
    Procedure.objects.filter(key="nif").update(name="Changed")
    publish(actor=None, note="")
    assert (edition_number(), current().procedures["nif"].name) == (2, "Changed")


def test_current_needs_no_query_and_no_second_compilation(edition, django_assert_num_queries):
    first = current()
    with django_assert_num_queries(0):
        assert current() is first


def test_publication_by_another_process_is_noticed_after_a_while(edition, monkeypatch, django_assert_num_queries):
    first = current()
    monkeypatch.setattr(editions.time, "monotonic", lambda clock=editions.time.monotonic: clock() + 60)
    with django_assert_num_queries(1):
        assert current() is first
    content = first.catalogue.model_copy(update={"guides": ()}).model_dump_json(exclude_defaults=True)
    Edition.objects.create(number=2, content=content, digest="from elsewhere")
    monkeypatch.undo()
    monkeypatch.setattr(editions.time, "monotonic", lambda clock=editions.time.monotonic: clock() + 120)
    assert (current().number, current().guides) == (2, {})


def test_unchanged_working_copy_is_not_published_again(edition):
    assert publish(actor=None, note="Again", only_if_changed=True) == edition
    assert publish(actor=None, note="Again").number == 2


def test_publication_refuses_errors(working_copy):
    Fact.objects.get(key="nif.fee").delete()
    Step.objects.filter(key="go").update(when="nobody")
    with pytest.raises(CatalogueError) as refused:
        publish(actor=None, note="")
    assert [problem.where for problem in refused.value.problems] == [
        "procedures nif › steps go › when",
        "guides work-in-portugal › body",
    ]
    assert edition_number() == 0


def test_rolled_back_publication_is_forgotten(working_copy):
    with pytest.raises(RuntimeError), transaction.atomic():
        publish(actor=None, note="")
        raise RuntimeError
    assert edition_number() == 0


@pytest.fixture
def told():
    """What receivers of the signal were told: (number of the edition, number of the one before)."""
    heard = []

    def receive(sender, edition, before, **_more):
        heard.append((edition.number, before))

    edition_published.connect(receive)
    yield heard
    edition_published.disconnect(receive)


def test_a_publication_is_told_with_the_edition_before(told, working_copy):
    publish(actor=None, note="")
    publish(actor=None, note="")
    publish(actor=None, note="", only_if_changed=True)
    assert told == [(1, 0), (2, 1)]


def test_a_receiver_that_fails_takes_the_publication_back(working_copy):
    def fail(sender, **_told):
        raise RuntimeError

    edition_published.connect(fail)
    try:
        with pytest.raises(RuntimeError):
            publish(actor=None, note="")
    finally:
        edition_published.disconnect(fail)
    assert edition_number() == 0
    assert not Edition.objects.exists()


def test_edition_cannot_be_changed_or_deleted(edition):
    edition.note = "Never mind"
    for change in (
        edition.save,
        edition.delete,
        Edition.objects.all().delete,
        lambda: Edition.objects.update(note="Never mind"),
    ):
        with pytest.raises(FrozenEditionError):
            change()
    assert Edition.objects.get().note == "The first"


def test_edition_outlives_its_publisher(working_copy, editor):
    publish(actor=editor, note="")
    editor.delete()
    assert Edition.objects.get().publisher is None
