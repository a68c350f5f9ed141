"""Where places lie: which one a point is in, what is near, how a border runs."""

from shared.base import Contract
from shared.public_services import PlaceDetail, PlaceRef


class PlaceNear(PlaceRef):
    """A place of today that is not far, and the kilometres to its nearest point."""

    km: float


class PlaceAt(Contract):
    """Today's place of a point; outside all boundaries it is null and `nearest` names what is near, nearest first."""

    place: PlaceDetail | None
    nearest: list[PlaceNear]


class PlaceOutline(Contract):
    """The border of a place of today: closed rings of (latitude, longitude), none where it is not known.

    `sample` marks a border that is only an illustration.
    """

    rings: list[list[tuple[float, float]]]
    sample: bool
