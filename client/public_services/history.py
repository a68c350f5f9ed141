"""What became of a procedure: a quiet section at the foot of its page, and a clear word when it is no longer valid."""

import flet as ft

from client.core.context import use_services
from client.core.services import Services
from client.core.theme import Colour, Size, Space, Tone
from client.public_services import api, pieces
from client.ui.forms import link_button
from client.ui.lists import use_pages
from client.ui.text import body, caption
from shared.procedure_sync import HistoryEntry, HistoryKind, HistoryPart
from shared.public_services import ProcedureDetail

_MOST_PARTS = 4


def withdrawn_note(services: Services, procedure: ProcedureDetail) -> list[ft.Control]:
    """Say that a procedure is no longer valid, and since when; nothing for one that is."""
    if procedure.withdrawn_at is None:
        return []
    t = services.text
    words = t("public_services.withdrawn", date=t.date(procedure.withdrawn_at.date()))
    return [pieces.note(words, [body(t("public_services.withdrawn_why"))], Tone.DANGER)]


@ft.component
def history_section(code: str) -> ft.Control:
    """Show what changed in a procedure, newest first; nothing while it is as it came."""
    services = use_services()
    t = services.text
    pages = use_pages(lambda cursor: api.history(services.api, code, cursor), [code])
    if all(entry.kind is HistoryKind.ADDED for entry in pages.items) and not pages.more:
        # The page is whole without it, also where it cannot be had.
        return ft.Container(visible=False)
    lines: list[ft.Control] = [_entry(services, entry) for entry in pages.items]
    if pages.more:
        lines.append(ft.Row([link_button(t("action.more"), pages.load_more, icon=ft.Icons.EXPAND_MORE)]))
    return pieces.block(t("public_services.history"), ft.Icons.HISTORY, lines)


def _entry(services: Services, entry: HistoryEntry) -> ft.Control:
    t = services.text
    date = t.date(entry.at.date())
    names = [t(f"public_services.part_{part.part}") for part in entry.parts]
    shown = ", ".join(names[:_MOST_PARTS]) + (f" +{len(names) - _MOST_PARTS}" if len(names) > _MOST_PARTS else "")
    said = body(t(f"public_services.history_{entry.kind}", date=date, parts=shown))
    told = [_part(services, part) for part in entry.parts if part.old is not None and part.new is not None]
    sign = ft.Icon(_SIGNS[entry.kind], size=Size.ICON_S, color=Colour.QUIET)
    words = ft.Column([said, *told], spacing=Space.S, expand=True)
    return ft.Row([sign, words], spacing=Space.M, vertical_alignment=ft.CrossAxisAlignment.START)


_SIGNS = {
    HistoryKind.ADDED: ft.Icons.ADD,
    HistoryKind.CHANGED: ft.Icons.EDIT_NOTE,
    HistoryKind.WITHDRAWN: ft.Icons.BLOCK,
    HistoryKind.RETURNED: ft.Icons.RESTORE,
}


def _part(services: Services, part: HistoryPart) -> ft.Control:
    t = services.text
    nothing = t("public_services.history_nothing")
    lines: list[ft.Control] = [caption(_capital(t(f"public_services.part_{part.part}")))]
    for name, said in (("old", part.old), ("new", part.new)):
        words = "; ".join((said or nothing).splitlines())
        lines.append(body(f"{t(f'public_services.history_{name}')}: {words}", color=Colour.QUIET))
    return ft.Column(lines, spacing=2)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
