"""Where files lie: one interface for the local disk and S3, by the library `obstore`."""

from pathlib import Path
from urllib.parse import unquote, urlsplit

from obstore.exceptions import BaseError
from obstore.store import LocalStore, ObjectStore, from_url

from backend.core.errors import NotFound, Unavailable
from shared.errors import ErrorCode


class Storage:
    """Named blobs. Names are made by us (`files/<id>/large.webp`), never by people."""

    def __init__(self, url: str) -> None:
        self._store: ObjectStore
        if url.startswith("file://"):
            folder = Path(unquote(urlsplit(url).path))
            folder.mkdir(parents=True, exist_ok=True)
            self._store = LocalStore(folder)
        else:
            self._store = from_url(url)

    def put(self, name: str, data: bytes) -> None:
        """Store the bytes under the name, whole or not at all; raises Unavailable when there is no room."""
        try:
            self._store.put(name, data)
        except (BaseError, OSError) as error:
            full = "No space left" in str(error) or "Disk quota" in str(error)
            code = ErrorCode.STORAGE_FULL if full else ErrorCode.UNAVAILABLE
            raise Unavailable("the file could not be stored", code=code, retry_after=30) from error

    def get(self, name: str) -> bytes:
        """Return the bytes; raises NotFound."""
        try:
            return bytes(self._store.get(name).bytes())
        except FileNotFoundError as error:
            raise NotFound("no such file") from error
        except BaseError as error:
            raise Unavailable("the file store is away") from error

    def delete(self, name: str) -> None:
        """Remove the bytes, if they are there."""
        try:
            self._store.delete(name)
        except FileNotFoundError:
            return
