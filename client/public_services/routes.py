"""Where the screens of public services stand."""

import flet as ft

from client.public_services.procedure import ProcedureScreen
from client.public_services.screens import ServicesScreen
from client.public_services.words import WORDS

ROUTES = [
    ft.Route(path="services", component=ServicesScreen),
    ft.Route(path="procedures", component=ServicesScreen),
    ft.Route(path="procedures/:code", component=ProcedureScreen),
]

__all__ = ["ROUTES", "WORDS"]
