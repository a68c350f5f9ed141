"""The card at the head of a procedure: how long, how much, what is ready; to share, as a picture, on paper."""

from urllib.parse import quote, urlencode

import flet as ft

from client.core.services import Services
from client.core.text import Text
from client.core.theme import Colour, Radius, Size, Space, Tone, tone_colours
from client.public_services import pieces
from client.public_services.cases import case_choice
from client.public_services.channels import ICONS, ended_note, fee_ink, fee_words, time_lines
from client.public_services.checklist import Checklist, as_text
from client.ui.forms import Choice, choice_chips, secondary_button
from client.ui.text import body, caption, title
from shared.fee_notes import fee_notes
from shared.preparation import Preparation, money
from shared.public_services import Channel, FeeState, Method

_ANY = "any"
_SHOWN, _NOTE = 3, 260


def preparation_block(services: Services, checklist: Checklist) -> ft.Control:
    """Show what to get ready for the way and the case that were chosen."""
    t, found = services.text, checklist.found
    content: list[ft.Control] = []
    if len(found.methods) > 1:
        content.append(_methods(t, checklist))
    if found.cases:
        content.append(pieces.fact(t("public_services.prepare_case"), case_choice(checklist)))
    facts: list[ft.Control] = [_time(t, found), _fee(t, found), _papers(t, checklist)]
    for fact in facts:
        fact.expand = True
    for some in [facts] if services.wide else [facts[:2], facts[2:]]:
        content.append(ft.Row(some, spacing=Space.M, intrinsic_height=True))
    content += [*_doubts(t, found), *_notes(t, found)]
    content.append(_buttons(services, checklist))
    return pieces.block(t("public_services.prepare"), ft.Icons.CHECKLIST, content)


def _methods(t: Text, checklist: Checklist) -> ft.Control:
    found = checklist.found
    choices = [Choice(_ANY, t("public_services.prepare_any"))]
    choices += [Choice(each.value, t(f"public_services.method_{each.value}"), ICONS[each]) for each in found.methods]

    def choose(value: str) -> None:
        checklist.choose_method(None if value == _ANY else Method(value))

    chosen = found.method.value if found.method else _ANY
    return pieces.fact(t("public_services.prepare_method"), choice_chips(choices, chosen, choose))


def _tile(words: str, lines: list[ft.Control]) -> ft.Container:
    return ft.Container(
        ft.Column([caption(words), *lines], spacing=Space.XS),
        bgcolor=ft.Colors.SURFACE_CONTAINER,
        border_radius=Radius.M,
        padding=Space.M,
    )


def _some(words: list[str]) -> list[ft.Control]:
    """Show the first few of several; all of them stand in the table below."""
    shown: list[ft.Control] = [title(each) for each in words[:_SHOWN]]
    return shown if len(words) <= _SHOWN else [*shown, caption("…")]


def _time(t: Text, found: Preparation) -> ft.Container:
    words = time_lines(t, found.channels)
    return _tile(t("public_services.prepare_time"), _some(words or [t("public_services.prepare_none")]))


def _fee(t: Text, found: Preparation) -> ft.Container:
    heading = t("public_services.prepare_fee")
    if found.total is not None:
        ink, _ = tone_colours(Tone.SUCCESS if not found.total else Tone.INFO)
        amount = money(found.total, found.currency)
        free = t(f"public_services.fee_{FeeState.FREE.value}")
        words = t("public_services.prepare_total", amount=amount) if found.total else free
        return _tile(heading, [title(words, color=ink)])
    fees: dict[str, Channel] = {fee_words(t, channel): channel for channel in found.channels}
    if not fees:
        return _tile(heading, [title(t("public_services.prepare_none"))])
    shown: list[ft.Control] = [title(words, color=fee_ink(each)) for words, each in list(fees.items())[:_SHOWN]]
    return _tile(heading, shown + ([caption("…")] if len(fees) > _SHOWN else []))


def _papers(t: Text, checklist: Checklist) -> ft.Container:
    heading = t("public_services.prepare_papers")
    number, ready, cases = len(checklist.wanted), checklist.ready, len(checklist.found.cases)
    if checklist.case_open and not number:
        return _tile(heading, [title(t("public_services.case_choose", n=cases))])
    if not number:
        return _tile(heading, [title(t("public_services.prepare_none"))])
    done = ready == number and not checklist.case_open
    words = t("public_services.prepare_ready" if done else "public_services.prepare_have", n=ready, all=number)
    ink, _ = tone_colours(Tone.SUCCESS)
    bar = ft.ProgressBar(
        value=ready / number, color=ft.Colors.SECONDARY, bgcolor=Colour.CARD_BORDER, border_radius=Radius.S
    )
    sometimes = len(checklist.found.documents) - number
    more = [caption(t("public_services.prepare_sometimes", n=sometimes))] if sometimes else []
    if checklist.case_open:
        more.append(caption(t("public_services.case_left", n=cases)))
    return _tile(heading, [title(words, color=ink if done else None), bar, *more])


def _doubts(t: Text, found: Preparation) -> list[ft.Control]:
    """Say in plain words what is not certain."""
    ink, ground = tone_colours(Tone.WARNING)
    lines: list[ft.Control] = [
        ft.Row(
            [
                ft.Icon(ft.Icons.INFO_OUTLINE, color=ink, size=Size.ICON_S),
                ft.Container(body(t(f"public_services.open_{point.value}"), color=ink), expand=True),
            ],
            spacing=Space.S,
        )
        for point in found.open
    ]
    if not lines:
        return []
    return [ft.Container(ft.Column(lines, spacing=Space.XS), bgcolor=ground, border_radius=Radius.M, padding=Space.M)]


def _notes(t: Text, found: Preparation) -> list[ft.Control]:
    """Put what conditions the fee beside it, word for word; a long note folds."""
    notes = fee_notes(found.channels)
    if not notes:
        return []
    lines = [line for note in notes for line in (pieces.source_pieces(note, _NOTE), *ended_note(t, note))]
    return [pieces.note(t("public_services.fee_note"), lines, Tone.NEUTRAL)]


def _buttons(services: Services, checklist: Checklist) -> ft.Control:
    t, found = services.text, checklist.found
    link = checklist.link(services)
    text = as_text(t, checklist, link)
    chosen = {"case": found.case, "method": found.method.value if found.method else ""}
    query = urlencode({name: value for name, value in chosen.items() if value})
    own = f"/api/v1/procedures/{quote(found.code)}"
    picture = services.absolute(f"{own}/card.png{f'?{query}' if query else ''}")
    buttons = [
        secondary_button(
            t("public_services.share_link"),
            lambda: services.tell(t("public_services.share_link_done"), Tone.SUCCESS),
            icon=ft.Icons.LINK,
            action=ft.CopyToClipboard(link),
        ),
        secondary_button(
            t("public_services.card_picture"),
            None,
            icon=ft.Icons.IMAGE_OUTLINED,
            action=ft.OpenUrl(picture, target=ft.UrlTarget.BLANK),
        ),
        secondary_button(
            t("public_services.print_sheet"),
            None,
            icon=ft.Icons.PRINT_OUTLINED,
            action=ft.OpenUrl(services.absolute(f"{own}/sheet.pdf"), target=ft.UrlTarget.BLANK),
        ),
        _send(services, text),
    ]
    return ft.Row(buttons, spacing=Space.S, run_spacing=Space.S, wrap=True)


def _send(services: Services, text: str) -> ft.Control:
    """Hand the list to another app on a phone; a computer has the clipboard for it.

    Not every browser of a phone can hand on, and none says whether it did: the clipboard has it in any case.
    """
    t = services.text
    words = t("public_services.share_list")
    done = t("public_services.share_list_done")
    return secondary_button(
        words,
        lambda: services.tell(done, Tone.SUCCESS),
        icon=ft.Icons.CONTENT_COPY if services.wide else ft.Icons.SHARE_OUTLINED,
        action=pieces.handed_on(services, text),
    )
