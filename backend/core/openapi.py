"""The published description of the API: errors are `application/problem+json`, as they are sent."""

from typing import Any

from fastapi import FastAPI

from backend.core.errors import MEDIA_TYPE

_PROBLEM = {"$ref": "#/components/schemas/Problem"}


def install(app: FastAPI) -> None:
    """Let FastAPI's description, which calls every body `application/json`, say how errors are really sent."""
    describe = app.openapi

    def truly() -> dict[str, Any]:
        schema = describe()
        for item in schema["paths"].values():
            for operation in item.values():
                for status, response in operation.get("responses", {}).items():
                    if status >= "400":
                        response["content"] = {MEDIA_TYPE: {"schema": _PROBLEM}}
        return schema

    app.openapi = truly  # type: ignore[method-assign]
