"""Dossiers that were looked up on this device. Nothing of it leaves the device.

The four digits are kept apart from the rest, under a key of the keychain, and only when the person asked for it.
"""

import json
import re
from typing import Annotated

from pydantic import Field, TypeAdapter, ValidationError

from client.core.storage import Storage
from client.core.text.dates import now
from shared.base import Contract, Moment
from shared.dossiers import Dossier, DossierCode, DossierState

MOST = 10

_KEY = "dossiers.recent"
_DIGITS = re.compile(r"\d{4}")


class Recent(Contract):
    """A dossier that was looked up here: what it was then, and whether this device knows the four digits."""

    code: DossierCode
    procedure_name: str
    state: DossierState
    at: Moment
    remembered: bool


_LIST: TypeAdapter[tuple[Recent, ...]] = TypeAdapter(Annotated[tuple[Recent, ...], Field(max_length=MOST)])


async def read(storage: Storage) -> tuple[Recent, ...]:
    """Return what was looked up here, the newest first; nothing when what is kept cannot be read."""
    try:
        return _LIST.validate_json(await storage.get(_KEY) or "[]")
    except ValidationError:
        return ()


async def note(storage: Storage, dossier: Dossier, digits: str, *, remember: bool) -> None:
    """Put a dossier at the head of the list; with `remember` its digits too, without it they are forgotten."""
    found = Recent(
        code=dossier.code,
        procedure_name=dossier.procedure_name,
        state=dossier.state,
        at=now(),
        remembered=remember,
    )
    others = [each for each in await read(storage) if each.code != dossier.code]
    for each in others[MOST - 1 :]:
        await storage.remove(_digits_key(each.code))
    await _write(storage, [found, *others[: MOST - 1]])
    if remember:
        await storage.set(_digits_key(dossier.code), digits)
    else:
        await storage.remove(_digits_key(dossier.code))


async def digits_of(storage: Storage, code: str) -> str:
    """Return the four digits that this device remembers for a dossier; empty where it does not."""
    kept = await storage.get(_digits_key(code)) or ""
    return kept if _DIGITS.fullmatch(kept) else ""


async def forget_digits(storage: Storage, code: str) -> None:
    """Forget the digits of a dossier, which have turned out wrong."""
    await storage.remove(_digits_key(code))
    found = await read(storage)
    await _write(
        storage, [each.model_copy(update={"remembered": each.remembered and each.code != code}) for each in found]
    )


async def forget(storage: Storage, code: str) -> tuple[Recent, ...]:
    """Forget one dossier and its digits; return the others."""
    others = tuple(each for each in await read(storage) if each.code != code)
    await storage.remove(_digits_key(code))
    await _write(storage, others)
    return others


async def forget_all(storage: Storage) -> tuple[Recent, ...]:
    """Forget them all; return what is left, which is nothing."""
    for each in await read(storage):
        await storage.remove(_digits_key(each.code))
    await storage.remove(_KEY)
    return ()


async def _write(storage: Storage, found: list[Recent] | tuple[Recent, ...]) -> None:
    await storage.set(_KEY, json.dumps([each.model_dump(mode="json") for each in found], ensure_ascii=False))


def _digits_key(code: str) -> str:
    return f"secret.dossiers.{code}"
