"""Uploads: a ticket first, then the raw bytes."""

from enum import StrEnum
from typing import Annotated

from pydantic import BeforeValidator, Field

from shared.base import Contract, Id, Text, clean_text

MAX_IMAGE_BYTES = 25 * 1024 * 1024
MAX_IMAGE_PIXELS = 50_000_000


class Variant(StrEnum):
    """The sizes a picture is kept in: longest edge 1600 px and 320 px."""

    LARGE = "large"
    THUMB = "thumb"


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
    """A stored picture, with signed addresses that work for a short while (`ft.Image` sends no headers)."""

    id: Id
    width: int
    height: int
    large_url: str
    thumb_url: str
