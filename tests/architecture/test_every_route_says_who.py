"""Each route says exactly once who may call it. Silence is refusal."""

from fastapi import FastAPI

from backend.core.access import Anyone, GatedRoute, allow, router
from shared.access import Permission
from tests.architecture.routes import OURS, api_routes, gates


def silent(app: FastAPI) -> list[str]:
    """Return the routes that do not say exactly once who may call them, or say it without anybody asking."""
    return [
        name
        for name, route in api_routes(app)
        if len({id(gate) for gate in gates(route.dependant)}) != 1 or not isinstance(route, GatedRoute)
    ]


def test_every_route_says_who_may_call(app: FastAPI) -> None:
    assert not silent(app)


def test_there_are_routes_to_look_at(app: FastAPI) -> None:
    names = [name for name, _ in api_routes(app)]
    assert "POST /api/v1/feedback" in names
    assert len(names) > 30


def test_every_way_in_is_a_route_that_says_who(app: FastAPI) -> None:
    """A mount or a bare handler under our own paths would be asked nothing; the fallbacks answer 404, see errors."""
    seen = {name.split(" ", 1)[1] for name, _ in api_routes(app)}
    others = [path for route in app.routes if (path := getattr(route, "path", None)) and path.startswith(OURS)]
    assert not [path for path in others if path not in seen and not path.endswith("{rest:path}")]


def test_silence_is_noticed() -> None:
    app = FastAPI()
    routes = router("/planted", "planted")

    @routes.get("/silent")
    def nobody_said() -> None: ...

    @routes.get("/public")
    def public(_: Anyone) -> None: ...

    @routes.get("/twice", dependencies=[allow(Permission.DISPATCH)])
    def twice(_: Anyone) -> None: ...

    @app.get("/api/v1/planted/ungated")
    def ungated(_: Anyone) -> None: ...

    app.include_router(routes)
    assert set(silent(app)) == {
        "GET /api/v1/planted/silent",
        "GET /api/v1/planted/twice",
        "GET /api/v1/planted/ungated",
    }
