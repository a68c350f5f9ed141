"""`/admin/offices/new` and `/admin/offices/edit/<code>`: all that is said of an office."""

import re
from collections.abc import Callable
from functools import partial

import flet as ft

from client.administration import office_api, office_hours, office_position
from client.administration.frame import admin_screen, column
from client.administration.office_position import Position
from client.administration.offices import HERE
from client.core.action import use_action
from client.core.api import Tagged
from client.core.context import use_services
from client.core.loading import use_loaded
from client.core.once import use_once
from client.core.store import Form, Values, use_form
from client.core.text import Text
from client.core.theme import Space, Tone
from client.offices import api as offices
from client.ui.forms import Choice, choice_chips, icon_button, link_button, primary_button, secondary_button, text_field
from client.ui.lists import card
from client.ui.search import live_search
from client.ui.states import error_line, faults_line, show, text_skeleton
from client.ui.text import caption, title
from shared.access import Permission
from shared.offices import Office, OfficeChange, OfficeDraft, OfficeKind
from shared.pages import Page
from shared.public_services import PlaceDetail, PlaceSummary

_CODE = 40
_CODE_SIGNS = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,39}")
_OFFERED = 6


@ft.component
def OfficeScreen() -> ft.Control:
    """Show the form, empty or filled with an office."""
    name = "office" if ft.use_route_params().get("code") else "office_add"
    return admin_screen(name, Permission.EDIT_NEWS, Editor, back=HERE)


@ft.component
def Editor() -> ft.Control:
    """Read the office that is to be changed, if there is one, and the names of the places that it serves."""
    services = use_services()
    code = ft.use_route_params().get("code", "")

    async def load() -> tuple[Tagged[Office] | None, list[PlaceDetail]]:
        if not code:
            return None, []
        found = await office_api.office(services.api, code)
        return found, await offices.places_of(services.api, found.value.serves)

    loaded = use_loaded(load, [code])
    return show(loaded, lambda found: ft.Container(OfficeForm(*found), key=f"form-{code}"), skeleton=text_skeleton)


@ft.component
def OfficeForm(known: Tagged[Office] | None, serves: list[PlaceDetail]) -> ft.Control:
    """Let an office be written."""
    services = use_services()
    t = services.text
    form = use_form(None, defaults(known.value if known else None, serves))
    once = use_once()

    async def work() -> Office:
        said = said_of(form.values)
        if known is None:
            draft = OfficeDraft.model_validate({**said, "code": form.get("code").strip()})
            return await office_api.add_office(services.api, draft, once.key(draft))
        change = OfficeChange.model_validate(said)
        return await office_api.change_office(services.api, known.value.code, change, known.etag)

    def saved(_: Office) -> None:
        services.tell(t("action.saved"), Tone.SUCCESS)
        services.go(HERE)

    save = use_action(work, done=saved, failed=form.fail)

    def submit() -> None:
        if form.check(problems(t, form.values, new=known is None)):
            save.start()

    about = [
        text_field(form, "name", t("admin.office_name")),
        *([text_field(form, "code", t("admin.office_code"), max_length=_CODE)] if known is None else []),
        title(t("admin.office_kind"), small=True),
        _kinds(t, form),
        text_field(form, "address", t("admin.office_address")),
        text_field(
            form,
            "phone",
            t("admin.office_phone"),
            helper=t("admin.office_phone_why"),
            keyboard=ft.KeyboardType.PHONE,
        ),
        text_field(form, "note", t("admin.office_note"), lines=2),
    ]
    done = ft.Row(
        [
            secondary_button(t("action.cancel"), lambda: services.go(HERE)),
            primary_button(t("action.save"), submit, icon=ft.Icons.CHECK, running=save.running),
        ],
        alignment=ft.MainAxisAlignment.END,
        spacing=Space.S,
    )
    parts = [column(about), office_hours.hours_fields(services, form), Serves(form), Position(form)]
    return column([*(card(part) for part in parts), error_line(t, save.error), faults_line(form), done])


def defaults(office: Office | None, serves: list[PlaceDetail]) -> Values:
    """Return what stands in the form at first; `serves` is code → name."""
    return {
        "code": "",
        "name": office.name if office else "",
        "kind": office.kind if office else OfficeKind.ONE_STOP,
        "address": office.address if office else "",
        "phone": office.phone if office else "",
        "note": office.note if office else "",
        "lat": office_position.text_of(office.lat if office else None),
        "lon": office_position.text_of(office.lon if office else None),
        "serves": {place.code: place.name for place in serves},
        **office_hours.texts(office.hours if office else []),
    }


def said_of(values: Values) -> Values:
    """Return the fields of an office as the form has them; `problems` must have found none."""
    plain = ("name", "kind", "address", "phone", "note")
    lat, lon = office_position.point(values) or (None, None)
    rest = {"lat": lat, "lon": lon, "hours": office_hours.read(values), "serves": list(values["serves"])}
    return {**{name: values[name] for name in plain}, **rest}


def problems(t: Text, values: Values, *, new: bool) -> dict[str, str | None]:
    """Say what is wrong at each field; only a new office has a code to be chosen."""
    fits = not new or _CODE_SIGNS.fullmatch(str(values["code"]).strip())
    return {
        "code": None if fits else t("admin.office_code_wrong"),
        "name": None if str(values["name"]).strip() else t("admin.office_need_name"),
        **office_hours.problems(t, values),
        **office_position.problems(t, values),
    }


def _kinds(t: Text, form: Form) -> ft.Control:
    choices = [Choice(each.value, t(f"offices.kind_{each}")) for each in OfficeKind]
    return choice_chips(choices, form.get("kind"), lambda value: form.set("kind", value))


@ft.component
def Serves(form: Form) -> ft.Control:
    """Let the places be chosen whose people go there: by any name, old ones too."""
    services = use_services()
    t = services.text
    question, ask = ft.use_state("")

    async def search() -> Page[PlaceSummary]:
        if not question:
            return Page[PlaceSummary](items=[], next_cursor=None)
        return await offices.places(services.api, question)

    found = use_loaded(search, [question])
    chosen: dict[str, str] = form.get("serves")

    def add(code: str, name: str) -> None:
        form.set("serves", {**chosen, code: name})
        ask("")

    def drop(code: str) -> None:
        form.set("serves", {each: name for each, name in chosen.items() if each != code})

    rows = [_chosen(t, name, partial(drop, code)) for code, name in chosen.items()]
    lines: list[ft.Control] = [title(t("admin.office_serves"), small=True)]
    lines += rows or [caption(t("admin.office_serves_none"))]
    if form.error("serves"):
        lines.append(caption(form.error("serves") or "", color=ft.Colors.ERROR))
    lines.append(live_search(t("admin.office_serves_find"), question, ask))
    if question and found.value is not None:
        lines += _offered(found.value, chosen, add)
    return column(lines, spacing=Space.S)


def _offered(page: Page[PlaceSummary], chosen: dict[str, str], add: Callable[[str, str], None]) -> list[ft.Control]:
    names: dict[str, str] = {}
    for place in page.items:
        for now in [place] if place.current else place.became:
            names.setdefault(now.code, now.name)
    return [
        ft.Row([link_button(name, partial(add, code, name), icon=ft.Icons.ADD)])
        for code, name in list(names.items())[:_OFFERED]
        if code not in chosen
    ]


def _chosen(t: Text, name: str, drop: Callable[[], None]) -> ft.Control:
    button = icon_button(ft.Icons.CLOSE, t("admin.office_serves_remove", name=name), drop)
    return ft.Row([ft.Container(title(name, small=True), expand=True), button], spacing=Space.S)
