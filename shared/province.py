"""What an installation is called and where it lies, so that any province can run it."""

from shared.base import Contract


class Province(Contract):
    """The settings that a client shows. `tile_url` is null where no map server may be asked.

    `complaints_*` and `dossiers_url` are the right doors for what is no report (khiếu nại, tố cáo; a question about a
    dossier); an empty text where there is none, and for dossiers that the client's own look-up is the door.
    """

    app_name: str
    province: str
    contact_phone: str
    centre_lat: float
    centre_lon: float
    zoom: int
    tile_url: str | None
    tile_attribution: str
    complaints_name: str
    complaints_phone: str
    complaints_url: str
    dossiers_url: str
    demo: bool
