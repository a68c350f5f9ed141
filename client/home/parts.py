"""The parts that the home page is put together from."""

from collections.abc import Callable, Sequence
from urllib.parse import quote

import flet as ft

from client.core.services import Services
from client.core.theme import Colour, Radius, Size, Space, Tone, tone_colours
from client.home.states import LOOKS, progress
from client.ui.forms import icon_button, search_field
from client.ui.lists import card
from client.ui.media import named_icon, picture
from client.ui.shell import person_buttons, reading_width
from client.ui.states import bone
from client.ui.status import status_chip
from client.ui.text import banner, body, caption, label, title
from shared.case_states import OPEN, Status
from shared.feedback import FeedbackSummary
from shared.news import ArticleSummary
from shared.public_services import Hotline

_COVER = 124
_ARTICLE = 244
_ICON_BOX = 56
_RUNNING = OPEN - {Status.RESOLVED}


def hero(services: Services) -> ft.Control:
    """Greet by the given name, on the colour of the lychee, with one search box."""
    t = services.text
    account = services.session.account
    greeting = t("home.hello", name=account.given_name) if account else t("home.hello_guest")
    ink = Colour.ON_BANNER
    where = ft.Row(
        [ft.Icon(ft.Icons.PLACE, size=Size.ICON_S, color=ink), caption(services.province.province, color=ink)],
        spacing=Space.XS,
    )
    words = ft.Column(
        [ft.Semantics(header=True, content=banner(greeting, color=ink, max_lines=1)), where],
        spacing=Space.XS,
        expand=True,
    )
    top = ft.Row(
        [words, _easy(services), *person_buttons(services, on_banner=True)],
        vertical_alignment=ft.CrossAxisAlignment.CENTER,
        spacing=0,
    )
    column = ft.Column([top, _search(services)], spacing=Space.L, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)
    inside = ft.SafeArea(content=reading_width(column) if services.wide else column, avoid_intrusions_bottom=False)
    return ft.Container(
        content=inside,
        padding=ft.Padding.only(left=Space.L, right=Space.L, top=Space.XL, bottom=Space.XL),
        border_radius=ft.BorderRadius.only(bottom_left=Radius.XL, bottom_right=Radius.XL),
        gradient=ft.LinearGradient(
            begin=ft.Alignment.TOP_LEFT, end=ft.Alignment.BOTTOM_RIGHT, colors=[Colour.BANNER, Colour.BANNER_DEEP]
        ),
    )


def _search(services: Services) -> ft.Control:
    hint = services.text("home.search")
    box = search_field(hint, "", lambda q: services.go(f"/search?q={quote(q)}" if q else "/search"))
    # The hint is gone once something is typed, and with it the name that is read out.
    return ft.MergeSemantics(content=ft.Semantics(label=hint, content=box))


def _easy(services: Services) -> ft.Control:
    """Offer easy mode in one tap, to whoever finds the letters small."""
    easy = services.preferences.easy
    word = services.text("home.easy_off" if easy else "home.easy_on")
    icon = ft.Icons.TEXT_DECREASE if easy else ft.Icons.TEXT_INCREASE

    def change() -> None:
        services.page.run_task(services.prefer, easy=not easy)

    return icon_button(icon, word, change, color=Colour.ON_BANNER)


def actions(services: Services) -> ft.Control:
    """Offer the four things people come for: four tiles in a row, two by two in easy mode."""
    t = services.text
    tiles = [
        _tile(t("home.report"), ft.Icons.ADD_A_PHOTO, Tone.ACCENT, lambda: services.go("/feedback/new")),
        _tile(t("home.procedures"), ft.Icons.DESCRIPTION, Tone.SUCCESS, lambda: services.go("/services")),
        _tile(t("home.dossiers"), ft.Icons.QR_CODE_SCANNER, Tone.INFO, lambda: services.go("/dossiers")),
        _tile(t("home.hotlines"), ft.Icons.CALL, Tone.WARNING, lambda: services.go("/hotlines")),
    ]
    if services.preferences.easy and not services.wide:
        return ft.Column([_tiles(tiles[:2]), _tiles(tiles[2:])], spacing=Space.S)
    return _tiles(tiles)


def _tiles(tiles: Sequence[ft.Control]) -> ft.Control:
    """Set tiles side by side, all as tall as the tallest."""
    return ft.Row(list(tiles), spacing=Space.S, intrinsic_height=True, vertical_alignment=ft.CrossAxisAlignment.STRETCH)


def _tile(words: str, icon: ft.IconData, tone: Tone, go: Callable[[], None]) -> ft.Control:
    ink, ground = tone_colours(tone)
    sign = ft.Container(
        content=ft.Icon(icon, color=ink, size=Size.ICON_L - Space.XS),
        width=_ICON_BOX,
        height=_ICON_BOX,
        bgcolor=ground,
        border_radius=Radius.L,
        alignment=ft.Alignment.CENTER,
    )
    name = label(words, max_lines=3)
    name.text_align = ft.TextAlign.CENTER
    column = ft.Column(
        [sign, name],
        horizontal_alignment=ft.CrossAxisAlignment.CENTER,
        alignment=ft.MainAxisAlignment.START,
        spacing=Space.S,
        tight=True,
    )
    inside = ft.Container(column, alignment=ft.Alignment.TOP_CENTER, padding=ft.Padding.symmetric(vertical=Space.XS))
    tile = card(inside, on_click=go, label=words.replace("\u00a0", " "), padding=Space.S)
    tile.expand = True
    return tile


def invitation(why: str, action: ft.Control, *, words: str = "") -> ft.Control:
    """Say what would stand here, and how to get it."""
    ink, ground = tone_colours(Tone.ACCENT)
    sign = ft.Container(
        ft.Icon(ft.Icons.ADD_A_PHOTO_OUTLINED, color=ink), bgcolor=ground, border_radius=Radius.M, padding=Space.M
    )
    lines: list[ft.Control] = [title(words, small=True)] if words else []
    text = ft.Column([*lines, body(why, color=Colour.QUIET), ft.Row([action])], spacing=Space.XS, expand=True)
    return card(ft.Row([sign, text], spacing=Space.M, vertical_alignment=ft.CrossAxisAlignment.START))


def case_card(services: Services, case: FeedbackSummary) -> ft.Control:
    """Show one of my cases: picture, title, where it stands, by when, and how far it has come."""
    t = services.text
    look = LOOKS[case.status]
    word = t(f"home.status_{case.status.value}")
    due = t.deadline(case.due_at) if case.status in _RUNNING else t.ago(case.resolved_at or case.created_at)
    chip = ft.Row(
        [status_chip(look.icon, word, look.tone), caption(due)],
        spacing=Space.S,
        run_spacing=Space.XS,
        wrap=True,
        vertical_alignment=ft.CrossAxisAlignment.CENTER,
    )
    ink, ground = tone_colours(look.tone)
    bar = ft.ProgressBar(
        value=progress(case.status), color=ink, bgcolor=ground, border_radius=Radius.PILL, semantics_label=word
    )
    kind = named_icon(case.category.icon)
    thumb = picture(services, case.thumb_url, case.title, width=Size.THUMB, height=Size.THUMB, icon=kind)
    words = ft.Column([title(case.title, max_lines=2), chip, bar], spacing=Space.S, expand=True)
    return card(
        ft.Row([thumb, words], spacing=Space.M, vertical_alignment=ft.CrossAxisAlignment.CENTER),
        on_click=lambda: services.go(f"/feedback/{case.code}"),
        label=f"{case.title}. {word}. {due}",
        key=case.code,
    )


def case_skeleton() -> ft.Control:
    """Draw the bones of one case."""
    lines = ft.Column([bone(Space.L), bone(Space.XL, 160, radius=Radius.PILL)], spacing=Space.S, expand=True)
    return card(ft.Row([bone(Size.THUMB, Size.THUMB, radius=Radius.M), lines], spacing=Space.M))


def news_row(services: Services, articles: Sequence[ArticleSummary]) -> ft.Control:
    """Show the latest articles side by side."""
    if not articles:
        return caption(services.text("home.no_news"))
    cards = [_article(services, article) for article in articles]
    return ft.Row(cards, spacing=Space.M, scroll=ft.ScrollMode.HIDDEN, vertical_alignment=ft.CrossAxisAlignment.START)


def _article(services: Services, article: ArticleSummary) -> ft.Control:
    t = services.text
    scale = 1.4 if services.preferences.easy else 1
    width = round(_ARTICLE * (1 if scale == 1 else 1.2))
    about = t("home.minutes", category=article.category.name, n=article.reading_minutes)
    if article.sample:
        about = f"{about} · {t('home.sample')}"
    cover = picture(
        services, article.cover_url, article.title, height=_COVER, width=width, radius=0, icon=ft.Icons.NEWSPAPER
    )
    words = ft.Container(
        content=ft.Column(
            [
                ft.Container(title(article.title, small=True, max_lines=2), height=round(42 * scale)),
                caption(about, max_lines=1),
            ],
            spacing=Space.XS,
        ),
        padding=Space.M,
    )
    column = ft.Column([cover, words], spacing=0, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)
    return ft.Container(
        content=card(
            column,
            on_click=lambda: services.go(f"/news/{article.slug}"),
            label=f"{article.title}. {about}",
            padding=0,
            key=article.slug,
        ),
        width=width,
    )


def news_skeleton() -> ft.Control:
    """Draw the bones of the row of articles."""
    return ft.Row(
        [bone(_COVER + 84, _ARTICLE, radius=Radius.L) for _ in range(3)], spacing=Space.M, scroll=ft.ScrollMode.HIDDEN
    )


def call_row(services: Services, lines: Sequence[Hotline]) -> ft.Control:
    """Show the numbers that dial when tapped."""
    buttons = [_call(services, line) for line in lines]
    return ft.Row(buttons, spacing=Space.M, scroll=ft.ScrollMode.HIDDEN)


def _call(services: Services, line: Hotline) -> ft.Control:
    ink, ground = tone_colours(Tone.DANGER if line.emergency else Tone.INFO)
    words = ft.Row(
        [
            ft.Container(ft.Icon(ft.Icons.CALL, color=ink), bgcolor=ground, border_radius=Radius.PILL, padding=Space.S),
            ft.Column([title(line.number), caption(line.name, max_lines=1)], spacing=0, tight=True),
        ],
        spacing=Space.M,
        tight=True,
    )
    said = f"{services.text('action.call', number=line.number)}, {line.name}"
    return card(words, url=f"tel:{line.number}", label=said, padding=Space.M)


def call_skeleton() -> ft.Control:
    """Draw the bones of the numbers."""
    return ft.Row([bone(Size.THUMB, 140, radius=Radius.L) for _ in range(3)], spacing=Space.M)
