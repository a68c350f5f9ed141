"""Everything that one person needs, built anew for each: on the web one process serves many citizens."""

import asyncio
import contextlib
import logging
from collections.abc import Callable, Sequence
from urllib.parse import quote, urlsplit

import flet as ft

from client.core.api import Api, ApiError, Http
from client.core.feature import Destination, Feature, Watcher
from client.core.outbox import Outbox
from client.core.preferences import Brightness, Preferences
from client.core.session import Session
from client.core.settings import ClientSettings
from client.core.storage import DeviceStorage, Storage
from client.core.text import Language, Text
from client.core.text.words import CORE_WORDS
from client.core.theme import Size, Tone, tone_colours
from client.core.uploads import Uploader
from shared.province import Province

logger = logging.getLogger(__name__)

_SAID_S = 4
_SAID_WIDTH = 480

_DEFAULT_PROVINCE = Province(
    app_name="Smart Hải Dương",
    province="Hải Dương",
    contact_phone="1022",
    complaints_name="",
    complaints_phone="",
    complaints_url="",
    dossiers_url="",
    centre_lat=20.94,
    centre_lon=106.33,
    zoom=13,
    tile_url=None,
    tile_attribution="",
    demo=False,
)


class Services:
    """One person's api, session, storage, text and preferences, and what the shell shows of them.

    `changed` is set by the application and draws everything again; features seldom need it.
    """

    def __init__(
        self,
        page: ft.Page,
        settings: ClientSettings,
        http: Http,
        *,
        features: Sequence[Feature],
        destinations: Sequence[Destination],
        storage: Storage | None = None,
    ) -> None:
        """Build all of it for the person at this page."""
        self.page = page
        self.settings = settings
        self.destinations = destinations
        self.storage: Storage = storage or DeviceStorage(page)
        self.text = Text([CORE_WORDS, *(feature.words for feature in features)])
        self.api = Api(http, settings, client_ip=page.client_ip or "")
        self.session = Session(self.api, self.storage, self._person_changed)
        self.preferences = Preferences(self.storage)
        self.outbox = Outbox(self.storage, lambda: self.session.key)
        self.uploader = Uploader(self)
        self.province = _DEFAULT_PROVINCE
        self.badges: dict[str, int] = {}
        self.visit: dict[str, object] = {}
        """What a feature keeps from one screen to the next, by its name; gone with a reload and at sign-out."""
        self.changed: Callable[[], None] = _nobody_listens
        self._watchers: list[Watcher] = [watcher for feature in features for watcher in feature.watchers]
        self._watching: list[asyncio.Task[None]] = []
        self._watched_key = ""
        self.connected = True

    async def start(self) -> None:
        """Read what this device remembers, and what this installation is called."""
        await self.preferences.load()
        self.text.language = self.api.language = self.preferences.language
        await asyncio.gather(self.session.restore(), self._load_province())

    async def _load_province(self) -> None:
        try:
            self.province = await self.api.get("/province", Province)
        except ApiError as error:
            logger.info("the province's settings are not to be had: %s", error.code)

    @property
    def wide(self) -> bool:
        """Whether the window is wider than a phone (700 px): a rail instead of a bar."""
        return (self.page.width or 0) >= Size.PHONE_MAX

    @property
    def desktop(self) -> bool:
        """Whether there is room for a list and a detail side by side (1100 px)."""
        return (self.page.width or 0) >= Size.DESKTOP_MIN

    def go(self, path: str) -> None:
        """Show another screen."""
        self.page.navigate(path)

    def sign_in_first(self, path: str | None = None) -> None:
        """Go to sign-in, and come back to `path` (default: here)."""
        self.go(f"/sign-in?next={quote(path or self.page.route or '/', safe='')}")

    def absolute(self, url: str) -> str:
        """Make an address of the API one that the person's own browser or device can reach."""
        if urlsplit(url).scheme:
            return url
        return self.origin + url

    @property
    def origin(self) -> str:
        """How the person's browser or device reaches the backend, without a slash at the end."""
        if self.settings.public_url or not self.page.web:
            return self.settings.public_url or self.settings.api_url
        # Flet knows the page by the address of its socket.
        parts = urlsplit(self.page.url or "")
        scheme = {"ws": "http", "wss": "https"}.get(parts.scheme, parts.scheme)
        return f"{scheme}://{parts.netloc}" if parts.netloc else ""

    def tell(self, message: str, tone: Tone = Tone.NEUTRAL) -> None:
        """Say something in passing, at the foot of the screen."""
        ink, ground = tone_colours(tone)
        content = ft.Text(message, color=ink)
        width = _SAID_WIDTH if self.wide else None
        bar = ft.SnackBar(content=content, bgcolor=ground, behavior=ft.SnackBarBehavior.FLOATING, width=width)
        self.page.show_dialog(bar)
        self.page.run_task(self._take_back, bar)

    async def _take_back(self, bar: ft.SnackBar) -> None:
        """Close what was said: the browser does not always tell that it has, and would say it again after a reload."""
        await asyncio.sleep(_SAID_S)
        if bar.open:
            bar.open = False
            with contextlib.suppress(RuntimeError):
                bar.update()

    async def prefer(
        self,
        *,
        language: Language | None = None,
        brightness: Brightness | None = None,
        easy: bool | None = None,
        place: tuple[str, str] | None = None,
    ) -> None:
        """Change how this person likes the screen, or her place; remember it, and draw everything anew."""
        await self.preferences.change(language=language, brightness=brightness, easy=easy, place=place)
        self.text.language = self.api.language = self.preferences.language
        self.changed()

    def set_badge(self, path: str, count: int) -> None:
        """Show a number at a destination; 0 takes it away."""
        if self.badges.get(path, 0) != count:
            self.badges[path] = count
            self.changed()

    def watch(self) -> None:
        """Run the background tasks of whoever is signed in and connected; end those of whoever was."""
        key = self.session.key if self.connected else ""
        if key == self._watched_key:
            return
        self._watched_key = key
        for task in self._watching:
            task.cancel()
        self._watching = [asyncio.create_task(self._run(watcher)) for watcher in self._watchers] if key else []

    async def _run(self, watcher: Watcher) -> None:
        with contextlib.suppress(asyncio.CancelledError):
            try:
                await watcher(self)
            except Exception:
                logger.exception("a background task ended")

    def set_connected(self, connected: bool) -> None:
        """Stop background work while nobody looks, start it again when somebody does."""
        self.connected = connected
        self.watch()
        if connected:
            # What changed while nobody was there was drawn for nobody.
            self.changed()

    def _person_changed(self) -> None:
        if self.session.account is None:
            self.badges.clear()
            self.visit.clear()
        self.watch()
        self.changed()


def _nobody_listens() -> None:
    return None
