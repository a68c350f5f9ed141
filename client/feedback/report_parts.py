"""The steps of the report form."""

from collections.abc import Callable, Sequence

import flet as ft

from client.core.context import use_services
from client.core.loading import use_loaded
from client.core.services import Services
from client.core.store import Form
from client.core.text import Text
from client.core.theme import EASY_SCALE, Radius, Size, Space, Tone, tone_colours
from client.feedback import api
from client.feedback.case_card import category_icon
from client.ui.forms import link_button, secondary_button, text_field
from client.ui.lists import card
from client.ui.maps import place_picker
from client.ui.photos import Photos, photo_picker
from client.ui.states import bone, show
from client.ui.text import body, caption, heading, label, title
from shared.feedback import Category
from shared.files import Position

_LONGEST_ADDRESS = 300
_TILE = 96
_TILE_COLUMNS: dict[str | ft.ResponsiveRowBreakpoint, int | float] = {"xs": 4, "sm": 3, "md": 3, "xl": 2}
_EASY_COLUMNS: dict[str | ft.ResponsiveRowBreakpoint, int | float] = {"xs": 6, "sm": 4, "xl": 3}
_EMERGENCY = ("113", "114", "115", "112")


def step(
    number: int, words: str, controls: Sequence[ft.Control], *, why: str = "", trouble: str | None = None
) -> ft.Control:
    """Put one question of the form on a card, with its number and what is wrong with the answer."""
    ink, ground = tone_colours(Tone.ACCENT)
    sign = ft.Container(
        label(str(number), color=ink),
        width=Size.ICON_L,
        height=Size.ICON_L,
        bgcolor=ground,
        border_radius=Radius.PILL,
        alignment=ft.Alignment.CENTER,
    )
    head = ft.Row([sign, ft.Container(heading(words), expand=True)], spacing=Space.M)
    parts: list[ft.Control] = [head]
    if why:
        parts.append(caption(why))
    parts += controls
    if trouble:
        parts.append(wrong(trouble))
    return card(ft.Column(parts, spacing=Space.M, horizontal_alignment=ft.CrossAxisAlignment.STRETCH))


def wrong(words: str) -> ft.Control:
    """Say at a field what is wrong with it."""
    row = ft.Row(
        [
            ft.Icon(ft.Icons.ERROR_OUTLINE, size=Size.ICON_S, color=ft.Colors.ERROR),
            ft.Container(body(words, color=ft.Colors.ERROR), expand=True),
        ],
        spacing=Space.S,
    )
    return ft.Semantics(live_region=True, content=row)


def emergency(t: Text, *, easy: bool) -> ft.Control:
    """Send those in danger to the telephone: a report is read in hours, not seconds."""
    ink, ground = tone_colours(Tone.DANGER)
    calls = [_call(t, number) for number in _EMERGENCY]
    rows = [calls[:2], calls[2:]] if easy else [calls]
    head = ft.Row(
        [
            ft.Icon(ft.Icons.EMERGENCY_OUTLINED, color=ink),
            ft.Container(title(t("feedback.emergency"), color=ink, small=True), expand=True),
        ],
        spacing=Space.S,
    )
    return ft.Container(
        ft.Column([head, *(ft.Row(list(row), spacing=Space.S) for row in rows)], spacing=Space.S),
        bgcolor=ground,
        border_radius=Radius.L,
        padding=Space.M,
    )


def _call(t: Text, number: str) -> ft.Control:
    ink, _ = tone_colours(Tone.DANGER)
    words = ft.Column(
        [title(number, color=ink), label(t(f"feedback.call_{number}"), color=ink)],
        spacing=0,
        tight=True,
        horizontal_alignment=ft.CrossAxisAlignment.CENTER,
    )
    return ft.OutlinedButton(
        content=words,
        tooltip=t("action.call", number=number),
        style=ft.ButtonStyle(
            shape=ft.RoundedRectangleBorder(radius=Radius.M), side=ft.BorderSide(1, ink), padding=Space.S
        ),
        on_click=_nothing,
        action=ft.OpenUrl(f"tel:{number}"),
        expand=True,
    )


def _nothing() -> None:
    """The client dials by itself, within the tap."""


def photo_step(services: Services, photos: Photos, trouble: str | None, sign_in: Callable[[], None]) -> ft.Control:
    """Ask for photos; without an account they have nowhere to go, so signing in comes first."""
    t = services.text
    words = t("feedback.photos_add")
    if services.session.account is None:
        asked: list[ft.Control] = [ft.Row([secondary_button(words, sign_in, icon=ft.Icons.ADD_A_PHOTO_OUTLINED)])]
    else:
        asked = [photo_picker(photos, words=words)]
        asked += [
            wrong(t("feedback.photo_trouble", name=photo.name, why=photo.trouble))
            for photo in photos.items
            if photo.trouble
        ]
    return step(1, t("feedback.photos"), asked, why=t("feedback.photos_why"), trouble=trouble)


@ft.component
def category_step(form: Form, chosen: str, trouble: str | None) -> ft.Control:
    """Ask what it is about: large tiles, of which the chosen one alone stays.

    A component is drawn again when its arguments change, so the field's value and trouble come as such.
    """
    services = use_services()
    t = services.text
    loaded = use_loaded(lambda: api.categories(services.api), [])
    changing, set_changing = ft.use_state(False)

    def choose(code: str) -> None:
        set_changing(False)
        form.set("category", code)

    def ready(categories: list[Category]) -> ft.Control:
        known = next((each for each in categories if each.code == chosen), None)
        if known is not None and not changing:
            return _chosen(t, known, lambda: set_changing(True))
        tiles = [_tile(services, each, choose, selected=each.code == chosen) for each in categories]
        return ft.ResponsiveRow(tiles, spacing=Space.S, run_spacing=Space.S)

    body_of = show(loaded, ready, skeleton=lambda: bone(_TILE * 2, radius=Radius.M))
    return step(2, t("feedback.category"), [body_of], trouble=trouble)


def _tile(services: Services, category: Category, choose: Callable[[str], None], *, selected: bool) -> ft.Control:
    easy = services.preferences.easy
    name = label(category.name, max_lines=3)
    name.text_align = ft.TextAlign.CENTER
    column = ft.Column(
        [ft.Icon(category_icon(category.icon), color=ft.Colors.PRIMARY, size=Size.ICON_L - Space.XS), name],
        spacing=Space.XS,
        horizontal_alignment=ft.CrossAxisAlignment.CENTER,
        alignment=ft.MainAxisAlignment.CENTER,
    )
    return ft.Container(
        card(
            ft.Container(
                column, height=round((EASY_SCALE if easy else 1) * _TILE) - 2 * Space.S, alignment=ft.Alignment.CENTER
            ),
            on_click=lambda: choose(category.code),
            label=category.name,
            padding=Space.S,
            selected=selected,
            key=f"category-{category.code}",
        ),
        col=_EASY_COLUMNS if easy else _TILE_COLUMNS,
    )


def _chosen(t: Text, category: Category, change: Callable[[], None]) -> ft.Control:
    ink, ground = tone_colours(Tone.ACCENT)
    words = ft.Container(title(category.name, color=ink), expand=True)
    row = ft.Row(
        [
            ft.Icon(category_icon(category.icon), color=ink),
            words,
            link_button(t("feedback.category_change"), change),
        ],
        spacing=Space.M,
    )
    return ft.Container(
        row,
        bgcolor=ground,
        border_radius=Radius.M,
        padding=ft.Padding.only(left=Space.L, top=Space.XS, bottom=Space.XS),
    )


def place_step(t: Text, form: Form, taken: Position | None, *, data: bool) -> ft.Control:
    """Ask where: a tap on the map, the photo's or the device's position, and words for those who go there."""

    def pick(lat: float, lon: float) -> None:
        form.typed("lat", lat)
        form.set("lon", lon)

    here = (form.get("lat"), form.get("lon"))
    use = secondary_button(
        t("feedback.photo_place"),
        lambda: pick(round(taken.lat, 6), round(taken.lon, 6)) if taken else None,
        icon=ft.Icons.ADD_PHOTO_ALTERNATE_OUTLINED,
    )
    offered = taken is not None and here != (round(taken.lat, 6), round(taken.lon, 6))
    # The map looks at a pin where it begins: one that came from elsewhere is a map of its own.
    picker = ft.Container(place_picker(*here, pick), key="place-photo" if taken and not offered else "place")
    trouble = form.error("lat") or form.error("lon")
    address = text_field(
        form,
        "address",
        t("feedback.address"),
        hint=t("feedback.address_hint"),
        icon=ft.Icons.SIGNPOST_OUTLINED,
        max_length=_LONGEST_ADDRESS,
        autofill=ft.AutofillHint.FULL_STREET_ADDRESS,
    )
    map_first: list[ft.Control] = [*([ft.Row([use])] if offered else []), picker]
    if trouble:
        map_first.append(wrong(trouble))
    return step(4, t("feedback.place"), [*map_first, address], why=t("feedback.home_place_why") if data else "")
