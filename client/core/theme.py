"""The tokens of the design: colours of the lychee of Thanh Hà and its leaf, one spacing step, one type scale.

Colours are Material 3 roles, so that light, dark and "as the system" need no decision in a screen. Material has no
role for "attention", so the fixed tertiary roles carry amber: `TERTIARY_FIXED` the container, `ON_TERTIARY_FIXED` its
text, `TERTIARY_FIXED_DIM` the stars. The fixed primary roles carry the banner of the home page.
"""

from enum import StrEnum

import flet as ft

LYCHEE = "#B3243B"
LEAF = "#2E6B45"


class Space:
    """Distances, in steps of 4."""

    XS = 4
    S = 8
    M = 12
    L = 16
    XL = 24
    XXL = 32


class Radius:
    """Corners."""

    S = 8
    M = 12
    L = 16
    XL = 24
    PILL = 100


class Size:
    """Sizes of things that are not text."""

    ICON_S = 18
    ICON = 24
    ICON_L = 32
    ICON_XL = 48
    TARGET = 48
    """The least height of anything that is tapped (WCAG 2.5.8 asks for 24; fingers ask for 48)."""
    THUMB = 72
    READING = 720
    """The widest a column of text becomes."""
    PHONE_MAX = 700
    DESKTOP_MIN = 1100


class Colour:
    """Roles that a screen needs beyond those of Material, under the name of their use."""

    CARD = ft.Colors.SURFACE_CONTAINER_LOWEST
    CARD_BORDER = ft.Colors.OUTLINE_VARIANT
    BACKGROUND = ft.Colors.SURFACE
    QUIET = ft.Colors.ON_SURFACE_VARIANT
    STAR = ft.Colors.TERTIARY_FIXED_DIM
    BADGE = ft.Colors.TERTIARY_FIXED
    ON_BADGE = ft.Colors.ON_TERTIARY_FIXED
    BANNER = ft.Colors.PRIMARY_FIXED
    BANNER_DEEP = ft.Colors.PRIMARY_FIXED_DIM
    ON_BANNER = ft.Colors.ON_PRIMARY_FIXED
    SKELETON = ft.Colors.SURFACE_CONTAINER_HIGH
    FIELD_BORDER = ft.Colors.OUTLINE


class Tone(StrEnum):
    """What a coloured thing says; always beside a word or an icon."""

    NEUTRAL = "neutral"
    ACCENT = "accent"
    INFO = "info"
    SUCCESS = "success"
    WARNING = "warning"
    DANGER = "danger"


_TONES: dict[Tone, tuple[ft.Colors, ft.Colors]] = {
    Tone.NEUTRAL: (ft.Colors.ON_SURFACE_VARIANT, ft.Colors.SURFACE_CONTAINER_HIGH),
    Tone.ACCENT: (ft.Colors.ON_PRIMARY_CONTAINER, ft.Colors.PRIMARY_CONTAINER),
    Tone.INFO: (ft.Colors.ON_TERTIARY_CONTAINER, ft.Colors.TERTIARY_CONTAINER),
    Tone.SUCCESS: (ft.Colors.ON_SECONDARY_CONTAINER, ft.Colors.SECONDARY_CONTAINER),
    Tone.WARNING: (ft.Colors.ON_TERTIARY_FIXED, ft.Colors.TERTIARY_FIXED),
    Tone.DANGER: (ft.Colors.ON_ERROR_CONTAINER, ft.Colors.ERROR_CONTAINER),
}


def tone_colours(tone: Tone) -> tuple[ft.Colors, ft.Colors]:
    """Return (text and icon, background); every pair keeps 4.5:1 in both themes."""
    return _TONES[tone]


_LIGHT = ft.ColorScheme(
    primary=LYCHEE,
    on_primary="#FFFFFF",
    primary_container="#FFDADB",
    on_primary_container="#8E1430",
    secondary=LEAF,
    on_secondary="#FFFFFF",
    secondary_container="#D3EDDA",
    on_secondary_container="#1B5233",
    tertiary="#1F5F9E",
    on_tertiary="#FFFFFF",
    tertiary_container="#D8E7FA",
    on_tertiary_container="#17497C",
    error="#B3261E",
    on_error="#FFFFFF",
    error_container="#FFDAD5",
    on_error_container="#8C1109",
    surface="#FFF7F5",
    on_surface="#231918",
    on_surface_variant="#5E4B4A",
    outline="#857371",
    outline_variant="#F0E1DF",
    surface_container_lowest="#FFFFFF",
    surface_container_low="#FFF1EF",
    surface_container="#FBECEA",
    surface_container_high="#F4E5E3",
    surface_container_highest="#EDDEDC",
    inverse_surface="#382E2D",
    on_inverse_surface="#FFEDEA",
    inverse_primary="#FFB3B6",
    surface_tint=LYCHEE,
    primary_fixed="#B3243B",
    primary_fixed_dim="#8A1730",
    on_primary_fixed="#FFFFFF",
    tertiary_fixed="#FFE6BF",
    tertiary_fixed_dim="#B97900",
    on_tertiary_fixed="#6B4500",
)

_DARK = ft.ColorScheme(
    primary="#FFB2B8",
    on_primary="#67001B",
    primary_container="#8E1733",
    on_primary_container="#FFDADB",
    secondary="#97D5AA",
    on_secondary="#00391C",
    secondary_container="#155230",
    on_secondary_container="#B5F1C5",
    tertiary="#A5C9FF",
    on_tertiary="#00315C",
    tertiary_container="#17497C",
    on_tertiary_container="#D5E4FF",
    error="#FFB4AB",
    on_error="#690005",
    error_container="#8C1D18",
    on_error_container="#FFDAD5",
    surface="#181110",
    on_surface="#F2DFDD",
    on_surface_variant="#D9C2C0",
    outline="#A18C8A",
    outline_variant="#443231",
    surface_container_lowest="#241A19",
    surface_container_low="#2A1F1E",
    surface_container="#302423",
    surface_container_high="#3A2D2C",
    surface_container_highest="#453736",
    inverse_surface="#F2DFDD",
    on_inverse_surface="#382E2D",
    inverse_primary=LYCHEE,
    surface_tint="#FFB2B8",
    primary_fixed="#7E1A30",
    primary_fixed_dim="#541021",
    on_primary_fixed="#FFFFFF",
    tertiary_fixed="#573C00",
    tertiary_fixed_dim="#F2BE4B",
    on_tertiary_fixed="#FFDFA8",
)

EASY_SCALE = 1.4
"""How much larger the text of easy mode is."""
_BAR_SCALE_MAX = 1.15
"""A phone's bar has five words in 360 px: its words (Material's `label_medium`) grow less than the rest."""


def _text_theme(scale: float, ink: ft.ColorValue | None) -> ft.TextTheme:
    def style(size: int, weight: ft.FontWeight = ft.FontWeight.W_400, height: float = 1.4) -> ft.TextStyle:
        return ft.TextStyle(size=round(size * scale), weight=weight, height=height, letter_spacing=0, color=ink)

    bold, firm = ft.FontWeight.W_600, ft.FontWeight.W_500
    return ft.TextTheme(
        display_small=style(34, bold, 1.2),
        headline_medium=style(28, bold, 1.25),
        headline_small=style(24, bold, 1.3),
        title_large=style(20, bold, 1.3),
        title_medium=style(17, bold, 1.35),
        title_small=style(15, bold, 1.35),
        body_large=style(17, height=1.5),
        body_medium=style(15, height=1.45),
        body_small=style(13),
        label_large=style(15, firm, 1.3),
        label_medium=ft.TextStyle(
            size=round(12 * min(scale, _BAR_SCALE_MAX)), weight=firm, height=1.3, letter_spacing=0, color=ink
        ),
        label_small=style(13, firm, 1.3),
    )


def _theme(colours: ft.ColorScheme, scale: float) -> ft.Theme:
    still = ft.PageTransitionTheme.NONE
    return ft.Theme(
        color_scheme=colours,
        font_family="Roboto",
        text_theme=_text_theme(scale, colours.on_surface),
        scaffold_bgcolor=colours.surface,
        visual_density=ft.VisualDensity.STANDARD,
        badge_theme=ft.BadgeTheme(text_style=ft.TextStyle(size=round(12 * scale), weight=ft.FontWeight.W_500)),
        # Nothing here may differ by a control's state (buttons' styles, the bar's words): Flutter never takes two of
        # those for the same, dresses all anew at every change of the address, and what is typed into loses the keys.
        navigation_bar_theme=ft.NavigationBarTheme(
            bgcolor=colours.surface_container_lowest, indicator_color=colours.primary_container
        ),
        page_transitions=ft.PageTransitionsTheme(android=still, ios=still, linux=still, macos=still, windows=still),
    )


def light_theme(*, easy: bool = False) -> ft.Theme:
    """Return the light theme; `easy` makes all text 1.4 times as large."""
    return _theme(_LIGHT, EASY_SCALE if easy else 1)


def dark_theme(*, easy: bool = False) -> ft.Theme:
    """Return the dark theme; `easy` makes all text 1.4 times as large."""
    return _theme(_DARK, EASY_SCALE if easy else 1)
