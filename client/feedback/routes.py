"""Where the citizens' screens of feedback stand; the desk has routes of its own."""

import flet as ft

from client.feedback.map_screen import MapScreen
from client.feedback.report import ReportScreen
from client.feedback.screens import FeedbackScreen
from client.feedback.statistics_screen import StatisticsScreen
from client.feedback.waiting import watch
from client.feedback.waiting_view import WaitingScreen
from client.feedback.words import WORDS

ROUTES = [
    ft.Route(path="feedback/new", component=ReportScreen),
    ft.Route(path="feedback/waiting/:key", component=WaitingScreen),
    ft.Route(path="feedback/map", component=MapScreen),
    ft.Route(path="feedback/statistics", component=StatisticsScreen),
    ft.Route(path="feedback/:code?", component=FeedbackScreen),
]

WATCHERS = [watch]

__all__ = ["ROUTES", "WATCHERS", "WORDS"]
