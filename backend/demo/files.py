"""Reads the demo's own files."""

import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "content"


def content(name: str) -> dict[str, Any]:
    """Return one JSON object of the demo."""
    found: dict[str, Any] = json.loads((FOLDER / name).read_text(encoding="utf-8"))
    return found


def rows(name: str) -> list[dict[str, Any]]:
    """Return the rows of one JSON file of the demo."""
    found: list[dict[str, Any]] = json.loads((FOLDER / name).read_text(encoding="utf-8"))
    return found
