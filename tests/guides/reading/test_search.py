"""Search: what is found by which words, in which order, and how the page shows it."""

import time

import pytest
from django.urls import reverse

from guides.folding import fold, query_terms, words
from guides.reading import library
from guides.reading.snippets import LONGEST, marked, snippet
from tests.guides.reading_pages import publish, reading_catalogue


class TestFolding:
    @pytest.mark.parametrize(
        ("word", "folded"),
        [
            ("Segurança", "seguranca"),
            ("PADRÓN", "padron"),
            ("padro\u0301n", "padron"),
            ("Cl@ve", "clave"),
            ("nº", "no"),
            ("Straße", "strasse"),
        ],
    )
    def test_accents_capitals_and_signs_fall_away(self, word, folded):
        assert fold(word) == folded

    def test_joined_words_are_found_as_one_and_apart(self):
        assert [word for word, *_ in words("El EX-15.")] == ["el", "ex", "15", "ex15"]
        assert query_terms("EX-15 ex 15") == [("ex15", "ex", "15"), ("ex",), ("15",)]

    def test_places_are_those_in_the_text(self):
        text = "O cartão EX-15"
        assert [text[start:end] for _, start, end in words(text)] == ["O", "cartão", "EX", "15", "EX-15"]


class TestMarking:
    def test_words_are_marked_whatever_their_accents(self):
        assert marked("El padrón municipal", ("padron",)) == "El <mark>padrón</mark> municipal"

    def test_text_is_escaped(self):
        assert (
            marked("<b>padrón</b> & <script>", ("padron",))
            == "&lt;b&gt;<mark>padrón</mark>&lt;/b&gt; &amp; &lt;script&gt;"
        )

    def test_a_single_letter_marks_only_itself(self):
        assert marked("a an", ("a",)) == "<mark>a</mark> an"

    def test_long_text_is_cut_around_the_first_word(self):
        found = snippet("before " * 60 + "padrón" + " after" * 60, ("padron",))
        assert "<mark>padrón</mark>" in found
        assert found.startswith("… before")
        assert found.endswith("after …")
        assert len(found) < LONGEST + 20

    def test_a_sentence_is_shown_rather_than_a_row_of_a_table(self):
        text = "Paper · Office\nPadrón certificate · Town hall\nThe padrón is a list of the town.\nAnother line."
        assert snippet(text, ("padron",)) == "The <mark>padrón</mark> is a list of the town."

    def test_of_a_table_one_row_is_shown(self):
        text = "Some words.\nPaper · Office\nPadrón certificate · Town hall"
        assert snippet(text, ("padron",)) == "<mark>Padrón</mark> certificate · Town hall"


@pytest.fixture
def index(db):
    publish(reading_catalogue())
    return library().index


@pytest.fixture
def shipped_index(published):
    return library().index


def found(index, query):
    return [(entry.kind, entry.key) for entry in index.search(query).entries]


class TestIndex:
    def test_all_kinds_are_found(self, index):
        kinds = {kind for kind, _ in found(index, "nif")}
        assert kinds == {"guide", "procedure", "document", "fact"}

    def test_by_local_name_with_and_without_accents(self, index):
        assert found(index, "identificacao") == found(index, "Identificação") == [("guide", "work-in-portugal")]
        assert found(index, "passaporte")[0] == ("document", "passport")

    def test_by_the_beginning_of_a_word(self, index):
        assert ("document", "passport") in found(index, "passa")

    def test_long_terms_also_inside_a_word(self, index):
        assert ("document", "passport") in found(index, "aporte")
        assert found(index, "port") != found(index, "aport")

    def test_plural_finds_the_singular(self, index):
        assert found(index, "passports")[0] == ("document", "passport")

    def test_names_come_before_texts(self, index):
        assert found(index, "number tax")[0] == ("procedure", "nif")
        assert found(index, "tax number")[0] == ("document", "nif-document")  # its whole name

    def test_every_word_is_needed_while_some_entry_has_all(self, index):
        assert found(index, "free agents mornings") == [("guide", "work-in-portugal")]
        assert index.search("free agents mornings").complete

    def test_entries_with_some_of_the_words_are_better_than_none(self, index):
        search = index.search("passport zzzz")
        assert not search.complete
        assert search.entries[0].key == "passport"

    def test_small_words_are_left_out(self, index):
        assert found(index, "how do I get the passport") == found(index, "get passport")

    @pytest.mark.parametrize("query", ["", "   ", "zzzz", "<>&", "?", "%", "\u0301", "a" * 200])
    def test_nothing_is_found_without_a_complaint(self, index, query):
        assert found(index, query) == []

    @pytest.mark.parametrize(
        ("query", "best"),
        [
            ("empadronamiento", ("guide", "empadronamiento")),
            ("clave", ("procedure", "clave")),
            ("cl@ve", ("procedure", "clave")),
            ("health card", ("procedure", "tsi-health-card")),
            ("ex17", ("procedure", "tie-ex17")),
            ("EX-17", ("procedure", "tie-ex17")),
            ("autonomo", ("guide", "registering-as-autonomo")),
            ("seguranca social direta", ("procedure", "seguranca-social-direta")),
            ("residence permit renewal", ("procedure", "aima-renewal")),
        ],
    )
    def test_readers_find_what_they_mean(self, shipped_index, query, best):
        assert found(shipped_index, query)[0] == best

    @pytest.mark.parametrize("typed", ["empadronamineto", "empadronamento", "empadronmiento"])
    def test_a_slip_is_corrected(self, shipped_index, typed):
        assert shipped_index.search(typed).meant == "empadronamiento"

    @pytest.mark.parametrize(
        ("typed", "meant"),
        [
            ("pasaprote", "pasaporte"),
            ("certifcate", "certificate"),
            ("helath card", "health card"),
            ("Finanzas", "financas"),
        ],
    )
    def test_letters_are_swapped_missing_or_others(self, shipped_index, typed, meant):
        assert shipped_index.search(typed).meant == meant

    def test_what_was_meant_is_found_at_once(self, shipped_index):
        search = shipped_index.search("empadronamineto")
        assert search.instead
        assert search.entries[0].key == "empadronamiento"

    @pytest.mark.parametrize("typed", ["nif", "nie-ex15", "NIE EX15", "residence-visa", "tarjeta sanitaria individual"])
    def test_an_exact_key_or_name_comes_first(self, shipped_index, typed):
        first = shipped_index.search(typed).entries[0]
        names = (first.key, first.title, first.local_name.partition(" (")[0])
        assert fold(typed.replace(" ", "")) in map(fold, names)

    def test_many_unknown_words_cost_little(self, shipped_index):
        begun = time.perf_counter()
        shipped_index.search(" ".join(f"empadronamineto{letter}z" for letter in "abcdefghijkl"))
        assert time.perf_counter() - begun < 0.5

    def test_what_is_there_is_not_corrected(self, shipped_index):
        assert shipped_index.search("health card").meant == ""


@pytest.fixture
def search(client, db):
    publish(reading_catalogue())
    return lambda **query: client.get(reverse("guides:search"), query)


class TestPage:
    def test_without_a_question_it_gives_examples(self, search):
        page = search()
        assert page.status_code == 200
        assert "?q=padron" in page.text

    def test_results_lead_to_the_part_with_the_words(self, search):
        page = search(q="wait").text
        assert 'href="/guides/portugal/work-in-portugal/#the-other-number"' in page
        assert "Ask at Segurança Social &amp; <mark>wait</mark>" in page

    def test_accents_do_not_matter(self, search):
        assert "<mark>Segurança</mark>" in search(q="SEGURANCA").text

    def test_local_names_are_in_their_language(self, search):
        assert '<span class="local" lang="pt">Pedir o <mark>NIF</mark></span>' in search(q="nif").text

    def test_one_kind_only(self, search):
        page = search(q="nif", kind="document").text
        assert "/documents/nif-document/" in page
        assert "/procedures/portugal/nif/" not in page
        assert search(q="nif", kind="nonsense").text.count('class="result"') == search(q="nif").text.count(
            'class="result"'
        )

    def test_facts_are_told_in_full_and_lead_to_their_note(self, search):
        page = search(q="taxpayer").text
        assert "Old leaflets call it the <mark>taxpayer</mark> number." in page
        assert 'href="/procedures/portugal/nif/#note.nif.what"' in page

    def test_what_was_typed_is_escaped(self, search):
        page = search(q='"><script>alert(1)</script>').text
        assert "<script>alert" not in page
        assert "&quot;&gt;&lt;script&gt;" in page

    def test_a_slip_alone_finds_what_was_meant(self, search):
        page = search(q="pasport").text
        assert 'Nothing has “pasport”. This is what there is for <a href="?q=passport">passport</a>:' in page
        assert "/documents/passport/" in page

    def test_a_slip_beside_other_words_is_asked_back(self, search):
        assert '<a href="?q=tax+passport">tax passport</a>?' in search(q="tax pasport").text.replace("%20", "+")

    def test_nothing_near_is_not_asked_back(self, search):
        page = search(q="xylophone").content.decode()
        assert "Nothing found" in page
        assert "Did you mean" not in page

    def test_nothing_found(self, search):
        page = search(q="zzzz")
        assert page.status_code == 200
        assert "Nothing found for “zzzz”" in page.text

    def test_what_cannot_be_searched_is_kept_and_explained(self, search):
        page = search(q="x" * 201)
        assert page.status_code == 422
        assert 'id="q-error"' in page.text

    def test_signs_that_nobody_sees_are_not_searched_for(self, search):
        page = search(q="zz\x00zz\u202e")
        assert "Nothing found for “zz zz”" in page.text

    def test_pages_of_results(self, client, published):
        first = client.get(reverse("guides:search"), {"q": "number"}).text
        second = client.get(reverse("guides:search"), {"q": "number", "page": "2"}).text
        assert "Page 1 of" in first
        assert "Page 2 of" in second
        assert client.get(reverse("guides:search"), {"q": "number", "page": "9999"}).status_code == 200

    def test_is_kept_out_of_other_search_engines(self, search):
        assert '<meta name="robots" content="noindex">' in search(q="nif").text
        assert "noindex" not in search().text

    def test_cannot_be_posted_to(self, client):
        assert client.post(reverse("guides:search")).status_code == 405

    def test_needs_no_query(self, search, django_assert_num_queries):
        search(q="nif")
        with django_assert_num_queries(0):
            search(q="nif")
