"""Ways to file: way × time × fee, with whatever conditions the fee always beside it."""

from collections.abc import Sequence

import flet as ft

from client.core.services import Services
from client.core.text import Text
from client.core.text.dates import local, now
from client.core.theme import Colour, Radius, Size, Space, Tone, tone_colours
from client.public_services import pieces
from client.ui.status import status_chip
from client.ui.text import body, caption, title
from shared.fee_notes import ended, has_words
from shared.preparation import NUMBERED, Way, by_method, money, ways
from shared.procedure_text import says_nothing
from shared.public_services import Channel, FeeState, Method, ProcedureDetail

_LONG = 4_000
ICONS = {
    Method.IN_PERSON: ft.Icons.STOREFRONT,
    Method.ONLINE: ft.Icons.LANGUAGE,
    Method.POST: ft.Icons.LOCAL_POST_OFFICE_OUTLINED,
}
_FEE_TONES = {FeeState.FREE: Tone.SUCCESS, FeeState.FEE: Tone.INFO}
_SHARES = (3, 3, 3, 6)
"""How wide the columns of the table are."""


def fee_words(t: Text, channel: Channel) -> str:
    """Say the fee: a number only where the source stands by it (FREE, FEE), else in words."""
    if channel.fee_state is FeeState.FEE and channel.fee_amount is not None:
        return money(channel.fee_amount, channel.fee_currency)
    if channel.fee_state is FeeState.FEE:
        return t("public_services.fee_see_note")
    return t(f"public_services.fee_{channel.fee_state.value}")


def time_words(t: Text, channel: Channel) -> str:
    """Say the time as the source does; a bare number, of days or of hours, says nothing."""
    text = channel.time_text.strip()
    if not text:
        return t("public_services.time_missing")
    if channel.time_unit:
        return text.replace(channel.time_unit, channel.time_unit.lower())
    if not text.replace(".", "").replace(",", "").isdigit():
        return text[0].upper() + text[1:]
    return t("public_services.time_unclear")


def time_lines(t: Text, channels: Sequence[Channel]) -> list[str]:
    """Say each time once, and of which ways of filing where they differ: Trực tuyến, bưu chính 20 ngày."""
    found = by_method(channels, lambda channel: time_words(t, channel))
    return [f"{_ways(t, methods)} {words}".strip() for methods, words in found]


def _ways(t: Text, methods: Sequence[Method]) -> str:
    return ", ".join(t(f"public_services.method_{method.value}") for method in methods).capitalize()


def ended_note(t: Text, note: str) -> list[ft.Control]:
    """Say which times named by a fee's note are over; nothing when none is."""
    days = [t.date(day) for day in ended(note, local(now()).date())]
    ink, _ = tone_colours(Tone.WARNING)
    return [body(t("public_services.fee_ended", days=", ".join(days)), color=ink)] if days else []


def channels_block(services: Services, procedure: ProcedureDetail) -> ft.Control:
    """Show all ways to file: a table where there is room, else one card each."""
    t = services.text
    found = ways(procedure.channels)
    if not found:
        content: list[ft.Control] = [body(t("public_services.no_channels"), color=Colour.QUIET)]
    elif services.wide and not services.preferences.easy:
        content = [_table(t, found)]
    else:
        content = [_card(services, way) for way in found]
    return pieces.block(t("public_services.channels"), ft.Icons.PAYMENTS_OUTLINED, content)


def fee_ink(channel: Channel) -> ft.ColorValue:
    """Return the colour of a fee: what is not certain looks like a warning."""
    return tone_colours(_FEE_TONES.get(channel.fee_state, Tone.WARNING))[0]


def _table(t: Text, found: Sequence[Way]) -> ft.Control:
    heads = [t(f"public_services.{name}") for name in ("method", "time", "fee", "fee_note")]
    top = ft.Container(
        _row([caption(words) for words in heads]),
        bgcolor=ft.Colors.SURFACE_CONTAINER,
        border_radius=Radius.S,
        padding=ft.Padding.symmetric(horizontal=Space.M, vertical=Space.S),
    )
    lines: list[ft.Control] = [top]
    for way in found:
        if len(lines) > 1:
            lines.append(ft.Divider(height=1, color=Colour.CARD_BORDER))
        cells = [
            ft.Column([_method(t, each) for each in way.methods], spacing=Space.XS),
            title(time_words(t, way.channel), small=True),
            title(fee_words(t, way.channel), small=True, color=fee_ink(way.channel)),
            _fee_note(t, way.channel),
        ]
        more = _said(t, way.channel)
        row: ft.Control = _row(cells)
        if more:
            row = ft.Column([row, *more], spacing=Space.M, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)
        lines.append(ft.Container(row, padding=ft.Padding.symmetric(horizontal=Space.M, vertical=Space.M)))
    return ft.Column(lines, spacing=0, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)


def _row(cells: Sequence[ft.Control]) -> ft.Control:
    placed: list[ft.Control] = [ft.Container(cell, expand=share) for cell, share in zip(cells, _SHARES, strict=True)]
    return ft.Row(placed, spacing=Space.M, vertical_alignment=ft.CrossAxisAlignment.START)


def _method(t: Text, method: Method) -> ft.Control:
    words = t(f"public_services.method_{method.value}")
    icon = ft.Icon(ICONS[method], size=Size.ICON_S, color=Colour.QUIET)
    return ft.Row([icon, ft.Container(body(words), expand=True)], spacing=Space.S)


def _fee_note(t: Text, channel: Channel) -> ft.Control:
    """Return what conditions the fee, in full and word for word; what to do where the source says nothing more."""
    if has_words(channel.fee_note):
        said = pieces.source_pieces(channel.fee_note, _LONG)
        return ft.Column([said, *ended_note(t, channel.fee_note)], spacing=Space.S)
    if channel.fee_state in (FeeState.FREE, FeeState.FEE, FeeState.NOT_STATED):
        return caption("–")
    return body(t("public_services.fee_no_note"), color=Colour.QUIET)


def _card(services: Services, way: Way) -> ft.Control:
    t, channel = services.text, way.channel
    chips = ft.Row(
        [status_chip(ICONS[each], t(f"public_services.method_{each.value}"), Tone.NEUTRAL) for each in way.methods],
        spacing=Space.S,
        run_spacing=Space.XS,
        wrap=True,
    )
    time = pieces.fact(t("public_services.time"), title(time_words(t, channel), small=True))
    fee = pieces.fact(t("public_services.fee"), title(fee_words(t, channel), small=True, color=fee_ink(channel)))
    if services.preferences.easy:
        facts: ft.Control = ft.Column([time, fee], spacing=Space.M)
    else:
        time.expand = fee.expand = True
        facts = ft.Row([time, fee], spacing=Space.L, vertical_alignment=ft.CrossAxisAlignment.START)
    return ft.Container(
        ft.Column([chips, facts, *_notes(t, channel)], spacing=Space.M),
        border=ft.Border.all(1, Colour.CARD_BORDER),
        border_radius=Radius.M,
        padding=Space.M,
    )


def _notes(t: Text, channel: Channel) -> list[ft.Control]:
    """Return what conditions the fee, in full, and what else the source says of this way."""
    notes: list[ft.Control] = []
    unsure = channel.fee_state in (FeeState.SEE_NOTE, FeeState.FREE_WITH_NOTE, FeeState.DOUBTFUL)
    if has_words(channel.fee_note):
        notes.append(pieces.note(t("public_services.fee_note"), [_fee_note(t, channel)], Tone.NEUTRAL))
    elif unsure and says_nothing(channel.description):
        notes.append(
            ft.Row(
                [
                    ft.Icon(ft.Icons.INFO_OUTLINE, size=Size.ICON_S, color=Colour.QUIET),
                    ft.Container(body(t("public_services.fee_no_note"), color=Colour.QUIET), expand=True),
                ],
                spacing=Space.S,
            )
        )
    return [*notes, *_said(t, channel)]


def _said(t: Text, channel: Channel) -> list[ft.Control]:
    """Return what else the source says of this way; where the fee is unclear the exemptions may stand here."""
    if says_nothing(channel.description):
        return []
    limit = 400 if has_words(channel.fee_note) or channel.fee_state in NUMBERED else _LONG
    return [pieces.fact(t("public_services.channel_note"), pieces.source_pieces(channel.description, limit))]
