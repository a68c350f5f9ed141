"""Where files lie: one interface for the local disk and S3, by the library `obstore`."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

from obstore.exceptions import BaseError
from obstore.store import LocalStore, ObjectStore, from_url

from backend.core.errors import NotFound, Unavailable
from shared.errors import ErrorCode

_PIECE = 256 * 1024


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

    def put(self, name: str, data: bytes | Path) -> None:
        """Store bytes, or a file's, under the name, whole or not at all; raises Unavailable when there is no room."""
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

    def parts(self, name: str, begin: int, end: int) -> Iterator[bytes]:
        """Return the bytes from `begin` up to `end` in pieces of a few 100 kB; raises NotFound."""
        try:
            found = self._store.get(name, options={"range": (begin, end)})
        except FileNotFoundError as error:
            raise NotFound("no such file") from error
        except BaseError as error:
            raise Unavailable("the file store is away") from error
        return (bytes(part) for part in found.stream(min_chunk_size=_PIECE))

    def move(self, name: str, to: str) -> None:
        """Give the bytes another name, in place of what may stand there; raises NotFound."""
        try:
            self._store.rename(name, to)
        except FileNotFoundError as error:
            raise NotFound("no such file") from error
        except BaseError as error:
            raise Unavailable("the file store is away") from error

    def delete_below(self, folder: str) -> None:
        """Remove everything whose name begins with this folder."""
        for page in self._store.list(folder):
            for found in page:
                self.delete(found["path"])

    def delete(self, name: str) -> None:
        """Remove the bytes, if they are there."""
        try:
            self._store.delete(name)
        except FileNotFoundError:
            return
