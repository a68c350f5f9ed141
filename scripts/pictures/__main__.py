"""Draw every cover and every made photograph of the demo anew."""

import sys
from pathlib import Path

from scripts.pictures import covers_land as land
from scripts.pictures import covers_people as people
from scripts.pictures import covers_town as town
from scripts.pictures.scenes import SCENES

CONTENT = Path(__file__).parents[2] / "backend/demo/content"
COVERS = (
    *(land.lychee, land.canal, land.ceramics, land.hills, land.cakes, land.market),
    *(town.phone, town.desk, town.lamp, town.rain, town.wards),
    *(people.hall, people.clinic, people.scam, people.call),
)


def main() -> None:
    """Write all pictures and print their sizes in bytes."""
    for draw in COVERS:
        path = CONTENT / "covers" / f"{draw.__name__}.webp"
        sys.stdout.write(f"{path.name} {draw().save(path)}\n")
    for name, scene in SCENES.items():
        for moment, after in (("before", False), ("after", True)):
            path = CONTENT / "photos" / f"{name}-{moment}.webp"
            sys.stdout.write(f"{path.name} {scene(after).save(path, quality=72)}\n")


if __name__ == "__main__":
    main()
