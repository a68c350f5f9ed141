"""Coming by a dossier: the digits of this visit, those that this device remembers, or the person's following it."""

from dataclasses import dataclass, field
from typing import cast

from client.core.api import ApiError
from client.core.services import Services
from client.dossiers import api, recent
from shared.dossiers import Dossier
from shared.errors import ErrorCode

_NAME = "dossiers"


@dataclass
class Visit:
    """What is known in this visit alone, by code: digits that were typed, and dossiers found but not yet shown.

    `follow` is the code that was about to be followed when the person went to sign in.
    """

    digits: dict[str, str] = field(default_factory=dict)
    found: dict[str, Dossier] = field(default_factory=dict)
    follow: str = ""


@dataclass(frozen=True)
class Opened:
    """A dossier, or None where the digits have to be asked for first."""

    dossier: Dossier | None


def visit_of(services: Services) -> Visit:
    """Return what this visit knows of dossiers."""
    return cast(Visit, services.visit.setdefault(_NAME, Visit()))


async def look_up(services: Services, code: str, digits: str, *, remember: bool) -> Dossier:
    """Look a dossier up with digits that were just typed, and note it on this device. Raises ApiError."""
    dossier = await api.look_up(services.api, code, digits)
    visit_of(services).digits[code] = digits
    await recent.note(services.storage, dossier, digits, remember=remember)
    return dossier


async def open_dossier(services: Services, code: str) -> Opened:
    """Return a dossier as far as it can be had without asking the person. Raises ApiError."""
    visit = visit_of(services)
    found = visit.found.pop(code, None)
    if found is not None:
        return Opened(found)
    kept = await recent.digits_of(services.storage, code)
    digits = visit.digits.get(code) or kept
    if digits:
        try:
            return Opened(await look_up(services, code, digits, remember=bool(kept)))
        except ApiError as error:
            if error.code != ErrorCode.NOT_FOUND:
                raise
        visit.digits.pop(code, None)
        if kept:
            await recent.forget_digits(services.storage, code)
    if services.session.account is not None:
        try:
            return Opened(await api.mine(services.api, code))
        except ApiError as error:
            if error.code != ErrorCode.NOT_FOUND:
                raise
    return Opened(None)
