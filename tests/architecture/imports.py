"""Who may import whom: the rules of ARCHITECTURE.md, read off the source without running it."""

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

NOT_FEATURES = {"core", "ui", "migrations", "demo", "assets", "app", "features", "worker", "cli", "main"}
BACKEND_FLOORS = {"models": 0, "queries": 1, "service": 2, "routes": 3}
CLIENT_FLOORS = {"api": 0, "state": 1, "screens": 2, "desk": 2, "routes": 3}
DOORS = {"backend": {"service", "events"}, "client": {"api", "events", "parts"}}
COMMITTERS = {"backend/core/database.py", "backend/core/jobs.py"}


@dataclass(frozen=True)
class Use:
    """One import: the absolute name of a module (or of a thing in it), and the line it stands on."""

    name: str
    line: int

    @property
    def parts(self) -> tuple[str, ...]:
        """The dotted name, split."""
        return tuple(self.name.split("."))


def uses(tree: ast.AST, path: str) -> list[Use]:
    """Return every import of a module, wherever it stands; `from a import b` counts as `a.b`."""
    package = PurePosixPath(path).parent.parts
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [Use(alias.name, node.lineno) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            base = ".".join([*above, *([node.module] if node.module else [])])
            found += [Use(f"{base}.{alias.name}", node.lineno) for alias in node.names]
    return found


def violations(path: str, source: str) -> list[str]:
    """Return what a file (its path from the project's root, with slashes) does against the rules."""
    tree = ast.parse(source)
    imported = uses(tree, path)
    rules = (_shared, _sides, _core, _floors, _doors, _libraries)
    found = [f"{path}:{use.line} {said}" for use in imported for rule in rules if (said := rule(path, use))]
    return found + [f"{path}:{line} only core/database.py and core/jobs.py commit" for line in _commits(path, tree)]


def _feature(side: str, parts: tuple[str, ...]) -> str | None:
    """Return the feature that a path or a module belongs to."""
    inside = len(parts) > 2 and parts[0] == side and parts[1] not in NOT_FEATURES
    return parts[1] if inside else None


def _kind(module: str) -> str:
    """Return what a file of a feature is for: `desk_routes` are routes."""
    return module.rpartition("_")[2]


def _shared(path: str, use: Use) -> str | None:
    allowed = {"pydantic", "shared"} | sys.stdlib_module_names
    if path.startswith("shared/") and use.parts[0] not in allowed:
        return f"shared imports {use.parts[0]}: only pydantic and the standard library"
    return None


def _sides(path: str, use: Use) -> str | None:
    side, other = PurePosixPath(path).parts[0], use.parts[0]
    if side == "client" and other == "backend":
        return "the client imports the backend"
    if side == "backend" and other == "client" and path != "backend/app.py":
        return "the backend imports the client (only backend/app.py mounts it)"
    return None


def _core(path: str, use: Use) -> str | None:
    here = PurePosixPath(path).parts
    for side, low in (("backend", {"core"}), ("client", {"core", "ui"})):
        if here[0] != side or here[1] not in low or use.parts[0] != side:
            continue
        if len(use.parts) < 2 or use.parts[1] not in low:
            return f"{side}/{here[1]} imports {use.name}: core and ui know no feature"
    return None


def _floors(path: str, use: Use) -> str | None:
    here = PurePosixPath(path).with_suffix("").parts
    for side, floors in (("backend", BACKEND_FLOORS), ("client", CLIENT_FLOORS)):
        feature = _feature(side, here)
        if not feature or use.parts[:2] != (side, feature) or len(use.parts) < 3:
            continue
        mine, theirs = floors.get(_kind(here[2])), floors.get(_kind(use.parts[2]))
        if mine is not None and theirs is not None and theirs > mine:
            return f"{here[2]} imports {use.parts[2]}: downwards only"
    return None


def _doors(path: str, use: Use) -> str | None:
    here = PurePosixPath(path).with_suffix("").parts
    for side, doors in DOORS.items():
        feature, other = _feature(side, here), _feature(side, (*use.parts, ""))
        if not feature or not other or feature == other:
            continue
        if len(use.parts) < 3 or use.parts[2] not in doors:
            return f"{feature} reaches into {use.name}: only through {' or '.join(sorted(doors))}"
    return None


def _libraries(path: str, use: Use) -> str | None:
    library = use.parts[0]
    if library == "fastapi" and path.startswith("backend/") and not _speaks_http(path):
        return "fastapi outside routes, core and app"
    if library in {"httpx2", "httpx"} and path.startswith("client/") and path != "client/core/api.py":
        return f"{library} outside client/core/api.py"
    return None


def _speaks_http(path: str) -> bool:
    return (
        path in {"backend/app.py", "backend/features.py"}
        or path.startswith("backend/core/")
        or _kind(PurePosixPath(path).stem) == "routes"
    )


def _commits(path: str, tree: ast.AST) -> Iterator[int]:
    if not path.startswith("backend/") or path in COMMITTERS:
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr == "commit":
            yield node.lineno
