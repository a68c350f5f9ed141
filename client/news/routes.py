"""Where the screens of the news feature stand."""

import flet as ft

from client.news.article import ArticleScreen
from client.news.screens import NewsScreen
from client.news.words import WORDS

ROUTES = [
    ft.Route(path="news", component=NewsScreen),
    ft.Route(path="news/:slug", component=ArticleScreen),
]

__all__ = ["ROUTES", "WORDS"]
