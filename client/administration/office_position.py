"""Where an office stands: a pin on a map with the borders around it, and the same point as two numbers."""

import asyncio
from dataclasses import dataclass, field

import flet as ft

from client.administration.frame import column
from client.core.api import Api
from client.core.context import use_services
from client.core.hooks import use_kept
from client.core.loading import use_loaded
from client.core.store import Form, Values
from client.core.text import Text
from client.core.theme import Space
from client.offices import api
from client.ui.forms import link_button, text_field
from client.ui.maps import Area, place_picker
from client.ui.text import caption, title
from shared.public_services import PlaceRef

BOUNDS = {"lat": (8.0, 23.5), "lon": (102.0, 118.0)}
"""Vietnam with its islands, in degrees."""
_BORDERS = 8


def text_of(degrees: float | None) -> str:
    """Return what stands in a field."""
    return "" if degrees is None else f"{degrees:.6f}".rstrip("0").rstrip(".")


def read(typed: object) -> float | None:
    """Return the degrees that were typed, with a dot or a comma; None for nothing. Raises ValueError."""
    words = str(typed or "").strip().removesuffix("°").replace(",", ".")
    return round(float(words), 6) if words else None


def point(values: Values) -> tuple[float, float] | None:
    """Return the point that the two fields say; None where they say none, or it is not right yet."""
    try:
        lat, lon = read(values["lat"]), read(values["lon"])
    except ValueError:
        return None
    if lat is None or lon is None or not (_inside("lat", lat) and _inside("lon", lon)):
        return None
    return lat, lon


def problems(t: Text, values: Values) -> dict[str, str | None]:
    """Say what is wrong with either number; there are both or neither."""
    return {name: _problem(t, values, name, other) for name, other in (("lat", "lon"), ("lon", "lat"))}


def _problem(t: Text, values: Values, name: str, other: str) -> str | None:
    try:
        degrees = read(values[name])
    except ValueError:
        return t("admin.office_degrees_wrong")
    if degrees is None:
        return t("admin.office_degrees_both") if str(values[other] or "").strip() else None
    low, high = (t.number(edge) for edge in BOUNDS[name])
    return None if _inside(name, degrees) else t("admin.office_degrees_outside", low=low, high=high)


def _inside(name: str, degrees: float) -> bool:
    low, high = BOUNDS[name]
    return low <= degrees <= high


@dataclass
class _Borders:
    """The borders that were fetched, and those shown while others are under way."""

    known: dict[str, list[list[list[float]]]] = field(default_factory=dict)
    shown: list[Area] = field(default_factory=list)
    inside: str = ""

    async def around(self, client: Api, served: tuple[str, ...], at: tuple[float, float]) -> "_Borders":
        """Fetch the borders of the places served, and of the one that holds the point."""
        here, *places = await asyncio.gather(api.place_at(client, at), api.places_of(client, served))
        near: list[PlaceRef] = [here.place] if here.place is not None else list(here.nearest[:2])
        found = {place.code: place.name for place in [*places[0], *near]}
        new = [code for code in found if code not in self.known]
        outlines = await asyncio.gather(*(api.outline(client, code) for code in new))
        self.known |= {code: outline.rings for code, outline in zip(new, outlines, strict=True)}
        self.shown = [Area(name, self.known[code]) for code, name in found.items() if self.known[code]]
        self.inside = here.place.name if here.place is not None else ""
        return self


@ft.component
def Position(form: Form) -> ft.Control:
    """Let the point be set on the map or typed."""
    services = use_services()
    t = services.text
    borders = use_kept(_Borders)
    province = services.province
    at = point(form.values)
    lat, lon = at or (None, None)
    served = tuple(form.get("serves"))[:_BORDERS]
    middle = at or (province.centre_lat, province.centre_lon)
    found = use_loaded(lambda: borders.around(services.api, served, middle), [served, middle])

    def put(north: float | None, east: float | None) -> None:
        form.set("lat", text_of(north))
        form.set("lon", text_of(east))

    def typed(_: object) -> None:
        form.set("lat", form.get("lat"))

    fields: list[ft.Control] = []
    for name in ("lat", "lon"):
        box = text_field(form, name, t(f"admin.office_{name}"), hint=t(f"admin.office_{name}_hint"), on_submit=typed)
        # The map follows when the number is whole: drawing between two keystrokes could swallow one.
        box.on_blur = typed
        box.expand = True
        fields.append(box)
    lines: list[ft.Control] = [
        title(t("admin.office_where"), small=True),
        caption(t("admin.office_where_why")),
        place_picker(lat, lon, put, areas=borders.shown),
    ]
    if at is not None and found.value is not None:
        inside = borders.inside
        lines.append(caption(t("admin.office_inside", name=inside) if inside else t("admin.office_outside")))
    lines.append(ft.Row(fields, spacing=Space.M, vertical_alignment=ft.CrossAxisAlignment.START))
    if form.get("lat") or form.get("lon"):
        lines.append(ft.Row([link_button(t("admin.office_where_clear"), lambda: put(None, None))]))
    return column(lines, spacing=Space.S)
