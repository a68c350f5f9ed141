"""Where the search box stands."""

import flet as ft

from client.search.screens import SearchScreen
from client.search.words import WORDS

ROUTES = [ft.Route(path="search", component=SearchScreen)]

__all__ = ["ROUTES", "WORDS"]
