"""Who may call a route. The answer stands in its signature, and is known before the body is read."""

from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from http import HTTPStatus
from inspect import iscoroutinefunction
from typing import Annotated, Any, Protocol, get_args, get_type_hints
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from fastapi.dependencies.models import Dependant
from fastapi.responses import Response
from fastapi.routing import APIRoute

from backend.core.database import SessionDep, committing
from backend.core.errors import Forbidden, Unauthenticated
from backend.core.together import TogetherDep, together
from shared.access import Permission, Role, grants
from shared.errors import Problem


@dataclass(frozen=True)
class Actor:
    """Who asks, as the access token says: at most one access token's life behind the account's row."""

    id: UUID
    role: Role
    unit: str | None

    def may(self, permission: Permission) -> bool:
        """Whether this person's role carries the permission."""
        return grants(self.role, permission)


class Tokens(Protocol):
    """What tells a token's owner."""

    def actor(self, token: str) -> Actor:
        """Return whose token this is; raises Unauthenticated."""


class Gate:
    """A dependency that is asked before the body is read; what it found is what the route gets."""

    def __init__(self, permission: Permission | None) -> None:
        self.permission = permission

    async def before(self, request: Request) -> None:
        """Find out who asks; raises Unauthenticated or Forbidden."""
        actor = _bearer(request)
        request.state.actor = actor
        if self.permission is None:
            return
        if actor is None:
            raise Unauthenticated("sign in first")
        if not actor.may(self.permission):
            raise Forbidden(f"this needs the permission {self.permission}")

    async def __call__(self, request: Request) -> Actor | None:
        """Return the actor that `before` found."""
        actor: Actor | None = request.state.actor
        return actor


def allow(permission: Permission) -> Any:
    """Only people whose role carries the permission may call; the route gets the `Actor`."""
    return Depends(Gate(permission))


def anyone() -> Any:
    """Everybody may call; the route gets the `Actor` of a token that was sent, else None."""
    return Depends(Gate(None))


Anyone = Annotated[Actor | None, anyone()]


def _bearer(request: Request) -> Actor | None:
    header = request.headers.get("authorization")
    if header is None:
        return None
    scheme, _, token = header.partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise Unauthenticated("only bearer tokens are taken")
    keys: Tokens = request.app.state.keys
    return keys.actor(token.strip())


class Before(Protocol):
    """A dependency with something to say before the body is read."""

    before: Callable[[Request], Awaitable[None]]


def gates(dependant: Dependant) -> list[Before]:
    """Return the dependencies of a route that want to be asked before the body is read, in order."""
    found: list[Before] = []
    for part in dependant.dependencies:
        if hasattr(part.call, "before"):
            found.append(part.call)  # type: ignore[arg-type]
        found.extend(gates(part))
    return found


class GatedRoute(APIRoute):
    """A route that asks its gates first: a stranger's body is never read. Sync ones commit in their own thread."""

    def __init__(self, path: str, endpoint: Callable[..., Any], **options: Any) -> None:
        session = get_args(get_type_hints(endpoint, include_extras=True).get("session"))
        if session == get_args(TogetherDep):
            endpoint = together(endpoint)
        elif session == get_args(SessionDep) and not iscoroutinefunction(endpoint):
            endpoint = committing(endpoint)
        super().__init__(path, endpoint, **options)

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return the handler, with the gates in front."""
        handle = super().get_route_handler()
        asked = gates(self.dependant)

        async def gated(request: Request) -> Response:
            for gate in asked:
                await gate.before(request)
            response = await handle(request)
            if request.state.actor is not None:
                # What one person alone may see is kept by nobody, unless the route says that it is everybody's.
                response.headers.setdefault("Cache-Control", "private, no-store")
            return response

        return gated


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return OpenAPI's `responses` for these error statuses, all of the one shape."""
    return {status: {"model": Problem, "description": HTTPStatus(status).phrase} for status in statuses}


def router(prefix: str, tag: str) -> APIRouter:
    """Return a feature's router, under the API's prefix, gated."""
    return APIRouter(
        prefix=f"/api/v1{prefix}",
        tags=[tag],
        route_class=GatedRoute,
        responses=problems(400, 401, 403, 404, 413, 422, 429, 503),
    )
