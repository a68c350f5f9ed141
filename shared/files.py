"""Uploads: a ticket first, then the raw bytes."""

from enum import StrEnum
from typing import Annotated

from pydantic import BeforeValidator, Field

from shared.base import Contract, Id, Text, clean_text

MAX_IMAGE_BYTES = 25 * 1024 * 1024
MAX_IMAGE_PIXELS = 50_000_000
MAX_VIDEO_BYTES = 100 * 1024 * 1024
MAX_VIDEO_SECONDS = 180
MAX_DOCUMENT_BYTES = 25 * 1024 * 1024


class FileKind(StrEnum):
    """What a file is, by its content."""

    IMAGE = "image"
    VIDEO = "video"
    DOCUMENT = "document"


class Variant(StrEnum):
    """What a file is kept as: pictures (of a video its poster) with a longest edge of 1600 px and 320 px; `original` is
    the cleaned video or document itself."""

    LARGE = "large"
    THUMB = "thumb"
    ORIGINAL = "original"


class FileDraft(Contract):
    """What the sender says of the file; the content decides."""

    name: Annotated[str, BeforeValidator(lambda v: clean_text(v) if isinstance(v, str) else v)] = Field(
        min_length=1, max_length=255
    )
    size: int = Field(ge=1, le=2**40)
    content_type: Text = Field(max_length=127)


class FileTicket(Contract):
    """Where to PUT the raw bytes: signed, single use, short-lived."""

    id: Id
    upload_url: str
    expires_in: int


class FileRef(Contract):
    """A stored file, with signed addresses that work for a short while (`ft.Image` sends no headers).

    `url` is the file itself: a picture's large size, a video (MP4 or WebM), a document (PDF). Documents have no
    pictures (null). `seconds` is a video's length.
    """

    id: Id
    kind: FileKind
    name: str
    size: int
    width: int
    height: int
    seconds: float | None
    url: str
    large_url: str | None
    thumb_url: str | None


class Position(Contract):
    """Where a picture was taken, as its EXIF said; WGS 84 degrees."""

    lat: float
    lon: float


class FileInfo(Contract):
    """What the owner may know of an upload before it is used.

    `stored` is false while the bytes are awaited (the same ticket may be tried again); `position` is offered until the
    file is used, and forgotten then.
    """

    id: Id
    stored: bool
    position: Position | None
    file: FileRef | None
