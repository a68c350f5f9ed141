"""Where the desk stands. The code is optional, so that choosing a case keeps the queue and the list as they are."""

import flet as ft

from client.feedback.desk import DeskScreen
from client.feedback.desk_words import WORDS

ROUTES = [ft.Route(path="desk/:code?", component=DeskScreen)]

__all__ = ["ROUTES", "WORDS"]
