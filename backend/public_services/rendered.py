"""Sheets and cards as bytes: made once for the same content, two at a time, so that other work goes on meanwhile."""

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable

from backend.core.errors import Unavailable
from backend.public_services import card, sheet
from backend.public_services.sheet import Imprint
from shared.public_services import Preparation, ProcedureDetail

MAX_BYTES = 32 * 1024 * 1024
_AT_A_TIME, _PATIENCE_S = 2, 10


class _Press:
    """What was made lately, by the content that it was made from: nobody's change can make it wrong."""

    def __init__(self) -> None:
        self._made: OrderedDict[bytes, bytes] = OrderedDict()
        self._size = 0
        self._lock = threading.Lock()
        self._turns = threading.BoundedSemaphore(_AT_A_TIME)

    def get(self, content: str, make: Callable[[], bytes]) -> bytes:
        """Return what `make` makes of this content; raises Unavailable when too many wait."""
        key = hashlib.sha256(content.encode()).digest()
        made = self._look(key)
        if made is not None:
            return made
        if not self._turns.acquire(timeout=_PATIENCE_S):
            raise Unavailable("too much is being printed", retry_after=5)
        try:
            made = self._look(key)
            if made is None:
                made = make()
                self._keep(key, made)
        finally:
            self._turns.release()
        return made

    def _look(self, key: bytes) -> bytes | None:
        with self._lock:
            made = self._made.get(key)
            if made is not None:
                self._made.move_to_end(key)
            return made

    def _keep(self, key: bytes, made: bytes) -> None:
        with self._lock:
            if key not in self._made:
                self._made[key] = made
                self._size += len(made)
            while self._size > MAX_BYTES:
                _, dropped = self._made.popitem(last=False)
                self._size -= len(dropped)


_PRESS = _Press()


def pdf(procedure: ProcedureDetail, imprint: Imprint) -> bytes:
    """Return the sheet of a procedure as PDF."""
    content = f"pdf\n{imprint}\n{procedure.model_dump_json()}"
    return _PRESS.get(content, lambda: sheet.pdf(procedure, imprint))


def png(found: Preparation, imprint: Imprint) -> bytes:
    """Return the card of a preparation as PNG."""
    case = next((each.name for each in found.cases if each.key == found.case), "")
    content = f"png\n{imprint}\n{found.model_dump_json()}"
    return _PRESS.get(content, lambda: card.png(found, case, imprint))
