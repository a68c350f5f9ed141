"""Names of documents: what a person called a file, made safe for every screen, header and disk."""

import unicodedata
from urllib.parse import quote

MAX_NAME = 120
_ENDING = ".pdf"
_PARTS = ("/", "\\")
_NEVER = set('<>:"|?*')


def safe_name(name: str) -> str:
    """Return the name without folders, without signs that hide, turn or mean something, and at most 120 long."""
    for part in _PARTS:
        name = name.rpartition(part)[2]
    # Control and format signs (category C) hide the true ending of a name or turn it around.
    kept = "".join(sign for sign in name if sign not in _NEVER and not unicodedata.category(sign).startswith("C"))
    return " ".join(kept.split()).strip(". ")[-MAX_NAME:]


def document_name(name: str) -> str:
    """Return the name of a PDF: it ends so, whatever it was called."""
    stem = name.removesuffix(_ENDING).strip(". ") or "document"
    return stem[: MAX_NAME - len(_ENDING)] + _ENDING


def attachment(name: str) -> str:
    """Return a `Content-Disposition` that makes browsers save a file under this name (RFC 6266, 4.3)."""
    plain = unicodedata.normalize("NFD", name.replace("đ", "d").replace("Đ", "D")).encode("ascii", "ignore").decode()
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
