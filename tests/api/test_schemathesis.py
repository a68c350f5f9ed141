"""No input makes a 500, and no answer is undeclared: the published description, tried as each role with real ids."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from fastapi import FastAPI
from fastapi.routing import APIRoute
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import Failure, FailureGroup
from schemathesis.core.result import Ok
from schemathesis.python.asgi import shutdown_lifespans
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from starlette.responses import JSONResponse, Response
from starlette.testclient import TestClient

from backend.app import create_app
from shared.access import Role, grants
from tests.api.seeds import Seeds, plant
from tests.architecture.routes import api_routes, gates
from tests.support.installations import Installations, Kind
from tests.support.people import People

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
# How often a call is tried. A door that is shut is soon proved; what is open to all is tried in full by a stranger and
# by the administrator.
EXAMPLES, OPEN_TO_ALL, SHUT = 10, 3, 2
# It ends only when the reader leaves; its own tests listen to it.
ENDLESS = "/api/v1/me/notifications/stream"
# Its door is a ticket that opens once, not a role; its own tests bring tickets.
BY_TICKET = "PUT /api/v1/files/{file_id}/content"

# Everybody on PostgreSQL, which refuses more (NUL bytes, large numbers), and two of them on SQLite.
TRIES: list[tuple[Kind, Role | None]] = [
    ("postgresql", None),
    *[("postgresql", role) for role in Role],
    ("sqlite", None),
    ("sqlite", Role.ADMINISTRATOR),
]

Operation = APIOperation[Any, Any, Any, Any]
AnyCase = Case[Any]
Tried = Callable[[Operation, Seeds, Role | None], st.SearchStrategy[AnyCase]]


@pytest.fixture
def planted(kind: Kind, installer: Installations, tmp_path: Path) -> Iterator[tuple[FastAPI, Seeds]]:
    """An app with something real behind every kind of id."""
    installation = installer.fresh(kind, tmp_path)
    with TestClient(create_app(installation.settings())) as client:
        seeds = plant(People(client))
    yield create_app(installation.settings()), seeds
    # schemathesis starts the app by itself and keeps it running until it is told.
    shutdown_lifespans()
    installer.drop_databases()


def calls(operation: Operation, seeds: Seeds, _role: Role | None) -> st.SearchStrategy[AnyCase]:
    """Return calls of an operation: most with ids that exist, some with any, some with what is not allowed."""
    ways = operation.as_strategy()
    if operation.body or operation.query or operation.headers or operation.path_parameters:
        ways |= operation.as_strategy(GenerationMode.NEGATIVE)
    known = seeds.path_parameters(operation.path) or [{}]
    query = seeds.queries.get(operation.path, {})
    return st.builds(at, ways, st.sampled_from([*known, *known, {}]), st.sampled_from([query, {}]))


def at(case: AnyCase, ids: dict[str, str], query: dict[str, Any]) -> AnyCase:
    """Return the call, of the thing with these ids, asked like this."""
    case.path_parameters = {**case.path_parameters, **ids}
    if query:
        case.query = dict(query)
    return case


def straight(operation: Operation, seeds: Seeds, role: Role | None) -> st.SearchStrategy[AnyCase]:
    """Return calls as they are meant, of what is one's own: what chance may not have tried among the others."""
    known = seeds.own_parameters(operation.path, role) or seeds.path_parameters(operation.path) or [{}]
    query = seeds.queries.get(operation.path, {})
    return st.builds(at, operation.as_strategy(), st.sampled_from(known), st.just(query))


def problems_of(
    operation: Operation,
    seeds: Seeds,
    role: Role | None,
    seen: set[int],
    tried: Tried = calls,
    examples: int = EXAMPLES,
) -> str | None:
    """Try an operation; return what is wrong with it. Puts the statuses that it answered into `seen`."""

    @settings(
        max_examples=examples,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=tried(operation, seeds, role))
    def attempt(case: AnyCase) -> None:
        response = case.call(headers=seeds.bearers[role])
        seen.add(response.status_code)
        case.validate_response(response, checks=CHECKS)

    try:
        attempt()
    except (Failure, FailureGroup) as failure:
        return f"{operation.label}: {failure}"
    return None


@pytest.mark.parametrize(("kind", "role"), TRIES)
def test_nothing_breaks_it(kind: Kind, role: Role | None, planted: tuple[FastAPI, Seeds]) -> None:
    app, seeds = planted
    schema = schemathesis.openapi.from_asgi("/openapi.json", app)
    wrong: list[str] = []
    seen: dict[str, set[int]] = defaultdict(set)
    worth = tries(app, role)
    for found in schema.get_all_operations():
        assert isinstance(found, Ok)
        operation = found.ok()
        if operation.path != ENDLESS:
            examples = worth.get(operation.label, EXAMPLES)
            said = problems_of(operation, seeds, role, seen[operation.label], examples=examples)
            wrong += [said] if said else []
    for name in unreached(app, role, seen):
        method, _, path = name.partition(" ")
        said = problems_of(schema[path][method], seeds, role, seen[name], straight)
        wrong += [said] if said else []
    assert not wrong, "\n\n".join(wrong)
    assert not unreached(app, role, seen), {name: seen[name] for name in unreached(app, role, seen)}


@pytest.mark.parametrize(("status", "said"), [(500, "Server error"), (418, "Undocumented"), (200, None)])
def test_what_is_wrong_is_found(status: int, said: str | None) -> None:
    app = FastAPI()

    @app.get("/planted", response_model=str)
    def planted(n: int) -> Response:
        return JSONResponse("word", status)

    schema = schemathesis.openapi.from_asgi("/openapi.json", app)
    found = problems_of(schema["/planted"]["GET"], Seeds(bearers={None: {}}), None, set())
    shutdown_lifespans()
    assert (found is None) if said is None else (said in (found or ""))


def opens(route: APIRoute, role: Role | None) -> bool:
    """Return whether this role may call the route."""
    return all(gate.permission is None or (role and grants(role, gate.permission)) for gate in gates(route.dependant))


def tries(app: FastAPI, role: Role | None) -> dict[str, int]:
    """Return how often each route is worth a try as this role."""
    thorough = role in {None, Role.ADMINISTRATOR}
    return {
        name: SHUT if not opens(route, role) else OPEN_TO_ALL if opens(route, None) and not thorough else EXAMPLES
        for name, route in api_routes(app)
    }


def unreached(app: FastAPI, role: Role | None, seen: dict[str, set[int]]) -> list[str]:
    """Return the routes that this role may call and yet never got into: a try that stops at the door proves nothing."""
    return [
        name
        for name, route in api_routes(app)
        if name in seen
        and name != BY_TICKET
        and opens(route, role)
        and (200 not in seen[name] if name.startswith("GET ") else seen[name] <= {401, 403, 404})
    ]
