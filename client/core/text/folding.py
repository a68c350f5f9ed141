"""Text without case and marks, so that people find what they type without them."""

import unicodedata


def fold(text: str) -> str:
    """Return text without case and marks: `Đường Bạch Đằng` is `duong bach dang`."""
    plain = unicodedata.normalize("NFD", text.casefold().replace("\u0111", "d"))
    return "".join(sign for sign in plain if not unicodedata.combining(sign))
