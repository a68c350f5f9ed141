"""Where administration stands."""

import flet as ft

from client.administration.deadlines import DeadlinesScreen
from client.administration.held import WordsScreen
from client.administration.hotlines import HotlinesScreen
from client.administration.locks import LocksScreen
from client.administration.office_form import OfficeScreen
from client.administration.offices import OfficesScreen
from client.administration.procedures import ProceduresScreen
from client.administration.proposal import ProposalScreen
from client.administration.routing import RoutingScreen
from client.administration.screens import AdminScreen
from client.administration.words import WORDS
from client.administration.year import CalendarScreen

ROUTES = [
    ft.Route(path="admin", component=AdminScreen),
    ft.Route(path="admin/routing", component=RoutingScreen),
    ft.Route(path="admin/deadlines", component=DeadlinesScreen),
    ft.Route(path="admin/calendar", component=CalendarScreen),
    ft.Route(path="admin/words", component=WordsScreen),
    ft.Route(path="admin/offices", component=OfficesScreen),
    ft.Route(path="admin/offices/new", component=OfficeScreen),
    ft.Route(path="admin/offices/edit/:code", component=OfficeScreen),
    ft.Route(path="admin/hotlines", component=HotlinesScreen),
    ft.Route(path="admin/locks", component=LocksScreen),
    ft.Route(path="admin/procedures", component=ProceduresScreen),
    ft.Route(path="admin/procedures/:id", component=ProposalScreen),
]

__all__ = ["ROUTES", "WORDS"]
