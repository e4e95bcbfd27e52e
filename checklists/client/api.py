"""The public API: plans for answers that are not kept."""

import datetime
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest
from ninja import Body, NinjaAPI, Schema
from ninja.errors import ValidationError
from ninja.responses import Status

from checklists.planner import as_json
from checklists.planning import BadAnswers, plan_answers, unwrap
from guides import clock
from guides.catalogue.compiled import DESTINATION
from guides.editions.publishing import current

api = NinjaAPI(
    title="Relocation checklist",
    version="1",
    description="Plans for people who move to another country. Nothing that is sent here is stored.",
    urls_namespace="api",
    docs_url=None,
)


class Problem(Schema):
    key: str
    message: str


class Problems(Schema):
    errors: list[Problem]


@api.post("/plan", response={200: dict[str, Any], 422: Problems, 503: Problems}, summary="Plan for a set of answers")
def make_plan(request: HttpRequest, body: Body[dict[str, Any]], today: datetime.date | None = None):
    """Send an object of answer keys and values, or ``{"answers": {…}, "today": "2026-11-21"}``."""
    compiled = current()
    if not compiled.number:
        return Status(503, {"errors": [{"key": "", "message": "No edition is published yet."}]})
    try:
        answers, day = unwrap(body)
        plan = plan_answers(compiled, answers, today or day or clock.today())
    except BadAnswers as error:
        return Status(422, {"errors": [{"key": p.key, "message": p.message} for p in error.problems]})
    return as_json(plan, compiled.questions_for(answers.get(DESTINATION)))


@api.exception_handler(ValidationError)
def say_what_is_wrong(request, error):
    found = [{"key": ".".join(map(str, e["loc"][2:])), "message": e["msg"]} for e in error.errors]
    return api.create_response(request, {"errors": found}, status=422)


def public_urls():
    """The API's URLs, open to everybody: it keeps nothing and knows nobody."""
    patterns, app_name, namespace = api.urls
    for pattern in patterns:
        login_not_required(pattern.callback)
    return patterns, app_name, namespace
