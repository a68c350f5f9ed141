"""One report as its sender or the public reads it: where it stands, what it is, what has happened, what may be done."""

import flet as ft

from client.core.context import use_services
from client.core.loading import use_loaded
from client.core.services import Services
from client.core.text import Text
from client.core.theme import Colour, Size, Space, Tone, tone_colours
from client.feedback import api
from client.feedback.case_actions import question_panel, verdict_panels
from client.feedback.case_card import category_icon
from client.feedback.case_due import due_lines
from client.feedback.case_story import story
from client.feedback.case_ties import merged_banner, merged_list, ties_panel
from client.feedback.gallery import gallery
from client.feedback.sending import Board
from client.feedback.states import state_chip, timing_chip
from client.feedback.withdrawal import withdraw_button
from client.ui.forms import icon_button, secondary_button
from client.ui.lists import card, section
from client.ui.maps import place_map
from client.ui.states import show, text_skeleton
from client.ui.status import stars, status_chip
from client.ui.text import banner, body, caption, title
from shared.access import Permission
from shared.case_states import MoveKind
from shared.feedback import FeedbackDetail


@ft.component
def case_view(code: str) -> ft.Control:
    """Load and show one report."""
    services = use_services()
    loaded = use_loaded(lambda: api.case(services.api, code), [code, services.session.key])
    return show(loaded, lambda case: _whole(services, case, Board(loaded.set, loaded.reload)), skeleton=text_skeleton)


def link_of(services: Services, code: str) -> ft.Control:
    """Make the button that hands on the report's address: the share sheet of a phone, else the clipboard."""
    t = services.text
    address = f"{services.origin}/feedback/{code}"
    if services.page.platform in (ft.PagePlatform.ANDROID, ft.PagePlatform.IOS):
        return icon_button(ft.Icons.SHARE, t("feedback.share"), None, action=ft.ShareText(address))

    def copied() -> None:
        services.tell(t("feedback.copied"), Tone.SUCCESS)

    return icon_button(ft.Icons.LINK, t("feedback.copy"), copied, action=ft.CopyToClipboard(address))


def _whole(services: Services, case: FeedbackDetail, board: Board) -> ft.Control:
    t = services.text
    head = [
        ft.Semantics(header=True, content=banner(case.title)),
        _chips(t, case),
        *merged_banner(services, case),
    ]
    ties = [] if case.practice or not case.public else [ties_panel(case, board)]
    told = [
        *(question_panel(case, board) if case.mine else []),
        _content(services, case),
        *([] if services.desktop else ties),
        section(t("feedback.story"), [story(services, case)]),
        *(verdict_panels(case, board) if case.mine else _rating(t, case)),
    ]
    joined = merged_list(services, case)
    around = [section(t("feedback.where"), [_place(t, case)]), *_last(services, case, board)]
    if not services.desktop:
        return _column([*head, _unit(t, case), *told, *joined, *around])
    main = ft.Container(_column([*head, *told]), expand=3)
    side = ft.Container(_column([_unit(t, case), *ties, *joined, *around]), expand=2)
    return ft.Row([main, side], spacing=Space.XL, vertical_alignment=ft.CrossAxisAlignment.START)


def _column(parts: list[ft.Control]) -> ft.Control:
    return ft.Column(parts, spacing=Space.L, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)


def _last(services: Services, case: FeedbackDetail, board: Board) -> list[ft.Control]:
    """Return what is seldom wanted: taking the report back, and for staff the way to their desk."""
    t = services.text
    parts: list[ft.Control] = []
    if case.mine and MoveKind.WITHDRAW in case.moves:
        parts.append(withdraw_button(case, board))
    if services.session.may(Permission.SEE_DESK) and not case.practice:
        desk = secondary_button(
            t("feedback.open_desk"), lambda: services.go(f"/desk/{case.code}"), icon=ft.Icons.INBOX_OUTLINED
        )
        parts.append(ft.Row([desk]))
    return parts


def _chips(t: Text, case: FeedbackDetail) -> ft.Control:
    stands = timing_chip(t, case)
    chips = [state_chip(t, case.status), *([stands] if stands is not None else [])]
    if case.practice:
        chips.append(status_chip(ft.Icons.SCHOOL_OUTLINED, t("feedback.practice_chip"), Tone.WARNING))
    return ft.Row(chips, spacing=Space.S, run_spacing=Space.S, wrap=True)


def _unit(t: Text, case: FeedbackDetail) -> ft.Control:
    """Show who is in charge, and by when in words."""
    ink, ground = tone_colours(Tone.SUCCESS)
    sign = ft.Container(
        ft.Icon(ft.Icons.ACCOUNT_BALANCE, color=ink), bgcolor=ground, border_radius=Space.M, padding=Space.M
    )
    name = case.unit.name if case.unit else t("feedback.unit_none")
    lines: list[ft.Control] = [title(name), *[body(line, color=Colour.QUIET) for line in due_lines(t, case)]]
    words = ft.Column(lines, spacing=Space.XS, expand=True)
    return card(ft.Row([sign, words], spacing=Space.M, vertical_alignment=ft.CrossAxisAlignment.CENTER))


def _content(services: Services, case: FeedbackDetail) -> ft.Control:
    t = services.text
    kind = status_chip(category_icon(case.category.icon), case.category.name)
    when = caption(t("feedback.sent_on", when=t.ago(case.created_at)))
    parts: list[ft.Control] = [
        ft.Row([kind, when], spacing=Space.S, run_spacing=Space.XS, wrap=True),
    ]
    if _plain(case.description) != _plain(case.title):
        parts.append(body(case.description, large=True))
    if case.files:
        parts.append(gallery(case.files, t("feedback.pictures")))
    parts.append(_privacy(t, case))
    return card(ft.Column(parts, spacing=Space.M, horizontal_alignment=ft.CrossAxisAlignment.STRETCH))


def _plain(words: str) -> str:
    """Return words without what the making of a title takes away."""
    return words.strip().rstrip(".… ")


def _privacy(t: Text, case: FeedbackDetail) -> ft.Control:
    named = "_named" if case.show_name else ""
    open_to = "practice" if case.practice else f"public{named}" if case.public else f"private{named}"
    icon = ft.Icons.PUBLIC if case.public and not case.practice else ft.Icons.LOCK_OUTLINE
    lines = [_small(icon, t(f"feedback.who_{open_to}"))]
    if case.masked and case.public:
        lines.append(
            _small(ft.Icons.VISIBILITY_OFF_OUTLINED, t("feedback.masked_mine" if case.mine else "feedback.masked"))
        )
    return ft.Column(lines, spacing=Space.XS)


def _small(icon: ft.IconData, words: str) -> ft.Control:
    row: list[ft.Control] = [
        ft.Icon(icon, size=Size.ICON_S, color=Colour.QUIET),
        ft.Container(caption(words), expand=True),
    ]
    return ft.Row(row, spacing=Space.XS, vertical_alignment=ft.CrossAxisAlignment.START)


def _rating(t: Text, case: FeedbackDetail) -> list[ft.Control]:
    """Show everybody how the sender rated the result; her own words stay between her and the unit."""
    if case.rating is None:
        return []
    return [card(ft.Column([caption(t("feedback.rated")), stars(case.rating.score)], spacing=Space.XS))]


def _place(t: Text, case: FeedbackDetail) -> ft.Control:
    parts: list[ft.Control] = [place_map(case.lat, case.lon)]
    if case.address:
        sign = ft.Icon(ft.Icons.PLACE_OUTLINED, color=Colour.QUIET)
        parts.append(ft.Row([sign, ft.Container(body(case.address), expand=True)], spacing=Space.S))
    if case.blur_place:
        parts.append(caption(t("feedback.blurred_mine" if case.mine else "feedback.blurred")))
    return ft.Column(parts, spacing=Space.S)
