"""The project's own files, as the rules see them."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

from tests.support.needs import ROOT

CODE = ("shared", "backend", "client", "tests", "bench", "scripts")


def python_files(*folders: str) -> Iterator[tuple[str, str]]:
    """Yield (path from the root, source) of the Python files under these folders."""
    for folder in folders or CODE:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "__pycache__" not in path.parts:
                yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")


def kept_files() -> Iterator[tuple[str, Path]]:
    """Yield (path from the root, file) of everything that the repository keeps or is about to keep."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    )
    for name in listed.stdout.split("\0"):
        path = ROOT / name
        if name and path.is_file():
            yield name, path
