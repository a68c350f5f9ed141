"""One key for one content: what a shaky network sends twice is one thing, what was changed in between is another."""

from hashlib import sha256

from pydantic import BaseModel

from client.core.api import new_key
from client.core.hooks import use_kept
from client.core.wire import json_of


class Once:
    """Gives the Idempotency-Key of a body: the same as long as the body is, another for another."""

    def __init__(self) -> None:
        """Start without a key."""
        self._of = b""
        self._key = ""

    def key(self, body: BaseModel) -> str:
        """Return the key to send this body with."""
        digest = sha256(json_of(body)).digest()
        if digest != self._of:
            self._of, self._key = digest, new_key()
        return self._key

    def done(self) -> None:
        """What was sent has arrived: the same words again are something new."""
        self._of, self._key = b"", ""


def use_once() -> Once:
    """Return the keys of what this screen sends; they live as long as the screen."""
    return use_kept(Once)
