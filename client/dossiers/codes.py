"""What a person types as a dossier's code: finding the code in it, or saying what is wrong with it."""

import re
from urllib.parse import unquote

from shared.dossiers import FOUND_IN_TEXT, normalise_code

_HEAD = re.compile(r"[0-9A-Z.]{3,20}")
_DAY = re.compile(r"\d{6}|\d{8}")
_PROCEDURE = re.compile(r"\d\.\d{6}")


def code_in(typed: str) -> str | None:
    """Return the code that was typed, or that stands within a pasted address or sentence; None where there is none."""
    try:
        return normalise_code(typed)
    except ValueError:
        found = FOUND_IN_TEXT.search(unquote(typed).upper())
        return found.group() if found else None


def code_fault(typed: str) -> str | None:
    """Return the key of the words for what is wrong with a code; None when it is right."""
    if code_in(typed) is not None:
        return None
    code = "".join(typed.split()).upper()
    if not code:
        return "dossiers.code_missing"
    if _PROCEDURE.fullmatch(code):
        return "dossiers.code_procedure"
    parts = re.split("[-–—]", code)
    if len(parts) != 3:
        return "dossiers.code_parts"
    if not _HEAD.fullmatch(parts[0]):
        return "dossiers.code_head"
    return "dossiers.code_tail" if _DAY.fullmatch(parts[1]) else "dossiers.code_day"
