"""What a case tells: photos and place, who sent it, and its whole story with who may read which line."""

from collections.abc import Callable, Sequence
from datetime import datetime

import flet as ft

from client.core.services import Services
from client.core.theme import Colour, Radius, Size, Space, Tone, tone_colours
from client.feedback.desk_look import author
from client.feedback.desk_person import Step, steps
from client.feedback.desk_ties import case_link
from client.feedback.states import entry_look, entry_words
from client.ui.forms import link_button
from client.ui.lists import card
from client.ui.maps import place_map
from client.ui.media import Shot, before_after, document_row, picture, video_tile
from client.ui.pressing import one_button
from client.ui.status import stars, status_chip
from client.ui.text import body, caption, heading, label, title
from shared.case_states import MoveKind, Party
from shared.feedback import Audience, DeskDetail, Entry
from shared.files import FileKind, FileRef
from shared.vietnamese import without_marks

_MEDIA = 168
_SMALL = 104
_AVATAR = 32
_WORDS_ALONE = {"submit", "reply", "note"}


def media_row(services: Services, case: DeskDetail) -> ft.Control:
    """Show the citizen's photos and the place side by side."""
    t = services.text
    seen = [file for file in case.files if file.kind is not FileKind.DOCUMENT]
    photos = [_photo(services, file, t("desk.photo", n=n), _MEDIA) for n, file in enumerate(seen, start=1)]
    papers = [document_row(services, file) for file in case.files if file.kind is FileKind.DOCUMENT]
    board: ft.Control = place_map(case.lat, case.lon, height=_MEDIA)
    if services.desktop and len(photos) <= 2:
        board = ft.Row([*photos, ft.Container(board, expand=True)], spacing=Space.M)
        photos = []
    parts = [ft.Row(photos, spacing=Space.S, scroll=ft.ScrollMode.AUTO)] if photos else []
    if not (parts or papers):
        return board
    return ft.Column([*parts, board, *papers], spacing=Space.M)


def _photo(services: Services, file: FileRef, name: str, size: int) -> ft.Control:
    """Show a photo or a video that opens in a window of its own."""
    wide = round(size * min(max(file.width / max(file.height, 1), 0.75), 1.4))
    if file.kind is FileKind.VIDEO:
        return video_tile(services, file, name, width=wide, height=size)
    image = picture(services, file.large_url if size > _SMALL else file.thumb_url, name, width=wide, height=size)
    return one_button(name, ft.Container(image, url=services.absolute(file.url), ink=True, border_radius=Radius.M))


def fact_row(services: Services, case: DeskDetail) -> ft.Control:
    """Say where, what kind, who has it and by when, on as few lines as possible."""
    t = services.text
    facts = [
        (ft.Icons.PLACE_OUTLINED, t("desk.place"), _where(case)),
        (ft.Icons.CATEGORY_OUTLINED, t("desk.category"), case.category.name),
        (ft.Icons.APARTMENT, t("desk.unit"), case.unit.name if case.unit else t("desk.no_unit_yet")),
        (ft.Icons.BADGE_OUTLINED, t("desk.officer"), case.officer or t("desk.nobody")),
        (ft.Icons.SCHEDULE, t("desk.due"), _due(services, case)),
    ]
    if case.supporters:
        facts.append((ft.Icons.GROUPS_OUTLINED, t("desk.supporters"), t("desk.supporters_n", n=case.supporters)))
    if case.planned_on is not None:
        facts.append((ft.Icons.EVENT, t("desk.planned"), t.weekday_date(case.planned_on)))
    if case.blur_place:
        facts.append((ft.Icons.BLUR_ON, t("desk.place"), t("desk.blurred")))
    return ft.Row(
        [_fact(icon, name, value) for icon, name, value in facts], spacing=Space.L, run_spacing=Space.S, wrap=True
    )


def _where(case: DeskDetail) -> str:
    place = case.place if case.place and without_marks(case.place) not in without_marks(case.address) else None
    return ", ".join(part for part in (case.address, place) if part) or f"{case.lat:.5f}, {case.lon:.5f}"


def _due(services: Services, case: DeskDetail) -> str:
    """Say the deadline, and the first one beside it where it was moved."""
    t = services.text
    if case.due_at == case.first_due_at:
        return t.moment(case.due_at)
    return t("desk.due_first", due=t.moment(case.due_at), first=t.moment(case.first_due_at))


def _fact(icon: ft.IconData, name: str, value: str) -> ft.Control:
    row = ft.Row([ft.Icon(icon, size=Size.ICON_S, color=Colour.QUIET), label(value)], spacing=Space.XS, tight=True)
    return ft.Semantics(label=f"{name}: {value}", exclude_semantics=True, content=ft.Container(row, tooltip=name))


def _call(services: Services, number: str) -> ft.Control:
    return ft.TextButton(
        content=f"0{number.removeprefix('+84')}",
        icon=ft.Icons.CALL,
        url=f"tel:{number}",
        tooltip=services.text("action.call", number=number),
        height=Size.TARGET,
    )


def story_card(services: Services, case: DeskDetail, begin: Callable[[Step], None]) -> ft.Control:
    """Tell the story from its beginning, each line with who wrote it and who may read it; `begin` opens a step."""
    lines: list[ft.Control] = [heading(services.text("desk.story"))]
    for entry in case.story:
        if len(lines) > 1:
            lines.append(ft.Divider(height=1, color=Colour.CARD_BORDER))
        lines.append(_entry(services, case, entry, begin))
    if case.rating is not None:
        said: list[ft.Control] = [title(services.text("desk.rating"), small=True), stars(case.rating.score)]
        if case.rating.text:
            said.append(body(case.rating.text))
        lines += [ft.Divider(height=1, color=Colour.CARD_BORDER), ft.Column(said, spacing=Space.XS)]
    return card(ft.Column(lines, spacing=Space.M))


def _entry(services: Services, case: DeskDetail, entry: Entry, begin: Callable[[Step], None]) -> ft.Control:
    t = services.text
    look = entry_look(entry)
    who = author(t, case, entry)
    head: list[ft.Control] = [title(who, small=True)]
    if entry.audience is Audience.STAFF:
        head.append(_mark(t("desk.audience_staff"), Tone.WARNING))
    elif entry.audience is Audience.CITIZEN:
        head.append(_mark(t("desk.audience_citizen"), Tone.NEUTRAL))
    head.append(caption(t.ago(entry.at)))
    if entry.kind == "submit" and case.reporter.phone:
        head.append(_call(services, case.reporter.phone))
    words: list[ft.Control] = [
        ft.Row(head, spacing=Space.S, run_spacing=0, wrap=True, vertical_alignment=ft.CrossAxisAlignment.CENTER)
    ]
    if entry.kind not in _WORDS_ALONE:
        ink = tone_colours(look.tone)[0]
        words.append(
            ft.Row(
                [
                    ft.Icon(look.icon, size=Size.ICON_S, color=ink),
                    label(entry_words(t, entry), color=ink),
                    *([case_link(services, entry.about)] if entry.about else []),
                ],
                spacing=Space.XS,
                wrap=True,
                vertical_alignment=ft.CrossAxisAlignment.CENTER,
            )
        )
    text = case.description if entry.kind == "submit" else entry.text
    if entry.kind == "submit":
        words.append(_sender(services, case, begin))
    if text:
        said = body(text)
        said.selectable = True
        words.append(said)
    if entry.due_at is not None:
        words.append(_moved_due(services, entry.due_at))
    if entry.files and entry.kind != "submit":
        words.append(_pictures(services, case, entry))
    initial = who[:1].upper() if entry.party is not Party.CITIZEN or case.reporter.name else None
    tone = Tone.ACCENT if entry.party is Party.CITIZEN else Tone.SUCCESS
    if entry.party is Party.SYSTEM:
        tone = Tone.NEUTRAL
    return ft.Row(
        [_avatar(initial, tone), ft.Column(words, spacing=Space.XS, expand=True)],
        spacing=Space.M,
        vertical_alignment=ft.CrossAxisAlignment.START,
    )


def _sender(services: Services, case: DeskDetail, begin: Callable[[Step], None]) -> ft.Control:
    """Say why the name is hidden, with the way to have it shown, or that it was; nothing where she shows it."""
    t = services.text
    if case.revealed:
        return ft.Row([status_chip(ft.Icons.VISIBILITY_OUTLINED, t("desk.revealed"), Tone.WARNING)])
    if case.reporter.name is not None:
        return ft.Container(visible=False)
    why = caption(t("desk.anonymous_why"))
    if Step.REVEAL not in steps(services, case):
        return why
    button = link_button(f"{t('desk.reveal')}…", lambda: begin(Step.REVEAL), icon=ft.Icons.PERSON_SEARCH)
    return ft.Row([why, button], spacing=Space.S, wrap=True, vertical_alignment=ft.CrossAxisAlignment.CENTER)


def _moved_due(services: Services, due_at: datetime) -> ft.Control:
    sign = ft.Icon(ft.Icons.MORE_TIME, size=Size.ICON_S, color=Colour.QUIET)
    return ft.Row([sign, label(services.text("desk.due_moved", when=services.text.moment(due_at)))], spacing=Space.XS)


def _pictures(services: Services, case: DeskDetail, entry: Entry) -> ft.Control:
    t = services.text
    seen = [next((file for file in files if file.kind is FileKind.IMAGE), None) for files in (case.files, entry.files)]
    if entry.kind == MoveKind.RESOLVE and seen[0] is not None and seen[1] is not None:
        before, after = Shot(seen[0].large_url, t("photo.before")), Shot(seen[1].large_url, t("photo.after"))
        pair = ft.Container(before_after(services, before, after), width=Size.READING)
        more = [file for file in entry.files if file is not seen[1]]
        return pair if not more else ft.Column([pair, _row(services, more)], spacing=Space.S)
    return _row(services, entry.files)


def _row(services: Services, files: Sequence[FileRef]) -> ft.Control:
    t = services.text
    seen = [file for file in files if file.kind is not FileKind.DOCUMENT]
    shots = [_photo(services, file, t("desk.result_photo", n=n), _SMALL) for n, file in enumerate(seen, start=1)]
    papers = [document_row(services, file) for file in files if file.kind is FileKind.DOCUMENT]
    row = ft.Row(shots, spacing=Space.S, wrap=True)
    return ft.Column([row, *papers], spacing=Space.S) if papers else row


def _mark(words: str, tone: Tone) -> ft.Control:
    icon = ft.Icons.VISIBILITY_OFF_OUTLINED if tone is Tone.WARNING else ft.Icons.VISIBILITY_OUTLINED
    return status_chip(icon, words, tone)


def _avatar(initial: str | None, tone: Tone) -> ft.Control:
    ink, ground = tone_colours(tone)
    face = label(initial, color=ink) if initial else ft.Icon(ft.Icons.PERSON, size=Size.ICON_S, color=ink)
    return ft.Container(
        face,
        width=_AVATAR,
        height=_AVATAR,
        bgcolor=ground,
        border_radius=Radius.PILL,
        alignment=ft.Alignment.CENTER,
    )
