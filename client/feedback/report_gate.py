"""The gate: one question before the form. Most go straight on; who stands at the wrong door is shown the right one."""

from collections.abc import Callable, Sequence
from functools import partial

import flet as ft

from client.core.context import use_services
from client.core.loading import use_loaded
from client.core.services import Services
from client.core.text import Text
from client.core.theme import Colour, Radius, Size, Space, Tone, tone_colours
from client.feedback import api
from client.feedback.report_parts import emergency
from client.ui.forms import link_button, primary_button, secondary_button
from client.ui.lists import card
from client.ui.photos import Photos
from client.ui.pressing import one_button
from client.ui.states import notice
from client.ui.text import banner, body, caption, heading, title
from shared.feedback import MAX_FILES, Category

_TALL = 56
_WIDE, _NARROW = 3, 2
_SYSTEMS = ("vneid", "bhyt", "cccd", "land", "tax", "status", "other")
_DATA = "du-lieu"


def is_data(category: str) -> bool:
    """Whether a category is "my data is wrong": its code begins so (`du-lieu`, `du-lieu-sai`)."""
    return category.startswith(_DATA)


def data_category(categories: Sequence[Category]) -> str:
    """Return the code of "my data is wrong", or an empty text where the installation has none."""
    return next((each.code for each in categories if is_data(each.code)), "")


@ft.component
def gate(
    photos: Photos,
    *,
    draft: bool,
    go_on: Callable[[], None],
    scene: Callable[[], None],
    data: Callable[[str, str], None],
    sign_in: Callable[[], None],
) -> ft.Control:
    """Ask what it is. `scene` and `data` lead to the form, the latter with a category's code and a system's name;
    `go_on` leads back to a `draft` as it is.
    """
    services = use_services()
    t = services.text
    opened, set_opened = ft.use_state("")
    categories = use_loaded(lambda: api.categories(services.api), [])

    def toggle(name: str) -> Callable[[], None]:
        return lambda: set_opened("" if opened == name else name)

    def wrong(system: str) -> None:
        said = "" if system == "other" else t(f"feedback.system_{system}")
        data(data_category(categories.value or []), said)

    doors = [
        ("complaint", ft.Icons.GAVEL, lambda: _complaint(services)),
        ("dossier", ft.Icons.FOLDER_OPEN, lambda: _dossier(services)),
        ("data", ft.Icons.MANAGE_ACCOUNTS_OUTLINED, lambda: _systems(t, wrong)),
    ]
    parts: list[ft.Control] = [ft.Semantics(header=True, content=banner(t("feedback.gate")))]
    if opened:
        # Alone, it fits on the screen: the form behind it then begins at its top, not where this was scrolled to.
        back = link_button(t("feedback.gate_back"), lambda: set_opened(""), icon=ft.Icons.SIGNPOST_OUTLINED)
        door = next(_door(t, name, icon, toggle(name), inside) for name, icon, inside in doors if name == opened)
        return _column([*parts, door, ft.Row([back])])
    if draft:
        more = link_button(t("feedback.gate_go_on"), go_on, icon=ft.Icons.EDIT_OUTLINED)
        words = (t("feedback.gate_draft"), t("feedback.gate_draft_why"))
        parts.append(notice(ft.Icons.EDIT_NOTE, *words, Tone.INFO, [ft.Row([more])]))
    parts += [_scene(services, photos, scene, sign_in), emergency(t, easy=services.preferences.easy)]
    parts.append(heading(t("feedback.gate_other")))
    parts += [_door(t, name, icon, toggle(name)) for name, icon, _ in doors]
    return _column(parts)


def _scene(services: Services, photos: Photos, go_on: Callable[[], None], sign_in: Callable[[], None]) -> ft.Control:
    """Offer the ordinary report: its main button opens the photo chooser and the form behind it in one tap."""
    t = services.text
    ink, ground = tone_colours(Tone.ACCENT)
    sign = ft.Container(
        ft.Icon(ft.Icons.ADD_A_PHOTO, color=ink, size=Size.ICON_L),
        bgcolor=ground,
        border_radius=Radius.L,
        padding=Space.M,
    )
    words = ft.Column(
        [title(t("feedback.gate_scene")), caption(t("feedback.gate_scene_why"))], spacing=Space.XS, expand=True
    )

    def choose() -> None:
        photos.open()
        go_on()

    signed_in = services.session.account is not None
    take = primary_button(
        t("feedback.gate_photo"), choose if signed_in else sign_in, icon=ft.Icons.PHOTO_CAMERA, expand=True
    )
    take.height = _TALL
    take.expand = _WIDE
    if signed_in:
        # Any picture, so that a phone offers its camera beside its gallery.
        take.action = ft.PickFiles(
            services.uploader.picker,
            file_type=ft.FilePickerFileType.IMAGE,
            allow_multiple=len(photos.items) + 1 < MAX_FILES,
            cancel_upload_on_window_blur=False,
        )
    without = secondary_button(t("feedback.gate_no_photo"), go_on, expand=True)
    without.height = _TALL
    without.expand = _NARROW
    # Both names stand on one line of a phone.
    take.style = without.style = ft.ButtonStyle(padding=Space.M)
    buttons: ft.Control = ft.Row([take, without], spacing=Space.S)
    if services.preferences.easy and not services.wide:
        buttons = ft.Column([ft.Row([take]), ft.Row([without])], spacing=Space.S)
    head = ft.Row([sign, words], spacing=Space.M, vertical_alignment=ft.CrossAxisAlignment.START)
    return card(ft.Column([head, buttons], spacing=Space.L), selected=True)


def _door(
    t: Text,
    name: str,
    icon: ft.IconData,
    toggle: Callable[[], None],
    inside: Callable[[], ft.Control] | None = None,
) -> ft.Control:
    """Make a row that opens to what is behind it (`inside`: it is open)."""
    opened = inside is not None
    words = ft.Column(
        [title(t(f"feedback.gate_{name}")), caption(t(f"feedback.gate_{name}_hint"))], spacing=0, expand=True
    )
    arrow = ft.Icons.EXPAND_LESS if opened else ft.Icons.EXPAND_MORE
    row = ft.Row([ft.Icon(icon, color=ft.Colors.SECONDARY), words, ft.Icon(arrow, color=Colour.QUIET)], spacing=Space.M)
    said = f"{t(f'feedback.gate_{name}')}. {t(f'feedback.gate_{name}_hint')}"
    head = one_button(said, ft.Container(row, padding=Space.L, ink=True), toggle, expanded=opened)
    parts: list[ft.Control] = [head]
    if inside is not None:
        parts.append(ft.Container(inside(), padding=ft.Padding.only(left=Space.L, right=Space.L, bottom=Space.L)))
    column = ft.Column(parts, spacing=0, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)
    return card(column, padding=0, key=f"door-{name}")


def _complaint(services: Services) -> ft.Control:
    t, province = services.text, services.province
    parts: list[ft.Control] = [body(t("feedback.gate_complaint_why"))]
    if province.complaints_name:
        parts.append(title(province.complaints_name, small=True))
    ways: list[ft.Control] = []
    if province.complaints_phone:
        ways.append(
            _link(t("action.call", number=province.complaints_phone), ft.Icons.CALL, _tel(province.complaints_phone))
        )
    if province.complaints_url:
        ways.append(_link(t("feedback.gate_website"), ft.Icons.OPEN_IN_NEW, province.complaints_url))
    if not ways:
        parts.append(body(t("feedback.gate_complaint_none", phone=province.contact_phone)))
        ways.append(_link(t("action.call", number=province.contact_phone), ft.Icons.CALL, _tel(province.contact_phone)))
    return _column([*parts, _wrapped(ways)])


def _dossier(services: Services) -> ft.Control:
    t, province = services.text, services.province
    ways: list[ft.Control]
    words = t("feedback.gate_dossier_open")
    if province.dossiers_url:
        ways = [_link(words, ft.Icons.OPEN_IN_NEW, province.dossiers_url)]
    else:
        ways = [secondary_button(words, lambda: services.go("/dossiers"), icon=ft.Icons.QR_CODE_SCANNER)]
    ways.append(
        secondary_button(
            t("feedback.gate_services"), lambda: services.go("/services"), icon=ft.Icons.DESCRIPTION_OUTLINED
        )
    )
    return _column([body(t("feedback.gate_dossier_why")), _wrapped(ways)])


def _systems(t: Text, choose: Callable[[str], None]) -> ft.Control:
    buttons = [secondary_button(t(f"feedback.system_{each}"), partial(choose, each)) for each in _SYSTEMS]
    return _column([body(t("feedback.gate_data_why")), _wrapped(buttons)])


def _link(words: str, icon: ft.IconData, url: str) -> ft.Control:
    """Make a button that the client itself follows, within the tap: a browser opens nothing later."""
    return secondary_button(words, None, icon=icon, action=ft.OpenUrl(url))


def _tel(phone: str) -> str:
    return "tel:" + phone.replace(" ", "").replace(".", "")


def _wrapped(buttons: Sequence[ft.Control]) -> ft.Control:
    return ft.Row(list(buttons), wrap=True, spacing=Space.S, run_spacing=Space.S)


def _column(parts: Sequence[ft.Control]) -> ft.Control:
    return ft.Column(list(parts), spacing=Space.M, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)
