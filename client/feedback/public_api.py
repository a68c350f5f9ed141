"""What the public screens of feedback ask of the backend. Every call raises ApiError alone."""

from datetime import date

from client.core.api import Api
from client.ui.map_view import Box
from shared.public_feedback import FeedbackStatistics, MapView


async def map_view(api: Api, box: Box, *, category: str = "") -> MapView:
    """Return the public cases of a view of the map, those that stand together as one."""
    bbox = ",".join(f"{degrees:.4f}" for degrees in (box.west, box.south, box.east, box.north))
    return await api.get("/feedback/map", MapView, params={"bbox": bbox, "zoom": box.zoom, "category": category})


async def statistics(api: Api, since: date, until: date, *, unit: str = "", category: str = "") -> FeedbackStatistics:
    """Return the figures of the months from `since` to `until`, both included."""
    asked = {"since": f"{since:%Y-%m}", "until": f"{until:%Y-%m}", "unit": unit, "category": category}
    return await api.get("/feedback/statistics", FeedbackStatistics, params=asked)
