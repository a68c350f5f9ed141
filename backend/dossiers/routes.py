"""The URLs of dossiers. Who asks brings the code and the last digits of the phone on it; a wrong pair tells nothing."""

from typing import Annotated, Any

from fastapi import APIRouter, Request, Response
from fastapi import Path as InPath
from fastapi.concurrency import run_in_threadpool

from backend.core.access import Actor, Anyone, allow, problems, router
from backend.core.database import Database, ReadingDep, SessionDep, database_of
from backend.core.limits import client_address, limited
from backend.core.pages import PageDep
from backend.dossiers import receipts, service
from backend.dossiers.lookups import Lookups
from shared.access import Permission
from shared.dossiers import (
    Dossier,
    DossierCode,
    DossierFollow,
    DossierLookup,
    FollowedDossier,
    ReadCodes,
    ReadingKey,
)
from shared.pages import Page

dossiers = router("/dossiers", "dossiers")
mine = router("/me/dossiers", "dossiers")

Me = Annotated[Actor, allow(Permission.READ_NOTICES)]
Code = Annotated[DossierCode, InPath()]

Key = Annotated[ReadingKey, InPath()]

PRIVATE = "private, no-store"
PICTURE: dict[str, Any] = {
    "requestBody": {"required": True, "content": {"*/*": {"schema": {"type": "string", "format": "binary"}}}}
}


@dossiers.post("/lookup", dependencies=[limited("lookup", address="lookup_address")])
async def look_up(request: Request, response: Response, wish: DossierLookup, actor: Anyone) -> Dossier:
    """Say where a dossier stands. A wrong code and wrong digits get one answer, and few wrong guesses any."""
    response.headers["Cache-Control"] = PRIVATE
    lookups: Lookups = request.app.state.dossiers
    guess = lookups.guess(wish.code, wish.phone_last4, client_address(request), actor)
    return await lookups.look_up(guess, wish.phone_last4, actor)


@dossiers.post("/read-code", dependencies=[limited("read_code")], responses=problems(415), openapi_extra=PICTURE)
async def read_code(request: Request, response: Response, _: Anyone) -> ReadCodes:
    """Read the codes of dossiers off a picture of a receipt, of at most 10 MB; the picture is not kept."""
    response.headers["Cache-Control"] = PRIVATE
    return await receipts.read(request.app.state.workshop, request.stream())


@dossiers.put(
    "/read-code/{key}",
    status_code=204,
    dependencies=[limited("read_code")],
    responses=problems(415),
    openapi_extra=PICTURE,
)
async def put_picture(request: Request, key: Key, _: Anyone) -> None:
    """Read them off a picture that a browser sends, and let them wait under the key for ten minutes."""
    codes = await receipts.read(request.app.state.workshop, request.stream())
    await run_in_threadpool(_keep, database_of(request), key, codes)


def _keep(database: Database, key: str, codes: ReadCodes) -> None:
    with database.transaction() as session:
        receipts.keep(session, key, codes)


@dossiers.get("/read-code/{key}", dependencies=[limited("lookup")])
def get_read(response: Response, key: Key, session: ReadingDep, _: Anyone) -> ReadCodes:
    """Return what was read under a key."""
    response.headers["Cache-Control"] = PRIVATE
    return receipts.kept(session, key)


@dossiers.post("/{code}/follow", dependencies=[limited("lookup", address="lookup_address")])
async def follow(request: Request, code: Code, wish: DossierFollow, actor: Me) -> Dossier:
    """Hear of each change of a dossier; asked again, nothing more happens."""
    lookups: Lookups = request.app.state.dossiers
    guess = lookups.guess(code, wish.phone_last4, client_address(request), actor)
    return await lookups.follow(guess, wish.phone_last4, actor)


@dossiers.delete("/{code}/follow", status_code=204)
def unfollow(code: Code, actor: Me, session: SessionDep) -> None:
    """Hear of it no more."""
    service.unfollow(session, code, actor)


@mine.get("")
def list_mine(actor: Me, page: PageDep, session: ReadingDep) -> Page[FollowedDossier]:
    """Return the dossiers that one follows, the last begun first."""
    return service.mine(session, actor, page)


@mine.get("/{code}", dependencies=[limited("lookup")])
async def get_mine(request: Request, code: Code, actor: Me) -> Dossier:
    """Return a dossier that one follows, without asking for its second factor again."""
    lookups: Lookups = request.app.state.dossiers
    return await lookups.followed(code, actor)


routes = APIRouter()
for _part in (dossiers, mine):
    routes.include_router(_part)
