"""What the checks say about ways that lead nowhere: requirements, loops, deadlines, links, and what nothing uses."""

import datetime

import pytest

from guides.catalogue.checks import check
from guides.catalogue.schema import Alert, Catalogue, Document, Guide, Procedure, Question
from tests.guides.small import NIF, changed, small_catalogue

TODAY = datetime.date(2026, 11, 22)


def found(catalogue, today=TODAY):
    return {(p.level, p.kind, p.where): p.example for p in check(catalogue, today)}


def procedure(key, *, gives=(), needs=(), after=(), **extra):
    """``needs`` holds requirements, each a list of alternatives: (documents, when)."""
    requirements = [
        {
            "key": f"r{number}",
            "name": "Something",
            "facts": ["nif.what"],
            "alternatives": [{"documents": [*documents], "when": when} for documents, when in alternatives],
        }
        for number, alternatives in enumerate(needs)
    ]
    plain = {name: NIF[name] for name in ("country", "local_name", "summary", "reason", "authority")}
    return Procedure.model_validate(
        plain
        | {"key": key, "name": key.upper(), "order": 1, "required_when": "to_portugal", "outputs": gives}
        | {"requirements": requirements, "requires": [{"procedure": other} for other in after]}
        | extra
    )


def with_procedures(*procedures, documents=("a-paper", "b-paper", "c-paper")):
    catalogue = small_catalogue()
    papers = [Document(key=key, name=key, origin="authority", issuer="An office") for key in documents]
    used = procedure("rest", needs=[[((*documents, "passport"), "")]])
    return catalogue.model_copy(
        update={
            "documents": (*catalogue.documents, *papers),
            "procedures": (*catalogue.procedures, *procedures, used.model_copy(update={"required_when": "never"})),
        }
    )


def with_alerts(catalogue, *alerts):
    plain = {"kind": "notice", "when": "here", "text": "Mind it.", "facts": ["nif.what"]}
    made = [Alert.model_validate({"key": f"alert-{number}", **plain, **fields}) for number, fields in enumerate(alerts)]
    return catalogue.model_copy(update={"alerts": tuple(made)})


class TestAlternatives:
    def test_somebody_is_left_without_one(self):
        bad = procedure("bad", needs=[[(["a-paper"], "here"), (["b-paper"], "stay_months > 5")]])
        found_here = found(with_procedures(bad))
        example = found_here["error", "no_alternative", "procedures bad › requirements r0"]
        assert example == {"destination": "pt", "here": False, "stay_months": 2}

    def test_the_last_one_is_for_all(self):
        good = procedure("good", needs=[[(["a-paper"], "here"), (["b-paper"], "")]])
        assert found(with_procedures(good)) == {}

    def test_together_they_are_for_all(self):
        good = procedure("good", needs=[[(["a-paper"], "here"), (["b-paper"], "not here")]])
        assert found(with_procedures(good)) == {}


class TestLoops:
    def test_two_procedures_ask_for_what_the_other_gives(self):
        a = procedure("a", gives=["a-paper"], needs=[[(["b-paper"], "")]])
        b = procedure("b", gives=["b-paper"], needs=[[(["a-paper"], "")]])
        assert found(with_procedures(a, b)) == {("error", "loop", "procedures a"): {"destination": "pt"}}

    def test_an_alternative_is_the_way_out(self):
        a = procedure("a", gives=["a-paper"], needs=[[(["b-paper"], ""), (["passport"], "")]])
        b = procedure("b", gives=["b-paper"], needs=[[(["a-paper"], "")]])
        assert found(with_procedures(a, b)) == {}

    def test_the_way_out_is_closed_to_some(self):
        a = procedure("a", gives=["a-paper"], needs=[[(["b-paper"], ""), (["passport"], "here")]])
        b = procedure("b", gives=["b-paper"], needs=[[(["a-paper"], "")]])
        found_here = found(with_procedures(a, b))
        assert found_here == {("error", "loop", "procedures a"): {"destination": "pt", "here": False}}

    def test_a_strict_order_closes_the_loop(self):
        a = procedure("a", gives=["a-paper"], after=["b"])
        b = procedure("b", needs=[[(["a-paper"], "")]])
        assert ("error", "loop", "procedures a") in found(with_procedures(a, b))

    def test_another_giver_opens_it(self):
        a = procedure("a", gives=["a-paper"], needs=[[(["b-paper"], "")]])
        b = procedure("b", gives=["b-paper"], needs=[[(["a-paper"], "")]])
        other = procedure("other", gives=["b-paper"])
        assert ("error", "loop", "procedures a") not in found(with_procedures(a, b, other))

    def test_discretion_never_blocks(self):
        a = procedure("a", gives=["a-paper"], needs=[[(["b-paper"], "")]])
        b = procedure("b", gives=["b-paper"], needs=[[(["a-paper"], "")]])
        lenient = a.requirements[0].model_copy(update={"discretion": "Some ask."})
        assert found(with_procedures(a.model_copy(update={"requirements": (lenient,)}), b)) == {}

    def test_only_those_who_are_done_get_through(self):
        """Who holds the paper is through; the example is somebody who does not."""
        a = procedure("a", gives=["a-paper"], needs=[[(["b-paper"], "")]], done_when="in_hand has a-paper")
        b = procedure("b", gives=["b-paper"], needs=[[(["a-paper"], "")]])
        example = found(with_procedures(a, b))["error", "loop", "procedures a"]
        assert not set(example.get("in_hand", ())) & {"a-paper", "b-paper"}

    def test_what_only_waits_for_a_loop_is_not_named(self):
        a = procedure("a", gives=["a-paper"], needs=[[(["b-paper"], "")]])
        b = procedure("b", gives=["b-paper"], needs=[[(["a-paper"], "")]])
        c = procedure("c", needs=[[(["a-paper"], "")]])
        (problem,) = check(with_procedures(a, b, c), TODAY)
        assert "“A”, “B”." in problem.text

    def test_two_loops_are_two_problems(self):
        a = procedure("a", gives=["a-paper"], needs=[[(["b-paper"], "")]], required_when="to_portugal and here")
        b = procedure("b", gives=["b-paper"], needs=[[(["a-paper"], "")]])
        c = procedure("c", gives=["c-paper"], after=["d"])
        d = procedure("d", needs=[[(["c-paper"], "")]])
        assert set(found(with_procedures(a, b, c, d))) == {
            ("error", "loop", "procedures a"),
            ("error", "loop", "procedures c"),
        }


class TestDocuments:
    def lone(self, **extra):
        return Document.model_validate({"key": "lone", "name": "Lone", "origin": "authority", "issuer": ""} | extra)

    def catalogue(self, document, *procedures):
        catalogue = with_procedures(*procedures)
        return catalogue.model_copy(update={"documents": (*catalogue.documents, document)})

    def test_asked_for_and_issued_by_nobody(self):
        asks = procedure("asks", needs=[[(["lone"], "here"), (["passport"], "")]])
        assert found(self.catalogue(self.lone(), asks)) == {
            ("warning", "no_issuer", "documents lone"): {"destination": "pt", "here": True}
        }
        assert found(self.catalogue(self.lone(how="Write to the king."), asks)) == {}

    def test_given_to_others_only(self):
        asks = procedure("asks", needs=[[(["lone"], "")]])
        gives = procedure("gives", gives=["lone"], required_when="to_portugal and here")
        assert found(self.catalogue(self.lone(), asks, gives)) == {
            ("warning", "no_issuer", "documents lone"): {"destination": "pt", "here": False}
        }

    def test_another_document_stands_for_it(self):
        asks = procedure("asks", needs=[[(["lone"], "")]])
        covered = changed(self.catalogue(self.lone(), asks), "documents", "passport", covers=[{"document": "lone"}])
        assert found(covered) == {}
        some = changed(covered, "documents", "passport", covers=[{"document": "lone", "when": "here"}])
        assert found(some) == {("warning", "no_issuer", "documents lone"): {"destination": "pt", "here": False}}

    def test_neither_asked_for_nor_given(self):
        assert found(self.catalogue(self.lone())) == {("warning", "unused_document", "documents lone"): None}

    def test_what_stands_for_another_is_used(self):
        asks = procedure("asks", needs=[[(["c-paper"], "")]])
        stands = self.lone(issuer="An office", covers=[{"document": "c-paper"}])
        assert found(self.catalogue(stands, asks)) == {}


class TestQuestions:
    def catalogue(self, when, **extra):
        options = [{"value": value, "label": value, "phrase": value} for value in ("work", "study", "other")]
        purpose = {"key": "purpose", "kind": "choice", "text": "Why?", "why": "It matters.", "order": 60}
        asked = Question.model_validate(purpose | {"options": options} | extra)
        catalogue = with_procedures(procedure("asks", required_when=when))
        return catalogue.model_copy(update={"questions": (*catalogue.questions, asked)})

    def test_question_that_nothing_uses(self):
        assert found(self.catalogue("to_portugal")) == {("warning", "unused_question", "questions purpose"): None}
        assert found(self.catalogue("to_portugal", kept_because="It will be.")) == {}

    def test_value_that_nothing_names(self):
        assert set(found(self.catalogue("to_portugal and purpose is work"))) == {
            ("warning", "unused_value", "questions purpose › options study"),
            ("warning", "unused_value", "questions purpose › options other"),
        }

    def test_one_value_may_be_the_rest(self):
        assert found(self.catalogue("to_portugal and purpose in (work, study)")) == {}

    def test_of_a_list_every_value_counts_but_none(self):
        options = [{"value": value, "label": value, "phrase": value} for value in ("work", "study", "none")]
        catalogue = self.catalogue("to_portugal and purpose has work", kind="choices", options=options)
        assert set(found(catalogue)) == {("warning", "unused_value", "questions purpose › options study")}

    def test_an_alert_uses_it_by_its_condition_its_words_or_its_date(self):
        asked = self.catalogue("to_portugal")
        for fields in ({"when": "purpose in (work, study)"}, {"text": "You come for {purpose}."}):
            assert ("warning", "unused_question", "questions purpose") not in found(with_alerts(asked, fields))
        hinted = changed(asked, "questions", "here", stale_when="purpose in (work, study)")
        assert set(found(hinted)) == {("warning", "unused_question", "questions purpose")}

    def test_value_that_is_kept(self):
        options = [{"value": value, "label": value, "phrase": value} for value in ("work", "study", "other")]
        options[1]["kept_because"] = "It will be used."
        assert found(self.catalogue("to_portugal and purpose is work", options=options)) == {}


class TestDeadlines:
    def catalogue(self, *others, required_when="to_portugal", **fields):
        deadline = {"key": "then", "kind": "recommended", "text": "Then.", "facts": ["nif.what"]} | fields
        return with_procedures(procedure("late", deadlines=[deadline], required_when=required_when), *others)

    @pytest.mark.parametrize("fields", [{"kind": "latest"}, {"kind": "window_opens"}, {"binding": True}])
    def test_without_a_day(self, fields):
        where = "procedures late › deadlines then"
        assert found(self.catalogue(**fields)) == {("warning", "no_anchor", where): None}

    @pytest.mark.parametrize(
        "fields",
        [{}, {"kind": "latest", "text": "By the end of January."}, {"kind": "latest", "date": "arrival_date"}],
    )
    def test_with_a_day_or_a_reason(self, fields):
        assert found(self.catalogue(**fields)) == {}

    def test_the_days_of_duties_and_alerts_count_too(self):
        other = procedure("other", required_when="to_portugal and not here")
        duty = {"key": "pay", "text": "Pay.", "first": "finish(other)", "every": "1 year", "facts": ["nif.what"]}
        pays = procedure("pays", required_when="to_portugal and here", recurring=[duty])
        bad = with_alerts(with_procedures(other, pays), {"date": "finish(other)"})
        assert set(found(bad)) == {
            ("warning", "no_anchor", "procedures pays › recurring pay"),
            ("warning", "no_anchor", "alerts alert-0"),
        }

    def test_from_what_is_never_in_the_same_plan(self):
        other = procedure("other", required_when="to_portugal and not here")
        bad = self.catalogue(other, required_when="to_portugal and here", date="finish(other) + 1 month")
        assert found(bad) == {("warning", "no_anchor", "procedures late › deadlines then"): None}
        assert found(self.catalogue(other, date="finish(other) + 1 month")) == {}


def test_guide_that_nothing_leads_to():
    catalogue = small_catalogue()
    lone = Guide(key="lone", country="pt", title="Lone", summary="Alone.", body="Nobody comes.")
    alone = catalogue.model_copy(update={"guides": (*catalogue.guides, lone)})
    assert found(alone) == {("warning", "lone_guide", "guides lone"): None}
    linked = changed(alone, "guides", "live-in-portugal", body="See [that one](guide:lone).")
    assert found(linked) == {}


@pytest.mark.parametrize(
    "path",
    ["/guides/portugal/gone/", "/guides/atlantis/", "/procedures/portugal/gone/", "/documents/gone/", "/nowhere/"],
)
def test_path_that_leads_nowhere(path):
    catalogue = changed(small_catalogue(), "guides", "live-in-portugal", body=f"See [that]({path}#part).")
    assert found(catalogue) == {("error", "broken_link", "guides live-in-portugal › body"): None}


@pytest.mark.parametrize(
    "path", ["/guides/portugal/", "/guides/portugal/live-in-portugal/", "/procedures/portugal/nif/?a=b", "/about/#us"]
)
def test_path_that_leads_somewhere(path):
    catalogue = changed(small_catalogue(), "guides", "live-in-portugal", body=f"See [that]({path}).")
    assert found(catalogue) == {}


def test_link_in_a_step_is_followed_too():
    step = {"key": "go", "text": "Read [this](guide:gone).", "facts": ["nif.what"]}
    catalogue = changed(small_catalogue(), "procedures", "nif", steps=[step])
    assert found(catalogue) == {("error", "broken_link", "procedures nif › steps go › text"): None}


def test_catalogue_without_anything_is_sound():
    assert check(Catalogue(), TODAY) == []


def test_catalogue_without_questions_can_be_checked():
    small = small_catalogue()
    bare = Catalogue(countries=small.countries, authorities=small.authorities)
    free = procedure("free", required_when="always")
    assert found(bare.model_copy(update={"procedures": (free,)})) == {}


def test_review_that_is_overdue():
    day = datetime.date(2027, 11, 1)
    assert found(small_catalogue(), day) == {}
    later = day + datetime.timedelta(days=1)
    assert found(small_catalogue(), later) == {("warning", "review_overdue", "facts nif.what"): None}


def test_country_that_nobody_can_choose_yet_is_left_alone():
    catalogue = small_catalogue()
    new = catalogue.countries[0].model_copy(update={"key": "fr", "name": "France", "mark": "FR"})
    waits = procedure("waits", needs=[[(["passport"], "here")]], required_when="here").model_copy(
        update={"country": "fr"}
    )
    draft = catalogue.model_copy(
        update={"countries": (*catalogue.countries, new), "procedures": (*catalogue.procedures, waits)}
    )
    assert found(draft) == {("warning", "no_way_there", "countries fr"): None}
