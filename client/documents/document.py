"""One document: what it is about, who issued it, and the way to its text."""

import flet as ft

from client.core.context import use_services
from client.core.loading import use_loaded
from client.core.services import Services
from client.core.theme import Colour, Space, Tone
from client.documents import api
from client.documents.screens import sample_chip
from client.ui.forms import secondary_button
from client.ui.lists import card
from client.ui.shell import Screen
from client.ui.states import show, text_skeleton
from client.ui.text import banner, body, caption
from shared.documents import DocumentDetail

_NATIONAL = "https://vbpl.vn"
"""Cơ sở dữ liệu quốc gia về văn bản pháp luật, of the Ministry of Justice."""
_FILES = (".pdf", ".doc", ".docx")


@ft.component
def DocumentScreen() -> ft.Control:
    """Show one document."""
    services = use_services()
    t = services.text
    key = ft.use_route_params().get("id", "")
    document = use_loaded(lambda: api.document(services.api, key), [key, t.language])
    shown = show(document, lambda found: _whole(services, found), skeleton=text_skeleton)
    return Screen(t("documents.one"), [shown], back="/documents")


def _whole(services: Services, document: DocumentDetail) -> ft.Control:
    t = services.text
    head: list[ft.Control] = [
        caption(f"{document.kind} {document.number}", color=ft.Colors.PRIMARY),
        ft.Semantics(header=True, content=banner(document.title)),
    ]
    if document.sample:
        head.append(ft.Row([sample_chip(services)]))
    facts = [
        (t("documents.number"), document.number),
        (t("documents.kind"), document.kind),
        (t("documents.agency"), document.agency),
        (t("documents.issued_on"), t.date(document.issued_on)),
        (t("documents.field"), document.field),
    ]
    lines = [_fact(name, value) for name, value in facts if value]
    parts = [ft.Column(head, spacing=Space.S), card(ft.Column(lines, spacing=Space.L)), *_text(services, document)]
    return ft.Column(parts, spacing=Space.L, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)


def _fact(name: str, value: str) -> ft.Control:
    return ft.Column([caption(name), body(value, large=True)], spacing=2)


def _text(services: Services, document: DocumentDetail) -> list[ft.Control]:
    """Lead to the text, or say where else it may stand; copy the number, which is how people ask for it."""
    t = services.text
    copy = secondary_button(
        t("documents.copy"),
        lambda: services.tell(t("documents.copied"), Tone.SUCCESS),
        icon=ft.Icons.COPY,
        action=ft.CopyToClipboard(document.number),
    )
    link = document.link or _NATIONAL
    is_file = link.lower().endswith(_FILES)
    words = t("documents.open_file" if is_file else "documents.open") if document.link else t("documents.national")
    open_it = secondary_button(
        words,
        None,
        icon=ft.Icons.DOWNLOAD if is_file else ft.Icons.OPEN_IN_NEW,
        action=ft.OpenUrl(link, target=ft.UrlTarget.BLANK),
    )
    ways = ft.Row([open_it, copy], spacing=Space.M, run_spacing=Space.M, wrap=True)
    return [ways] if document.link else [body(t("documents.no_text"), color=Colour.QUIET), ways]
