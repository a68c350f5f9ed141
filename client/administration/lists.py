"""The lists that rules choose from: categories, places and units."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

import flet as ft

from client.administration import api
from client.core.context import use_services
from client.core.loading import Loaded, use_loaded
from client.core.text import Text
from client.core.theme import Colour, Size, Space
from client.feedback.api import categories
from client.ui.forms import Choice
from client.ui.media import named_icon
from client.ui.text import body
from shared.accounts import UnitRef
from shared.administration import PlaceBoundary
from shared.feedback import Category

ANY = ""
"""What stands in a form for any category, any place, any unit."""


@dataclass(frozen=True)
class Known:
    """What a rule can be about, and who can receive it."""

    categories: Sequence[Category]
    places: Sequence[PlaceBoundary]
    units: Sequence[UnitRef]

    @property
    def category_choices(self) -> list[Choice]:
        """The categories to choose from."""
        return [Choice(each.code, each.name, named_icon(each.icon)) for each in self.categories]

    @property
    def place_choices(self) -> list[Choice]:
        """The places to choose from."""
        return [Choice(each.code, each.name) for each in self.places]

    @property
    def unit_choices(self) -> list[Choice]:
        """The units to choose from."""
        return [Choice(each.code, each.name) for each in self.units]


def use_known() -> Loaded[Known]:
    """Return the lists; they are asked for once."""
    services = use_services()

    async def ask() -> Known:
        found = await asyncio.gather(categories(services.api), api.places(services.api), api.units(services.api))
        return Known(*found)

    return use_loaded(ask, [])


def any_or(t: Text, name: str | None, any_word: str) -> ft.Control:
    """Write a name, or quietly that it may be any."""
    return body(name) if name is not None else body(t(f"admin.{any_word}"), color=Colour.QUIET)


def to_unit(name: str) -> ft.Control:
    """Point to the unit that receives something."""
    sign = ft.Icon(ft.Icons.ARROW_FORWARD, size=Size.ICON_S, color=Colour.QUIET)
    return ft.Row([sign, ft.Container(body(name), expand=True)], spacing=Space.S)
