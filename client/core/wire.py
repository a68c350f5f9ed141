"""How bodies and queries are written for the backend."""

import json
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel


def json_of(body: BaseModel) -> bytes:
    """Write a body. Secrets are revealed here alone: a model hides them when it is dumped."""
    return json.dumps(body.model_dump(mode="python", exclude_unset=True), default=_plain, ensure_ascii=False).encode()


def query_of(params: Mapping[str, object] | None) -> dict[str, str] | None:
    """Leave out what is not asked for; write truth as the backend reads it."""
    if params is None:
        return None
    wanted = {name: value for name, value in params.items() if value is not None and value != ""}
    return {name: str(value).lower() if isinstance(value, bool) else str(value) for name, value in wanted.items()}


def _plain(value: Any) -> Any:
    if hasattr(value, "get_secret_value"):
        return value.get_secret_value()
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return str(value)
