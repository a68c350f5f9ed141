"""Where files are made again: pictures here, videos and documents in a process that may be ended at any moment.

FFmpeg and qpdf are written in C and meet what strangers send: there a crash, an endless loop or a hunger for memory
ends one upload and not the server.
"""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import anyio.to_thread
from anyio import CapacityLimiter

from backend.core.errors import ProblemError, UnsupportedType
from backend.files import documents, images, videos
from backend.files.images import Picture
from backend.files.kinds import HEAD_BYTES, Container, Format, tell
from shared.errors import ErrorCode
from shared.files import FileKind, Position

CODES = "codes"
SECONDS = 60
MEMORY = 3 * 2**30
_AT_ONCE = 2
_ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Made:
    """A file made again. `picture` is it, or its poster; `original` is the cleaned file, of `media_type`."""

    kind: FileKind
    picture: Picture | None
    original: Path | None = None
    media_type: str = ""
    width: int = 0
    height: int = 0
    seconds: float | None = None
    position: Position | None = None


class Workshop:
    """Makes at most two files of a sort at a time; the others wait without holding a thread."""

    def __init__(self) -> None:
        self._pictures, self._others = CapacityLimiter(_AT_ONCE), CapacityLimiter(_AT_ONCE)
        self._readers = CapacityLimiter(_AT_ONCE)

    async def remake(self, path: Path, form: Format) -> Made:
        """Make a file again beside itself; raises what `images`, `videos` and `documents` raise."""
        if form.kind is FileKind.IMAGE:
            return await anyio.to_thread.run_sync(_picture, path, limiter=self._pictures)
        return await anyio.to_thread.run_sync(_apart, path, form.container, limiter=self._others)

    async def texts(self, path: Path) -> list[str]:
        """Return what the QR and bar codes in a picture say; raises what `images` and `kinds.tell` raise."""
        return await anyio.to_thread.run_sync(_texts, path, limiter=self._readers)


def _texts(path: Path) -> list[str]:
    with path.open("rb") as file:
        if tell(file.read(HEAD_BYTES)).kind is not FileKind.IMAGE:
            raise UnsupportedType("only pictures are read")
    said = _child(CODES, path, images.Unreadable)
    return [str(text) for text in said["texts"]]


def _picture(path: Path) -> Made:
    picture = images.remake(path)
    return Made(FileKind.IMAGE, picture, width=picture.width, height=picture.height, position=picture.position)


_UNREADABLE: dict[Container, type[ProblemError]] = {
    Container.MP4: videos.Unreadable,
    Container.WEBM: videos.Unreadable,
    Container.PDF: documents.Unreadable,
}


def _apart(path: Path, container: Container) -> Made:
    """Make a video or a document again in a process of its own."""
    said = _child(container, path, _UNREADABLE[container])
    original = _beside(path, "original")
    if container is Container.PDF:
        return Made(FileKind.DOCUMENT, None, original, documents.MEDIA_TYPE)
    poster = Picture(_beside(path, "large").read_bytes(), _beside(path, "thumb").read_bytes(), 0, 0, None)
    size = {name: said[name] for name in ("width", "height", "seconds")}
    return Made(FileKind.VIDEO, poster, original, videos.MEDIA_TYPES[container], **size)


def _child(what: str, path: Path, unreadable: type[ProblemError]) -> dict[str, Any]:
    """Return what a process of its own says of a file, after at most 60 s and 3 GB; raises what it refuses."""
    command = [sys.executable, "-m", "backend.files.workshop", what, str(path)]
    try:
        done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=True, cwd=_ROOT)  # noqa: S603
        said: dict[str, Any] = json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError) as error:
        raise unreadable("reading it took too long, or too much") from error
    if "code" in said:
        refused = ProblemError(said["detail"], code=ErrorCode(said["code"]))
        refused.status = said["status"]
        raise refused
    return said


def _beside(path: Path, name: str) -> Path:
    return path.with_name(name)


def work(what: str, path: Path) -> dict[str, Any]:
    """Make the file again, or read its codes; return what it is, or why it is refused, as JSON can say it."""
    try:
        if what == CODES:
            return {"texts": images.codes(path)}
        container = Container(what)
        if container is Container.PDF:
            documents.remake(path, _beside(path, "original"))
            return {}
        video = videos.remake(path, container, _beside(path, "original"))
        poster = images.sizes(video.poster)
    except ProblemError as error:
        return {"status": error.status, "code": error.code, "detail": error.detail}
    _beside(path, "large").write_bytes(poster.large)
    _beside(path, "thumb").write_bytes(poster.thumb)
    return {"width": video.width, "height": video.height, "seconds": video.seconds}


def main() -> None:
    """Work within limits: `python -m backend.files.workshop mp4 FILE`."""
    if sys.platform != "win32":
        import resource  # noqa: PLC0415

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    sys.stdout.write(json.dumps(work(sys.argv[1], Path(sys.argv[2]))))


if __name__ == "__main__":
    main()
