"""The app: every feature's routes, one error shape, the worker, and the web client at `/`."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import anyio.to_thread
from fastapi import FastAPI, Request
from fastapi.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Match
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from backend import features
from backend.core import cache, errors, logs, openapi
from backend.core.bodies import BodyLimit
from backend.core.database import Database
from backend.core.errors import NotFound, Unavailable
from backend.core.jobs import Worker
from backend.core.limits import Limiter
from backend.core.security import Keys
from backend.core.settings import Settings
from backend.core.signals import Listener
from backend.core.storage import Storage
from backend.core.together import Batches
from backend.dossiers.lookups import Lookups
from backend.files.service import Pictures
from backend.files.workshop import Workshop
from backend.status import routes as status_routes
from backend.status.service import Board
from shared.dossiers import MAX_RECEIPT_BYTES
from shared.files import MAX_VIDEO_BYTES

ASSETS = Path(__file__).parent.parent / "client" / "assets"
LARGER_BODIES = {"/api/v1/files/": MAX_VIDEO_BYTES, "/api/v1/dossiers/read-code": MAX_RECEIPT_BYTES}
NEVER_THE_CLIENT = ("/api", "/feeds", "/open311", "/opendata")


@dataclass(frozen=True)
class Parts:
    """Which parts of the program this process runs."""

    api: bool = True
    web: bool = False
    worker: bool = False


API_ONLY = Parts()


class App(FastAPI):
    """The app behind the two layers that every request meets first: the log, and what memory can answer.

    They stand before FastAPI's own, so that a kept answer passes none of those and a failure is logged as what it is.
    """

    front: ASGIApp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the front layers answer, or pass the request on to `behind`."""
        await self.front(scope, receive, send)

    async def behind(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer by the routes."""
        await super().__call__(scope, receive, send)


def open_database(settings: Settings) -> Database:
    """Return the database that the settings name."""
    return Database(
        settings.database_url,
        connections=settings.threads // 2,
        writers=settings.writers,
        office=settings.office,
    )


def create_app(settings: Settings, parts: Parts = API_ONLY, database: Database | None = None) -> FastAPI:
    """Return the app of this process. The database must be migrated; a given one is not closed at the end."""
    app = App(
        title=settings.app_name,
        version="1",
        lifespan=_lifespan(parts, own=database is None),
        redoc_url=None,
    )
    state = app.state
    state.settings = settings
    state.database = database or open_database(settings)
    state.batches = Batches(state.database)
    state.storage = Storage(settings.storage_url)
    state.keys = Keys(settings.secret.get_secret_value())
    state.pictures = Pictures(settings, state.keys)
    state.workshop = Workshop()
    state.limiter = Limiter(settings)
    state.dossiers = Lookups.of(state.database, state.keys, settings)
    errors.install(app)
    openapi.install(app)
    _health(app)
    status_routes.install(app, Board(state.database, state.dossiers.source.health))
    if parts.api:
        for router in features.ROUTERS:
            # Not included but taken over: an included router is matched twice for each request (FastAPI 0.165).
            app.router.routes.extend(router.routes)
    _nothing_else(app)
    if parts.web:
        app.mount("/", web_client(settings, state.keys))
    app.add_middleware(BodyLimit, most=settings.max_body, larger=LARGER_BODIES)
    app.front = logs.RequestLog(cache.PublicReads(app.behind, signals=state.database.signals))
    return app


def _health(app: FastAPI) -> None:
    @app.get("/healthz", include_in_schema=False)
    async def healthy() -> dict[str, str]:
        """Answer that the process is alive."""
        return {"status": "ok"}

    @app.get("/readyz", include_in_schema=False)
    async def ready(request: Request) -> dict[str, str]:
        """Answer that the database is there; 503 when it is not."""
        try:
            await run_in_threadpool(request.app.state.database.ping)
        except Exception as error:
            raise Unavailable("the database is away") from error
        return {"status": "ready"}


def _nothing_else(app: FastAPI) -> None:
    """A mistyped address of the API is a 404 problem, never the web client's page."""

    async def nothing(request: Request) -> Response:
        others = (route for route in app.router.routes if route.matches(request.scope)[0] is Match.PARTIAL)
        if any(others):
            raise HTTPException(405, "not with this method")
        raise NotFound("no such address")

    for prefix in NEVER_THE_CLIENT:
        app.add_route(f"{prefix}{{rest:path}}", nothing, methods=list(_METHODS), include_in_schema=False)


_METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")


def web_client(settings: Settings, keys: Keys) -> ASGIApp:
    """Return the web client: the Flet app, which calls the API over loopback, behind a fallback for deep links.

    Flet's own mount answers 404 to an address with a dot (`/procedures/1.001193`), which it takes for a file.
    """
    # Importing Flet's web part costs half a second, which an API-only process need not pay.
    from flet_web.fastapi import app as flet_app  # noqa: PLC0415

    from client.core.settings import ClientSettings  # noqa: PLC0415
    from client.main import build_main  # noqa: PLC0415

    about = f"{settings.province}: tin tức, phản ánh, thủ tục hành chính và thông báo cho người dân"
    main = build_main(ClientSettings(api_url=settings.api_url, client_secret=keys.web))
    inner = flet_app(main, no_cdn=True, assets_dir=str(ASSETS), app_name=settings.app_name, app_description=about)

    async def outer(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and "." in scope["path"].rpartition("/")[2] and _is_page(scope):
            scope = {**scope, "path": "/", "raw_path": b"/"}
        await inner(scope, receive, _not_isolated(send))

    return outer


def _not_isolated(send: Send) -> Send:
    """Keep Flet's answers from isolating the page from other origins.

    In an isolated page Flutter's Skia draws and lays text out in two threads over one heap and corrupts it: the page
    then spins for ever (flutter/flutter#190039; here one visit in five). Otherwise it uses one thread. An isolated
    page would also refuse map tiles of other hosts.
    """

    async def passed_on(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = [pair for pair in message["headers"] if pair[0].lower() != b"cross-origin-embedder-policy"]
            message = {**message, "headers": headers}
        await send(message)

    return passed_on


def _is_page(scope: Scope) -> bool:
    """Whether a browser asks for a page: a file of the client is never asked for as `text/html`."""
    accept = next((value for name, value in scope["headers"] if name == b"accept"), b"")
    return scope["method"] == "GET" and b"text/html" in accept


@asynccontextmanager
async def _client_running(parts: Parts) -> AsyncIterator[None]:
    if not parts.web:
        yield
        return
    from flet_web.fastapi import app_manager  # noqa: PLC0415

    await app_manager.start()  # type: ignore[no-untyped-call]
    yield
    await app_manager.shutdown()  # type: ignore[no-untyped-call]


def _lifespan(parts: Parts, *, own: bool) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        state = app.state
        anyio.to_thread.current_default_thread_limiter().total_tokens = state.settings.threads
        listener = None if state.database.sqlite else Listener(state.database.url, state.database.signals)
        chores = features.chores(state.storage, state.settings)
        worker = Worker(state.database, features.HANDLERS, chores) if parts.worker else None
        for part in (listener, worker):
            if part is not None:
                part.start()
        async with _client_running(parts):
            yield
        await state.dossiers.source.close()
        for part in (worker, listener):
            if part is not None:
                await asyncio.to_thread(part.stop)
        if own:
            state.database.close()

    return lifespan
