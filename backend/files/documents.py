"""Documents: a PDF written again with its pages alone, so that nothing in it acts, hides or tells who made it.

Runs in a process of its own (`backend/files/workshop.py`): qpdf meets what strangers send.
"""

from pathlib import Path

import pikepdf
from pikepdf import Name, Pdf

from backend.core.errors import ProblemError, TooLarge
from shared.errors import ErrorCode

MEDIA_TYPE = "application/pdf"
MAX_PAGES = 1_000
MAX_OBJECTS = 200_000
_TAIL_BYTES = 64 * 1024

# What a catalogue may say (ISO 32000-1, table 28): pages, their numbers, their layers, their language. All that acts
# or holds more stands elsewhere in it: Names (scripts, embedded files), OpenAction, AA, AcroForm, Metadata, AF.
_CATALOGUE = {"/Type", "/Version", "/Pages", "/PageLabels", "/OCProperties", "/Lang"}
# What any object may hold that acts, embeds or tells (ISO 32000-1, 12.6, 7.11.4, 14.3, 14.5; 32000-2, 14.13).
_NOWHERE = ("/AA", "/A", "/JS", "/OpenAction", "/EF", "/AF", "/Metadata", "/PieceInfo", "/LastModified", "/Annots")

# JPEG segments (ITU-T T.81, table B.1): APP0 and APP14 say how colours are kept; the others and comments go.
_KEPT_SEGMENTS = {0xE0, 0xEE}
_APPLICATION = range(0xE0, 0xF0)
_COMMENT, _SCAN = 0xFE, 0xDA


class Unreadable(ProblemError):
    """422: it says that it is a document, but cannot be read as one by everybody."""

    status = 422
    code = ErrorCode.DOCUMENT_UNREADABLE


def remake(path: Path, out: Path) -> None:
    """Write a PDF's pages to `out`; what was filled into forms becomes part of the page.

    Raises Unreadable for what is broken, cut off or locked by a password, TooLarge beyond 1,000 pages.
    """
    try:
        _must_have_an_end(path)
        with pikepdf.open(path) as pdf:
            _clean(pdf)
            pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate, encryption=False)
    except ProblemError:
        raise
    except Exception as error:
        # qpdf's errors are of any kind (`PdfError`, `PasswordError`, `ValueError`).
        raise Unreadable("the document cannot be read") from error


def _must_have_an_end(path: Path) -> None:
    """Raise Unreadable for a file that was cut off: qpdf would mend it, with pages missing."""
    with path.open("rb") as file:
        file.seek(max(path.stat().st_size - _TAIL_BYTES, 0))
        if b"%%EOF" not in file.read():
            raise Unreadable("the document is cut off")


def _clean(pdf: Pdf) -> None:
    if len(pdf.objects) > MAX_OBJECTS or len(pdf.pages) > MAX_PAGES:
        raise TooLarge("the document has too many pages")
    if len(pdf.pages) == 0:
        raise Unreadable("the document has no page")
    pdf.flatten_annotations("screen")
    for key in set(pdf.Root.keys()) - _CATALOGUE:
        del pdf.Root[key]
    if "/Info" in pdf.trailer:
        del pdf.trailer["/Info"]
    for found in pdf.objects:
        if isinstance(found, pikepdf.Dictionary | pikepdf.Stream):
            _strip(found)


def _strip(found: pikepdf.Object) -> None:
    for key in _NOWHERE:
        if key in found:
            del found[key]
    if isinstance(found, pikepdf.Stream) and found.get("/Filter") in (Name.DCTDecode, [Name.DCTDecode]):
        parms = found.get("/DecodeParms")
        kept = parms if isinstance(parms, pikepdf.Dictionary | pikepdf.Array) else None
        found.write(bare_jpeg(found.read_raw_bytes()), filter=Name.DCTDecode, decode_parms=kept)


def bare_jpeg(data: bytes) -> bytes:
    """Return a JPEG without what it says of itself (EXIF, XMP, comments); what is no JPEG comes back as it is."""
    if data[:2] != b"\xff\xd8":
        return data
    kept, at = [data[:2]], 2
    while at + 4 <= len(data) and data[at] == 0xFF and data[at + 1] != _SCAN:
        marker, size = data[at + 1], int.from_bytes(data[at + 2 : at + 4]) + 2
        if marker != _COMMENT and (marker not in _APPLICATION or marker in _KEPT_SEGMENTS):
            kept.append(data[at : at + size])
        at += size
    return b"".join([*kept, data[at:]])
