"""What binds a case to others: the one it was joined to, those joined to it, and near ones that may be the same."""

from collections.abc import Sequence

import flet as ft

from client.core.context import use_services
from client.core.loading import use_loaded
from client.core.services import Services
from client.core.store import Form
from client.core.theme import Colour, Radius, Size, Space, Tone, tone_colours
from client.feedback import desk_api
from client.feedback.states import state_chip
from client.ui.forms import link_button
from client.ui.lists import card
from client.ui.media import picture
from client.ui.states import bone, show
from client.ui.text import body, caption, label, title
from shared.feedback import DeskDetail
from shared.public_feedback import NearbyCase

_SHOWN = 4
_THUMB = 52


def ties(services: Services, case: DeskDetail) -> list[ft.Control]:
    """Say to which case this one was joined, and which were joined to it; nothing where it stands alone."""
    t = services.text
    lines: list[ft.Control] = []
    if case.merged_into is not None:
        lines.append(_tie(services, t("desk.merged_into"), [case.merged_into]))
    if case.merged:
        lines.append(_tie(services, t("desk.merged", n=len(case.merged)), case.merged))
    return lines


def _tie(services: Services, words: str, codes: Sequence[str]) -> ft.Control:
    ink, ground = tone_colours(Tone.INFO)
    cells: list[ft.Control] = [ft.Icon(ft.Icons.MERGE, color=ink, size=Size.ICON_S), body(words, color=ink)]
    cells += [case_link(services, code) for code in codes]
    row = ft.Row(cells, spacing=Space.S, run_spacing=0, wrap=True, vertical_alignment=ft.CrossAxisAlignment.CENTER)
    return ft.Container(row, bgcolor=ground, border_radius=Radius.M, padding=ft.Padding.symmetric(horizontal=Space.M))


def case_link(services: Services, code: str) -> ft.Control:
    """Lead to another case at the desk."""
    return link_button(code, lambda: services.go(f"/desk/{code}"))


@ft.component
def NearbyField(case: DeskDetail, form: Form, chosen: str) -> ft.Control:
    """Offer near cases with like words to join this one to; what is chosen stands in the field `into`."""
    services = use_services()
    t = services.text
    found = use_loaded(lambda: desk_api.nearby(services.api, case.lat, case.lon, case.title), [case.code])

    def ready(cases: list[NearbyCase]) -> ft.Control:
        others = [each for each in cases if each.code != case.code][:_SHOWN]
        if not others:
            return caption(t("desk.nearby_none"))
        rows = [_near(services, each, form, chosen=each.code == chosen) for each in others]
        return ft.Column(
            [label(t("desk.nearby")), *rows], spacing=Space.S, horizontal_alignment=ft.CrossAxisAlignment.STRETCH
        )

    if found.failed:
        # What is near only helps; the code can still be typed.
        return caption(t("desk.nearby_failed"))
    return show(found, ready, skeleton=lambda: bone(Size.THUMB))


def _near(services: Services, near: NearbyCase, form: Form, *, chosen: bool) -> ft.Control:
    t = services.text
    distance = t("desk.metres", n=near.distance_m)
    facts: list[ft.Control] = [caption(f"{distance} · {t.ago(near.created_at)} · {near.code}")]
    words = ft.Column([title(near.title, small=True, max_lines=1), *facts], spacing=Space.XS, expand=True)
    thumb = picture(services, near.thumb_url, near.title, width=_THUMB, height=_THUMB)
    cells: list[ft.Control] = [thumb, words]
    if services.wide:
        cells.append(state_chip(t, near.status))
    sign = ft.Icons.RADIO_BUTTON_CHECKED if chosen else ft.Icons.RADIO_BUTTON_UNCHECKED
    cells.append(ft.Icon(sign, color=ft.Colors.PRIMARY if chosen else Colour.QUIET))
    return card(
        ft.Row(cells, spacing=Space.M),
        on_click=lambda: form.set("into", near.code),
        label=t("desk.nearby_choose", title=near.title, distance=distance),
        padding=Space.S,
        selected=chosen,
        key=f"near-{near.code}",
    )
