"""Codes of dossiers on a receipt: what its QR or bar codes say, read apart, and kept nowhere."""

import unicodedata
from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

from shared.dossiers import FOUND_IN_TEXT, ReadCodes

MOST = 10


class Workshop(Protocol):
    """Where pictures are read, in a process of their own."""

    async def texts(self, path: Path) -> list[str]:
        """Return what the codes in a picture say."""


async def read(workshop: Workshop, path: Path) -> ReadCodes:
    """Return the codes of dossiers in a picture; raises what the workshop raises for what is no picture."""
    return ReadCodes(codes=found(await workshop.texts(path)))


def found(texts: Iterable[str]) -> list[str]:
    """Return the codes of dossiers in texts, each once: a QR code may hold an address or a whole slip."""
    plain = (unicodedata.normalize("NFKC", text).upper() for text in texts)
    return list(dict.fromkeys(hit.group() for text in plain for hit in FOUND_IN_TEXT.finditer(text)))[:MOST]
