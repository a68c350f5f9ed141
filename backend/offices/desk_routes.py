"""The URLs of editors over offices and numbers to call. Changes say which version they were made of (`If-Match`)."""

from typing import Annotated

from fastapi import Path, Query, Response

from backend.core.access import Actor, allow, problems, router
from backend.core.database import ReadingDep, SessionDep
from backend.core.deps import VersionDep
from backend.core.idempotency import OnceDep
from backend.core.pages import PageDep
from backend.offices import desk, service
from backend.offices.service import Wanted
from shared.access import Permission
from shared.base import Text
from shared.offices import (
    DeskHotline,
    HotlineChange,
    HotlineDraft,
    HotlineOrder,
    Office,
    OfficeChange,
    OfficeDraft,
    OfficeKind,
)
from shared.pages import Page

routes = router("/desk", "offices")

Editor = Annotated[Actor, allow(Permission.EDIT_NEWS)]
Code = Annotated[Text, Path(max_length=40)]
Number = Annotated[Text, Path(max_length=20)]


@routes.get("/offices")
def list_offices(
    _: Editor,
    session: ReadingDep,
    page: PageDep,
    kind: OfficeKind | None = None,
    q: Annotated[Text | None, Query(max_length=300)] = None,
) -> Page[Office]:
    """Return offices by name, as they are now."""
    return service.list_offices(session, Wanted(kind=kind, q=q), page)


@routes.post("/offices", status_code=201, response_model=Office, responses=problems(409))
def add_office(wish: OfficeDraft, actor: Editor, once: OnceDep, session: SessionDep) -> Response:
    """Make an office."""
    return once.run(session, lambda: desk.add_office(session, actor, wish))


@routes.get("/offices/{code}")
def read_office(code: Code, response: Response, _: Editor, session: ReadingDep) -> Office:
    """Return an office; the ETag is what `If-Match` of a change wants."""
    return _tagged(response, *desk.read_office(session, code))


@routes.patch("/offices/{code}", responses=problems(412, 428))
def change_office(
    code: Code, wish: OfficeChange, response: Response, actor: Editor, version: VersionDep, session: SessionDep
) -> Office:
    """Change the fields of an office that are sent."""
    return _tagged(response, *desk.change_office(session, actor, code, wish, version))


@routes.delete("/offices/{code}", status_code=204, responses=problems(412, 428))
def remove_office(code: Code, actor: Editor, version: VersionDep, session: SessionDep) -> None:
    """Take an office away."""
    desk.remove_office(session, actor, code, version)


@routes.get("/hotlines")
def list_hotlines(_: Editor, session: ReadingDep) -> list[DeskHotline]:
    """Return the numbers to call, each with the version that `If-Match` wants."""
    return desk.list_hotlines(session)


@routes.post("/hotlines", status_code=201, response_model=DeskHotline, responses=problems(409))
def add_hotline(wish: HotlineDraft, actor: Editor, once: OnceDep, session: SessionDep) -> Response:
    """Put a number at the end of the list."""
    return once.run(session, lambda: desk.add_hotline(session, actor, wish))


@routes.put("/hotlines/order", responses=problems(409))
def order_hotlines(wish: HotlineOrder, actor: Editor, session: SessionDep) -> list[DeskHotline]:
    """Show the numbers in this order; all of them must be named."""
    return desk.order_hotlines(session, actor, wish)


@routes.patch("/hotlines/{number}", responses=problems(409, 412, 428))
def change_hotline(
    number: Number, wish: HotlineChange, actor: Editor, version: VersionDep, session: SessionDep
) -> DeskHotline:
    """Change the fields of a number that are sent."""
    return desk.change_hotline(session, actor, number, wish, version)


@routes.delete("/hotlines/{number}", status_code=204, responses=problems(412, 428))
def remove_hotline(number: Number, actor: Editor, version: VersionDep, session: SessionDep) -> None:
    """Take a number off the list."""
    desk.remove_hotline(session, actor, number, version)


def _tagged(response: Response, office: Office, version: int) -> Office:
    response.headers["ETag"] = f'"{version}"'
    response.headers["Cache-Control"] = "private, no-store"
    return office
