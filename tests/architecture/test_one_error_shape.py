"""Every error has one shape, is declared, and is never the web client's page."""

from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from shared.errors import ErrorCode, Problem
from tests.architecture.routes import OURS

MEDIA_TYPE = "application/problem+json"
METHODS = {"get", "post", "put", "patch", "delete"}
SCHEMA = {"$ref": "#/components/schemas/Problem"}


def operations(app: FastAPI) -> list[tuple[str, dict[str, Any]]]:
    """Return ("POST /path", operation) of the published description."""
    found: list[tuple[str, dict[str, Any]]] = []
    for path, item in app.openapi()["paths"].items():
        found += [(f"{method.upper()} {path}", item[method]) for method in METHODS & item.keys()]
    return found


def test_every_declared_error_is_a_problem(app: FastAPI) -> None:
    wrong = [
        f"{name} {status}"
        for name, operation in operations(app)
        for status, response in operation["responses"].items()
        if status >= "400" and response.get("content") != {MEDIA_TYPE: {"schema": SCHEMA}}
    ]
    assert not wrong, "\n".join(wrong)


def test_the_shape_is_the_contract(app: FastAPI) -> None:
    schemas = app.openapi()["components"]["schemas"]
    assert set(schemas["Problem"]["required"]) == set(Problem.model_fields)
    assert "HTTPValidationError" not in schemas


def test_every_route_declares_what_may_go_wrong(app: FastAPI) -> None:
    silent = [name for name, operation in operations(app) if not {"422", "503"} <= operation["responses"].keys()]
    assert not silent, "\n".join(silent)


@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
def test_a_mistyped_address_is_a_problem(api: TestClient, method: str) -> None:
    for path in [f"{prefix}{rest}" for prefix in OURS for rest in ("", "/", "/nowhere", "/v9/x.y")]:
        response = api.request(method, path, headers={"Accept": "text/html,*/*"})
        assert response.status_code == 404, path
        assert response.headers["content-type"] == MEDIA_TYPE, path
        assert Problem.model_validate_json(response.content).code is ErrorCode.NOT_FOUND


def test_a_wrong_method_is_a_problem(api: TestClient) -> None:
    response = api.delete("/api/v1/province")
    assert response.status_code == 405
    assert Problem.model_validate_json(response.content).code is ErrorCode.METHOD_NOT_ALLOWED
