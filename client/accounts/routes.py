"""Where the screens of the accounts feature stand."""

import flet as ft

from client.accounts.activity import ActivityScreen
from client.accounts.profile import ProfileScreen
from client.accounts.screens import SignInScreen, SignUpScreen
from client.accounts.words import WORDS

ROUTES = [
    ft.Route(path="sign-in", component=SignInScreen),
    ft.Route(path="sign-up", component=SignUpScreen),
    ft.Route(path="profile", component=ProfileScreen),
    ft.Route(path="me/activity", component=ActivityScreen),
]

__all__ = ["ROUTES", "WORDS"]
