"""The plan command and the plan API: the same answers, the same plan, and clear refusals."""

import io
import json

import pytest
import yaml
from django.core.management import CommandError, call_command

from tests.checklists.planner.test_personas import PERSONAS

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

    def test_refuses_what_is_no_json(self, client):
        response = client.post("/api/plan", "{", content_type="application/json")
        assert response.status_code in (400, 422)

    def test_knows_no_other_method(self, client):
        assert client.get("/api/plan").status_code == 405

    def test_describes_itself(self, client):
        assert "/api/plan" in client.get("/api/openapi.json").json()["paths"]


class TestCommand:
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
