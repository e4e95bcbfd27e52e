import pytest
from django.db import transaction

from guides.catalogue.problems import CatalogueError
from guides.editions import publishing
from guides.editions.publishing import (
    catalogue_of,
    current,
    edition_number,
    edition_published,
    fingerprint_of,
    publish,
    restore,
)
from guides.editions.working_copy import Outdated, snapshot
from guides.models import Edition, Fact, Guide, Procedure, Step
from guides.models.editions import FrozenEditionError

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
    monkeypatch.setattr(publishing.time, "monotonic", lambda clock=publishing.time.monotonic: clock() + 60)
    with django_assert_num_queries(1):
        assert current() is first
    content = first.catalogue.model_copy(update={"guides": ()}).model_dump_json(exclude_defaults=True)
    Edition.objects.create(number=2, content=content, digest="from elsewhere")
    monkeypatch.undo()
    monkeypatch.setattr(publishing.time, "monotonic", lambda clock=publishing.time.monotonic: clock() + 120)
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


def cite_nothing():
    Step.objects.get(key="ask").facts.clear()


def test_warnings_need_a_word(working_copy):
    cite_nothing()
    for word in ("", "  "):
        with pytest.raises(CatalogueError, match="procedures nif › steps ask: It cites no fact"):
            publish(actor=None, note="", word=word)
    assert publish(actor=None, note="", word="The page is down.").word == "The page is down."


def test_a_word_outweighs_no_error(working_copy):
    cite_nothing()
    Step.objects.filter(key="go").update(when="nobody")
    with pytest.raises(CatalogueError) as refused:
        publish(actor=None, note="", word="Never mind")
    assert [problem.level for problem in refused.value.problems] == ["error"]


def test_an_edition_counts_what_it_changed(edition):
    assert (edition.added, edition.changed, edition.removed) == (21, 0, 0)
    Procedure.objects.filter(key="nif").update(name="Changed")
    Guide.objects.get(key="live-in-portugal").delete()
    second = publish(actor=None, note="")
    assert (second.added, second.changed, second.removed) == (0, 2, 1)


def test_only_what_was_seen_is_published(edition):
    Procedure.objects.filter(key="nif").update(name="Seen")
    seen = fingerprint_of(snapshot())
    Procedure.objects.filter(key="niss").update(name="Not seen")
    with pytest.raises(Outdated):
        publish(actor=None, note="", seen=seen)
    seen = fingerprint_of(snapshot())
    publish(actor=None, note="", seen=seen)
    with pytest.raises(Outdated):
        publish(actor=None, note="", seen=seen)
    assert edition_number() == 2


class TestRestoring:
    @pytest.fixture
    def older(self, edition, small):
        """Edition 1 said what the small catalogue says, edition 2 is current."""
        Procedure.objects.filter(key="nif").update(name="Changed")
        publish(actor=None, note="")
        return small

    def test_an_older_edition_becomes_current_as_a_new_one(self, older, editor, told):
        third = restore(number=1, actor=editor, note="Back")
        assert (third.number, third.restored, third.publisher, third.note) == (3, 1, editor, "Back")
        assert current().catalogue == older
        assert told == [(3, 2)]

    def test_the_working_copy_stays(self, older):
        restore(number=1, actor=None, note="")
        assert snapshot().procedures[0].name == "Changed"

    def test_the_word_on_its_warnings_comes_with_it(self, older):
        cite_nothing()
        publish(actor=None, note="", word="The page is down.")
        publish(actor=None, note="", word="Still down.")
        restore(number=1, actor=None, note="")
        assert restore(number=3, actor=None, note="").word == "The page is down."

    def test_what_readers_see_already_is_not_restored(self, older):
        restore(number=1, actor=None, note="")
        with pytest.raises(CatalogueError, match="says the same as the current edition"):
            restore(number=1, actor=None, note="")

    def test_what_the_checks_refuse_is_not_restored(self, older):
        insert(3, older.model_copy(update={"facts": older.facts[:1]}).model_dump_json())
        insert(4, older.model_dump_json())
        with pytest.raises(CatalogueError, match=r"There is no entry “nif\.fee” in facts"):
            restore(number=3, actor=None, note="")

    def test_what_the_schema_refuses_is_not_restored(self, older):
        insert(3, '{"procedures": [{"key": "nif", "colour": "red"}]}')
        insert(4, older.model_dump_json())
        with pytest.raises(CatalogueError, match="edition 3 › procedures nif › colour"):
            restore(number=3, actor=None, note="")
        assert edition_number() == 4

    def test_an_edition_that_never_was(self, older):
        with pytest.raises(Edition.DoesNotExist):
            restore(number=7, actor=None, note="")


def insert(number, content):
    """An edition as an older version of the site may have left it."""
    Edition.objects.create(number=number, content=content, digest=f"digest {number}")


class TestUnreadable:
    """What an upgrade can leave behind: editions that the schema or the conditions of today do not accept."""

    @pytest.fixture(params=['{"procedures": [{"key": "nif"}]}', "{", '{"terms": [{"key": "a", "condition": "b"}]}'])
    def broken(self, request, edition, caplog):
        insert(2, request.param)
        publishing.forget()

    def test_readers_see_the_newest_that_can_be_read(self, broken, small, caplog):
        assert (edition_number(), current().catalogue) == (1, small)
        assert "Edition 2 cannot be read" in caplog.text

    def test_it_is_not_read_again_and_again(self, broken, monkeypatch, caplog):
        first = current()
        caplog.clear()
        monkeypatch.setattr(publishing.time, "monotonic", lambda clock=publishing.time.monotonic: clock() + 60)
        assert current() is first
        assert not caplog.text

    def test_publishing_mends_it(self, broken, told):
        assert publish(actor=None, note="").number == edition_number() == 3
        assert told == [(3, 1)]

    def test_without_any_that_can_be_read_the_site_is_empty(self, db):
        insert(1, "{")
        assert edition_number() == 0


def test_edition_outlives_its_publisher(working_copy, editor):
    publish(actor=editor, note="")
    editor.delete()
    assert Edition.objects.get().publisher is None
