"""Where the screens of public services stand."""

import flet as ft

from client.public_services.hotlines import HotlinesScreen
from client.public_services.places import PlacesScreen
from client.public_services.procedure import ProcedureScreen
from client.public_services.screens import ServicesScreen
from client.public_services.words import WORDS

ROUTES = [
    ft.Route(path="services", component=ServicesScreen),
    ft.Route(path="procedures", component=ServicesScreen),
    ft.Route(path="procedures/:code", component=ProcedureScreen),
    ft.Route(path="places", component=PlacesScreen),
    ft.Route(path="hotlines", component=HotlinesScreen),
]

__all__ = ["ROUTES", "WORDS"]
