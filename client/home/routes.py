"""Where the home page stands."""

import flet as ft

from client.home.screens import HomeScreen
from client.home.words import WORDS

ROUTES = [ft.Route(index=True, component=HomeScreen)]

__all__ = ["ROUTES", "WORDS"]
