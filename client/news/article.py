"""One article: cover, title, body in a readable measure, source, tags, text size, sharing."""

from collections.abc import Callable
from math import inf

import flet as ft

from client.core.context import use_query, use_services
from client.core.loading import use_loaded
from client.core.services import Services
from client.core.theme import Radius, Space, Tone, tone_colours
from client.news import api, parts
from client.news.markdown import SIZES, article_body, open_link
from client.onboarding.events import use_mission
from client.ui.forms import Choice, go_chips, icon_button, secondary_button
from client.ui.lists import section
from client.ui.media import picture
from client.ui.shell import Screen
from client.ui.states import show, text_skeleton
from client.ui.text import banner, body, caption, label
from shared.news import ArticleDetail, ArticleSummary
from shared.onboarding import Mission
from shared.pages import Page

_COVER, _COVER_WIDE = 220, 380
_SIZE_KEY = "news.text_size"
_OTHERS = 3


@ft.component
def ArticleScreen() -> ft.Control:
    """Show one article."""
    services = use_services()
    t = services.text
    slug = ft.use_route_params().get("slug", "")
    back = parts.address(use_query("category"), use_query("q"))
    article = use_loaded(lambda: api.article(services.api, slug), [slug, t.language])
    use_mission(Mission.READ_NEWS, done=article.value is not None)
    size, set_size = ft.use_state(0)

    async def remembered() -> None:
        kept = await services.storage.get(_SIZE_KEY) or ""
        if kept.isdigit() and int(kept) < len(SIZES):
            set_size(int(kept))

    ft.use_effect(remembered, [])

    def resize(step: int) -> None:
        set_size(step)
        services.page.run_task(services.storage.set, _SIZE_KEY, str(step))

    def ready(found: ArticleDetail) -> ft.Control:
        parts_of_it = [
            *_head(services, found),
            article_body(services, found.body, SIZES[size]),
            *_foot(services, found),
            Others(found.slug, found.category.slug),
        ]
        return ft.Column(parts_of_it, spacing=Space.L, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)

    actions = [*_size_buttons(services, size, resize), *_sharing(services, article.value)]
    return Screen(t("news.title"), [show(article, ready, skeleton=text_skeleton)], back=back, actions=actions)


@ft.component
def Others(slug: str, category: str) -> ft.Control:
    """Offer what else stands under the same heading."""
    services = use_services()
    t = services.text
    found = use_loaded(lambda: api.articles(services.api, category, "", None), [category, t.language])

    def ready(page: Page[ArticleSummary]) -> ft.Control:
        others = [each for each in page.items if each.slug != slug][:_OTHERS]
        if not others:
            return ft.Container(visible=False)
        return section(
            t("news.more_news"),
            [parts.row_card(services, each) for each in others],
            more=t("action.see_all"),
            on_more=lambda: services.go("/news"),
        )

    # What else there is matters less than the article: when it cannot be had, nothing is said.
    return ready(found.value) if found.value else ft.Container(visible=False)


def _head(services: Services, article: ArticleDetail) -> list[ft.Control]:
    t = services.text
    cover: list[ft.Control] = []
    if article.cover_url:
        height = _COVER_WIDE if services.wide else _COVER
        cover.append(
            picture(
                services,
                article.cover_url,
                t("news.cover", title=article.title),
                height=height,
                width=inf,
                radius=Radius.L,
            )
        )
    made_up = [_sample_note(services)] if article.sample else []
    when = f"{t.moment(article.published_at)} · {t('news.minutes', n=article.reading_minutes)}"
    return [
        *cover,
        ft.Column(
            [
                label(article.category.name, color=ft.Colors.PRIMARY),
                ft.Semantics(header=True, content=banner(article.title)),
                caption(when),
            ],
            spacing=Space.S,
        ),
        *made_up,
        ft.Text(article.summary, theme_style=ft.TextThemeStyle.TITLE_MEDIUM),
    ]


def _sample_note(services: Services) -> ft.Control:
    t = services.text
    ink, ground = tone_colours(Tone.WARNING)
    words = ft.Column(
        [label(t("news.sample"), color=ink), caption(t("news.sample_why"), color=ink)], spacing=Space.XS, expand=True
    )
    row = ft.Row(
        [ft.Icon(ft.Icons.SCIENCE_OUTLINED, color=ink), words],
        spacing=Space.M,
        vertical_alignment=ft.CrossAxisAlignment.START,
    )
    return ft.Container(row, bgcolor=ground, border_radius=Radius.M, padding=Space.M)


def _foot(services: Services, article: ArticleDetail) -> list[ft.Control]:
    t = services.text
    foot: list[ft.Control] = [ft.Divider(height=1)]
    if article.source_name:
        foot.append(body(t("news.source", name=article.source_name)))
    link = open_link(article.source_url)
    if link is not None:
        foot.append(ft.Row([secondary_button(t("news.open_source"), None, icon=ft.Icons.OPEN_IN_NEW, action=link)]))
    if article.tags:
        tags = [Choice(tag, f"#{tag}") for tag in article.tags]
        foot.append(go_chips(tags, lambda tag: services.go(parts.address("", tag))))
    return foot


def _size_buttons(services: Services, size: int, resize: Callable[[int], None]) -> list[ft.Control]:
    t = services.text
    last = len(SIZES) - 1
    return [
        icon_button(ft.Icons.TEXT_DECREASE, t("news.smaller"), lambda: resize(max(0, size - 1)), disabled=size == 0),
        icon_button(
            ft.Icons.TEXT_INCREASE, t("news.larger"), lambda: resize(min(last, size + 1)), disabled=size == last
        ),
    ]


def _sharing(services: Services, article: ArticleDetail | None) -> list[ft.Control]:
    """Return what copies or hands on the address; browsers allow both only within the tap itself."""
    if article is None:
        return []
    t = services.text
    address = f"{services.origin}/news/{article.slug}"
    copy = ft.IconButton(
        icon=ft.Icons.LINK,
        tooltip=t("news.copy"),
        action=ft.CopyToClipboard(address),
        on_click=lambda: services.tell(t("news.copied"), Tone.SUCCESS),
    )
    buttons: list[ft.Control] = [ft.MergeSemantics(content=copy)]
    platform = services.page.platform
    if platform is not None and platform.is_mobile():
        share = ft.IconButton(
            icon=ft.Icons.SHARE,
            tooltip=t("news.share"),
            action=ft.ShareText(f"{article.title}\n{address}", title=article.title),
        )
        buttons.append(ft.MergeSemantics(content=share))
    return buttons
