"""Where the screens of dossiers stand."""

import flet as ft

from client.dossiers.screens import DossierScreen, DossiersScreen
from client.dossiers.words import WORDS

ROUTES = [
    ft.Route(path="dossiers", component=DossiersScreen),
    ft.Route(path="dossiers/:code", component=DossierScreen),
]

__all__ = ["ROUTES", "WORDS"]
