"""The only list of features: add a line for a new one. The order of routes decides between two that fit."""

from collections.abc import Sequence

import flet as ft

from client.accounts import routes as accounts
from client.administration import routes as administration
from client.core.feature import Destination, Feature
from client.documents import routes as documents
from client.dossiers import routes as dossiers
from client.feedback import desk_routes as desk
from client.feedback import routes as feedback
from client.home import routes as home
from client.news import routes as news
from client.notifications import routes as notifications
from client.offices import routes as offices
from client.onboarding import routes as onboarding
from client.public_services import routes as public_services
from client.search import routes as search
from shared.access import Permission

FEATURES: Sequence[Feature] = (
    Feature(home.ROUTES, home.WORDS),
    Feature(accounts.ROUTES, accounts.WORDS),
    Feature(feedback.ROUTES, feedback.WORDS, watchers=feedback.WATCHERS),
    Feature(desk.ROUTES, desk.WORDS),
    Feature(news.ROUTES, news.WORDS),
    Feature(documents.ROUTES, documents.WORDS),
    Feature(search.ROUTES, search.WORDS),
    Feature(public_services.ROUTES, public_services.WORDS),
    Feature(dossiers.ROUTES, dossiers.WORDS),
    Feature(offices.ROUTES, offices.WORDS),
    Feature(notifications.ROUTES, notifications.WORDS, watchers=notifications.WATCHERS),
    Feature(onboarding.ROUTES, onboarding.WORDS),
    Feature(administration.ROUTES, administration.WORDS),
)

DESTINATIONS: Sequence[Destination] = (
    Destination("/", "nav.home", ft.Icons.HOME_OUTLINED, ft.Icons.HOME),
    Destination("/news", "nav.news", ft.Icons.NEWSPAPER_OUTLINED, ft.Icons.NEWSPAPER, also=("/documents",)),
    Destination("/feedback", "nav.feedback", ft.Icons.ADD_A_PHOTO_OUTLINED, ft.Icons.ADD_A_PHOTO),
    Destination(
        "/services",
        "nav.services",
        ft.Icons.ACCOUNT_BALANCE_OUTLINED,
        ft.Icons.ACCOUNT_BALANCE,
        also=("/procedures", "/dossiers", "/places", "/offices", "/hotlines"),
    ),
    Destination("/inbox", "nav.inbox", ft.Icons.NOTIFICATIONS_OUTLINED, ft.Icons.NOTIFICATIONS),
    Destination(
        "/desk",
        "nav.desk",
        ft.Icons.INBOX_OUTLINED,
        ft.Icons.INBOX,
        bar=False,
        permissions=(Permission.SEE_DESK,),
    ),
    Destination(
        "/sessions",
        "nav.sessions",
        ft.Icons.GROUPS_OUTLINED,
        ft.Icons.GROUPS,
        bar=False,
        permissions=(Permission.RUN_SESSIONS,),
    ),
    Destination(
        "/admin",
        "nav.admin",
        ft.Icons.ADMIN_PANEL_SETTINGS_OUTLINED,
        ft.Icons.ADMIN_PANEL_SETTINGS,
        bar=False,
        permissions=(Permission.ADMINISTER, Permission.EDIT_NEWS),
    ),
)
