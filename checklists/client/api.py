"""The public API: plans for answers that are not kept."""

from typing import Annotated, Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from ninja import Body, NinjaAPI, Schema
from ninja.errors import HttpError, ValidationError
from ninja.responses import Status
from pydantic import WithJsonSchema

from checklists.access.limits import HOUR, MINUTE, Limit, TooOften, count_all
from checklists.planner import as_json
from checklists.planning import BadAnswers, day_of, plan_answers, unwrap
from guides import clock
from guides.catalogue.compiled import DESTINATION
from guides.editions.publishing import current
from guides.networks import network_of

from . import plan_schema
from .answers_schema import DAY, answers_schemas

# A school class behind one address, or a partner's server; a plan takes some 10 ms. All networks together get so much
# that one process has half of its time for pages.
PLANS_OF_NETWORK, PLANS_OF_SITE = Limit(3000, HOUR), Limit(3000, MINUTE)
ANSWERS = {"requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/PlanRequest"}}}}}


class PublicAPI(NinjaAPI):
    """Describes the answers of the current edition, and may be called from any page: it keeps nothing."""

    def get_openapi_schema(self, **options):
        document = super().get_openapi_schema(**options)
        document["components"]["schemas"] |= answers_schemas(current())
        return document

    def create_response(self, *args, **kwargs):
        response = super().create_response(*args, **kwargs)
        response.headers["Access-Control-Allow-Origin"] = "*"
        return response


api = PublicAPI(
    title="Relocation checklist",
    version="2",
    description="Plans for people who move to another country. Nothing that is sent here is stored.",
    urls_namespace="api",
    docs_url=None,
    # Of ninja's own view no page of another site may read the answer.
    openapi_url=None,
)


class Problem(Schema):
    """``key`` is the answer that is meant, or empty."""

    key: str
    message: str


class Problems(Schema):
    errors: list[Problem]


@api.post(
    "/plan",
    response={200: plan_schema.Plan, 400: Problems, 413: Problems, 422: Problems, 429: Problems, 503: Problems},
    by_alias=True,
    summary="Plan for a set of answers",
    openapi_extra=ANSWERS,
)
def make_plan(
    request: HttpRequest,
    body: Body[dict[str, Any]],
    today: Annotated[str, WithJsonSchema(DAY)] | None = None,
):
    """Send an object of answer keys and values, or ``{"answers": {…}, "today": "2026-11-21"}``.

    `{}` is a set of answers too: it gets what might apply in every country, mostly with the status `provisional`.
    Answers that cannot all be true, and values that do not exist, are refused with 422; each error names its answer.
    One network may ask for 3,000 plans an hour; after that 429 tells in `Retry-After` how many seconds to wait.
    """
    count_all({f"plans:{network_of(request)}": PLANS_OF_NETWORK, "plans:site": PLANS_OF_SITE})
    compiled = current()
    if not compiled.number:
        return Status(503, _errors([("", "No edition is published yet.")]))
    try:
        answers, day = unwrap(body)
        plan = plan_answers(compiled, answers, day_of(today) or day or clock.today())
    except BadAnswers as error:
        return Status(422, _errors((problem.key, problem.message) for problem in error.problems))
    return as_json(plan, compiled.questions_for(answers.get(DESTINATION)))


@api.get("/openapi.json", include_in_schema=False, url_name="openapi-json")
def description(request: HttpRequest):
    """The description of this API, to any page of any site."""
    return api.get_openapi_schema()


@api.get("/", include_in_schema=False)
@api.get("/docs", include_in_schema=False)
def start(request: HttpRequest):
    """Lead people who look for the API to what the site says of it."""
    return redirect(f"{reverse('guides:about')}#api")


@api.api_operation(["OPTIONS"], "/plan", include_in_schema=False)
def preflight(request: HttpRequest):
    """Tell a browser that a page of another site may send answers."""
    allowed = {"Origin": "*", "Methods": "POST", "Headers": "Content-Type"}
    return HttpResponse(status=204, headers={f"Access-Control-Allow-{name}": value for name, value in allowed.items()})


def _errors(found):
    return {"errors": [{"key": key, "message": message} for key, message in found]}


@api.exception_handler(ValidationError)
def say_what_is_wrong(request, error):
    found = ((".".join(map(str, e["loc"][2:])), e["msg"]) for e in error.errors)
    return api.create_response(request, _errors(found), status=422)


@api.exception_handler(HttpError)
def say_why_not(request, error):
    return api.create_response(request, _errors([("", str(error))]), status=error.status_code)


@api.exception_handler(TooOften)
def say_how_long_to_wait(request, refusal):
    message = f"Too many plans are asked for. Ask again in {refusal.seconds} seconds."
    response = api.create_response(request, _errors([("", message)]), status=429)
    response.headers["Retry-After"] = refusal.seconds
    return response


def public_urls():
    """The API's URLs, open to everybody: it keeps nothing and knows nobody."""
    patterns, app_name, namespace = api.urls
    for pattern in patterns:
        login_not_required(pattern.callback)
    return patterns, app_name, namespace
