"""The plan command and the plan API: the same answers, the same plan, and clear refusals."""

import io
import json

import jsonschema_rs
import pytest
import yaml
from django.core.management import CommandError, call_command
from django.test import Client

from guides.catalogue.compiled import CompiledCatalogue
from guides.catalogue.schema import Alert
from guides.editions.publishing import showing
from tests.checklists.planner.test_personas import PERSONAS
from tests.shipped import shipped_catalogue

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published")]
PERSONA = yaml.safe_load(PERSONAS["es-03"].read_text(encoding="utf-8"))
BAD = {"activites": ["employee"], "activities": ["juggler"], "arrival_date": "2027-02-30", "us_credits": "many"}


def post(client, body, **query):
    return client.post("/api/plan", json.dumps(body), content_type="application/json", query_params=query)


def run_command(tmp_path, content, *options):
    path = tmp_path / "answers.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    out = io.StringIO()
    call_command("plan", str(path), *options, stdout=out)
    return json.loads(out.getvalue())


class TestApi:
    def test_gives_the_plan_without_an_account(self, client):
        response = post(client, PERSONA["answers"], today=PERSONA["today"])
        assert response.status_code == 200
        plan = response.json()
        assert plan["edition"] == 1
        assert "tie-ex17" in [row["key"] for row in plan["procedures"]]

    @pytest.mark.parametrize("path", ["/api/", "/api/docs"])
    def test_whoever_looks_for_it_finds_what_it_does(self, client, path):
        assert client.get(path).headers["Location"] == "/about/#api"

    def test_no_answers_give_what_might_apply_in_every_country(self, client):
        rows = post(client, {}).json()["procedures"]
        assert "provisional" in {row["status"] for row in rows}
        assert {"tie-ex17", "aima-permit"} & {row["key"] for row in rows}

    def test_takes_answers_and_day_in_one_object(self, client):
        bare = post(client, PERSONA["answers"], today=PERSONA["today"])
        wrapped = post(client, {"answers": PERSONA["answers"], "today": PERSONA["today"]})
        assert wrapped.json() == bare.json()

    def test_names_each_bad_key_and_value(self, client):
        response = post(client, BAD)
        assert response.status_code == 422
        assert {error["key"] for error in response.json()["errors"]} == set(BAD)

    @pytest.mark.parametrize(
        ("given", "message"),
        [
            ("uk", "There is no value “uk” here. Did you mean “gb” (United Kingdom)?"),
            ("Korea", "There is no value “Korea” here. Did you mean “kr” (South Korea) or “kp” (North Korea)?"),
            ("brazl", "There is no value “brazl” here. Did you mean “br” (Brazil)?"),
            ("xyzzy", "“xyzzy” is no ISO 3166-1 country code in lower case."),
        ],
    )
    def test_says_which_country_may_be_meant(self, client, given, message):
        response = post(client, {"destination": "es", "nationalities": [given]})
        assert response.json() == {"errors": [{"key": "nationalities", "message": message}]}

    @pytest.mark.parametrize("body", [[], "x", 3, None, {"answers": []}, {"answers": {}, "today": "soon"}])
    def test_refuses_what_is_no_object_of_answers(self, client, body):
        assert post(client, body).status_code == 422

    @pytest.mark.parametrize("body", ["{", "destination=es", b"\xff"])
    def test_refuses_what_is_no_json(self, client, body):
        response = client.post("/api/plan", body, content_type="application/json")
        assert response.status_code == 400
        assert [error["key"] for error in response.json()["errors"]] == [""]

    @pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "1798761600", "2026-W47-6", "20261121", "2027-02-30"])
    def test_refuses_days_that_no_answer_can_have_either(self, client, day):
        for response in (
            post(client, PERSONA["answers"], today=day),
            post(client, {"answers": PERSONA["answers"], "today": day}),
        ):
            assert response.status_code == 422
            assert [error["key"] for error in response.json()["errors"]] == ["today"]

    @pytest.mark.parametrize("day", ["1900-01-01", "2199-12-31"])
    def test_plans_for_the_first_and_the_last_day(self, client, day):
        assert post(client, PERSONA["answers"], today=day).status_code == 200

    def test_may_be_called_from_a_page_of_another_site(self, client):
        asked = client.options("/api/plan", headers={"Origin": "https://example.org"})
        assert asked.status_code == 204
        assert asked.headers["Access-Control-Allow-Headers"] == "Content-Type"
        for response in (asked, post(client, PERSONA["answers"]), post(client, BAD)):
            assert response.headers["Access-Control-Allow-Origin"] == "*"


class TestAnswersThatCannotAllBeTrue:
    """Alerts of the catalogue say which these are; only what is impossible is refused."""

    ANSWERS = {"destination": "es", "nationalities": ["ca"], "residence_basis": "none_needed"}

    @pytest.fixture
    def asked_back(self, client):
        def ask(**fields):
            alert = Alert(
                key="permit-needed",
                kind="conflict",
                when="needs_permit and residence_basis is none_needed",
                about=("nationalities", "residence_basis", "tie-ex17"),
                text="Citizens of {nationalities} need a permit.",
                action="Say which one you have.",
                **fields,
            )
            catalogue = shipped_catalogue().catalogue.model_copy(update={"alerts": (alert,)})
            with showing(CompiledCatalogue(catalogue, number=1)):
                return post(client, self.ANSWERS)

        return ask

    def test_are_refused_at_each_answer_that_is_given(self, asked_back):
        response = asked_back(impossible=True)
        assert response.status_code == 422
        assert [error["key"] for error in response.json()["errors"]] == ["nationalities", "residence_basis"]
        messages = {error["message"] for error in response.json()["errors"]}
        assert messages == {"Citizens of Canada need a permit. Say which one you have."}

    def test_are_planned_with_where_it_may_be_so(self, asked_back):
        response = asked_back()
        assert response.status_code == 200
        assert [(alert["key"], alert["kind"]) for alert in response.json()["alerts"]] == [("permit-needed", "conflict")]


class TestDocument:
    """What the API says of itself, in OpenAPI."""

    @pytest.fixture
    def document(self, client):
        return client.get("/api/openapi.json").json()

    @pytest.fixture
    def read_as(self, document):
        """What is wrong with some JSON, taken for the thing of this name."""

        def problems(name, value):
            schema = {"$ref": f"#/components/schemas/{name}", "components": document["components"]}
            found = jsonschema_rs.validator_for(schema, validate_formats=True).iter_errors(value)
            return [error.message for error in found]

        return problems

    def test_may_be_read_from_pages_of_other_sites(self, client):
        assert client.get("/api/openapi.json").headers["Access-Control-Allow-Origin"] == "*"

    @pytest.mark.parametrize("method", ["post", "put", "delete"])
    def test_a_wrong_method_is_told_as_everything_that_is_wrong(self, method):
        response = getattr(Client(enforce_csrf_checks=True), method)("/api/openapi.json")
        assert response.status_code == 405
        assert [error["key"] for error in response.json()["errors"]] == [""]

    def test_knows_every_answer_with_its_values(self, document, published):
        answers = document["components"]["schemas"]["Answers"]["properties"]
        assert answers.keys() == published.vocabulary.questions.keys()
        for key, question in published.vocabulary.questions.items():
            values = [option.value for option in question.options]
            assert all(f'"{value}"' in json.dumps(answers[key]) for value in values), key
            assert answers[key]["description"] == question.text

    @pytest.mark.parametrize("name", PERSONAS)
    def test_describes_what_people_send_and_get(self, client, read_as, name):
        persona = yaml.safe_load(PERSONAS[name].read_text(encoding="utf-8"))
        assert read_as("PlanRequest", persona["answers"]) == []
        assert read_as("PlanRequest", {"answers": persona["answers"], "today": persona["today"]}) == []
        assert read_as("Plan", post(client, persona["answers"], today=persona["today"]).json()) == []

    @pytest.mark.parametrize(
        "answers",
        [
            {"activites": ["employee"]},
            {"activities": ["juggler"]},
            {"activities": "employee"},
            {"family": ["none", "spouse"]},
            {"nationalities": ["xx"]},
            {"in_hand": ["nuss", "no-such-paper"]},
            {"arrival_date": "2027-02-30"},
            {"arrival_date": "2027-W01-1"},
            {"arrival_date": "2200-01-01"},
            {"already_arrived": "yes"},
            {"us_credits": -1},
        ],
    )
    def test_allows_no_more_than_the_api(self, client, read_as, answers):
        assert read_as("PlanRequest", answers)
        assert read_as("PlanRequest", {"answers": answers})
        assert post(client, answers).status_code == 422

    def test_leaves_no_object_open(self, document):
        """Whoever reads a plan by its schema meets nothing that is not described, but the day beside the answers."""
        for name, schema in document["components"]["schemas"].items():
            if schema.get("type") == "object" and name not in ("Problem", "Problems"):
                assert schema["additionalProperties"] is False, name


class TestCommand:
    @pytest.mark.parametrize("day", ["9999-12-31", "2026-W47-6", "soon"])
    def test_refuses_a_day_that_is_none(self, tmp_path, day):
        with pytest.raises(CommandError):
            run_command(tmp_path, PERSONA["answers"], "--today", day)

    def test_prints_what_the_api_returns(self, client, tmp_path):
        printed = run_command(tmp_path, PERSONA["answers"], "--today", PERSONA["today"])
        assert printed == post(client, PERSONA["answers"], today=PERSONA["today"]).json()

    @pytest.mark.parametrize("content", [BAD, "{", "[]", '{"answers": {}, "today": 5}'])
    def test_exits_with_status_2_and_says_why(self, tmp_path, content):
        with pytest.raises(CommandError) as caught:
            run_command(tmp_path, content)
        assert caught.value.returncode == 2

    def test_names_each_bad_key(self, tmp_path):
        with pytest.raises(CommandError) as caught:
            run_command(tmp_path, BAD)
        assert all(key in str(caught.value) for key in BAD)

    def test_says_when_there_is_no_file(self):
        with pytest.raises(CommandError, match="cannot be read") as caught:
            call_command("plan", "/nowhere/answers.json")
        assert caught.value.returncode == 2


class TestBeforeTheFirstEdition:
    @pytest.fixture
    def published(self):
        """Overrides the shipped edition: nothing is published."""

    def test_api_says_so(self, client):
        assert post(client, PERSONA["answers"]).status_code == 503

    def test_command_says_so(self, tmp_path):
        with pytest.raises(CommandError, match="No edition is published"):
            run_command(tmp_path, PERSONA["answers"])
