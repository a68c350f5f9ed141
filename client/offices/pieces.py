"""What the screens of offices are made of: an office on a card, what to do with it, its hours."""

import flet as ft

from client.core.services import Services
from client.core.text.dates import local, now
from client.core.theme import Colour, Radius, Size, Space, Tone, tone_colours
from client.offices.opening import day_name, short_week, state_words, week
from client.ui.forms import call_button, secondary_button
from client.ui.lists import card
from client.ui.pressing import one_button
from client.ui.status import status_chip
from client.ui.text import body, caption, title
from shared.offices import Office, OfficeKind

KIND_ICONS = {
    OfficeKind.ONE_STOP: ft.Icons.ACCOUNT_BALANCE_OUTLINED,
    OfficeKind.POLICE: ft.Icons.LOCAL_POLICE_OUTLINED,
    OfficeKind.HEALTH: ft.Icons.LOCAL_HOSPITAL_OUTLINED,
    OfficeKind.POST: ft.Icons.LOCAL_POST_OFFICE_OUTLINED,
    OfficeKind.OTHER: ft.Icons.STORE_OUTLINED,
}
_SIGNS = {Tone.SUCCESS: ft.Icons.SCHEDULE, Tone.WARNING: ft.Icons.LOCK_CLOCK, Tone.NEUTRAL: ft.Icons.HELP_OUTLINE}


def address_of(code: str) -> str:
    """Return where an office stands in this app."""
    return f"/offices/{code}"


def route_url(office: Office) -> str:
    """Return the way there, for whatever map the device opens: Google's universal link, which asks for no account."""
    return f"https://www.google.com/maps/dir/?api=1&destination={office.lat},{office.lon}"


def distance_words(services: Services, metres: int) -> str:
    """320 m, or 2,4 km."""
    if metres < 1_000:
        return services.text("offices.metres", n=max(round(metres, -1), 10))
    return services.text("offices.kilometres", n=services.text.number(metres / 1_000))


def open_chip(services: Services, office: Office) -> ft.Control:
    """Say whether it is open, and until or from when."""
    words, tone = state_words(services.text, office)
    return status_chip(_SIGNS[tone], words, tone)


def sign(office: Office) -> ft.Control:
    """Draw the kind of an office."""
    ink, ground = tone_colours(Tone.ACCENT if office.kind is OfficeKind.ONE_STOP else Tone.INFO)
    icon = ft.Icon(KIND_ICONS[office.kind], color=ink, size=Size.ICON)
    return ft.Container(icon, bgcolor=ground, border_radius=Radius.M, padding=Space.S)


def buttons(services: Services, office: Office) -> ft.Control:
    """Offer to call, and to be shown the way."""
    t = services.text
    found: list[ft.Control] = []
    if office.phone:
        found.append(call_button(t, office.phone))
    if office.lat is not None:
        way = ft.OpenUrl(route_url(office), target=ft.UrlTarget.BLANK)
        found.append(secondary_button(t("offices.route"), None, icon=ft.Icons.DIRECTIONS, action=way))
    return ft.Row(found, wrap=True, spacing=Space.S, run_spacing=Space.S, visible=bool(found))


def office_card(services: Services, office: Office, *, selected: bool = False) -> ft.Control:
    """Show an office in a list: its words lead to it, its buttons call and show the way."""
    t = services.text
    state, _ = state_words(t, office)
    far = distance_words(services, office.distance_m) if office.distance_m is not None else ""
    facts: list[ft.Control] = [open_chip(services, office)]
    if far:
        facts.append(caption(far))
    words = ft.Column(
        [
            title(office.name),
            *([caption(office.address)] if office.address else []),
            ft.Row(facts, wrap=True, spacing=Space.S, run_spacing=Space.XS),
        ],
        spacing=Space.XS,
        expand=True,
    )
    row = ft.Row(
        [sign(office), words, ft.Icon(ft.Icons.CHEVRON_RIGHT, color=Colour.QUIET)],
        spacing=Space.M,
        vertical_alignment=ft.CrossAxisAlignment.START,
    )

    said = ". ".join(part for part in (office.name, office.address, state, far) if part)
    box = ft.Container(row, ink=True, border_radius=Radius.S)
    head = one_button(said, box, lambda: services.go(address_of(office.code)))
    content = ft.Column([head, buttons(services, office)], spacing=Space.M)
    return card(content, selected=selected, key=f"office-{office.code}")


def sample_note(services: Services, office: Office) -> list[ft.Control]:
    """Say that an office is made up."""
    if not office.sample:
        return []
    return [caption(services.text("offices.sample"))]


def hours_short(services: Services, office: Office) -> ft.Control:
    """Show the hours in as few lines as they allow."""
    t = services.text
    lines: list[ft.Control] = [
        ft.Row([ft.Container(caption(days), expand=2), ft.Container(body(hours), expand=3)], spacing=Space.S)
        for days, hours in short_week(t, office.hours)
    ]
    return ft.Column(lines or [caption(t("offices.hours_unknown"))], spacing=Space.XS)


def hours_week(services: Services, office: Office) -> ft.Control:
    """Show the hours day by day, today's standing out."""
    t = services.text
    if not office.hours:
        return body(t("offices.hours_ask"), color=Colour.QUIET)
    today = local(now()).weekday()
    rows = [_day(services, day, ", ".join(hours), today=day == today) for day, hours in enumerate(week(office.hours))]
    return ft.Column([*rows, caption(t("offices.hours_holidays"))], spacing=Space.XS)


def _day(services: Services, day: int, hours: str, *, today: bool) -> ft.Control:
    t = services.text
    ink, ground = tone_colours(Tone.ACCENT)
    name = day_name(t, day)
    color = ink if today else (None if hours else Colour.QUIET)
    row = ft.Row(
        [
            ft.Container(body(t("offices.today", day=name) if today else name, color=color), expand=2),
            ft.Container(body(hours or t("offices.day_off"), color=color), expand=3),
        ],
        spacing=Space.S,
    )
    return ft.Container(
        row,
        bgcolor=ground if today else None,
        border_radius=Radius.S,
        padding=ft.Padding.symmetric(horizontal=Space.S, vertical=Space.XS),
    )
