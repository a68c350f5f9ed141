"""Privacy, said at the button: three switches, and who will see name, words and place because of them."""

import flet as ft

from client.core.store import Form
from client.core.text import Text
from client.core.theme import Colour, Size, Space
from client.feedback.report_parts import step
from client.ui.forms import switch_field
from client.ui.text import body

_SWITCHES = ("public", "show_name", "blur_place")


def privacy_step(t: Text, form: Form) -> ft.Control:
    """Ask what may be shown to whom."""
    switches = [switch_field(form, name, t(f"feedback.{name}"), t(f"feedback.{name}_why")) for name in _SWITCHES]
    return step(
        5, t("feedback.privacy"), [*switches, ft.Divider(height=1, color=Colour.CARD_BORDER), who_sees(t, form)]
    )


def who_sees(t: Text, form: Form) -> ft.Control:
    """Say in three lines what the switches mean."""
    shown = bool(form.get("public"))
    place = "who_blurred" if form.get("blur_place") else "who_everybody"
    return ft.Semantics(
        live_region=True,
        content=ft.Column(
            [
                who_line(t, ft.Icons.BADGE_OUTLINED, "who_name", name_word(named=bool(form.get("show_name")))),
                who_line(t, ft.Icons.FORUM_OUTLINED, "who_content", "who_everybody" if shown else "who_officers"),
                who_line(t, ft.Icons.PLACE_OUTLINED, "who_place", place if shown else "who_officers"),
            ],
            spacing=Space.XS,
        ),
    )


def name_word(*, named: bool) -> str:
    """Return the key for who sees the name."""
    return "who_officers" if named else "who_nobody"


def who_line(t: Text, icon: ft.IconData, what: str, who: str) -> ft.Control:
    """Say who sees one thing."""
    words = ft.Text(
        spans=[
            ft.TextSpan(f"{t(f'feedback.{what}')}: "),
            ft.TextSpan(t(f"feedback.{who}"), ft.TextStyle(weight=ft.FontWeight.W_600)),
        ],
        theme_style=ft.TextThemeStyle.BODY_MEDIUM,
    )
    sign = ft.Icon(icon, size=Size.ICON_S, color=Colour.QUIET)
    return ft.Row([sign, ft.Container(words, expand=True)], spacing=Space.S)


def kept_line(t: Text) -> ft.Control:
    """Say that nothing is lost before it is sent."""
    line = body(t("feedback.kept"), color=Colour.QUIET)
    line.text_align = ft.TextAlign.CENTER
    return ft.Row([ft.Container(line, expand=True)])
