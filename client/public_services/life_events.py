"""Life events on the screen: their signs and their names in the person's language."""

import flet as ft

from client.core.text import Language, Text
from shared.public_services import LifeEvent

_ICONS = {
    "child": ft.Icons.CHILD_CARE,
    "heart": ft.Icons.FAVORITE_BORDER,
    "candle": ft.Icons.LOCAL_FLORIST_OUTLINED,
    "moving": ft.Icons.HOME_OUTLINED,
    "card": ft.Icons.BADGE_OUTLINED,
    "lost": ft.Icons.SEARCH_OFF,
    "stamp": ft.Icons.APPROVAL_OUTLINED,
    "land": ft.Icons.LANDSCAPE_OUTLINED,
    "building": ft.Icons.ROOFING,
    "school": ft.Icons.SCHOOL_OUTLINED,
    "work": ft.Icons.WORK_OUTLINE,
    "health": ft.Icons.MEDICAL_SERVICES_OUTLINED,
    "retirement": ft.Icons.ELDERLY,
    "hands": ft.Icons.VOLUNTEER_ACTIVISM_OUTLINED,
    "disability": ft.Icons.ACCESSIBLE,
    "medal": ft.Icons.MILITARY_TECH_OUTLINED,
    "shield": ft.Icons.SHIELD_OUTLINED,
    "car": ft.Icons.TWO_WHEELER,
    "family": ft.Icons.FAMILY_RESTROOM,
    "plane": ft.Icons.FLIGHT_TAKEOFF,
    "scales": ft.Icons.BALANCE,
    "farm": ft.Icons.AGRICULTURE_OUTLINED,
    "shop": ft.Icons.STOREFRONT,
    "company": ft.Icons.APARTMENT,
    "change": ft.Icons.PUBLISHED_WITH_CHANGES,
    "group": ft.Icons.GROUPS_OUTLINED,
    "tax": ft.Icons.RECEIPT_LONG_OUTLINED,
    "staff": ft.Icons.ENGINEERING_OUTLINED,
    "crane": ft.Icons.CONSTRUCTION,
    "leaf": ft.Icons.ECO_OUTLINED,
    "ship": ft.Icons.DIRECTIONS_BOAT_OUTLINED,
    "invest": ft.Icons.TRENDING_UP,
    "close": ft.Icons.NO_MEETING_ROOM_OUTLINED,
}


def icon_of(event: LifeEvent) -> ft.IconData:
    """Return the sign of a life event; one that this client does not know yet gets a general one."""
    return _ICONS.get(event.icon, ft.Icons.CATEGORY_OUTLINED)


def name_of(t: Text, event: LifeEvent) -> str:
    """Name a life event in the person's language."""
    return event.name_en if t.language is Language.EN else event.name


def text_of(t: Text, event: LifeEvent) -> str:
    """Say what is found there, in the person's language."""
    return event.text_en if t.language is Language.EN else event.text
