"""Files stay small, pages are found by key, there is one clock, and no file names a package registry."""

import ast
import re
from collections.abc import Iterator

from tests.architecture.sources import kept_files, python_files

FILE_LINES = 300
FUNCTION_LINES = 40
SCREEN_LINES = 120


REGISTRIES = re.compile(
    r"pypi\.org|pythonhosted\.org|registry\.npmjs|proxy\.golang|crates\.io|files\.pypi|simple/?\s*--index|"
    r"(?:--|PIP_)(?:extra[-_])?index[-_]url|--find-links|mirrors?\.(?:aliyun|tuna|ustc)",
    re.IGNORECASE,
)


def functions(source: str) -> Iterator[tuple[str, int, int]]:
    """Yield (name, line, length) of every function; decorators and the docstring do not count."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[1] if ast.get_docstring(node) and len(node.body) > 1 else node.body[0]
            yield node.name, node.lineno, (node.end_lineno or first.lineno) - first.lineno + 1


def draws(path: str) -> bool:
    """Whether functions of this file draw: the client but for its plumbing, and the scripts that make pictures."""
    return path.startswith(("client/", "scripts/pictures/")) and not path.startswith("client/core/")


def test_files_stay_small() -> None:
    long = [
        f"{path}: {lines} lines"
        for path, source in python_files()
        if (lines := source.count("\n")) >= FILE_LINES and "/versions/" not in path
    ]
    assert not long, "\n".join(long)


def test_functions_stay_small() -> None:
    long = [
        f"{path}:{line} {name}: {length} lines"
        for path, source in python_files()
        if "/versions/" not in path
        for name, line, length in functions(source)
        if length >= (SCREEN_LINES if draws(path) else FUNCTION_LINES)
    ]
    assert not long, "\n".join(long)


def attributes(source: str, names: set[str]) -> Iterator[tuple[int, str]]:
    """Yield (line, what.name) for every use of an attribute with one of these names."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and node.attr in names:
            yield node.lineno, ast.unparse(node)


def test_no_page_is_found_by_counting_rows() -> None:
    found = [
        f"{path}:{line} {said}"
        for path, source in python_files("backend")
        for line, said in attributes(source, {"offset"})
    ]
    assert not found, "\n".join(found)


def test_there_is_one_clock() -> None:
    clock = "backend/core/clock.py"
    found = [
        f"{path}:{line} {said}"
        for path, source in python_files("backend", "shared")
        if path != clock
        for line, said in attributes(source, {"now", "utcnow", "today"})
        if said.rpartition(".")[0] in {"datetime", "datetime.datetime", "date", "datetime.date"}
    ]
    assert not found, "\n".join(found)


def test_no_file_names_a_package_registry() -> None:
    found = []
    for name, path in kept_files():
        if name == "tests/architecture/test_hygiene.py":
            continue
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += [f"{name}: {match.group()}" for match in REGISTRIES.finditer(text)]
    assert not found, "\n".join(found)


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        path
        for path, source in python_files("shared", "backend", "client", "tests", "scripts")
        if source.strip() and not ast.get_docstring(ast.parse(source)) and "/versions/" not in path
    ]
    assert not silent, "\n".join(silent)
