"""Papers of a dossier, case by case, with originals, copies and forms."""

from collections.abc import Sequence
from functools import partial

import flet as ft

from client.core.context import use_text
from client.core.services import Services
from client.core.text import Text
from client.core.theme import Colour, Size, Space, Tone
from client.public_services import pieces
from client.ui.forms import link_button
from client.ui.status import status_chip
from client.ui.text import body, title
from shared.public_services import ProcedureDetail, RequiredDocument

_FIRST = 8
_FORM_NAME = 12
"""A shorter "name" is the end of one that the source has broken."""


def by_case(documents: Sequence[RequiredDocument]) -> dict[str, list[RequiredDocument]]:
    """Put papers under the situation that needs them, in the order in which the source names them."""
    cases: dict[str, list[RequiredDocument]] = {}
    for document in documents:
        cases.setdefault(document.case.strip(" *-:.\n"), []).append(document)
    return cases


def documents_block(services: Services, procedure: ProcedureDetail) -> ft.Control:
    """Show the papers; when there are several cases, each opens by itself."""
    t = services.text
    cases = by_case(procedure.documents)
    content: list[ft.Control]
    if not cases:
        content = [body(t("public_services.no_documents"), color=Colour.QUIET)]
    elif len(cases) == 1:
        [(case, documents)] = cases.items()
        content = [*([title(case, small=True)] if case else []), papers(documents)]
    else:
        content = [body(t("public_services.documents_cases", n=len(cases)), color=Colour.QUIET)]
        for index, (case, documents) in enumerate(cases.items()):
            count = t("public_services.documents_count", n=len(documents))
            words = case or t("public_services.documents_common")
            content.append(pieces.fold(words, count, partial(_listed, documents), opened=index == 0))
    return pieces.block(t("public_services.documents"), ft.Icons.FOLDER_OPEN, content)


def _listed(documents: Sequence[RequiredDocument]) -> list[ft.Control]:
    return [papers(documents)]


@ft.component
def papers(documents: Sequence[RequiredDocument]) -> ft.Control:
    """Show some papers; a long list is cut until the rest is asked for."""
    t = use_text()
    opened, set_opened = ft.use_state(False)
    shown = documents if opened or len(documents) <= _FIRST + 2 else documents[:_FIRST]
    rows = [_paper(t, document) for document in shown]
    left = len(documents) - len(shown)
    if left:
        more = link_button(
            t("public_services.documents_more", n=left), lambda: set_opened(True), icon=ft.Icons.EXPAND_MORE
        )
        rows.append(ft.Row([more]))
    return ft.Column(rows, spacing=Space.M)


def _paper(t: Text, document: RequiredDocument) -> ft.Control:
    name = document.name.strip(" ;/")
    words: list[ft.Control] = [pieces.long_text(name, 240)]
    chips = _chips(t, document)
    if chips:
        words.append(ft.Row(chips, spacing=Space.S, run_spacing=Space.XS, wrap=True))
    return ft.Row(
        [
            ft.Icon(ft.Icons.DESCRIPTION_OUTLINED, color=Colour.QUIET, size=Size.ICON_S),
            ft.Column(words, spacing=Space.XS, expand=True),
        ],
        spacing=Space.M,
        vertical_alignment=ft.CrossAxisAlignment.START,
    )


def _chips(t: Text, document: RequiredDocument) -> list[ft.Control]:
    chips: list[ft.Control] = []
    if document.originals:
        chips.append(
            status_chip(ft.Icons.VERIFIED_OUTLINED, t("public_services.originals", n=document.originals), Tone.ACCENT)
        )
    if document.copies:
        chips.append(status_chip(ft.Icons.CONTENT_COPY, t("public_services.copies", n=document.copies), Tone.NEUTRAL))
    form = document.form.strip()
    if form:
        words = t("public_services.form_named", name=form) if len(form) >= _FORM_NAME else t("public_services.form")
        chips.append(status_chip(ft.Icons.EDIT_DOCUMENT, words, Tone.INFO))
    return chips
