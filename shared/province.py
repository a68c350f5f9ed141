"""What an installation is called and where it lies, so that any province can run it."""

from shared.base import Contract


class Province(Contract):
    """The settings that a client shows. `tile_url` is null where no map server may be asked."""

    app_name: str
    province: str
    contact_phone: str
    centre_lat: float
    centre_lon: float
    zoom: int
    tile_url: str | None
    tile_attribution: str
    demo: bool
