"""Where the screens of documents stand."""

import flet as ft

from client.documents.document import DocumentScreen
from client.documents.screens import DocumentsScreen
from client.documents.words import WORDS

ROUTES = [
    ft.Route(path="documents", component=DocumentsScreen),
    ft.Route(path="documents/:id", component=DocumentScreen),
]

__all__ = ["ROUTES", "WORDS"]
