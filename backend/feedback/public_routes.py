"""The URLs of what everybody may see of feedback as a whole. They stand before `/feedback/{code}`."""

from typing import Annotated

from fastapi import Query

from backend.core.access import Anyone, router
from backend.core.cache import public
from backend.core.database import ReadingDep
from backend.feedback import figures, tiles
from backend.feedback import nearby as near
from backend.feedback.routes import PicturesDep, Word
from backend.feedback.story import TOPIC
from shared.base import Latitude, Longitude
from shared.public_feedback import FeedbackStatistics, MapView, Month, NearbyCase

routes = router("/feedback", "feedback")


@routes.get("/nearby", dependencies=[public(TOPIC)])
def nearby(
    lat: Annotated[Latitude, Query()],
    lon: Annotated[Longitude, Query()],
    _: Anyone,
    pictures: PicturesDep,
    session: ReadingDep,
    q: Annotated[str | None, Query(max_length=10_000)] = None,
    category: Word = None,
) -> list[NearbyCase]:
    """Return open public cases near a point, the nearest and most alike first."""
    return near.nearby(session, lat, lon, q, category, pictures)


@routes.get("/map", dependencies=[public(figures.TOPIC)])
def map_view(
    bbox: Annotated[str, Query(max_length=100, description="`west,south,east,north` in degrees")],
    zoom: Annotated[int, Query(ge=0, le=20)],
    _: Anyone,
    session: ReadingDep,
    category: Word = None,
) -> MapView:
    """Return the public cases of a view of the map, those that stand together as one."""
    return tiles.view(session, bbox, zoom, category)


@routes.get("/statistics", dependencies=[public(figures.TOPIC)])
def statistics(
    _: Anyone,
    session: ReadingDep,
    since: Annotated[Month | None, Query()] = None,
    until: Annotated[Month | None, Query()] = None,
    unit: Word = None,
    category: Word = None,
) -> FeedbackStatistics:
    """Return the figures of a range of months, by default of the last twelve."""
    return figures.statistics(session, since, until, unit, category)
