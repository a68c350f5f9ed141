"""The only list of features: add a line for a new one. The order of routes decides between two that fit."""

from collections.abc import Sequence

import flet as ft

from client.accounts import routes as accounts
from client.administration import routes as administration
from client.core.feature import Destination, Feature
from client.feedback import desk_routes as desk
from client.feedback import routes as feedback
from client.home import routes as home
from client.news import routes as news
from client.notifications import routes as notifications
from client.onboarding import routes as onboarding
from client.public_services import routes as public_services
from shared.access import Permission

FEATURES: Sequence[Feature] = (
    Feature(home.ROUTES, home.WORDS),
    Feature(accounts.ROUTES, accounts.WORDS),
    Feature(feedback.ROUTES, feedback.WORDS, watchers=feedback.WATCHERS),
    Feature(desk.ROUTES, desk.WORDS),
    Feature(news.ROUTES, news.WORDS),
    Feature(public_services.ROUTES, public_services.WORDS),
    Feature(notifications.ROUTES, notifications.WORDS, watchers=notifications.WATCHERS),
    Feature(onboarding.ROUTES, onboarding.WORDS),
    Feature(administration.ROUTES, administration.WORDS),
)

DESTINATIONS: Sequence[Destination] = (
    Destination("/", "nav.home", ft.Icons.HOME_OUTLINED, ft.Icons.HOME),
    Destination("/news", "nav.news", ft.Icons.NEWSPAPER_OUTLINED, ft.Icons.NEWSPAPER),
    Destination("/feedback", "nav.feedback", ft.Icons.ADD_A_PHOTO_OUTLINED, ft.Icons.ADD_A_PHOTO),
    Destination(
        "/services",
        "nav.services",
        ft.Icons.ACCOUNT_BALANCE_OUTLINED,
        ft.Icons.ACCOUNT_BALANCE,
        also=("/procedures", "/places", "/hotlines"),
    ),
    Destination("/inbox", "nav.inbox", ft.Icons.NOTIFICATIONS_OUTLINED, ft.Icons.NOTIFICATIONS),
    Destination(
        "/desk",
        "nav.desk",
        ft.Icons.INBOX_OUTLINED,
        ft.Icons.INBOX,
        bar=False,
        permission=Permission.SEE_DESK,
    ),
    Destination(
        "/sessions",
        "nav.sessions",
        ft.Icons.GROUPS_OUTLINED,
        ft.Icons.GROUPS,
        bar=False,
        permission=Permission.RUN_SESSIONS,
    ),
    Destination(
        "/admin",
        "nav.admin",
        ft.Icons.ADMIN_PANEL_SETTINGS_OUTLINED,
        ft.Icons.ADMIN_PANEL_SETTINGS,
        bar=False,
        # Editors and administrators: whoever keeps something under it.
        permission=Permission.EDIT_NEWS,
    ),
)
