"""What everybody may see of feedback as a whole: what is near, the map, the figures."""

from datetime import date
from typing import Annotated

from pydantic import StringConstraints

from shared.base import Contract, Moment
from shared.feedback import FeedbackSummary, Usual

Month = Annotated[str, StringConstraints(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")]
"""A month as `2026-11`."""


class NearbyCase(FeedbackSummary):
    """An open public case near a point: how far in metres, and how alike the words are (0 to 1)."""

    distance_m: int
    likeness: float


class MapCluster(Contract):
    """Cases that stand together at this zoom: their middle, how many, how many of them open.

    `code` is the case where there is one alone and it is known.
    """

    lat: float
    lon: float
    count: int
    open: int
    code: str | None


class MapView(Contract):
    """The clusters within a box. `truncated` says that there were more than are shown."""

    zoom: int
    clusters: list[MapCluster]
    truncated: bool


class Figures(Contract):
    """Counts of real cases by the month of their sending.

    `valid` leaves out what was refused, withdrawn, merged or held; `handled` have a result, `on_time` and `late` divide
    them; `open` wait for one; `rated` have a rating, `satisfied` one of 4 or 5.
    """

    received: int
    valid: int
    handled: int
    on_time: int
    late: int
    refused: int
    open: int
    rated: int
    satisfied: int


class UnitFigures(Contract):
    """The figures of one unit; `usual` is of the category asked for, null without one or with too few cases."""

    code: str
    name: str
    figures: Figures
    usual: Usual | None


class CategoryFigures(Contract):
    """The figures of one category."""

    code: str
    name: str
    figures: Figures


class MonthFigures(Contract):
    """The figures of one month."""

    month: Month
    figures: Figures


class FeedbackStatistics(Contract):
    """The figures of a range of months, whole and by unit, category and month. `counted_at` says how fresh they are."""

    since: date
    until: date
    counted_at: Moment | None
    total: Figures
    by_unit: list[UnitFigures]
    by_category: list[CategoryFigures]
    by_month: list[MonthFigures]
