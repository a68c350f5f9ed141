"""The fields of a move: unit, reason, day, photos of the result, the other case, and words."""

from collections.abc import Callable
from datetime import date, timedelta

import flet as ft

from client.core.context import use_services
from client.core.loading import use_loaded
from client.core.services import Services
from client.core.store import Form
from client.core.theme import Space
from client.feedback import desk_api
from client.feedback.desk_panel import Focus
from client.feedback.desk_ties import NearbyField
from client.feedback.desk_wishes import as_day, tomorrow
from client.ui.choosing import search_choices
from client.ui.days import use_day
from client.ui.forms import Choice, choice_chips, text_field
from client.ui.photos import Photos, photo_picker
from client.ui.states import bone, failure, show
from client.ui.text import body, caption, label
from shared.case_states import MoveKind
from shared.feedback import DeskDetail, Template

_DAYS_AHEAD = 365
_MAX = 5_000


def move_fields(
    services: Services, kind: MoveKind, case: DeskDetail, form: Form, photos: Photos, focus: Focus
) -> list[ft.Control]:
    """Return the fields that this move needs, in the order in which one thinks of them."""
    fields: list[ft.Control] = []
    if kind in (MoveKind.ASSIGN, MoveKind.TRANSFER):
        fields.append(UnitField(form, form.get("unit"), form.error("unit"), focus))
    if kind is MoveKind.REFUSE:
        fields.append(ReasonField(form, form.get("reason_code"), form.error("reason_code")))
    if kind is MoveKind.PLAN:
        fields.append(DayField(form, form.get("date"), form.error("date")))
    if kind is MoveKind.MERGE:
        t = services.text
        fields.append(ft.Container(NearbyField(case, form, form.get("into")), key="nearby"))
        into = text_field(form, "into", t("desk.into"), hint=t("desk.into_hint"), icon=ft.Icons.MERGE)
        fields.append(focus.watch(into))
    if kind is not MoveKind.ASSIGN:
        words = text_field(form, "text", services.text(f"desk.text_{kind}"), lines=2, max_length=_MAX)
        words.counter = ""
        words.align_label_with_hint = True
        focus.watch(words)
        if kind not in (MoveKind.TRANSFER, MoveKind.REFUSE):
            focus.first = words
        fields.append(words)
    if kind is MoveKind.RESOLVE:
        fields.append(_with_error(photo_picker(photos, words=services.text("desk.add_proof")), form.error("files")))
    return fields


def _with_error(control: ft.Control, error: str | None) -> ft.Control:
    if error is None:
        return control
    return ft.Column(
        [control, ft.Semantics(live_region=True, content=caption(error, color=ft.Colors.ERROR))],
        spacing=Space.XS,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
    )


@ft.component
def UnitField(form: Form, chosen: str, error: str | None, focus: Focus) -> ft.Control:
    """Find a unit by a few letters, with or without marks, and choose it."""
    services = use_services()
    units = use_loaded(lambda: desk_api.units(services.api), [])

    def first(box: ft.TextField) -> None:
        focus.first = focus.watch(box)

    if units.failed and units.error is not None:
        return failure(services, services.text, units.error, units.reload)
    return search_choices(
        services.text("desk.find_unit"),
        None if units.value is None else [Choice(unit.code, unit.name) for unit in units.value],
        chosen,
        lambda code: form.set("unit", code),
        name="unit",
        error=error,
        watch=first,
    )


@ft.component
def ReasonField(form: Form, chosen: str, error: str | None) -> ft.Control:
    """Choose a reason from the list; its words go into the text, to be completed."""
    services = use_services()
    templates = use_loaded(lambda: desk_api.templates(services.api), [])

    def ready(known: list[Template]) -> ft.Control:
        texts = {each.code: each.text for each in known}

        def pick(code: str) -> None:
            typed = str(form.get("text")).strip()
            if not typed or typed in {text.strip() for text in texts.values()}:
                form.typed("text", texts[code].strip())
            form.set("reason_code", code)

        rows: list[ft.Control] = [_reason(each, pick) for each in known]
        return ft.RadioGroup(
            value=chosen or None,
            content=ft.Column(rows, spacing=0),
            on_change=lambda e: pick(str(e.control.value)),
        )

    lines = [label(services.text("desk.reason")), show(templates, ready, skeleton=lambda: bone(96))]
    return _with_error(ft.Column(lines, spacing=Space.XS), error)


def _reason(template: Template, pick: Callable[[str], None]) -> ft.Control:
    """Make a row of a choice whose words may need two lines."""
    words = ft.Container(body(template.text.strip()), expand=True, on_click=lambda _: pick(template.code))
    return ft.MergeSemantics(content=ft.Row([ft.Radio(value=template.code), words], spacing=Space.XS))


@ft.component
def DayField(form: Form, chosen: str, error: str | None) -> ft.Control:
    """Choose a day ahead: one of the usual ones, or any from a calendar."""
    services = use_services()
    t = services.text
    first = tomorrow()

    def pick(day: date) -> None:
        form.set("date", day.isoformat())

    calendar = use_day(as_day(chosen) or first, pick, first=first, last=first + timedelta(days=_DAYS_AHEAD))
    quick = {
        first.isoformat(): t("desk.tomorrow"),
        (first + timedelta(days=2)).isoformat(): t("desk.in_days", n=3),
        (first + timedelta(days=6)).isoformat(): t("desk.in_week"),
    }
    choices = [Choice(value, f"{words} ({t.date(date.fromisoformat(value))[:5]})") for value, words in quick.items()]
    day = as_day(chosen)
    other = t.weekday_date(day) if day is not None and chosen not in quick else t("desk.other_day")
    choices.append(Choice(chosen if day is not None and chosen not in quick else "other", other, ft.Icons.EVENT))

    def choose(value: str) -> None:
        if value in quick:
            pick(date.fromisoformat(value))
        else:
            calendar()

    return _with_error(choice_chips(choices, chosen, choose), error)
