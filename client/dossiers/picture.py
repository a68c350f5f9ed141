"""Reading a dossier's code off a picture of its receipt."""

import secrets
from collections.abc import Callable, Sequence

import flet as ft

from client.core.action import use_action
from client.core.api import ApiError
from client.core.context import use_services
from client.core.services import Services
from client.core.theme import Space
from client.core.uploads import Upload
from client.dossiers import api
from client.ui.forms import Choice, choice_chips, secondary_button
from client.ui.states import error_line
from client.ui.text import caption
from shared.dossiers import MAX_RECEIPT_BYTES
from shared.errors import ErrorCode


def may_read(services: Services) -> bool:
    """Whether a picture can reach the reader from here: on Linux a picker needs what few have."""
    return services.page.web or services.page.platform is not ft.PagePlatform.LINUX


@ft.component
def picture_reader(chosen: str, on_code: Callable[[str], None]) -> ft.Control:
    """Offer to take or choose a picture; gives the code that it shows, and offers the others where it shows several."""
    services = use_services()
    t = services.text
    none: tuple[str, ...] = ()
    found, set_found = ft.use_state(none)

    def done(codes: Sequence[str]) -> None:
        set_found(tuple(codes))
        if codes:
            on_code(codes[0])
        else:
            services.tell(t("dossiers.picture_none"))

    read = use_action(lambda upload: _codes(services, upload), done=done)

    async def picked(uploads: list[Upload]) -> None:
        read.start(uploads[0])

    def open_picker() -> None:
        services.uploader.chooser = picked

    button = secondary_button(
        t("dossiers.picture"),
        open_picker,
        icon=ft.Icons.QR_CODE_SCANNER,
        running=read.running,
        action=ft.PickFiles(
            services.uploader.picker,
            file_type=ft.FilePickerFileType.IMAGE,
            with_data=not services.page.web,
            cancel_upload_on_window_blur=False,
        ),
    )
    parts: list[ft.Control] = [ft.Row([button]), error_line(t, read.error)]
    if len(found) > 1:
        parts.append(caption(t("dossiers.picture_several")))
        parts.append(choice_chips([Choice(code, code) for code in found], chosen, on_code))
    return ft.Column(parts, spacing=Space.S)


async def _codes(services: Services, upload: Upload) -> list[str]:
    if upload.file.size > MAX_RECEIPT_BYTES:
        raise ApiError(ErrorCode.TOO_LARGE)
    if upload.file.bytes is not None:
        return await api.read_codes(services.api, upload.file.bytes)
    # A browser hands its files to the server alone, not to this process, and keeps the answer to itself.
    key = secrets.token_hex(16)
    await services.uploader.put(upload, services.absolute(api.picture_address(key)))
    return await api.codes_read(services.api, key)
