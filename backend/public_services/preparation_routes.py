"""The URLs of getting ready: a preparation, the sheet to print and the card to share. Open to anyone."""

import re
from typing import Annotated
from urllib.parse import quote

from fastapi import Path, Query, Request
from starlette.responses import Response

from backend.core import clock
from backend.core.access import Anyone, router
from backend.core.cache import public
from backend.core.database import ReadingDep
from backend.core.deps import SettingsDep
from backend.core.errors import Malformed
from backend.core.settings import Settings
from backend.public_services import preparation, related, rendered, service
from backend.public_services.paper import Imprint
from shared.base import VIETNAM, Text
from shared.preparation import Preparation
from shared.public_services import Method, ProcedureSummary

routes = router("/procedures", "public services")

Code = Annotated[Text, Path(max_length=40)]
Case = Annotated[Text, Query(max_length=16, description="The key of a case, as the preparation names it.")]
_PDF = {"content": {"application/pdf": {"schema": {"type": "string", "format": "binary"}}}}
_PNG = {"content": {"image/png": {"schema": {"type": "string", "format": "binary"}}}}
_HOST = re.compile(r"^(?:[A-Za-z0-9-]+\.)*[A-Za-z0-9-]+(?::\d{1,5})?$|^\[[0-9A-Fa-f:]{2,39}\](?::\d{1,5})?$")


@routes.get("/{code}/related", dependencies=[public("procedures")])
def list_related(_: Anyone, session: ReadingDep, code: Code) -> list[ProcedureSummary]:
    """Return the procedures that go with this one: named by its record, or needed in the same life event."""
    return related.related(session, code)


@routes.get("/{code}/preparation", dependencies=[public("procedures")])
def get_preparation(
    _: Anyone, session: ReadingDep, code: Code, case: Case = "", method: Method | None = None
) -> Preparation:
    """Return how long a procedure takes, what it costs in all and what to bring, and what of it is not certain."""
    return preparation.preparation(session, code, case, method)


@routes.get("/{code}/sheet.pdf", dependencies=[public("procedures")], response_class=Response, responses={200: _PDF})
def get_sheet(
    _: Anyone, request: Request, response: Response, session: ReadingDep, settings: SettingsDep, code: Code
) -> Response:
    """Return a procedure as a sheet to print, with boxes to tick and a QR code to its page."""
    procedure = service.get_procedure(session, code)
    # Printing takes a while, and others want the connection.
    session.close()
    content = rendered.pdf(procedure, _imprint(request, settings, code))
    return _file(content, "application/pdf", f"{code}.pdf", response, settings)


@routes.get("/{code}/card.png", dependencies=[public("procedures")], response_class=Response, responses={200: _PNG})
def get_card(
    _: Anyone,
    request: Request,
    response: Response,
    session: ReadingDep,
    settings: SettingsDep,
    code: Code,
    case: Case = "",
    method: Method | None = None,
) -> Response:
    """Return a preparation as one picture to share, with a QR code to the procedure's page."""
    found = preparation.preparation(session, code, case, method)
    session.close()
    content = rendered.png(found, _imprint(request, settings, code, case))
    return _file(content, "image/png", f"{code}.png", response, settings)


def _imprint(request: Request, settings: Settings, code: str, case: str = "") -> Imprint:
    base = settings.public_url.rstrip("/") or _own_address(request)
    today = clock.now().astimezone(VIETNAM).date()
    query = f"?case={quote(case, safe='')}" if case else ""
    return Imprint(settings.app_name, f"{base}/procedures/{quote(code, safe='')}{query}", today)


def _own_address(request: Request) -> str:
    """Return the address by which we were called; raises Malformed when the request's Host is none."""
    host = request.headers.get("host", "")
    if not _HOST.fullmatch(host):
        raise Malformed("the request's Host is no address")
    return f"{request.url.scheme}://{host}"


def _file(content: bytes, media_type: str, name: str, response: Response, settings: Settings) -> Response:
    """Answer with a file. Only with an address of our own is it everybody's: else a caller could print hers for all."""
    headers = dict(response.headers) if settings.public_url else {"Cache-Control": "private, no-cache"}
    headers["Content-Disposition"] = f'inline; filename="{quote(name, safe=".")}"'
    return Response(content, media_type=media_type, headers=headers)
