"""One dossier: where it stands, what to do, by when, what has happened, and how old that news is."""

from collections.abc import Callable, Sequence

import flet as ft

from client.core.services import Services
from client.core.text import Text
from client.core.theme import Colour, Radius, Size, Space, Tone, tone_colours
from client.dossiers.due import (
    Timing,
    began_words,
    due_why,
    due_words,
    first_due_words,
    new_due_words,
    next_key,
    timing,
    waits_past_a_date,
    when_words,
)
from client.dossiers.events import state_look
from client.dossiers.progress import progress_line
from client.ui.forms import call_button, icon_button, link_button, secondary_button
from client.ui.lists import card, section
from client.ui.states import notice
from client.ui.status import Step, status_chip, timeline
from client.ui.text import banner, body, caption, title
from shared.dossiers import Dossier, DossierState, DossierStep, MissingPaper

PORTAL = "https://dichvucong.gov.vn"

_TIMING = {
    Timing.RUNNING: (ft.Icons.SCHEDULE, Tone.NEUTRAL),
    Timing.OVERDUE: (ft.Icons.HOURGLASS_BOTTOM, Tone.WARNING),
    Timing.LATE: (ft.Icons.HISTORY, Tone.DANGER),
    Timing.PAUSED: (ft.Icons.PAUSE_CIRCLE_OUTLINE, Tone.WARNING),
    Timing.ON_TIME: (ft.Icons.SCHEDULE, Tone.SUCCESS),
}
_EXPLAINED = {DossierState.NOT_RECEIVED, DossierState.PAYMENT_WANTED, DossierState.STOPPED}
_TO_THE_PORTAL = {DossierState.PAPERS_WANTED, DossierState.PAYMENT_WANTED}


def dossier_view(services: Services, dossier: Dossier, age: ft.Control, follow: ft.Control) -> ft.Control:
    """Lay one dossier out; `age` says how old all this is. On a desktop what is seldom read stands beside the rest."""
    t = services.text
    head: list[ft.Control] = [*_stale(t, dossier), _head(t, dossier, age)]
    told = [
        *_late(services, dossier),
        _next(services, dossier),
        *_missing(services, dossier),
        card(_column([progress_line(t, dossier), ft.Divider(height=1, color=Colour.CARD_BORDER), _dates(t, dossier)])),
    ]
    story = (
        section(t("dossiers.history"), [_story(t, dossier)]) if dossier.history else caption(t("dossiers.no_history"))
    )
    facts = _facts(services, dossier)
    if not services.desktop:
        return _column([*head, *told, follow, story, facts])
    main = ft.Container(_column([*head, *told, story]), expand=3)
    side = ft.Container(_column([follow, facts]), expand=2)
    return ft.Row([main, side], spacing=Space.XL, vertical_alignment=ft.CrossAxisAlignment.START)


def _column(parts: Sequence[ft.Control], spacing: int = Space.L) -> ft.Control:
    return ft.Column(list(parts), spacing=spacing, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)


def _stale(t: Text, dossier: Dossier) -> list[ft.Control]:
    if not dossier.stale:
        return []
    when = when_words(t, dossier.fetched_at)
    return [notice(ft.Icons.CLOUD_OFF_OUTLINED, t("dossiers.stale"), t("dossiers.stale_why", when=when), Tone.WARNING)]


def _head(t: Text, dossier: Dossier, age: ft.Control) -> ft.Control:
    """Name the dossier: what it asks for, where it stands, and how old that is."""
    look = state_look(dossier.state)
    chips = [status_chip(look.icon, t(f"dossiers.state_{dossier.state.value}"), look.tone)]
    stands = timing(dossier)
    if stands is not None:
        icon, tone = _TIMING[stands]
        chips.append(status_chip(icon, t(f"dossiers.timing_{stands.value}"), tone))
    return _column(
        [
            caption(dossier.code),
            ft.Semantics(header=True, content=banner(dossier.procedure_name)),
            ft.Row(chips, spacing=Space.S, run_spacing=Space.S, wrap=True),
            age,
        ],
        Space.S,
    )


def refresh_line(t: Text, dossier: Dossier, reload: Callable[[], None], *, running: bool) -> ft.Control:
    """Say when the source last told all this, with the button that asks it again."""
    said = caption(t("dossiers.updated", when=t.ago(dossier.fetched_at)))
    again = icon_button(ft.Icons.REFRESH, t("action.refresh"), reload, disabled=running)
    line = ft.Semantics(live_region=True, content=said)
    return ft.Row([line, again], spacing=0, vertical_alignment=ft.CrossAxisAlignment.CENTER)


def _next(services: Services, dossier: Dossier) -> ft.Control:
    """Say what the state means and what to do, with the way to do it."""
    t = services.text
    state = dossier.state
    look = state_look(state)
    ink, ground = tone_colours(look.tone)
    sign = ft.Container(
        ft.Icon(look.icon, color=ink, size=Size.ICON), bgcolor=ground, border_radius=Radius.M, padding=Space.M
    )
    lines: list[ft.Control] = [
        title(t(f"dossiers.means_{state.value}")),
        body(t(next_key(dossier)), color=Colour.QUIET),
    ]
    head = ft.Row(
        [sign, ft.Column(lines, spacing=Space.XS, expand=True)],
        spacing=Space.M,
        vertical_alignment=ft.CrossAxisAlignment.START,
    )
    parts: list[ft.Control] = [head, *_reason(t, dossier)]
    ways = [] if dossier.missing else _call(services, dossier)
    if ways and dossier.contact.name:
        parts.append(caption(t("dossiers.ask_who", name=dossier.contact.name)))
    if state in _TO_THE_PORTAL:
        ways.append(
            secondary_button(
                t("dossiers.portal"),
                None,
                icon=ft.Icons.OPEN_IN_NEW,
                action=ft.OpenUrl(PORTAL, target=ft.UrlTarget.BLANK),
            )
        )
    return card(_column([*parts, *([_wrapped(ways)] if ways else [])], Space.M))


def _reason(t: Text, dossier: Dossier) -> list[ft.Control]:
    """Quote what the office wrote where the state alone does not say what to do."""
    note = dossier.history[-1].note if dossier.history and dossier.state in _EXPLAINED else ""
    if not note:
        return []
    said = ft.Column([caption(t("dossiers.said")), body(note)], spacing=2)
    return [ft.Container(said, bgcolor=ft.Colors.SURFACE_CONTAINER_HIGH, border_radius=Radius.M, padding=Space.M)]


def _call(services: Services, dossier: Dossier) -> list[ft.Control]:
    """Return the button that calls whoever the source names; past a date, the province's line where it names nobody."""
    phone = dossier.contact.phone
    if not phone and waits_past_a_date(dossier):
        phone = services.province.contact_phone
    return [call_button(services.text, phone)] if phone else []


def _wrapped(buttons: Sequence[ft.Control]) -> ft.Control:
    return ft.Row(list(buttons), wrap=True, spacing=Space.S, run_spacing=Space.S)


def _late(services: Services, dossier: Dossier) -> list[ft.Control]:
    """Show the agency's apology, the date that was missed and the new one."""
    t, late = services.text, dossier.late
    if late is None:
        return []
    ink, _ = tone_colours(Tone.DANGER)
    dates = [first_due_words(t, dossier), new_due_words(t, dossier)]
    extra: list[ft.Control] = [title(words, color=ink, small=True) for words in dates if words]
    return [
        notice(ft.Icons.HISTORY, t("dossiers.late"), late.apology or t("dossiers.late_no_words"), Tone.DANGER, extra)
    ]


def _missing(services: Services, dossier: Dossier) -> list[ft.Control]:
    """List the papers that are wanted, each with its field and why, and whom to call about them."""
    if not dossier.missing:
        return []
    t = services.text
    papers = [_paper(t, paper) for paper in dossier.missing]
    ways = _call(services, dossier)
    who = dossier.contact.name
    parts: list[ft.Control] = [title(t("dossiers.missing", n=len(dossier.missing))), *papers]
    if ways:
        parts.append(caption(t("dossiers.ask_who", name=who) if who else t("dossiers.ask")))
        parts.append(_wrapped(ways))
    return [card(_column(parts, Space.M))]


def _paper(t: Text, paper: MissingPaper) -> ft.Control:
    ink, ground = tone_colours(Tone.WARNING)
    lines: list[ft.Control] = [title(paper.paper or t("dossiers.paper"), small=True)]
    if paper.field:
        lines.append(body(t("dossiers.paper_field", name=paper.field)))
    if paper.reason:
        lines.append(body(paper.reason, color=Colour.QUIET))
    sign = ft.Container(
        ft.Icon(ft.Icons.DESCRIPTION_OUTLINED, color=ink, size=Size.ICON_S),
        bgcolor=ground,
        border_radius=Radius.S,
        padding=Space.S,
    )
    return ft.Row(
        [sign, ft.Column(lines, spacing=2, expand=True)],
        spacing=Space.M,
        vertical_alignment=ft.CrossAxisAlignment.START,
    )


def _dates(t: Text, dossier: Dossier) -> ft.Control:
    parts = [_date(*began_words(t, dossier), "")]
    due = due_words(t, dossier)
    if due:
        again = dossier.late is not None and dossier.late.new_due_at is not None
        word = t("dossiers.due_again" if again else "dossiers.due_at")
        if dossier.finished_at is not None:
            word = t("dossiers.finished_at")
        parts.append(_date(word, due, due_why(t, dossier), tone=Tone.WARNING if dossier.paused else Tone.NEUTRAL))
    return ft.Row(parts, spacing=Space.L, vertical_alignment=ft.CrossAxisAlignment.START)


def _date(words: str, when: str, why: str, tone: Tone = Tone.NEUTRAL) -> ft.Control:
    ink, _ = tone_colours(tone)
    lines: list[ft.Control] = [caption(words), title(when[:1].upper() + when[1:], small=True)]
    if why:
        lines.append(caption(why, color=ink))
    return ft.Column(lines, spacing=2, expand=True)


def _story(t: Text, dossier: Dossier) -> ft.Control:
    return timeline([_step(t, step) for step in reversed(dossier.history)])


def _step(t: Text, step: DossierStep) -> Step:
    look = state_look(step.state)
    detail = [body(step.note, color=Colour.QUIET)] if step.note else []
    return Step(look.icon, look.tone, t(f"dossiers.state_{step.state.value}"), when_words(t, step.at), detail)


def _facts(services: Services, dossier: Dossier) -> ft.Control:
    """Show what identifies the dossier, and where all this was taken from."""
    t = services.text

    def copied() -> None:
        services.tell(t("dossiers.copied"), Tone.SUCCESS)

    copy = icon_button(ft.Icons.CONTENT_COPY, t("dossiers.copy"), copied, action=ft.CopyToClipboard(dossier.code))
    rows = [
        ft.Row([_fact(t("dossiers.code"), dossier.code), copy]),
        _fact(t("dossiers.applicant"), dossier.applicant, t("dossiers.applicant_why")),
        _fact(t("dossiers.agency"), dossier.agency or t("dossiers.unsaid")),
        _fact(t("dossiers.source"), dossier.source, t("dossiers.source_at", when=when_words(t, dossier.fetched_at))),
    ]
    if dossier.procedure_code:
        to = f"/procedures/{dossier.procedure_code}"
        rows.append(
            ft.Row([link_button(t("dossiers.procedure"), lambda: services.go(to), icon=ft.Icons.DESCRIPTION_OUTLINED)])
        )
    return section(t("dossiers.facts"), [card(_column(rows, Space.M))])


def _fact(words: str, said: str, why: str = "") -> ft.Control:
    lines: list[ft.Control] = [caption(words), body(said)]
    if why:
        lines.append(caption(why))
    return ft.Column(lines, spacing=2, expand=True)
