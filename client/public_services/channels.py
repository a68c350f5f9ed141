"""Ways to file: way × time × fee, with whatever conditions the fee always beside it."""

from collections.abc import Sequence
from dataclasses import dataclass

import flet as ft

from client.core.services import Services
from client.core.text import Text
from client.core.theme import Colour, Radius, Size, Space, Tone, tone_colours
from client.public_services import pieces
from client.ui.status import status_chip
from client.ui.text import body, title
from shared.procedure_text import says_nothing
from shared.public_services import Channel, FeeState, Method, ProcedureDetail

_LONG = 4_000
_ICONS = {
    Method.IN_PERSON: ft.Icons.STOREFRONT,
    Method.ONLINE: ft.Icons.LANGUAGE,
    Method.POST: ft.Icons.LOCAL_POST_OFFICE_OUTLINED,
}
_FEE_TONES = {FeeState.FREE: Tone.SUCCESS, FeeState.FEE: Tone.INFO}
_NUMBERED = {FeeState.FREE, FeeState.FEE}


@dataclass(frozen=True)
class Way:
    """Several ways of filing that take the same time and cost the same."""

    methods: tuple[Method, ...]
    channel: Channel


def ways(channels: Sequence[Channel]) -> list[Way]:
    """Join the channels that differ in nothing but the way of filing."""
    joined: dict[Channel, list[Method]] = {}
    for channel in channels:
        same = channel.model_copy(update={"method": Method.IN_PERSON})
        methods = joined.setdefault(same, [])
        if channel.method not in methods:
            methods.append(channel.method)
    return [Way(tuple(sorted(methods, key=list(Method).index)), same) for same, methods in joined.items()]


def fee_words(t: Text, channel: Channel) -> str:
    """Say the fee: a number only where the source stands by it (FREE, FEE), else in words."""
    if channel.fee_state is FeeState.FEE and channel.fee_amount is not None:
        return money(channel.fee_amount, channel.fee_currency)
    if channel.fee_state is FeeState.FEE:
        return t("public_services.fee_see_note")
    return t(f"public_services.fee_{channel.fee_state.value}")


def money(amount: float, currency: str) -> str:
    """Write an amount as people in Vietnam do: 20.000 đ, 10 USD."""
    whole = f"{amount:,.0f}" if amount == int(amount) else f"{amount:,.2f}"
    written = whole.translate(str.maketrans(",.", ".,"))
    return f"{written} đ" if currency in ("", "VND") else f"{written} {currency}"


def time_words(t: Text, channel: Channel) -> str:
    """Say the time as the source does; a bare number gets no unit that the source did not give."""
    text = channel.time_text.strip()
    if not text:
        return t("public_services.time_missing")
    if channel.time_unit:
        return text.replace(channel.time_unit, channel.time_unit.lower())
    if not text.replace(".", "").replace(",", "").isdigit():
        return text[0].upper() + text[1:]
    return t("public_services.time_unitless", n=text)


def channels_block(services: Services, procedure: ProcedureDetail) -> ft.Control:
    """Show all ways to file."""
    t = services.text
    content: list[ft.Control] = [_way(services, way) for way in ways(procedure.channels)]
    if not content:
        content = [body(t("public_services.no_channels"), color=Colour.QUIET)]
    return pieces.block(t("public_services.channels"), ft.Icons.PAYMENTS_OUTLINED, content)


def _way(services: Services, way: Way) -> ft.Control:
    t, channel = services.text, way.channel
    chips = ft.Row(
        [status_chip(_ICONS[each], t(f"public_services.method_{each.value}"), Tone.NEUTRAL) for each in way.methods],
        spacing=Space.S,
        run_spacing=Space.XS,
        wrap=True,
    )
    ink, _ = tone_colours(_FEE_TONES.get(channel.fee_state, Tone.WARNING))
    time = pieces.fact(t("public_services.time"), title(time_words(t, channel), small=True))
    fee = pieces.fact(t("public_services.fee"), title(fee_words(t, channel), small=True, color=ink))
    if services.preferences.easy and not services.wide:
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
    has_note = not says_nothing(channel.fee_note) and any(sign.isalpha() for sign in channel.fee_note)
    if has_note:
        lines = [pieces.source_pieces(channel.fee_note, _LONG)]
        notes.append(pieces.note(t("public_services.fee_note"), lines, Tone.NEUTRAL))
    if not says_nothing(channel.description):
        # Where the fee has no note of its own and no sure number, this text is where the exemptions stand.
        limit = 400 if has_note or channel.fee_state in _NUMBERED else _LONG
        said = pieces.source_pieces(channel.description, limit)
        notes.append(pieces.fact(t("public_services.channel_note"), said))
    elif not has_note and channel.fee_state in (FeeState.SEE_NOTE, FeeState.FREE_WITH_NOTE):
        notes.append(
            ft.Row(
                [
                    ft.Icon(ft.Icons.INFO_OUTLINE, size=Size.ICON_S, color=Colour.QUIET),
                    ft.Container(body(t("public_services.fee_no_note"), color=Colour.QUIET), expand=True),
                ],
                spacing=Space.S,
            )
        )
    return notes
