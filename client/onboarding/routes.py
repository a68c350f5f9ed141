"""Where onboarding stands."""

import flet as ft

from client.onboarding.board import BoardScreen
from client.onboarding.join import JoinScreen
from client.onboarding.sessions import SessionsScreen
from client.onboarding.words import WORDS

ROUTES = [
    ft.Route(path="join/:code?", component=JoinScreen),
    ft.Route(path="sessions", component=SessionsScreen),
    ft.Route(path="sessions/:code/board", component=BoardScreen),
]

__all__ = ["ROUTES", "WORDS"]
