"""What a file is, told by its first bytes and never by its name."""

from dataclasses import dataclass
from enum import StrEnum

from backend.core.errors import UnsupportedType
from shared.files import MAX_DOCUMENT_BYTES, MAX_IMAGE_BYTES, MAX_VIDEO_BYTES, FileKind

HEAD_BYTES = 64
"""How many bytes are enough to tell."""

MOST_BYTES = {
    FileKind.IMAGE: MAX_IMAGE_BYTES,
    FileKind.VIDEO: MAX_VIDEO_BYTES,
    FileKind.DOCUMENT: MAX_DOCUMENT_BYTES,
}


class Container(StrEnum):
    """How a file is packed: what its reader is told to expect, so that none guesses."""

    PICTURE = "picture"
    MP4 = "mp4"
    WEBM = "webm"
    PDF = "pdf"


@dataclass(frozen=True)
class Format:
    """A kind of file, and how it is packed."""

    kind: FileKind
    container: Container


_PICTURE = Format(FileKind.IMAGE, Container.PICTURE)
_MP4 = Format(FileKind.VIDEO, Container.MP4)
_WEBM = Format(FileKind.VIDEO, Container.WEBM)
_PDF = Format(FileKind.DOCUMENT, Container.PDF)

# Major brands of still pictures in ISO base media files: HEIF (ISO/IEC 23008-12, 10.2) and AVIF (AV1 Image File
# Format, 6). Every other brand is a film's.
_STILLS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"mif2", b"msf1", b"avif", b"avis"}
# QuickTime films need no `ftyp` (QuickTime File Format, "Overview of the file format").
_ATOMS = {b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot"}


def tell(head: bytes) -> Format:
    """Return what a file is by its first `HEAD_BYTES` bytes; raises UnsupportedType for what is not taken."""
    if head.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a")):
        return _PICTURE
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return _PICTURE
    if head[4:8] == b"ftyp":
        return _PICTURE if head[8:12] in _STILLS else _MP4
    if head[4:8] in _ATOMS:
        return _MP4
    if head.startswith(b"\x1a\x45\xdf\xa3") and b"webm" in head:
        return _WEBM
    if head.startswith(b"%PDF-"):
        return _PDF
    raise UnsupportedType("not a file that is taken: a picture, an MP4 or WebM video, or a PDF")
