"""Where the inbox stands, and what runs in the background."""

import flet as ft

from client.notifications.screens import InboxScreen
from client.notifications.watch import watch
from client.notifications.words import WORDS

ROUTES = [ft.Route(path="inbox", component=InboxScreen)]
WATCHERS = [watch]

__all__ = ["ROUTES", "WATCHERS", "WORDS"]
