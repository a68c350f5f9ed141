"""The app's routes, as the rules see them."""

from collections.abc import Iterator

from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute, iter_route_contexts

from backend.core.access import Gate

OURS = ("/api", "/feeds", "/open311", "/opendata")


def api_routes(app: FastAPI) -> Iterator[tuple[str, APIRoute]]:
    """Yield ("POST /api/v1/…", route) for everything that FastAPI routes below our own paths."""
    for context in iter_route_contexts(app.routes):
        route = context.original_route
        if isinstance(route, APIRoute) and str(context.path).startswith(OURS):
            for method in sorted((route.methods or set()) - {"HEAD", "OPTIONS"}):
                yield f"{method} {context.path}", route


def gates(dependant: Dependant) -> list[Gate]:
    """Return what a route declares about who may call it, wherever in its dependencies."""
    here = [dependant.call] if isinstance(dependant.call, Gate) else []
    return here + [gate for part in dependant.dependencies for gate in gates(part)]
