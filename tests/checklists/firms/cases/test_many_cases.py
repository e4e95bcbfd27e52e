"""What can be done to many cases at once: all or none, with the same number of queries, and never across firms."""

import pytest

from checklists.firms.cases import services
from checklists.models import Case, HistoryEntry, Label
from checklists.seen import Changed, seen_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def cases(firm, published):
    return [firm.case(f"Client {number}") for number in range(3)]


def verbs_of(cases):
    numbers = [case.pk for case in cases]
    return list(HistoryEntry.objects.filter(case_number__in=numbers).order_by("number").values_list("verb", flat=True))


def deeds(firm):
    """Each verb with what it needs, and a test for what it did."""
    stage, label = firm.organisation.stages.last(), Label.objects.create(organisation=firm.organisation, name="VIP")
    return {
        "assigned": (services.assign, {"assignee": firm.owner}, {"assignee": firm.owner}),
        "moved": (services.move, {"stage": stage}, {"stage": stage}),
        "prioritised": (services.prioritise, {"priority": 3}, {"priority": 3}),
        "waits": (services.set_waiting, {"waiting_for": "office"}, {"waiting_for": "office"}),
        "labelled": (services.add_label, {"label": label}, {"labels": label}),
        "archived": (services.archive, {}, {"archived_at__isnull": False}),
        "followed": (services.follow, {"follower": firm.viewer}, {"followers": firm.viewer}),
    }


VERBS = ["assigned", "moved", "prioritised", "waits", "labelled", "archived", "followed"]


@pytest.mark.parametrize("verb", VERBS)
def test_done_to_all_and_written_down_for_each_once(firm, cases, verb):
    service, values, expected = deeds(firm)[verb]
    assert service(cases=Case.objects.all(), by=firm.advisor, **values) == 3
    assert Case.objects.filter(**expected).count() == 3
    assert verbs_of(cases).count(verb) == 3
    assert service(cases=cases, by=firm.advisor, **values) == 0
    assert verbs_of(cases).count(verb) == 3


@pytest.mark.parametrize("verb", VERBS)
def test_as_many_queries_for_many_as_for_one(firm, cases, verb, django_assert_num_queries, connection_queries):
    service, values, _expected = deeds(firm)[verb]
    for_one = connection_queries(lambda: service(cases=cases[:1], by=firm.advisor, **values))
    for_many = connection_queries(lambda: service(cases=cases[1:], by=firm.advisor, **values))
    assert for_one == for_many


@pytest.fixture
def connection_queries():
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def count(deed):
        with CaptureQueriesContext(connection) as queries:
            deed()
        return len(queries)

    return count


@pytest.mark.parametrize("verb", VERBS)
def test_nothing_crosses_firms(firm, other_firm, cases, verb):
    service, values, _expected = deeds(firm)[verb]
    foreign = other_firm.case()
    with pytest.raises(ValueError, match="several firms"):
        service(cases=[*cases, foreign], by=firm.advisor, **values)
    if verb in ("assigned", "moved", "labelled", "followed"):
        with pytest.raises(ValueError, match="firm"):
            service(cases=[foreign], by=other_firm.advisor, **values)
    assert verb not in verbs_of([*cases, foreign])


def test_what_was_done_can_be_undone(firm, cases):
    label = Label.objects.create(organisation=firm.organisation, name="VIP")
    services.add_label(cases=cases, label=label, by=firm.advisor)
    assert services.remove_label(cases=cases, label=label, by=firm.advisor) == 3
    services.archive(cases=cases, by=firm.advisor)
    assert services.restore(cases=cases, by=firm.advisor) == 3
    services.follow(cases=cases, follower=firm.owner, by=firm.owner)
    assert services.unfollow(cases=cases, follower=firm.owner, by=firm.owner) == 3
    services.assign(cases=cases, assignee=firm.owner, by=firm.advisor)
    assert services.assign(cases=cases, assignee=None, by=firm.advisor) == 3
    untouched = Case.objects.filter(labels=None, archived_at=None, followers=None, assignee=None)
    assert untouched.count() == 3


def test_viewers_are_given_no_cases(firm, cases):
    with pytest.raises(ValueError, match="owners and advisors"):
        services.assign(cases=cases, assignee=firm.viewer, by=firm.advisor)


@pytest.mark.parametrize(("service", "value"), [("prioritise", {"priority": 9}), ("set_waiting", {"waiting_for": "x"})])
def test_unknown_words_are_refused(firm, cases, service, value):
    with pytest.raises(ValueError):
        getattr(services, service)(cases=cases, by=firm.advisor, **value)


def test_no_cases_are_no_deed(firm, published):
    assert services.archive(cases=[], by=firm.advisor) == 0
    assert services.move(cases=Case.objects.none(), stage=firm.organisation.stages.first(), by=firm.advisor) == 0


def test_a_form_that_was_open_meanwhile_does_not_undo_it(firm, cases):
    services.move(cases=cases, stage=firm.organisation.stages.last(), by=firm.advisor)
    with pytest.raises(Changed):
        services.change_case(case=cases[0], seen=seen_of(cases[0]), by=firm.owner, name="Other")
