"""What `smarthd import` can read: the name of a kind of data, and the function that takes its files."""

from collections.abc import Callable, Mapping
from pathlib import Path

from sqlmodel import Session

from backend.core.importing import ImportReport
from backend.public_services.boundary_import import import_boundaries
from backend.public_services.place_import import import_places
from backend.public_services.procedure_import import import_procedures

COMMANDS: Mapping[str, Callable[[Session, list[Path]], ImportReport]] = {
    "procedures": import_procedures,
    "places": import_places,
    "boundaries": import_boundaries,
}
"""Each reads its files, writes in the caller's transaction and returns a report; none of them commits."""

__all__ = ["COMMANDS", "ImportReport", "import_boundaries", "import_places", "import_procedures"]
