"""How a component comes by what belongs to the person who looks at it."""

from typing import cast
from urllib.parse import parse_qs, urlsplit

import flet as ft

from client.core.services import Services
from client.core.text import Text

ServicesContext = ft.create_context(cast(Services | None, None))


def use_services() -> Services:
    """Return the services of this person. A hook: call it at the top of a component."""
    services = ft.use_context(ServicesContext)
    if services is None:
        raise RuntimeError("no services here: the component is not part of the application")
    return services


def use_text() -> Text:
    """Return this person's words. A hook: call it at the top of a component."""
    return use_services().text


def use_query(name: str, default: str = "") -> str:
    """Return a value of the address's query, such as `q` of `/services?q=khai+sinh`."""
    ft.use_route_location()
    found = parse_qs(urlsplit(ft.context.page.route or "").query).get(name)
    return found[0] if found else default
