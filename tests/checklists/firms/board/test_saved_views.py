from django.urls import reverse

from checklists.models import SavedView
from tests.checklists.pages import hidden_fields


def save(client, firm, name, query):
    return client.post(reverse("board:save-view", args=[firm.organisation.slug]), {"name": name, "query": query})


def test_a_view_is_kept_found_again_and_deleted(board, client, firm, having):
    having("Ana", waiting_for="client")
    having("Bo")
    response = save(client, firm, "Clients' turn", "?waiting=client&sort=age")
    assert response["Location"] == f"{board.address}?waiting=client&sort=age"
    page = board.get()
    assert "Clients&#x27; turn" in page
    view = SavedView.objects.get()
    assert board.names(view.query) == ["Ana"]
    client.post(reverse("board:forget-view", args=[firm.organisation.slug, view.pk]))
    assert "is deleted" in board.get()
    assert "Clients&#x27; turn" not in board.get()


def test_saving_again_under_a_name_shows_both_and_replaces_its_filters_at_the_second_word(board, client, firm):
    save(client, firm, "Mine", "?waiting=client")
    assert save(client, firm, "Mine", "?waiting=client").status_code == 302
    both = save(client, firm, "Mine", "?stuck=1")
    assert both.status_code == 409
    assert "You have a view of this name already" in both.text
    for filters in ("Waiting for: the client", "Stuck: only those that are stuck"):
        assert filters in both.text
    assert SavedView.objects.get().query == "?waiting=client"
    address = reverse("board:save-view", args=[firm.organisation.slug])
    assert client.post(address, hidden_fields(both)).status_code == 302
    assert SavedView.objects.get().query == "?stuck=1"


def test_only_filters_are_saved(board, client, firm):
    save(client, firm, "Odd", "?waiting=client&nonsense=1&stage=999999&after=x")
    assert SavedView.objects.get().query == "?waiting=client"


def test_a_view_needs_a_name_and_what_was_typed_stays(board, client, firm):
    response = save(client, firm, "x" * 61, "?waiting=client")
    assert response.status_code == 422
    assert "x" * 61 in response.content.decode()
    assert "?waiting=client" in response.content.decode()
    assert not SavedView.objects.exists()


def test_not_more_views_than_anybody_reads(board, client, firm):
    for number in range(30):
        save(client, firm, f"View {number}", "?stuck=1")
    response = client.post(
        reverse("board:save-view", args=[firm.organisation.slug]), {"name": "One more", "query": ""}, follow=True
    )
    assert "You keep 30 views already" in response.content.decode()
    assert SavedView.objects.count() == 30


def test_a_view_is_its_owner_s_alone(board, client, firm, other_firm):
    save(client, firm, "Mine", "?assignee=me")
    view = SavedView.objects.get()
    for somebody in (firm.owner, other_firm.advisor):
        client.force_login(somebody)
        assert client.post(reverse("board:forget-view", args=[firm.organisation.slug, view.pk])).status_code == 404
    client.force_login(firm.owner)
    assert "assignee=me&amp;" not in board.get()
    assert SavedView.objects.count() == 1


def test_viewers_keep_views_too_and_strangers_do_not(client, firm, other_firm):
    client.force_login(firm.viewer)
    save(client, firm, "Waiting", "?waiting=office")
    assert SavedView.objects.get().user == firm.viewer
    client.force_login(other_firm.owner)
    assert save(client, firm, "Theirs", "?stuck=1").status_code == 404
    client.logout()
    assert save(client, firm, "Anybody's", "?stuck=1").status_code == 302
    assert SavedView.objects.count() == 1


def test_views_are_posted(board, client, firm):
    assert client.get(reverse("board:save-view", args=[firm.organisation.slug])).status_code == 405
    assert client.get(reverse("board:forget-view", args=[firm.organisation.slug, 1])).status_code == 405
