"""The font of printed sheets and pictures: the Roboto that the web client ships, which has all Vietnamese marks."""

import io
import tempfile
import threading
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path

from fontTools.ttLib import TTFont

_LOCK = threading.Lock()


@cache
def _read() -> tuple[bytes, frozenset[int]]:
    resource = files("flet_web").joinpath("web", "assets", "fonts", "roboto.woff2")
    with as_file(resource) as path:
        font = TTFont(path)
    font.flavor = None
    out = io.BytesIO()
    font.save(out)
    return out.getvalue(), frozenset(font.getBestCmap() or ())


def truetype() -> bytes:
    """Return the font as TrueType, unpacked once."""
    with _LOCK:
        return _read()[0]


@cache
def _kept() -> "tempfile.TemporaryDirectory[str]":
    folder = tempfile.TemporaryDirectory(prefix="smarthd-font-")
    (Path(folder.name) / "roboto.ttf").write_bytes(_read()[0])
    return folder


def truetype_file() -> Path:
    """Return where the font lies as a file, for what reads fonts from files alone; it goes with the process."""
    with _LOCK:
        return Path(_kept().name) / "roboto.ttf"


def drawable(text: str) -> str:
    """Return text without signs that the font cannot draw; line ends stay."""
    with _LOCK:
        known = _read()[1]
    return "".join(sign if ord(sign) in known or sign == "\n" else " " for sign in text)
