"""Codes of dossiers on a receipt: what its QR or bar codes say, read apart. No picture is kept.

A browser sends a file and is told nothing but that it arrived, so what was read waits some minutes for a second call.
"""

import tempfile
import unicodedata
from collections.abc import AsyncIterator, Iterable
from datetime import timedelta
from pathlib import Path
from typing import Protocol

from anyio.to_thread import run_sync
from sqlalchemy import delete
from sqlmodel import Session, col, select

from backend.core import clock
from backend.core.errors import Malformed, NotFound
from backend.core.security import digest
from backend.dossiers.models import ReceiptReading
from shared.dossiers import FOUND_IN_TEXT, ReadCodes

MOST = 10
WAITS = timedelta(minutes=10)
"""How long what was read can be fetched."""


class Workshop(Protocol):
    """Where pictures are read, in a process of their own."""

    async def texts(self, path: Path) -> list[str]:
        """Return what the codes in a picture say."""


async def read(workshop: Workshop, picture: AsyncIterator[bytes]) -> ReadCodes:
    """Return the codes of dossiers in a picture; raises Malformed for nothing, and what the workshop raises else."""
    with tempfile.TemporaryDirectory(prefix="receipt-") as folder:
        path = Path(folder) / "received"
        with path.open("wb") as file:
            async for chunk in picture:
                await run_sync(file.write, chunk)
        if not path.stat().st_size:
            raise Malformed("the body is empty")
        return ReadCodes(codes=found(await workshop.texts(path)))


def keep(session: Session, key: str, codes: ReadCodes) -> None:
    """Let what was read wait under a key."""
    session.add(ReceiptReading(key=digest(key), codes=list(codes.codes), at=clock.now()))


def kept(session: Session, key: str) -> ReadCodes:
    """Return what was last read under a key; raises NotFound for another key, and after some minutes."""
    fresh = col(ReceiptReading.at) > clock.now() - WAITS
    newest = (
        select(ReceiptReading).where(ReceiptReading.key == digest(key), fresh).order_by(col(ReceiptReading.id).desc())
    )
    reading = session.exec(newest.limit(1)).first()
    if reading is None:
        raise NotFound("nothing was read under this key")
    return ReadCodes(codes=reading.codes)


def forget(session: Session) -> None:
    """Delete what nobody fetches any more."""
    session.execute(delete(ReceiptReading).where(col(ReceiptReading.at) <= clock.now() - WAITS))


def found(texts: Iterable[str]) -> list[str]:
    """Return the codes of dossiers in texts, each once: a QR code may hold an address or a whole slip."""
    plain = (unicodedata.normalize("NFKC", text).upper() for text in texts)
    return list(dict.fromkeys(hit.group() for text in plain for hit in FOUND_IN_TEXT.finditer(text)))[:MOST]
