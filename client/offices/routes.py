"""Where the screens of offices, places and numbers to call stand."""

import flet as ft

from client.offices.detail import OfficeScreen
from client.offices.hotlines import HotlinesScreen
from client.offices.place import PlaceScreen
from client.offices.places import PlacesScreen
from client.offices.screens import OfficesScreen
from client.offices.words import WORDS

ROUTES = [
    ft.Route(path="offices", component=OfficesScreen),
    ft.Route(path="offices/:code", component=OfficeScreen),
    ft.Route(path="places", component=PlacesScreen),
    ft.Route(path="places/:code", component=PlaceScreen),
    ft.Route(path="hotlines", component=HotlinesScreen),
]

__all__ = ["ROUTES", "WORDS"]
