"""`/places/<code>`: one place of today or of before, what became of it, where its people go."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

import flet as ft

from client.core.action import use_action
from client.core.context import use_query, use_services
from client.core.loading import use_loaded
from client.core.services import Services
from client.core.theme import Colour, Size, Space, Tone
from client.offices import api, pieces
from client.offices.hotlines import call_row
from client.offices.outline import outline_map
from client.offices.parts import keep_place
from client.offices.places import became_words, place_address, place_head
from client.ui.forms import call_button, icon_button, link_button, primary_button, secondary_button
from client.ui.lists import card, section
from client.ui.maps import device_position
from client.ui.shell import Screen
from client.ui.states import bone, card_skeletons, show, text_skeleton
from client.ui.text import body, caption, heading, title
from shared.offices import Office
from shared.pages import Page
from shared.places import PlaceAt
from shared.public_services import Hotline, PlaceDetail, PlaceRef
from shared.vietnamese import without_marks


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


@ft.component
def PlaceScreen() -> ft.Control:
    """Show one place."""
    services = use_services()
    t = services.text
    code, at = ft.use_route_params().get("code", ""), use_query("at")
    place = use_loaded(lambda: api.place(services.api, code, _day(at)), [code, at])
    actions = []
    if place.value is not None:
        address = f"{services.origin}{place_address(place.value)}"
        words = ft.ShareText(f"{place.value.name}\n{address}", title=place.value.name)
        actions = [icon_button(ft.Icons.SHARE, t("offices.share"), None, action=words)]
    return Screen(
        place.value.name if place.value is not None else t("offices.place_title"),
        [show(place, lambda found: _laid_out(services, found), skeleton=text_skeleton, ways=ways_on(services))],
        back="/places",
        actions=actions,
    )


def ways_on(services: Services) -> list[ft.Control]:
    """Lead on from a place that is not there: to the search of places, and to who knows."""
    search = primary_button(services.text("offices.place_find"), lambda: services.go("/places"), icon=ft.Icons.SEARCH)
    return [search, call_button(services.text, services.province.contact_phone)]


def _laid_out(services: Services, place: PlaceDetail) -> ft.Control:
    blocks: list[ft.Control] = [card(_column([place_head(services, place), *_own(services, place)]))]
    if place.current:
        blocks += [outline_map(place), Offices(place.code), *_formed(services, place)]
    elif len(place.became) > 1:
        blocks.append(Split(place))
    elif place.became:
        now = place.became[0]
        blocks += [heading(became_words(services, place)), _now(services, now), Offices(now.code)]
    else:
        blocks.append(card(body(became_words(services, place), color=Colour.QUIET)))
    blocks.append(Lines())
    return ft.Column(blocks, spacing=Space.L, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)


def _column(lines: Sequence[ft.Control]) -> ft.Column:
    return ft.Column(list(lines), spacing=Space.M, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)


def _own(services: Services, place: PlaceDetail) -> list[ft.Control]:
    """Let a place of today be one's own."""
    t = services.text
    if not place.current:
        return []
    if services.preferences.place_code == place.code:
        sign = ft.Icon(ft.Icons.HOME_WORK, color=ft.Colors.SECONDARY, size=Size.ICON_S)
        return [ft.Row([sign, caption(t("offices.is_mine"))], spacing=Space.S)]

    def keep() -> None:
        services.page.run_task(keep_place, services, place)
        services.tell(t("action.saved"), Tone.SUCCESS)

    return [ft.Row([secondary_button(t("offices.make_mine"), keep, icon=ft.Icons.HOME_WORK_OUTLINED)])]


def _now(services: Services, place: PlaceRef, why: str = "", *, here: bool = False) -> ft.Control:
    """Lead to a place of today."""
    words: list[ft.Control] = [title(place.name), caption(why or place.parent)]
    if here:
        words.append(caption(services.text("offices.you_are_here"), color=ft.Colors.SECONDARY))
    row = ft.Row(
        [
            ft.Icon(ft.Icons.PLACE_OUTLINED, color=ft.Colors.PRIMARY),
            ft.Column(words, spacing=2, expand=True),
            ft.Icon(ft.Icons.CHEVRON_RIGHT, color=Colour.QUIET),
        ],
        spacing=Space.M,
    )
    press = partial(services.go, place_address(place))
    return card(row, on_click=press, label=f"{place.name}. {why or place.parent}", selected=here, key=place.code)


@ft.component
def Split(place: PlaceDetail) -> ft.Control:
    """Ask in which of several places of today somebody lives: what each is formed from tells them apart, or the device.

    Nobody's data says which village went where, so the person is asked.
    """
    services = use_services()
    t = services.text
    codes = tuple(each.code for each in place.became)
    details = use_loaded(lambda: api.places_with_offices(services.api, codes), [codes])
    here, set_here = ft.use_state("")

    async def locate() -> PlaceAt:
        return await api.place_at(services.api, await device_position())

    def located(found: PlaceAt) -> None:
        code = found.place.code if found.place else ""
        set_here(code)
        if code not in codes:
            name = found.place.name if found.place else ""
            services.tell(t("offices.elsewhere", name=name) if name else t("offices.denied"), Tone.WARNING)

    mine = use_action(locate, done=located, failed=lambda _: services.tell(t("offices.denied"), Tone.WARNING))

    def ready(found: list[tuple[PlaceDetail, list[Office]]]) -> ft.Control:
        cards: list[ft.Control] = []
        for each, offices in found:
            cards.append(_now(services, each, _others(services, each, place), here=each.code == here))
            cards += [pieces.office_card(services, office) for office in offices]
        return _column(cards)

    words = t("map.locating") if mine.running else t("map.mine")
    return _column(
        [
            heading(t(_asked(place.became))),
            body(t("offices.split_why", name=place.name, n=len(codes)), color=Colour.QUIET),
            ft.Row([primary_button(words, mine.start, icon=ft.Icons.MY_LOCATION, running=mine.running)]),
            show(details, ready, skeleton=card_skeletons),
            caption(t("offices.split_call")),
            ft.Row([call_button(services.text, services.province.contact_phone)]),
        ]
    )


def _asked(places: Sequence[PlaceRef]) -> str:
    """Return the key of the question that fits what the places are called."""
    kinds = {without_marks(place.kind) for place in places}
    if kinds == {"phuong"}:
        return "offices.split_ask_ward"
    return "offices.split_ask_commune" if kinds == {"xa"} else "offices.split_ask"


def _others(services: Services, now: PlaceDetail, old: PlaceDetail) -> str:
    """Name the neighbours that a place of today took in beside a part of this old one."""
    names = [each.name for each in now.formed_from if each.id != old.id]
    return services.text("offices.together_with", names=", ".join(names)) if names else now.parent


def _formed(services: Services, place: PlaceDetail) -> list[ft.Control]:
    t = services.text
    lines: list[ft.Control] = [_old(services, each) for each in place.formed_from]
    if not lines and place.formed_from_text:
        lines = [body(part.strip()) for part in place.formed_from_text.split(",")]
    if not lines:
        lines = [body(t("offices.place_formed_none"), color=Colour.QUIET)]
    facts = [t("offices.place_code", code=place.code)]
    if place.area_km2:
        facts.append(t("offices.place_area", n=t.number(place.area_km2)))
    return [
        card(_column([heading(t("offices.place_formed")), ft.Column(lines, spacing=0), caption(" · ".join(facts))]))
    ]


def _old(services: Services, place: PlaceRef) -> ft.Control:
    press = partial(services.go, place_address(place))
    return ft.Row([link_button(place.name, press), caption(place.parent)], wrap=True, run_spacing=0)


@ft.component
def Offices(code: str) -> ft.Control:
    """Show the offices where the people of a place of today go."""
    services = use_services()
    t = services.text
    offices = use_loaded(lambda: api.offices(services.api, place=code), [code])

    def ready(page: Page[Office]) -> ft.Control:
        rows: list[ft.Control] = [pieces.office_card(services, each) for each in page.items]
        none = body(t("offices.none_here", phone=services.province.contact_phone), color=Colour.QUIET)
        return section(t("offices.where_to_go"), rows or [none])

    return show(offices, ready, skeleton=lambda: bone(Size.THUMB))


@ft.component
def Lines() -> ft.Control:
    """Show the numbers to call."""
    services = use_services()
    t = services.text
    lines = use_loaded(lambda: api.hotlines(services.api), [])

    def ready(found: list[Hotline]) -> ft.Control:
        more: Callable[[], None] = partial(services.go, "/hotlines")
        shown: list[ft.Control] = [call_row(services, line) for line in found if not line.emergency]
        return section(t("offices.hotlines_title"), shown, more=t("action.see_all"), on_more=more)

    return show(lines, ready, skeleton=lambda: bone(Size.THUMB))
