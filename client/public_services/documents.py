"""Papers of a dossier, case by case, each with a box to tick, its originals, copies and form."""

from collections.abc import Sequence
from functools import partial

import flet as ft

from client.core.context import use_text
from client.core.services import Services
from client.core.text import Text
from client.core.theme import Colour, Size, Space, Tone
from client.public_services import pieces
from client.public_services.checklist import Checklist
from client.ui.forms import Choice, choice_chips, link_button
from client.ui.status import status_chip
from client.ui.text import body, title
from shared.paper_lines import LineKind, line_kind, paper_name
from shared.preparation import GroupKind, PaperGroup, groups
from shared.procedure_text import cut
from shared.public_services import ProcedureDetail, RequiredDocument

_FIRST = 8
_FORM_NAME = 12
"""A shorter "name" is the end of one that the source has broken."""
_NAME, _HEAD = 240, 160


def documents_block(services: Services, procedure: ProcedureDetail, checklist: Checklist) -> ft.Control:
    """Show the papers: what everybody needs stands open, what only a case needs opens by itself."""
    t = services.text
    found = groups(procedure.documents)
    if not found:
        content: list[ft.Control] = [body(t("public_services.no_documents"), color=Colour.QUIET)]
    else:
        content = [body(t("public_services.check_why"), color=Colour.QUIET)]
        cases = len(checklist.found.cases)
        if cases and not checklist.found.case:
            content.append(body(t("public_services.case_cases", n=cases), color=Colour.QUIET))
        content += [_group(t, group, checklist, alone=len(found) == 1) for group in found]
        if checklist.have:
            clear = link_button(t("public_services.check_clear"), checklist.clear, icon=ft.Icons.CLOSE)
            content.append(ft.Row([clear]))
    return pieces.block(t("public_services.documents"), ft.Icons.FOLDER_OPEN, content)


def _group(t: Text, group: PaperGroup, checklist: Checklist, *, alone: bool) -> ft.Control:
    if group.kind is GroupKind.REMARK:
        count = t("public_services.remarks_count", n=len(group.lines))
        return pieces.fold(t("public_services.remarks"), count, partial(_remarks, group), opened=alone)
    if alone and group.kind is GroupKind.COMMON:
        return ft.Column([*([title(group.name, small=True)] if group.name else []), Papers(group.lines, checklist)])
    number = len(group.papers)
    if group.kind is GroupKind.COMMON:
        words, why = group.name or t("public_services.documents_common"), t("public_services.documents_count", n=number)
        content = partial(_listed, group, checklist)
        return pieces.fold(words, why, content, opened=True)
    mine = checklist.found.case == group.key
    content = partial(_case, t, group, checklist)
    why = t("public_services.case_mine") if mine else t("public_services.case_group", n=number)
    # The heading of a case may be a page long; all of it stands inside.
    case = pieces.fold(cut(group.name, _HEAD), why, content, opened=mine or alone)
    # A fold remembers how it stands; the case that a link chooses opens all the same.
    return ft.Container(case, key=f"case-{group.key}-{mine}")


def _remarks(group: PaperGroup) -> list[ft.Control]:
    return [_laid(each) for each in group.lines]


def _listed(group: PaperGroup, checklist: Checklist) -> list[ft.Control]:
    return [Papers(group.lines, checklist)]


def _case(t: Text, group: PaperGroup, checklist: Checklist) -> list[ft.Control]:
    chosen = group.key if checklist.found.case == group.key else None
    choice = Choice(group.key, t("public_services.case_mine"))
    content: list[ft.Control] = [choice_chips([choice], chosen, checklist.choose_case)]
    if len(group.name) > _HEAD:
        content.insert(0, pieces.source_pieces(group.name))
    return [*content, Papers(group.lines, checklist)]


@ft.component
def Papers(lines: Sequence[RequiredDocument], checklist: Checklist) -> ft.Control:
    """Show papers with a box each, headings and notes among them without; a long list is cut until asked for."""
    t = use_text()
    opened, set_opened = ft.use_state(False)
    shown = lines if opened or len(lines) <= _FIRST + 2 else lines[:_FIRST]
    if len(shown) < len(lines) and line_kind(shown[-1]) is LineKind.HEADING:
        # A heading stands with what it heads.
        shown = shown[:-1]
    rows = [_line(t, line, checklist) for line in shown]
    if len(shown) < len(lines):
        left = sum(line_kind(line) is LineKind.PAPER for line in lines[len(shown) :])
        words = t("public_services.documents_more", n=left) if left else t("public_services.more")
        rows.append(ft.Row([link_button(words, lambda: set_opened(True), icon=ft.Icons.EXPAND_MORE)]))
    return ft.Column(rows, spacing=Space.S)


def _line(t: Text, line: RequiredDocument, checklist: Checklist) -> ft.Control:
    kind = line_kind(line)
    if kind is LineKind.PAPER:
        return _paper(t, line, checklist)
    if kind is LineKind.HEADING:
        return ft.Container(_laid(line), padding=ft.Padding.only(top=Space.S))
    sign = ft.Icon(ft.Icons.INFO_OUTLINE, size=Size.ICON_S, color=Colour.QUIET)
    return ft.Container(
        ft.Row(
            [sign, ft.Container(_laid(line), expand=True)],
            spacing=Space.M,
            vertical_alignment=ft.CrossAxisAlignment.START,
        ),
        padding=ft.Padding.only(left=Space.M, top=Space.S),
    )


def _paper(t: Text, document: RequiredDocument, checklist: Checklist) -> ft.Control:
    words: list[ft.Control] = [_laid(document)]
    chips = _chips(t, document)
    if chips:
        words.append(ft.Row(chips, spacing=Space.S, run_spacing=Space.XS, wrap=True))
    box = ft.Checkbox(
        value=checklist.has(document),
        semantics_label=cut(paper_name(document), _NAME),
        on_change=lambda _: checklist.toggle(document),
    )
    said = ft.GestureDetector(
        content=ft.Container(ft.Column(words, spacing=Space.XS), padding=ft.Padding.only(top=Space.M, bottom=Space.XS)),
        on_tap=lambda _: checklist.toggle(document),
        mouse_cursor=ft.MouseCursor.CLICK,
        expand=True,
    )
    return ft.Row([box, said], spacing=Space.XS, vertical_alignment=ft.CrossAxisAlignment.START)


def _laid(document: RequiredDocument) -> ft.Control:
    return pieces.source_pieces(paper_name(document), _NAME)


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
