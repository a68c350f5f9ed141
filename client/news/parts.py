"""The pieces of the news screens: the leading article, covers in a grid, rows, and their skeletons."""

from collections.abc import Sequence
from itertools import islice
from math import inf
from urllib.parse import urlencode, urlsplit

import flet as ft

from client.core.services import Services
from client.core.theme import Radius, Size, Space, Tone
from client.ui.lists import card
from client.ui.media import picture
from client.ui.states import bone
from client.ui.status import status_chip
from client.ui.text import banner, body, caption, title
from shared.news import ArticleSummary

_COVER = 184
_LEAD_WIDE = 300
_ROW_COVER = 104


def address(category: str, question: str) -> str:
    """Return the address of the list under a heading, for a question."""
    query = urlencode({name: value for name, value in (("category", category), ("q", question)) if value})
    return f"/news?{query}" if query else "/news"


def about(services: Services, article: ArticleSummary) -> str:
    """Say what kind of article it is, how old, and how long it takes to read."""
    t = services.text
    parts = [article.category.name, t.ago(article.published_at), t("news.minutes", n=article.reading_minutes)]
    return " · ".join(parts)


def chips(services: Services, article: ArticleSummary) -> list[ft.Control]:
    """Return the signs of an article: pinned, and made up for the demonstration."""
    t = services.text
    shown: list[ft.Control] = []
    if article.pinned:
        shown.append(status_chip(ft.Icons.PUSH_PIN, t("news.pinned"), Tone.ACCENT))
    if article.sample:
        shown.append(status_chip(ft.Icons.SCIENCE_OUTLINED, t("news.sample"), Tone.WARNING))
    return [ft.Row(shown, spacing=Space.S, run_spacing=Space.XS, wrap=True)] if shown else []


def lead(services: Services, article: ArticleSummary) -> ft.Control:
    """Show the first article large: words below its picture, on a desktop beside it."""
    if not services.desktop:
        return cover_card(services, article, large=True)
    photo = _cover(services, article, _LEAD_WIDE)
    photo.expand = 3
    words = ft.Container(
        ft.Column(
            [
                *chips(services, article),
                banner(article.title, max_lines=4),
                body(article.summary, max_lines=4),
                caption(about(services, article)),
            ],
            spacing=Space.M,
            alignment=ft.MainAxisAlignment.CENTER,
        ),
        padding=Space.XL,
        expand=2,
    )
    row = ft.Row([photo, words], spacing=0, vertical_alignment=ft.CrossAxisAlignment.CENTER)
    return _tappable(services, article, row)


def cover_card(services: Services, article: ArticleSummary, *, large: bool = False) -> ft.Control:
    """Show an article as a picture with words below."""
    words = [
        *chips(services, article),
        title(article.title, max_lines=3),
        *([body(article.summary, max_lines=3)] if large else [caption(article.summary, max_lines=2)]),
        caption(about(services, article)),
    ]
    below = ft.Container(ft.Column(words, spacing=Space.S), padding=Space.L)
    column = ft.Column(
        [_cover(services, article, _LEAD_WIDE if large and services.wide else _COVER), below],
        spacing=0,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
    )
    return _tappable(services, article, column)


def row_card(services: Services, article: ArticleSummary) -> ft.Control:
    """Show an article as a row: words, with a small picture at the right."""
    easy = services.preferences.easy
    words = ft.Column(
        [*chips(services, article), title(article.title, small=True, max_lines=4), caption(about(services, article))],
        spacing=Space.S,
        expand=True,
    )
    thumb = picture(
        services,
        article.cover_url,
        services.text("news.cover", title=article.title),
        width=Size.THUMB if easy else _ROW_COVER,
        height=_ROW_COVER,
        icon=ft.Icons.NEWSPAPER,
    )
    row = ft.Row([words, thumb], spacing=Space.M, vertical_alignment=ft.CrossAxisAlignment.START)
    return _tappable(services, article, row, padding=Space.M)


def arranged(services: Services, articles: Sequence[ArticleSummary]) -> list[ft.Control]:
    """Lay articles out: the first one large, the others as rows on a phone and as a grid on a wide window."""
    first, rest = articles[0], articles[1:]
    if not services.wide:
        return [lead(services, first), *[row_card(services, article) for article in rest]]
    columns = 3 if services.desktop else 2
    left = iter(rest)
    rows: list[ft.Control] = []
    while group := list(islice(left, columns)):
        cells: list[ft.Control] = [cover_card(services, article) for article in group]
        cells += [ft.Container() for _ in range(columns - len(group))]
        for cell in cells:
            cell.expand = True
        rows.append(
            ft.Row(cells, spacing=Space.L, vertical_alignment=ft.CrossAxisAlignment.STRETCH, intrinsic_height=True)
        )
    return [lead(services, first), *rows]


def list_skeleton(services: Services) -> ft.Control:
    """Draw the bones of the list."""
    rows: list[ft.Control] = [bone(_LEAD_WIDE, radius=Radius.L)]
    for _ in range(3):
        count = 1 if not services.wide else 3 if services.desktop else 2
        row: list[ft.Control] = [bone(_ROW_COVER if count == 1 else _LEAD_WIDE, radius=Radius.L, expand=True)] * count
        rows.append(ft.Row(row, spacing=Space.L))
    return ft.Column(rows, spacing=Space.M, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)


def _cover(services: Services, article: ArticleSummary, height: int) -> ft.Control:
    name = services.text("news.cover", title=article.title)
    return picture(services, article.cover_url, name, height=height, width=inf, radius=0, icon=ft.Icons.NEWSPAPER)


def _tappable(services: Services, article: ArticleSummary, content: ft.Control, *, padding: int = 0) -> ft.Control:
    t = services.text

    def show() -> None:
        # The list's own question goes along, so that "back" leads to the same list.
        query = urlsplit(services.page.route or "").query
        services.go(f"/news/{article.slug}?{query}" if query else f"/news/{article.slug}")

    said = [article.title, about(services, article), *([t("news.sample")] if article.sample else [])]
    return card(
        content,
        on_click=show,
        label=". ".join(said),
        padding=padding,
        key=article.slug,
    )
